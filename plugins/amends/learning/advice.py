"""Advice for a change that is about to be made: the checklist items that past incidents earned, most likely to matter first.

What is asked for has three sides: services, stages and factors. An item answers the side

- `service` if an incident behind it hit one of the services, or if its checklist is written for one of them; also if its checklist is for all
  services, where it answers another side,
- `stage` if its checklist is for one of the stages,
- `factor` if one of the factors contributed to an incident behind it.

As where the site narrows a list, one word of a side is enough, and every side that is asked for is answered. Only where no item answers them all
are those advised that answer some; then one that answers no service is left out if its checklist is written for other services alone. The order:

1. Items that answer more sides come first, and among them those that answer a service by its name and not as one of all.
2. Where no stage is asked for, those to be gone through before something breaks: the stages `respond` and `customers` come after the others.
3. Where factors are asked for, those that name one: `certificates-watched` where it is `expired-certificate`. Then those whose words are most
   like what the records behind them say of the factor; that all of these had it counts a quarter as much.
4. Then those that were known and failed all the same, by how often: what is written down and not done will be missed again.
5. Then those with more behind them. Each incident counts 8, 4, 2 or 1 by its severity, half as much for every five years that it is older than the
   newest record, and half if it has nothing of the services and factors asked for.
6. Then as they are written, checklist by checklist.

Only records that the site publishes count. Today's date has no part in it: the same corpus gives the same advice.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from math import fsum, log, sqrt
from typing import NamedTuple

from amends.checklist import Checklist, Item, Stage
from amends.corpus import Corpus
from amends.learning.lessons import Evidence, FailedControl, began, evidence
from amends.record import Record, RootCause, Severity, given

WEIGHTS = {Severity.SEV1: 8, Severity.SEV2: 4, Severity.SEV3: 2, Severity.SEV4: 1}
AFTERWARDS = (Stage.RESPOND, Stage.CUSTOMERS)
"""The stages that come once something broke."""
HALF_LIFE = 5 * 365.25
"""Days by which an incident is older when it counts half."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is about to be changed."""

    services: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    factors: tuple[str, ...] = ()

    def without(self, side: str) -> "Asked":
        """The same, whatever the `service`, `stage` or `factor`."""
        return Asked(() if side == "service" else self.services, () if side == "stage" else self.stages, () if side == "factor" else self.factors)

    @property
    def sides(self) -> tuple[str, ...]:
        """Which sides it has: `service`, `stage`, `factor`."""
        return tuple(side for side, words in (("service", self.services), ("stage", self.stages), ("factor", self.factors)) if words)


class Advised(NamedTuple):
    """One item that is advised."""

    checklist: Checklist
    number: int
    """Its place in the checklist, from 0."""
    item: Item
    answers: tuple[str, ...]
    """Which sides of what was asked for it answers: `service`, `stage`, `factor`."""
    lacks: tuple[str, ...]
    """Those that it does not; something only where no item answers all."""
    evidence: tuple[Evidence, ...]
    """The incidents behind it: those of a service or factor that was asked for first, and of these the ones that weigh most."""
    failed: tuple[FailedControl, ...]
    """The incidents that began although it was known."""

    @property
    def reference(self) -> str:
        """The item as `checklist/item`."""
        return f"{self.checklist.stem}/{self.item.id}"


class UnknownWord(Exception):
    """A service, stage or factor that nothing knows; the message says which, and what is near."""


class BadPattern(Exception):
    """A pattern of `paths` that is none; the message says which."""


def published(corpus: Corpus) -> Corpus:
    """The corpus with no other records than those that the site publishes."""
    return corpus.only(lambda record: record.status.public and not record.restricted)


