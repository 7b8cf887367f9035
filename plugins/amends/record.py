"""What a postmortem is made of. START HERE.

One incident, one file, one `Record`. Its parts follow the front matter of format 1 key by key; a string under each field
says what it holds, and becomes the description in the JSON Schema. A value is its own type, or an `Absence` where the
author says why there is none, or None where nothing has been said yet.
"""

import re
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from amends.reading.document import Document
from amends.reading.moments import Completion, Duration, Moment
from amends.reading.timeline import Timeline, read_timeline
from amends.reading.typed import MAX_DIGITS, Absence, Id, Language, Misfit, Node, Reader, Team, Text, Url, describe

CURRENT_FORMAT = 1

STEM_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
"""Finds the day with which a stem begins, whether a calendar has it or not."""


class Status(str, Enum):
    """How far a record has come. From review on it is complete for its severity."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    CLOSED = "closed"

    @property
    def binds(self) -> bool:
        """Whether what the policy asks for at review is owed."""
        return self is not Status.DRAFT

    @property
    def public(self) -> bool:
        """Whether a build publishes the record."""
        return self in (Status.PUBLISHED, Status.CLOSED)


class Severity(str, Enum):
    """How bad it was for customers, sev1 the worst."""

    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"


class Origin(str, Enum):
    """Where the account comes from."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    IMPORTED = "imported"


class Visibility(str, Enum):
    """Who may read the record. A restricted one is checked and published nowhere."""

    PUBLIC = "public"
    STAFF = "staff"
    RESTRICTED = "restricted"


class Finder(str, Enum):
    """Who or what noticed first."""

    CUSTOMER = "customer"
    STAFF = "staff"
    MONITORING = "monitoring"
    PARTNER = "partner"
    REGULATOR = "regulator"
    PRESS = "press"
    SOCIAL_MEDIA = "social-media"

    @property
    def is_us(self) -> bool:
        """Whether we knew before we were told."""
        return self in (Finder.STAFF, Finder.MONITORING)


class Harm(str, Enum):
    """What it did to those affected."""

    OUTAGE = "outage"
    DEGRADED = "degraded"
    DATA_LOSS = "data-loss"
    WRONG_DATA = "wrong-data"
    PRIVACY = "privacy"
    FINANCIAL = "financial"
    SAFETY = "safety"
    PRODUCT = "product"
    SERVICE = "service"


class Confidence(str, Enum):
    """How sure the sources are of a factor."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    DISPUTED = "disputed"


class Likelihood(str, Enum):
    """How likely a risk is to come true, in the usual five steps."""

    RARE = "rare"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    ALMOST_CERTAIN = "almost-certain"


class Consequence(str, Enum):
    """How bad it would be, in the usual five steps."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    SEVERE = "severe"
    CATASTROPHIC = "catastrophic"


class NoticeKind(str, Enum):
    """What a message to customers is for."""

    FIRST = "first"
    UPDATE = "update"
    APOLOGY = "apology"
    CLOSURE = "closure"


class Basis(str, Enum):
    """Whether a remedy was owed, or given beyond what was owed."""

    OWED = "owed"
    GOODWILL = "goodwill"


