"""What changed from one version of a record to the next, as far as a reader who relied on the first would mind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from amends.history.past import OPEN, What, words_in
from amends.reading.document import MAX_BYTES, parse_document
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Action, Commitment, CustomerImpact, Record, RootCause, Visibility, given, read_record

VERSION = 2
"""Of what is found here. A cache written under another one is not used."""

ALIKE = 0.6
"""How much of a text's words must still be there for it to count as the same statement."""

_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)


class Raw(NamedTuple):
    """A change, without the version that brought it."""

    what: What
    part: str
    id: str
    before: str
    after: str
    stood: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment or an action."""

    id: str
    text: str
    due: str
    settled: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a version is compared."""

    status: str
    restricted: bool
    promises: tuple[Entry, ...]
    actions: tuple[Entry, ...]
    figures: frozenset[tuple[str, str]]
    """Numbers, kinds and days that the record states, each with the key of its part."""
    texts: tuple[tuple[str, str], ...]
    """Prose that the record states, each with the key of its part."""


def front_of(text: str) -> str:
    """The part of a file in which everything stands that is compared."""
    closing = _CLOSING.search(text, 4)
    return text[:closing.start()] if closing else text


def text_of(raw: bytes) -> str | None:
    """The text of a blob; None where it is none that a record could be."""
    if len(raw) > MAX_BYTES:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def facts_in(path: str, text: str) -> Facts | None:
    """What the version at `path` says; None where it can't be read, as with a conflict that is left in it."""
    document = parse_document(path, text)
    return None if document.broken else facts_of(read_record(document))


def facts_of(record: Record) -> Facts:
    """What the record says."""
    reply = record.reply
    return Facts(
        record.status.value,
        record.restricted,
        tuple(_promise(c) for c in given(reply.commitments)),
        tuple(_action(a) for a in given(record.actions) if a.same_as is None),
        frozenset(_figures(record)),
        tuple((part, text) for part, text in _texts(record) if isinstance(text, str)),
    )


def _promise(commitment: Commitment) -> Entry:
    return Entry(commitment.id or "", _said(commitment.promise), _day(commitment.due), _day(commitment.kept))


def _action(action: Action) -> Entry:
    return Entry(action.id or "", _said(action.what), _day(action.due), _day(action.done))


def _said(value: str | Absence | None) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Moment | Absence | None) -> str:
    return value.day.isoformat() if isinstance(value, Moment) else ""


def _figures(record: Record) -> Iterator[tuple[str, str]]:
    impact, cause, reply = record.customer_impact, record.root_cause, record.reply
    if isinstance(impact, CustomerImpact):
        for row in given(impact.affected):
            for label, value in (("affected", row.count), ("of", row.of), ("share", row.share)):
                if value is not None and not isinstance(value, Absence):
                    yield "customer_impact", f"{label} {value}"
        yield from (("customer_impact", f"harm {harm.value}") for harm in given(impact.harms))
        yield from (("customer_impact", f"broken promise {promise}") for promise in given(impact.promises_broken))
    if isinstance(cause, RootCause):
        yield from (("root_cause", f"factor {factor.kind}") for factor in given(cause.factors) if factor.kind)
    for notice in given(reply.notices):
        if isinstance(notice.at, Moment):
            yield "notices", f"{notice.kind.value if notice.kind else 'message'} on {_day(notice.at)}"
    for commitment in given(reply.commitments):
        if isinstance(commitment.made, Moment):
            yield "commitments", f"{commitment.id or 'promise'} made on {_day(commitment.made)}"
    for remedy in given(reply.remedies):
        yield from (("remedies", f"{label} on {_day(at)}") for label, at in (("offered", remedy.offered), ("issued", remedy.issued)) if _day(at))


def _texts(record: Record) -> Iterator[tuple[str, Any]]:
    impact, cause, reply = record.customer_impact, record.root_cause, record.reply
    if isinstance(impact, CustomerImpact):
        yield "customer_impact", impact.summary
    if isinstance(cause, RootCause):
        yield "root_cause", cause.summary
        yield "root_cause", cause.trigger
        yield from (("root_cause", factor.what) for factor in given(cause.factors))
    yield from (("notices", notice.words) for notice in given(reply.notices))
    yield from (("remedies", remedy.what) for remedy in given(reply.remedies))


def between(old: Facts | None, new: Facts) -> list[Raw]:
    """What changed from one version to the next. Of a first version the status is told, whether it is restricted, and what it says is settled."""
    if old == new:
        return []
    stood = old.status if old else ""
    found: list[Raw] = []
    if stood != new.status:
        found.append(Raw(What.STATUS, "status", "", stood, new.status, stood))
    if (before := _restricted(old)) != (after := _restricted(new)):
        found.append(Raw(What.VISIBILITY, "visibility", "", before, after, stood))
    for part, olds, news in (("promise", old.promises if old else (), new.promises), ("action", old.actions if old else (), new.actions)):
        found += _between_entries(part, olds, news, stood)
    if old is not None:
        found += _claims(old, new, stood)
    return found


def _restricted(facts: Facts | None) -> str:
    return Visibility.RESTRICTED.value if facts is not None and facts.restricted else ""


def _between_entries(part: str, olds: Iterable[Entry], news: tuple[Entry, ...], stood: str) -> Iterator[Raw]:
    by_id = {entry.id: entry for entry in news if entry.id}
    by_words = {words_in(entry.text): entry for entry in news}
    paired: dict[int, Entry] = {}
    for entry in olds:
        words = words_in(entry.text)
        later = by_id.get(entry.id) or by_words.get(words)
        if later is None:
            yield Raw(What.GONE, part, entry.id, entry.text, "", stood)
            continue
        paired[id(later)] = entry
        name = later.id or entry.id
        if entry.due and later.due != entry.due:
            yield Raw(What.DUE, part, name, entry.due, later.due, stood)
        if words and words_in(later.text) != words:
            yield Raw(What.WORDS, part, name, entry.text, later.text, stood)
    for entry in news:
        if stood and id(entry) not in paired:
            yield Raw(What.ADDED, part, entry.id, "", entry.text, stood)
        before = paired[id(entry)].settled or OPEN if id(entry) in paired else ""
        if entry.settled and entry.settled != before:
            yield Raw(What.SETTLED, part, entry.id, before, entry.settled, stood)


def _claims(old: Facts, new: Facts, stood: str) -> Iterator[Raw]:
    lost: dict[str, str] = {}
    ids = {entry.id or "promise" for entry in new.promises}
    for part, figure in sorted(old.figures - new.figures):
        if part != "commitments" or figure.split(" ", 1)[0] in ids:  # one that is gone is told as such
            lost.setdefault(part, figure)
    for part, text in old.texts:
        if part not in lost and not _still_said(text, [other for key, other in new.texts if key == part]):
            lost[part] = text
    for part, what in lost.items():
        yield Raw(What.CLAIM, part, "", what, "", stood)


def _still_said(text: str, among: list[str]) -> bool:
    if text in among:
        return True
    from difflib import SequenceMatcher  # only a text that changed needs it

    words = words_in(text).split()
    return not words or any(SequenceMatcher(None, words, words_in(other).split(), autojunk=False).ratio() >= ALIKE for other in among)
