"""The clocks of regulators: what the law gives a record's author how much time to report, and to whom.

The laws are data, a file each in `clocks/`, with source and version; a site adds clocks of its own under `clocks` in its settings.
Nothing here decides whether a law applies: that the record says, under `response.obligations`.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amends import frontmatter
from amends.clock import Verdict, judge
from amends.moments import Moment, Span
from amends.record import Obligation, Record, given
from amends.settings import Settings
from amends.typed import Absence

_FOLDER = Path(__file__).parent / "clocks"


class Event(str, Enum):
    """What a clock can run from."""

    AWARENESS = "awareness"
    """That we became aware of it."""
    CLASSIFICATION = "classification"
    """That it was classified as major."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time there is, and from when. A clock with several is met when all of them are."""

    event: Event | None
    """What it runs from; None where it runs from an earlier report."""
    after: str | None
    """The clock whose notification it runs from."""
    hours: int | None
    months: int | None
    """Calendar months, counted in days: a month has run out when the day of the same number is over."""
    unless_later: Event | None
    """The event that takes the limit away when it comes only after the limit has run out."""

    def ends(self, since: Moment) -> date:
        """The last day on which it can still be met, taking the latest time that `since` may mean."""
        if self.months is not None:
            return _months_later(since.day, self.months)
        begins = since.instant if since.instant is not None and not since.about else datetime.combine(since.day, time.max)
        try:
            return (begins + timedelta(hours=self.hours or 0)).date()
        except OverflowError:
            return date.max  # a mistyped year must not stop the gate

    def judge(self, since: Moment, until: Moment) -> Verdict:
        """Whether `until` is within it: met or late where that is certain."""
        if self.months is not None:
            return Verdict.LATE if until.day > self.ends(since) else Verdict.MET
        return judge(since.until(until), timedelta(hours=self.hours or 0))

    def __str__(self) -> str:
        """In a reader's words, for example `72 h after awareness`."""
        return f"{self.length} after {self.since}"

    @property
    def length(self) -> str:
        """How much time there is, in a reader's words."""
        if self.months is not None:
            return "1 month" if self.months == 1 else f"{self.months} months"
        return f"{self.hours} h"

    @property
    def since(self) -> str:
        """What it runs from, in a reader's words."""
        return self.event.value if self.event else f"the report under {self.after}"


@dataclass(frozen=True, slots=True)
class Clock:
    """What has to be told to whom, and in what time."""

    id: str
    label: str
    to: str
    law: str | None
    """Title and article; None for a clock of the site's own."""
    version: str | None
    """The day of the text that was read."""
    source: str | None
    """Where the text stands."""
    limits: tuple[Limit, ...]
    """None where the law names no figure."""


@dataclass(frozen=True, slots=True)
class Run:
    """One limit of a clock as it ran for a record."""

    limit: Limit
    since: Moment
    took: Span | None
    """None while nobody is notified."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation that a record says it is under, and how it was met."""

    number: int
    """Its place in `response.obligations`."""
    obligation: Obligation
    clock: Clock
    runs: tuple[Run, ...]
    """The limits whose beginning is known and that count here."""
    verdict: Verdict

    @property
    def late(self) -> Run | None:
        """The first limit that was certainly passed."""
        return next((run for run in self.runs if run.verdict is Verdict.LATE), None)

    @property
    def ends(self) -> date | None:
        """The last day on which it can still be met, as far as it is known."""
        return min((run.limit.ends(run.since) for run in self.runs), default=None)


@cache
def clocks_of_law() -> Mapping[str, Clock]:
    """The clocks that Amends knows, by id."""
    known: dict[str, Clock] = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        said: Any = frontmatter.parse(path.read_text(encoding="utf-8"), 1).values
        known.update({id_: Clock(id_, clock["label"], clock["to"], f"{said['law']}, {clock['article']}", said["version"], said["source"],
                                 tuple(map(_limit, clock["limits"]))) for id_, clock in said["clocks"].items()})
    return MappingProxyType(known)


def _limit(said: Mapping[str, str]) -> Limit:
    return Limit(
        Event(said["from"]) if "from" in said else None, said.get("after"), int(said["hours"]) if "hours" in said else None,
        int(said["months"]) if "months" in said else None, Event(said["unless_later"]) if "unless_later" in said else None)


def known_clocks(settings: Settings) -> Mapping[str, Clock]:
    """The clocks of the law and the site's own, by id."""
    own = {id_: Clock(id_, clock.label, clock.to, None, None, clock.source, (Limit(Event.AWARENESS, None, clock.hours, None, None),))
           for id_, clock in settings.clocks.items() if clock.label and clock.to and clock.hours is not None}
    return {**clocks_of_law(), **own}


def duties(record: Record, settings: Settings) -> tuple[Duty, ...]:
    """The obligations of `record` under a known clock, in the record's order."""
    obligations = given(record.reply.obligations)
    if not obligations:
        return ()
    known = known_clocks(settings)
    return tuple(_duty(number, obligation, clock, record, obligations) for number, obligation in enumerate(obligations)
                 if (clock := known.get(obligation.clock or "")) is not None)


def _duty(number: int, obligation: Obligation, clock: Clock, record: Record, obligations: Sequence[Obligation]) -> Duty:
    notified = obligation.notified
    runs, unknown = [], not clock.limits
    for limit in clock.limits:
        since = _since(limit, obligation, record, obligations)
        if since is None:
            unknown = True
        elif (run := _run(limit, since, notified, obligation, record)) is not None:
            runs.append(run)
    if any(run.verdict is Verdict.LATE for run in runs):
        verdict = Verdict.LATE
    elif notified is None or isinstance(notified, Absence):
        verdict = Verdict.NEVER if notified is None or notified.kind == "missed" else Verdict.UNKNOWN
    else:
        verdict = Verdict.UNKNOWN if unknown or any(run.verdict is Verdict.UNKNOWN for run in runs) else Verdict.MET
    return Duty(number, obligation, clock, tuple(runs), verdict)


def _run(limit: Limit, since: Moment, notified: Moment | Absence | None, obligation: Obligation, record: Record) -> Run | None:
    took = since.until(notified) if isinstance(notified, Moment) else None
    verdict = limit.judge(since, notified) if isinstance(notified, Moment) else Verdict.UNKNOWN
    instead = _at(limit.unless_later, obligation, record) if limit.unless_later else None
    if instead is not None and (came := limit.judge(since, instead)) is not Verdict.MET:
        if came is Verdict.LATE:
            return None
        verdict = verdict if verdict is Verdict.MET else Verdict.UNKNOWN
    return Run(limit, since, took, verdict)


def _since(limit: Limit, obligation: Obligation, record: Record, obligations: Sequence[Obligation]) -> Moment | None:
    if limit.event is not None:
        return _at(limit.event, obligation, record)
    return next((earlier.notified for earlier in obligations if earlier.clock == limit.after and isinstance(earlier.notified, Moment)), None)


def _at(event: Event, obligation: Obligation, record: Record) -> Moment | None:
    if event is Event.CLASSIFICATION:
        return obligation.classified if isinstance(obligation.classified, Moment) else None
    if obligation.aware is None:
        return record.time("detected")
    return obligation.aware if isinstance(obligation.aware, Moment) else None


def _months_later(day: date, months: int) -> date:
    """The day of the same number, or the last of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))
