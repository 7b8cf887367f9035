"""The reports that a record says it owes, and whether each was made within the time that a law, or the site, gives for it.

A site adds clocks of its own under `clocks` in its settings. Nothing here decides whether a law applies: that the record says, under
`response.obligations`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amends.customers.clock import Verdict, judge
from amends.customers.laws import Clock, Event, Limit, clocks_of_law
from amends.reading.moments import Moment, Span
from amends.reading.typed import Absence
from amends.record import Obligation, Record, given
from amends.settings import Settings


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
    verdict = within(limit, since, notified) if isinstance(notified, Moment) else Verdict.UNKNOWN
    instead = _at(limit.unless_later, obligation, record) if limit.unless_later else None
    if instead is not None and (came := within(limit, since, instead)) is not Verdict.MET:
        if came is Verdict.LATE:
            return None
        verdict = verdict if verdict is Verdict.MET else Verdict.UNKNOWN
    return Run(limit, since, took, verdict)


def within(limit: Limit, since: Moment, until: Moment) -> Verdict:
    """Whether `until` is within the limit that began at `since`: met or late where that is certain."""
    if limit.months is not None:
        return Verdict.LATE if until.day > limit.ends(since) else Verdict.MET
    return judge(since.until(until), timedelta(hours=limit.hours or 0))


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
