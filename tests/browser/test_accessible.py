"""Every kind of page can be read by those who can't see the screen: WCAG 2.2 AA, as far as axe can tell."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

LEVELS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(address: str, browser: Browser, kind_of_page: str, scheme: str) -> None:
    assert found_by_axe(address + kind_of_page, browser, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_register_that_is_narrowed(address: str, browser: Browser, scheme: str) -> None:
    assert found_by_axe(f"{address}incidents/?severity=sev1&harm=privacy&sort=affected", browser, scheme) == []


def found_by_axe(url: str, browser: Browser, scheme: str) -> list[str]:
    """What axe has to say of a page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(url)
    found = Axe().run(page, context={"exclude": [[".md-search"]]}, options=LEVELS).response["violations"]  # the theme's own, closed
    told = [f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
            for violation in found for node in violation["nodes"]]
    page.close()
    return told
