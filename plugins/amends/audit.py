"""The scheduled run: what has fallen due by a day, and who is asked for it.

The gate never looks at the calendar; this is where the calendar is looked at. The day is given, so that a run can be repeated.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import groupby

from amends.checklist import Checklist
from amends.corpus import Corpus, PassedOver
from amends.customers.clock import Verdict, customer_clock
from amends.customers.obligations import duties
from amends.diagnostics import Path, Position, with_noun
from amends.history import Unread
from amends.language import N_, _, spoken
from amends.learning.lessons import FailedControl
from amends.policy import policy_for
from amends.reading.document import Document
from amends.reading.moments import Duration, Moment
from amends.reading.typed import Absence
from amends.record import Origin, Plan, Progress, Record, Status, given
from amends.settings import Settings

LONGEST = 100
"""Characters of an author's text that a line shows."""


class Kind(str, Enum):
    """What can fall due."""

    RECORD = "record"
    """A record is to be published within the policy's working days after the incident was resolved."""
    PROMISE = "promise"
    """A commitment to customers."""
    UPDATE = "update"
    """A next message to customers that was promised."""
    REPORT = "report"
    """A report to an authority."""
    ACTION = "action"
    REHEARSAL = "rehearsal"
    """A contingency plan is to be rehearsed as often as the policy asks."""
    RISK = "risk"
    """A risk is to be looked at again."""
    ITEM = "item"
    """A checklist item is to be looked at again."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is awaited by a day."""

    day: date
    """The last day on which it would be in time."""
    kind: Kind
    owner: str | None
    """The team that is asked for it; None where the record names nobody."""
    path: str
    place: Path
    """Where in the front matter of the record or checklist."""
    message: str
    """What is awaited, with places for `{what}` (the words), `{title}` and the other facts."""
    words: str
    """The author's own words for it, whole; empty where it is the record itself, or a message, that is awaited."""
    title: str
    """Of the record or checklist in which it stands, whole."""
    restricted: bool
    """Whether it stands in a record that may not leave the repository."""

    facts: Mapping[str, object] = field(compare=False)
    document: Document = field(compare=False)

    @property
    def what(self) -> str:
        """What is awaited, in one line."""
        return self.told(str)

    @property
    def name(self) -> str:
        """What it is called among those of its kind in its file, however it is worded and by which day it is due: its id, or else its number."""
        return str(next((self.facts[key] for key in ("name", "number", "clock") if key in self.facts), ""))

    def told(self, tell: Callable[[str], str]) -> str:
        """What is awaited, in one line, in which `tell` leaves out what must not be told."""
        facts = {name: tell(fact) if isinstance(fact, str) else fact for name, fact in self.facts.items()}
        return self.message.format(what=shortened(tell(self.words)), title=shortened(tell(self.title)), **facts)

    @property
    def position(self) -> Position:
        """The line and the column at which it stands, found when they are asked for."""
        return self.document.position(self.place)


@dataclass(frozen=True)
class Audit:
    """What an audit saw and found."""

    today: date
    within: int | None
    """How many days it looked ahead, if it did."""
    due: tuple[Due, ...]
    """What is due on the day or was due before it, by owner, then day, then place; what nobody owns comes last."""
    soon: tuple[Due, ...]
    """What falls due after the day, within the days looked ahead; in the same order."""
    records: int
    checklists: int
    passed_over: tuple[PassedOver, ...]
    """Files that were not looked at, or not whole, and why."""
    known: tuple[FailedControl, ...] = ()
    """The known controls that failed, until the record is closed: no due thing, and the first thing to ask when it is gone through."""
    unread: Unread | None = None
    """Why git could not be asked for known controls, where only git knows since when an item exists; then there may be more of them."""

    @property
    def summary(self) -> str:
        """The count line: `62 records, 11 checklists: 3 due, 2 more within 7 days`, with what was passed over."""
        line = f"{with_noun(self.records, 'record')}, {with_noun(self.checklists, 'checklist')}: {len(self.due)} due"
        if self.within is not None:
            line += f", {len(self.soon)} more within {with_noun(self.within, 'day')}"
        if self.known:
            line += f"; {with_noun(len(self.known), 'known control')} failed"
        if self.passed_over:
            line += "; passed over: " + ", ".join(f"{path} ({why})" for path, why in self.passed_over)
        if self.unread:
            line += self.unread.told
        return line


