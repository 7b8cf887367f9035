"""Trust over time: what the records together say about telling first, keeping promises and making things good.

Every figure says how much of it is known. What a record does not tell counts as unknown, never as zero; where only days
are known, a length of time is a range, and so is a median of such lengths. Nothing here is about a person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from statistics import quantiles
from typing import NamedTuple

from amends.corpus import Corpus
from amends.customers.clock import CustomerClock, Verdict, customer_clock
from amends.reading.moments import Moment, Span
from amends.reading.typed import Absence
from amends.record import Commitment, CustomerImpact, Figure, FollowUp, Point, Progress, Record, Scores, given

MOST_QUARTERS = 40
"""A corpus that spans more of them is told by years."""


class Telling(str, Enum):
    """Whether customers learned of it from us."""

    FIRST = "first"
    """We told them before anybody outside had reported it."""
    FOUND = "found"
    """We found it; that we told them first is not so, or not known."""
    OTHERS = "others"
    """Customers or others were first."""
    UNKNOWN = "unknown"


class Keeping(str, Enum):
    """What became of a promise."""

    ON_TIME = "on-time"
    UNDATED = "undated"
    """Kept, and no day is known that was promised for it."""
    LATE = "late"
    BROKEN = "broken"
    OPEN = "open"
    UNKNOWN = "unknown"


class Asking(str, Enum):
    """Whether those affected were asked, and their answers counted."""

    COUNTED = "counted"
    UNCOUNTED = "uncounted"
    """They were asked; how many are satisfied is not known."""
    NOBODY = "nobody"
    UNKNOWN = "unknown"


class Repeating(str, Enum):
    """Whether it had happened before."""

    NEW = "new"
    REPEAT = "repeat"
    UNKNOWN = "unknown"


class Ending(str, Enum):
    """Where a score stood at its last measurement, against the last one before the incident."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    UNKNOWN = "unknown"
    """It was not measured before, or not after."""


@dataclass(frozen=True, slots=True)
class Series:
    """One score around one incident."""

    scale: str
    started: Moment | None
    points: tuple[tuple[Moment, float, str], ...]
    """When, the value, and the value as it was written; in order of time."""
    before: tuple[Moment, float, str] | None
    """The last measurement that certainly came before the incident."""
    after: tuple[Moment, float, str] | None
    """The last measurement, where it certainly came after the incident began."""

    @property
    def ending(self) -> Ending:
        """Whether it ended higher than it was before."""
        if self.before is None or self.after is None:
            return Ending.UNKNOWN
        before, after = self.before[1], self.after[1]
        return Ending.HIGHER if after > before else Ending.LOWER if after < before else Ending.SAME


@dataclass(frozen=True, slots=True)
class Measured:
    """One incident's part in the figures."""

    record: Record
    day: date | None
    """When it began, as its stem or its times say."""
    clock: CustomerClock
    waited: Span | None
    """From when we knew, or else from when customers began to feel it, to the first message; nothing where they were told before."""
    never_told: bool
    """Whether the record says that there was no message."""
    telling: Telling
    promises: tuple[Keeping, ...]
    asking: Asking
    contacted: int | None
    satisfied: int | None
    affected: int | None
    repeating: Repeating
    scores: tuple[Series, ...]

    @property
    def satisfied_share(self) -> float | None:
        """Satisfied of contacted, in percent."""
        return self.satisfied / self.contacted * 100 if self.asking is Asking.COUNTED and self.contacted and self.satisfied is not None else None

    @property
    def contacted_share(self) -> float | None:
        """Contacted of affected, in percent."""
        if not self.affected or self.contacted is None or self.contacted > self.affected:
            return None
        return self.contacted / self.affected * 100


class Spread(NamedTuple):
    """How lengths of time are spread. Each of the three is a range where any length that it rests on is one."""

    lower: Span
    """A quarter of them is at most as long."""
    median: Span
    upper: Span
    """Three quarters of them are at most as long."""


class Shares(NamedTuple):
    """How percentages are spread."""

    lower: float
    median: float
    upper: float


