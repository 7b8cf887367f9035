"""The story's timeline: the entries of a `## Timeline` section that begin with a time, and what stands between them.

An entry is a list item or a table row. It begins with a full time, a bare date, or `HH:MM`, whose offset may stand in the
section's heading (`## Timeline (UTC)`) and whose day in a heading below it or in an earlier entry; `about` or `~` before it
says that it is approximate. Nothing below the heading is dropped: what is no entry keeps its place among them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import dedent
from typing import NamedTuple, TypeAlias

from amends.diagnostics import Finding, Position, clipped
from amends.reading.document import Document
from amends.reading.moments import Moment
from amends.reading.typed import Misfit

_SECTION = re.compile(r"^(#{2,})[ \t]+timeline\b[^(\n]*(?:\(([^)\n]*)\))?.*$", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_ALONE = re.compile(r"\W*\d{4}-\d{2}-\d{2}\W*")
_LEAD = r"(?P<lead>[ ]{0,3}(?:[-*+]|\d+[.)])[ \t]+|[ \t]*\|[ \t]*)"
_TIME = (
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?=\d))?)?"
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)?"
    r"[ ]?(?P<offset>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}\b)?"
    r"(?P<until>[ ]?[-–—][ ]?\d{1,2}:\d{2}\b)?"
    r"(?P=mark)"
    r"[ \t]*(?:[-–—:|][ \t]*)?(?P<text>.*)$"
)
_ENTRY = re.compile(rf"^{_LEAD}(?P<mark>\*{{1,2}}|_{{1,2}}|`|){_TIME}")
_PLAIN = re.compile(r"(?P<lead>[-*+][ ])(?P<at>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})) (?P<text>(?![ap][.m]|AM|PM|[-–—:|\s]).*)")
"""The form of nearly every entry, apart from `_ENTRY`, which reads it no differently and takes four times as long."""
_ABOUT = r"(?:[~≈][ ]?|(?i:about|around|approx\.?|approximately|circa|ca\.?|c\.|gegen|etwa|ungefähr)[ ](?=[\d*_`]))"
_APPROXIMATE = re.compile(
    rf"^{_LEAD}(?:{_ABOUT}(?P<mark>\*{{1,2}}|_{{1,2}}|`|)|(?P<mark_before>\*{{1,2}}|_{{1,2}}|`){_ABOUT}(?P<same>))"
    + _TIME.replace("(?P=mark)", "(?(same)(?P=mark_before)|(?P=mark))"))
"""Apart from `_ENTRY`, since nearly every entry is exact."""
_HALF_OF_DAY = re.compile(r"[ap]\.m\.|am\b|pm\b|AM\b|PM\b")
"""`am` and `pm` as they follow a time; `Am` begins a German sentence."""
_OPENINGS = frozenset("-*+|0123456789")
"""How a line begins that may be an entry."""
_ZONE = re.compile(r"(?:(?:all )?times (?:in |are )?)?(?:(UTC|GMT|Z)?[ ]?([+-−]\d{1,2}(?::?\d{2})?)?)$", re.IGNORECASE)

_MONTH = ("jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|may|june|july|august|september|october|november|december|"
          "januar|februar|märz|mai|juni|juli|oktober|dezember")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
_LIKE_A_TIME = (
    rf"^{_LEAD}[\[(*_`\"'“„<>~≈]*"
    r"(?P<like>"
    rf"(?:(?:at|from|since|by|before|after|about|around|shortly|just|um|ab|seit|gegen|vor|nach|kurz|ca\.?|approx\.?|{_WEEKDAY})[ ,:]{{1,2}}){{0,2}}"
    r"(?:\d{1,2}:\d{2}(?!\d)(?:[ ]?[ap]\.?m\b)?"
    r"|(?:[01]?\d|2[0-3])[.][0-5]\d(?=[ ]*(?:[-–—|]|h\b|uhr\b|[ ][^\W\d]))(?![ ]*(?:%|per|percent|euro|dollar|pounds?|million|billion|times|(?-i:[a-z]{1,2}|[KMGT]i?B)\b))"
    r"|\d{1,2}/\d{1,2}[ ,]+\d{1,2}:\d{2}\b|(?:noon|midnight|mittags?|mitternacht)\b(?=[ ]*(?:[,:–—-][ ]|\|))"
    r"|0\d[0-5]\d(?:[ ]?(?:hrs|hours)\b|(?=[ ]+(?-i:[A-ZÀ-Þ])))|(?:[01]\d|2[0-3])[0-5]\d[ ]?(?:h|z|utc|gmt|uhr)\b"
    r"|\d{1,2}h[0-5]\d\b"
    r"|\d{1,2}[ ]?(?:[ap]m\b|[ap]\.m\.|uhr\b|o['’]clock\b)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?[ ](?:{_MONTH})\b"
    rf"|(?:{_MONTH})[ ]\d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|\d{1,2}[.]\d{1,2}[.]\d{4}\b|\d{1,2}/\d{1,2}/\d{2,4}\b|\d{4}[./]\d{1,2}[./]\d{1,2}\b)"
    rf"|(?:yesterday|today|tomorrow|gestern|heute|vorgestern|(?:{_WEEKDAY})(?=[,:]))\b(?!['’])"
    r")"
)
"""An item that its author meant to begin with a time, in a form that is not read."""


@cache
def _like_a_time() -> re.Pattern[str]:
    """Compiled for the first item that is no entry: most records have none."""
    return re.compile(_LIKE_A_TIME, re.IGNORECASE)


@cache
def _like_a_day() -> re.Pattern[str]:
    """A day in a form that is not read."""
    return re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?[ ](?:{_MONTH})\b|\b(?:{_MONTH})[ ]\d{{1,2}}\b|\b\d{{1,2}}([./])\d{{1,2}}\1\d{{2,4}}\b", re.IGNORECASE)


_FORM = "begin the entry with a time in one of these forms: 2031-04-05T07:38Z, `07:38` below a date and under `## Timeline (UTC)`, or ~07:38"
_TABLE_HEAD = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BLOCK = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]|[|>#!])")
_EMPTY_CELL = re.compile(r"[ \t]*\|[ \t]*\|")


class Entry(NamedTuple):
    """One thing that happened."""

    at: Moment
    text: str
    """Markdown, on one line."""
    position: Position


Passage: TypeAlias = str
"""Markdown that is no entry, as it was written: prose, code, a heading that says more than a day, an entry that can't be read."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What stands in the section, in the order it was written, and what could not be read."""

    parts: tuple[Entry | Passage, ...] = ()
    problems: tuple[Finding, ...] = ()
    level: int = 0
    """Of the section's heading; 0 where there is no such section."""
    entries: tuple[Entry, ...] = ()
    """Those of the parts that have a time."""


