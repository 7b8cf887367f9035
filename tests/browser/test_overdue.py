"""What is overdue on the day of reading, however long ago the site was built."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SAMPLE = Path(__file__).parents[1] / "cases" / "sample"
LOOK = """risk:
  - what: Another index may outgrow its cluster.
    likelihood: almost-certain
    consequence: catastrophic
    protection: An alarm at seventy per cent.
    owner: sre
    review_by: 2031-12-01
"""

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def sample(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a site is served that was built before anything in it was due, with a grave risk to be looked at late."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("overdue") / "sample"))
    record, = folder.glob("incidents/*/2031-03-02-*")
    record = record / "index.md" if record.is_dir() else record
    text = record.read_text(encoding="utf-8")
    start, end = text.index("risk:\n"), text.index("contingency_plan:\n")
    record.write_text(text[:start] + LOOK + text[end:], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1932724800")  # 31 March 2031
        return serve(folder)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in which nothing may go wrong."""
    context = browser.new_context(timezone_id="UTC")
    opened = context.new_page()
    faults: list[object] = []
    opened.on("pageerror", lambda fault: faults.append(fault))
    yield opened
    context.close()
    assert faults == []


def options(page: Page, name: str) -> list[str]:
    return page.locator(f"select[name={name}] option").all_inner_texts()


def test_an_action_becomes_overdue_and_older_as_days_go_by(sample: str, page: Page) -> None:
    line, card = page.locator(".am-overdue-count"), page.locator(".am-action--open")
    page.clock.set_fixed_time("2031-07-01T12:00:00Z")
    page.goto(f"{sample}actions/")
    expect(line).to_have_text("Nothing is overdue.")
    assert options(page, "due") == ["all", "overdue (0)", "not yet due (1)"]
    assert options(page, "age") == ["all", "less than 30 days (0)", "30 to 90 days (1)", "more than 90 days (0)"]
    expect(card.locator("[data-due]")).to_have_text("due 1 Jul 2031")
    page.clock.set_fixed_time("2031-07-05T12:00:00Z")
    page.reload()
    expect(line).to_have_text("Overdue: 1")
    assert options(page, "due") == ["all", "overdue (1)", "not yet due (0)"]
    assert options(page, "age") == ["all", "less than 30 days (0)", "30 to 90 days (0)", "more than 90 days (1)"]
    expect(card.locator("[data-due]")).to_have_text("due 1 Jul 2031 · overdue")


def test_the_count_leads_to_what_is_overdue_and_its_address_can_be_kept(sample: str, page: Page) -> None:
    page.clock.set_fixed_time("2031-07-05T12:00:00Z")
    page.goto(f"{sample}actions/")
    everything = page.locator("#am-actions .am-action").count()
    page.get_by_role("link", name="Overdue: 1").click()
    expect(page.locator("form.am-filters output")).to_have_text(f"Actions: 1 of {everything}")
    expect(page.locator("select[name=due]")).to_have_value("overdue")
    expect(page.locator(".am-action:visible")).to_have_count(1)
    page.clock.set_fixed_time("2031-06-05T12:00:00Z")
    page.reload()
    expect(page.locator(".am-nothing")).to_be_visible()


def test_a_risk_whose_review_is_overdue_comes_before_graver_ones(sample: str, page: Page) -> None:
    cards = page.locator("#am-risks > section:first-child .am-risk")
    page.clock.set_fixed_time("2031-09-30T12:00:00Z")
    page.goto(f"{sample}risks/")
    expect(page.locator(".am-overdue-count")).to_have_text("Nothing is overdue.")
    expect(cards.first).to_contain_text("Another index may outgrow its cluster.")
    page.clock.set_fixed_time("2031-10-02T12:00:00Z")
    page.reload()
    expect(page.locator(".am-overdue-count")).to_have_text("Overdue: 1")
    expect(cards.first.locator("[data-due]")).to_have_text("looked at again by 1 Oct 2031 · overdue")
    expect(cards.last).to_contain_text("Another index may outgrow its cluster.")
    page.locator("select[name=due]").select_option("overdue")
    expect(page.locator(".am-risk:visible")).to_have_count(1)
    page.clock.set_fixed_time("2031-12-02T12:00:00Z")
    page.goto(f"{sample}risks/")
    expect(page.locator(".am-overdue-count")).to_have_text("Overdue: 2")
    expect(cards.first).to_contain_text("Another index may outgrow its cluster.")


def test_without_scripts_the_day_of_the_build_is_named(sample: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in ("actions", "risks"):
        page.goto(f"{sample}{name}/")
        expect(page.locator(".am-overdue-count")).to_have_text("Nothing was overdue on 31 Mar 2031, when this page was made.")
    context.close()


@pytest.mark.parametrize(("record", "due"), [("2031-03-02-slow-search", "1 Dec 2031"), ("2031-04-05-site-deletion", "1 Jul 2031")])
def test_what_is_awaited_is_overdue_on_the_records_own_page_too(sample: str, page: Page, record: str, due: str) -> None:
    awaited = page.locator(".am-card [data-due]").filter(has_text=due)
    page.clock.set_fixed_time("2031-04-01T12:00:00Z")
    page.goto(f"{sample}incidents/2031/{record}/")
    expect(awaited).to_have_count(1)
    expect(page.locator(".am-card .am-overdue")).to_have_count(0)
    page.clock.set_fixed_time("2031-12-02T12:00:00Z")
    page.reload()
    expect(awaited).to_have_class("am-overdue")
