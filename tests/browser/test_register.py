"""Narrowing, sorting, sharing and downloading the register of incidents in a reader's browser."""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from amends.publishing.register import as_script

REGISTER = "incidents/"
EVERYTHING = 12
"""How many incidents this repository tells of."""

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing goes wrong unseen."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    yield opened
    context.close()
    assert problems == []


def stems(page: Page) -> list[str]:
    """The incidents that stand there, in order."""
    return [href.rstrip("/").split("/")[-1] for href in page.locator(".am-register tbody tr:visible a").evaluate_all("links => links.map(link => link.href)")]


def is_sorted(page: Page, column: str, order: str) -> None:
    """Wait until the rows stand in that order."""
    expect(page.locator(f"th[data-sort={column}]")).to_have_attribute("aria-sort", order)


def found(page: Page, number: int, *, of: int = EVERYTHING) -> None:
    """Wait until that many are said to be found."""
    expect(page.locator(".am-browse output")).to_have_text(f"Incidents: {number} of {of}")


def facet(page: Page, name: str) -> Locator:
    return page.locator(f".am-browse select[name={name}]")


def column(page: Page, place: int) -> list[str]:
    return page.locator(f".am-register tbody tr td:nth-child({place})").all_inner_texts()


def test_nothing_is_fetched_until_a_reader_asks(address: str, page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/data/" in request.url else None)
    page.goto(address + REGISTER)
    page.wait_for_load_state("networkidle")
    found(page, EVERYTHING)
    assert fetched == []
    facet(page, "harm").select_option("privacy")
    found(page, 2)
    assert fetched == [f"{address}data/register.js"]


def test_it_is_narrowed_and_every_further_choice_says_what_it_would_leave(address: str, page: Page) -> None:
    page.goto(address + REGISTER)
    facet(page, "service").select_option("network")
    found(page, 3)
    network = stems(page)
    assert len(network) == 3
    assert 0 < len(network) < EVERYTHING
    years = facet(page, "year")
    for year in sorted({stem[:4] for stem in network}):
        expect(years.locator(f"option[value='{year}']")).to_have_text(f"{year} ({sum(stem.startswith(year) for stem in network)})")
    assert years.locator("option[value='1982']").is_disabled()
    services = facet(page, "service").locator("option:not([hidden])").all_inner_texts()
    assert any(text.startswith("Banking (") for text in services), "what is chosen does not narrow its own facet"
    years.select_option("2021")
    found(page, 1)
    assert stems(page) == ["2021-10-04-facebook-backbone-outage"]


def test_half_a_memory_finds_it_by_words_of_title_service_or_number(address: str, page: Page) -> None:
    page.goto(address + REGISTER)
    words = page.get_by_label("Words of the title, a service, factor or harm, or a number")
    expect(words).to_be_visible()  # keys are pressed whether anybody hears them or not
    words.press_sequentially("ATLASSIAN del")
    found(page, 1)
    assert stems(page) == ["2022-04-05-atlassian-site-deletion"]
    words.fill("zeppelin")
    found(page, 0)
    expect(page.get_by_text("No incident is like this.")).to_be_visible()
    expect(page.get_by_role("link", name="Look for these words in the search")).to_have_attribute("href", "../search/?q=zeppelin")
    assert not page.locator(".am-register").is_visible()
    page.get_by_role("button", name="Show all").click()
    found(page, EVERYTHING)
    expect(words).to_have_value("")
    expect(page.locator(".am-browse output")).to_be_focused()


@pytest.mark.parametrize(("words", "chosen"), [("certificate", "factor=expired-certificate"), ("suppliers", "factor=supplier"), ("data loss", "harm=data-loss"), ("sEv1 crowdstrike", "words=crowdstrike")])
def test_words_find_it_by_factor_harm_and_severity_too(address: str, page: Page, words: str, chosen: str) -> None:
    by: dict[str, set[str]] = {}
    for asked in (chosen, f"words={words}", "words=zeppelin"):
        page.goto(f"{address}{REGISTER}?{asked}")
        expect(page.get_by_role("button", name="Show all")).to_be_visible()  # as soon as the rows stand there
        by[asked] = set(stems(page))
    assert set() == by["words=zeppelin"] < by[chosen] <= by[f"words={words}"]


def test_what_is_found_is_told_once_and_only_when_it_changes(address: str, page: Page) -> None:
    page.goto(address + REGISTER)
    page.evaluate("""() => {
      window.told = [];
      for (const live of document.querySelectorAll(".am-browse :is(output, [role=status], [aria-live])")) {
        new MutationObserver(() => told.push(live.textContent)).observe(live, { childList: true, subtree: true, characterData: true });
      }
    }""")
    words = page.get_by_label("Words")
    for text in ("south", "southw", "southwest"):
        words.fill(text)
        found(page, 1)
    page.get_by_role("button", name="Lasted").click()
    is_sorted(page, "lasted", "descending")
    page.go_back()
    is_sorted(page, "began", "descending")
    told = [text for text in page.evaluate("told") if text]
    assert told == ["Incidents: 1 of 12", "Sorted by how long they lasted, the longest first.", "Sorted by when they began, the latest first."]


def test_every_column_sorts_both_ways_by_keyboard_and_says_so(address: str, page: Page) -> None:
    page.goto(address + REGISTER)
    head = page.locator(".am-register th")
    assert head.evaluate_all("heads => heads.map(head => head.ariaSort)") == ["descending", None, None, None, None]
    status = page.locator(".am-browse form [role=status]")
    seen = {}
    for name, first in (("Began", "ascending"), ("Severity", "ascending"), ("Incident", "ascending"), ("Affected", "descending"), ("Lasted", "descending")):
        sorted_by = page.get_by_role("columnheader", name=name)
        for direction in (first, "ascending" if first == "descending" else "descending"):
            sorted_by.get_by_role("button").focus()
            page.keyboard.press("Enter")
            expect(sorted_by).to_have_attribute("aria-sort", direction)
            expect(status).to_have_text(str(sorted_by.get_attribute(f"data-{direction}")))
            asked = "" if (name, direction) == ("Began", "descending") else f"?sort={sorted_by.get_attribute('data-sort')}&order={direction}"
            assert page.url == f"{address}{REGISTER}{asked}"
            assert page.locator("th[aria-sort]").count() == 1
            seen[name, direction] = (status.inner_text(), stems(page))
    assert len({said for said, _ in seen.values()}) == 10
    assert seen["Began", "ascending"][1] == sorted(seen["Began", "ascending"][1]) == seen["Began", "descending"][1][::-1]
    titles = column(page, 3)
    page.get_by_role("button", name="Incident").click()
    expect(page.get_by_role("columnheader", name="Incident")).to_have_attribute("aria-sort", "ascending")
    assert [title.casefold() for title in column(page, 3)] == sorted(title.casefold() for title in titles)


@pytest.fixture(scope="module")
def unlike(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A served site of incidents of which not everything is known, and of more of them than stand on one page."""
    folder = tmp_path_factory.mktemp("unlike")
    shutil.copytree(Path(__file__).parents[1] / "cases" / "site", folder / "site")
    settings = folder / "site/mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("  - amends\n", "  - amends: {fail: false}\n"), encoding="utf-8")
    for number in range(104):
        day = f"20{20 + number % 10}-0{1 + number // 28}-{1 + number % 28:02}"
        more = {0: ("null", "{unknown: Nobody counted.}", '"=1+1, \\"said\\" she"'), 1: ("{unknown: 'The <b>logs</b> are gone.'}", "{none: Nobody felt it.}", "Ünlike & <i>odd</i>"),
                2: (f"{day}T08:05Z", "[{share: 2%, unit: requests}]", "Short"), 3: (f"{day}T12:00Z", "[{count: 103, unit: people}, {count: 402}, {count: 646}]", "Number 3")}
        resolved, affected, title = more.get(number, (f"{day}T{9 + number % 12:02}:00Z", f"[{{count: {100 + number}, unit: people}}]", f"Number {number}"))
        path = folder / "site/incidents" / day[:4] / f"{day}-number-{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: {title}\nstatus: published\nseverity: sev{1 + number % 4}\norigin: imported\nservices: [mail]\n"
                        f"times:\n  started: {day}T08:00Z\n  resolved: {resolved}\ncustomer_impact:\n  affected: {affected}\n  harms: [outage]\n---\n"
                        "## Summary\nIt was over soon.\n", encoding="utf-8")
    return serve(folder / "site", use_directory_urls=False)


def test_what_is_not_known_stands_last_in_either_direction(unlike: str, page: Page) -> None:
    for order in ("ascending", "descending"):
        page.goto(f"{unlike}incidents/index.html?sort=lasted&order={order}&page=2")
        is_sorted(page, "lasted", order)
        assert [text.split("\n")[0] for text in column(page, 5)[-2:]] == ["Not known", "still running"]
        page.goto(f"{unlike}incidents/index.html?sort=affected&order={order}&page=2")
        is_sorted(page, "affected", order)
        assert column(page, 4)[-1].startswith("Not known")
    page.goto(f"{unlike}incidents/index.html?sort=affected&order=ascending")
    is_sorted(page, "affected", "ascending")
    assert [text.split("\n")[0] for text in column(page, 4)[:3]] == ["2% requests", "None", "103 people"]


def test_the_reason_for_what_is_not_known_opens_here_too_as_text(unlike: str, page: Page) -> None:
    page.goto(f"{unlike}incidents/index.html?words=unlike")
    found(page, 1, of=105)
    reason = page.locator(".am-lasted details")
    reason.locator("summary").click()
    assert reason.get_attribute("open") is not None
    assert reason.inner_text() == "Not knownThe <b>logs</b> are gone."
    assert column(page, 3)[0].split("\n") == ["Ünlike & <i>odd</i>", "Mail"]


def test_it_is_paged_through_and_the_address_says_where(unlike: str, page: Page) -> None:
    page.goto(f"{unlike}incidents/index.html")
    pager = page.locator(".am-pager span")
    expect(pager).to_have_text("1 to 100 of 105")
    first = stems(page)
    page.get_by_role("button", name="Next page").click()
    expect(pager).to_have_text("101 to 105 of 105")
    assert page.url.endswith("?page=2")
    assert set(stems(page)).isdisjoint(first)
    assert len(stems(page)) == 5
    expect(page.locator(".am-browse .am-scroll")).to_be_focused()
    page.get_by_role("button", name="Next page").click(force=True)
    expect(pager).to_have_text("101 to 105 of 105")
    page.get_by_role("button", name="Previous page").click()
    expect(pager).to_have_text("1 to 100 of 105")
    assert stems(page) == first
    page.goto(f"{unlike}incidents/index.html?severity=sev1&page=9")
    found(page, 26, of=105)
    assert len(stems(page)) == 26


@pytest.mark.parametrize(("words", "stem"), [
    ("147,900,000", "2017-05-13-equifax-data-breach"), ("147900000", "2017-05-13-equifax-data-breach"), ("147.900.000", "2017-05-13-equifax-data-breach"),
    ("147 900 000", "2017-05-13-equifax-data-breach"), ("775", "2022-04-05-atlassian-site-deletion"), ("16900", "2022-12-21-southwest-holiday-meltdown"),
    ("5 million", "2018-04-22-tsb-migration"), ("12m", "2022-07-08-rogers-network-outage"), ("8.5 million Windows", "2024-07-19-crowdstrike-channel-file"), ("20000000", "2019-07-02-cloudflare-regex-outage")])
def test_a_number_of_people_or_things_is_found_however_its_digits_are_grouped(address: str, page: Page, words: str, stem: str) -> None:
    page.goto(f"{address}{REGISTER}?words={words}")
    found(page, 1)
    assert stems(page) == [stem]


def test_a_part_of_a_number_is_not_that_number(address: str, page: Page) -> None:
    page.goto(f"{address}{REGISTER}?words=77")
    expect(page.get_by_text("No incident is like this.")).to_be_visible()


@pytest.mark.parametrize(("words", "stem"), [
    ("7 people", "1982-09-29-tylenol-tampering"), ("7 people killed", "1982-09-29-tylenol-tampering"), ("July 2024", "2024-07-19-crowdstrike-channel-file"), ("19 Jul 2024", "2024-07-19-crowdstrike-channel-file"),
    ("July 19, 2024", "2024-07-19-crowdstrike-channel-file"), ("5,000", "2017-01-31-gitlab-database-deletion"), ("19,000 in Canada", "2017-05-13-equifax-data-breach"),
    ("31 million", "1982-09-29-tylenol-tampering"), ("galaxy note 7", "2016-08-24-samsung-note7-recall")])
def test_half_a_memory_finds_it_by_whom_it_met_and_by_its_month(address: str, page: Page, words: str, stem: str) -> None:
    page.goto(f"{address}{REGISTER}?words={words}")
    found(page, 1)
    assert stems(page) == [stem]


def test_a_severity_is_found_with_a_space_in_it_too(address: str, page: Page) -> None:
    page.goto(f"{address}{REGISTER}?words=sev+1")
    found(page, EVERYTHING)


def test_numbers_that_stand_side_by_side_are_two(unlike: str, page: Page) -> None:
    page.goto(f"{unlike}incidents/index.html?words=402")
    found(page, 1, of=105)
    expect(page.locator("table.am-register tbody tr")).to_contain_text("Number 3")


def test_each_row_leads_to_its_record(unlike: str, page: Page) -> None:
    page.goto(f"{unlike}incidents/index.html?words=number+17&severity=sev2")
    found(page, 1, of=105)
    page.get_by_role("link", name="Number 17").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Number 17")


def test_a_view_is_shared_by_its_address_and_back_leads_to_the_one_before(address: str, page: Page) -> None:
    page.goto(address + REGISTER)
    facet(page, "service").select_option("transport")
    expect(page).to_have_url(f"{address}{REGISTER}?service=transport")
    found(page, 3)
    narrowed = stems(page)
    page.get_by_role("button", name="Lasted").click()
    expect(page).to_have_url(f"{address}{REGISTER}?service=transport&sort=lasted&order=descending")
    page.get_by_label("Words").fill("southwest")
    found(page, 1)
    shared = page.url
    page.reload()
    found(page, 1)
    assert stems(page) == ["2022-12-21-southwest-holiday-meltdown"]
    expect(facet(page, "service")).to_have_value("transport")
    expect(page.get_by_label("Words")).to_have_value("southwest")
    page.go_back()
    found(page, len(narrowed))
    assert stems(page) == narrowed
    page.go_back()
    found(page, EVERYTHING)
    expect(facet(page, "service")).to_have_value("")
    page.go_forward()
    page.go_forward()
    found(page, 1)
    assert page.url == shared


def test_an_order_or_a_page_that_is_not_there_is_the_usual_one(address: str, page: Page) -> None:
    page.goto(f"{address}{REGISTER}?sort=__proto__&order=constructor&page=-3")
    found(page, EVERYTHING)
    assert len(stems(page)) == EVERYTHING
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


@pytest.mark.parametrize(("name", "value", "chosen"), [("service", "%3Cimg%3E", "<img> (0)"), ("year", "x", "x (0)")])
def test_a_filter_for_what_nothing_has_leaves_nothing_and_is_seen(address: str, page: Page, name: str, value: str, chosen: str) -> None:
    page.goto(f"{address}{REGISTER}?{name}={value}")
    found(page, 0)
    expect(facet(page, name).locator("option:checked")).to_have_text(chosen)
    page.get_by_role("button", name="Show all").click()
    found(page, EVERYTHING)
    expect(facet(page, name).locator("option", has_text=chosen)).to_be_hidden()


def test_a_filter_by_which_all_are_alike_shows_when_a_link_asks_for_it(address: str, page: Page) -> None:
    page.goto(f"{address}{REGISTER}")
    alike = [field.get_attribute("name") for field in page.locator("form label[hidden] select").all()]
    assert alike
    expect(page.locator(f"form select[name={alike[0]}]")).to_be_hidden()
    value = page.locator(f"form select[name={alike[0]}] option").last.get_attribute("value")
    page.goto(f"{address}{REGISTER}?{alike[0]}={value}")
    found(page, EVERYTHING)
    expect(facet(page, alike[0])).to_have_value(value)


def downloaded(page: Page) -> tuple[str, list[dict[str, str]], str]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    text = Path(download.value.path()).read_bytes().decode()
    return download.value.suggested_filename, list(csv.DictReader(text.splitlines(keepends=True))), text


def test_the_download_holds_the_narrowed_rows_in_their_order_as_the_export_prints_them(address: str, page: Page) -> None:
    page.goto(f"{address}{REGISTER}?service=transport&sort=title&order=descending")
    expect(page.locator("th[data-sort=title]")).to_have_attribute("aria-sort", "descending")
    page.wait_for_function("() => document.querySelectorAll('.am-register tbody tr').length < 12")
    name, rows, text = downloaded(page)
    assert name == "incidents-transport.csv"
    assert [row["stem"] for row in rows] == stems(page)
    exported = page.request.get(f"{address}data/incidents.csv").text().split("\n")
    lines = text.split("\r\n")
    assert lines[0] == exported[0]
    assert lines[-1] == ""
    assert set(lines[1:-1]) < set(exported[1:])


def test_a_cell_of_the_download_is_no_formula_and_keeps_its_quotes(unlike: str, page: Page) -> None:
    page.goto(f"{unlike}incidents/index.html?words=number-0")
    found(page, 1, of=105)
    name, rows, text = downloaded(page)
    assert name == "incidents-number-0.csv"
    assert [row["title"] for row in rows] == ["'=1+1, \"said\" she"]
    assert "\"'=1+1, \"\"said\"\" she\"" in text


def test_everything_is_downloaded_where_nothing_is_narrowed(unlike: str, page: Page) -> None:
    page.goto(f"{unlike}incidents/index.html")
    name, rows, _ = downloaded(page)
    assert name == "incidents.csv"
    assert len(rows) == len({row["stem"] for row in rows}) == 105


def test_a_table_that_stands_whole_on_its_page_is_sorted_in_place(unlike: str, page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{unlike}incidents/2020/index.html")
    page.get_by_role("button", name="Lasted").click()
    assert column(page, 5)[0] == "11 h"
    assert column(page, 5)[-1] == "still running"
    page.get_by_role("button", name="Lasted").click()
    expect(page.get_by_role("columnheader", name="Lasted")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator(".am-unseen[role=status]")).to_have_text("Sorted by how long they lasted, the shortest first.")
    assert column(page, 5)[-1] == "still running"
    page.get_by_role("button", name="Severity").click()
    severities = column(page, 2)
    assert severities == sorted(severities)
    page.get_by_role("button", name="Began").click()
    days = column(page, 1)
    assert days == sorted(days, reverse=True)
    assert not [url for url in requests if "/data/" in url]


def test_without_a_script_the_register_is_a_plain_table(unlike: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{unlike}incidents/index.html?severity=sev1")
    assert page.locator(".am-register tbody tr:visible").count() == 100
    assert page.locator(".am-browse :is(form, .am-pager, th button):visible").count() == 0
    expect(page.get_by_text("The 100 latest of 105. Older ones stand under their years.")).to_be_visible()
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", "../data/incidents.csv")
    context.close()


def test_whatever_a_record_says_its_columns_arrive_as_they_are(page: Page) -> None:
    said = "".join(map(chr, range(0x3000))) + "</script>\\'\\\\''"
    page.goto("about:blank")
    page.add_script_tag(content=as_script(json.dumps([said], ensure_ascii=False)))
    assert page.evaluate("() => JSON.parse(window.amendsColumns)") == [said]


def test_from_disk_it_is_narrowed_and_sorted_too(tmp_path: Path, unlike: str, page: Page) -> None:
    for name in ("incidents/index.html", "data/register.js", "assets/amends/amends.js", "assets/amends/amends.css", "assets/amends/register.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page.request.get(f"{unlike}{name}").text(), encoding="utf-8")
    ours: list[str] = []
    page.context.on("console", lambda message: ours.append(message.text) if "register" in message.text else None)
    opened = page.context.new_page()
    opened.goto((tmp_path / "incidents/index.html").as_uri())
    facet(opened, "severity").select_option("sev1")
    expect(opened.locator(".am-browse output")).to_have_text(re.compile(r"^Incidents: \d+ of 105$"))
    left = len(column(opened, 2))
    assert 0 < left < 105
    assert set(column(opened, 2)) == {"SEV1"}
    opened.get_by_role("button", name="Incident").click()
    titles = [cell.split("\n")[0] for cell in column(opened, 3)]
    assert titles == sorted(titles)
    opened.reload()
    expect(opened.locator(".am-register tbody tr")).to_have_count(left)
    assert not opened.get_by_role("button", name="Download as CSV").is_visible()
    assert ours == []


def test_where_the_columns_can_not_be_had_the_latest_stay_and_it_is_said(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/data/register.js", lambda route: route.abort())
    page.goto(f"{address}{REGISTER}?severity=sev1&service=network")
    expect(page.locator(".am-browse output")).to_contain_text("The register could not be loaded.")
    expect(page.locator(".am-browse .am-chips")).to_be_visible()
    assert len(stems(page)) == EVERYTHING
    page.unroute("**/data/register.js")
    facet(page, "harm").select_option("outage")
    expect(page.locator(".am-browse output")).to_contain_text("Incidents: ")
    page.close()


@pytest.mark.parametrize("width", [1400, 360])
def test_a_narrowed_register_fits_the_screen_and_every_column_can_be_sorted_there(address: str, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}{REGISTER}?harm=privacy&sort=affected")
    found(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    sizes: Any = page.locator("th button").evaluate_all("buttons => buttons.map(button => button.getBoundingClientRect()).map(({right, height}) => [right, height])")
    assert len(sizes) == 5
    assert all(right <= width and height >= 20 for right, height in sizes)
    page.close()


def test_the_ways_to_whole_years_stand_there_only_while_nothing_is_narrowed(address: str, page: Page) -> None:
    years = page.locator(".am-browse .am-chips")
    page.goto(f"{address}{REGISTER}?service=banking")
    found(page, 2)
    expect(years).to_be_hidden()
    page.get_by_role("button", name="Show all").click()
    found(page, EVERYTHING)
    expect(years).to_be_visible()
    page.get_by_label("Words of the title").fill("chicken")
    found(page, 1)
    expect(years).to_be_hidden()
    page.goto(f"{address}{REGISTER}?sort=affected")
    found(page, EVERYTHING)
    expect(years).to_be_visible()


def test_a_narrowed_list_prints_without_a_blank_sheet(address: str, page: Page, printed: Callable[..., int]) -> None:
    page.goto(f"{address}{REGISTER}?service=banking")
    found(page, 2)
    assert printed(page, format="A4") == 1
    page.emulate_media(media="print")
    expect(page.locator(".am-narrowed")).to_have_text("Narrowed to: Service: Banking · Incidents: 2 of 12")
    expect(page.locator(".am-narrowed")).to_be_visible()
    expect(page.locator(".am-browse .am-chips")).to_be_hidden()
    page.goto(f"{address}{REGISTER}?service=banking&words=holiday")
    expect(page.locator(".am-narrowed")).to_have_text("Narrowed to: “holiday” · Service: Banking · Incidents: 0 of 12")
    page.emulate_media(media="screen")
    expect(page.locator(".am-narrowed")).to_be_hidden()
