"""What is advised for a change, and in which order."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.checklist import Stage
from amends.corpus import Corpus
from amends.learning.advice import Asked, BadPattern, UnknownWord, advise, asked_for, published, services_touched
from amends.render.terms import term
from amends.settings import load_settings

CASE = Path(__file__).parent / "cases" / "learning"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return published(Corpus.open(load_settings(CASE / "mkdocs.yml")))


def named(corpus: Corpus, asked: Asked) -> list[str]:
    return [advised.reference for advised in advise(corpus, asked)]


def test_each_kind_that_is_asked_for_is_answered_by_any_of_its_words(corpus: Corpus) -> None:
    found = advise(corpus, Asked(services=("database", "kiosk"), stages=(Stage.CHANGE,)))
    assert [(each.reference, each.answers, each.lacks) for each in found] == [
        ("changes/on-a-copy", ("service", "stage"), ()), ("changes/one-at-a-time", ("service", "stage"), ()), ("kiosks/spare", ("service", "stage"), ())]
    assert named(corpus, Asked(services=("database",), stages=(Stage.CHANGE, Stage.OPERATE))) == ["changes/on-a-copy", "changes/one-at-a-time", "databases/restore"]
    assert named(corpus, Asked(services=("database",), stages=(Stage.CHANGE,))) == ["changes/on-a-copy", "changes/one-at-a-time"]


def test_where_nothing_answers_all_that_which_answers_most_is_advised_and_says_what_it_lacks(corpus: Corpus) -> None:
    found = advise(corpus, Asked(services=("kiosk",), stages=(Stage.OPERATE,), factors=("capacity",)))
    assert [(each.reference, each.answers, each.lacks) for each in found] == [
        ("kiosks/spare", ("service", "factor"), ("stage",)),
        ("changes/on-a-copy", ("service", "factor"), ("stage",)), ("changes/one-at-a-time", ("service", "factor"), ("stage",)),
    ]


def test_where_no_stage_is_asked_for_what_is_for_afterwards_comes_last(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CASE, tmp_path / "learning"))
    checklist = folder / "prevention/changes.md"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace("stage: change", "stage: customers"), encoding="utf-8")
    corpus = published(Corpus.open(load_settings(folder / "mkdocs.yml")))
    assert named(corpus, Asked(services=("database",))) == ["databases/restore", "changes/on-a-copy", "changes/one-at-a-time"]
    assert named(corpus, Asked(services=("database",), stages=tuple(Stage))) == ["changes/on-a-copy", "changes/one-at-a-time", "databases/restore"]


def test_a_checklist_for_other_services_alone_has_no_part_in_it(corpus: Corpus) -> None:
    assert named(corpus, Asked(stages=(Stage.CHANGE,))) == ["changes/on-a-copy", "kiosks/spare", "changes/one-at-a-time"]
    assert named(corpus, Asked(services=("kiosk",))) == ["kiosks/spare"]
    assert "databases/restore" not in named(corpus, Asked(services=("kiosk",), stages=(Stage.OPERATE,)))


def test_a_factor_is_that_of_the_incidents_behind_an_item(corpus: Corpus) -> None:
    assert set(named(corpus, Asked(factors=("untested-change",)))) == {"changes/on-a-copy", "changes/one-at-a-time", "databases/restore", "kiosks/spare"}
    assert named(corpus, Asked(factors=("nothing",))) == []


def test_the_incident_that_hit_the_service_is_named_before_worse_ones_elsewhere(corpus: Corpus) -> None:
    first = next(each for each in advise(corpus, Asked(services=("database",))) if each.reference == "changes/on-a-copy")
    assert [each.record.stem for each in first.evidence] == ["2031-06-01-second", "2030-05-01-first", "2031-06-20-outside"]


def test_neither_a_draft_nor_a_restricted_record_has_a_part_in_it(corpus: Corpus) -> None:
    stems = {each.record.stem for advised in advise(corpus, Asked(stages=tuple(Stage))) for each in advised.evidence}
    assert stems == {"2030-05-01-first", "2031-06-01-second", "2031-06-20-outside"}
    assert {failed.record.stem for advised in advise(corpus, Asked(stages=tuple(Stage))) for failed in advised.failed} == {"2031-06-01-second"}


# Order ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ordered(tmp_path: Path) -> Callable[[dict[str, list[str]]], list[str]]:
    """The items of one checklist in the order in which they are advised, each with the front matter of the incidents behind it."""
    def run(items: dict[str, list[str]]) -> list[str]:
        lines = []
        for item, incidents in items.items():
            lines.append(f"  - id: {item}\n    check: Do {item}.\n    since: 2031-06-01\n")
            for number, front in enumerate(incidents):
                day, *rest = front.split(" ", 1)
                path = tmp_path / "incidents" / f"{day}-{item}-{number}.md"
                path.parent.mkdir(exist_ok=True)
                path.write_text(f"---\ntitle: X\nstatus: published\nteaches: [all/{item}]\n{' '.join(rest)}\n---\n", encoding="utf-8")
        (tmp_path / "prevention").mkdir()
        (tmp_path / "prevention" / "all.md").write_text(f"---\ntitle: All\nstage: change\nitems:\n{''.join(lines)}---\n", encoding="utf-8")
        (tmp_path / "mkdocs.yml").write_text("plugins: [amends]\n", encoding="utf-8")
        return [each.item.id or "" for each in advise(published(Corpus.open(load_settings(tmp_path / "mkdocs.yml"))), Asked(stages=(Stage.CHANGE,)))]
    return run


def test_worse_incidents_weigh_more(ordered: Callable[..., list[str]]) -> None:
    assert ordered({"a": ["2031-05-01 severity: sev3"], "b": ["2031-05-01 severity: sev1"], "c": ["2031-05-01 severity: sev2"]}) == ["b", "c", "a"]


def test_more_incidents_weigh_more(ordered: Callable[..., list[str]]) -> None:
    assert ordered({"a": ["2031-05-01 severity: sev2"], "b": ["2031-05-01 severity: sev2", "2031-05-02 severity: sev3"]}) == ["b", "a"]


def test_older_ones_weigh_less_counted_from_the_newest_record(ordered: Callable[..., list[str]]) -> None:
    assert ordered({"a": ["1991-05-01 severity: sev1"], "b": ["1990-05-01 severity: sev1", "1999-05-01 severity: sev4"], "c": ["1999-06-01 severity: sev2"]}) == [
        "c", "b", "a"]


def test_what_was_known_and_failed_comes_before_what_weighs_more(ordered: Callable[..., list[str]]) -> None:
    assert ordered({"a": ["2031-05-01 severity: sev1", "2031-05-02 severity: sev1"], "b": ["2031-07-01 severity: sev4"]}) == ["b", "a"]


def test_else_they_stand_as_they_are_written(ordered: Callable[..., list[str]]) -> None:
    assert ordered({"b": ["2031-05-01 severity: sev2"], "a": ["2031-05-01 severity: sev2"], "z": [], "y": []}) == ["b", "a", "z", "y"]


FACTORS = """---
title: X
status: published
severity: {severity}
root_cause:
  factors:
    - {{kind: {kind}, what: {what}}}
