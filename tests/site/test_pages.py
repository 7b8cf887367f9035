"""What a reader finds on the pages of a built site."""

import logging
import re
from pathlib import Path
from posixpath import dirname, normpath
from posixpath import join as urljoin

import pytest
from bs4 import BeautifulSoup

from amends.render.composer import _SAID_OF_ALL
from amends.site.files import STATIC

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/index.html"


@pytest.fixture
def site(boards):
    return boards


@pytest.fixture(scope="module")
def pages(boards) -> dict[str, BeautifulSoup]:
    """All pages of the site by address."""
    return boards.pages


def test_a_clean_corpus_builds_without_a_warning(site) -> None:
    assert [record for record in site.log if record.levelno >= logging.WARNING] == []
    assert "3 records, 1 checklist: 0 errors, 0 warnings; no git history: no repository" in site.messages(logging.INFO)[-2]


def test_the_record_page_shows_its_facts_at_a_glance(site) -> None:
    page = site.page(SLOW_SEARCH)
    facts = {div.dt.get_text(): " ".join(div.dd.get_text(" ").split()) for div in page.select(".am-facts > div")}
    assert facts == {
        "Began": "2 Mar 2031, 08:00 UTC",
        "Lasted": "2 h",
        "Affected": "4,000 of 180,000 people",
        "Found first by": "monitoring",
        "Customers told": "40 min after we knew",
        "Also known as": "INC-77",
    }
    assert page.h1.get_text(strip=True).startswith("Search answers in a minute & more")


