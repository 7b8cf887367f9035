"""What a page may weigh: the budgets stand in budgets.json, in Lighthouse's format, sizes in KB as a plain file server sends them."""

import json
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

BUDGETS = json.loads((Path(__file__).parent / "budgets.json").read_text(encoding="utf-8"))[0]
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value })
  .observe({type: "layout-shift", buffered: true})"""

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_keeps_to_its_budget(address: str, browser: Browser, kind_of_page: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address + kind_of_page, wait_until="networkidle")
    page.evaluate("scrollTo(0, 20_000)")  # a wheel that turns while a page still starts is measured as a shift
    page.wait_for_timeout(200)
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for answer in answers:
        if answer.url.startswith(("data:", "blob:")):
            continue
        kinds = [answer.request.resource_type, "total", *([] if answer.url.startswith(address) else ["third-party"])]
        sizes.update(dict.fromkeys(kinds, len(answer.body())))
        counts.update(kinds)
    shifted = page.evaluate("window.shifted")
    page.close()
    over = [f"{kind}: {sizes[kind] / 1000:.0f} KB of {budget['budget']}" for budget in BUDGETS["resourceSizes"]
            if sizes[kind := budget["resourceType"]] > budget["budget"] * 1000]
    over += [f"{kind}: {counts[kind]} requests of {budget['budget']}" for budget in BUDGETS["resourceCounts"] if counts[kind := budget["resourceType"]] > budget["budget"]]
    over += [f"{budget['metric']}: {shifted:.3f} of {budget['budget']}" for budget in BUDGETS["timings"] if shifted > budget["budget"]]
    print(kind_of_page or "home", width, {kind: round(size / 1000) for kind, size in sizes.items()}, dict(counts), f"{shifted:.3f}")
    assert over == []


def test_what_a_script_shows_has_its_room_before_the_script_has_come(address: str, browser: Browser, kind_of_page: str) -> None:
    def heights(*, scripts: bool) -> list[float]:
        page = browser.new_page()
        if not scripts:
            page.route("**/assets/amends/*.js", lambda route: route.abort())
        page.goto(address + kind_of_page, wait_until="networkidle")
        found = []
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found.append(page.locator("main").evaluate("main => main.getBoundingClientRect().height"))
        page.close()
        return found

    assert heights(scripts=True) == heights(scripts=False)
