"""It is happening again: on a phone, on paper, and without a network."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 390, "height": 844}
SAMPLE = Path(__file__).parents[1] / "cases" / "sample"
SAVED = "it-is-happening-again.html"


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    """The page on a phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    opened = context.new_page()
    opened.goto(f"{address}again/")
    yield opened
    context.close()


def finds_first(page: Page, question: str, words: str) -> None:
    """Asks, and sees the plan that has these words above all others."""
    page.get_by_label("What do you see?").fill(question)
    expect(page.locator("#am-seen > li:visible").first).to_contain_text(words)


def test_words_narrow_the_list_and_the_cards_as_one_types(page: Page) -> None:
    entries, cards = page.locator("#am-seen > li:visible"), page.locator("article.am-again:visible")
    everything = entries.count()
    assert everything == cards.count() > 5
    expect(page.get_by_label("What do you see?")).to_be_visible()  # keys are pressed whether anybody hears them or not
    page.get_by_label("What do you see?").press_sequentially("OPEN crew chang")
    expect(entries).to_have_count(1)
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("Schedulers have more open crew changes")
    expect(page.locator("output")).to_have_text(f"Plans: 1 of {everything}")


def test_the_words_are_still_there_when_one_comes_back_from_what_they_led_to(page: Page) -> None:
    page.get_by_label("What do you see?").fill("recovery keys")
    entries = page.locator("#am-seen > li:visible")
    expect(entries.first).to_contain_text("Machines with the same security agent")
    number = entries.count()
    entries.first.get_by_role("link").first.press("Enter")
    page.locator("article.am-again:visible").first.get_by_role("link").last.press("Enter")
    page.wait_for_url("**/incidents/**")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/again/\?words=recovery\+keys$"))
    expect(page.get_by_label("What do you see?")).to_have_value("recovery keys")
    expect(entries).to_have_count(number)


def test_words_are_found_in_the_steps_and_without_their_accents(page: Page) -> None:
    page.get_by_label("What do you see?").fill("rècovery keys")
    expect(page.locator("#am-seen > li:visible").first).to_contain_text("Machines with the same security agent")


@pytest.mark.parametrize(("question", "first"), [
    ("crashed", "Machines with the same security agent"),
    ("database deleted", "A production database loses its data"),
    ("deleted", "Several customers report within minutes"),
    ("TLS cert", "Monitoring shows unknown queries"),
    ("db gone", "A production database loses its data"),
    ("dns", "Every public name fails to resolve"),
    ("name resolution", "Every public name fails to resolve"),
    ("nameserver", "Every public name fails to resolve"),
    ("blue screen", "Machines with the same security agent"),
    ("bsod", "Machines with the same security agent"),
    ("backup", "A production database loses its data"),
    ("the deploy broke everything for customers", "Errors and CPU rise on all machines at once"),
    ("drop table", "A production database loses its data"),
    ("I dropped the production table", "A production database loses its data"),
    ("someone got sick from our product", "A doctor, an authority or a journalist"),
    ("ransomware", "Monitoring shows unknown queries"),
    ("hacked", "Monitoring shows unknown queries"),
    ("data leak", "Monitoring shows unknown queries"),
    ("recall", "Two or more credible reports"),
    ("customers cannot sign in", "After a move to a new platform"),
    ("names don't resolve!", "Every public name fails to resolve"),
    ("our laptops won't boot", "Machines with the same security agent"),
    ("the backups are empty", "A production database loses its data"),
    ("customer records exposed", "Monitoring shows unknown queries"),
    ("somebody stole our customer list", "Monitoring shows unknown queries"),
    ("customers cant log in", "After a move to a new platform"),
    ("flights cancelled", "Schedulers have more open crew changes"),
    ("customer data got lost by mistake", "A production database loses its data"),
    ("accidentally removed tenants", "Several customers report within minutes"),
])
def test_a_plan_is_found_by_other_forms_of_its_words_and_by_other_words_for_the_same_thing(page: Page, question: str, first: str) -> None:
    finds_first(page, question, first)
    expect(page.locator("output")).to_contain_text("Plans: ")


@pytest.mark.parametrize(("question", "first"), [
    ("CrowdStrike", "Machines with the same security agent"),
    ("wrong balances", "After a move to a new platform"),
    ("bgp", "Every public name fails to resolve"),
    ("chicken", "On the first days after a change of supplier"),
    ("july 2022", "During or after a change several services of unlike kinds go silent"),
])
def test_a_plan_is_found_by_what_its_record_tells_of_the_incident(page: Page, question: str, first: str) -> None:
    finds_first(page, question, first)