def audit(corpus: Corpus, today: date, within: int | None = None) -> Audit:
    """What is due on `today` or was due before; with `within`, also what falls due in so many days from then on."""
    found = [*_in_order([*(due for record in corpus.records for due in _of_record(record, corpus.settings)),
                         *(due for checklist in corpus.checklists for due in _of_checklist(checklist))])]
    last = _later(today, within) if within is not None else None
    return Audit(
        today, within,
        tuple(due for due in found if due.day <= today),
        tuple(due for due in found if last is not None and today < due.day <= last),
        len(corpus.records), len(corpus.checklists),
        (*corpus.passed_over, *_unread((*corpus.records, *corpus.checklists))),
        tuple(failed for failed in corpus.failed_controls.all if failed.record.status is not Status.CLOSED),
        corpus.failed_controls.unread,
    )


def _in_order(found: Iterable[Due]) -> Iterator[Due]:
    """By owner, then day, then place."""
    for _key, group in groupby(sorted(found, key=_order), key=_order):
        several = list(group)
        yield from several if len(several) == 1 else sorted(several, key=lambda due: (due.position, due.what))


def _order(due: Due) -> tuple[bool, str, date, str]:
    return due.owner is None, due.owner or "", due.day, due.path


def _unread(parts: Iterable[Record | Checklist]) -> Iterator[PassedOver]:
    """What could not be read may hide something that is due."""
    for part in parts:
        if part.document.broken:
            yield PassedOver(part.path, "its front matter can't be read")
        elif any(not isinstance(fault.place, Position) for fault in part.document.faults):
            yield PassedOver(part.path, "read in part: `amends check` names what can't be read")


# Records ------------------------------------------------------------------------------------------------------------


def _of_record(record: Record, settings: Settings) -> Iterator[Due]:
    if record.document.broken:
        return
    yield from _written(record, settings)
    yield from _promises(record)
    yield from _actions(record)
    yield from _risks(record)
    yield from _rehearsals(record, settings)
    if record.origin is not Origin.EXTERNAL:  # what another company owed its customers and regulators is not ours to give
        yield from _updates(record, settings)
        yield from _reports(record, settings)


def _due(record: Record, by: date, kind: Kind, place: Path, message: str, words: str = "", owner: object = None, **facts: object) -> Due:
    team = owner if isinstance(owner, str) else record.owner
    return Due(by, kind, team, record.path, place, message, words, record.title or record.stem, record.restricted, facts, record.document)


def _written(record: Record, settings: Settings) -> Iterator[Due]:
    resolved = record.time("resolved")
    if record.origin is not Origin.INTERNAL or record.status.public or resolved is None:
        return
    allowed = _writing_time(record, settings)
    if allowed is not None:
        state = _("the record is only a draft: {title}") if record.status is Status.DRAFT else _("the record is still in review: {title}")
        yield _due(record, working_days_after(resolved.day, allowed.days), Kind.RECORD, ("status",), state)


def _writing_time(record: Record, settings: Settings) -> Duration | None:
    """What the policy allows; the longest of all while the severity is not said, so that its absence is no way out."""
    policy = policy_for(record, settings)
    if policy is not None:
        return policy.written
    times = [getattr(settings.policy, name).written for name in ("sev1", "sev2", "sev3", "sev4")]
    return None if None in times else max(times, key=lambda time: time.length)


_PROMISES = {
    Progress.OPEN: N_("promise {name} is not kept yet: {what}"),
    Progress.UNKNOWN: N_("nobody knows whether promise {name} was kept: {what}"),
}
_ACTIONS = {
    Progress.OPEN: N_("action {name} is not done yet: {what}"),
    Progress.UNKNOWN: N_("nobody knows whether action {name} was done: {what}"),
}
"""What is still awaited. That nobody knows settles nothing, except of another company's work, of which one knows what its accounts tell."""


def _awaited(record: Record, progress: Progress) -> bool:
    return progress is Progress.OPEN or (progress is Progress.UNKNOWN and record.origin is not Origin.EXTERNAL)


def _promises(record: Record) -> Iterator[Due]:
    for number, promise in enumerate(given(record.reply.commitments)):
        if _awaited(record, promise.progress) and isinstance(promise.due, Moment):
            yield _due(record, promise.due.day, Kind.PROMISE, ("response", "commitments", number, "due"), _(_PROMISES[promise.progress]),
                       _said(promise.promise), name=promise.id or number + 1)


def _actions(record: Record) -> Iterator[Due]:
    for number, action in enumerate(given(record.actions)):
        if _awaited(record, action.progress) and action.same_as is None and isinstance(action.due, Moment):
            yield _due(record, action.due.day, Kind.ACTION, ("actions", number, "due"), _(_ACTIONS[action.progress]), _said(action.what), action.owner,
                       name=action.id or number + 1)


