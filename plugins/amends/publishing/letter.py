"""What a letter to customers may tell of a record: an explicit list of facts, and the reasons why a record can't support one.

Nothing reaches a letter but what `collect` takes out of a record by name. Why it happened, who works on it, what is still at risk and
every other inside view stay in the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from amends.corpus import Corpus
from amends.diagnostics import Level, Path, Position
from amends.gate.check import check
from amends.publishing.export import Export
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Basis, Commitment, CustomerImpact, Finder, NoticeKind, Origin, Progress, Record, Remedy, Response, Times, given
from amends.render.plain import plain_words
from amends.rules import RULES
from amends.rules.texts import is_placeholder
from amends.settings import FILE_NAME

MAX_TEXT = 2000
"""Characters of one text; a longer one is no short text, and no part of a letter."""

_READERS = ("affected", "everyone", "customers")
_OTHERS = ("partners", "regulator")
"""To whom a promise or a remedy goes: those who read the letter, and those who don't."""

_NO_END = "`{none: why}` for one without an end"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which it had come back."""

    began: Moment
    ended: Moment


@dataclass(frozen=True, slots=True)
class Work:
    """Something that was set and done."""

    what: str
    done: Moment


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment to the letter's readers."""

    what: str
    due: Moment | None
    """None where it has no day: only a promise that stands without an end, or of which nobody can say by when it was given."""
    progress: Progress
    """`open`, `done`, `late`, `given-up` (broken), or `unknown`: nobody can say whether it was kept."""
    kept: Moment | None
    why: str | None
    """Why a broken promise was not kept."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What the letter's readers get."""

    what: str
    goodwill: bool
    """Whether it goes beyond what is owed."""
    offered: Moment | None
    issued: Moment | None
    ongoing: bool
    """Whether it goes on, so that there is no day on which it was issued."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The facts of a letter: plain words, times, and nothing that is not meant for customers. All that a template is given."""

    started: Moment
    """When customers began to feel it."""
    resolved: Moment | None
    """When it was over. None where nobody can say; then `mitigated` is known."""
    mitigated: Moment | None
    """When customers stopped feeling the worst of it."""
    returned: tuple[Stretch, ...]
    """When it came back after that."""
    experience: str
    """What it meant for customers, in their words."""
    found_by_customers: bool
    """Whether customers knew before we did."""
    broken: tuple[str, ...]
    """The promises of the brand that it broke."""
    works: tuple[Work, ...]
    """The actions that are done."""
    promises: tuple[Promise, ...]
    """What was promised, in the record's order. Empty where the record says that nothing was."""
    gifts: tuple[Gift, ...]
    """What is given. Empty where the record says that nothing is."""
    contact: Markup
    """How to reach us, in Markdown; the settings' words, not the record's."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there can be no letter, and what to write so that there can be."""

    path: str
    """The record's file, or the settings'."""
    position: Position | None
    """None for what is missing in the settings."""
    message: str
    help: str


class Refused(ValueError):
    """The record can't honestly support a letter."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reason.message for reason in self.reasons))


def collect(record: Record, corpus: Corpus, today: date) -> Letter:
    """The facts of a letter about `record`, written on the day `today`.

    Raises Refused with every reason at once. Of a restricted record it gives only that one.
    """
    reading = _Reading(record, corpus, today)
    if record.restricted:
        reading.refuse(("visibility",), "the record is restricted, or who may read it can't be told: nothing of it may leave the repository",
                       "write this letter by hand, with those who may read the record")
        raise Refused(reading.reasons)
    if record.origin is Origin.EXTERNAL:
        reading.refuse(("origin",), "the record is an outside account: its customers are another company's, and so is the letter",
                       "leave it to them; if the incident is yours, take `origin: external` out")
        raise Refused(reading.reasons)
    reading.ask_the_gate()
    if not record.document.broken:
        letter = reading.letter()
        if not reading.reasons:
            return letter
    raise Refused(sorted(reading.reasons, key=lambda reason: (reason.position is None, reason.position or Position(1, 1))))


_GATE = ("F", "T", "S")
"""The families of rules that must find no error: what is misread, contradicts itself or must not be told can't be told to customers."""
_CONTRADICTION = "kept-and-broken"


