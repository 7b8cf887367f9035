"""Front matter as YAML: text in, plain text values out, with a place for every key.

Every scalar is read as text and typed later by its field, so that YAML 1.1's guesses (`no` is false, `0123` is 83,
`22:30` is 1350) cannot happen. libyaml's events are composed here, to a depth that is bounded: composing its nodes
recurses in C, and a page of opening brackets would end the process.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # its stub does not say that it is exported
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from amends.diagnostics import Fault, Path, Position, clipped
from amends.reading.complaints import BLANKS, KEY_AND_BLANK, after_colon, explain, place_of, unclosed, unprintable

MAX_DEPTH = 24
"""Levels of nesting that are read; format 1 needs seven."""

_EXOTIC = re.compile(r"(?:^|[\s\[{,])[&!*]", re.MULTILINE)
"""Where an anchor, a tag or an alias could begin."""

_NUL = re.compile(r"\\(?:0|x00|u0000|U00000000)")
"""How a NUL is written between double quotes. Nothing that shows or stores a text can hold one."""

_BLANK = re.compile(f"[{BLANKS}]")
_MISREAD_KEY = re.compile(f"(?P<before>[ ]*)(?P<indent>-?[{BLANKS}])|[^:]*:[{BLANKS}]")

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one front matter holds."""

    values: dict[str, Any]
    """Nested dicts, lists, text and `None`."""
    texts: list[str]
    """Every text among the values, in order, without its place."""
    faults: list[Fault]
    broken: bool
    """Whether reading stopped before the end, so that `values` says nothing."""


def parse(text: str, first_line: int) -> Parsed:
    """Parse YAML `text`, whose first line is line `first_line` of its file. What the text holds never raises."""
    faults: list[Fault] = []
    texts: list[str] = []
    text = _one_kind_of_line(text)
    try:
        root = _compose(text, first_line, faults, texts, None)
    except _Unreadable as error:
        return Parsed({}, [], [*faults, error.fault], broken=True)
    except YAMLError as error:
        fault = explain(error, text, first_line)
        if faults and faults[-1].rule == "yaml-alias" and faults[-1].place[0] == fault.place[0]:
            return Parsed({}, [], faults, broken=True)  # prose that began with a sign: what breaks behind it is the same fault
        return Parsed({}, [], [*faults, fault], broken=True)
    except UnicodeEncodeError as error:
        return Parsed({}, [], [*faults, unprintable(error, text, first_line)], broken=True)
    if root is None:
        root = {}
    if not isinstance(root, dict):
        kind = "a list" if isinstance(root, list) else "plain text"
        fault = Fault(Position(first_line, 1), f"the front matter is {kind}, not keys with values",
                      "begin each line with a key, for example `title: …`", "yaml-syntax")
        return Parsed({}, [], [*faults, fault], broken=True)
    heading = text.find("\n## ")
    if heading >= 0 and _PROSE_KEY.search(text, heading) is not None:
        return Parsed({}, [], [*faults, unclosed(first_line + text.count("\n", 0, heading + 1))], broken=True)
    if _COMMENT.search(text) or any(" - " in each for each in texts):
        faults.extend(_swallowed(text, first_line))
    return Parsed(root, texts, faults, broken=False)


def places(text: str, first_line: int) -> dict[Path, tuple[Position, Position]]:
    """Where the key and the value of each path begin; a list entry's two places are the same.

    Kept apart from `parse` and asked for only when a finding has to be placed: marks for every value of ten thousand
    records would take more memory than the records.
    """
    found: dict[Path, tuple[Position, Position]] = {}
    with suppress(YAMLError, UnicodeEncodeError):  # the fault itself was placed when the text was parsed
        _compose(_one_kind_of_line(text), first_line, [], [], found)
    return found


_FOREIGN_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def _one_kind_of_line(text: str) -> str:
    """The text with a blank for each character that only YAML takes for a line's end: editors count no line there, and neither do we."""
    return text if text.isascii() else _FOREIGN_LINE_ENDS.sub(" ", text)


class _Unreadable(YAMLError):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _compose(text: str, first_line: int, faults: list[Fault], texts: list[str], found: dict[Path, tuple[Position, Position]] | None) -> Any:
    """Build values from libyaml's events; `faults` and `texts` receive what their names say, and `found`, if given, the places."""
    get_event: Any = CParser(text).get_event
    get_event()  # the stream's start
    get_event()  # the document's start, or the end of an empty stream
    event = get_event()
    if event is None or event.__class__ is StreamEndEvent or event.__class__ is DocumentEndEvent:
        return None
    root = _Composer(text, get_event, first_line, faults, texts, found).value(event, ())
    get_event()  # the document's end
    rest = get_event()
    if rest.__class__ is not StreamEndEvent:
        raise _Unreadable(Fault(_place(rest, first_line), "a second YAML document begins inside the front matter",
                                "end the front matter with a line `---` and write the story below it", "yaml-syntax"))
    return root


