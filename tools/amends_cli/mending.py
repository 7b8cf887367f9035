"""`--fix` and `--diff`: what can be mended without asking is written, or shown."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff

from amends.checklist import Checklist, read_checklist
from amends.corpus import Corpus
from amends.gate.mend import Mended, mend
from amends.reading.document import MAX_BYTES, Document
from amends.record import Record, read_record
from amends.rules.rule import Rule
from amends_cli.terminal import WrongUse, named, say, shown


def fix(corpus: Corpus, paths: Sequence[str] | None, rules: Iterable[Rule]) -> None:
    """Mend the files at `paths`, or all, on disk; standard error names each. Raises WrongUse where one can't be written."""
    for path, mended, _ in _mended(corpus, paths, rules):
        _write(corpus, path, mended.text.encode())
        say(f"mended {shown(path)}: {', '.join(mended.faults)}", err=True)


def diff(corpus: Corpus, paths: Sequence[str] | None, rules: Iterable[Rule]) -> int:
    """Show what `fix` would change, and return how many files that are. What a terminal would not show is shown escaped."""
    number = 0
    for path, mended, before in _mended(corpus, paths, rules):
        number += 1
        for line in unified_diff(_lines(before), _lines(mended.text), path, path, lineterm=""):
            say(shown(line))
    return number


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _mended(corpus: Corpus, paths: Sequence[str] | None, rules: Iterable[Rule]) -> Iterator[tuple[str, Mended, str]]:
    names = [rule.name for rule in rules]
    kinds = corpus.shown_pages
    for path in sorted(kinds if paths is None else kinds.keys() & set(paths)):
        try:
            with open(f"{corpus.settings.root}/{path}", "rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError:
            continue  # the check itself says so
        if (mended := mend(path, raw, names, _READ[kinds[path]])) is not None:
            yield path, mended, raw.decode()


_READ: Mapping[str, Callable[[Document], Record | Checklist | None]] = {
    "record": read_record, "checklist": read_checklist, "landing": lambda document: None,
}
"""What reads each kind of page."""


def _write(corpus: Corpus, path: str, content: bytes) -> None:
    """Replace the file at once or not at all; its mode stays. What lies outside the folder of the settings is never written."""
    root = os.path.realpath(corpus.settings.root)
    file = f"{corpus.settings.root}/{path}"
    if not os.path.realpath(file).startswith(os.path.join(root, "")):
        raise WrongUse(f"{named(path)} lies behind a symbolic link that leads out of {root}, so it was not mended\n  help: mend it where it lies")
    try:
        mode = stat.S_IMODE(os.stat(file, follow_symlinks=False).st_mode)
        descriptor, beside = tempfile.mkstemp(prefix=".amends-", dir=os.path.dirname(file))
        try:
            with open(descriptor, "wb") as stream:
                stream.write(content)
            os.chmod(beside, mode)
            os.replace(beside, file)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise WrongUse(f"{named(path)} can't be mended: {error.strerror}\n  help: make the file and its folder writable") from error
