"""What a script says on a site in German: its words come from the page."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SAMPLE = Path(__file__).parents[1] / "cases" / "sample"


@pytest.fixture(scope="module")
def german(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the sample's site is served, in German."""
    folder = shutil.copytree(SAMPLE, tmp_path_factory.mktemp("german") / "sample")
    return serve(folder, theme={"name": "material", "font": False, "language": "de"})


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a day on which an action is overdue, in which nothing may go wrong."""
    opened = browser.new_context()
    page = opened.new_page()
    page.clock.set_fixed_time("2031-07-05T12:00:00Z")
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    yield page
    assert faults == []
    opened.close()


def test_the_age_of_an_open_action_and_that_it_is_overdue_are_told(german: str, page: Page) -> None:
    page.goto(f"{german}actions/")
    card = page.locator(".am-action--open").filter(has_text="Show the names of what will be deleted")
    expect(card).to_contain_text("offen seit dem Vorfall: 91 Tage")
    due = card.locator("[data-due]")
    expect(due).to_have_text("fällig: 1. Juli 2031 · überfällig")
    assert due.evaluate("element => getComputedStyle(element, '::after').content") == "none"
    expect(page.locator(".am-overdue-count")).to_have_text("Überfällig: 1")


def test_ticks_are_told(german: str, page: Page) -> None:
    page.goto(f"{german}prevention/destructive-changes/")
    page.locator("input[data-tick]").first.check()
    expect(page.locator(".am-tools output")).to_have_text("1 von 3 abgehakt, zuletzt am 2031-07-05")
    expect(page.get_by_role("button", name="Als Markdown kopieren")).to_be_visible()


def test_the_register_is_sorted_and_narrowed(german: str, page: Page) -> None:
    page.goto(f"{german}incidents/")
    expect(page.locator(".am-browse output")).to_have_text("Vorfälle: 2 von 2")
    page.get_by_role("button", name="Dauer").click()
    expect(page.locator(".am-browse [role=status]").first).to_have_text("Nach Dauer sortiert, die längsten zuerst.")


@pytest.mark.parametrize(("asked", "found"), [
    ("q=xqzvw", "Nichts gefunden. Ein anderes Wort versuchen, oder weniger."), ("kind=checklist", "1 Treffer"), ("kind=incident", "2 Treffer · Die neuesten zuerst"),
])
def test_the_search_counts_what_it_found(german: str, page: Page, asked: str, found: str) -> None:
    page.goto(f"{german}search/?{asked}")
    expect(page.locator(".am-find__meta")).to_have_text(found)
