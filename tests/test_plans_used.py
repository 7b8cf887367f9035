"""What a repetition says of the earlier plan: in the gate, in the corpus and in what is exported."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.gate.check import check
from amends.publishing.export import Export
from amends.rules import RULES
from amends.settings import load_settings

EARLIER = """---
title: Search is slow
status: published
origin: imported
{}contingency_plan:
  - if: Searches take longer than ten seconds on more than one cluster.
    then: [Stop the index builds.]
    owner: platform
---
"""

LATER = """---
title: Search is slow again
status: review
severity: sev4
recurrence_of: [2031-03-02-slow-search]
{}---
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Corpus]:
    """A corpus of an incident with a plan and its repetition."""

    def make(said: str, about_earlier: str = "") -> Corpus:
        (tmp_path / "mkdocs.yml").write_text("site_name: Plans\nplugins: [search, amends]\n", encoding="utf-8")
        folder = tmp_path / "incidents/2031"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "2031-03-02-slow-search.md").write_text(EARLIER.format(about_earlier), encoding="utf-8")
        (folder / "2031-05-20-slow-search-again.md").write_text(LATER.format(said), encoding="utf-8")
        return Corpus.open(load_settings(tmp_path / "mkdocs.yml"))

    return make


def found(corpus: Corpus, code: str = "P516") -> list[tuple[int, str]]:
    return [(d.line, d.message) for d in check(corpus, RULES).diagnostics if d.code == code]


def test_a_repetition_that_says_nothing_of_the_plan_is_named_where_it_names_the_earlier_incident(corpus: Callable[..., Corpus]) -> None:
    assert found(corpus("")) == [(5, "2031-03-02-slow-search left a plan for this, and nothing says whether it was used and worked")]


@pytest.mark.parametrize("said", [
    "plans_used: [{of: 2031-03-02-slow-search, worked: true}]\n",
    "plans_used: [{of: 2031-03-02-slow-search, worked: false, why: The tool was down.}]\n",
    "plans_used: [{of: 2031-03-02-slow-search, worked: {missed: Nobody on call knew of it.}}]\n",
    "plans_used: {unknown: Nobody wrote down what was done that night.}\n",
    "origin: external\n",
    "origin: imported\n",
])
def test_whatever_is_said_honestly_is_enough_and_other_companies_are_not_asked(corpus: Callable[..., Corpus], said: str) -> None:
    assert found(corpus(said)) == []


def test_a_draft_is_not_asked_yet(corpus: Callable[..., Corpus]) -> None:
    later = corpus("").settings.root / "incidents/2031/2031-05-20-slow-search-again.md"
    later.write_text(later.read_text(encoding="utf-8").replace("status: review", "status: draft"), encoding="utf-8")
    assert found(Corpus.open(load_settings(later.parents[2] / "mkdocs.yml"))) == []


def test_a_use_without_an_outcome_or_without_a_record_is_named_at_its_place(corpus: Callable[..., Corpus]) -> None:
    said = "plans_used:\n  - of: 2031-03-02-slow-search\n  - worked: true\n"
    assert found(corpus(said)) == [(7, "it is not said whether the plan of 2031-03-02-slow-search worked"),
                                   (8, "entry 2 of `plans_used` does not say whose plan it means")]


@pytest.mark.parametrize(("said", "message"), [
    ("plan: 2", "the record 2031-03-02-slow-search has no plan 2"),
    ("plan: 0", "the record 2031-03-02-slow-search has no plan 0"),
])
def test_a_plan_that_is_not_there_is_an_unknown_reference(corpus: Callable[..., Corpus], said: str, message: str) -> None:
    assert found(corpus(f"plans_used: [{{of: 2031-03-02-slow-search, {said}, worked: true}}]\n"), "F120") == [(6, message)]


def test_the_corpus_knows_what_became_of_a_plan(corpus: Callable[..., Corpus]) -> None:
    ((trial,),) = corpus("plans_used: [{of: 2031-03-02-slow-search, worked: false}]\n").trials.values()
    assert (trial.record.stem, trial.use.worked) == ("2031-05-20-slow-search-again", False)


def test_an_export_holds_the_use_of_a_plan_but_not_of_a_restricted_one(corpus: Callable[..., Corpus]) -> None:
    said = "plans_used: [{of: 2031-03-02-slow-search, plan: 1, worked: true}]\n"
    (_, later) = json.loads(Export.of(corpus(said)).json())["records"]
    assert later["plans_used"] == [{"of": "2031-03-02-slow-search", "plan": 1, "worked": True}]
    text = Export.of(corpus(said, "visibility: restricted\n")).json()
    assert "plans_used" not in json.loads(text)["records"][0]
    assert "slow-search\"" not in text


BEGAN = "times: {{started: {}}}\n"


@pytest.mark.parametrize(("earlier", "later", "named"), [
    ("2031-05-21T08:00Z", "2031-05-20T08:00Z", 3), ("2031-05-21", "2031-05-20T23:00Z", 3), ("2031-05-20", "2031-05-20T08:00Z", 0), ("2031-03-02", "2031-05-20", 0)])
def test_a_repetition_that_is_told_the_wrong_way_round_is_named_wherever_it_is_told(corpus: Callable[..., Corpus], earlier: str, later: str, named: int) -> None:
    said = f"{BEGAN.format(later)}plans_used: [{{of: 2031-03-02-slow-search, worked: true}}]\n"
    risk = f"{BEGAN.format(earlier)}risk: [{{what: It may be slow again., came_true: [2031-05-20-slow-search-again]}}]\n"
    messages = [message for _, message in found(corpus(said, risk), "T309")]
    assert len(messages) == named
    if named:
        assert sorted(message.split(" began")[0] for message in messages) == [
            "`2031-03-02-slow-search`", "`2031-03-02-slow-search`", "`2031-05-20-slow-search-again`"]