class ActionKind(str, Enum):
    """What an action is meant to do the next time."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    RECOVER = "recover"
    COMMUNICATE = "communicate"


class ReviewFor(str, Enum):
    """Whose eyes a reviewer lends."""

    TECHNICAL = "technical"
    CUSTOMERS = "customers"


class Progress(str, Enum):
    """How far a promise or an action has come."""

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    GIVEN_UP = "given-up"
    """A promise broken, an action dropped or missed, with a reason."""
    UNKNOWN = "unknown"


def _progress(done: "Moment | Absence | None", due: "Moment | Absence | None", given_up: str | None) -> Progress:
    if given_up is not None:
        return Progress.GIVEN_UP
    if isinstance(done, Moment):
        return Progress.LATE if isinstance(due, Moment) and due.before(done) else Progress.DONE
    if isinstance(done, Absence):
        return Progress.GIVEN_UP if done.kind == "missed" else Progress.UNKNOWN
    return Progress.OPEN


_ABOUT = re.compile(r"\s*(?:about|around|approx|approximately|ca\b|circa|roughly|some|nearly|almost|over|more than|at least|etwa|über|mehr als|rund|ungefähr|[~≈])", re.IGNORECASE)
_COUNT = re.compile(
    r"[^\d.,+-]*(?<!\w)(\d{1,3}(?:[,.'_ \u00a0\u202f]\d{3})+|\d+)(?![\w.,])(?!\s*(?:[km]\b|bn|dozen|hund|thou|taus|tsd|mi[loa]|mrd|bil|lakh|crore|%))\D*",
    re.ASCII | re.IGNORECASE)
"""A text with one whole number in it, in groups of three or not: `1,840 customers`, and neither `1.8k` nor `-5` nor `2 million`."""


class Figure:
    """A count of people or things, exact or about."""

    expects: ClassVar[str] = "a whole number"
    schema: ClassVar[dict[str, Any]] = {
        "anyOf": [
            {"type": ["integer", "string"], "minimum": 0, "pattern": r"^(0|[1-9]\d*)$"},
            {"type": "object", "properties": {"about": {"type": ["integer", "string"], "minimum": 0, "pattern": r"^(0|[1-9]\d*)$"}},
             "required": ["about"], "additionalProperties": False},
        ]
    }

    __slots__ = ("about", "value")

    def __init__(self, value: int, about: bool) -> None:
        self.value, self.about = value, about

    @classmethod
    def parse(cls, value: Any) -> "Figure":
        """Read digits, or `{about: digits}`. Raises Misfit under `wrong-type`."""
        about = value.__class__ is dict and value.keys() == {"about"}
        text = value["about"] if about else value
        if text.__class__ is str and text.isascii() and text.isdigit() and (len(text) == 1 or text[0] != "0") and len(text) <= MAX_DIGITS:
            return cls(int(text), about)
        meant = _COUNT.fullmatch(text) if text.__class__ is str else None
        digits = "".join(c for c in meant[1] if c.isdigit()) if meant is not None else ""
        raise Misfit("wrong-type", f"a whole number is expected here, not {describe(text)}",
                     (f"write {{about: {int(digits)}}}" if _ABOUT.match(text) or text.rstrip().endswith("+") else f"write {int(digits)}") if 0 < len(digits) <= MAX_DIGITS
                     else "write it in digits, or `{about: 900000}`, or `{unknown: why}`")

    def __str__(self) -> str:
        """As a reader is shown it: `1,900,000`, or `about 1,900,000`."""
        return f"about {self.value:,}" if self.about else f"{self.value:,}"


_SHARE = re.compile(r"(\d+(?:\.\d+)?) ?%\Z", re.ASCII)


class Share:
    """A part of a whole, in percent."""

    expects: ClassVar[str] = "a percentage"
    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^\d+(\.\d+)? ?%$"}

    __slots__ = ("percent", "text")

    def __init__(self, percent: float, text: str) -> None:
        self.percent, self.text = percent, text

    @classmethod
    def parse(cls, value: Any) -> "Share":
        """Read `0.3%`. Raises Misfit under `wrong-type`."""
        match = _SHARE.match(value) if value.__class__ is str else None
        if match is not None and float(match[1]) <= 100:
            return cls(float(match[1]), value)
        raise Misfit("wrong-type", f"a percentage from 0% to 100% is expected here, not {describe(value)}", "write it like 0.3%")

    def __str__(self) -> str:
        """As it was written."""
        return self.text


class Score:
    """A value on a satisfaction scale; may be negative, as NPS is."""

    expects: ClassVar[str] = "a number"
    schema: ClassVar[dict[str, Any]] = {"type": ["number", "string"], "pattern": r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"}

    __slots__ = ("text", "value")

    def __init__(self, value: float, text: str) -> None:
        self.value, self.text = value, text

    @classmethod
    def parse(cls, value: Any) -> "Score":
        """Read a decimal number. Raises Misfit under `wrong-type`."""
        try:
            number = float(value) if value.__class__ is str and "_" not in value else float("nan")
        except ValueError:
            number = float("nan")
        if not abs(number) < float("inf"):
            raise Misfit("wrong-type", f"a number is expected here, not {describe(value)}", "write it like 4.1 or -12")
        return cls(number, value)

    def __str__(self) -> str:
        """As it was written."""
        return self.text


class Service(Node):
    """A service that customers felt it on."""

    shorthand: ClassVar[str | None] = "name"

    name: Id | None = None
    """Its id in the site's vocabulary."""
    role: Id | None = None
    """For example `collateral`, for one that suffered without being at fault."""


