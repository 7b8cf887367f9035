"""Where a record stands on each point of its policy: as readers are shown it, which is more than the gate asks.

The gate is content with an honest `{unknown: why}`. A reader is not told that satisfaction was verified where the record says that nobody
knows: here the one value decides that the point is about.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from amends.corpus import Corpus
from amends.customers.clock import Verdict, customer_clock
from amends.diagnostics import Path
from amends.policy import POINTS, answer, asked_for
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import (
    ActionKind,
    Basis,
    CustomerImpact,
    Feedback,
    FollowUp,
    Progress,
    Record,
    Remedy,
    ReviewFor,
    RootCause,
    Staff,
    given,
)


class State(str, Enum):
    """Where a record stands on one point of its policy."""

    MET = "met"
    LATE = "late"
    """Done, and later than the policy allows."""
    UNDER_WAY = "under way"
    """Said, and not done yet."""
    OPEN = "open"
    """Nothing is said."""
    NOT_APPLICABLE = "not applicable"
    NONE = "none"
    UNKNOWN = "unknown"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One point of the policy and where the record stands on it."""

    requirement: str
    label: str
    stage: str
    """`review` or `close`: from when on it binds."""
    state: State
    why: str | None
    """The author's reason, where it is the author who says so."""
    path: Path


_PARTNERS = "partners"

_Verdict: TypeAlias = "tuple[State, str | None]"
_MET: _Verdict = (State.MET, None)
_UNDER_WAY: _Verdict = (State.UNDER_WAY, None)


def standings(record: Record, corpus: Corpus) -> tuple[Standing, ...]:
    """Every point that the policy asks for by the record's severity and harms, in the policy's order."""
    return tuple(_standing(record, corpus, name, stage) for name, stage in asked_for(record, corpus.settings))


def _standing(record: Record, corpus: Corpus, name: str, stage: str) -> Standing:
    requirement, said = POINTS[name], answer(record, name)
    state: _Verdict = (State.OPEN, None)
    if said.excused is not None:
        state = (State.NOT_APPLICABLE, said.excused)
    elif said.absence is not None:
        state = _honest(said.absence)
    elif said.said:
        state = _DECIDED[name](record, corpus)
    return Standing(name, requirement.label, stage, *state, requirement.path)


def _honest(absence: Absence) -> _Verdict:
    return State(absence.kind), absence.why


def _of(what: object, verdict: _Verdict) -> _Verdict:
    """The verdict on one of several entries, whose reason alone does not say of which."""
    state, why = verdict
    return (state, f"{what.rstrip('.')}: {why}") if isinstance(what, str) and why else verdict


def _all(values: Iterable[object]) -> _Verdict:
    """Met where every value is there; else what is said of the first that is not."""
    values = list(values)
    absence = next((value for value in values if isinstance(value, Absence)), None)
    if absence is not None:
        return _honest(absence)
    return _UNDER_WAY if any(value is None for value in values) else _MET


def _best(verdicts: Sequence[_Verdict]) -> _Verdict:
    return min(verdicts, key=lambda verdict: _RANK.index(verdict[0])) if verdicts else _MET


def _worst(verdicts: Sequence[_Verdict]) -> _Verdict:
    return max(verdicts, key=lambda verdict: _RANK.index(verdict[0])) if verdicts else _MET


_RANK = (State.MET, State.LATE, State.UNDER_WAY, State.UNKNOWN, State.NONE, State.MISSED)


def _root_cause(record: Record, corpus: Corpus) -> _Verdict:
    cause = record.root_cause
    return _all((cause.summary, cause.factors)) if isinstance(cause, RootCause) else _MET


def _customer_impact(record: Record, corpus: Corpus) -> _Verdict:
    impact = record.customer_impact
    return _all((impact.summary, impact.harms)) if isinstance(impact, CustomerImpact) else _MET


