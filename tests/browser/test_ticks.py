"""Ticking, copying and printing the checklists in a reader's browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

CHECKLIST = "prevention/destructive-changes/"
FIRST, SECOND = ("destructive-changes/soft-delete", "destructive-changes/right-ids")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


def box(page: Page, item: str) -> Locator:
    return page.locator(f'input[data-tick="{item}"]')


def copied(page: Page) -> str:
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".am-tools output")).to_have_text("Copied.")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_ticks_stay_on_this_machine_across_pages_until_they_are_taken_away(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(address + CHECKLIST)
    untick = page.get_by_role("button", name="Untick all")
    expect(untick).to_be_hidden()
    box(page, FIRST).check()
    box(page, SECOND).check()
    expect(page.locator(".am-tools output")).to_contain_text("2 of 6 ticked, the last on 20")
    page.goto(address + "prevention/")
    expect(box(page, FIRST)).to_be_checked()
    box(page, SECOND).uncheck()
    page.goto(address + CHECKLIST)
    expect(box(page, FIRST)).to_be_checked()
    expect(box(page, SECOND)).not_to_be_checked()
    untick.click()
    page.reload()
    expect(box(page, FIRST)).not_to_be_checked()
    expect(untick).to_be_hidden()


@pytest.mark.parametrize("storage", [
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})",
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    "Storage.prototype.getItem = (key) => key.startsWith('amends:') ? '[1,' : null",
    "Storage.prototype.getItem = () => 'null'",
], ids=["denied", "full", "damaged", "null"])
def test_where_nothing_can_be_kept_ticks_last_as_long_as_the_page(address: str, context: BrowserContext, storage: str) -> None:
    context.add_init_script(storage)
    page = context.new_page()
    page.goto(address + CHECKLIST)
    expect(page.locator(".am-tools output")).to_be_empty()
    box(page, FIRST).check()
    expect(page.locator(".am-tools output")).to_contain_text("1 of 6 ticked")
    page.get_by_role("button", name="Untick all").click()
    expect(page.locator(".am-tools output")).to_have_text("Nothing is ticked any more.")
    expect(page.locator(".am-tools output")).to_be_focused()


def test_without_a_script_the_boxes_can_be_ticked(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "prevention/")
    box(page, FIRST).check()
    expect(box(page, FIRST)).to_be_checked()
    assert not page.locator(".am-tools").is_visible()
    context.close()


def test_a_checklist_is_copied_with_its_ticks_and_the_way_to_its_guidance(address: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + CHECKLIST)
    box(page, SECOND).check()
    lines = copied(page).splitlines()
    assert lines[:2] == ["### Destructive changes", ""]
    assert lines[2].startswith("- [ ] Make every deletion of customers' data reversible")
    assert lines[2].endswith(f"([{FIRST}]({address}{CHECKLIST}#soft-delete))")
    assert lines[3] == "  <br>Earned by: 2022-04-05 A clean-up script deletes 883 customer sites at Atlassian: 775 customers · about 13 days · outage, data loss; 1 more"
    assert lines[4].startswith("  <br>How to prove it: Delete a test customer, wait a day")
    assert lines[5].startswith("- [x] Let a destructive tool take one kind")
    assert len([line for line in lines if line.startswith("- [")]) == 6


def test_of_a_narrowed_list_only_what_is_shown_is_copied(address: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}prevention/?stage=change")
    assert page.locator("#am-prevention h2:visible").all_inner_texts()[0].startswith("Before a change")
    assert page.locator(".am-item:visible").count() == 6
    lines = copied(page).splitlines()
    assert [line for line in lines if line.startswith("#")] == ["### Destructive changes"]
    assert len([line for line in lines if line.startswith("- [ ] ")]) == 6


def test_where_no_item_is_shown_there_is_nothing_to_copy_and_it_is_said(address: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}prevention/?stage=customers&service=database")
    assert page.locator(".am-item:visible").count() == 0
    page.evaluate("navigator.clipboard.writeText('what I copied before')")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".am-tools output")).to_have_text("No item is shown, so there is nothing to copy.")
    assert page.evaluate("navigator.clipboard.readText()") == "what I copied before"


def test_the_directories_of_all_items_go_while_the_list_is_narrowed(address: str, context: BrowserContext, printed: Callable[..., int]) -> None:
    page = context.new_page()
    page.goto(f"{address}prevention/?service=database")
    directories = page.get_by_role("heading", name="By ")
    assert page.locator(".am-item:visible").count() > 0
    expect(directories).to_have_count(0)
    assert printed(page, format="A4") <= 5
    page.get_by_role("button", name="Show all").click()
    expect(directories).to_have_count(2)


def test_where_there_is_no_clipboard_the_text_stands_there_to_be_copied_by_hand(address: str, context: BrowserContext) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false")
    page = context.new_page()
    page.goto(address + CHECKLIST)
    for _ in range(2):
        page.get_by_role("button", name="Copy as Markdown").click()
        expect(page.locator(".am-tools output")).to_have_text("Copy it from here:")
    area = page.locator(".am-tools textarea")
    expect(area).to_have_count(1)
    assert area.input_value().startswith("### Destructive changes\n\n- [ ] Make every deletion")


def test_the_old_way_of_copying_is_taken_where_there_is_no_clipboard(address: str, context: BrowserContext) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = context.new_page()
    page.goto(address + CHECKLIST)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".am-tools output")).to_have_text("Copied.")
    expect(page.locator(".am-tools textarea")).to_have_count(0)


def test_on_paper_there_are_boxes_and_no_buttons(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{address}prevention/?stage=change")
    page.emulate_media(media="print")
    expect(page.locator(".am-tools")).to_be_hidden()
    expect(page.locator("form.am-filters")).to_be_hidden()
    expect(box(page, FIRST)).to_be_visible()
    assert page.locator(".am-item:visible").count() == 6
    assert page.locator(".am-how:visible").count() == 0


def test_on_paper_a_narrowed_list_says_by_what_and_a_whole_one_says_nothing(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{address}prevention/")
    narrowed = page.locator(".am-narrowed")
    everything = page.locator(".am-item").count()
    for query, said in [("", ""), ("?stage=change&service=database", "Narrowed to: When: Before a change · Service: Database"), ("?factor=expired-certificate", "Narrowed to: Factor: An expired certificate"),
                        ("?factor=nonsense", "Narrowed to: Factor: nonsense")]:
        page.goto(f"{address}prevention/{query}")
        expect(narrowed).to_be_hidden()
        page.emulate_media(media="print")
        if said:
            expect(narrowed).to_have_text(f"{said} · Items: {page.locator('.am-item:visible').count()} of {everything}")
        expect(narrowed).to_be_visible(visible=bool(said))
        page.emulate_media(media="screen")


def test_a_box_is_reached_and_ticked_by_keyboard(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(address + CHECKLIST)
    box(page, FIRST).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Make every deletion of customers' data reversible")).to_be_checked()


def test_what_is_meant_for_all_services_is_a_link_away_where_one_was_chosen(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}prevention/?stage=change&service=database")
    shown = page.locator("#am-prevention [data-facets]:visible")
    narrowed = shown.count()
    link = page.locator(".am-for-all a")
    more = int(re.match(r"\d+", link.inner_text())[0])
    link.click()
    page.wait_for_url("**/prevention/?stage=change")
    expect(page.locator("select[name=service]")).to_have_value("")
    expect(shown).to_have_count(narrowed + more)
    expect(page.locator(".am-for-all")).to_be_hidden()
    page.close()