class Reviewer(Node):
    """Someone who read the record before it was published."""

    who: Id | None = None
    """A team or a role."""
    for_: ReviewFor | None = None
    """Whether for the technical story or on behalf of the customers."""
    on: Moment | Absence | None = None
    """When."""


class Relation(Node):
    """A link to another incident."""

    to: Id | None = None
    """The other record's stem."""
    as_: Id | None = None
    """What the other is to this one, for example `caused-by-its-fix`."""


class Reopening(Node):
    """A stretch of time in which it came back."""

    from_: Moment | None = None
    """When it came back."""
    to: Moment | None = None
    """When it was over again; null while it lasts."""


class Times(Node):
    """When what happened. The order is checked from `triggered` on."""

    triggered: Moment | Absence | None = None
    """The change or event that set it off."""
    started: Moment | Absence | None = None
    """When customers began to feel it."""
    first_report: Moment | Absence | None = None
    """The first report from outside."""
    detected: Moment | Absence | None = None
    """When we knew."""
    detected_by: Finder | Absence | None = None
    """Who or what noticed first."""
    understood: Moment | Absence | None = None
    """When the cause was clear."""
    mitigated: Moment | Absence | None = None
    """When customers stopped feeling the worst of it."""
    resolved: Moment | Absence | None = None
    """When it was over."""
    reopened: tuple[Reopening, ...] | Absence = ()
    """Stretches in which it came back."""


class Affected(Node):
    """How many were affected, of how many; one row a group."""

    shorthand: ClassVar[str | None] = "count"
    alone: ClassVar[bool] = True

    count: Figure | Absence | None = None
    """How many."""
    of: Figure | Absence | None = None
    """Of how many."""
    share: Share | Absence | None = None
    """Which part of the whole, where no count is known."""
    unit: Text | None = None
    """What is counted: organisations, people, requests."""
    where: Text | None = None
    """The region or group."""


class CustomerImpact(Node):
    """What it did to customers."""

    summary: Text | Absence | None = None
    """What customers could not do, in their words."""
    affected: tuple[Affected, ...] | Absence = ()
    """Who, and how many. The first row is what follow-up is counted against."""
    harms: tuple[Harm, ...] | Absence | None = None
    """What it did to them; an empty list says that it was a near miss."""
    felt_on: tuple[Id, ...] | Absence = ()
    """Where they felt it: web, mobile, phone, in-person."""
    languages: tuple[Language, ...] | Absence = ()
    """The languages of those affected, as ISO 639 codes."""
    promises_broken: tuple[Id, ...] | Absence = ()
    """Which of the site's promises were broken."""


class Factor(Node):
    """Something that contributed. There are several, never one cause."""

    kind: Id | None = None
    """From the site's vocabulary of factors."""
    what: Text | Absence | None = None
    """What made it possible."""
    evidence: Text | Absence | None = None
    """A link, or where it can be seen."""
    confidence: Confidence | None = None
    """How sure the sources are."""


class RootCause(Node):
    """Why it happened."""

    summary: Text | Absence | None = None
    """For a colleague who was not there."""
    trigger: Text | Absence | None = None
    """The event that set it off."""
    factors: tuple[Factor, ...] | Absence = ()
    """What contributed."""
    why_not_caught: Text | Absence | None = None
    """Why our guards did not stop it."""


class Risk(Node):
    """What is still at risk today."""

    what: Text | Absence | None = None
    """What could happen."""
    likelihood: Likelihood | Absence | None = None
    """How likely."""
    consequence: Consequence | Absence | None = None
    """How bad."""
    protection: Text | Absence | None = None
    """What protects those at risk meanwhile."""
    owner: Team | Absence | None = None
    """The team that watches it."""
    review_by: Moment | Absence | None = None
    """When it is looked at again."""
    came_true: tuple[Id, ...] | Absence = ()
    """Stems of later incidents in which it came true."""
    closed: Moment | Absence | None = None
    """When it ended; null while it stands."""