class _Composer:
    """Takes the events of one text, one collection after the other; never more than MAX_DEPTH of them within each other."""

    def __init__(self, text: str, get_event: Any, first_line: int, faults: list[Fault], texts: list[str],
                 found: dict[Path, tuple[Position, Position]] | None) -> None:
        self._get_event, self._first_line, self._faults, self._texts, self._found = get_event, first_line, faults, texts, found
        self._lines = text.split("\n") if "{" in text else []
        self._exotic = ("&" in text or "!" in text or "*" in text) and _EXOTIC.search(text) is not None
        self._escaped = "\\" in text and _NUL.search(text) is not None
        self._blanks = text.split("\n") if not text.isascii() and _BLANK.search(text) is not None else None
        self._plain = not (self._exotic or self._escaped or self._blanks is not None)
        """Whether no text and no collection needs a closer look, as in nearly every file."""
        self._depth = 0

    def value(self, event: Any, path: Path) -> Any:
        """The value that begins with this event."""
        kind = event.__class__
        if kind is ScalarEvent:
            if not self._plain:
                self._look_at_value(event)
            if event.value in _NULLS and event.implicit[0]:
                return None
            self._texts.append(event.value)
            return event.value
        if not self._plain:
            self._look_at(event)
        if kind is AliasEvent:
            return None
        if self._depth >= MAX_DEPTH:
            raise _Unreadable(Fault(_place(event, self._first_line), f"this is nested more than {MAX_DEPTH} levels deep",
                                    "format 1 needs seven levels", "yaml-syntax"))
        self._depth += 1
        value = self._mapping(path, flow=event.flow_style) if kind is MappingStartEvent else self._sequence(path)
        self._depth -= 1
        return value

    def _mapping(self, path: Path, *, flow: bool) -> dict[str, Any]:
        get_event, add, plain, found, first_line = self._get_event, self._texts.append, self._plain, self._found, self._first_line
        values: dict[str, Any] = {}
        cut: dict[str, tuple[Position, int, list[str]]] = {}
        there, key_place = path, Position(first_line, 1)
        while True:
            event = get_event()
            if event.__class__ is not ScalarEvent:
                if event.__class__ is MappingEndEvent:
                    for key, (place, number, words) in cut.items():
                        values[key] = self._texts[number] = ", ".join(words)
                        self._faults.append(_cut_by_comma(place, key, words))
                    return values
                self._look_at(event)
                raise _Unreadable(Fault(_place(event, first_line), "a list, a mapping or an alias stands where a key is expected",
                                        "put quotes around a text that begins with `{`, `[` or `*`", "yaml-syntax"))
            key = event.value
            if not plain:
                self._look_at_key(event)
            if key in values:
                self._faults.append(Fault(_place(event, first_line), f"`{key}` is given twice here",
                                          "keep one of the two; YAML silently keeps the last", "duplicate-key"))
            if found is not None:
                key_place = _place(event, first_line)
            begin, event = event, get_event()
            if flow and values and event.__class__ is ScalarEvent and not event.value and (comma := self._comma(begin, event)) is not None:
                last = next(reversed(values))
                if values[last].__class__ is str:
                    cut.setdefault(last, (comma, len(self._texts) - 1, [values[last]]))[2].append(key)
                    continue
            if found is not None:
                there = (*path, key)
                found[there] = (key_place, _place(event, first_line))
            if plain and event.__class__ is ScalarEvent:  # most values are this, and no more is asked
                value = event.value
                if value in _NULLS and event.implicit[0]:
                    values[key] = None
                else:
                    values[key] = value
                    add(value)
            else:
                values[key] = self.value(event, there)

    def _comma(self, key: Any, value: Any) -> Position | None:
        """The comma before a key that has no colon behind it, and is the rest of a text; None where one is written."""
        lines = self._lines
        if not value.implicit[0] or _COLON.match(lines[key.end_mark.line], key.end_mark.column):
            return None
        line, column = key.start_mark.line, lines[key.start_mark.line].rfind(",", 0, key.start_mark.column)
        while column < 0 and line > 0:
            line -= 1
            column = lines[line].rfind(",")
        return Position(self._first_line + line, column + 1)

    def _sequence(self, path: Path) -> list[Any]:
        get_event, found = self._get_event, self._found
        values: list[Any] = []
        there = path
        while (event := get_event()).__class__ is not SequenceEndEvent:
            if found is not None:
                place = _place(event, self._first_line)
                there = (*path, len(values))
                found[there] = (place, place)
            values.append(self.value(event, there))
        return values

    def _look_at(self, event: Any) -> None:
        """An anchor, a tag or an alias is no part of the text."""
        if self._exotic and (event.__class__ is AliasEvent or event.anchor or event.tag):
            self._faults.append(_exotic(event, event.__class__, self._first_line))

    def _look_at_text(self, event: Any) -> None:
        if self._escaped and "\0" in event.value:
            raise _Unreadable(Fault(_place(event, self._first_line), "this text holds a NUL character",
                                    "delete the escape that stands for it", "yaml-syntax"))
        self._look_at(event)

    def _look_at_key(self, event: Any) -> None:
        self._look_at_text(event)
        if self._blanks is not None and event.implicit[0] and (misread := _MISREAD_KEY.match(event.value)) is not None:
            raise _Unreadable(_blank_in_key(event, misread, self._first_line))

    def _look_at_value(self, event: Any) -> None:
        self._look_at_text(event)
        if self._blanks is not None and event.implicit[0] and (blank := KEY_AND_BLANK.match(event.value)) and _begins_line(event, self._blanks):
            place = _place(event, self._first_line)
            raise _Unreadable(after_colon(Position(place.line, place.column + blank.end() - 1)))


