"""The customers' clock of a record: how long until they were told, who knew first, and whether promised updates came.

Everything here is as precise as the times it is computed from: where only days are known, a verdict may be unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import pairwise

from amends.policy import policy_for
from amends.reading.moments import Duration, Moment, Span
from amends.reading.typed import Absence
from amends.record import Finder, Notice, Record, Times, given
from amends.settings import Settings

REGULATOR = "regulator"
"""Whom a notice goes `to` when it is none to customers."""
EVERYONE = "everyone"
"""Whom it goes `to` when it reaches those of every other."""


class Verdict(str, Enum):
    """Whether something came in the time that was allowed or promised for it."""

    MET = "met"
    LATE = "late"
    NEVER = "never"
    """It did not come, as far as the record tells."""
    UNKNOWN = "unknown"
    """Nothing was allowed or promised, or the times are not known well enough to tell."""


@dataclass(frozen=True, slots=True)
class FirstNotice:
    """The first message to customers, against the time that the policy allows for it."""

    at: Moment | None
    since: Moment | None
    """When we knew, or else when customers began to feel it."""
    took: Span | None
    """From `since` to `at`; negative where customers were told before."""
    allowed: Duration | None
    """What the policy of the severity allows, counted from detection."""
    verdict: Verdict
    from_detection: bool
    """Whether `since` is when we knew, from which the policy counts."""


@dataclass(frozen=True, slots=True)
class Update:
    """One promise of a next message, and the message that answered it."""

    notice: int
    """The number of the notice that promised it, in `response.notices`."""
    promised: Moment
    came: Moment | None
    """When the next message went out."""
    verdict: Verdict
    """Kept is `met`."""


@dataclass(frozen=True, slots=True)
class CustomerClock:
    """What customers waited for."""

    first: FirstNotice
    found_by_us: bool | None
    """Whether we noticed before somebody outside did; None where it is not known."""
    told_first: bool | None
    """Whether customers heard of it from us before anybody outside had reported it; None where it is not known."""
    updates: tuple[Update, ...]
    gaps: tuple[Span, ...]
    """The silences between one message and the next, where both times are known."""


def customer_clock(record: Record, settings: Settings) -> CustomerClock:
    """The clock of `record` under the policy of `settings`."""
    notices = [(number, notice) for number, notice in enumerate(given(record.reply.notices)) if notice.to != REGULATOR]
    told = next((notice.at for _, notice in notices), None)
    first = told if isinstance(told, Moment) else None  # a first message at an unknown time is not replaced by the second
    known = [notice.at for _, notice in notices if isinstance(notice.at, Moment)]
    finder = record.times.detected_by if isinstance(record.times, Times) else None
    found_by_us = finder.is_us if isinstance(finder, Finder) else None
    return CustomerClock(
        _first_notice(record, first, settings),
        found_by_us,
        _told_first(record, first, found_by_us),
        tuple(_update(number, notice.next_update_by, _answers(notice, [later for _, later in notices[place + 1:]]))
              for place, (number, notice) in enumerate(notices) if isinstance(notice.next_update_by, Moment)),
        tuple(earlier.until(later) for earlier, later in pairwise(known)),
    )


def judge(took: Span, allowed: timedelta) -> Verdict:
    """Whether a length of time was within what was allowed: met or late where that is certain."""
    if took.most <= allowed:
        return Verdict.MET
    return Verdict.LATE if took.least > allowed else Verdict.UNKNOWN


def _first_notice(record: Record, at: Moment | None, settings: Settings) -> FirstNotice:
    detected = record.time("detected")
    since = detected or record.started
    took = since.until(at) if since and at else None
    policy = policy_for(record, settings)
    allowed = policy.first_notice if policy else None
    if at is None:
        notices = record.reply.notices
        missed = isinstance(notices, Absence) and notices.kind == "missed"
        return FirstNotice(None, since, None, allowed, Verdict.NEVER if missed else Verdict.UNKNOWN, detected is not None)
    verdict = judge(took, allowed.length) if took and allowed else Verdict.UNKNOWN
    if detected is None and verdict is Verdict.LATE:
        verdict = Verdict.UNKNOWN  # it began earlier than we knew, and the policy counts from when we knew
    return FirstNotice(at, since, took, allowed, verdict, detected is not None)


def _told_first(record: Record, told: Moment | None, found_by_us: bool | None) -> bool | None:
    reported = record.times.first_report if isinstance(record.times, Times) else None
    if isinstance(reported, Moment) and told is not None:
        if told.before(reported):
            return True
        if reported.before(told):
            return False
    if found_by_us is False:
        return False
    return True if told is not None and isinstance(reported, Absence) and reported.kind == "none" else None


def _answers(notice: Notice, later: Sequence[Notice]) -> Sequence[Notice]:
    """The later messages to those who were promised one; where none went to all of them, those to some."""
    return [other for other in later if other.to in (notice.to, EVERYONE)] or later


def _update(number: int, promised: Moment, later: Sequence[Notice]) -> Update:
    if not later:
        return Update(number, promised, None, Verdict.NEVER)
    came = later[0].at
    return Update(number, promised, came, _kept(promised, came)) if isinstance(came, Moment) else Update(number, promised, None, Verdict.UNKNOWN)


def _kept(promised: Moment, came: Moment) -> Verdict:
    if promised.before(came):
        return Verdict.LATE
    told_apart = came.precise or came.before(promised) or not promised.precise
    return Verdict.MET if told_apart else Verdict.UNKNOWN