class Plan(Node):
    """What to do when it happens again."""

    if_: Text | Absence | None = None
    """How you know that it is happening."""
    then: tuple[Text, ...] | Absence = ()
    """The steps, in order."""
    owner: Team | Absence | None = None
    """The team that carries it out."""
    within: Duration | Absence | None = None
    """The time in which customers have their service back."""
    rehearsed: Moment | Absence | None = None
    """When it was last rehearsed."""


class PlanUse(Node):
    """What became of an earlier incident's contingency plan when it was needed."""

    of: Id | None = None
    """The stem of the record whose plan it is."""
    plan: int | None = None
    """Which of that record's plans, counted from 1; without it, all of them."""
    worked: bool | Absence | None = None
    """Whether it did what it is for. Where it was not used, or nobody knows, the reason stands here."""
    why: Text | Absence | None = None
    """What helped, or what failed."""


class Notice(Node):
    """One message to customers. An apology is a notice."""

    at: Moment | Absence | None = None
    """When it went out."""
    kind: NoticeKind | None = None
    """What it was for."""
    by: Text | Absence | None = None
    """Who spoke."""
    to: Text | Absence | None = None
    """To whom: affected, everyone, partners, regulator."""
    via: tuple[Id, ...] | Absence = ()
    """Over which channels."""
    languages: tuple[Language, ...] | Absence = ()
    """In which languages."""
    words: Text | Absence | None = None
    """What was said."""
    next_update_by: Moment | Absence | None = None
    """When the next message was promised for."""
    url: Url | Absence | None = None
    """Where it can be read."""


class Commitment(Node):
    """A promise made to customers."""

    id: Id | None = None
    """Its name in this record, for example C1."""
    promise: Text | Absence | None = None
    """What was promised."""
    to: Text | Absence | None = None
    """To whom."""
    made: Moment | Absence | None = None
    """When."""
    due: Moment | Absence | None = None
    """By when."""
    kept: Completion | Absence | None = None
    """When it was kept."""
    broken: Text | None = None
    """Why it was not kept."""
    evidence: Text | Absence | None = None
    """Where one can see that it was kept."""

    @property
    def progress(self) -> Progress:
        """Kept, kept late, honestly broken, open, or not known."""
        return _progress(self.kept, self.due, self.broken)

    @property
    def settled(self) -> bool:
        """Whether nothing is awaited any more."""
        return self.progress is not Progress.OPEN


class Remedy(Node):
    """What was given to those affected."""

    what: Text | Absence | None = None
    """What they got."""
    to: Text | Absence | None = None
    """Who got it."""
    basis: Basis | Absence | None = None
    """Owed, or goodwill beyond it."""
    offered: Moment | Absence | None = None
    """When it was offered."""
    issued: Moment | Absence | None = None
    """When it had reached them."""
    ongoing: bool | None = None
    """Whether it goes on, so that there is no day on which it was issued."""


class FollowUp(Node):
    """Whether those affected are satisfied, asked and counted."""

    contacted: Figure | Absence | None = None
    """How many were asked."""
    satisfied: Figure | Absence | None = None
    """How many said that they are."""
    verified: Moment | Absence | None = None
    """When."""
    how: Text | Absence | None = None
    """How it was measured."""


class Point(Node):
    """One measurement on a scale."""

    at: Moment | None = None
    """When it was measured."""
    value: Score | None = None
    """The value."""


class Scores(Node):
    """Measurements over time on one scale."""

    scale: Text | None = None
    """CSAT, NPS, a brand index."""
    points: tuple[Point, ...] = ()
    """The measurements."""


class Feedback(Node):
    """What customers said, and what it changed."""

    asked: Moment | Absence | None = None
    """When they were asked."""
    via: Text | Absence | None = None
    """How."""
    learned: Text | Absence | None = None
    """What they said."""
    changed: Text | Absence | None = None
    """What it changed."""


class Staff(Node):
    """What our own people knew and could do for customers."""

    briefed: Moment | Absence | None = None
    """When they were told."""
    told: Text | Absence | None = None
    """What they were told to say."""
    may_offer: Text | Absence | None = None
    """What they may offer on their own authority."""


