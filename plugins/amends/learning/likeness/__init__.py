"""Has this happened before? Which incidents are like which, and by what.

An incident is told in marks: the stems of its words, the concepts that they stand for (`cert` and `certificate` are one), the pairs of
concepts in one sentence, and the kinds of its contributing factors. A mark weighs the more, the fewer incidents bear it; words that
stand in every postmortem have none, and neither have the names of services, so that two incidents on one platform are not alike for that
alone. How alike two incidents are is the cosine of their marks, from 0 to 1.

Pure: records in, neighbours out; the same for the same records, in whatever order, in whatever process. Restricted records are never part of it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import nlargest
from itertools import chain
from math import fsum, log, sqrt
from typing import NamedTuple

from amends.language import _
from amends.learning.likeness.words import CONCEPT, Reading
from amends.record import CustomerImpact, Record, RootCause, given
from amends.settings import Vocabulary

NEAR = 0.08
"""From here on an incident is shown as a neighbour: about every second one shares the mechanism (`tools/bench/repeats.py`)."""
LIKELY = 0.25
"""From here on it is likely the same again: more than four in five share the mechanism, and two in five of those that share it are found."""

_FACTOR = "#"
_WEIGHTS = (1.0, 2.0, 2.0)
"""What a word, a concept and a pair of concepts weigh beside each other; a kind of factor weighs like a word."""
_SAME_SERVICE = 1.15
"""How much likelier a repeat is where a service is shared, for incidents that are alike without it."""
_COMMON = 0.05
"""A mark that a larger part of all incidents bears leads to no neighbour; where another led to one, it counts."""
_FEW = 40
"""So many bearers are never too common, in a small corpus."""
_LEADING = 16
"""How many marks of an incident lead to its neighbours: the rarest of those that are not its alone."""
_LATEST = 30
"""How many bearers of one mark are looked at, the nearest in time first."""
_COMPARED = 10
"""How many incidents are compared with all their marks: those that share most of the marks that lead to them."""
_WORDS = 3
"""How many words a reason quotes."""


class Account(NamedTuple):
    """What is compared of an incident."""

    name: str
    """Its stem, which begins with the day on which it began; earlier and later are told by it."""
    text: str
    """Why it happened, in its author's words, in any language."""
    factors: tuple[str, ...] = ()
    """The kinds of its contributing factors."""
    services: tuple[str, ...] = ()
    """The services that customers felt it on."""


class Neighbour(NamedTuple):
    """An incident that is like another."""

    name: str
    """Its stem."""
    likeness: float
    """How alike the two are, from 0 to 1."""
    factors: tuple[str, ...]
    """The kinds of contributing factors that both have."""
    services: tuple[str, ...]
    """The services that both were felt on."""
    words: tuple[str, ...]
    """What both tell of, concepts and the most telling first, in the words of the incident whose neighbour this is."""

    def reason(self, vocabulary: Vocabulary) -> str:
        """Why the two are alike: `same factor, Capacity; same service, Search; “index”, “rebuild”`."""
        shared = ((_("same factor, {names}"), "factors", self.factors), (_("same service, {names}"), "services", self.services))
        parts = [message.format(names=", ".join(vocabulary.label(kind, each) for each in names)) for message, kind, names in shared if names]
        return "; ".join([*parts, ", ".join(_("“{word}”").format(word=word) for word in self.words)])


def account_of(record: Record) -> Account:
    """What is compared of a record: its title, and why it happened; where that is not told yet, what it did to customers."""
    cause, impact = record.root_cause, record.customer_impact
    told: list[object] = [record.title]
    if isinstance(cause, RootCause):
        told += (cause.summary, cause.trigger, *(factor.what for factor in given(cause.factors)))
    elif isinstance(impact, CustomerImpact):
        told.append(impact.summary)
    return Account(record.stem, "\n".join([text for text in told if isinstance(text, str)]), record.factor_kinds, record.service_names)


