"""What a reader's browser does with the site."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

RECORD = "incidents/2022/2022-04-05-atlassian-site-deletion/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_loads_from_its_own_host_only_without_errors_and_fits_the_screen(address: str, browser: Browser, kinds_of_page: list[str], width: int, scheme: str) -> None:
    problems = []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None)
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    for url in kinds_of_page:
        page.goto(address + url, wait_until="networkidle")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            problems.append(f"{url or 'home'} is {overflow}px too wide")
    page.close()
    assert problems == []


def test_a_page_fits_the_narrowest_screen(address: str, browser: Browser, kinds_of_page: list[str]) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    wide = []
    for url in kinds_of_page:
        page.goto(address + url)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(url)
    page.close()
    assert wide == []


def test_search_finds_a_record_by_a_word_of_its_front_matter(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("combobox", name="Search").fill("soft deletion")
    result = page.locator(".md-search-result__link").first
    expect(result).to_be_visible(timeout=15_000)
    assert "atlassian" in " ".join(page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)"))
    page.close()


def test_the_reason_for_what_is_not_known_opens_at_a_touch(address: str, browser: Browser) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + RECORD)
    reason = page.locator("details.am-absent").first
    assert reason.get_attribute("open") is None
    reason.locator("summary").tap()
    assert reason.get_attribute("open") is not None
    context.close()


def test_the_timeline_reads_in_the_order_of_time_on_a_narrow_screen(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(address + RECORD)
    tops = page.locator(".am-entry").evaluate_all("entries => entries.map(entry => entry.getBoundingClientRect().top)")
    assert len(tops) > 5
    assert tops == sorted(tops)
    page.close()


CONTRAST = """(element, [part, painted, ground]) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (...colours) => {
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => byte / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const below = ground ?? getComputedStyle(element, part).backgroundColor;
  const [low, high] = [light(below, getComputedStyle(element, part)[painted]), light(below)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}"""


def test_on_a_narrow_screen_the_values_of_a_picture_stand_beside_its_newest_columns(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}trust/")
    scrolled = page.locator(".am-chart .am-scroll").filter(has=page.locator(".am-axis")).evaluate_all("""parts => parts.filter((part) => part.scrollLeft > 0).map((part) => {
        const axis = part.querySelector(".am-axis"), own = part.querySelector(".am-picture");
        const texts = (root, wanted) => [...root.querySelectorAll(wanted)].map((text) => [text.textContent, Math.round(text.getBoundingClientRect().y)].join());
        return [axis.getBoundingClientRect().x - part.getBoundingClientRect().x, texts(axis, "text").join() === texts(own, ".axis.y text").join()];
    })""")
    page.close()
    assert scrolled
    assert all(place == [0, True] for place in scrolled)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_numbers_of_steps_and_the_ring_around_what_has_the_focus_stand_out(address: str, browser: Browser, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}again/", wait_until="networkidle")
    assert page.locator(".am-steps > li").first.evaluate(CONTRAST, ["::before", "color", None]) >= 4.5
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    words = page.get_by_label("What do you see?")
    words.focus()
    for _ in range(12):
        focused = page.locator(":focus")
        if focused.evaluate("element => Boolean(element.closest('main') && getComputedStyle(element).outlineStyle !== 'none')"):
            assert focused.evaluate(CONTRAST, [None, "outlineColor", ground]) >= 3
        page.keyboard.press("Tab")
    words.focus()
    assert words.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_fields_that_narrow_a_search_stand_out_and_on_a_phone_show_that_there_are_more(address: str, browser: Browser, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    page.locator("label.md-header__button[for=__search]").click()
    fields = page.locator(".am-search__facets select")
    expect(fields.first).to_be_visible(timeout=15_000)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fields.first.evaluate(CONTRAST, [None, "borderTopColor", ground]) >= 3
    row = page.locator(".am-search__facets")
    assert row.evaluate("row => row.scrollWidth > row.clientWidth && getComputedStyle(row).maskImage.includes('gradient')")
    fields.last.focus()
    assert fields.last.evaluate("field => field.getBoundingClientRect().right") <= 390 - 48 + 1  # where the row begins to fade
    page.close()


def test_the_ledger_is_narrowed_and_the_address_carries_it(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}promises/")
    cards, headings = page.locator(".am-promise:visible"), page.locator("#am-promises h2:visible")
    everything = cards.count()
    page.get_by_label("State").select_option("broken")
    assert 0 < cards.count() < everything
    assert headings.all_inner_texts()[0].startswith("Broken")
    assert headings.count() == 1
    assert page.url.endswith("?state=broken")
    page.goto(page.url)
    expect(page.locator("output")).to_have_text(f"Promises: {cards.count()} of {everything}")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("output")).to_have_text(f"Promises: {everything} of {everything}")
    assert page.url.endswith("/promises/")
    page.close()


def test_one_goes_back_through_what_one_chose_in_a_list_and_forward_again(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}promises/")
    told, state = page.locator("output"), page.get_by_label("State")
    everything = page.locator(".am-promise:visible").count()
    state.select_option("broken")
    broken = page.locator(".am-promise:visible").count()
    state.select_option("kept")
    page.get_by_role("button", name="Show all").click()
    expect(told).to_have_text(f"Promises: {everything} of {everything}")
    page.go_back()
    expect(state).to_have_value("kept")
    page.go_back()
    expect(state).to_have_value("broken")
    expect(told).to_have_text(f"Promises: {broken} of {everything}")
    page.go_back()
    expect(state).to_have_value("")
    expect(told).to_have_text(f"Promises: {everything} of {everything}")
    page.go_forward()
    expect(told).to_have_text(f"Promises: {broken} of {everything}")
    assert page.url.endswith("/promises/?state=broken")
    page.close()


def test_a_list_is_told_once_with_a_noun_and_only_when_it_changes(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}risks/")
    page.evaluate("""() => {
      window.told = [];
      new MutationObserver(() => told.push(document.querySelector("output").textContent)).observe(document.querySelector("output"), { childList: true, subtree: true, characterData: true });
    }""")
    everything = page.locator(".am-risk").count()
    page.get_by_label("State").select_option("open")
    number = page.locator(".am-risk:visible").count()
    page.get_by_label("Level").dispatch_event("change")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".am-risk:visible")).to_have_count(everything)
    assert page.evaluate("told") == [f"Risks: {number} of {everything}", f"Risks: {everything} of {everything}"]
    page.close()


def test_where_filters_leave_nothing_the_page_says_so(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}promises/")
    sentence = page.get_by_text("Nothing in the list fits. Take a filter away.")
    expect(sentence).to_be_hidden()
    page.goto(f"{address}promises/?state=open&service=database")
    assert page.locator(".am-promise:visible").count() == 0
    expect(sentence).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(sentence).to_be_hidden()
    page.close()


def test_on_paper_no_heading_stands_alone_and_no_row_or_card_is_cut(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address + RECORD)
    page.emulate_media(media="print")
    style = "(parts, name) => [...new Set(parts.map(part => getComputedStyle(part)[name]))]"
    for parts in (".md-content :is(h2, h3)", ".am-day", ".am-label"):
        assert page.locator(parts).evaluate_all(style, "breakAfter") == ["avoid"], parts
    for parts in (".md-content tr", ".am-card", ".am-entry", ".am-rows > div", ".am-facts > div"):
        assert page.locator(parts).evaluate_all(style, "breakInside") == ["avoid"], parts
    page.goto(f"{address}incidents/")
    assert page.locator(".am-scroll").evaluate_all(style, "overflowX") == ["visible"]  # what scrolls is cut anywhere
    page.close()


def test_on_paper_a_long_record_is_a_document_and_not_a_pile(address: str, browser: Browser, printed: Callable[..., int]) -> None:
    page = browser.new_page()
    page.goto(f"{address}incidents/2018/2018-04-22-tsb-migration/")
    assert printed(page, format="A4") <= 15  # as it is on a screen it takes twenty sheets
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins
    assert page.locator(".am-rows > div").first.evaluate("row => getComputedStyle(row).gridTemplateColumns.split(' ').length") == 2
    assert page.locator("article :is(p, dd, dt, li, td)").evaluate_all("texts => Math.min(...texts.map(text => parseFloat(getComputedStyle(text).fontSize)))") >= 9
    page.close()


def test_paper_is_white_to_its_edges_also_where_the_screen_is_dark(address: str, browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    for url in (RECORD, "again/", "it-is-happening-again.html"):
        page.goto(address + url)
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)", url
        if not url.endswith(".html"):
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light only", url
        page.emulate_media(media="screen")
    page.close()


def test_without_a_script_the_whole_ledger_stands_there_and_no_filter(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}promises/?state=broken")
    assert page.locator(".am-promise:visible").count() == page.locator(".am-promise").count() > 0
    assert not page.locator(".am-filters").is_visible()
    context.close()


def test_without_a_script_the_page_for_searching_leads_to_the_lists(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, where in (("incidents", "incidents/"), ("checklists", "prevention/")):
        page.goto(f"{address}search/")
        page.get_by_role("article").get_by_role("link", name=name, exact=True).click()
        assert page.url == address + where
    context.close()


def test_an_outside_account_says_whose_incident_it_is(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address + RECORD)
    expect(page.get_by_text("Another company's incident, told from what is public.")).to_be_visible()
    page.close()


def test_on_a_narrow_screen_a_page_that_the_menu_does_not_name_begins_with_its_table_of_contents(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    for where in (RECORD, "prevention/rollout/", "rules/p501/"):
        page.goto(address + where)
        table, beside = page.locator("h1 + .am-contents"), page.locator(".md-sidebar--secondary [data-md-component=toc] a")
        table.locator("summary").press("Enter")
        links = table.get_by_role("navigation", name="Table of contents").get_by_role("link")
        told = [[link.get_attribute("href"), " ".join(str(link.text_content()).split())] for link in beside.all()]
        assert [[link.get_attribute("href"), link.text_content()] for link in links.all()] == told
        links.last.click()
        expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_be_in_viewport()
        page.emulate_media(media="print")
        expect(table).to_be_hidden()
        page.emulate_media(media="screen")
    context.close()


@pytest.mark.parametrize(("where", "width"), [(RECORD, 1280), ("trust/", 390)])
def test_a_table_of_contents_stands_in_one_place_only(address: str, browser: Browser, where: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(address + where)
    assert page.locator(".am-contents").is_visible() is False
    page.close()