class Obligation(Node):
    """A duty to report to an authority, or to the people concerned, within a time that the law or the site sets."""

    clock: Id | None = None
    """Which duty: gdpr-33, gdpr-34, nis2-23-early-warning, dora-19-initial and their like, or a clock of the site's own."""
    aware: Moment | Absence | None = None
    """When we became aware of what has to be reported; without it, `times.detected` counts."""
    classified: Moment | Absence | None = None
    """When it was classified as major, for a clock that runs from there."""
    notified: Moment | Absence | None = None
    """When they were told."""
    why_late: Text | Absence | None = None
    """Why it took longer than the clock allows, or was not done."""


class Response(Node):
    """Everything done towards customers."""

    notices: tuple[Notice, ...] | Absence = ()
    """Everything said, in order."""
    commitments: tuple[Commitment, ...] | Absence = ()
    """Promises made."""
    remedies: tuple[Remedy, ...] | Absence = ()
    """What was given."""
    follow_up: FollowUp | Absence | None = None
    """Whether they are satisfied."""
    scores: tuple[Scores, ...] | Absence = ()
    """Satisfaction over time."""
    feedback: Feedback | Absence | None = None
    """What they said."""
    staff: Staff | Absence | None = None
    """What our people knew and could do."""
    obligations: tuple[Obligation, ...] | Absence = ()
    """Duties to report that apply to this incident."""


class Action(Node):
    """Corrective or preventive work."""

    id: Id | None = None
    """Its name in this record, for example A1."""
    what: Text | Absence | None = None
    """What is to be done."""
    kind: ActionKind | None = None
    """What it is meant to do the next time."""
    owner: Team | Absence | None = None
    """The team that does it."""
    due: Moment | Absence | None = None
    """By when."""
    done: Completion | Absence | None = None
    """When it was done; null while it is open."""
    dropped: Text | None = None
    """Why it will not be done."""
    evidence: Text | Absence | None = None
    """Where one can see that it was done."""
    teaches: tuple[Text, ...] | Absence = ()
    """The checklist items that it feeds, as `checklist/item`."""
    same_as: Text | None = None
    """The action of another record that this one stands for, as `stem/A1`."""

    @property
    def progress(self) -> Progress:
        """Done, done late, dropped, open, or not known."""
        return _progress(self.done, self.due, self.dropped)

    @property
    def settled(self) -> bool:
        """Whether nothing is awaited any more."""
        return self.progress is not Progress.OPEN


class Silence(Node):
    """A finding that the author has looked at and lets stand."""

    code: Id | None = None
    """The rule's code."""
    why: Text | None = None
    """The reason."""


class PageSettings(Node):
    """What is handed to the theme."""

    description: Text | None = None
    """For search engines and previews."""
    tags: tuple[Text, ...] = ()
    """The theme's tags."""
    search: dict[str, Any] | None = None
    """For example `{exclude: true}`."""