teaches: [{items}]
---
"""


def write(folder: Path, files: dict[str, str]) -> Corpus:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return published(Corpus.open(load_settings(folder / "mkdocs.yml")))


def test_what_fits_the_factor_best_comes_before_what_weighs_more(tmp_path: Path) -> None:
    items = {"first-notice": "Tell those affected within the hour.", "spare": "Have a spare till in every shop.", "backups": "Read back what you saved.",
             "certs-watched": "Watch when each TLS cert expires."}
    every = ", ".join(f"all/{item}" for item in items)
    corpus = write(tmp_path, {
        "mkdocs.yml": "plugins:\n  - amends:\n      vocabulary:\n        factors: {expired-certificate: An expired certificate, supplier: A supplier}\n",
        "prevention/all.md": "---\ntitle: All\nstage: change\nitems:\n" + "".join(f"  - id: {item}\n    check: {check}\n" for item, check in items.items()) + "---\n",
        "incidents/2031-05-01-a.md": FACTORS.format(severity="sev2", kind="expired-certificate", what="The tills of a shop had no spare.", items=every),
        "incidents/2031-05-02-b.md": FACTORS.format(severity="sev1", kind="supplier", what="The supplier was not ready.", items="all/first-notice"),
    })
    assert named(corpus, Asked(factors=("expired-certificate",))) == ["all/certs-watched", "all/spare", "all/backups", "all/first-notice"]
    assert named(corpus, Asked(stages=(Stage.CHANGE,)))[0] == "all/first-notice"


def test_for_a_factor_of_this_repository_the_item_that_is_about_it_comes_first() -> None:
    corpus = published(Corpus.open(load_settings(CASE.parents[2] / "mkdocs.yml")))
    first = {factor: named(corpus, Asked(factors=(factor,)))[0] for factor in corpus.by_factor}
    expected = {"expired-certificate": "personal-data/certificates-watched", "unpatched-software": "personal-data/patch-deadline",
                "no-staged-rollout": "rollout/staged-rollout", "shared-fate": "resilience/no-shared-fate", "capacity": "resilience/capacity-for-the-surge",
                "supplier": "cutovers/supplier-proven", "missing-validation": "rollout/validate-content", "legacy-system": "resilience/old-systems-dated"}
    assert {factor: first[factor] for factor in expected} == expected


# Words ----------------------------------------------------------------------------------------------------------------


STAGES = {stage: term(stage) for stage in Stage}


@pytest.mark.parametrize("word", ["untested-change", "Untested-Change", "An untested change", "untested change", "AN UNTESTED CHANGE", "the untested_change"])
def test_a_label_says_the_same_as_its_id_in_capitals_or_not_and_with_or_without_an_article(word: str, corpus: Corpus) -> None:
    assert asked_for(corpus, ["DATABASE", "Web"], ["before a change", "Change"], [word], STAGES) == Asked(("database", "web"), (Stage.CHANGE,), ("untested-change",))


@pytest.mark.parametrize(("words", "message", "remedy"), [
    ((["databse"], [], []), "`databse` is no service", "did you mean `database`?"),
    ((["Databse"], [], []), "`Databse` is no service", "did you mean `database`?"),
    (([], ["Before the chnage"], []), "`Before the chnage` is no stage", "did you mean `change`?"),
    (([], [], ["An untested chnage"]), "`An untested chnage` is no factor", "did you mean `untested-change`?"),
    ((["database,web"], [], []), "`database,web` is no service", "say each by itself: --service database --service web"),
    (([], ["chnage"], []), "`chnage` is no stage", "did you mean `change`?"),
    (([], [], ["untested"]), "`untested` is no factor", "did you mean `untested-change`?"),
    (([], [], ["nonsense"]), "`nonsense` is no factor", "one of: capacity, untested-change"),
])
def test_a_word_that_nothing_knows_is_named_with_the_nearest(words: tuple[list[str], ...], message: str, remedy: str, corpus: Corpus) -> None:
    with pytest.raises(UnknownWord) as raised:
        asked_for(corpus, *words, STAGES)
    assert message in str(raised.value)
    assert remedy in str(raised.value)


def test_words_said_twice_count_once(corpus: Corpus) -> None:
    assert asked_for(corpus, ["web", "web"], ["change", "change"], [], STAGES) == Asked(("web",), (Stage.CHANGE,), ())


# Paths ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "services"), [
    ("db/schema.txt", ["database"]), ("old/db/schema.txt", []), ("kiosk/deep/new.sql", ["database", "kiosk"]), ("kiosk/README.md", []),
    ("web/app/main.ts", ["web"]), ("web/main.ts", ["web"]), ("docs/web.ts", []),
])
def test_a_changed_path_touches_the_services_whose_patterns_match(path: str, services: list[str], corpus: Corpus) -> None:
    assert list(services_touched([path], corpus.settings.paths)) == services


def test_a_pattern_that_is_none_is_named() -> None:
    with pytest.raises(BadPattern, match=r"`paths\.web` holds a pattern that is none"):
        services_touched(["x"], {"web": ("!",)})