def read_timeline(document: Document) -> Timeline:
    """The timeline of the story; empty where there is no such section."""
    body = document.body
    section = _section(body)
    if section is None:
        return Timeline()
    level = len(section[1])
    line_number = document.body_line + body.count("\n", 0, section.start())
    reading = _Reading(section[0], section[2], Position(line_number, section.start(2) - section.start() + 1))
    for number, line in enumerate(body[section.end():].split("\n")):
        if line[:1] == "#" and not reading.fenced and (heading := _HEADING.match(line)) is not None:
            if len(heading[1]) <= level:
                break
            reading.heading(line, heading[2])
        else:
            reading.line(line, line_number + number)
    return reading.timeline(level)


class _Lacking(Exception):
    """The part of its time that an entry lacks, and no heading tells."""


class _Reading:
    """Takes a section line by line. `named` is what its heading says in brackets, which may be a zone, and stands at `where`."""

    def __init__(self, heading: str, named: str | None, where: Position) -> None:
        self.fenced = False
        self._heading, self._named, self._where = heading, named, where
        self._almost_day = ""
        """The last heading that may be a day, in a form that is not read."""
        self._zone, self._day = _zone(named), ""
        self._parts: list[Entry | Passage] = []
        self._problems: list[Finding] = []
        self._lacking: dict[str, list[tuple[str, Position]]] = {"date": [], "offset": []}
        """Entries without what a heading could have said once for all of them."""
        self._open: tuple[Moment, list[str], Position] | None = None
        """The entry that may go on in the next line."""
        self._passage: list[str] = []
        self._table: list[str] = []
        """The head of the table whose rows are being read."""

    def timeline(self, level: int) -> Timeline:
        self._close()
        problems = (*self._problems, *self._unsaid())
        return Timeline(tuple(self._parts), problems, level, tuple(part for part in self._parts if isinstance(part, Entry)))

    def _unsaid(self) -> Iterator[Finding]:
        """What headings could have said of several entries is one finding, at the first of them or in the heading."""
        for what, entries in self._lacking.items():
            if not entries:
                continue
            written, place = entries[0]
            others = {0: "", 1: "; one other entry has none either"}.get(len(entries) - 1, f"; {len(entries) - 1} other entries have none either")
            if what == "date":
                yield Finding(place, f"the timeline's `{written}` has no date{others}",
                              f"write the day of the heading `{clipped(self._almost_day, 30)}` in figures, like 2031-06-02" if self._almost_day
                              else "write the date into this entry, or into a heading above it")
            elif self._named and self._zone is None:
                yield Finding(self._where, f"the timeline's zone `{self._named.strip()}` can't be read, so nobody knows when `{written}` was{others}",
                              f"name the offset from UTC alone: `## Timeline ({offset})`" if (offset := _offset_of(self._named))
                              else "name the offset from UTC alone, for example `## Timeline (UTC+1)`")
            else:
                yield Finding(place, f"the timeline's `{written}` has no offset, so nobody knows when it was{others}",
                              f"write it as 2031-04-05T07:38Z, or name the zone once, in brackets: `## Timeline ({_offset_of(self._heading) or 'UTC'})`")

    def heading(self, line: str, words: str) -> None:
        """A day is shown with its entries, so a heading that is no more than that is not repeated."""
        if (found := _DATE.search(words)) is not None:
            self._day = found[0]
        elif any(map(str.isdigit, words)) and _like_a_day().search(words) is not None:
            self._day, self._almost_day = "", words.strip(" #")
        if _DATE_ALONE.fullmatch(words) is None:
            self._aside(line)

    def line(self, line: str, number: int) -> None:
        if not self.fenced and (plain := _PLAIN.match(line)) is not None and (at := Moment.exact(plain["at"])) is not None:
            self._table = []
            self._day = line[2:12]
            self._close()
            self._open = (at, [plain["text"]], Position(number, 3))
            return
        start = line.lstrip()[:3]
        if start in ("```", "~~~"):
            self.fenced = not self.fenced
            self._aside(line)
            return
        match = _ENTRY.match(line) if start[:1] in _OPENINGS and not self.fenced else None
        if match is not None and not (match["day"] or match["clock"]):
            match = _APPROXIMATE.match(line) or match
        if match is None or not (match["day"] or match["clock"]):
            self._other(line, match, number)
            return
        if start[:1] != "|":
            self._table = []
        position = Position(number, match.end("lead") + 1)
        self._day = match["day"] or self._day
        try:
            moment = self._moment(match)
        except Misfit as misfit:
            self._problems.append(Finding(position, misfit.message, misfit.help))
            self._row_aside(line)
        except _Lacking as lacking:
            self._lacking[str(lacking)].append((_written(match), position))
            self._row_aside(line)
        else:
            head = self._passage[-2:]
            if start[:1] == "|" and len(head) == 2 and _TABLE_HEAD.fullmatch(head[1]):
                self._table = head  # what the columns are called is no part of the story
                del self._passage[-2:]
            self._close()
            until = match["until"] or (match["offset"] if self._ends(match) else None)
            self._open = (moment, [f"(until {until.strip(' -–—')}) {match['text']}" if until else match["text"]], position)

    def _other(self, line: str, match: "re.Match[str] | None", number: int) -> None:
        """A line that begins with no time."""
        row = line.lstrip()[:1] == "|"
        if not row:
            self._table = []
        if not self.fenced and match is not None and (like := _like_a_time().match(line)) is not None:
            written = like["like"].strip()
            self._problems.append(Finding(Position(number, like.start("like") + 1), f"the timeline's `{written}` can't be read as a time", _FORM))
        elif self._open is not None and not self._passage and not self.fenced:
            if row and _EMPTY_CELL.match(line):
                self._open[1][-1] = self._open[1][-1].rstrip().removesuffix("|").rstrip()
                self._open[1].append(line.strip().strip("|").strip().removeprefix("|").strip())
                return
            if line[:1] == " " and line.strip() and match is None and _BLOCK.match(line) is None:
                self._open[1].append(line.strip())
                return
            if not line.strip():
                return
        if row:
            self._row_aside(line)
        else:
            self._aside(line)

    def _ends(self, entry: re.Match[str]) -> bool:
        """Whether what looks like an offset says until when: `07:38-08:01` under a heading that names the zone."""
        return self._zone is not None and entry["day"] is None and entry["until"] is None and (entry["offset"] or "")[:1] == "-"

    def _moment(self, entry: re.Match[str]) -> Moment:
        """The entry's time. Raises Misfit, or _Lacking where a part of it is said nowhere."""
        clock, offset = entry["clock"], _offset(entry["offset"]) or self._zone
        if self._ends(entry):
            offset = self._zone
        if clock is not None and (half := _HALF_OF_DAY.match(entry["text"])) is not None:
            raise Misfit("", f"the timeline's `{_written(entry)} {half[0]}` is told by a clock of twelve hours, which is not read",
                         f"write {_of_24_hours(clock, half[0])}")
        if clock is not None and not self._day:
            raise _Lacking("date")
        if clock is not None and offset is None:
            raise _Lacking("offset")
        text = self._day if clock is None else f"{self._day}T{clock.zfill(5) if len(clock) < 6 else clock.zfill(8)}{offset}"
        try:
            return Moment.parse({"about": text} if entry.re is _APPROXIMATE else text)
        except Misfit:
            raise Misfit("", f"the timeline's `{_written(entry)}` is not a date and time that exists", _FORM) from None

    def _row_aside(self, line: str) -> None:
        """A row apart from its table would be no table: it takes the head along."""
        if self._table and not self._passage:
            self._close()
            self._passage = list(self._table)
        self._aside(line)

    def _aside(self, line: str) -> None:
        if self._passage and line[:1] not in ("", " ", "\t") and self._passage[0][:1] in (" ", "\t") and not self.fenced:
            self._close()  # what was indented below an entry ends here
        if self._open is not None:
            self._close()
        if self._passage or line.strip():
            self._passage.append(line)

    def _close(self) -> None:
        if self._open is not None:
            at, lines, position = self._open
            self._parts.append(Entry(at, " ".join(lines).strip().removesuffix("|").rstrip(), position))
            self._open = None
        if self._passage:
            self._parts.append(dedent("\n".join(self._passage)).strip("\n"))
            self._passage = []