class Record(Node):
    """A postmortem: everything known about one incident."""

    format: int | None = None
    """The version of this format; absent means 1."""
    title: Text | None = None
    """What happened, in one line."""
    status: Status = Status.DRAFT
    """draft, review, published, closed."""
    severity: Severity | None = None
    """sev1 (worst) to sev4."""
    origin: Origin = Origin.INTERNAL
    """internal, external (an outside account) or imported (shows what is missing, is not gated for it yet)."""
    services: tuple[Service, ...] | Absence = ()
    """What customers felt it on."""
    owner: Team | None = None
    """The team that answers for this record."""
    reviewers: tuple[Reviewer, ...] | Absence = ()
    """Who read it before publication."""
    aliases: tuple[Text, ...] = ()
    """Outside numbers and former stems; the site redirects from them."""
    recurrence_of: tuple[Id, ...] | Absence | None = None
    """Stems of earlier incidents that this one repeats."""
    plans_used: tuple[PlanUse, ...] | Absence = ()
    """Which plans of earlier incidents were used this time, and whether they worked."""
    related: tuple[Relation, ...] = ()
    """Other incidents, and what they are to this one."""
    visibility: Visibility = Visibility.STAFF
    """public, staff or restricted."""
    times: Times | Absence | None = None
    """When what happened."""
    customer_impact: CustomerImpact | Absence | None = None
    """What it did to customers."""
    root_cause: RootCause | Absence | None = None
    """Why it happened."""
    risk: tuple[Risk, ...] | Absence = ()
    """What is still at risk today."""
    contingency_plan: tuple[Plan, ...] | Absence = ()
    """What to do when it happens again."""
    response: Response | Absence | None = None
    """Everything done towards customers."""
    actions: tuple[Action, ...] | Absence = ()
    """Corrective and preventive work."""
    teaches: tuple[Text, ...] | Absence = ()
    """Checklist items that this incident supports without an action, as `checklist/item`."""
    sources: tuple[Url, ...] | Absence = ()
    """Where the facts come from."""
    not_applicable: dict[str, Text] | None = None
    """Parts that the policy asks for and that do not apply here, each with its reason."""
    silence: tuple[Silence, ...] = ()
    """Findings let stand, by code and with a reason."""
    page: PageSettings | None = None
    """Handed to the theme."""
    extra: Any = None
    """The site's own keys, never checked."""

    document: ClassVar[Document]
    """The file this was read from."""

    @property
    def stem(self) -> str:
        """The identity: the file's stem, `YYYY-MM-DD-slug`."""
        return self.document.stem

    @property
    def path(self) -> str:
        """The file, relative to the folder of the settings, with forward slashes."""
        return self.document.path

    @property
    def restricted(self) -> bool:
        """Whether nothing of this record may leave the repository; also where its visibility could not be read, or not at all and a line says so."""
        return self.visibility is Visibility.RESTRICTED or any(f.place == ("visibility",) for f in self.document.faults) or (
            self.document.broken and _SAYS_RESTRICTED.search(self.document.text) is not None)

    @cached_property
    def timeline(self) -> Timeline:
        """The entries of the story's timeline."""
        return read_timeline(self.document)

    @cached_property
    def gated(self) -> bool:
        """Whether completeness binds: from review on, and not for an imported record."""
        return self.status.binds and self.origin is not Origin.IMPORTED

    @cached_property
    def service_names(self) -> tuple[str, ...]:
        """The ids of the services, each once."""
        return tuple(dict.fromkeys(s.name for s in given(self.services) if s.name))

    @property
    def factor_kinds(self) -> tuple[str, ...]:
        """The kinds of the contributing factors, each once."""
        cause = self.root_cause
        return tuple(dict.fromkeys(f.kind for f in given(cause.factors) if f.kind)) if isinstance(cause, RootCause) else ()

    @property
    def harms(self) -> tuple[Harm, ...]:
        """What it did to those affected, each once."""
        impact = self.customer_impact
        return tuple(dict.fromkeys(given(impact.harms))) if isinstance(impact, CustomerImpact) else ()

    @property
    def stem_day(self) -> date | None:
        """The day that its stem begins with; None where that is none, or none that a calendar has."""
        try:
            return date.fromisoformat(self.stem[:10]) if STEM_DAY.match(self.stem) else None
        except ValueError:
            return None

    @property
    def started(self) -> Moment | None:
        """When customers began to feel it, where it is known."""
        return self.time("started")

    def time(self, name: str) -> Moment | None:
        """One of the `times`, where it is known."""
        value = getattr(self.times, name) if isinstance(self.times, Times) else None
        return value if isinstance(value, Moment) else None

    @cached_property
    def reply(self) -> Response:
        """The response, empty where none is told."""
        return self.response if isinstance(self.response, Response) else _NO_RESPONSE


_ENTRY = TypeVar("_ENTRY")


def given(entries: tuple[_ENTRY, ...] | Absence | None) -> tuple[_ENTRY, ...]:
    """The entries of a list that may be an `Absence` or missing; then none."""
    return entries if isinstance(entries, tuple) else ()


_SAYS_RESTRICTED = re.compile(r"""^[ \t"']*visibility["']?[ \t]*:.*restricted""", re.MULTILINE | re.IGNORECASE)

_READER = Reader(Record)
_NO_RESPONSE = _READER.read({"response": {}})[0].reply


def read_record(document: Document) -> Record:
    """The record in `document`; what does not fit its field is left out and stands in `document.faults`."""
    record, faults = _READER.read(document.values)
    object.__setattr__(record, "document", document)
    document.faults.extend(faults)
    return record