def _risks(record: Record) -> Iterator[Due]:
    for number, risk in enumerate(given(record.risk)):
        if risk.closed is None and isinstance(risk.review_by, Moment):
            yield _due(record, risk.review_by.day, Kind.RISK, ("risk", number, "review_by"), _("risk {number} is to be looked at again: {what}"), _said(risk.what),
                       risk.owner, number=number + 1)


def _rehearsals(record: Record, settings: Settings) -> Iterator[Due]:
    for number, plan in enumerate(given(record.contingency_plan)):
        day = rehearsal_due(plan, record, settings)
        if day is not None:
            last = plan.rehearsed.day if isinstance(plan.rehearsed, Moment) else None
            message = _("plan {number} was last rehearsed on {day}: {what}") if last else _("plan {number} was never rehearsed: {what}")
            yield _due(record, day, Kind.REHEARSAL, ("contingency_plan", number, "rehearsed"), message, _said(plan.if_), plan.owner, number=number + 1,
                       day=spoken().day(last) if last else "")


def rehearsal_due(plan: Plan, record: Record, settings: Settings) -> date | None:
    """The day by which the policy of the record's severity wants the plan rehearsed again; None where it asks for no rehearsal."""
    policy, since = policy_for(record, settings), _rehearsed(plan, record)
    if policy is None or policy.rehearsed is None or since is None:
        return None
    return _later(since.day, policy.rehearsed.days)


def _rehearsed(plan: Plan, record: Record) -> Moment | None:
    """From when the policy's time runs: the last rehearsal, or else the incident, where it was ours."""
    if isinstance(plan.rehearsed, Moment):
        return plan.rehearsed
    if record.origin is Origin.EXTERNAL or (isinstance(plan.rehearsed, Absence) and plan.rehearsed.kind == "none"):
        return None
    return record.time("resolved") or record.started


def _updates(record: Record, settings: Settings) -> Iterator[Due]:
    if record.status is Status.CLOSED:
        return  # customers have had the last word; the page shows what never came
    for update in customer_clock(record, settings).updates:
        if update.verdict is Verdict.NEVER:
            yield _due(record, update.promised.day, Kind.UPDATE, ("response", "notices", update.notice, "next_update_by"),
                       _("the next message, promised in notice {number}, never came: {title}"), number=update.notice + 1)


def _reports(record: Record, settings: Settings) -> Iterator[Due]:
    for duty in duties(record, settings):
        if duty.obligation.notified is None and duty.obligation.why_late is None and (day := duty.ends) is not None:
            yield _due(record, day, Kind.REPORT, ("response", "obligations", duty.number, "clock"),
                       _("{addressee} is not told yet, as {clock} asks: {title}"), duty.clock.title, addressee=duty.clock.addressee, clock=duty.clock.id)


# Checklists ---------------------------------------------------------------------------------------------------------


def _of_checklist(checklist: Checklist) -> Iterator[Due]:
    for number, item in enumerate(checklist.items):
        if isinstance(item.review_by, Moment):
            yield Due(item.review_by.day, Kind.ITEM, checklist.owner if isinstance(checklist.owner, str) else None, checklist.path,
                      ("items", number, "review_by"), _("item {name} is to be looked at again: {what}"), _said(item.check),
                      checklist.title or checklist.stem, restricted=False, facts={"name": item.id or number + 1}, document=checklist.document)


# Days and words -----------------------------------------------------------------------------------------------------


def working_days_after(day: date, number: int) -> date:
    """The day that is `number` working days, Monday to Friday, after `day`; at least the first working day from `day` on.

    Holidays differ from place to place and count as working days.
    """
    beyond = day.weekday() - 4
    if beyond > 0:  # a weekend counts as the Friday before it, except that nothing is due on it
        day, number = day - timedelta(days=beyond), max(number, 1)
    weeks, days = divmod(number, 5)
    over_a_weekend = day.weekday() + days > 4
    return _later(day, weeks * 7 + days + (2 if over_a_weekend else 0))


def _later(day: date, days: int) -> date:
    """`days` later, or the last day that there is: a mistyped year must not stop the audit."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _said(text: str | Absence | None) -> str:
    return " ".join(text.split()) if isinstance(text, str) else _("(not said)")


def shortened(text: str) -> str:
    """As much of a text as a line shows."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST - 1].rsplit(' ', 1)[0]}…"