class Likeness:
    """The incidents of a corpus, ready to be asked which are like which."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        by_name = {account.name: account for account in accounts}
        self._accounts: Sequence[Account] = [by_name[name] for name in sorted(by_name)]
        self._numbers: Mapping[str, int] = {account.name: number for number, account in enumerate(self._accounts)}
        self._reading = Reading({service for account in self._accounts for service in account.services})
        self._marks = [self._reading.marks(account.text).union([_FACTOR + kind for kind in account.factors]) for account in self._accounts]
        total = len(self._marks)
        counts = Counter(chain.from_iterable(self._marks))
        self._weights: Mapping[str, float] = {mark: _weight(mark, count, total) for mark, count in counts.items()}
        self._lengths = [sqrt(fsum(map(self._weights.__getitem__, marks))) for marks in self._marks]
        most = max(_FEW, total * _COMMON)
        leading = sorted((-self._weights[mark], mark) for mark, count in counts.items() if 1 < count <= most)
        ranks = {mark: rank for rank, (_, mark) in enumerate(leading)}
        self._led_by = [-weight for weight, _ in leading]
        self._leading = [sorted([ranks[mark] for mark in marks if mark in ranks])[:_LEADING] for marks in self._marks]
        self._bearers: Sequence[list[int]] = [[] for _ in leading]
        for number, here in enumerate(self._leading):
            for rank in here:
                self._bearers[rank].append(number)

    def before(self, name: str, limit: int, least: float = NEAR) -> tuple[Neighbour, ...]:
        """The earlier incidents that the incident of that stem is most like, the nearest first."""
        number = self._numbers.get(name)
        return () if number is None else self._nearest(number, 0, number, limit, least)

    def after(self, name: str, limit: int, least: float = NEAR) -> tuple[Neighbour, ...]:
        """The later incidents that are most like the incident of that stem, the nearest first."""
        number = self._numbers.get(name)
        return () if number is None else self._nearest(number, number + 1, len(self._accounts), limit, least)

    def repeated(self, name: str, known: Set[str]) -> Neighbour | None:
        """The earlier incident that the incident of that stem most likely repeats, beside those that are `known`; None where none is likely."""
        return next((earlier for earlier in self.before(name, len(known) + 1, LIKELY) if earlier.name not in known and len(earlier.words) > 1), None)

    def alike(self, first: str, second: str) -> float:
        """How alike two incidents are, from 0 to 1. Raises KeyError where one of them is not here."""
        return self._likeness(self._numbers[first], self._numbers[second])

    def _nearest(self, number: int, begin: int, end: int, limit: int, least: float) -> tuple[Neighbour, ...]:
        found = [(likeness, other) for other in self._led_to(number, begin, end) if (likeness := self._likeness(number, other)) >= least]
        found.sort(key=lambda entry: (-entry[0], abs(entry[1] - number)))
        return tuple(self._neighbour(number, other, likeness) for likeness, other in found[:limit])

    def _led_to(self, number: int, begin: int, end: int) -> list[int]:
        """The incidents from `begin` to before `end` to which the rarest marks of this one lead, those with most of them first."""
        shared: dict[int, float] = {}
        for rank in self._leading[number]:
            bearers, weight = self._bearers[rank], self._led_by[rank]
            first, last = bisect_left(bearers, begin), bisect_left(bearers, end)
            for other in bearers[max(first, last - _LATEST):last] if end <= number else bearers[first:min(last, first + _LATEST)]:
                shared[other] = shared.get(other, 0.0) + weight
        return [other for _, other in nlargest(_COMPARED, zip(shared.values(), shared, strict=True))]

    def _likeness(self, number: int, other: int) -> float:
        if number == other:
            return 1.0
        both = self._marks[number] & self._marks[other]
        if len(both) <= len(self._accounts[number].factors) and all(mark[0] == _FACTOR for mark in both):
            return 0.0  # what they tell has nothing in common
        likeness = fsum(map(self._weights.__getitem__, both)) / (self._lengths[number] * self._lengths[other])
        services = self._accounts[number].services
        if services and not set(services).isdisjoint(self._accounts[other].services):
            likeness *= _SAME_SERVICE
        return min(likeness, 1.0)

    def _neighbour(self, number: int, other: int, likeness: float) -> Neighbour:
        this, that = self._accounts[number], self._accounts[other]
        marks = sorted(self._marks[number] & self._marks[other], key=lambda mark: (mark[0] != CONCEPT, -self._weights[mark], mark))
        return Neighbour(that.name, likeness, tuple(kind for kind in this.factors if kind in that.factors),
                         tuple(dict.fromkeys(service for service in this.services if service in that.services)),
                         self._reading.words(this.text, marks, _WORDS))


def _weight(mark: str, count: int, total: int) -> float:
    """The square of what a mark weighs that `count` of `total` incidents bear. The hundredth part of all keeps what is told once from
    outweighing everything in a large corpus.
    """
    own = 1.0 if mark[0] == _FACTOR else _WEIGHTS[mark.count(CONCEPT)]
    return float((own * log(1 + total / (count + 1 + total / 100))) ** 2)