def test_from_disk_questions_are_answered_too(address: str, page: Page, tmp_path: Path) -> None:
    assets = tmp_path / "assets/amends"
    assets.mkdir(parents=True)
    for name in ("amends.js", "amends.css", "questions.js"):
        (assets / name).write_text(page.request.get(f"{address}assets/amends/{name}").text(), encoding="utf-8")
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "index.html").write_text(page.request.get(f"{address}again/").text(), encoding="utf-8")
    page.goto((tmp_path / "again" / "index.html").as_uri())
    finds_first(page, "bsod", "Machines with the same security agent")


def test_a_word_that_begins_like_another_is_not_that_word(page: Page) -> None:
    page.get_by_label("What do you see?").fill("timeout")
    expect(page.locator("#am-seen > li:visible")).to_have_count(0)


def test_where_no_plan_tells_of_it_the_page_says_of_which_words(page: Page) -> None:
    field, nothing = page.get_by_label("What do you see?"), page.locator(".am-nothing")
    field.fill("  Kubernetes ingress ")
    expect(nothing).to_have_text("Nothing in the list tells of “Kubernetes ingress”. Ask with another word, or show all.")
    field.fill("dns kubernetes")
    expect(page.locator("output")).to_contain_text("Nothing in the list tells of “kubernetes”. The nearest come first. Plans: 1 of ")
    expect(nothing).to_be_hidden()
    field.fill("our dns is down")
    expect(page.locator("output")).to_have_text(re.compile("^Plans: 1 of "))


def test_where_the_list_has_no_whole_answer_a_link_asks_the_search_which_knows_more(page: Page) -> None:
    field, wider = page.get_by_label("What do you see?"), page.locator(".am-wider")
    field.fill("our dns is down")
    expect(wider).to_be_hidden()
    field.fill("certifcate")
    wider.get_by_role("link", name="Search the whole site for “certifcate”").click()
    expect(page.locator(".am-find .am-search__note")).to_contain_text("Results for “certificate”", timeout=15_000)


def test_who_was_hurt_finds_the_plans_for_injuries(page: Page) -> None:
    page.get_by_label("What do you see?").fill("a customer got hurt")
    for plan in ("A doctor, an authority", "Two or more credible reports"):
        expect(page.locator("#am-seen > li:visible").filter(has_text=plan)).to_have_count(1)


@pytest.mark.parametrize("question", ["Everything is broken", "site down", "the website is unreachable"])
def test_words_that_every_incident_is_told_in_leave_all_plans_there_the_worst_first_and_ask_for_more(page: Page, question: str) -> None:
    field, plans = page.get_by_label("What do you see?"), page.locator("#am-seen > li:visible")
    written = plans.all_inner_texts()
    field.fill("backups")
    expect(plans).not_to_have_count(len(written))
    field.fill(question)
    expect(page.locator("output")).to_have_text(f"That may be any of them. Say what you see. Plans: {len(written)} of {len(written)}")
    assert plans.all_inner_texts() == written
    field.fill("the")
    expect(page.locator("output")).to_have_text(f"Plans: {len(written)} of {len(written)}")
    field.fill("the certificate")
    expect(page.locator("output")).to_have_text(re.compile("^Plans: 1 of "))


def test_two_such_words_side_by_side_lead_to_the_plan_of_which_they_are_a_sign(page: Page) -> None:
    plans = page.locator("#am-seen > li:visible")
    everything = plans.count()
    finds_first(page, "our whole site is gone", "their whole site, tenant or account has disappeared")
    expect(page.locator("output")).to_have_text(f"That may be any of them. Say what you see. Plans: {everything} of {everything}")


LEFT_NO_PLAN = """---
title: Names are not resolved
status: published
severity: sev2
origin: imported
services: [wiki]
root_cause: {{summary: The nameserver had run out of memory.}}
contingency_plan: {plan}
---
"""


