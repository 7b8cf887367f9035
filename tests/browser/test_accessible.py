"""Every kind of page can be read by those who can't see the screen: WCAG 2.2 AA, as far as axe can tell."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

PAGES = ["", "incidents/", "incidents/?severity=sev1&harm=privacy&sort=affected", "incidents/2022/", "incidents/2022/2022-04-05-atlassian-site-deletion/", "again/", "services/", "factors/shared-fate/", "promises/", "support/",
         "risks/", "actions/", "trust/", "prevention/", "prevention/rollout/", "rules/", "rules/p501/", "guides/settings/"]
LEVELS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", PAGES)
def test_axe_finds_nothing(address: str, browser: Browser, url: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(address + url)
    found = Axe().run(page, context={"exclude": [[".md-search"]]}, options=LEVELS).response["violations"]  # the theme's own, closed
    told = [f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
            for violation in found for node in violation["nodes"]]
    page.close()
    assert told == []