_COLON = re.compile(r"\s*:")
_GROUPED = re.compile(r"\d{1,3}(?:, \d{3})+")


def _cut_by_comma(place: Position, key: str, words: list[str]) -> Fault:
    text = ", ".join(words)
    quoted = f'"{text}"' if '"' not in text else "'{}'".format(text.replace("'", "''"))
    mend = f"put the text in quotes: `{key}: {quoted}`" if len(text) < 200 else "put the whole text in quotes"
    if _GROUPED.fullmatch(text):
        mend = f"write the number in digits alone: `{key}: {''.join(words)}`"
    return Fault(place, f"a comma ends a text inside `{{…}}`, so YAML reads only `{clipped(words[0], 40)}` under `{key}`", mend, "yaml-syntax")


def _place(event: Any, first_line: int) -> Position:
    return place_of(event.start_mark, first_line)


def _exotic(event: Any, kind: type, first_line: int) -> Fault:
    place = _place(event, first_line)
    if kind is AliasEvent:
        return Fault(place, f"`*{event.anchor}` is a YAML alias; a record repeats nothing by reference",
                     f"write the value out; if it is prose, put it in quotes: \"*{event.anchor} …\"", "yaml-alias")
    if event.anchor:
        return Fault(place, f"`&{event.anchor}` is a YAML anchor, so it is not part of the text",
                     f"write the value out; if it is prose, put it in quotes: \"&{event.anchor} …\"", "yaml-alias")
    tag = event.tag.replace("tag:yaml.org,2002:", "!!")
    return Fault(place, f"`{tag}` is a YAML tag, so it is not part of the text",
                 "leave it out: every field has its own type; if it is prose, put it in quotes", "yaml-alias")


def _blank_in_key(event: Any, misread: re.Match[str], first_line: int) -> Fault:
    place = _place(event, first_line)
    if misread["indent"] is None:
        return after_colon(Position(place.line, place.column + misread.end() - 1))
    where = "after the dash" if misread["indent"][0] == "-" else "in the indentation"
    return Fault(Position(place.line, place.column + misread.end() - 1), f"a no-break space stands {where}, where YAML knows only plain ones",
                 "type a plain space in its place; such spaces come with text that is copied from a page", "yaml-syntax")


def _begins_line(event: Any, lines: list[str]) -> bool:
    """Whether nothing but an indentation, or the dash of an entry, stands before the text on its line."""
    mark = event.start_mark
    return not lines[mark.line][: mark.column].strip(" -")


_COMMENT = re.compile(r" #(?=\S)")
_ENTRY_LINE = re.compile(r" *- ")


def _swallowed(text: str, first_line: int) -> Iterator[Fault]:
    """Plain text cut off by ` #`: `PR #12 broke it` is read as `PR`; a `#` followed by a space is an honest comment. And entries that are
    indented further than those above them, which YAML takes for the rest of these.
    """
    get_event: Any = CParser(text).get_event
    lines = text.split("\n")
    event: Any
    while (event := get_event()) is not None:
        if event.__class__ is not ScalarEvent or not event.implicit[0] or not event.value:
            continue
        start: Any = event.start_mark
        end: Any = event.end_mark
        for number in range(start.line + 1, end.line + 1):
            if (entry := _ENTRY_LINE.match(lines[number])) is not None:
                yield Fault(Position(first_line + number, entry.end() - 1), "YAML takes this entry for the rest of the text above it",
                            "give the entries of one list the same indentation; if it is text, put the whole in quotes", "swallowed-text")
        rest = lines[end.line][end.column:] if end.line < len(lines) else ""
        if (match := _COMMENT.match(rest)) is not None:
            kept = event.value if len(event.value) <= 40 else f"…{event.value[-39:]}"
            yield Fault(Position(first_line + end.line, end.column + match.end()),
                        f"YAML reads ` #` as the start of a comment: of this text only `{kept}` is left",
                        "put the text in quotes, or write it below `>-`; a comment has a space after its #", "swallowed-text")


_PROSE_KEY = re.compile(r"^[A-Za-z][^\s:]* [^:\n]*:\s", re.MULTILINE)
"""A line of prose that happens to hold a colon, so that YAML takes it for a key."""
