"""What is advised for a change, and in which order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from amends.checklist import Stage
from amends.corpus import Corpus
from amends.learning.advice import Asked, BadPattern, UnknownWord, advise, asked_for, published, services_touched
from amends.settings import load_settings

CASE = Path(__file__).parent / "cases" / "learning"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return published(Corpus.open(load_settings(CASE / "mkdocs.yml")))


def named(corpus: Corpus, asked: Asked) -> list[str]:
    return [advised.reference for advised in advise(corpus, asked)]


def test_what_answers_more_sides_comes_first(corpus: Corpus) -> None:
    found = advise(corpus, Asked(services=("database",), stages=(Stage.CHANGE,)))
    assert [(each.reference, each.answers) for each in found] == [
        ("changes/on-a-copy", ("service", "stage")), ("changes/one-at-a-time", ("service", "stage")), ("databases/restore", ("service",))]


def test_a_checklist_for_other_services_alone_has_no_part_in_it(corpus: Corpus) -> None:
    assert "kiosks/spare" not in named(corpus, Asked(services=("database",), stages=(Stage.CHANGE,)))
    assert "kiosks/spare" in named(corpus, Asked(stages=(Stage.CHANGE,)))
    assert named(corpus, Asked(services=("kiosk",))) == ["kiosks/spare"]


def test_a_checklist_for_all_services_is_advised_by_its_stage(corpus: Corpus) -> None:
    assert named(corpus, Asked(services=("kiosk",), stages=(Stage.CHANGE,))) == ["kiosks/spare", "changes/on-a-copy", "changes/one-at-a-time"]


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


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "message", "remedy"), [
    ((["databse"], [], []), "`databse` is no service", "did you mean `database`?"),
    ((["database,web"], [], []), "`database,web` is no service", "say each by itself: --service database --service web"),
    (([], ["chnage"], []), "`chnage` is no stage", "did you mean `change`?"),
    (([], [], ["untested"]), "`untested` is no factor", "one of: capacity, untested-change"),
])
def test_a_word_that_nothing_knows_is_named_with_the_nearest(words: tuple[list[str], ...], message: str, remedy: str, corpus: Corpus) -> None:
    with pytest.raises(UnknownWord) as raised:
        asked_for(corpus, *words)
    assert message in str(raised.value)
    assert remedy in str(raised.value)


def test_words_said_twice_count_once(corpus: Corpus) -> None:
    assert asked_for(corpus, ["web", "web"], ["change", "change"], []) == Asked(("web",), (Stage.CHANGE,), ())


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
