"""Advice for a change that is about to be made: the checklist items that past incidents earned, most likely to matter first.

What is asked for has three sides: services, stages and factors. An item answers the side

- `service` if an incident behind it hit one of the services, or if its checklist is written for one of them,
- `stage` if its checklist is for one of the stages,
- `factor` if one of the factors contributed to an incident behind it.

An item is advised if it answers at least one side. Where services are asked for, one that answers only others is left out if its checklist is
written for other services alone. The order:

1. Items that answer more sides come first.
2. Then those that were known and failed all the same, by how often: what is written down and not done will be missed again.
3. Then those with more behind them. Each incident counts 8, 4, 2 or 1 by its severity, half as much for every five years that it is older than the
   newest record, and half if it has nothing of the services and factors asked for.
4. Then as they are written, checklist by checklist.

Only records that the site publishes count. Today's date has no part in it: the same corpus gives the same advice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from amends.checklist import Checklist, Item, Stage
from amends.corpus import Corpus
from amends.learning.lessons import Evidence, FailedControl, began, evidence
from amends.reading.typed import nearest
from amends.record import Record, Severity, given

WEIGHTS = {Severity.SEV1: 8, Severity.SEV2: 4, Severity.SEV3: 2, Severity.SEV4: 1}
HALF_LIFE = 5 * 365.25
"""Days by which an incident is older when it counts half."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is about to be changed."""

    services: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    factors: tuple[str, ...] = ()


class Advised(NamedTuple):
    """One item that is advised."""

    checklist: Checklist
    number: int
    """Its place in the checklist, from 0."""
    item: Item
    answers: tuple[str, ...]
    """Which sides of what was asked for it answers: `service`, `stage`, `factor`."""
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


def asked_for(corpus: Corpus, services: Sequence[str], stages: Sequence[str], factors: Sequence[str]) -> Asked:
    """What these words ask for, in a corpus of published records. Raises UnknownWord."""
    words = corpus.settings.vocabulary
    for_checklists = [name for checklist in corpus.checklists for name in given(checklist.services)]
    for kind, asked, known in (("service", services, {*words.services, *corpus.by_service, *for_checklists, *corpus.settings.paths}),
                               ("stage", stages, {stage.value for stage in Stage}),
                               ("factor", factors, {*words.factors, *corpus.by_factor})):
        for word in asked:
            if word not in known:
                raise UnknownWord(f"`{word}` is no {kind} that the records, the checklists or the settings know\n  help: {_remedy(word, kind, sorted(known))}")
    return Asked(tuple(dict.fromkeys(services)), tuple(dict.fromkeys(map(Stage, stages))), tuple(dict.fromkeys(factors)))


def _remedy(word: str, kind: str, known: Sequence[str]) -> str:
    several = [part.strip() for part in word.split(",")]
    if len(several) > 1 and set(several) <= set(known):
        return "say each by itself: " + " ".join(f"--{kind} {each}" for each in several)
    return nearest(word, list(known)) or _choice(kind, known)


def _choice(kind: str, known: Sequence[str]) -> str:
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
    found = []
    for checklist in corpus.checklists:
        for number, item in enumerate(checklist.items):
            reference = f"{checklist.stem}/{item.id}"
            behind = evidence(corpus.lessons.get(reference, ()))
            answers = _answers(asked, checklist, behind)
            if not answers or not item.id or not item.check:
                continue
            weighed = sorted(((_fits(each.record, asked), _weight(each.record, asked, newest), each) for each in behind),
                             key=lambda each: (not each[0], -each[1]))
            failed = corpus.failed_controls.by_item.get(reference, ())
            found.append((-len(answers), -len(failed), -round(sum(weight for _, weight, _ in weighed), 6), checklist.path, number,
                          Advised(checklist, number, item, answers, tuple(each for *_, each in weighed), failed)))
    return tuple(advised for *_, advised in sorted(found, key=lambda each: each[:-1]))


def _answers(asked: Asked, checklist: Checklist, behind: Sequence[Evidence]) -> tuple[str, ...]:
    written_for = given(checklist.services)
    service = any(not set(asked.services).isdisjoint(names) for names in (written_for, *(each.record.service_names for each in behind)))
    if asked.services and not service and written_for:
        return ()
    answers = {"service": service, "stage": checklist.stage in asked.stages,
               "factor": any(not set(asked.factors).isdisjoint(each.record.factor_kinds) for each in behind)}
    return tuple(side for side, yes in answers.items() if yes)


def _fits(record: Record, asked: Asked) -> bool:
    """Whether the incident has something of the services and factors asked for; any has, where none is."""
    return not (asked.services or asked.factors) or not (
        set(asked.services).isdisjoint(record.service_names) and set(asked.factors).isdisjoint(record.factor_kinds))


def _weight(record: Record, asked: Asked, newest: date) -> float:
    start = began(record)
    age = max((newest - start.day).days, 0) if start is not None else 0
    weight: float = WEIGHTS[record.severity or Severity.SEV4] * 0.5 ** (age / HALF_LIFE)
    return weight if _fits(record, asked) else weight / 2
