"""Follow-through: what became of all actions, as a real build shows it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/index.md"

ACTIONS = """actions:
  - {id: A1, what: Build one cluster at a time., kind: prevent, owner: platform, due: 2031-04-01, done: 2031-03-30, teaches: [changes/one-at-a-time]}
  - {id: A2, what: Ring an alarm for slow answers., kind: detect, owner: sre, due: 2031-04-01, done: 2031-04-03}
  - {id: A3, what: Buy twice as many clusters., kind: mitigate, owner: platform, due: 2031-05-01, dropped: The new index needs half the room.}
  - {id: A4, what: Rehearse the loss of a cluster., kind: recover, owner: sre, due: 2031-07-01}
  - {id: A5, what: Watch the *room* of every cluster., kind: detect, owner: platform, due: 2031-06-01}
  - {id: A6, what: Tell what the search leaves out., kind: communicate, owner: platform, due: {none: Nobody waits for it.}, done: 2031-04-20}
  - {id: A7, what: Ask the supplier for a patch., kind: prevent, owner: platform, due: 2031-06-01, done: {unknown: The supplier has not answered us.}}
"""

OTHER = """---
title: Boards were slow for a day
status: published
severity: sev3
origin: imported
services: [boards]
owner: platform
times:
  started: 2031-06-01
actions:
  - same_as: 2031-03-02-slow-search/A5
  - same_as: 2031-04-05-secret-leak/A1
