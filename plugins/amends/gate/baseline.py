"""The baseline: the findings that were there when the gate was adopted, which it lets stand, and which only ever become fewer.

A line a finding, so that two branches that mend different ones merge: its fingerprint, and behind it in words what it stands for.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from amends.corpus import Corpus
from amends.diagnostics import Diagnostic
from amends.gate.check import Report
from amends.gate.fingerprints import fingerprints
from amends.rules import all_rules
from amends.rules.files import stale_baseline
from amends.rules.rule import Rule, Scope

HEAD = "# Findings that were there when the gate was adopted. `amends check --baseline FILE --update-baseline` takes out what is mended."

_LINE = re.compile(r"(?P<key>[0-9a-f]{32})(?: (?P<words>.*))?")
_CODE = re.compile(r": (?P<code>[A-Z]\d{3}) ")


class UnreadableBaseline(ValueError):
    """The file is no baseline."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding that is let stand."""

    key: str
    """Its fingerprint."""
    line: int
    """Where it stands in the baseline, from 1."""
    words: str
    """File, code and message, for whoever reads the baseline; nothing depends on them but which rule it was."""

    @property
    def code(self) -> str | None:
        """The rule that found it, where its words still say so."""
        match = _CODE.search(self.words)
        return match["code"] if match else None


def parse_baseline(text: str) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises UnreadableBaseline where a line is neither an entry, a comment nor empty."""
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            raise UnreadableBaseline(f"line {number} is no entry of a baseline: it does not begin with a fingerprint")
        entries.append(Entry(match["key"], number, match["words"] or ""))
    return tuple(entries)


def render_baseline(report: Report, entries: Sequence[Entry] | None, rules: Collection[Rule], corpus: Corpus) -> str:
    """The baseline that stands for what a check of everything finds: all of it where there was none, else what of `entries` is still found."""
    found = sorted((*report.diagnostics, *report.known))
    keys = dict(zip(fingerprints(found), found, strict=True))
    if entries is None:
        lines = [f"{key} {_words(each)}" for key, each in keys.items()]
    else:
        gone = _gone(report, entries, rules, corpus)
        lines = [f"{entry.key} {_words(keys[entry.key]) if entry.key in keys else entry.words}".rstrip() for entry in entries if entry not in gone]
    return "\n".join([HEAD, *lines, ""])


def _gone(report: Report, entries: Iterable[Entry], rules: Collection[Rule], corpus: Corpus) -> list[Entry]:
    """The entries whose findings a check of everything no longer finds.

    What the rules that were not run would say is not known, and neither is what git would have said where it could not be asked.
    """
    found = set(fingerprints(sorted((*report.diagnostics, *report.known))))
    gone = [entry for entry in entries if entry.key not in found]
    if not gone:
        return []
    asked = corpus.history.unread is None
    run = {rule.code for rule in rules if rule.scope is not Scope.HISTORY or asked}
    known = {rule.code for rule in all_rules()}
    return [entry for entry in gone if entry.code in run or entry.code not in known]


def _words(found: Diagnostic) -> str:
    text = f"{found.path}: {found.code} {found.message}"
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text).encode("utf-8", "backslashreplace").decode()


def let_stand(report: Report, entries: Iterable[Entry]) -> Report:
    """The report with what the baseline names put aside."""
    keys = {entry.key for entry in entries}
    told = list(zip(report.diagnostics, fingerprints(report.diagnostics), strict=True))
    return replace(report, diagnostics=tuple(found for found, key in told if key not in keys),
                   known=tuple(found for found, key in told if key in keys))


def with_stale(report: Report, entries: Iterable[Entry], path: str, rules: Collection[Rule], corpus: Corpus) -> Report:
    """The report of a check of everything, with a finding for each entry of the baseline at `path` that it did not find again."""
    rule = stale_baseline.RULE
    if rule not in rules:
        return report
    url = f"{corpus.settings.site_url}rules/{rule.code.lower()}/" if corpus.settings.site_url else None
    stale = [Diagnostic(path, entry.line, 1, rule.code, rule.name, rule.level, f"what this line lets stand is no longer found: {entry.words}",
                        "take it out, or run `amends check` with --baseline and --update-baseline", url)
             for entry in _gone(report, entries, rules, corpus)]
    return replace(report, diagnostics=tuple(sorted((*report.diagnostics, *stale))))