class _Reading:
    """Takes the facts out of one record; where one can't be had, says why and goes on."""

    def __init__(self, record: Record, corpus: Corpus, today: date) -> None:
        self.record, self.corpus, self.today = record, corpus, today
        self.reasons: list[Reason] = []
        self._discretion = Export.of(corpus).discretion

    def refuse(self, place: Path, message: str, remedy: str) -> None:
        self.reasons.append(Reason(self.record.path, self.record.document.position(place), message, remedy))

    def ask_the_gate(self) -> None:
        rules = [rule for rule in RULES if rule.code[0] in _GATE or rule.name == _CONTRADICTION]
        for found in check(self.corpus, rules, (self.record.path,)).diagnostics:
            if found.level is Level.ERROR:
                self.reasons.append(Reason(found.path, Position(found.line, found.column), f"{found.message} ({found.code})",
                                           found.help or "correct it first; a letter can't rest on it"))

    def letter(self) -> Letter:
        record, times = self.record, self.record.times
        if not record.status.binds:
            self.refuse(("status",), "the record is a draft: nobody else has read what it says",
                        "have it read, then set `status: review` or a later one")
        excused = (record.not_applicable or {}).get(NoticeKind.APOLOGY.value)
        if excused is not None:
            self.refuse(("not_applicable", "apology"), f"the record says that no apology applies: {excused}",
                        "a letter begins with one; take the entry out if one is due after all")
        letter = Letter(
            started=self._started(),
            resolved=record.time("resolved"),
            mitigated=record.time("mitigated"),
            returned=self._returned(),
            experience=self._experience(),
            found_by_customers=isinstance(times, Times) and times.detected_by is Finder.CUSTOMER,
            broken=self._broken(),
            works=self._works(),
            promises=self._promises(),
            gifts=self._gifts(),
            contact=Markup(self.corpus.settings.contact or ""),  # noqa: S704 - Markdown; as HTML it is sanitised
        )
        if not letter.works and not any(promise.kept for promise in letter.promises):
            self.refuse(("actions",), "nothing is told that has been done about it: no action is done, and no commitment is kept",
                        "give an action the day on which it was `done`, or a commitment the day on which it was `kept`")
        if not letter.contact:
            self.reasons.append(Reason(FILE_NAME, None, "nothing says how customers reach you",
                                       f"write it, in Markdown, under `contact` of the plugin in {FILE_NAME}"))
        return letter

    # What happened --------------------------------------------------------------------------------------------------

    def _started(self) -> Moment:
        times, started = self.record.times, self.record.started
        if started is None:
            self.refuse(("times", "started"), _unsaid("when it began", times.started if isinstance(times, Times) else times),
                        "write `started`; the day is enough")
            return _NEVER
        resolved = times.resolved if isinstance(times, Times) else None
        if resolved is None:
            self.refuse(("times", "resolved"), "it is not over yet, or nobody says since when",
                        "write `resolved` once it is over; until then customers are owed news, not a letter that looks back")
        elif isinstance(resolved, Absence) and self.record.time("mitigated") is None:
            self.refuse(("times", "resolved"), _unsaid("when it was over", resolved),
                        "write `resolved`, or else `mitigated`, the time at which the worst was over")
        return started

    def _returned(self) -> tuple[Stretch, ...]:
        times = self.record.times
        if not isinstance(times, Times):
            return ()
        if isinstance(times.reopened, Absence) and times.reopened.kind != "none":
            self.refuse(("times", "reopened"), _unsaid("whether it came back", times.reopened), "list when it came back, or say `{none: why}`")
        stretches = []
        for number, stretch in enumerate(given(times.reopened)):
            if stretch.from_ is not None and stretch.to is not None:
                stretches.append(Stretch(stretch.from_, stretch.to))
            else:
                self.refuse(("times", "reopened", number), "it came back, and nobody says from when to when",
                            "write `from`, and `to` once it is over; a letter waits until then")
        return tuple(stretches)

    def _experience(self) -> str:
        impact = self.record.customer_impact
        summary = impact.summary if isinstance(impact, CustomerImpact) else impact
        return self._words(summary, ("customer_impact", "summary"), "what it meant for customers")

    def _broken(self) -> tuple[str, ...]:
        impact = self.record.customer_impact
        names = given(impact.promises_broken) if isinstance(impact, CustomerImpact) else ()
        return tuple(plain_words(self.corpus.settings.vocabulary.label("promises", name)) for name in names)

    # What we did ----------------------------------------------------------------------------------------------------

    def _works(self) -> tuple[Work, ...]:
        works = []
        for number, action in enumerate(given(self.record.actions)):
            if action.same_as is not None:
                found = self.corpus.action(action.same_as)
                if found is None or found[0].restricted:
                    continue
                action = found[1]  # what is done there is done here
            if isinstance(action.done, Moment) and action.dropped is None:
                works.append(Work(self._words(action.what, ("actions", number, "what"), "what was done"), action.done))
        return tuple(dict.fromkeys(works))

    # What we promise ------------------------------------------------------------------------------------------------

    def _promises(self) -> tuple[Promise, ...]:
        entries = self.record.reply.commitments
        if not given(entries):
            self._nothing("commitments", entries, "what is promised", "list what customers were promised")
        return tuple(self._promise(entry, ("response", "commitments", number)) for number, entry in enumerate(given(entries))
                     if self._addressed(entry.to, ("response", "commitments", number)))

    def _promise(self, entry: Commitment, place: Path) -> Promise:
        what = self._words(entry.promise, (*place, "promise"), "what was promised")
        due = entry.due if isinstance(entry.due, Moment) else None
        progress = entry.progress
        why = self._words(entry.broken, (*place, "broken"), "why it was not kept") if entry.broken is not None else None
        if isinstance(entry.kept, Absence) and entry.kept.kind == "missed":
            progress, why = Progress.GIVEN_UP, self._words(entry.kept.why, (*place, "kept", "missed"), "why it was not kept")
        if progress is Progress.OPEN:
            self._open(entry, due, place)
        return Promise(what, due, progress, entry.kept if isinstance(entry.kept, Moment) else None, why)

    def _open(self, entry: Commitment, due: Moment | None, place: Path) -> None:
        if due is not None and due.day < self.today:
            self.refuse((*place, "due"), f"promised by {due}, which has passed, and nobody says whether it was kept",
                        "write the day on which it was `kept`, or why it is `broken`")
        elif due is None and not (isinstance(entry.due, Absence) and entry.due.kind == "none"):
            self.refuse((*place, "due"), _unsaid("by when this promise is kept", entry.due), f"write `due`, or {_NO_END}")

    # What we give ---------------------------------------------------------------------------------------------------

    def _gifts(self) -> tuple[Gift, ...]:
        entries = self.record.reply.remedies
        if not given(entries):
            self._nothing("remedies", entries, "what is given", "list what customers get")
        return tuple(self._gift(entry, ("response", "remedies", number)) for number, entry in enumerate(given(entries))
                     if self._addressed(entry.to, ("response", "remedies", number)))

    def _gift(self, entry: Remedy, place: Path) -> Gift:
        for key, value in (("offered", entry.offered), ("issued", entry.issued)):
            if isinstance(value, Absence) and value.kind == "missed":
                self.refuse((*place, key), f"customers should have had this and have not: {value.why}", "make it good first, then write when")
        if entry.offered is None and entry.issued is None and not entry.ongoing:
            self.refuse((*place, "offered"), "nobody says when this was offered or given", "write `offered`, and `issued` once it is with them")
        return Gift(self._words(entry.what, (*place, "what"), "what is given"), entry.basis is Basis.GOODWILL,
                    entry.offered if isinstance(entry.offered, Moment) else None,
                    entry.issued if isinstance(entry.issued, Moment) else None, bool(entry.ongoing))

    # For all of them ------------------------------------------------------------------------------------------------

    def _nothing(self, part: str, entries: object, what: str, remedy: str) -> None:
        """Refuse unless the record says outright that there is nothing; then the letter is silent about it."""
        excused = (self.record.not_applicable or {}).get(part)
        said = entries if isinstance(entries, Absence) else self.record.response
        if excused is None and not (isinstance(said, Absence) and said.kind == "none"):
            self.refuse(("response", part), _unsaid(what, None if isinstance(said, Response) else said),
                        f"{remedy} under `response.{part}`, or say `{{none: why}}`: then the letter is silent about it")

    def _addressed(self, to: object, place: Path) -> bool:
        """Whether something goes to those who read the letter; refuses where nobody can tell."""
        if to in _READERS or to in _OTHERS:
            return to in _READERS
        said = f"`{to}` does not tell whether the letter's readers are meant" if isinstance(to, str) else "nobody says to whom this goes"
        self.refuse((*place, "to"), said, f"write one of: {', '.join((*_READERS, *_OTHERS))}; a letter tells what goes to the first "
                    f"{len(_READERS)}")
        return False

    def _words(self, text: str | Absence | None, place: Path, what: str) -> str:
        """The text as plain words; refuses where there are none, or where they must not leave the repository."""
        if not isinstance(text, str):
            self.refuse(place, _unsaid(what, text), "write it, for customers to read")
            return ""
        if len(text) > MAX_TEXT:
            self.refuse(place, f"with {len(text):,} characters this is too long for a letter", "say it in one to three sentences")
            return ""
        words = plain_words(text)
        if not words or is_placeholder(text) or is_placeholder(words):
            self.refuse(place, f"`{text.strip()}` does not say {what}", "write it, for customers to read")
        if self._discretion.names_hidden(words):
            self.refuse(place, "this names a record of which nothing may leave the repository", "say it without the name")
        return words


_NEVER = Moment(date.min, None)
"""Stands in a letter that is refused anyway."""


def _unsaid(what: str, said: object) -> str:
    """The fact that nothing, or only an honest no, stands where a letter needs words."""
    if isinstance(said, Absence):
        return f"the record can't say {what} ({said.kind}: {said.why})"
    return f"nothing says {what}"