---
"""


def with_actions(folder: Path) -> Path:
    """The repository, with an action of every kind of outcome, one of which two records count on."""
    record = folder / SLOW_SEARCH
    text = record.read_text(encoding="utf-8")
    start, end = text.index("actions:\n"), text.index("sources:\n")
    record.write_text(text[:start] + ACTIONS + text[end:], encoding="utf-8")
    secret = folder / "incidents/2031/2031-04-05-secret-leak.md"
    secret.write_text(secret.read_text(encoding="utf-8").replace("Build indexes on one", "Send invoices to one"), encoding="utf-8")
    (folder / "incidents/2031/2031-06-01-slow-boards.md").write_text(OTHER, encoding="utf-8")
    return folder


def stamp(day: str) -> str:
    """Noon of a day, as `SOURCE_DATE_EPOCH` tells a build what day it is."""
    return str(int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()))


@pytest.fixture
def folder(copy_of: Callable[[str], Path]) -> Path:
    return with_actions(copy_of("site"))


@pytest.fixture(scope="module")
def page(copy_of: Callable[[str], Path], build_site: Callable) -> BeautifulSoup:
    return build_site(with_actions(copy_of("site")), strict=True).page("actions/index.html")


def test_actions_stand_by_state_each_once_with_the_next_due_first(page: BeautifulSoup, words: Callable) -> None:
    sections = {section.h2.get_text().rstrip("¶"): [words(card.p) for card in section.select(".am-action")] for section in page.select("#am-actions > section")}
    assert sections == {
        "Open": ["Watch the room of every cluster.", "Rehearse the loss of a cluster."],
        "Done late": ["Ring an alarm for slow answers."],
        "Dropped": ["Buy twice as many clusters."],
        "Done on time": ["Build one cluster at a time."],
        "Done, no due day known": ["Tell what the search leaves out."],
        "Not known": ["Ask the supplier for a patch."],
    }


def test_the_rate_names_what_it_does_not_count(page: BeautifulSoup, words: Callable) -> None:
    assert words(page.select_one(".am-rate")) == (
        "It is known of 3 of 7 actions whether they were done on time: 1 of 3 (33%). Not counted: 2 still open, 1 done for which no due day is known, 1 of which it is not known whether or when.")


def test_the_menus_stand_in_the_order_of_work_and_not_of_the_alphabet(page: BeautifulSoup) -> None:
    states = [option["value"] for option in page.select("select[name=state] option")]
    assert states == ["", "open", "late", "dropped", "on-time", "undated", "unknown"]


def test_the_chips_lead_to_the_sections(page: BeautifulSoup) -> None:
    chips = page.select(".am-chips a")
    assert [chip["href"] for chip in chips] == ["#state-open", "#state-late", "#state-dropped", "#state-on-time", "#state-undated", "#state-unknown"]
    assert all(page.find(id=chip["href"][1:]) for chip in chips)


def test_each_team_has_its_figures_in_the_order_of_names(page: BeautifulSoup, words: Callable) -> None:
    rows = [[words(cell) for cell in row.select("th, td")] for row in page.select(".am-figures tbody tr")]
    assert rows == [["Platform", "1", "", "1", "1", "1", "1", "1 of 2"], ["Sre", "1", "1", "", "", "", "", "0 of 1"]]


def test_an_action_that_several_records_count_on_names_them(page: BeautifulSoup, words: Callable) -> None:
    card = page.select_one(".am-action--open")
    assert "also counted on by Boards were slow for a day" in words(card)
    assert "service:boards" in card["data-facets"]
    assert "service:search" in card["data-facets"]


def test_a_card_tells_when_it_was_due_how_long_it_took_and_why_it_was_dropped(page: BeautifulSoup, words: Callable) -> None:
    done, = page.select("#state-on-time .am-action")
    assert "Platform · due 1 Apr 2031 · done 30 Mar 2031 · about 28 days after the incident" in words(done)
    assert "Why it was dropped The new index needs half the room." in words(page.select_one("#state-dropped .am-action"))
    assert "The supplier has not answered us." in words(page.select_one("#state-unknown .am-action"))


def test_what_is_open_is_marked_by_the_day_of_reading(page: BeautifulSoup) -> None:
    card = page.select_one(".am-action--open")
    assert card.select_one("[data-due]")["data-due"] == "2031-06-01"
    assert card.select_one("[data-since]")["data-since"] == "2031-03-02"
    assert len(page.select("[data-due]")) == 2


def test_what_was_overdue_on_the_day_of_the_build_is_said_with_that_day(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch, words: Callable) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp("2031-06-02"))
    page = build_site(folder).page("actions/index.html")
    assert words(page.select_one(".am-overdue-count")) == "Overdue on 2 Jun 2031, when this page was made: 1"
    menus = {menu["name"]: [words(option) for option in menu.select("option")] for menu in page.select("select[name=due], select[name=age]")}
    assert menus == {"due": ["all", "overdue (1)", "not yet due (1)"], "age": ["all", "less than 30 days (0)", "30 to 90 days (0)", "more than 90 days (2)"]}
    assert [("due:overdue" in card["data-facets"], "age:91" in card["data-facets"]) for card in page.select(".am-action--open")] == [(True, True), (False, True)]
    assert all("due:" not in card["data-facets"] for card in page.select("#state-late .am-action"))


def test_an_action_is_overdue_only_after_its_day(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch, words: Callable) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp("2031-06-01"))
    page = build_site(folder).page("actions/index.html")
    assert words(page.select_one(".am-overdue-count")) == "Nothing was overdue on 1 Jun 2031, when this page was made."
    assert "due:overdue" not in str(page.find(id="am-actions"))


def test_an_open_action_without_a_day_is_not_overdue_and_can_be_asked_for(folder: Path, build_site: Callable, words: Callable) -> None:
    record = folder / SLOW_SEARCH
    record.write_text(record.read_text(encoding="utf-8").replace("due: 2031-07-01}", "due: {none: Nobody can say yet when.}}"), encoding="utf-8")
    page = build_site(folder).page("actions/index.html")
    assert [words(option) for option in page.select("select[name=due] option")] == ["all", "overdue (0)", "not yet due (1)", "no day named (1)"]


def test_nothing_of_a_restricted_record_stands_there(page: BeautifulSoup) -> None:
    assert "Send invoices" not in page.get_text()
    assert "secret-leak" not in str(page)


def test_filters_are_by_state_day_age_team_service_and_kind(page: BeautifulSoup) -> None:
    assert [field["name"] for field in page.select("form.am-filters select")] == ["state", "due", "age", "owner", "service", "kind"]


def test_long_sections_say_how_much_they_leave_out(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch, words: Callable) -> None:
    record = folder / SLOW_SEARCH
    record.write_text(record.read_text(encoding="utf-8").replace("due: 2031-04-01, done: 2031-04-03", "due: 2031-04-01, done: 2031-03-31"), encoding="utf-8")
    monkeypatch.setattr("amends.render.actions.RECENT", 1)
    page = build_site(folder).page("actions/index.html")
    assert "The 1 latest of 2. Older ones stand on the pages of their records." in words(page.find(id="state-on-time"))
    assert len(page.select("#state-open .am-action")) == 2
    assert words(page.select_one(".am-rate b")) == "2 of 3"


def test_a_site_without_actions_says_so(folder: Path, build_site: Callable) -> None:
    (folder / "incidents/2031/2031-06-01-slow-boards.md").unlink()
    record = folder / SLOW_SEARCH
    record.write_text(record.read_text(encoding="utf-8").replace(ACTIONS, "actions: {none: The index was retired the day after.}\n"), encoding="utf-8")
    assert build_site(folder).text("actions/index.html").endswith("No published record tells of an action yet.")
