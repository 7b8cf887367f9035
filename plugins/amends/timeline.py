"""The story's timeline: the entries of a `## Timeline` section that begin with a time.

An entry is a list item or a table row. It begins with a full time, a bare date, or `HH:MM`, whose offset may stand in the
section's heading (`## Timeline (UTC)`) and whose day in a heading below it or in an earlier entry.
"""

import re
from dataclasses import dataclass

from amends.diagnostics import Finding, Position
from amends.document import Document
from amends.moments import Moment
from amends.typed import Misfit

_SECTION = re.compile(r"^(#{2,})[ \t]+timeline\b[^(\n]*(?:\(([^)\n]*)\))?.*$", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENTRY = re.compile(
    r"^(?P<lead>[ ]{0,3}(?:[-*+]|\d+[.)])[ \t]+|[ \t]*\|[ \t]*)"
    r"(?P<mark>\*{1,2}|_{1,2}|`|)"
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?=\d))?)?"
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)?"
    r"[ ]?(?P<offset>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}\b)?"
    r"(?P<until>[ ]?[-–—][ ]?\d{1,2}:\d{2}\b)?"
    r"(?P=mark)"
    r"[ \t]*(?:[-–—:|][ \t]*)?(?P<text>.*)$"
)
_OPENINGS = frozenset("-*+|0123456789")
"""How a line begins that may be an entry."""
_ZONE = re.compile(r"(?:(?:all )?times (?:in |are )?)?(?:(UTC|GMT|Z)?[ ]?([+-−]\d{1,2}(?::?\d{2})?)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    at: Moment
    text: str
    """Markdown, on one line."""
    position: Position


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries in the order they were written, and what could not be read."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Finding, ...] = ()


def read_timeline(document: Document) -> Timeline:
    """The timeline of the story; empty where there is no such section."""
    body = document.body
    section = _section(body)
    if section is None:
        return Timeline()
    level = len(section[1])
    entries: list[Entry] = []
    problems: list[Finding] = []
    zone = _zone(section[2])
    day: str | None = None
    fenced = False
    last: tuple[Moment, list[str], Position] | None = None

    def finish() -> None:
        if last is not None:
            entries.append(Entry(last[0], " ".join(last[1]).strip().removesuffix("|").rstrip(), last[2]))

    line_number = document.body_line + body.count("\n", 0, section.start())
    for number, line in enumerate(body[section.end():].split("\n")):
        start = line.lstrip()[:3]
        if start in ("```", "~~~"):
            fenced = not fenced
        if fenced:
            continue
        if line[:1] == "#" and (heading := _HEADING.match(line)) is not None:
            if len(heading[1]) <= level:
                break
            if (found := _DATE.search(heading[2])) is not None:
                day = found[0]
            continue
        match = _ENTRY.match(line) if start[:1] in _OPENINGS else None
        if match is None or not (match["day"] or match["clock"]):
            if last is not None and line[:1] == " " and line.strip() and match is None:
                last[1].append(line.strip())
            continue
        finish()
        last = None
        position = Position(line_number + number, match.start("mark") + 1)
        day = match["day"] or day
        clock, offset = match["clock"], _offset(match["offset"]) or zone
        if zone is not None and match["day"] is None and offset is not None and offset[0] == "-" and match["until"] is None:
            offset = zone  # `07:38-08:01` under a heading that names the zone says until when
        written = line[match.start("mark"):match.start("text")].strip(" *_`|–—")
        if clock is not None and day is None:
            problems.append(Finding(position, f"the timeline's `{written}` has no date",
                                    "write the date into this entry, or into a heading above it"))
        elif clock is not None and offset is None:
            problems.append(Finding(position, f"the timeline's `{written}` has no offset, so nobody knows when it was",
                                    "write it as 2031-04-05T07:38Z, or name the zone once: `## Timeline (UTC)`"))
        else:
            try:
                at = Moment.parse(day if clock is None else f"{day}T{clock.zfill(5) if len(clock) < 6 else clock.zfill(8)}{offset}")
            except Misfit as misfit:
                problems.append(Finding(position, f"in the timeline, {misfit.message}", misfit.help))
            else:
                last = (at, [match["text"]], position)
    finish()
    return Timeline(tuple(entries), tuple(problems))


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
