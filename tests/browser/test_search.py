"""Searching in a real browser: what is found, what narrows it, and what it costs."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browsing import served, write_site

CASES = Path(__file__).parents[1] / "cases"
ATLASSIAN = "incidents/2022/2022-04-05-atlassian-site-deletion/"
REQUESTS, BYTES = 25, 260_000
"""What the first results may cost on this repository's site, cold and without compression by the server; a page's own files not counted."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide page; whatever its console complains of fails the test."""
    opened, problems = browser.new_page(viewport={"width": 1280, "height": 900}), []
    opened.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    opened.close()
    assert problems == []


@contextmanager
def at_the_root(source: Path, folder: Path) -> Iterator[str]:
    """A site without directory URLs, built into a folder and served from the root."""
    write_site(source / "mkdocs.yml", folder, use_directory_urls=False)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site with aliases."""
    with at_the_root(CASES / "site", tmp_path_factory.mktemp("boards")) as address:
        yield address


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def options(page: Page) -> Locator:
    return page.locator(".am-search [role=option]")


def results(page: Page) -> Locator:
    return page.locator(".am-find__hit")


def awaited(page: Page, script: str, given: object) -> object:
    """What an asynchronous function of the page comes to, looked for until it is there: Chromium may give up a promise that its debugger awaits."""
    page.evaluate(f"(given) => {{ ({script})(given).then((outcome) => {{ globalThis.outcome = {{ outcome }}; }}); }}", given)
    return page.wait_for_function("() => globalThis.outcome").evaluate("({ outcome }) => outcome")


def left(page: Page, facet: str) -> dict[str, int]:
    """The values that a facet still offers, with their numbers."""
    texts = page.locator(".am-find").get_by_label(facet).locator("option:not([hidden]):not([value=''])").all_inner_texts()
    return {text.rpartition(" (")[0]: int(text.rpartition(" (")[2].rstrip(")")) for text in texts}


@pytest.mark.parametrize("name", ["2022-04-05-atlassian-site-deletion", "2022-04-05", "P501", "unowned-action"])
def test_a_name_finds_its_page_first(address: str, page: Page, name: str) -> None:
    page.goto(address)
    box(page).fill(name)
    first = "rules/p501/" if name in ("P501", "unowned-action") else ATLASSIAN
    expect(options(page).first).to_be_visible(timeout=15_000)
    assert first in (options(page).first.get_attribute("href") or "")


@pytest.mark.parametrize("name", ["INC-77", "inc-77", "2031-03-01-search-slow"])
def test_an_outside_number_or_a_former_name_finds_the_record_first(boards: str, page: Page, name: str) -> None:
    page.goto(boards)
    box(page).fill(name)
    expect(options(page).first).to_contain_text("Search answers in a minute & more", timeout=15_000)
    box(page).press("Enter")
    page.wait_for_url("**/incidents/2031/2031-03-02-slow-search/index.html*")


def test_who_types_a_name_and_presses_enter_at_once_gets_there(boards: str, page: Page) -> None:
    page.goto(boards)
    page.keyboard.press("/")
    page.keyboard.type("INC-77\n")
    page.wait_for_url("**/2031-03-02-slow-search/index.html*", timeout=15_000)


def test_what_every_search_needs_comes_while_one_is_still_thinking_what_to_type(boards: str, page: Page) -> None:
    page.goto(boards)
    with page.expect_response("**/*.pf_meta"):
        box(page).focus()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.insert_text("cluster")  # letter by letter, `clu` may be answered first, and short words are put in order
    expect(options(page).first).to_be_visible()
    by_word = re.compile(r"/(index|fragment)/|/(doubts\.js|words\.txt)$")  # and a word that is still being typed is finished
    assert [url for url in asked if not by_word.search(url)] == []


def test_where_nothing_holds_all_words_those_that_something_holds_are_looked_for(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=certificates last spring in Reykjavik")
    note = page.locator(".am-find .am-search__note")
    expect(note).to_contain_text("Nothing holds all of these words. Results for “certificates", timeout=15_000)
    expect(page.locator(".am-find__hit").first).to_be_visible()


@pytest.mark.parametrize(("query", "among"), [
    ("that thing with the certificates, last spring", "2017-05-13-equifax"), ("Summer 2022", "2022-07-08-rogers"), ("that outage with the phones in Canada", "2022-07-08-rogers"),
    ("the outage of dns", "2021-10-04-facebook")])
def test_half_a_memory_finds_the_incident(address: str, page: Page, query: str, among: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first).to_be_visible(timeout=15_000)
    assert among in " ".join(link.get_attribute("href") or "" for link in results(page).locator("h2 a").all()[:3])
    lit = {word.lower() for word in results(page).locator("mark").all_inner_texts()}
    assert lit.isdisjoint({"that", "with", "the", "in", "of"})


@pytest.mark.parametrize("query", ["11:27", "blorf", "xylophone", "CVE-2017-5638", "MySQL", "rebooted", "corruption", "unreachable", "compliance", "banana", "log4j", "boeing", "slack", "dogs", "threat", "threats", "0.5", "0.7%25", "48,000,000", "2,700,000", "99.9%25", "won't boot"])
def test_what_stands_nowhere_is_not_found(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(page.locator(".am-find__meta")).to_have_text("Nothing found. Ask with another word, or with fewer.", timeout=15_000)
    assert results(page).count() == 0


@pytest.mark.parametrize(("query", "incident"), [("sev1 backup", "2017-01-31-gitlab"), ("expired-certificate", "2017-05-13-equifax"), ("data-loss", "2017-01-31-gitlab")])
def test_an_incident_is_found_by_what_its_data_calls_it(address: str, page: Page, query: str, incident: str) -> None:
    page.goto(f"{address}search/?q={query}&kind=incident")
    expect(results(page).locator(f"h2 a[href*='{incident}']")).to_have_count(1, timeout=15_000)


def test_a_misspelt_word_is_corrected_and_one_can_insist(address: str, page: Page) -> None:
    page.goto(address)
    box(page).fill("dtabase certifcate")
    note = page.locator(".am-search .am-search__note")
    expect(note).to_contain_text("Results for “database certificate”", timeout=15_000)
    assert options(page).count() > 0
    note.get_by_role("button").click()
    expect(note).to_be_hidden()


@pytest.mark.parametrize("query", ["samsng", "facbook", "facbook outage"])
def test_who_insists_on_a_word_that_stands_nowhere_is_told_so(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    page.locator(".am-find .am-search__note").get_by_role("button").click()
    expect(page.locator(".am-find__meta")).to_contain_text("Nothing found", timeout=15_000)
    expect(results(page)).to_have_count(0)


@pytest.mark.parametrize(("begun", "whole"), [("deleti", "deletion"), ("certifica", "certificate"), ("encry", "encrypted"), ("soft deleti", "soft deletion")])
def test_a_word_that_is_still_typed_finds_what_it_will_find(address: str, page: Page, begun: str, whole: str) -> None:
    found = []
    for query in (begun, whole):
        page.goto(f"{address}search/?q={quote(query)}")
        expect(results(page).first).to_be_visible(timeout=15_000)
        expect(page.locator(".am-find .am-search__note")).to_be_hidden()
        found.append((page.locator(".am-find__meta").inner_text(), results(page).locator("h2").all_inner_texts()))
    assert found[0] == found[1]


@pytest.mark.parametrize(("query", "incident"), [
    ("what happened in december 2022", "2022-12-21-southwest"), ("8 July 2022", "2022-07-08-rogers"), ("July 8, 2022", "2022-07-08-rogers"),
    ("that outage with the phones in Canada", "2022-07-08-rogers"), ("dhl-supply-chain", "2018-02-14-kfc")])
def test_a_day_or_a_name_as_somebody_else_writes_it_finds_the_incident_first(address: str, page: Page, query: str, incident: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(incident), timeout=15_000)


@pytest.mark.parametrize(("query", "instead"), [("verification", "verified"), ("explosion", "exploded"), ("certificate verification", "certificate verified")])
def test_a_word_that_stands_nowhere_is_asked_for_with_another_ending(address: str, page: Page, query: str, instead: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(page.locator(".am-find .am-search__note")).to_contain_text(f"Results for “{instead}”", timeout=15_000)
    assert instead.rpartition(" ")[2] in {word.lower().strip(".,") for word in results(page).locator("mark").all_inner_texts()}


@pytest.mark.parametrize(("query", "said"), [
    ("facebok outage", "Results for “Facebook outage”"), ("databreach", "Results for “data breach”"), ("phonescanada", "Results for “phones canada”"), ("south west", "Results for “southwest”"), ("face book", "Results for “facebook”"), ("v9.2", "Results for “9.2”"), ("£330m", "Results for “330 million”"),
    ("planes grounded", "Results for “planes”"), ("15.39", "Results for “15:39”"), ("Summer 2022", "Results for “2022”"), ("C-421", "Results for “C421”"), ("rule c420", "Results for “c420”"), ("equifax passport", "Results for “equifax”"),
    ("CEO resigned", "Results for “CEO”"), ("https://blog.cloudflare.com/cloudflare-outage/?ref=1#top", "Results for “cloudflare outage”"), ("datacentres", "Results for “data centres”"), ("BGP withdrawn", "Results for “BGP”"), ("black friday outage", "Results for “friday outage”"), ("stale backups never tested", "Results for “backups tested”"), ("Facebock", "Results for “Facebook”"), ("Rodgers", "Results for “Rogers”"), ("Samsumg", "Results for “Samsung”"), ("crowdstrick", "Results for “CrowdStrike”"), ("tylonel", "Results for “Tylenol”"), ("equifacks", "Results for “Equifax”"), ("atlasion", "Results for “Atlassian”"),
    ("faecbok", "Results for “Facebook”"), ("restraunt", "Results for “restaurant”"), ("cut-over", "Results for “cutover”"),
    ("sertificate", "Results for “certificate”"), ("driving license", "Results for “driving licence”"), ("to the customers, and their data.", "Results for “customers data”"),
    ("a faulty update crashed windows computers", "Results for “update crashed windows computers”"), ("kentucky fried chicken", "Results for “chicken”"),
    ('"expression regular"', "Nothing holds these words side by side. Results for “expression regular”")])
def test_what_was_asked_for_in_place_of_a_query_is_what_somebody_may_have_meant(address: str, page: Page, query: str, said: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(page.locator(".am-find .am-search__note")).to_contain_text(said, timeout=15_000)
    expect(results(page).first).to_be_visible()


@pytest.mark.parametrize("query", ["2022-07-08", "8.7.2022", "8.7.22", "08/07/2022", "7/8/2022", "2022/07/08", "July 8th, 2022"])
def test_a_day_in_numbers_finds_what_happened_on_it(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile("2022-07-08-rogers"), timeout=15_000)


@pytest.mark.parametrize(("query", "incident"), [
    ("$575 million", "equifax"), ("£48.65 million", "tsb"), ("£48.65m", "tsb"), ("TSB £330 million", "tsb"), ("$75 voucher", "southwest"), ("TSB CEO", "tsb"),
    ("TSB login", "tsb"), ("can not log in", "tsb"), ("wrong ids script", "destructive-changes|atlassian"), ("cant log in to my account", "tsb"), ("I cant log in", "tsb"), ("couldnt log in", "rogers"), ("8,500,000 machines", "crowdstrike"), ("fell by 0.9", "kfc"), ("48.6", "tsb"), ("5.2 million customers", "tsb"), ("8.5 million", "crowdstrike"),
    ("CEO of Southwest", "southwest"), ("border gateway protocol", "facebook"), ("airplane", "samsung"), ("hacked", "equifax"), ("hackers", "equifax"), ("regexp", "cloudflare"), ("datacenter", "tsb"), ("https://blog.cloudflare.com/cloudflare-outage/", "cloudflare"), ("couldn't log in", "rogers"), ("Rodgers outage", "rogers"), ("contingency plan network outage", "rogers"), ("there was almost no way to apologise enough", "southwest"),
    ("18 hours gitlab", "gitlab"), ("10 billion", "rogers"), ("$10bn", "rogers"), ("5 million customers", "tsb"), ("five million customers", "tsb"), ("5,000,000 customers", "tsb"), ("2.81 billion", "facebook"),
    ("7 people", "tylenol"), ("seven people", "tylenol"), ("nineteen hours", "kfc"), ("forty-eight hours", "equifax"), ("seventy six days", "equifax"), ("CA$150m", "rogers"),
    ("one hundred million dollars", "tylenol"), ("galaxy note seven", "samsung"), ("eighteen", "gitlab"), ("£330m", "tsb"), ("16 900 flights", "southwest"), ("in 2022", "2022"), ("at TSB", "tsb"),
    ("what happened at TSB", "tsb"), ("what did Cloudflare change after the outage", "cloudflare"), ("when was the Rogers outage", "rogers"), ("supplier of KFC", "kfc"),
    ("deleted the wrong database", "gitlab"), ("promises broken by TSB", "tsb"), ("samsung broken promise", "samsung"), ("Rogers kept promises", "rogers")])
def test_an_amount_another_name_or_a_sentence_finds_its_incident_first(address: str, page: Page, query: str, incident: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(incident), timeout=15_000)


@pytest.mark.parametrize("query", ["responsible", "nobody was responsible"])
def test_what_holds_a_word_comes_before_what_holds_others_of_its_stem(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(results(page)).to_have_count(12, timeout=15_000)
    holding = ["responsible" in " ".join(result.locator("mark").all_inner_texts()) for result in results(page).all()]
    assert holding[:3] == [True] * 3
    assert holding == sorted(holding, reverse=True)
    meta = page.locator(".am-find__meta").inner_text()
    page.get_by_role("button", name="more").click()
    expect(results(page)).to_have_count(24)
    assert page.locator(".am-find__meta").inner_text() == meta


def test_a_page_found_by_another_name_shows_where_what_it_names_stands(address: str, page: Page) -> None:
    for query in ("planes", "airplane"):
        page.goto(f"{address}search/?q={query}")
        expect(results(page).first.locator("mark")).to_have_text(re.compile("aircraft|aeroplane"), timeout=15_000)
    assert "h=airplane+a" in (results(page).first.locator("h2 a").get_attribute("href") or "")  # and the page will mark it


@pytest.mark.parametrize(("query", "told"), [("$575 million", "575 million"), ("5,000 projects", "5,000 projects"), ("TSB fine", "fined the bank"), ("18 hours gitlab", "eighteen hours"),
    ("10 billion", "ten billion dollars"), ("5m customers", "five million customers")])
def test_the_lines_that_are_shown_tell_what_was_asked_for(address: str, page: Page, query: str, told: str) -> None:
    page.goto(f"{address}search/?q={query}&kind=incident")
    expect(results(page).first.locator("mark").first).to_be_visible(timeout=15_000)
    lines = results(page).first.locator(".am-hit__line").all_inner_texts()
    assert any(told in line for line in lines), lines


@pytest.mark.parametrize("query", ["60 percent", "60 per cent"])
def test_a_percentage_is_found_in_either_spelling(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}&kind=incident")
    expect(results(page).first).to_be_visible(timeout=15_000)
    found = " ".join(link.get_attribute("href") or "" for link in results(page).locator("h2 a").all())
    assert all(incident in found for incident in ("rogers", "samsung")), found


def test_promises_are_found_by_being_promises_and_by_what_became_of_them(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=broken promises&kind=promise")
    expect(page.locator(".am-find__meta")).to_have_text("4 results", timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


@pytest.mark.parametrize(("query", "leads"), [
    ("did tsb keep its promise&kind=promise", "2018-04-22-tsb"), ("network down&kind=plan", "2022-07-08-rogers"), ("dns down&kind=plan", "2021-10-04-facebook"),
    ("before deploying", "prevention/rollout"), ("deployment checklist", "prevention/rollout"), ("two weeks&kind=incident", "2022-04-05-atlassian"),
    ("bad config file pushed to everyone at once", "2024-07-19-crowdstrike"), ("rm -rf wrong server", "2017-01-31-gitlab"),
    ("140 million fine", "2022-12-21-southwest"), ("KFC compensation", "2018-02-14-kfc"), ("my SSN leaked", "2017-05-13-equifax"), ("300GB", "2017-01-31-gitlab"),
    ("what may I offer a customer whose flight was cancelled", "2022-12-21-southwest")])
def test_of_what_not_all_is_held_the_words_that_name_something_are_kept(address: str, page: Page, query: str, leads: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first).to_be_visible(timeout=15_000)
    assert leads in " ".join(link.get_attribute("href") or "" for link in results(page).locator("h2 a").all()[:3])


@pytest.mark.parametrize(("query", "named"), [("was the rogers credit paid", "2022-07-08-rogers"), ("KFC refund", "2018-02-14-kfc"), ("facebook credit", "2021-10-04-facebook"), ("cloudflare apologised", "2019-07-02-cloudflare")])
def test_what_somebody_names_comes_first_also_where_it_does_not_hold_all_words(address: str, page: Page, query: str, named: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(page.locator(".am-find .am-search__note")).to_contain_text(f"First what is called “{named[11:]}”", timeout=15_000)
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(named))
    assert results(page).count() > 1
    assert page.locator(".am-find__meta").inner_text() == f"{results(page).count()} results"


@pytest.mark.parametrize(("query", "incident", "lit"), [("18:14", "2017-01-31-gitlab", "18:14"), ("10:30", "2018-04-22-tsb", "10:30"), ("7:38", "2022-04-05-atlassian", "07:38"), ("5:27", "2024-07-19-crowdstrike", "05:27"),
    ("9:30", "1982-09-29-tylenol", "9:30"), ("09:30", "1982-09-29-tylenol", "9:30"), ("1.42 pm", "2019-07-02-cloudflare", "13:42"), ("11:27pm", "2017-01-31-gitlab", "23:27"), ("15:39 UTC", "2021-10-04-facebook", "15:39")])
def test_a_time_of_day_is_found_as_one(address: str, page: Page, query: str, incident: str, lit: str) -> None:
    page.goto(f"{address}search/?q={query}&kind=incident")
    expect(results(page)).to_have_count(1, timeout=15_000)
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(incident))
    assert lit in {mark.strip(".,") for mark in results(page).locator("mark").all_inner_texts()}


def test_who_insists_is_asked_for_as_typed_also_with_a_time(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=1:42 pm&kind=incident")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile("2019-07-02-cloudflare"), timeout=15_000)
    asked = awaited(page, """async (root) => {
        const { answer, facts } = await import(`${root}assets/amends/answers.js`);
        return (await answer({ query: "1:42 pm", chosen: {}, limit: 12 }, { literally: true }, await facts(), new AbortController().signal)).asked;
    }""", address)
    assert asked == "1:42 pm"


@pytest.mark.parametrize("day", ["2028-01-05", "1928-12-28"])
def test_a_day_is_written_as_the_site_writes_it_whatever_its_year(address: str, page: Page, day: str) -> None:
    page.goto(f"{address}search/")
    written = awaited(page, """async ([root, day]) => {
        const [{ factsOf }, { facts }] = await Promise.all(["finder", "answers"].map((name) => import(`${root}assets/amends/${name}.js`)));
        const known = await facts();
        const turned = { ...known, days: known.days.map((_, month) => `1999-${month + 1}-28`) };  // as where the year comes first
        return [known, turned].map((each) => factsOf({ filters: { kind: ["incident"] }, meta: { day } }, each).querySelector("time").textContent);
    }""", [address, day])
    assert written == {"2028-01-05": ["5 Jan 2028", "2028-1-5"], "1928-12-28": ["28 Dec 1928", "1928-12-28"]}[day]


def test_a_time_of_day_is_no_amount_and_is_lit_on_its_page(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=20:00")
    expect(results(page).first.locator("mark").first).to_be_visible(timeout=15_000)
    assert {mark.strip(".,") for mark in results(page).locator("mark").all_inner_texts()} == {"20:00"}
    page.goto(f"{address}search/?q=cyanide 09:30")
    results(page).first.locator("h2 a").click()
    page.wait_for_url("**/1982-09-29-tylenol-tampering/?h=*")
    page.wait_for_function("() => CSS.highlights.has('am-found')")
    assert "9:30" in page.evaluate("[...CSS.highlights.get('am-found')].map(String)")


@pytest.mark.parametrize("query", ["people dead", "seven people dead"])
def test_what_holds_a_word_comes_before_what_holds_longer_ones_that_begin_so(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile("1982-09-29-tylenol"), timeout=15_000)


@pytest.mark.parametrize(("query", "first"), [("killed", "tylenol"), ("leaked", "equifax")])
def test_what_holds_a_word_comes_before_what_is_called_so_and_another_name_in_any_form_is_lit(address: str, page: Page, query: str, first: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(first), timeout=15_000)
    expect(results(page).first.locator("mark").first).to_be_visible()


@pytest.mark.parametrize("query", ["kind=incident", "year=2018", "severity=sev1&kind=incident"])
def test_what_is_only_narrowed_does_not_load_the_whole_index(address: str, page: Page, query: str) -> None:
    pieces: list[str] = []
    page.on("request", lambda request: pieces.append(request.url) if "/pages/index/" in request.url else None)
    page.goto(f"{address}search/?{query}")
    expect(results(page).first).to_be_visible(timeout=15_000)
    page.wait_for_load_state("networkidle")
    assert len(pieces) <= 1


@pytest.mark.parametrize(("query", "first"), [
    ("tuesday 24 april", "tsb"), ("tuesday 24 april 2018", "tsb"), ("october 1982", "tylenol"), ("september 2016", "samsung"), ("october shortage", "kfc"), ("december overdraft", "tsb")])
def test_nothing_is_called_by_the_day_of_its_week_or_its_month(address: str, page: Page, query: str, first: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(first), timeout=15_000)
    assert "called" not in page.locator(".am-find .am-search__note").inner_text()


TSB = "2018-04-22-tsb-migration"


@pytest.mark.parametrize(("query", "first"), [
    (f"incidents/2018/{TSB}.md", TSB), (f"incidents/2018/{TSB}", TSB), (f"{TSB}.md", TSB), (f"incidents/2018/{TSB}.md:212:3", TSB), (f"/kb/incidents/2018/{TSB}/", TSB),
    (f"127.0.0.1:8123/kb/incidents/2018/{TSB}/index.html#promises", TSB), (f"kb.example.org/incidents/2018/{TSB}/", TSB), ("docs/guides/settings.md", "guides/settings"),
    ("prevention/rollout.md", "prevention/rollout"), ("prevention/telling-customers.md", "prevention/telling-customers"), (f"incidents/2018/{TSB}/index.md", TSB)])
def test_the_path_of_a_page_or_of_its_file_leads_to_it(address: str, page: Page, query: str, first: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(first), timeout=15_000)


@pytest.mark.parametrize(("query", "first", "line"), [
    ("own it", "prevention/telling-customers", "own-it"), ("go/no-go", "prevention/cutovers", "go"), ("rollout/kill-switch", "prevention/rollout", "kill-switch"), ("resilience/no-shared-fate", "prevention/resilience", "no-shared-fate"),
    ("safe-products/reach-every-buyer", "prevention/safe-products", "reach-every-buyer"), ("telling-customers/own-it", "prevention/telling-customers", "own-it")])
def test_an_item_is_found_as_records_name_it_or_by_its_name(address: str, page: Page, query: str, first: str, line: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(first), timeout=15_000)
    assert line in results(page).first.inner_text()


@pytest.mark.parametrize(("query", "first"), [("code P501", "rules/p501"), ("colledge", "tylenol"), ("firewall rule", "cloudflare"), ("rules/w802/", "rules/w802"), ("rules/c418", "rules/c418"), ("prevention/cutovers", "prevention/cutovers"), ("kb/Prevention/rollout", "prevention/rollout"), ("prevention/personal-data", "prevention/personal-data"), ("services/network", "services/network"), ("incidents/2018/", r"incidents/2018/(\?|$)")])
def test_a_code_is_found_beside_other_words_and_a_word_as_it_sounds(address: str, page: Page, query: str, first: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(first), timeout=15_000)


@pytest.mark.parametrize(("query", "first"), [
    ("single cause", "r213"), ("a single cause", "r213"), ("missing root cause", "r201"), ("missing times", "t307"), ("missing follow up", "c407"), ("no front matter", "f102"), ("Line endings", "f110"),
    ("rule T305", "t305"), ("rule C420", "c420"), ("W802 rule", "w802"), ("rule excuse", "w802"), ("rule late-claim", "g608"), ("rule missing-apology", "c402"), ("dead-link rules", "f119"), ("rule dead link", "f119"), ("rule late-clam", "g608")])
def test_a_rule_is_found_by_its_name_and_beside_the_word_for_rules(address: str, page: Page, query: str, first: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(f"rules/{first}"), timeout=15_000)


@pytest.mark.parametrize("query", ["https://www.example.org/rhubarb-crumble.html", "https://www.gao.gov/products/gao-18-559", "uber eats $10", "nokia 2021"])
def test_where_nothing_holds_more_than_a_number_no_results_are_announced(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(page.locator(".am-find__meta")).to_contain_text("Nothing found", timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


def test_a_slash_between_words_makes_no_path_of_them(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=login/payments")
    expect(results(page).first).to_be_visible(timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


@pytest.mark.parametrize("query", ["25000", "25,000", "25000 points"])
def test_a_number_is_no_beginning_of_a_larger_one_that_stands_elsewhere(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile("southwest"), timeout=15_000)
    assert not re.search("samsung|equifax|rogers", " ".join(link.get_attribute("href") or "" for link in results(page).locator("h2 a").all()))


def test_words_in_single_quotes_stand_side_by_side_too(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q='up and running'")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(TSB), timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


def test_of_a_phrase_that_stands_nowhere_all_is_said_that_is_shown(address: str, page: Page) -> None:
    page.goto(f'{address}search/?q="teething troubles"')
    note = page.locator(".am-find .am-search__note")
    expect(note).to_contain_text("Nothing holds these words side by side. Results for “teething”, then for others of them.", timeout=15_000)


@pytest.mark.parametrize(("query", "said"), [("\"no shared fate\"", "prevention/"), ("\"blast radius\"", "prevention/destructive-changes"), ("\"kill switch\"", "prevention/rollout")])
def test_words_in_quotes_are_found_with_a_hyphen_too(address: str, page: Page, query: str, said: str) -> None:
    page.goto(f"{address}search/?q={quote(query)}")
    expect(results(page).first).to_be_visible(timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()
    assert said in " ".join(link.get_attribute("href") or "" for link in results(page).locator("h2 a").all())


def test_words_in_quotes_stand_side_by_side_beside_other_words_too(address: str, page: Page) -> None:
    note, held, unheld = page.locator(".am-find .am-search__note"), quote('tsb "up and running"'), quote('"no chicken" kfc')
    page.goto(f"{address}search/?q={held}&kind=incident")
    expect(results(page)).to_have_count(1, timeout=15_000)
    expect(note).to_be_hidden()
    page.goto(f"{address}search/?q={unheld}")
    expect(note).to_contain_text("Nothing holds these words side by side.", timeout=15_000)


def test_no_menu_counts_what_nobody_finds(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=apologised")
    kinds = page.locator(".am-find").get_by_label("Kind").locator("option")
    expect(kinds.filter(has_text="Incidents")).not_to_have_text("Incidents (12)", timeout=15_000)
    expect(kinds.filter(has_text="Plans")).to_have_text("Plans")
    page.goto(f"{address}search/?q=8.5 million&kind=incident")
    expect(page.locator(".am-find__meta")).to_have_text("2 results", timeout=15_000)


@pytest.mark.parametrize(("query", "shown", "results_found"), [("0.9", "-0.9", "1 result"), ("48.65 million", "48.65", "1 result"), ("145.5", "145.5", "1 result"), ("1,300", "1,300", "1 result")])
def test_a_number_is_found_as_a_whole_and_shown_where_it_stands(address: str, page: Page, query: str, shown: str, results_found: str) -> None:
    page.goto(f"{address}search/?q={query}&kind=incident")
    expect(page.locator(".am-find__meta")).to_have_text(results_found, timeout=15_000)
    expect(results(page).first.locator("mark").first).to_have_text(shown)


def test_nothing_but_spaces_asks_for_nothing(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=+")
    expect(page.locator(".am-find__meta")).to_have_text("Type to search, or choose a filter.", timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()
    assert results(page).count() == 0


def test_back_leads_to_what_was_asked_for_with_enter_however_slowly(address: str, page: Page) -> None:
    page.goto(f"{address}search/")
    field = page.locator(".am-find input")
    for query, most in (("tylenol", "Tylenol"), ("equifax", "Equifax")):
        field.fill(query)
        expect(results(page).first).to_contain_text(most, timeout=15_000)
        expect(page).to_have_url(re.compile(f"q={query}$"))
        field.press("Enter")
    page.go_back()
    expect(field).to_have_value("tylenol")
    expect(results(page).first).to_contain_text("Tylenol")


@pytest.mark.parametrize(("kind", "dated"), [("incident", True), ("promise", True), ("checklist", False), ("rule", False)])
def test_only_what_has_a_day_is_said_to_stand_with_the_latest_first(address: str, page: Page, kind: str, dated: bool) -> None:
    page.goto(f"{address}search/?kind={kind}")
    expect(page.locator(".am-find__meta")).to_have_text(re.compile(r"^\d+ results" + (" · The latest first$" if dated else "$")), timeout=15_000)


def test_spaces_and_line_breaks_between_words_are_nothing_to_tell_of(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=Tylenol%20%20%0Arecall")
    expect(results(page).first).to_be_visible(timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


@pytest.mark.parametrize(("query", "incident"), [
    ("2018-04-24", "2018-04-22-tsb"), ("24.04.2018", "2018-04-22-tsb"), ("2022-12-27", "2022-12-21-southwest"), ("7/8/2022 outage", "2022-07-08-rogers"), ("“up and running”", "2018-04-22-tsb")])
def test_a_day_of_a_timeline_and_a_quotation_are_read_however_they_are_written(address: str, page: Page, query: str, incident: str) -> None:
    page.goto(f"{address}search/?q={query}&kind=incident")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile(incident), timeout=15_000)
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


def test_where_filters_leave_nothing_each_menu_says_what_it_would_leave_without_its_own(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=chicken&year=2017")
    expect(page.locator(".am-find__meta")).to_have_text("Nothing found with these filters", timeout=15_000)
    expect(page.locator(".am-find").get_by_label("Year").locator("option", has_text="2018")).to_have_text("2018 (1)")
    page.locator(".am-find").get_by_label("Year").select_option("2018")
    expect(results(page)).to_have_count(1)


def test_where_nothing_is_known_of_a_word_nothing_is_counted_and_no_choice_is_taken_away(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=chikken&year=2017")
    expect(page.locator(".am-find__meta")).to_have_text("Nothing found with these filters", timeout=15_000)
    expect(page.locator(".am-find").get_by_label("Year").locator("option", has_text="2018")).to_have_text("2018")


def test_a_number_is_found_without_its_commas(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=147900000&kind=incident")
    expect(results(page).first.locator("h2 a")).to_have_attribute("href", re.compile("equifax"), timeout=15_000)


@pytest.mark.parametrize(("query", "place"), [
    ("what do we do if it happens again", "again/"), ("happens again", "again/"), ("what may I offer", "support/"), ("backup checklist", "prevention/backups-and-restore/"),
    ("risks", "risks/"), ("open promises", "promises/"), ("overdue actions", "actions/"), ("open risks", "risks/")])
def test_a_page_that_lists_is_found_by_what_it_says_of_itself(address: str, page: Page, query: str, place: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first).to_be_visible(timeout=15_000)
    assert any(place in (link.get_attribute("href") or "") for link in results(page).locator("h2 a").all()[:2])


@pytest.mark.parametrize("query", ["apology", "promise broken", "late", "root cause", "our site has disappeared"])
def test_rules_do_not_stand_before_incidents_for_the_words_in_their_names_and_examples(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    expect(results(page).first).to_be_visible(timeout=15_000)
    assert "rules/" not in " ".join(link.get_attribute("href") or "" for link in results(page).locator("h2 a").all()[:2])


def test_a_page_that_is_found_by_what_it_is_called_shows_how_it_begins(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=legacy-system&kind=incident&year=2017")
    expect(results(page)).to_have_count(1, timeout=15_000)
    expect(results(page).locator(".am-hit__line")).to_have_text(re.compile("^Equifax collects the credit histories"))


def test_forms_of_a_word_are_marked_on_the_page_that_was_found(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=notification&kind=rule")
    expect(results(page).first).to_be_visible(timeout=15_000)
    marks = [parse_qs(urlsplit(link.get_attribute("href") or "").query)["h"] for link in results(page).locator("h2 a").all()]
    assert all("notified" in mark[0].split() for mark in marks)


def test_of_two_words_the_one_that_nearly_every_page_holds_is_not_asked_for(tmp_path: Path, page: Page) -> None:
    with at_the_root(CASES / "site", tmp_path) as address:
        facts = tmp_path / "search/facts.json"
        facts.write_text(facts.read_text().replace('"everywhere":""', '"everywhere":"cluster"'))
        for query, asked in (("the cluster", "the"), ("cluster", "cluster")):
            page.goto(f"{address}search/index.html?q={query}")
            expect(results(page).first).to_be_visible(timeout=15_000)
            assert asked in {word.lower() for word in results(page).locator("mark").all_inner_texts()}
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")


def test_where_there_are_no_plans_and_promises_the_rest_is_counted(tmp_path: Path, page: Page) -> None:
    folder = Path(shutil.copytree(CASES / "site", tmp_path / "site"))
    shutil.rmtree(folder / "incidents/2031")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    with at_the_root(folder, tmp_path / "out") as address:
        page.goto(f"{address}search/index.html?q=checklist")
        kinds = page.locator(".am-find").get_by_label("Kind").locator("option")
        expect(kinds.filter(has_text="Checklists")).to_have_text("Checklists (1)", timeout=15_000)
        expect(page.locator(".am-find__meta")).to_have_text(re.compile("results?$"))
        page.goto("about:blank")


def test_a_late_answer_to_an_earlier_query_changes_nothing(address: str, page: Page) -> None:
    held: list[Route] = []
    page.route("**/search/words.txt", lambda route: held.append(route))
    with page.expect_request("**/search/words.txt"):
        page.goto(f"{address}search/?q=certifcate")
    page.locator(".am-find").get_by_role("searchbox").fill("restore")
    expect(results(page).first).to_be_visible(timeout=15_000)
    told = page.locator(".am-find__meta").inner_text()
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()
    assert page.locator(".am-find__meta").inner_text() == told


def test_where_nothing_is_found_nothing_is_counted(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=xyzzy")
    expect(page.locator(".am-find__meta")).to_have_text("Nothing found. Ask with another word, or with fewer.", timeout=15_000)
    expect(page.locator(".am-find").get_by_label("Kind").locator("option:not([hidden])")).to_have_count(1)  # its name


def test_where_words_were_left_out_no_number_is_told_that_another_choice_would_not_keep(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=data+loss&kind=plan")
    expect(page.locator(".am-find .am-search__note")).to_contain_text("Nothing holds all of these words", timeout=15_000)
    expect(page.locator(".am-find").get_by_label("Kind").locator("option", has_text="Incidents")).to_have_text("Incidents")


def test_a_search_on_its_own_page_promises_no_keys_of_the_box(address: str, page: Page) -> None:
    page.goto(f"{address}search/")
    expect(page.locator(".am-find__meta")).to_have_text("Type to search, or choose a filter.", timeout=15_000)


def test_a_box_that_closes_is_not_expanded_and_nothing_in_it_is_chosen(address: str, page: Page) -> None:
    page.goto(address)
    box(page).fill("backup")
    expect(options(page).first).to_be_visible(timeout=15_000)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_have_attribute("aria-activedescendant", re.compile("am-option"))
    page.keyboard.press("Escape")
    field = page.locator("[data-am-search] input").first
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("/")
    expect(field).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("query", ["certain", "prove", "world"])
def test_each_kind_has_its_number_also_where_only_longer_words_are_found(address: str, page: Page, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    kinds = page.locator(".am-find").get_by_label("Kind")
    expect(kinds.locator("option[value=plan]")).to_have_text("Plans (1)", timeout=15_000)
    expect(kinds.locator("option[value=promise]")).to_have_text("Promises (0)")
    page.goto(f"{address}search/?q={query}&kind=plan")
    expect(results(page)).to_have_count(1, timeout=15_000)


def test_a_promise_is_reached_by_its_state_alone(address: str, page: Page) -> None:
    page.goto(f"{address}search/")
    expect(page.locator(".am-find").get_by_label("State")).to_be_visible(timeout=15_000)
    number = left(page, "State")["broken"]
    page.locator(".am-find").get_by_label("State").select_option("broken")
    expect(results(page)).to_have_count(number)
    expect(results(page).first.locator(".am-badge", has_text="promise")).to_be_visible()
    expect(page.locator(".am-find").get_by_label("Kind").locator("option:not([hidden])")).to_have_text(["Kind", f"Promises ({number})"])


def test_what_stands_in_any_story_is_asked_for_where_somebody_means_it(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=winter+storm+airline")
    expect(results(page)).to_have_count(1, timeout=15_000)
    expect(results(page).locator("h2 a")).to_have_attribute("href", re.compile("2022-12-21-southwest"))
    expect(page.locator(".am-find .am-search__note")).to_be_hidden()


def test_what_is_left_out_is_told_also_while_a_word_is_being_finished(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q={quote('that thing with the certifica')}")
    expect(page.locator(".am-find .am-search__note")).to_contain_text("Results for “certificate”", timeout=15_000)


def test_words_with_a_sharp_s_are_found_by_two_plain_ones_and_the_other_way_round(browser: Browser, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CASES / "site", tmp_path / "site"))
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(record.read_text().replace("## Summary\n", "## Summary\n\nIn der Großstraße und in der Wassergasse stand alles still.\n", 1))
    with at_the_root(folder, tmp_path / "out") as address:
        opened = browser.new_page()
        for query in ("Grossstrasse", "Großstraße", "Waßergasse"):
            opened.goto(f"{address}search/index.html?q={quote(query)}")
            expect(opened.locator(".am-find__hit h2")).to_have_text("Search answers in a minute & more", timeout=15_000)
        opened.close()


def test_results_show_the_line_that_matches_and_the_facts_that_matter(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=identifiers+deletion&kind=incident")
    hit = results(page).filter(has_text="Atlassian").first
    expect(hit).to_be_visible(timeout=15_000)
    assert hit.locator(".am-hit__facts").inner_text().split("\n") == ["SEV1", "5 Apr 2022", "Web application, Cloud platform, Customer support", "published"]
    assert "identifiers" in [mark.lower().strip(".,") for mark in hit.locator("mark").all_inner_texts()]


def test_the_keyboard_is_enough(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("s")
    expect(box(page)).to_be_focused()
    page.keyboard.type("backup")
    expect(options(page).first).to_be_visible(timeout=15_000)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{box(page).get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    assert page.locator("[aria-selected=true]").count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".am-search").get_by_label("Kind")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".am-search").get_by_label("Kind")).to_be_hidden()
    page.keyboard.press("f")
    page.keyboard.press("ArrowDown")
    target = options(page).first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(target or "")


def test_facets_narrow_and_count_what_is_left(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=customers")
    search = page.locator(".am-find")
    expect(search.get_by_role("status")).to_contain_text("results", timeout=15_000)
    page.wait_for_function("() => document.querySelectorAll('.am-find select[name=kind] option:not([hidden])').length > 2")
    kinds = left(page, "Kind")
    search.get_by_label("Kind").select_option("incident")
    expect(search.get_by_role("status")).to_have_text(f"{kinds['Incidents']} results")
    page.wait_for_function("() => [...document.querySelectorAll('.am-find select[name=service] option')].some((option) => option.hidden || /\\(\\d+\\)/.test(option.text))")
    page.wait_for_timeout(500)
    services = left(page, "Service")
    search.get_by_label("Service").select_option("payments")
    expect(search.get_by_role("status")).to_have_text(f"{services['Payments']} results" if services["Payments"] > 1 else "1 result")
    assert results(page).count() == services["Payments"]
    assert left(page, "Service") == services, "the values of the facet in use are counted without it"


def test_the_address_carries_the_query_and_the_filters_and_back_goes_back(address: str, page: Page) -> None:
    page.goto(f"{address}search/")
    search = page.locator(".am-find")
    search.get_by_role("searchbox").fill("restore")
    expect(results(page).first).to_be_visible(timeout=15_000)
    everything = search.get_by_role("status").inner_text()
    search.get_by_label("Kind").select_option("promise")
    expect(results(page).first).to_contain_text("promise")
    search.get_by_label("State").select_option("kept")
    expect(results(page).first).to_contain_text("kept")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["restore"], "kind": ["promise"], "state": ["kept"]}
    narrowed = search.get_by_role("status").inner_text()
    page.reload()
    expect(search.get_by_role("status")).to_have_text(narrowed, timeout=15_000)
    expect(search.get_by_label("State")).to_have_value("kept")
    page.go_back()
    page.go_back()
    expect(search.get_by_role("status")).to_have_text(everything)
    expect(search.get_by_label("Kind")).to_have_value("")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["restore"]}


def test_what_one_types_before_all_is_loaded_stays(address: str, page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/search/facts.json", lambda route: waiting.append(route))
    with page.expect_request("**/search/facts.json"), page.expect_response("**/*.pf_meta"):
        page.goto(f"{address}search/")
    field = page.locator(".am-find").get_by_role("searchbox")
    field.fill("restore")
    waiting[0].continue_()
    expect(results(page).first).to_be_visible(timeout=15_000)
    expect(field).to_have_value("restore")


@pytest.mark.parametrize(("asked", "chosen"), [("q=certificate&severity=sev3", ["sev3 (0)"]), ("severity=sev1&year=2099", ["SEV1 (0)", "2099 (0)"]), ("kind=%3Cb%3E", ["<b> (0)"])])
def test_a_link_that_asks_for_what_nothing_has_finds_nothing_and_says_by_which_filter(address: str, page: Page, asked: str, chosen: list[str]) -> None:
    page.goto(f"{address}search/?{asked}")
    expect(page.locator(".am-find__meta")).to_have_text("Nothing found with these filters", timeout=15_000)
    expect(page.locator(".am-find select.am-on option:checked")).to_have_text(chosen)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".am-find select.am-on")).to_have_count(0)
    expect(page.locator(".am-find option:not([hidden])", has_text=chosen[-1])).to_have_count(0)


@pytest.mark.parametrize(("kind", "first"), [("incident", "CrowdStrike"), ("plan", "crash reports follow the release")])
def test_filters_alone_list_the_latest_first(address: str, page: Page, kind: str, first: str) -> None:
    page.goto(f"{address}search/?kind={kind}")
    expect(results(page).first).to_contain_text(first, timeout=15_000)
    days = page.locator(".am-find time").evaluate_all("times => times.map(time => time.dateTime)")
    assert len(days) > 5
    assert days == sorted(days, reverse=True)


def test_by_a_service_alone_incidents_come_before_checklists(address: str, page: Page) -> None:
    page.goto(f"{address}search/?service=database")
    expect(results(page).first).to_be_visible(timeout=15_000)
    kinds = [line.split("\n")[0] for line in page.locator(".am-hit__facts").all_inner_texts()]
    assert kinds == sorted(kinds, key=lambda kind: kind.startswith("checklist"))
    assert any(kind.startswith("checklist") for kind in kinds)


def test_a_plan_is_found_where_it_stands(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=restore&kind=plan")
    link = results(page).first.get_by_role("link").first
    expect(link).to_be_visible(timeout=15_000)
    link.click()
    page.wait_for_load_state()
    anchor = urlsplit(page.url).fragment
    assert anchor.startswith("plan-")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_the_box_counts_what_is_left_when_one_turns_to_its_filters(address: str, page: Page) -> None:
    page.goto(address)
    box(page).fill("backup")
    expect(options(page).first).to_be_visible(timeout=15_000)
    kind = page.locator(".am-search").get_by_label("Kind")
    incidents = kind.locator("option[value=incident]")
    expect(incidents).to_have_text("Incidents")
    kind.focus()
    expect(incidents).to_have_text(re.compile(r"Incidents \([1-9]\d*\)"))
    number = (incidents.text_content() or "").rpartition("(")[2].rstrip(")")
    kind.select_option("incident")
    expect(page.locator(".am-search").get_by_role("status")).to_contain_text(f"{number} result")


def test_the_box_leads_to_all_results_with_what_was_asked(address: str, page: Page) -> None:
    page.goto(f"{address}guides/")
    box(page).fill("customers")
    expect(options(page).first).to_be_visible(timeout=15_000)
    page.locator(".am-search").get_by_label("Kind").select_option("incident")
    expect(page.locator(".am-search__all")).to_have_attribute("href", f"{address}search/?q=customers&kind=incident")
    page.locator(".am-search__all").click()
    expect(page.locator(".am-find").get_by_role("searchbox")).to_have_value("customers")
    expect(results(page).first).to_be_visible(timeout=15_000)


def test_what_was_asked_for_is_marked_on_the_page_that_was_found(address: str, page: Page) -> None:
    with page.expect_response("**/mark.js"):
        page.goto(f"{address}{ATLASSIAN}?h=identifiers")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("CSS.highlights.get('am-found')?.size") > 3


@pytest.mark.parametrize("asked", ["on-call", "c++", "2022-04-05-atlassian-site-deletion", "(who?)"])
def test_words_with_signs_in_them_are_asked_for_without_an_error(address: str, page: Page, asked: str) -> None:
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{address}{ATLASSIAN}?h={quote(asked)}")
    page.wait_for_load_state("networkidle")
    assert problems == []


def test_the_first_results_are_cheap_and_come_from_the_same_host(address: str, page: Page) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    answers = []
    page.on("response", lambda response: answers.append((response.url, len(response.body()))))
    box(page).fill("backup restore")
    expect(options(page).first).to_be_visible(timeout=15_000)
    page.wait_for_load_state("networkidle")
    assert [url for url, _ in answers if not url.startswith(address)] == []
    assert len(answers) <= REQUESTS
    assert sum(size for _, size in answers) <= BYTES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(address: str, browser: Browser, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    for url in ("", "search/?q=backup&kind=incident"):
        page.goto(address + url)
        if url:
            expect(results(page).first).to_be_visible(timeout=15_000)
        else:
            page.locator("label.md-header__button[for=__search]").click()
            page.keyboard.type("backup")
            expect(options(page).first).to_be_in_viewport(timeout=15_000)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.close()


def test_opened_from_disk_it_says_what_it_needs(browser: Browser, tmp_path: Path) -> None:
    write_site(CASES / "site/mkdocs.yml", tmp_path, use_directory_urls=False)
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    box(page).focus()
    expect(page.locator(".am-search").get_by_role("status")).to_contain_text("Search needs a server")
    page.goto((tmp_path / "search/index.html").as_uri())
    expect(page.locator(".am-find").get_by_role("status")).to_contain_text("Search needs a server")
    expect(page.locator(".am-find").get_by_role("status")).to_be_visible()
    page.close()
