"""The words that the format gives authors to choose from, as readers see them. A site's own words are labelled in its settings."""

from collections.abc import Mapping
from enum import Enum

from amends.checklist import Stage
from amends.language import N_, NP_, _, pgettext
from amends.record import (
    ActionKind,
    Basis,
    Confidence,
    Consequence,
    Finder,
    Harm,
    Likelihood,
    NoticeKind,
    Progress,
    ReviewFor,
    Severity,
    Status,
)

_TERMS: Mapping[type[Enum], Mapping[Enum, tuple[str, str]]] = {
    Severity: {
        Severity.SEV1: NP_("severity", "SEV1"),
        Severity.SEV2: NP_("severity", "SEV2"),
        Severity.SEV3: NP_("severity", "SEV3"),
        Severity.SEV4: NP_("severity", "SEV4"),
    },
    ReviewFor: {
        ReviewFor.TECHNICAL: NP_("whose eyes a reviewer lends", "for the technical story"),
        ReviewFor.CUSTOMERS: NP_("whose eyes a reviewer lends", "on behalf of the customers"),
    },
    Status: {
        Status.DRAFT: NP_("status of a record", "draft"),
        Status.REVIEW: NP_("status of a record", "review"),
        Status.PUBLISHED: NP_("status of a record", "published"),
        Status.CLOSED: NP_("status of a record", "closed"),
    },
    Harm: {
        Harm.OUTAGE: NP_("harm", "outage"),
        Harm.DEGRADED: NP_("harm", "degraded"),
        Harm.DATA_LOSS: NP_("harm", "data loss"),
        Harm.WRONG_DATA: NP_("harm", "wrong data"),
        Harm.PRIVACY: NP_("harm", "privacy"),
        Harm.FINANCIAL: NP_("harm", "financial"),
        Harm.SAFETY: NP_("harm", "safety"),
        Harm.PRODUCT: NP_("harm", "product"),
        Harm.SERVICE: NP_("harm", "service"),
    },
    Finder: {
        Finder.CUSTOMER: NP_("found by", "customers"),
        Finder.STAFF: NP_("found by", "staff"),
        Finder.MONITORING: NP_("found by", "monitoring"),
        Finder.PARTNER: NP_("found by", "a partner"),
        Finder.REGULATOR: NP_("found by", "a regulator"),
        Finder.PRESS: NP_("found by", "the press"),
        Finder.SOCIAL_MEDIA: NP_("found by", "social media"),
    },
    Confidence: {
        Confidence.CONFIRMED: NP_("confidence", "confirmed"),
        Confidence.REPORTED: NP_("confidence", "reported"),
        Confidence.DISPUTED: NP_("confidence", "disputed"),
    },
    Likelihood: {
        Likelihood.RARE: NP_("likelihood", "rare"),
        Likelihood.UNLIKELY: NP_("likelihood", "unlikely"),
        Likelihood.POSSIBLE: NP_("likelihood", "possible"),
        Likelihood.LIKELY: NP_("likelihood", "likely"),
        Likelihood.ALMOST_CERTAIN: NP_("likelihood", "almost certain"),
    },
    Consequence: {
        Consequence.MINOR: NP_("consequence", "minor"),
        Consequence.MODERATE: NP_("consequence", "moderate"),
        Consequence.MAJOR: NP_("consequence", "major"),
        Consequence.SEVERE: NP_("consequence", "severe"),
        Consequence.CATASTROPHIC: NP_("consequence", "catastrophic"),
    },
    NoticeKind: {
        NoticeKind.FIRST: NP_("kind of notice", "first message"),
        NoticeKind.UPDATE: NP_("kind of notice", "update"),
        NoticeKind.APOLOGY: NP_("kind of notice", "apology"),
        NoticeKind.CLOSURE: NP_("kind of notice", "closure"),
    },
    Basis: {
        Basis.OWED: NP_("remedy", "owed"),
        Basis.GOODWILL: NP_("remedy", "goodwill"),
    },
    ActionKind: {
        ActionKind.PREVENT: NP_("kind of action", "prevent"),
        ActionKind.DETECT: NP_("kind of action", "detect"),
        ActionKind.MITIGATE: NP_("kind of action", "mitigate"),
        ActionKind.RECOVER: NP_("kind of action", "recover"),
        ActionKind.COMMUNICATE: NP_("kind of action", "communicate"),
    },
    Stage: {
        Stage.DESIGN: NP_("stage", "While designing"),
        Stage.BUILD: NP_("stage", "While building"),
        Stage.CHANGE: NP_("stage", "Before a change"),
        Stage.RELEASE: NP_("stage", "Before a release"),
        Stage.OPERATE: NP_("stage", "While it runs"),
        Stage.RESPOND: NP_("stage", "When it goes wrong"),
        Stage.CUSTOMERS: NP_("stage", "Towards customers"),
    },
}