@dataclass(frozen=True)
class Group:
    """The figures of some incidents: of all, of a period, of a service, or of a harm."""

    key: str
    incidents: tuple[Measured, ...]

    @cached_property
    def waits(self) -> tuple[Span, ...]:
        """How long customers waited for the first message, where it is known."""
        return tuple(each.waited for each in self.incidents if each.waited is not None)

    @cached_property
    def wait(self) -> Spread | None:
        """How those waits are spread."""
        return spread(self.waits)

    @cached_property
    def never_told(self) -> int:
        """How many incidents had no message at all."""
        return sum(each.never_told for each in self.incidents)

    @cached_property
    def in_time(self) -> Mapping[Verdict, int]:
        """The first messages against the time that the policy allows."""
        return Counter(each.clock.first.verdict for each in self.incidents)

    @cached_property
    def telling(self) -> Mapping[Telling, int]:
        """Who was first."""
        return Counter(each.telling for each in self.incidents)

    @cached_property
    def found_by_us(self) -> Mapping[bool | None, int]:
        """Whether we noticed before anybody outside; None where it is not known."""
        return Counter(each.clock.found_by_us for each in self.incidents)

    @cached_property
    def told_first(self) -> Mapping[bool | None, int]:
        """Whether customers heard of it from us before anybody outside had reported it; None where it is not known."""
        return Counter(each.clock.told_first for each in self.incidents)

    @cached_property
    def promises(self) -> Mapping[Keeping, int]:
        """What became of every promise."""
        return Counter(kept for each in self.incidents for kept in each.promises)

    @cached_property
    def asking(self) -> Mapping[Asking, int]:
        """In how many incidents those affected were asked."""
        return Counter(each.asking for each in self.incidents)

    @cached_property
    def satisfied(self) -> Shares | None:
        """Satisfied of contacted, an incident at a time."""
        return shares(share for each in self.incidents if (share := each.satisfied_share) is not None)

    @cached_property
    def contacted(self) -> tuple[int, Shares | None]:
        """Contacted of affected, an incident at a time, and of how many incidents both are known."""
        known = [share for each in self.incidents if (share := each.contacted_share) is not None]
        return len(known), shares(known)

    @cached_property
    def repeating(self) -> Mapping[Repeating, int]:
        """How many had happened before."""
        return Counter(each.repeating for each in self.incidents)

    @cached_property
    def endings(self) -> Mapping[Ending, int]:
        """Where the scores ended."""
        return Counter(series.ending for each in self.incidents for series in each.scores)


@dataclass(frozen=True)
class Trust:
    """The figures of a corpus."""

    whole: Group
    by_years: bool
    """Whether the periods are years; else quarters."""
    periods: tuple[Group, ...]
    """Every period from the first incident to the last, the empty ones too."""
    services: tuple[Group, ...]
    """Those with most incidents first."""
    harms: tuple[Group, ...]
    """Those with most incidents first."""


