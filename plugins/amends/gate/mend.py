"""Mending what can be mended without asking: nothing that an author meant changes, and nothing else in the file.

Three faults are of this kind. A byte order mark and carriage returns are taken out as reading the file leaves them out. Tabs in the indentation
of the front matter, which YAML forbids, become two spaces each, but only where all of it can then be read without a fault; else what was meant
is a guess.
"""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from amends.checklist import Checklist
from amends.reading.document import Document, decode_document
from amends.record import Record

MENDABLE = ("byte-order-mark", "line-endings", "tab-indentation")
"""The names of the rules whose findings can be mended."""

_TABS = re.compile(r"^\t+(?=\S)", re.MULTILINE)


class Mended(NamedTuple):
    """A file put right."""

    text: str
    faults: tuple[str, ...]
    """The names of the rules that found nothing any more."""


def mend(path: str, raw: bytes, names: Collection[str], read: Callable[[Document], Record | Checklist | None]) -> Mended | None:
    """The file at `path`, which holds `raw`, without those faults of MENDABLE that are among `names`; None where there is nothing to mend.

    `read` makes the record or checklist of a document, if it is to be one. What the record silences is left as it is.
    """
    document = decode_document(path, raw)
    part = read(document)
    wanted = {fault.rule for fault in document.faults} & set(names) & set(MENDABLE)
    if isinstance(part, Record) and part.silence:
        wanted -= _silenced(part)
    if not wanted:
        return None
    text, done = raw.decode(), []
    if "byte-order-mark" in wanted:
        text = text.lstrip("\ufeff")
        done.append("byte-order-mark")
    if "line-endings" in wanted:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        done.append("line-endings")
    if "tab-indentation" in wanted and (spaced := _without_tabs(path, text, read)) is not None:
        text = spaced
        done.append("tab-indentation")
    return Mended(text, tuple(done)) if done else None


def _silenced(record: Record) -> set[str]:
    from amends.rules import RULES  # few records silence anything

    codes = {silence.code for silence in record.silence if silence.why}
    return {rule.name for rule in RULES if rule.code in codes}


def _without_tabs(path: str, text: str, read: Callable[[Document], Record | Checklist | None]) -> str | None:
    """The text with spaces for the tabs that its front matter is indented with; None where it can't be read then either."""
    end = text.find("\n---", 4)
    if end < 0:
        return None
    spaced = _TABS.sub(lambda match: "  " * len(match[0]), text[:end]) + text[end:]
    document = decode_document(path, spaced.encode())
    read(document)
    return None if document.broken or any(fault.rule not in MENDABLE for fault in document.faults) else spaced
