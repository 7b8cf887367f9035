"""How well repeats are found, and how fast: Amends beside the Jaccard measure of `rootecho`, on incidents that were told in public.

The incidents stand in tests/cases/repeats/incidents.yml, each with the mechanism behind it. Two of one mechanism are a pair that should be
found. Every measure's threshold is the one that is best on one half of the mechanisms, and is reported for the other; the last rows take
the thresholds that ship. `tags` lets rootecho see the kinds of factors as its tags, beside the text; Amends always sees both.
"""

import argparse
import random
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import yaml
from rootecho import core as rootecho

from amends.learning.likeness import LIKELY, NEAR, Account, Likeness

CASES = Path(__file__).parents[2] / "tests" / "cases" / "repeats" / "incidents.yml"
ROOTECHO_THRESHOLD = 0.34
"""What `rootecho` takes where it is told nothing else."""


class Case(NamedTuple):
    """One incident, and the mechanism that it is labelled with."""

    account: Account
    mechanism: str
    half: str
    language: str


Pairs = Mapping[tuple[int, int], float]
"""How alike two cases are, by their places in the list, the lower one first."""
Measure = Callable[[Sequence[Case]], Pairs]


class Score(NamedTuple):
    """How well a measure did at one threshold, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


def load_cases() -> list[Case]:
    """The labelled incidents."""
    return [Case(Account(each["id"], each["text"], tuple(each["factors"])), group["mechanism"], group["half"], each.get("language", "en"))
            for group in yaml.safe_load(CASES.read_text(encoding="utf-8")) for each in group["incidents"]]


def amends(cases: Sequence[Case]) -> Pairs:
    """How alike Amends finds them."""
    likeness = Likeness(case.account for case in cases)
    return {(i, j): likeness.alike(cases[i].account.name, cases[j].account.name) for i, j in combinations(range(len(cases)), 2)}


def amends_text(cases: Sequence[Case]) -> Pairs:
    """How alike Amends finds them without their factors."""
    return amends([case._replace(account=case.account._replace(factors=())) for case in cases])


def jaccard(cases: Sequence[Case]) -> Pairs:
    """How alike rootecho finds their texts."""
    return _rootecho([{"root_cause": case.account.text} for case in cases])


def jaccard_tags(cases: Sequence[Case]) -> Pairs:
    """How alike rootecho finds them, factors being tags."""
    return _rootecho([{"root_cause": case.account.text, "root_cause_tags": list(case.account.factors)} for case in cases])


def _rootecho(incidents: Sequence[dict[str, object]]) -> Pairs:
    return {(i, j): rootecho.similarity(incidents[i], incidents[j]) for i, j in combinations(range(len(incidents)), 2)}


def score(cases: Sequence[Case], pairs: Pairs, threshold: float) -> Score:
    """How many of the pairs found are right, and how many of the right ones are found."""
    right = {pair for pair in pairs if cases[pair[0]].mechanism == cases[pair[1]].mechanism}
    found = {pair for pair, alike in pairs.items() if alike >= threshold}
    return Score(len(found & right) / len(found) if found else 0.0, len(found & right) / len(right))


def best_threshold(cases: Sequence[Case], pairs: Pairs) -> float:
    """The threshold with the best F1, to three places."""
    return max(sorted({round(alike, 3) for alike in pairs.values() if alike > 0}), key=lambda threshold: score(cases, pairs, threshold).f1)


def ranking(cases: Sequence[Case], pairs: Pairs) -> tuple[float, float]:
    """Of the incidents that have one of their mechanism: how often the nearest is one (precision at 1), and the mean reciprocal rank of the first.

    What is not alike at all stands in no list, and is not found.
    """
    firsts = []
    for number, case in enumerate(cases):
        if sum(other.mechanism == case.mechanism for other in cases) < 2:
            continue
        alike = {other: pairs[min(number, other), max(number, other)] for other in range(len(cases)) if other != number}
        listed = sorted((other for other in alike if alike[other] > 0), key=lambda other: (-alike[other], other))
        firsts.append(next((place for place, other in enumerate(listed, 1) if cases[other].mechanism == case.mechanism), 0))
    return sum(place == 1 for place in firsts) / len(firsts), sum(1 / place for place in firsts if place) / len(firsts)


MEASURES: Mapping[str, Measure] = {"amends": amends, "amends, text alone": amends_text, "rootecho, text alone": jaccard, "rootecho, with tags": jaccard_tags}


def quality(cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """The rows of the table."""
    tune, report = ([case for case in cases if case.half == half] for half in ("tune", "report"))
    english = [case for case in report if case.language == "en"]
    rows = []
    for name, measure in MEASURES.items():
        threshold = best_threshold(tune, measure(tune))
        rows += [_row(name, part, some, measure, threshold) for part, some in (("tune", tune), ("report", report), ("report, English", english))]
    shipped = (("amends", NEAR), ("amends", LIKELY), ("rootecho, text alone", ROOTECHO_THRESHOLD), ("rootecho, with tags", ROOTECHO_THRESHOLD))
    return [*rows, *(_row(name, "all, as shipped", cases, MEASURES[name], threshold) for name, threshold in shipped)]


def _row(name: str, part: str, cases: Sequence[Case], measure: Measure, threshold: float) -> tuple[str, ...]:
    pairs = measure(cases)
    found, (first, rank) = score(cases, pairs, threshold), ranking(cases, pairs)
    figures = (found.precision, found.recall, found.f1, first, rank)
    return name, part, f"{threshold:.3f}", *(f"{figure:.2f}" for figure in figures)


def many(cases: Sequence[Case], count: int, seed: int = 1) -> list[Account]:
    """So many made-up incidents, of about a hundred words each, as rare as those of a language are; every tenth tells one of the cases among them."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    words = ["".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))) for _ in range(40_000)]
    odds = [1 / (rank + 10) for rank in range(len(words))]
    drawn = iter(chance.choices(words, odds, k=count * 100))
    made = []
    for number in range(count):
        sentences = [" ".join(next(drawn) for _ in range(20)) for _ in range(5)]
        case = chance.choice(cases)
        told = [*sentences, case.account.text] if number % 10 == 0 else sentences
        made.append(Account(f"{2020 + number * 10 // count}-{number:06}", ". ".join(told), case.account.factors))
    return made


def speed(cases: Sequence[Case], count: int) -> str:
    """How long the index of so many incidents takes to build, and to answer."""
    accounts = many(cases, count)
    started = time.perf_counter()
    likeness = Likeness(accounts)
    built = time.perf_counter() - started
    started = time.perf_counter()
    for account in accounts:
        likeness.repeated(account.name, frozenset())
    repeats = time.perf_counter() - started
    started = time.perf_counter()
    for account in accounts:
        likeness.before(account.name, 5)
    asked = time.perf_counter() - started
    return (f"{count:,} incidents: built in {built:.2f} s, each asked whether it is a repeat in {repeats:.2f} s, "
            f"and for its neighbours in {asked:.2f} s, which is {asked / count * 1000:.2f} ms for one")


def main() -> None:
    """Measure, and print both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--records", type=int, default=10_000, help="how many incidents are indexed for speed (default: %(default)s)")
    count = parser.parse_args().records
    cases = load_cases()
    rows = [("measure", "incidents", "threshold", "precision", "recall", "F1", "P@1", "MRR"), *quality(cases)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rows.insert(1, tuple("-" * width for width in widths))
    print("\n".join("| " + " | ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) + " |" for row in rows))
    print(f"\n{speed(cases, count)}")


if __name__ == "__main__":
    main()
