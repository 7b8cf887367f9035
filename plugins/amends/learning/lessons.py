"""Whether what was learned held: the incidents behind each checklist item, and the controls that were known and failed all the same.

A control was known when an incident that teaches its item began after the item existed. Nothing here is a guess:

- An item exists since the day under its `since`. Where it does not say, git is asked for the first version of the checklist that
  holds the item; the later of that commit's two days counts, so that a rebase can only take a claim away.
- An incident begins when it was triggered or when customers began to feel it, whichever is known to be earlier; where neither is told, on the
  day in its stem. A change that was made before the item was written could not have been stopped by it.
- The item certainly came first, as far as the coarser of the two times can tell. The same day proves nothing, and a day that the author calls
  approximate proves something only a month on.
- An outside account (`origin: external`) counts never: that company's people did not have our checklist.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from amends.checklist import Adoption, Checklist, Item
from amends.corpus import grouped
from amends.diagnostics import Path
from amends.reading.moments import Moment
from amends.record import Action, Origin, Record, given

if TYPE_CHECKING:
    from amends.corpus import Corpus, Lesson
    from amends.history import Unread

ABOUT_A_DAY = timedelta(days=31)
"""How far a day that is only known approximately may be off."""


class Witness(str, Enum):
    """How it is known since when an item exists."""

    AUTHOR = "author"
    """The item says so, under `since`."""
    GIT = "git"
    """It stands in a version of the checklist that git has of that day."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One incident behind an item."""

    record: Record
    actions: tuple[Action, ...]
    """By which it teaches the item; none where the incident does so itself."""


@dataclass(frozen=True, slots=True)
class FailedControl:
    """An item that was there when an incident began that it should have prevented, or softened."""

    record: Record
    checklist: Checklist
    item: Item
    since: Moment
    """Since when the item exists."""
    witness: Witness
    began: Moment
    """When the incident began, as far as it is known."""
    in_force: tuple[Adoption, ...]
    """Where the item was certainly in force when the incident began."""

    @property
    def reference(self) -> str:
        """The item as `checklist/item`."""
        return f"{self.checklist.stem}/{self.item.id}"

    @property
    def place(self) -> Path:
        """Where the record names the item first."""
        actions = enumerate(given(self.record.actions))
        return next((("actions", number, "teaches") for number, action in actions if self.reference in given(action.teaches)), ("teaches",))


@dataclass(frozen=True)
class FailedControls:
    """All of a corpus, by the records' paths and then in the order in which each names its items."""

    all: tuple[FailedControl, ...]
    by_record: Mapping[str, tuple[FailedControl, ...]]
    """By the record's path."""
    by_item: Mapping[str, tuple[FailedControl, ...]]
    """By `checklist/item`."""
    unread: "Unread | None" = None
    """Why git could not be asked since when some items exist; then there may be more of them."""


def evidence(lessons: "Iterable[Lesson]") -> tuple[Evidence, ...]:
    """The incidents behind an item, each once, the latest first."""
    actions: dict[str, list[Action]] = {}
    records: dict[str, Record] = {}
    for lesson in lessons:
        records[lesson.record.stem] = lesson.record
        actions.setdefault(lesson.record.stem, []).extend([lesson.action] if lesson.action else [])
    return tuple(Evidence(records[stem], tuple(actions[stem])) for stem in sorted(records, reverse=True))


def taught_by(record: Record) -> tuple[str, ...]:
    """The items that an incident teaches, by its actions or itself, each once."""
    return tuple(dict.fromkeys((*(each for action in given(record.actions) for each in given(action.teaches)), *given(record.teaches))))


def began(record: Record) -> Moment | None:
    """The earliest moment that is known of an incident; None where not even its stem tells a day."""
    triggered, started = record.time("triggered"), record.started
    if triggered is not None and started is not None:
        return started if started.before(triggered) else triggered
    return triggered or started or (Moment(record.stem_day, None) if record.stem_day else None)


def find_failed_controls(corpus: "Corpus") -> FailedControls:
    """Every control that was known and failed, among the records of `corpus`."""
    candidates = list(_candidates(corpus))
    unsaid: dict[str, set[str]] = {}
    for _, checklist, item, _ in candidates:
        if not isinstance(item.since, Moment) and item.id:
            unsaid.setdefault(checklist.path, set()).add(item.id)
    seen, unread = _seen_by_git(corpus, unsaid) if unsaid else ({}, None)
    found = []
    for record, checklist, item, start in candidates:
        said = isinstance(item.since, Moment)
        since = item.since if isinstance(item.since, Moment) else seen.get((checklist.path, item.id or ""))
        if since is not None and _certainly_before(since, start):
            found.append(FailedControl(record, checklist, item, since, Witness.AUTHOR if said else Witness.GIT, start, _in_force(item, start)))
    return FailedControls(tuple(found), grouped(found, lambda failed: (failed.record.path,)), grouped(found, lambda failed: (failed.reference,)),
                          unread)


def _candidates(corpus: "Corpus") -> Iterator[tuple[Record, Checklist, Item, Moment]]:
    """Our own incidents with each item that they teach, once."""
    for record in corpus.records:
        if record.origin is Origin.EXTERNAL or (start := began(record)) is None:
            continue
        for reference in taught_by(record):
            if (found := corpus.item(reference)) is not None:
                yield record, *found, start


def _seen_by_git(corpus: "Corpus", items: Mapping[str, Set[str]]) -> "tuple[dict[tuple[str, str], Moment], Unread | None]":
    """Since when git certainly has items, to the day; or why it could not be asked."""
    from amends.history.items import first_versions  # nearly every item says it itself
    from amends.history.repository import Unreadable

    try:
        return {key: Moment(version.latest, None) for key, version in first_versions(corpus, items).items()}, None
    except Unreadable as error:
        return {}, error.why


def _certainly_before(one: Moment, other: Moment) -> bool:
    unsure = ABOUT_A_DAY * sum(moment.about and moment.instant is None for moment in (one, other))
    return one.before(other) and (not unsure or other.day - one.day > unsure)


def _in_force(item: Item, start: Moment) -> tuple[Adoption, ...]:
    return tuple(each for each in given(item.adopted) if isinstance(each.on, Moment) and _certainly_before(each.on, start))
