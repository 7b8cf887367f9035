"""What makes a finding the same finding tomorrow: its rule, its file and its words, and never its line."""

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from amends.diagnostics import Diagnostic

_LINE_NUMBER = re.compile(r"\bline \d+\b")


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """A fingerprint for each finding, in their order: 32 hexadecimal digits.

    It stays as long as code, file and message stay, wherever the lines move. Findings alike in all three are numbered in the order given, which is
    that of their places, so that one of two that goes leaves the other known.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for diagnostic in diagnostics:
        words = diagnostic.code, diagnostic.path, _LINE_NUMBER.sub("line", diagnostic.message)
        found.append(sha256("\0".join((*words, str(seen[words]))).encode("utf-8", "surrogateescape")).hexdigest()[:32])
        seen[words] += 1
    return found