def measure_trust(corpus: Corpus) -> Trust:
    """The figures over all published records of `corpus`."""
    incidents = tuple(measured(record, corpus) for record in corpus.records if record.status.public)
    days = [each.day for each in incidents if each.day is not None]
    first, last = (_quarter(min(days)), _quarter(max(days))) if days else (0, -1)
    by_years = last - first >= MOST_QUARTERS
    keys = [str(year) for year in range(first // 4, last // 4 + 1)] if by_years else [quarter_name(q) for q in range(first, last + 1)]
    by_period: dict[str, list[Measured]] = {key: [] for key in keys}
    for each in incidents:
        if each.day is not None:
            by_period[str(each.day.year) if by_years else quarter_name(_quarter(each.day))].append(each)
    return Trust(
        Group("", incidents), by_years,
        tuple(Group(key, tuple(members)) for key, members in by_period.items()),
        _groups(incidents, lambda each: each.record.service_names),
        _groups(incidents, lambda each: [harm.value for harm in each.record.harms]),
    )


def measured(record: Record, corpus: Corpus) -> Measured:
    """What one incident tells."""
    clock = customer_clock(record, corpus.settings)
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    asking, contacted, satisfied = _asking(record.reply.follow_up)
    notices = record.reply.notices
    return Measured(
        record, _day(record), clock,
        _not_negative(clock.first.took),
        isinstance(notices, Absence) and notices.kind != "unknown",
        _telling(clock),
        tuple(map(_keeping, given(record.reply.commitments))),
        asking, contacted, satisfied,
        _count(rows[0].count) if rows else None,
        _repeating(record, corpus),
        tuple(_series(scores, record.started) for scores in given(record.reply.scores) if scores.scale),
    )


def quarter_name(number: int) -> str:
    """A quarter by its number since the year 0: `2031 Q2`."""
    return f"{number // 4} Q{number % 4 + 1}"


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def spread(lengths: Sequence[Span]) -> Spread | None:
    """How lengths of time are spread; None where there are none.

    The shortest that each could have been give one end of a quartile, the longest the other: the true one lies between.
    """
    least = shares(length.least.total_seconds() for length in lengths)
    most = shares(length.most.total_seconds() for length in lengths)
    if least is None or most is None:
        return None
    return Spread(*(Span(timedelta(seconds=low), timedelta(seconds=high)) for low, high in zip(least, most, strict=True)))


def shares(values: Iterable[float]) -> Shares | None:
    """How values are spread; None where there are none."""
    known = list(values)
    if len(known) < 2:
        return Shares(known[0], known[0], known[0]) if known else None
    return Shares(*quantiles(known, n=4, method="inclusive"))


def _groups(incidents: Sequence[Measured], keys: Callable[[Measured], Iterable[str]]) -> tuple[Group, ...]:
    members: dict[str, list[Measured]] = {}
    for each in incidents:
        for key in dict.fromkeys(keys(each)):
            members.setdefault(key, []).append(each)
    return tuple(Group(key, tuple(members[key])) for key in sorted(members, key=lambda key: (-len(members[key]), key)))


def _day(record: Record) -> date | None:
    return record.stem_day or (record.started.day if record.started else None)


def _not_negative(took: Span | None) -> Span | None:
    return Span(max(took.least, timedelta()), max(took.most, timedelta())) if took else None


def _telling(clock: CustomerClock) -> Telling:
    if clock.told_first:
        return Telling.FIRST
    if clock.found_by_us:
        return Telling.FOUND
    return Telling.UNKNOWN if clock.told_first is None and clock.found_by_us is None else Telling.OTHERS


def _keeping(commitment: Commitment) -> Keeping:
    progress = commitment.progress
    if progress is Progress.DONE:
        return Keeping.ON_TIME if isinstance(commitment.due, Moment) else Keeping.UNDATED
    return {Progress.LATE: Keeping.LATE, Progress.GIVEN_UP: Keeping.BROKEN, Progress.OPEN: Keeping.OPEN}.get(progress, Keeping.UNKNOWN)


def _asking(follow_up: FollowUp | Absence | None) -> tuple[Asking, int | None, int | None]:
    """Whether they were asked, how many, and how many are satisfied."""
    if not isinstance(follow_up, FollowUp):
        return (Asking.NOBODY if _denied(follow_up) else Asking.UNKNOWN), None, None
    contacted, satisfied = _count(follow_up.contacted), _count(follow_up.satisfied)
    if contacted == 0 or _denied(follow_up.contacted) or (contacted is None and _denied(follow_up.satisfied)):
        return Asking.NOBODY, contacted, None
    if contacted is None:
        return Asking.UNKNOWN, None, satisfied
    if satisfied is None or satisfied > contacted:
        return Asking.UNCOUNTED, contacted, None
    return Asking.COUNTED, contacted, satisfied


def _denied(value: object) -> bool:
    return isinstance(value, Absence) and value.kind != "unknown"


def _count(value: Figure | Absence | None) -> int | None:
    return value.value if isinstance(value, Figure) else None


def _repeating(record: Record, corpus: Corpus) -> Repeating:
    """Only what a reader may see counts: that an incident repeats a restricted one would tell of it."""
    earlier = record.recurrence_of
    if earlier is None:
        return Repeating.UNKNOWN
    if isinstance(earlier, Absence):
        return Repeating.UNKNOWN if earlier.kind == "unknown" else Repeating.NEW
    if not earlier:
        return Repeating.NEW
    return Repeating.REPEAT if any(corpus.record(stem) for stem in earlier) else Repeating.UNKNOWN


def _series(scores: Scores, started: Moment | None) -> Series:
    points = sorted((point for read in scores.points if (point := _point(read))), key=lambda point: point[0].day)
    before = [point for point in points if started and point[0].before(started)]
    after = points[-1] if points and started and started.before(points[-1][0]) else None
    return Series(scores.scale or "", started, tuple(points), before[-1] if before else None, after)


def _point(read: Point) -> tuple[Moment, float, str] | None:
    return (read.at, read.value.value, read.value.text) if read.at is not None and read.value is not None else None