def asked_for(corpus: Corpus, services: Sequence[str], stages: Sequence[str], factors: Sequence[str], stage_names: Mapping[Stage, str]) -> Asked:
    """What these words ask for, in a corpus of published records. Each is an id or a label, in capitals or not; `stage_names` are the labels
    of stages. Raises UnknownWord.
    """
    words = corpus.settings.vocabulary
    for_checklists = [name for checklist in corpus.checklists for name in given(checklist.services)]
    known_services = {*words.services, *corpus.by_service, *for_checklists, *corpus.settings.paths}
    return Asked(_meant("service", services, dict(words.named("services", sorted(known_services)))),
                 tuple(map(Stage, _meant("stage", stages, {stage.value: stage_names[stage] for stage in Stage}))),
                 _meant("factor", factors, dict(words.named("factors", sorted({*words.factors, *corpus.by_factor})))))


def _meant(kind: str, asked: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The ids that are meant by words, each once, where `known` are those that there are, with their labels. A label may stand for several."""
    found: dict[str, None] = {}
    for word in asked:
        ids = [word] if word in known else [name for name, label in known.items() if _spoken(word) in (_spoken(name), _spoken(label))]
        if not ids:
            raise UnknownWord(f"`{word}` is no {kind} that the records, the checklists or the settings know\n  help: {_remedy(word, kind, known)}")
        found.update(dict.fromkeys(ids))
    return tuple(found)


def _spoken(name: str) -> str:
    """An id or a label as it is compared: its words in small letters, without an article before them."""
    return _ARTICLE.sub("", " ".join(_WORDS.findall(name.casefold())))


_WORDS = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"\A(?:an?|the) ")


def _remedy(word: str, kind: str, known: Mapping[str, str]) -> str:
    several = [part.strip() for part in word.split(",")]
    if len(several) > 1 and set(several) <= set(known):
        return "say each by itself: " + " ".join(f"--{kind} {each}" for each in several)
    from difflib import get_close_matches  # only a word that nothing knows needs it

    names = {**{_spoken(label): name for name, label in known.items()}, **{_spoken(name): name for name in known}}
    near = get_close_matches(_spoken(word), names, n=1, cutoff=0.7) or [name for name in names if _begins(name, _spoken(word))]
    return f"did you mean `{names[near[0]]}`?" if near else _choice(kind, known)


def _begins(name: str, word: str) -> bool:
    """Whether a word of the name begins with what was asked for: `cert` is half of a `certificate`."""
    return len(word) > 2 and any(part.startswith(word) for part in name.split())


def _choice(kind: str, known: Iterable[str]) -> str:
    return f"one of: {', '.join(known)}" if known else f"there is no {kind} yet; the first record brings one"


def services_touched(paths: Iterable[str], globs: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The services whose patterns match, with the paths that each matches. Patterns are those of `.gitignore`. Raises BadPattern."""
    from pathspec import GitIgnoreSpec  # takes longer to import than reading a corpus; only a change needs it

    names = sorted(paths)
    touched = {}
    for service, patterns in globs.items():
        try:
            spec = GitIgnoreSpec.from_lines(patterns)
        except ValueError as error:
            raise BadPattern(f"`paths.{service}` holds a pattern that is none: {error}\n  help: write it as in .gitignore, for example `/db/` or `*.sql`") from None
        if found := tuple(name for name in names if spec.match_file(name)):
            touched[service] = found
    return touched


def advise(corpus: Corpus, asked: Asked) -> tuple[Advised, ...]:
    """The items that matter for what is asked for, in the order above; `corpus` holds published records alone."""
    newest = max((start.day for record in corpus.records if (start := began(record)) is not None), default=date.min)
    guards = _guards(corpus, asked.factors)
    found = []
    for checklist in corpus.checklists:
        for number, item in enumerate(checklist.items):
            reference = f"{checklist.stem}/{item.id}"
            behind = evidence(corpus.lessons.get(reference, ()))
            named = _named(asked, checklist, behind)
            answers = _answers(asked, checklist, behind, named)
            if not answers or not item.id or not item.check:
                continue
            weighed = sorted(((_fits(each.record, asked), _weight(each.record, asked, newest), each) for each in behind),
                             key=lambda each: (not each[0], -each[1]))
            failed = corpus.failed_controls.by_item.get(reference, ())
            late = not asked.stages and checklist.stage in AFTERWARDS
            weight = round(sum(weight for _, weight, _ in weighed), 6)
            rank = (-len(answers), not named, late, guards(reference, behind), -len(failed), -weight, checklist.path, number)
            lacks = tuple(side for side in asked.sides if side not in answers)
            found.append((rank, Advised(checklist, number, item, answers, lacks, tuple(each for *_, each in weighed), failed)))
    ranked = [advised for _, advised in sorted(found, key=lambda each: each[0])]
    return tuple([advised for advised in ranked if not advised.lacks] or ranked)


def _guards(corpus: Corpus, factors: Sequence[str]) -> Callable[[str, Sequence[Evidence]], tuple[bool, float]]:
    """Ranks an item, by its reference and the incidents behind it, by how well it guards against one of the factors: the least is the best."""
    if not factors:
        return lambda reference, behind: (False, 0.0)
    from amends.learning.likeness.words import Reading  # reads a vocabulary, and only factors have words to be compared

    reading = Reading()
    items = {f"{checklist.stem}/{item.id}": (f"{_spoken(item.id)}. {item.check}", item.why if isinstance(item.why, str) else "")
             for checklist in corpus.checklists for item in checklist.items if item.id and item.check}
    asks = {reference: reading.marks(check) for reference, (check, _why) in items.items()}
    tells = {reference: asks[reference] | reading.marks(why) for reference, (_check, why) in items.items()}
    held = Counter(chain.from_iterable(tells.values()))
    names = [reading.marks(f"{_spoken(factor)}. {corpus.settings.vocabulary.label('factors', factor)}") for factor in factors]

    def weight(marks: Iterable[str]) -> float:
        return fsum(log(1 + len(items) / (1 + held[mark])) ** 2 for mark in marks)  # a word weighs the more, the fewer items hold it

    def alike(one: frozenset[str], other: frozenset[str]) -> float:
        return weight(one & other) / (sqrt(weight(one) * weight(other)) or 1)

    @cache
    def told(record: Record) -> tuple[frozenset[str], ...]:
        cause = record.root_cause
        entries = given(cause.factors) if isinstance(cause, RootCause) else ()
        return tuple(reading.marks(entry.what) for entry in entries if entry.kind in factors and isinstance(entry.what, str))

    def rank(reference: str, behind: Sequence[Evidence]) -> tuple[bool, float]:
        named = any(name and weight(asks[reference] & name) >= weight(name) / 2 for name in names)
        near = max((alike(tells[reference], text) for each in behind for text in told(each.record)), default=0.0)
        share = sum(not set(factors).isdisjoint(each.record.factor_kinds) for each in behind) / max(len(behind), 1)
        return not named, -round(near + share / 4, 6)

    return rank


def _answers(asked: Asked, checklist: Checklist, behind: Sequence[Evidence], named: bool) -> tuple[str, ...]:
    if asked.services and not named and given(checklist.services):
        return ()
    stage = checklist.stage in asked.stages
    factor = any(not set(asked.factors).isdisjoint(each.record.factor_kinds) for each in behind)
    for_all = bool(asked.services) and not checklist.services  # an honest "none" stands for no service
    answers = {"service": named or (for_all and (stage or factor)), "stage": stage, "factor": factor}
    return tuple(side for side, yes in answers.items() if yes)


def _named(asked: Asked, checklist: Checklist, behind: Sequence[Evidence]) -> bool:
    """Whether the checklist is written for one of the services asked for, or an incident behind the item hit one."""
    return any(not set(asked.services).isdisjoint(names) for names in (given(checklist.services), *(each.record.service_names for each in behind)))


def _fits(record: Record, asked: Asked) -> bool:
    """Whether the incident has something of the services and factors asked for; any has, where none is."""
    return not (asked.services or asked.factors) or not (
        set(asked.services).isdisjoint(record.service_names) and set(asked.factors).isdisjoint(record.factor_kinds))


def _weight(record: Record, asked: Asked, newest: date) -> float:
    start = began(record)
    age = max((newest - start.day).days, 0) if start is not None else 0
    weight: float = WEIGHTS[record.severity or Severity.SEV4] * 0.5 ** (age / HALF_LIFE)
    return weight if _fits(record, asked) else weight / 2
