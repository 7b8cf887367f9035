"""The page for those who speak with customers, as a real build shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/index.md"

RESPONSE = """response:
  commitments:
    - {id: C1, promise: Search answers within a second., to: everyone, made: 2031-03-03, due: 2031-06-01}
    - {id: C2, promise: An account of what happened., to: everyone, made: 2031-03-03, due: 2031-03-10, kept: 2031-03-09}
    - {id: C3, promise: Nobody is asked twice., to: everyone, made: 2031-03-03, due: 2031-03-10, kept: {unknown: Nobody counted how often that was so.}}
  remedies:
    - {what: A month of the larger plan., to: affected, basis: owed, offered: 2031-03-04, issued: 2031-03-05}
    - {what: A coach who helps for as long as one likes., to: affected, basis: goodwill, offered: 2031-03-04, ongoing: true}
  staff:
    briefed: 2031-03-02T09:00Z
    told: Search is slow, and *nothing is lost*. See [the checklist](../../../prevention/changes.md).
    may_offer: A month of the larger plan, without asking anybody.
"""


@pytest.fixture(scope="module")
def page(copy_of: Callable[[str], Path], build_site: Callable) -> BeautifulSoup:
    """The page of a repository in which one published and one restricted record say what staff may offer."""
    folder = copy_of("site")
    for path, text in ((SLOW_SEARCH, RESPONSE), ("incidents/2031/2031-04-05-secret-leak.md", RESPONSE.replace("month", "decade").replace("../../../", "../../"))):
        record = folder / path
        record.write_text(record.read_text(encoding="utf-8").replace("response:\n", text, 1), encoding="utf-8")
    return build_site(folder).page("support/index.html")


def test_open_promises_come_first_with_the_day_to_watch(page: BeautifulSoup) -> None:
    (promise,) = page.select(".am-promise")
    assert "within a second" in promise.get_text()
    assert promise.select_one("[data-due]")["data-due"] == "2031-06-01"


def test_it_says_what_one_may_say_and_offer_and_links_to_the_record(page: BeautifulSoup, words: Callable) -> None:
    (card,) = page.select("#am-briefings .am-card")
    assert "What you may say Search is slow, and nothing is lost. See the checklist." in words(card)
    assert "What you may offer A month of the larger plan, without asking anybody." in words(card)
    assert [link["href"] for link in card.select("a")] == ["../incidents/2031/2031-03-02-slow-search/", "../prevention/changes/"]


def test_it_warns_that_an_offer_may_be_over(page: BeautifulSoup) -> None:
    assert page.find(string=lambda text: "An offer may be over since" in text) is not None


def test_nothing_of_a_restricted_record_stands_there(page: BeautifulSoup) -> None:
    assert "decade" not in page.get_text()


def test_a_list_in_which_there_is_nothing_to_choose_has_no_filter(page: BeautifulSoup) -> None:
    assert page.select(".am-filters") == []


def test_a_site_without_promises_and_briefings_says_so(boards) -> None:
    assert len(boards.page("support/index.html").select(".am-empty")) == 2


def test_it_tells_what_customers_still_get_and_how_many_promises_nobody_knows_of(page: BeautifulSoup) -> None:
    card = page.find("h2", string="Still given to customers").find_next_sibling(class_="am-card")
    assert "A coach who helps" in card.get_text()
    assert card.a["href"].endswith("2031-03-02-slow-search/#how-it-was-made-good")
    assert "A month of the larger plan." not in page.get_text()
    assert page.select_one(".am-quiet a[href='../promises/?state=not-known']").get_text() == "1"