def _first_notice(record: Record, corpus: Corpus) -> _Verdict:
    first = customer_clock(record, corpus.settings).first
    if first.at is None:
        absence = next((notice.at for notice in given(record.reply.notices) if isinstance(notice.at, Absence)), None)
        return _honest(absence) if absence else _UNDER_WAY
    if first.verdict is Verdict.UNKNOWN and first.allowed is not None:
        return State.UNKNOWN, None
    return (State.LATE, None) if first.verdict is Verdict.LATE else _MET


def _staff(record: Record, corpus: Corpus) -> _Verdict:
    staff = record.reply.staff
    return _all((staff.briefed,)) if isinstance(staff, Staff) else _MET


def _prevent_action(record: Record, corpus: Corpus) -> _Verdict:
    """The least of what is to prevent it: a fix that lasts is one that is there."""
    verdicts: list[_Verdict] = []
    dropped: list[_Verdict] = []
    for action in map(corpus.behind, given(record.actions)):
        if action.dropped is not None:
            dropped += [_of(action.what, (State.NONE, action.dropped))] if action.kind is ActionKind.PREVENT else []
        elif action.kind is ActionKind.PREVENT or action.same_as:
            verdict = _honest(action.done) if isinstance(action.done, Absence) else _UNDER_WAY if action.progress is Progress.OPEN else _MET
            verdicts.append(_of(action.what, verdict))
    return _worst(verdicts or dropped)


def _teaches(record: Record, corpus: Corpus) -> _Verdict:
    """What an action teaches that stands for another record's, it teaches there."""
    taught = given(record.teaches) or any(given(corpus.behind(action).teaches) for action in given(record.actions))
    return _MET if taught else (State.OPEN, None)


def _customer_reviewer(record: Record, corpus: Corpus) -> _Verdict:
    return _best([_all((reviewer.on,)) for reviewer in given(record.reviewers) if reviewer.for_ is ReviewFor.CUSTOMERS])


def _remedies(record: Record, corpus: Corpus) -> _Verdict:
    """Everything that was owed; where nothing was, whatever was given."""
    remedies = owed_or_given(record)
    verdicts = [_remedy(remedy) for remedy in remedies]
    return _worst(verdicts) if remedies and remedies[0].basis is Basis.OWED else _best(verdicts)


def owed_or_given(record: Record) -> list[Remedy]:
    """The remedies by which one judges how it was made good: those that were owed; where none was, what customers got, and only where they
    got nothing, what partners did.
    """
    remedies = list(given(record.reply.remedies))
    return ([remedy for remedy in remedies if remedy.basis is Basis.OWED] or [remedy for remedy in remedies if remedy.to != _PARTNERS] or remedies)


def _remedy(remedy: Remedy) -> _Verdict:
    given_still = remedy.ongoing and remedy.issued is None
    return _MET if given_still or isinstance(remedy.issued, Moment) else _of(remedy.what, _all((remedy.issued,)))


def _follow_up(record: Record, corpus: Corpus) -> _Verdict:
    follow_up = record.reply.follow_up
    return _all((follow_up.satisfied, follow_up.verified)) if isinstance(follow_up, FollowUp) else _MET


def _feedback(record: Record, corpus: Corpus) -> _Verdict:
    feedback = record.reply.feedback
    return _all((feedback.asked, feedback.learned)) if isinstance(feedback, Feedback) else _MET


def _as_said(record: Record, corpus: Corpus) -> _Verdict:
    return _MET


_DECIDED: dict[str, Callable[[Record, Corpus], _Verdict]] = {
    "root_cause": _root_cause,
    "risk": lambda record, corpus: _best([_all((risk.what,)) for risk in given(record.risk)]),
    "contingency_plan": lambda record, corpus: _best([_all((plan.then or None,)) for plan in given(record.contingency_plan)]),
    "customer_impact": _customer_impact,
    "first_notice": _first_notice,
    "apology": _as_said,
    "staff": _staff,
    "prevent_action": _prevent_action,
    "teaches": _teaches,
    "customer_reviewer": _customer_reviewer,
    "remedies": _remedies,
    "follow_up": _follow_up,
    "feedback": _feedback,
}