@pytest.mark.parametrize(("resolved", "reopened", "lasted", "fixed"), [
    ("2031-03-02T10:00Z", "[]", "2 h", "Fixed 2 Mar 2031"),
    ("null", "[]", "still running", "Fixed not yet"),
    ("{unknown: Nobody looked at the clock.}", "[]", "Not known Nobody looked at the clock.", "Fixed not known"),
    ("2031-03-02T10:00Z", "[{from: 2031-03-03, to: 2031-03-04}]", "2 h and came back after that", "Fixed 4 Mar 2031"),
    ("2031-03-02T10:00Z", "[{from: 2031-03-03, to: 2031-03-04}, {from: 2031-03-05, to: null}]", "2 h and came back 2 times after that", "Fixed not yet"),
])
def test_an_incident_is_over_when_it_did_not_come_back(build_site, copy_of, resolved: str, reopened: str, lasted: str, fixed: str) -> None:
    folder = copy_of("site")
    record = folder / SLOW_SEARCH.replace("index.html", "index.md")
    text = record.read_text(encoding="utf-8").replace("  resolved: 2031-03-02T10:00Z\n", f"  resolved: {resolved}\n  reopened: {reopened}\n")
    record.write_text(text, encoding="utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("  - amends\n", "  - amends: {fail: false}\n"), encoding="utf-8")
    page = build_site(folder).page(SLOW_SEARCH)
    assert " ".join(page.find("dt", string="Lasted").find_next("dd").get_text(" ").split()) == lasted
    assert fixed in [step.get_text(" ", strip=True) for step in page.select(".am-amends li")]


@pytest.mark.parametrize(("origin", "word"), [("internal", "not yet"), ("external", "not recorded")])
def test_what_is_not_verified_reads_alike_in_the_line_of_dates_and_where_it_is_told(build_site, copy_of, origin: str, word: str) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-04-05-site-deletion.md"
    text = re.sub(r"    verified: .*\n", "    verified: null\n", record.read_text(encoding="utf-8"))
    record.write_text(text.replace("origin: internal", f"origin: {origin}"), encoding="utf-8")
    page = build_site(folder).page("incidents/2031/2031-04-05-site-deletion/index.html")
    assert page.select_one(".am-amends li:last-child").get_text(" ", strip=True) == f"Verified {word}"
    assert page.find("dt", string="Verified").find_next("dd").get_text() == word


def test_what_is_still_given_tells_when_it_was_too_or_why_that_is_not_known(build_site, copy_of) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-04-05-site-deletion.md"
    text = record.read_text(encoding="utf-8")
    for what, issued in (("a", "2031-06-01"), ("b", "{unknown: The vouchers go out one by one as people ask.}"), ("c", "null")):
        text = text.replace("  remedies:\n", f"  remedies:\n    - {{what: {what}, to: affected, basis: owed, offered: 2031-05-01, issued: {issued}, ongoing: true}}\n")
    record.write_text(text, encoding="utf-8")
    page = build_site(folder).page("incidents/2031/2031-04-05-site-deletion/index.html")
    given = page.find("h3", string=re.compile("How it was made good")).find_next_siblings(class_="am-card")[:3]
    assert [card.select_one(".am-card__foot").get_text(" ", strip=True) for card in given] == [
        "to those affected · offered 1 May 2031 · still given",
        "to those affected · offered 1 May 2031 · issued Not known The vouchers go out one by one as people ask. · still given",
        "to those affected · offered 1 May 2031 · issued 1 Jun 2031 · still given"]


def test_front_matter_texts_are_markdown(site) -> None:
    page = site.page(SLOW_SEARCH)
    assert page.select_one(".am-voice em").get_text() == "minute"
    assert page.select_one(".am-card code").get_text() == "rebuild()"


def test_the_four_pillars_and_the_customers_side_stand_on_the_page(site) -> None:
    headings = [h.get_text().rstrip("¶") for h in site.page(SLOW_SEARCH).select("article h2")]
    assert headings == ["Summary", "Customer impact", "Timeline", "Root cause", "What is still at risk", "If it happens again",
                        "Towards the customers", "Actions", "What went well", "Was the response equal to the impact?", "Sources", "History of this record",
                        "Has this happened before?"]


def test_the_timeline_is_drawn_with_the_gaps_between_its_entries(site) -> None:
    timeline = site.page(SLOW_SEARCH).select_one(".am-timeline")
    assert [t.get_text() for t in timeline.select("time")] == ["08:00", "08:20", "10:00"]
    assert [gap.get_text() for gap in timeline.select(".am-gap")] == ["1 h 40 min later"]
    assert all(day["role"] == "heading" for day in timeline.select(".am-day"))
    assert [mark.get_text() for mark in timeline.select(".am-mark")] == ["Customers feel it", "Detected", "Resolved"]


def test_each_phase_after_the_first_is_told_from_the_end_of_the_one_before(site) -> None:
    keys = [" ".join(key.get_text().split()) for key in site.page(SLOW_SEARCH).select(".am-phase-key")]
    assert keys == ["20 min until we knew", "then 1 h 40 min until it was over"]


def test_an_action_done_after_its_due_date_counts_as_late(site) -> None:
    assert "done late" in site.page(SLOW_SEARCH).select_one("#A1").get_text()


def test_what_was_done_by_some_day_is_done_and_shows_the_day_by_which_it_was(build_site, copy_of) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-03-02-slow-search.md"
    record.write_text(record.read_text(encoding="utf-8").replace("done: 2031-03-14", "done: {by: 2031-03-14}"), encoding="utf-8")
    site = build_site(folder)
    card = site.page(SLOW_SEARCH).select_one("#A1")
    assert card.select_one(".am-badge--done").get_text() == "done"
    assert "done by 14 Mar 2031" in card.get_text()
    listed = site.page("actions/index.html").find(string=re.compile("Let the rebuild wait")).find_parent(class_="am-card").get_text()
    assert "done by 14 Mar 2031" in listed
    assert "after the incident" not in listed


def test_a_checklist_item_names_the_incident_behind_it_and_the_incident_names_the_item(site) -> None:
    checklist = site.page("prevention/changes/index.html")
    assert checklist.select_one(".am-evidence a")["href"] == "../../incidents/2031/2031-03-02-slow-search/#A1"
    record = site.page(SLOW_SEARCH)
    assert record.select_one("#A1 .am-lessons a")["href"] == "../../../prevention/changes/#one-at-a-time"
    assert "adopted in search" in checklist.get_text()


def test_the_prevention_index_lists_every_item_by_stage_and_service_on_a_landing_page_that_only_has_a_heading(site) -> None:
    page = site.page("prevention/index.html")
    assert page.h1.get_text().startswith("Before you change anything")
    assert [h.get_text().rstrip("¶") for h in page.select("article h2")] == ["Before a change", "By service", "By factor"]
    assert page.select_one(".am-item strong").get_text() == "one"


def test_the_register_stands_where_the_landing_page_puts_it(site) -> None:
    page = site.page("incidents/index.html")
    assert [a["href"] for a in page.select(".am-register a")] == ["2031/2031-03-02-slow-search/"]
    assert page.select_one("article").get_text().rstrip().endswith("That is all of it.")


def test_services_factors_years_and_rules_have_pages(site) -> None:
    assert "1 incident" in site.text("services/search/index.html")
    assert "Search answers in a minute" in site.text("factors/capacity/index.html")
    assert "Search answers in a minute" in site.text("incidents/2031/index.html")
    assert "An action that nobody owns" in site.text("rules/p501/index.html")


def test_a_former_stem_and_an_outside_number_lead_to_the_record(site) -> None:
    for place in ("incidents/INC-77/index.html", "incidents/2031/2031-03-01-search-slow/index.html"):
        link = site.page(place).select_one("a")["href"]
        assert normpath(urljoin(dirname(place), link)) == "incidents/2031/2031-03-02-slow-search"


def test_the_edit_button_leads_to_the_file_in_the_repository(site) -> None:
    edit = site.page(SLOW_SEARCH).select_one("a[title='Edit this page']")
    assert edit["href"] == "https://github.com/example/boards/edit/main/incidents/2031/2031-03-02-slow-search/index.md"
    assert site.page("services/search/index.html").select_one("a[title='Edit this page']") is None


def _dead_links(pages: dict[str, BeautifulSoup], folder: Path) -> list[str]:
    dead = []
    for address, page in pages.items():
        for tag, attribute in (("a", "href"), ("img", "src"), ("link", "href"), ("script", "src")):
            for element in page.select(f"{tag}[{attribute}]"):
                target = element[attribute]
                if target.startswith(("https:", "http:", "mailto:", "data:")) or address == "404.html":
                    continue
                path, _, fragment = target.partition("#")
                path = path.partition("?")[0]
                place = normpath(urljoin(dirname(address), path)) if path else address
                file = folder / place
                file = file / "index.html" if file.is_dir() else file
                if not file.is_file():
                    dead.append(f"{address}: {target}")
                elif fragment and file.suffix == ".html" and not (pages[str(file.relative_to(folder))].find(id=fragment) or fragment.startswith("__")):
                    dead.append(f"{address}: {target} (no such anchor)")
    return dead


def test_every_link_and_anchor_leads_somewhere(site, pages: dict[str, BeautifulSoup]) -> None:
    assert _dead_links(pages, site.folder) == []


def test_every_link_and_anchor_leads_somewhere_without_directory_urls(build_site, copy_of) -> None:
    site = build_site(copy_of("site"), strict=True, use_directory_urls=False)
    assert _dead_links(site.pages, site.folder) == []


def test_no_page_refers_to_the_root_so_that_a_site_below_a_sub_path_works(pages: dict[str, BeautifulSoup]) -> None:
    absolute = [f"{address}: {element[attribute]}" for address, page in pages.items() if address != "404.html"
                for attribute in ("href", "src") for element in page.select(f"[{attribute}^='/']")]
    assert absolute == []


def test_no_page_loads_anything_from_another_host(pages: dict[str, BeautifulSoup]) -> None:
    foreign = [f"{address}: {element}" for address, page in pages.items()
               for selector in ("script[src*='//']", "img[src*='//']", "link[rel=stylesheet][href*='//']", "link[rel=preconnect]", "iframe")
               for element in page.select(selector)]
    assert foreign == []


def test_the_link_to_the_repository_does_not_make_the_theme_ask_the_git_hosts_api(site) -> None:
    links = site.page("index.html").select("a.md-source")
    assert links
    assert not [link for link in links if link.has_attr("data-md-component")]


def test_pictures_beside_a_record_are_published_with_it(site) -> None:
    assert (site.folder / "incidents/2031/2031-03-02-slow-search/queue.png").is_file()


def test_the_tab_of_the_landing_page_stays_active_on_pages_that_are_not_in_the_nav(build_site, copy_of) -> None:
    folder = copy_of("site")
    settings = (folder / "mkdocs.yml").read_text().replace("[content.action.edit]", "[navigation.tabs]")
    (folder / "mkdocs.yml").write_text(settings)
    site = build_site(folder)
    for address, tab in ((SLOW_SEARCH, "Incidents"), ("prevention/changes/index.html", "Prevention")):
        assert [li.get_text(strip=True) for li in site.page(address).select(".md-tabs__item--active")] == [tab]


def test_the_settings_file_may_be_named_from_elsewhere(build_site, copy_of, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_of("site")
    monkeypatch.chdir(folder.parent)
    assert "Search answers in a minute" in build_site(Path(folder.name), strict=True).text(SLOW_SEARCH)


def test_what_mkdocs_is_told_to_exclude_stays_out(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text() + "exclude_docs: |\n  prevention/changes.md\n")
    assert not (build_site(folder).folder / "prevention/changes/index.html").exists()


def test_a_page_that_the_author_wrote_wins_over_a_made_one(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "docs/services").mkdir()
    (folder / "docs/services/search.md").write_text("# Our own words on search\n")
    assert "Our own words on search" in build_site(folder).text("services/search/index.html")


def test_a_directive_in_a_code_block_is_only_shown(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "docs/index.md").write_text("# Home\n\n```\n<!-- amends:recent -->\n```\n")
    page = build_site(folder).page("index.html")
    assert page.select(".am-tiles") == []
    assert "<!-- amends:recent -->" in page.select_one("article code").get_text()


def test_what_stands_between_the_entries_of_a_timeline_is_on_the_page_at_its_place(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    text = record.read_text()
    record.write_text(text.split("## Timeline")[0] + """## Timeline (UTC)

Nobody looked at first.

- 2031-03-02T08:00Z It begins.
- ~08:40 The phones ring.

Then a **long** silence.

```
09:00 in a log
```

- soon after, somebody looks

## What went well

- Much.
""")
    page = build_site(folder).page("incidents/2031/2031-03-02-slow-search/index.html").select_one("article")
    words = " ".join(page.get_text(" ").split())
    places = [words.index(part) for part in ("Nobody looked at first.", "It begins.", "about 08:40", "The phones ring.", "Then a long silence.",
                                             "09:00 in a log", "soon after, somebody looks", "Much.")]
    assert places == sorted(places)
    assert page.select_one(".am-timeline pre")


def test_what_has_no_id_is_shown_without_a_place_of_its_own(sample) -> None:
    page = sample.page("incidents/2031/2031-04-05-site-deletion/index.html")
    (pointing,) = (card for card in page.select(".am-card") if "the same as in" in card.get_text())
    assert not pointing.has_attr("id")
    assert not pointing.select(".am-card__head > b")
    assert {card["id"] for card in page.select(".am-card[id]")} >= {"C1", "A1"}


@pytest.mark.parametrize("name", _SAID_OF_ALL)
def test_what_the_search_leaves_out_of_every_page_stands_in_pages_under_that_name(sample, name: str) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in sample.folder.rglob("*.html"))
    assert re.search(rf'<\w+ class="{name}[ "]', pages)


def test_every_table_of_ours_has_a_name_and_every_heading_in_it_says_what_it_heads(pages) -> None:
    tables = {(url, table["class"][0]): table for url, page in pages.items() for table in page.select("table[class^=am-]")}
    assert {name for _url, name in tables} >= {"am-register", "am-groups", "am-policy", "am-figures", "am-rules"}
    assert [place for place, table in tables.items() if not table.caption or not table.caption.get_text(strip=True)] == []
    assert [place for place, table in tables.items() if [head for head in table.select("th") if not head.get("scope") or not head.get_text(strip=True)]] == []


def test_links_that_are_right_for_a_reader_of_the_repository_are_right_on_the_site(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    (record.parent / "my chart.png").write_bytes(b"")
    text = record.read_text()
    assert "## Timeline (UTC)" in text
    assert "id: A1" in text
    record.write_text(text.replace("## Summary\n", "## Summary\n\nSee [act](#A1), [hours](#timeline-utc), [home](../../../docs/index.md), [chart](<my chart.png>).\n", 1))
    site = build_site(folder)
    assert [message for message in site.messages(logging.WARNING) if "slow-search" in message] == []
    assert [message for message in site.messages(logging.INFO) if "no such anchor" in message] == []
    page = site.page(SLOW_SEARCH)
    hrefs = {a.get_text(): a["href"] for a in page.select("article p a")}
    assert (hrefs["act"], hrefs["hours"], hrefs["home"], hrefs["chart"]) == ("#A1", "#timeline-utc", "../../../", "my%20chart.png")
    assert page.find(id="A1")
    assert page.find(id="timeline-utc")


def test_a_tag_that_is_never_closed_is_text_and_the_html_beside_it_stays(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(record.read_text().replace("## Summary\n", "## Summary\n\nThe <textarea> was empty, <your name> too; press <kbd>Esc</kbd>, see `<b>`.\n\n"
                                                  '    <div class="x">\n    <b>\n\n<iframe src="https://x.example.org/" />\n\nAfter all <plaintext>that</plaintext>.\n', 1))
    page = build_site(folder).page(SLOW_SEARCH)
    assert "The <textarea> was empty, <your name> too; press Esc, see <b>." in " ".join(page.select_one("article").get_text().split())
    assert page.select_one("article kbd").get_text() == "Esc"
    assert page.select_one("article pre code").get_text() == '<div class="x">\n<b>\n'
    assert "After all <plaintext>that</plaintext>." in page.select_one("article").get_text()


def test_no_script_has_a_template_within_a_template_whose_spaces_would_be_taken_with_the_comments() -> None:
    for script in STATIC.rglob("*.js"):
        assert not re.search(r"\$\{[^}]*`", script.read_text(encoding="utf-8")), script
