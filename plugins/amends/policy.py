"""What severity and harm require of a response, and whether a record answers it: as much as the gate needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from amends.diagnostics import Finding, Path
from amends.language import N_
from amends.reading.typed import Absence
from amends.record import (
    ActionKind,
    CustomerImpact,
    Feedback,
    FollowUp,
    Harm,
    NoticeKind,
    Plan,
    Record,
    Response,
    ReviewFor,
    RootCause,
    Severity,
    Staff,
    Status,
    given,
)
from amends.settings import Policy, Settings, SeverityPolicy


@dataclass(frozen=True, slots=True)
class Point:
    """One point that a policy can ask for."""

    label: str
    """As a reader is shown it."""
    path: Path
    met: Callable[[Record], bool]
    """Whether the record says what was done, or says honestly within it what is missing."""
    missing: str
    """What a finding says."""
    help: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a record says on a point of its policy; silence where nothing is set."""

    said: bool = False
    """What was done stands there."""
    absence: Absence | None = None
    """Nothing was done, or nobody knows, with the reason."""
    excused: str | None = None
    """Why the point does not apply."""


def _first_notice(record: Record) -> bool:
    return any(notice.kind is NoticeKind.FIRST or notice.at is not None for notice in given(record.reply.notices))


def _teaches(record: Record) -> bool:
    return bool(given(record.teaches)) or any(given(action.teaches) or action.same_as for action in given(record.actions))


def _plan_acts(plan: Plan) -> bool:
    return bool(given(plan.then)) or isinstance(plan.then, Absence)


_NO_OR_WHY = "or say `{none: why}`, `{unknown: why}` or `{missed: why}`"

POINTS: dict[str, Point] = {
    "root_cause": Point(
        N_("Root cause"), ("root_cause",),
        lambda r: isinstance(r.root_cause, RootCause) and r.root_cause.summary is not None
        and (bool(given(r.root_cause.factors)) or isinstance(r.root_cause.factors, Absence)),
        "no root cause is told with a summary and at least one factor", f"write `root_cause` with `summary` and `factors`, {_NO_OR_WHY}"),
    "risk": Point(
        N_("Risk"), ("risk",), lambda r: bool(given(r.risk)),
        "nothing is said about what is still at risk", f"list under `risk` what could still happen, {_NO_OR_WHY}"),
    "contingency_plan": Point(
        N_("Contingency plan"), ("contingency_plan",), lambda r: any(_plan_acts(plan) for plan in given(r.contingency_plan)),
        "there is no plan with steps for when it happens again",
        f"write `contingency_plan` with `if` and the steps under `then`, {_NO_OR_WHY}"),
    "customer_impact": Point(
        N_("Customer impact"), ("customer_impact",),
        lambda r: isinstance(r.customer_impact, CustomerImpact)
        and r.customer_impact.summary is not None and r.customer_impact.harms is not None,
        "the customer impact is not told with a summary and its harms",
        f"write `customer_impact` with `summary` and `harms` (`[]` for a near miss), {_NO_OR_WHY}"),
    "first_notice": Point(
        N_("Customers told"), ("response", "notices"), _first_notice,
        "nobody told the customers, or it is not recorded", f"add the first message under `response.notices`, {_NO_OR_WHY}"),
    "apology": Point(
        N_("Apology"), ("response", "notices"), lambda r: any(n.kind is NoticeKind.APOLOGY for n in given(r.reply.notices)),
        "no apology is recorded", "add a notice with `kind: apology`, or give the reason under `not_applicable: {apology: why}`"),
    "staff": Point(
        N_("Staff briefed"), ("response", "staff"), lambda r: isinstance(r.reply.staff, Staff) and r.reply.staff.briefed is not None,
        "nothing says when our own people were briefed", f"write `response.staff` with `briefed`, `told` and `may_offer`, {_NO_OR_WHY}"),
    "prevent_action": Point(
        N_("A lasting fix"), ("actions",), lambda r: any(a.kind is ActionKind.PREVENT or a.same_as for a in given(r.actions)),
        "no action prevents it from happening again", f"add an action with `kind: prevent`, {_NO_OR_WHY}"),
    "teaches": Point(
        N_("A lesson for the checklists"), ("teaches",), _teaches,
        "the incident teaches nothing", "name the checklist item that would have prevented it under an action's `teaches`, "
        f"or under the record's own, as `checklist/item` (`amends new --checklist` starts a checklist), {_NO_OR_WHY}"),
    "customer_reviewer": Point(
        N_("Reviewed for the customers"), ("reviewers",), lambda r: any(v.for_ is ReviewFor.CUSTOMERS for v in given(r.reviewers)),
        "nobody reviewed the record on behalf of the customers", f"add a reviewer with `for: customers` and `on: the day`, {_NO_OR_WHY}"),
    "remedies": Point(
        N_("Made good"), ("response", "remedies"), lambda r: bool(given(r.reply.remedies)),
        "nothing is said about how it was made good", f"list under `response.remedies` what customers got, {_NO_OR_WHY}"),
    "follow_up": Point(
        N_("Satisfaction verified"), ("response", "follow_up"), lambda r: isinstance(r.reply.follow_up, FollowUp),
        "nobody verified whether those affected are satisfied", f"write `response.follow_up`, {_NO_OR_WHY}"),
    "feedback": Point(
        N_("Customers heard"), ("response", "feedback"), lambda r: isinstance(r.reply.feedback, Feedback),
        "nothing is said about what customers said", f"write `response.feedback` with `asked`, `learned` and `changed`, {_NO_OR_WHY}"),
}