_ADDRESSEES = {
    "affected": NP_("whom it goes to", "those affected"),
    "everyone": NP_("whom it goes to", "everyone"),
    "partners": NP_("whom it goes to", "partners"),
    "regulator": NP_("whom it goes to", "the regulator"),
}

TO = N_("to {addressee}")

_COLLATERAL = NP_("part that a service has in an incident", "collateral")

_CHANNELS = {
    "api": NP_("where it was felt, or told", "API"),
    "app": NP_("where it was felt, or told", "app"),
    "blog": NP_("where it was felt, or told", "blog"),
    "desktop": NP_("where it was felt, or told", "desktop"),
    "email": NP_("where it was felt, or told", "email"),
    "in-person": NP_("where it was felt, or told", "in person"),
    "letter": NP_("where it was felt, or told", "letter"),
    "mobile": NP_("where it was felt, or told", "mobile"),
    "phone": NP_("where it was felt, or told", "phone"),
    "press": NP_("where it was felt, or told", "press"),
    "product": NP_("where it was felt, or told", "product"),
    "radio": NP_("where it was felt, or told", "radio"),
    "social-media": NP_("where it was felt, or told", "social media"),
    "status-page": NP_("where it was felt, or told", "status page"),
    "television": NP_("where it was felt, or told", "television"),
    "web": NP_("where it was felt, or told", "web"),
}

_PROMISES = {
    Progress.OPEN: NP_("promise", "open"),
    Progress.DONE: NP_("promise", "kept"),
    Progress.LATE: NP_("promise", "kept late"),
    Progress.GIVEN_UP: NP_("promise", "broken"),
    Progress.UNKNOWN: NP_("promise", "not known"),
}
_ACTIONS = {
    Progress.OPEN: NP_("action", "open"),
    Progress.DONE: NP_("action", "done"),
    Progress.LATE: NP_("action", "done late"),
    Progress.GIVEN_UP: NP_("action", "dropped"),
    Progress.UNKNOWN: NP_("action", "not known"),
}


def term(value: Enum) -> str:
    """What readers call a value of the format."""
    return pgettext(*_TERMS[type(value)][value])


def addressee(whom: str) -> str:
    """Whom a notice, a promise or a remedy goes to: a word of the format, or the author's own."""
    marked = _ADDRESSEES.get(whom)
    return pgettext(*marked) if marked is not None else whom


def role_word(role: str) -> str:
    """The part that a service has in an incident: the word of the format, or the author's own."""
    return pgettext(*_COLLATERAL) if role == _COLLATERAL[1] else role.replace("-", " ")


def channel(where: str) -> str:
    """Where customers felt it, or were told: one of the usual words, or the words of the author's own."""
    marked = _CHANNELS.get(where)
    return pgettext(*marked) if marked is not None else where.replace("-", " ")


def state_word(status: Status) -> str:
    """The status of a record among the states by which a list is narrowed."""
    return _("in review") if status is Status.REVIEW else term(status)


def promise_word(progress: Progress) -> str:
    """What became of a promise."""
    return pgettext(*_PROMISES[progress])


def action_word(progress: Progress) -> str:
    """What became of an action."""
    return pgettext(*_ACTIONS[progress])