@pytest.fixture(scope="module")
def sample(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the sample's site is served, with an incident that left no plan."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("without") / "sample"))
    (folder / "incidents/2031/2031-06-01-names.md").write_text(
        LEFT_NO_PLAN.format(plan="{none: The name servers are no longer ours since the summer.}"), encoding="utf-8")
    return serve(folder)


def test_where_no_plan_tells_of_it_the_incidents_that_do_are_named(sample: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{sample}again/")
    others = page.locator(".am-others")
    expect(others).to_be_hidden()
    page.get_by_label("What do you see?").fill("dns")
    expect(page.locator(".am-nothing")).to_have_text("Nothing in the list tells of “dns”. Ask with another word, or show all.")
    expect(others).to_contain_text("Incidents that tell of it, and left no plan:")
    others.get_by_role("link", name="Names are not resolved").click()
    page.wait_for_url("**/incidents/2031/2031-06-01-names/")
    page.close()


def test_where_no_plan_holds_all_words_the_nearest_come_first_and_the_page_says_so(page: Page) -> None:
    field = page.get_by_label("What do you see?")
    written = page.locator("#am-seen > li").all_inner_texts()
    field.fill("our tenant is away, says zendesk")
    expect(page.locator("output")).to_contain_text("Nothing in the list tells of “zendesk”. The nearest come first.")
    expect(page.locator("#am-seen > li:visible").first).to_contain_text("their whole site, tenant or account")
    field.fill("")
    expect(page.locator("#am-seen > li:visible")).to_have_count(len(written))
    assert page.locator("#am-seen > li").all_inner_texts() == written


def test_a_plan_that_tells_little_of_all_words_does_not_hide_one_that_tells_much_of_most(page: Page) -> None:
    page.get_by_label("What do you see?").fill("we deleted customer data by accident")
    expect(page.locator("output")).to_contain_text("The nearest come first.")
    expect(page.locator("#am-seen > li:visible").first).to_contain_text("A production database loses its data")


def test_the_cards_stand_in_the_order_of_the_list(page: Page) -> None:
    for question in ("log in", ""):
        page.get_by_label("What do you see?").fill(question)
        listed = page.locator("#am-seen > li:visible").evaluate_all("items => items.map((item) => item.dataset.leads)")
        assert len(listed) > 2
        assert page.locator("article.am-again:visible").evaluate_all("cards => cards.map((card) => card.id)") == listed


def test_the_address_carries_what_was_asked_for(page: Page) -> None:
    page.get_by_label("What do you see?").fill("crash")
    page.get_by_label("What do you see?").press("Enter")
    page.wait_for_url("**/again/?words=crash")
    shown = page.locator("#am-seen > li:visible").count()
    page.reload()
    expect(page.locator("#am-seen > li:visible")).to_have_count(shown)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#am-seen > li:visible").nth(shown)).to_be_attached()


def test_what_one_touches_is_large_and_leads_to_the_card(page: Page) -> None:
    boxes = page.locator("#am-seen > li > a").evaluate_all("links => links.map(link => link.getBoundingClientRect()).map(box => [box.width, box.height])")
    assert all(width > 300 and height >= 44 for width, height in boxes)
    assert all(box["height"] >= 44 for box in (field.bounding_box() for field in page.locator(".am-filters :is(input, select), .am-print").all()) if box)
    page.locator("#am-seen > li > a").nth(3).tap()
    name = page.url.partition("#")[2]
    expect(page.locator(f"[id='{name}'] .am-steps")).to_be_in_viewport()


def test_without_a_script_everything_stands_there(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}again/?words=nothing")
    assert page.locator("article.am-again:visible").count() == page.locator("#am-seen > li:visible").count() > 5
    assert not page.locator(".am-filters").is_visible()
    assert page.locator(".am-print:visible").count() == 0
    context.close()


def test_one_plan_prints_on_one_page_alone(page: Page, printed: Callable[..., int]) -> None:
    page.evaluate("window.print = () => { window.asked = true; }")
    card = page.locator("article.am-again").nth(2)
    card.get_by_role("button", name="Print this plan").tap()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    assert page.locator("article.am-again:visible").count() == 1
    assert card.is_visible()
    assert not page.locator("#am-seen").is_visible()
    assert page.locator(".md-header:visible, .am-filters:visible, .am-print:visible").count() == 0
    page.emulate_media(media="null")
    assert printed(page) == 1  # the browser says itself that it has printed
    assert page.locator("article.am-again:visible").count() > 5


def test_narrowed_to_one_plan_the_page_prints_on_one_page(page: Page, address: str, printed: Callable[..., int]) -> None:
    page.goto(f"{address}again/?service=personal-data")
    expect(page.locator("article.am-again:visible")).to_have_count(1)
    assert printed(page, format="A4") == 1


def test_printed_together_each_plan_begins_a_page(page: Page, printed: Callable[..., int]) -> None:
    assert printed(page) >= page.locator("article.am-again").count() + 1


def test_the_saved_file_is_read_from_disk_without_a_network(address: str, browser: Browser, tmp_path: Path, printed: Callable[..., int]) -> None:
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{address}again/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Save all plans in one file").click()
    started.value.save_as(tmp_path / SAVED)
    context.close()

    context = browser.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    page = context.new_page()
    problems: list[str] = []
    page.on("request", lambda request: problems.append(request.url) if not request.url.endswith(SAVED) else None)
    page.on("console", lambda message: problems.append(message.text))
    page.goto((tmp_path / SAVED).as_uri())
    assert page.locator("article.am-again:visible").count() > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#am-seen > li > a").nth(3).click()
    name = page.url.partition("#")[2]
    expect(page.locator(f"[id='{name}'] .am-steps")).to_be_in_viewport()
    assert printed(page) >= page.locator("article.am-again").count()
    page.emulate_media(media="print")
    page.locator(".am-steps > li").first.evaluate("step => step.insertAdjacentHTML('beforeend', `<pre><code>${'du --exclude=a '.repeat(40)}</code></pre>`)")
    assert page.locator(".am-steps pre").first.evaluate("part => part.scrollWidth <= part.clientWidth")  # a command cut off is another command
    context.close()

    context = browser.new_context(viewport=PHONE, offline=True)
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((tmp_path / SAVED).as_uri())
    finds_first(page, "our laptops show a blue screen", "Machines with the same security agent")
    expect(page.locator("article.am-again:visible").first).to_contain_text("Machines with the same security agent")
    page.get_by_label("What do you see?").fill("zebra")
    expect(page.locator("output")).to_contain_text("Nothing in the list tells of “zebra”.")
    page.get_by_label("What do you see?").fill("a Zébra and a blue screen")
    expect(page.locator("output")).to_contain_text("Nothing in the list tells of “Zébra”. The nearest come first. Plans:")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    assert page.locator("article.am-again:visible").count() > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
    assert problems == []


def test_a_cell_of_the_map_of_risks_narrows_the_register(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}risks/")
    cell = page.locator(".am-heat td a").first
    number = int(cell.locator("b").inner_text())
    cell.click()
    page.wait_for_url("**/risks/?likelihood=*")
    expect(page.get_by_label("State")).to_have_value("open")
    expect(page.locator(".am-risk:visible")).to_have_count(number)


def test_the_risks_of_a_level_are_as_many_as_the_menu_counts_and_as_many_open_as_the_map_says(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}risks/")
    still_open, of_all = re.fullmatch(r"high: (\d+) of (\d+) open", page.locator(".am-heat figcaption .am-heat--high").inner_text()).groups()
    page.get_by_label("Level").select_option("high")
    expect(page.locator(".am-risk:visible")).to_have_count(int(of_all))
    assert page.get_by_label("Level").locator("option:checked").inner_text() == f"high ({of_all})"
    page.get_by_label("State").select_option("open")
    expect(page.locator(".am-risk:visible")).to_have_count(int(still_open))
    page.close()


def test_each_menu_counts_what_the_others_leave_and_offers_nothing_that_leaves_none(address: str, browser: Browser) -> None:
    def offered(name: str) -> dict[str, int]:
        texts = page.locator(f"select[name={name}] option:not([hidden]):not([value=''])").all_inner_texts()
        return {value: int(number) for value, number in (re.fullmatch(r"(.+) \((\d+)\)", text).groups() for text in texts)}

    page = browser.new_page()
    page.goto(f"{address}actions/")
    states, teams = offered("state"), offered("owner")
    page.locator("select[name=owner]").select_option("gitlab")
    assert sum(offered("state").values()) == page.locator(".am-action:visible").count()
    assert offered("state").keys() < states.keys()
    assert offered("owner") == teams
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("output")).to_contain_text(f"{sum(states.values())} of {sum(states.values())}")
    assert (offered("state"), offered("owner")) == (states, teams)
    page.close()


@pytest.mark.parametrize(("where", "summary"), [("actions/?owner=gitlab", ".am-rate, .am-rate-bar, .am-behind-picture, .am-chips"), ("risks/?level=high", ".am-heat")])
def test_a_narrowed_list_on_paper_begins_with_itself(address: str, browser: Browser, where: str, summary: str) -> None:
    page = browser.new_page()
    page.goto(address + where)
    parts = page.locator(summary)
    expect(parts.first).to_be_visible()
    page.emulate_media(media="print")
    assert parts.count() > 0
    assert not [part for part in parts.all() if part.is_visible()]
    expect(page.locator(".am-narrowed")).to_be_visible()
    page.close()


def test_follow_through_is_narrowed_by_team(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}actions/")
    everything = page.locator(".am-action:visible").count()
    page.locator("select[name=owner]").select_option("gitlab")
    assert 0 < page.locator(".am-action:visible").count() < everything
    page.close()