def policy_for(record: Record, settings: Settings) -> SeverityPolicy | None:
    """The policy of the record's severity, or None where it has none yet."""
    return getattr(settings.policy, record.severity.value) if record.severity else None


def asked_for(record: Record, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Every point that the policy asks for by the record's severity and harms, in the policy's order, with the stage from which on it binds."""
    if record.severity is None:
        return ()
    review, close = _askers(settings.policy, record.severity, record.harms)
    return (*((name, "review") for name in review), *((name, "close") for name in close if name not in review))


def answer(record: Record, name: str) -> Answer:
    """Whether the record says something on a point: that it does not apply, what was done, or why nothing was; all a gate needs to know."""
    point = POINTS[name]
    excused = record.not_applicable or {}
    if name in excused or point.path[-1] in excused:
        return Answer(excused=excused.get(name) or excused[str(point.path[-1])])
    if point.met(record):
        return Answer(said=True)
    part: object = record
    for step in point.path:
        part = getattr(part, str(step), None)
        if isinstance(part, Absence):
            return Answer(absence=part)
        if step == "response" and not isinstance(part, Response):
            break
    return Answer()


def unmet(record: Record, settings: Settings, name: str) -> Finding | None:
    """A finding where the policy asks the record for `name` by now and it is silent about it."""
    point = POINTS[name]
    if point.met(record) or not record.gated or record.severity is None:
        return None  # asked in the order of cost: most points of most records are met
    askers = _askers(settings.policy, record.severity, record.harms)
    if name in askers.review:
        who, when = askers.review[name], "from review on"
    elif record.status is Status.CLOSED and name in askers.close:
        who, when = askers.close[name], "before closing"
    else:
        return None
    return Finding(point.path, f"{point.missing}; {who} asks for it {when}", point.help) if answer(record, name) == Answer() else None


class _Askers(NamedTuple):
    """Who asks for each point, by its name, in the policy's order."""

    review: dict[str, str]
    close: dict[str, str]


@lru_cache(maxsize=1024)
def _askers(policy: Policy, severity: Severity, harms: tuple[Harm, ...]) -> _Askers:
    """The severity, or the first of the harms: what the many records of one kind share is worked out for the first of them."""
    asking = {severity.value: getattr(policy, severity.value),
              **{f"the harm `{harm.value}`": policy.harms[harm.value] for harm in harms if harm.value in policy.harms}}
    askers = _Askers({}, {})
    for who, asked in asking.items():
        for names, found in ((asked.review, askers.review), (asked.close, askers.close)):
            for name in names:
                found.setdefault(name, who)
    return askers