def _of_24_hours(clock: str, half: str) -> str:
    hour, rest = clock.split(":", 1)
    hours = int(hour) if int(hour) > 12 else int(hour) % 12 + (12 if half[0] in "pP" else 0)
    return f"{hours:02d}:{rest}"


def _written(entry: re.Match[str]) -> str:
    return entry.string[entry.end("lead"):entry.start("text")].strip(" *_`|–—")


def _section(body: str) -> re.Match[str] | None:
    """The section's heading. The word is looked for first, since a search for the heading tries every line."""
    lowered = body.lower()
    if len(lowered) != len(body):  # a few letters grow in lower case, and then no place is where it was
        return _SECTION.search(body)
    at = lowered.find("timeline")
    while at >= 0:
        if (section := _SECTION.match(body, body.rfind("\n", 0, at) + 1)) is not None:
            return section
        at = lowered.find("timeline", at + 1)
    return None


def _offset(text: str | None) -> str | None:
    return "Z" if text in ("UTC", "GMT") else text


_OFFSETS = {"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "BST": 1, "WEST": 1, "EET": 2, "EEST": 3, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
            "JST": 9, "AEST": 10, "AEDT": 11}
"""What the usual names of zones stand for, for a remedy: `IST` and `CST` are several zones."""


def _offset_of(named: str) -> str | None:
    """The offset that a heading means, as a remedy writes it; None where it names none that is known."""
    said = re.search(r"(?:UTC|GMT)[ ]?[+−-][ ]?\d{1,2}(?::?\d{2})?", named)
    hours = next((_OFFSETS[word] for word in re.findall(r"[A-Z]+", named) if word in _OFFSETS), None)
    return said[0].replace(" ", "") if said is not None else None if hours is None else f"UTC{hours:+d}"


def _zone(text: str | None) -> str | None:
    """An ISO offset from what a heading says in brackets: `UTC`, `UTC+2`, `+02:00`."""
    match = _ZONE.match(text.strip()) if text else None
    if match is None or not (match[1] or match[2]):
        return None
    if match[2] is None:
        return "Z"
    sign, digits = match[2][0].replace("−", "-"), match[2][1:].replace(":", "")
    hours, minutes = (digits, "00") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return f"{sign}{int(hours):02d}:{minutes}"
