"""Every kind of page can be read by those who can't see the screen: WCAG 2.2 AA, as far as axe can tell."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

SAMPLE = Path(__file__).parents[1] / "cases" / "sample"
RECORD = "incidents/2022/2022-04-05-atlassian-site-deletion/"
LEVELS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page, light and dark."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    yield opened
    opened.close()


@pytest.fixture
def found_by_axe(page: Page) -> Callable[[], list[str]]:
    """What axe has to say of the page as it stands."""

    def run() -> list[str]:
        found = Axe().run(page, options=LEVELS).response["violations"]
        return [f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
                for violation in found for node in violation["nodes"]]

    return run


def test_axe_finds_nothing(address: str, page: Page, kind_of_page: str, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(address + kind_of_page)
    assert found_by_axe() == []


@pytest.mark.parametrize("special", ["incidents/?severity=sev1&harm=privacy&sort=affected", "search/", "it-is-happening-again.html"])
def test_axe_finds_nothing_where_a_page_is_of_no_kind(address: str, page: Page, special: str, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(address + special, wait_until="networkidle")
    assert found_by_axe() == []


def test_axe_finds_nothing_on_the_page_for_what_is_gone(serve: Callable[..., str], page: Page, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(f"{serve(SAMPLE, site_url='https://kb.example.org/kb/')}404.html")
    assert found_by_axe() == []


@pytest.mark.parametrize("query", ["backup", "certifcate", "zebra"])
def test_axe_finds_nothing_among_what_was_found(address: str, page: Page, query: str, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(f"{address}search/?q={query}&severity=sev1", wait_until="networkidle")
    expect(page.locator(".am-find__meta")).not_to_be_empty(timeout=15_000)
    assert found_by_axe() == []


def test_axe_finds_nothing_in_the_box_while_it_is_open(address: str, page: Page, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("certificate")
    expect(page.locator(".am-search [role=option]").first).to_be_visible(timeout=15_000)
    page.wait_for_load_state("networkidle")
    assert found_by_axe() == []


@pytest.mark.parametrize("where", ["", "incidents/", "trust/"])
def test_axe_finds_nothing_in_the_menu_of_a_narrow_screen_at_any_level(address: str, page: Page, where: str, found_by_axe: Callable[[], list[str]]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + where, wait_until="networkidle")
    page.locator(".md-header [for=__drawer]").click()
    page.wait_for_timeout(300)  # it slides in
    assert found_by_axe() == []
    page.locator(":focus" if where else ".md-sidebar--primary label.md-nav__link[for=__toc]").click()  # up to the whole menu, or down to the table of contents
    page.wait_for_timeout(300)
    assert found_by_axe() == []


@pytest.mark.parametrize(("where", "what"), [
    ("", "article .md-button"), ("incidents/", "article a.md-button, article button.md-button"), (RECORD, ".am-card__foot a"), (RECORD, "article li a[href^=http]"),
    (RECORD, ".md-sidebar--primary a.md-nav__link"), (RECORD, "[data-md-component=toc] a"), ("search/?q=customers", ".am-find__more"), ("search/?q=customers", ".am-find__hit a"),
])
def test_axe_finds_nothing_where_a_link_or_a_button_has_the_focus_or_is_pointed_at(address: str, page: Page, where: str, what: str, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(address + where, wait_until="networkidle")
    element = page.locator(what).locator("visible=true").first
    for reach in (element.focus, element.hover):
        reach()
        page.wait_for_timeout(200)  # its colours fade in
        assert found_by_axe() == []


def test_axe_finds_nothing_where_an_option_of_the_search_is_chosen(address: str, page: Page, found_by_axe: Callable[[], list[str]]) -> None:
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("certificate")
    expect(page.locator(".am-search [role=option]").nth(2)).to_be_visible(timeout=15_000)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(200)
        assert found_by_axe() == []
