"""The risk register, as a real build shows it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from amends.record import Consequence, Likelihood
from amends.render.risks import Level, weighed

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/index.md"

RISKS = """risk:
  - what: Another index may outgrow its cluster.
    likelihood: possible
    consequence: moderate
    protection: An alarm at *seventy per cent*. See [the checklist](../../../prevention/changes.md).
    owner: platform
    review_by: 2032-01-01
  - what: All clusters may be lost at once.
    likelihood: almost-certain
    consequence: catastrophic
    protection: {missed: Nobody has found anything yet that would protect them.}
    owner: sre
    review_by: 2031-12-01
  - what: The builder may run twice.
    likelihood: {unknown: It has been seen once in ten years of service.}
    consequence: minor
    protection: A lock on each of the clusters.
    owner: platform
    review_by: 2031-11-01
  - what: The old alarm may stay silent.
    likelihood: likely
    consequence: minor
    protection: A second alarm beside it.
    owner: platform
    review_by: 2031-05-01
    closed: 2031-04-20
  - what: The supplier may raise the price.
    likelihood: rare
    consequence: minor
    protection: The contract names the price.
    owner: platform
    review_by: 2031-05-01
    closed: {unknown: The supplier has not answered since the summer.}
"""

REPEAT = """---
title: Search is slow again
status: published
severity: sev3
origin: imported
recurrence_of: [2031-03-02-slow-search]
---
"""


def with_risks(folder: Path) -> Path:
    """The repository, with five risks, and a restricted record with one more."""
    record = folder / SLOW_SEARCH
    text = record.read_text(encoding="utf-8")
    start, end = text.index("risk:\n"), text.index("contingency_plan:\n")
    record.write_text(text[:start] + RISKS + text[end:], encoding="utf-8")
    secret = folder / "incidents/2031/2031-04-05-secret-leak.md"
    secret.write_text(secret.read_text(encoding="utf-8").replace("Another index may outgrow", "Invoices may go to others than"), encoding="utf-8")
    return folder


def stamp(day: str) -> str:
    """Noon of a day, as `SOURCE_DATE_EPOCH` tells a build what day it is."""
    return str(int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()))


@pytest.fixture
def folder(copy_of: Callable[[str], Path]) -> Path:
    return with_risks(copy_of("site"))


@pytest.fixture(scope="module")
def page(copy_of: Callable[[str], Path], build_site: Callable) -> BeautifulSoup:
    return build_site(with_risks(copy_of("site")), strict=True).page("risks/index.html")


def test_open_risks_stand_apart_from_closed_ones_and_from_those_of_which_nobody_knows(page: BeautifulSoup, words: Callable) -> None:
    sections = {section.h2.get_text().rstrip("¶"): [words(card.p) for card in section.select(".am-risk")] for section in page.select("#am-risks > section")}
    assert sections == {
        "Open": ["All clusters may be lost at once.", "Another index may outgrow its cluster.", "The builder may run twice."],
        "Nobody knows whether they still stand": ["The supplier may raise the price."],
        "Closed": ["The old alarm may stay silent."],
    }


def test_the_map_counts_the_open_risks_by_likelihood_and_consequence_and_says_the_level_in_words(page: BeautifulSoup, words: Callable) -> None:
    rows = page.select(".am-heat tbody tr")
    assert [row.th.get_text() for row in rows] == ["almost certain", "likely", "possible", "unlikely", "rare"]
    cells = {(row.th.get_text(), place): words(cell) for row in rows for place, cell in enumerate(row.select("td")) if cell.a}
    assert cells == {("almost certain", 4): "1 extreme", ("possible", 1): "1 medium"}
    assert all(cell.get_text(strip=True) for cell in page.select(".am-heat tbody td"))
    assert words(page.select_one(".am-heat figcaption")) == "3 open risks extreme: 1 open high: 0 open medium: 1 of 2 open low: 0 of 1 open 1 not weighed"


def test_the_menus_stand_by_rank_the_gravest_first(page: BeautifulSoup) -> None:
    menus = {menu["name"]: [option["value"] for option in menu.select("option")][1:] for menu in page.select(".am-filters select")}
    assert menus["level"] == ["extreme", "medium", "low"]
    assert menus["likelihood"] == ["almost-certain", "likely", "possible", "rare"]
    assert menus["consequence"] == ["catastrophic", "moderate", "minor"]


def test_a_cell_of_the_map_narrows_the_list_to_its_risks(page: BeautifulSoup) -> None:
    link = page.select_one(".am-heat td a")
    assert link["href"] == "?likelihood=almost-certain&consequence=catastrophic&state=open#am-risks"
    assert link["aria-label"] == "1 extreme: open risk"
    assert "likelihood:almost-certain consequence:catastrophic" in page.select_one(".am-risk")["data-facets"]


def test_a_card_says_what_protects_who_watches_and_when_it_is_looked_at_again(page: BeautifulSoup, words: Callable) -> None:
    gravest, second, *_ = page.select(".am-risk")
    assert "Nobody has found anything yet" in words(gravest)
    assert "An alarm at seventy per cent. See the checklist." in words(second)
    assert "watched by Platform · looked at again by 1 Jan 2032" in words(second)
    assert second.select_one("[data-due]")["data-due"] == "2032-01-01"
    assert [link["href"] for link in second.select("a")] == ["../prevention/changes/", "../incidents/2031/2031-03-02-slow-search/#what-is-still-at-risk"]


def test_a_closed_risk_awaits_no_look(page: BeautifulSoup, words: Callable) -> None:
    closed = page.select(".am-risk")[-1]
    assert "ended 20 Apr 2031" in words(closed)
    assert closed.select("[data-due]") == []


AGAIN = "incidents/2031/2031-05-20-slow-search-again.md"
SECOND_RISK = "Another index may outgrow its cluster."


def came_true(folder: Path, said: str) -> None:
    """Let the second gravest of the risks say what came of it."""
    record = folder / SLOW_SEARCH
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("    review_by: 2032-01-01\n", f"    review_by: 2032-01-01\n    came_true: {said}\n", 1), encoding="utf-8")


def test_where_an_incident_came_back_and_nobody_says_which_risk_it_was_none_is_marked(folder: Path, build_site: Callable, words: Callable) -> None:
    (folder / AGAIN).write_text(REPEAT, encoding="utf-8")
    page = build_site(folder).page("risks/index.html")
    assert page.select(".am-risk .am-badge--given-up") == []
    assert "The incident happened again: Search is slow again. Nobody says whether this risk came true." in words(page.select_one(".am-risk"))
    assert all("again:again" in card["data-facets"].split() for card in page.select(".am-risk"))


def test_a_risk_that_came_true_is_told_from_those_of_the_same_record(folder: Path, build_site: Callable, words: Callable) -> None:
    (folder / AGAIN).write_text(REPEAT, encoding="utf-8")
    came_true(folder, "[2031-05-20-slow-search-again]")
    site = build_site(folder)
    for page in (site.page("risks/index.html"), site.page("incidents/2031/2031-03-02-slow-search/index.html")):
        (badge,) = [badge for badge in page.select(".am-badge--given-up") if words(badge) == "it came true"]
        card = badge.find_parent(class_="am-card")
        assert SECOND_RISK in words(card)
        assert "It came true: Search is slow again" in words(card)
    assert {words(option) for option in site.page("risks/index.html").select("select[name=again] option")} == {"all", "it came true (1)", "it happened again (4)"}


def test_the_later_incident_says_that_its_risk_was_foreseen(folder: Path, build_site: Callable, words: Callable) -> None:
    (folder / AGAIN).write_text(REPEAT, encoding="utf-8")
    came_true(folder, "[2031-05-20-slow-search-again]")
    banner = build_site(folder).page("incidents/2031/2031-05-20-slow-search-again/index.html").select_one(".am-banner--known")
    assert words(banner).startswith(f"This was foreseen. An earlier record told of the risk: {SECOND_RISK}")
    assert banner.a["href"] == "../2031-03-02-slow-search/#what-is-still-at-risk"


def test_why_it_was_another_thing_that_happened_is_shown(folder: Path, build_site: Callable, words: Callable) -> None:
    (folder / AGAIN).write_text(REPEAT, encoding="utf-8")
    came_true(folder, "{none: This time the cluster was smaller than planned.}")
    (card,) = [card for card in build_site(folder).page("risks/index.html").select(".am-risk") if SECOND_RISK in words(card)]
    assert "This time the cluster was smaller than planned." in words(card)
    assert "Nobody says" not in words(card)


def test_a_restricted_repetition_marks_nothing(folder: Path, build_site: Callable) -> None:
    (folder / AGAIN).write_text(REPEAT.replace("origin:", "visibility: restricted\norigin:"), encoding="utf-8")
    came_true(folder, "[2031-05-20-slow-search-again]")
    page = build_site(folder).page("risks/index.html")
    assert page.select(".am-risk .am-badge--given-up") == []
    assert all("again:not" in card["data-facets"].split() for card in page.select(".am-risk"))


def test_nothing_of_a_restricted_record_stands_in_the_register(page: BeautifulSoup) -> None:
    assert "Invoices" not in page.get_text()


def test_beyond_some_hundred_an_open_risk_has_a_line_that_is_counted_and_narrowed_as_the_others_are(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch, words: Callable) -> None:
    monkeypatch.setattr("amends.render.risks.CARDS", 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp("2031-12-02"))
    page = build_site(folder).page("risks/index.html")
    first = page.select_one("#am-risks > section")
    assert [words(card.p) for card in first.select(".am-risk")] == ["All clusters may be lost at once."]
    lines = first.select(".am-risk-line")
    assert [words(line.a) for line in lines] == ["The builder may run twice.", "Another index may outgrow its cluster."]
    assert all("state:open" in line["data-facets"].split() and line.a["href"].endswith("#what-is-still-at-risk") for line in lines)
    assert words(page.select_one(".am-heat figcaption b")) == "3 open risks"
    assert words(page.select_one(".am-overdue-count")) == "Overdue on 2 Dec 2031, when this page was made: 2"
    assert words(page.select_one("select[name=due] option[value=overdue]")) == "overdue (2)"


def test_reviews_that_were_overdue_on_the_day_of_the_build_come_first_and_are_counted(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch, words: Callable) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp("2031-11-02"))
    page = build_site(folder).page("risks/index.html")
    assert words(page.select_one(".am-overdue-count")) == "Overdue on 2 Nov 2031, when this page was made: 1"
    assert [words(card.p) for card in page.select("#am-risks > section:first-child .am-risk")] == [
        "The builder may run twice.", "All clusters may be lost at once.", "Another index may outgrow its cluster."]
    assert [words(option) for option in page.select("select[name=due] option")] == ["all", "overdue (1)", "not yet due (2)"]
    assert all("due:" not in card["data-facets"] for card in page.select("#am-risks > section:not(:first-child) .am-risk"))


def test_a_site_without_risks_says_so(folder: Path, build_site: Callable) -> None:
    record = folder / SLOW_SEARCH
    record.write_text(record.read_text(encoding="utf-8").replace(RISKS, "risk: {none: The cluster is gone and nothing took its place.}\n"), encoding="utf-8")
    assert build_site(folder).text("risks/index.html").endswith("No published record tells of a risk yet.")


@given(st.sampled_from(Likelihood), st.sampled_from(Consequence))
def test_a_likelier_or_worse_risk_never_weighs_less(likelihood: Likelihood, consequence: Consequence) -> None:
    level = weighed(likelihood, consequence)
    likelier, worse = list(Likelihood)[list(Likelihood).index(likelihood):], list(Consequence)[list(Consequence).index(consequence):]
    assert all(weighed(other, consequence) >= level for other in likelier)
    assert all(weighed(likelihood, other) >= level for other in worse)
    assert (weighed(Likelihood.RARE, Consequence.MINOR), weighed(Likelihood.ALMOST_CERTAIN, Consequence.CATASTROPHIC)) == (Level.LOW, Level.EXTREME)
