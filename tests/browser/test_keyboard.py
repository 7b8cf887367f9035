"""Whoever goes by keyboard reaches everything, and sees where they are."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

RECORD = "incidents/2022/2022-04-05-atlassian-site-deletion/"


FOCUSED = """() => {
  const { activeElement: at } = document;
  const drawn = at.matches(".md-option") ? at.nextElementSibling : at; // a label, in whose place
  const { left, right, width } = drawn.getBoundingClientRect();
  const isClear = (element) => !element || (getComputedStyle(element).opacity !== "0" && isClear(element.parentElement));
  return [at.outerHTML.slice(0, 160), at === document.body || (width > 0 && right > 0 && left < innerWidth && isClear(drawn))];
}"""
"""What has the focus, and whether it can be seen."""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("where", ["", "incidents/", RECORD, "search/?q=zzzqq"])
def test_whoever_goes_by_keyboard_sees_where_they_are(address: str, browser: Browser, where: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.goto(address + where, wait_until="networkidle")
    lost = []
    for _ in range(45):
        page.keyboard.press("Tab")
        what, is_seen = page.evaluate(FOCUSED)
        if not is_seen:
            lost.append(what)
    page.close()
    assert lost == []


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_menu_of_a_narrow_screen_is_opened_and_closed_by_keyboard(address: str, browser: Browser, key: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(address + RECORD, wait_until="networkidle")
    button, drawer = page.locator(".md-header [for=__drawer]"), page.locator(".md-sidebar--primary")
    page.keyboard.press("Tab")  # the way to the content
    while page.evaluate("!document.activeElement.matches('[for=__drawer]')"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body && !document.activeElement.closest('main')")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    page.wait_for_timeout(400)  # it slides in
    for _ in range(4):
        what, is_seen = page.evaluate(FOCUSED)
        assert is_seen, what
        page.keyboard.press("Tab")
    drawer.locator("label.md-nav__title[for=__nav_2]").focus()
    page.keyboard.press(key)  # up to the whole menu
    prevention = drawer.get_by_role("link", name="Rules", exact=True)
    prevention.focus()
    expect(prevention).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield opened
    opened.close()


def open_menu(page: Page) -> Locator:
    """The menu, opened by keyboard."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".md-header [for=__drawer]")).to_have_attribute("aria-expanded", "true")
    return page.locator(".md-sidebar--primary")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until what is wanted has the focus, as long as the menu is open."""
    for _ in range(30):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null"), "the menu was left"


@pytest.mark.parametrize("where", ["", "trust/", "guides/settings/"])
def test_the_table_of_contents_in_the_menu_of_a_narrow_screen_is_opened_by_keyboard(address: str, phone: Page, where: str) -> None:
    phone.goto(address + where, wait_until="networkidle")
    menu = open_menu(phone)
    link, way = menu.locator("[data-md-component=toc] a").first, menu.locator("label.md-nav__link[for=__toc]")
    expect(way).to_have_role("button")
    expect(way).to_have_accessible_name(re.compile("Table of contents$"))
    tab_to(phone, way)
    phone.keyboard.press("Enter")
    tab_to(phone, link)
    phone.keyboard.press("Enter")
    expect(phone.locator(".md-header [for=__drawer]")).to_have_attribute("aria-expanded", "false")
    assert phone.url.endswith(str(link.get_attribute("href")))
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('main article') !== null")


def test_a_part_of_the_menu_is_left_and_entered_again_and_says_whether_it_is_open(address: str, phone: Page) -> None:
    phone.goto(f"{address}incidents/", wait_until="networkidle")
    menu = open_menu(phone)
    into, back = menu.locator("label.md-nav__link[for=__nav_2]"), menu.locator("label.md-nav__title[for=__nav_2]")
    for way in (into, back):
        expect(way).to_have_role("button")
        expect(way).to_have_accessible_name("Incidents")
    for _ in range(2):
        expect(back).to_be_focused()
        expect(back).to_have_attribute("aria-expanded", "true")
        phone.keyboard.press("Enter")
        expect(into).to_be_focused()
        expect(into).to_have_attribute("aria-expanded", "false")
        phone.keyboard.press("Enter")


def test_the_ring_around_the_name_of_the_site_stands_out_in_the_menu(address: str, phone: Page) -> None:
    phone.goto(address, wait_until="networkidle")
    name = open_menu(phone).get_by_role("link", name="Amends")
    expect(name).to_be_focused()
    ring, letters = name.evaluate("element => [getComputedStyle(element).outlineColor, getComputedStyle(element.parentElement).color]")
    assert ring == letters


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 256), (320, 640)])
def test_in_a_short_window_no_key_goes_to_a_part_of_the_menu_that_is_not_seen(address: str, browser: Browser, width: int, height: int, opened: bool) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(f"{address}guides/settings/", wait_until="networkidle")
    if opened:
        open_menu(page)
    lost = []
    for _ in range(12):
        what, is_seen = page.evaluate(FOCUSED)
        if not is_seen:
            lost.append(what)
        page.keyboard.press("Tab")
    page.close()
    assert lost == []


COVERED = """() => {
  const { activeElement: at } = document, { bottom } = document.querySelector(".md-header").getBoundingClientRect();
  const { top, height } = at.getBoundingClientRect();
  return Boolean(at.closest("main article") && height < innerHeight - bottom && top < bottom) && `${at.outerHTML.slice(0, 120)} at ${top}`;
}"""
"""What has the focus, where the header lies over it."""


@pytest.mark.parametrize(("where", "height", "key", "first", "times"), [
    (RECORD, 800, "Shift+Tab", "footer a", 60), (RECORD, 400, "Shift+Tab", "footer a", 60),
    ("promises/", 800, "Shift+Tab", "footer a", 40), ("factors/shared-fate/", 800, "Tab", ".md-skip", 40), ("incidents/2022/", 400, "Tab", ".md-skip", 40),
])
def test_what_keys_reach_never_lies_under_the_header(address: str, browser: Browser, where: str, height: int, key: str, first: str, times: int) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": height})
    page.goto(address + where, wait_until="networkidle")
    page.locator(first).first.focus()
    covered = []
    for _ in range(times):
        page.keyboard.press(key)
        if what := page.evaluate(COVERED):
            covered.append(what)
    page.close()
    assert covered == []


@pytest.mark.parametrize(("where", "target"), [(RECORD, "h2"), ("again/", ".am-again")])
def test_the_target_of_a_link_stands_closely_below_the_header(address: str, phone: Page, where: str, target: str) -> None:
    phone.goto(address + where, wait_until="networkidle")
    name = phone.locator(f"article {target}[id]").nth(3).get_attribute("id")
    phone.goto(f"{address}{where}#{name}")
    phone.wait_for_timeout(300)
    below = phone.evaluate("document.querySelector(':target').getBoundingClientRect().top - document.querySelector('.md-header').getBoundingClientRect().bottom")
    assert 10 <= below <= 30


@pytest.mark.parametrize("width", [1280, 390])
def test_back_from_a_page_to_the_search_no_key_goes_to_what_is_closed(address: str, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("backup")
    expect(page.locator(".am-search [role=option]").first).to_be_visible(timeout=15_000)
    while page.locator("#__search").is_checked():
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.close()


@pytest.mark.parametrize("where", ["again/", "actions/", "risks/", "support/", "prevention/"])
def test_whoever_shows_the_whole_list_again_stands_at_how_many_it_has(address: str, phone: Page, where: str) -> None:
    phone.goto(address + where, wait_until="networkidle")
    choice = phone.locator("form.am-filters select:visible").first
    choice.select_option(index=1)
    phone.get_by_role("button", name="Show all").press("Enter")
    expect(choice).to_have_value("")
    expect(phone.locator("form.am-filters output")).to_be_focused()


def test_what_is_too_wide_has_a_name_and_takes_a_key_only_where_it_is(address: str, browser: Browser) -> None:
    stops: dict[int, set[int]] = {}
    for width in (1440, 320):
        page = browser.new_page(viewport={"width": width, "height": 900})
        stops[width] = set()
        for where in ("incidents/", "trust/", "risks/", "guides/settings/"):
            page.goto(address + where, wait_until="networkidle")
            for part in page.locator(":is(.am-scroll, .md-typeset__scrollwrap):visible").all():
                expect(part).to_have_role("region")
                expect(part).to_have_accessible_name(re.compile(r"\w"))
                too_wide, stop = part.evaluate("part => [part.scrollWidth > part.clientWidth, part.tabIndex]")
                assert stop == (0 if too_wide else -1)
                stops[width].add(stop)
        page.close()
    assert stops == {1440: {-1}, 320: {0, -1}}


def test_that_code_was_copied_is_told(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}guides/settings/", wait_until="networkidle")
    page.locator(".md-code__button").first.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied to clipboard")).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_high_contrast_one_option_alone_is_marked_and_what_was_found_is_painted_whole(address: str, browser: Browser, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, forced_colors="active")
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("certificate")
    options = page.locator(".am-search [role=option]")
    expect(options.nth(2)).to_be_visible(timeout=15_000)
    page.keyboard.press("ArrowDown")
    marked = options.evaluate_all("""options => options.map(option => {
      const { outlineStyle, borderInlineStartColor: border, backgroundColor } = getComputedStyle(option);
      return [option.ariaSelected, outlineStyle, border === getComputedStyle(document.body).backgroundColor];
    })""")
    assert marked[0] == ["true", "solid", False]
    assert all(other == ["false", "none", True] for other in marked[1:])
    assert page.locator(".am-search mark").first.evaluate("mark => getComputedStyle(mark).backgroundColor").startswith("rgb(")
    page.close()


@pytest.mark.parametrize(("where", "key"), [("trust/", ".am-chart figcaption li"), (RECORD, ".am-phase-key")])
def test_in_high_contrast_the_keys_of_a_picture_keep_the_colours_that_it_has(address: str, browser: Browser, where: str, key: str) -> None:
    page = browser.new_page()
    page.goto(address + where)
    ground = "keys => keys.map(key => getComputedStyle(key, '::before').backgroundColor)"
    before = page.locator(key).evaluate_all(ground)
    page.emulate_media(forced_colors="active")
    assert page.locator(key).evaluate_all(ground) == before
    assert len(set(before)) > 1
    page.close()


def test_a_link_looks_the_same_once_the_focus_has_left_it(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}incidents/2018/2018-02-14-kfc-uk-chicken-shortage/", wait_until="networkidle")
    page.locator(".am-contents summary").click()
    looks = "links => links.map(link => [getComputedStyle(link).textDecorationLine, getComputedStyle(link).display, link.getBoundingClientRect().height])"
    links = page.locator(".am-contents a, article p a")
    before = links.evaluate_all(looks)
    for _ in range(12):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    assert links.evaluate_all(looks) == before
    page.close()
