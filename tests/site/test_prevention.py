"""The prevention pages, and what a record says of a control that was known, as real builds show them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

KNOWN = "Known already: on this list since 20 May 2030, as the item says; in force in database since 1 Jun 2030."
SECOND = "incidents/2031/2031-06-01-second/index.html"


@pytest.fixture(scope="module")
def site(build_site: Callable, copy_of: Callable[[str], Path]):
    # A copy, since what git knows of the case's own files is no part of it.
    return build_site(copy_of("learning"), strict=True)


@pytest.fixture(scope="module")
def index(site) -> BeautifulSoup:
    return site.page("prevention/index.html")


def entry(index: BeautifulSoup, item: str) -> Tag:
    """The item of the list, by `checklist/item`."""
    box = index.select_one(f'#am-prevention [data-tick="{item}"]')
    assert box is not None
    return box.find_parent("li")


# The index ------------------------------------------------------------------------------------------------------------


def test_an_incident_stands_behind_an_item_once_with_what_it_cost(index: BeautifulSoup, words: Callable) -> None:
    lines = [words(line) for line in entry(index, "changes/on-a-copy").select(".am-evidence li")]
    assert lines == [
        "SEV1 Another company locks its tables 500,000 customers · 4 h · outage",
        "SEV1 A second schema change locks the orders table actions A1, A2 12,000 customers · 4 h · outage " + KNOWN,
        "SEV2 A schema change locks the orders table action A1 800 customers · 1 h 30 min · outage",
    ]


def test_the_state_of_an_item_says_where_it_is_in_force_when_that_was_proved_and_when_it_is_looked_at_again(index: BeautifulSoup, words: Callable) -> None:
    state = entry(index, "changes/on-a-copy").select_one(".am-card__foot")
    assert "adopted in database since 1 Jun 2030, proved 10 Jan 2031 · since 20 May 2030" in words(state)
    assert state.select_one("[data-due]")["data-due"] == "2032-01-01"
    assert "not adopted anywhere yet" in words(entry(index, "kiosks/spare"))
    assert "Nobody has asked the teams yet." in words(entry(index, "databases/restore"))


def test_an_item_is_narrowed_by_stage_service_and_factor_of_what_is_behind_it(index: BeautifulSoup) -> None:
    assert set(entry(index, "changes/one-at-a-time")["data-facets"].split()) == {
        "stage:change", "service:database", "for-all:service", "factor:untested-change", "factor:capacity"}
    assert set(entry(index, "kiosks/spare")["data-facets"].split()) == {
        "stage:change", "service:kiosk", "service:web", "factor:untested-change", "factor:capacity"}
    assert [field["name"] for field in index.select("form.am-filters select")] == ["stage", "service", "factor"]


def test_the_menu_of_stages_stands_in_the_order_of_work(index: BeautifulSoup) -> None:
    stages = [chip["href"][1:] for chip in index.select(".am-chips a[href^='#']")]
    assert [re.sub(r" \(\d+\)$", "", option.get_text()).lower().replace(" ", "-") for option in index.select("select[name=stage] option")][1:] == stages


def test_what_was_known_and_failed_is_counted_and_named(index: BeautifulSoup, words: Callable) -> None:
    banner = index.select_one(".am-banner--known")
    assert words(banner) == ("Known, and failed all the same: 1 item in 1 incident. "
                             "Try the change on a copy of the real data first, as the first incident shows. failed once although known")
    assert "failed once although known" in words(entry(index, "changes/on-a-copy").select_one(".am-card__foot"))


def test_the_markdown_to_copy_is_made_by_the_build_and_needs_no_site(index: BeautifulSoup) -> None:
    assert entry(index, "changes/on-a-copy")["data-markdown"].splitlines() == [
        "- [ ] Try the change on a *copy* of the real data first, as the first incident shows.",
        "  <br>Earned by: 2031-06-20 Another company locks its tables: 500,000 customers · 4 h · outage; 2 more",
        "  <br>How to prove it: The request for the change names the copy and how long the change took there."]
    assert [part["data-markdown"] for part in index.select(".am-checklist")] == ["### Changes to what customers use", "### Kiosks", "### Databases"]


def test_without_a_script_the_boxes_work_and_the_tools_are_hidden(index: BeautifulSoup, words: Callable) -> None:
    assert len(index.select("#am-prevention input[type=checkbox]")) == 4
    assert index.select_one("form.am-tools").has_attr("hidden")
    assert [words(row) for row in index.select("dl.am-rows > div")] == [
        "Database Changes to what customers use 2 Databases 1", "Kiosk Kiosks 1", "Web Changes to what customers use 1 Databases 1 Kiosks 1",
        "An untested change Changes to what customers use 2 Databases 1 Kiosks 1", "Capacity Changes to what customers use 2 Databases 1 Kiosks 1"]


def test_nothing_of_a_draft_or_a_restricted_record_stands_on_any_page(site) -> None:
    for path in site.folder.rglob("*.html"):
        for word in ("What must not be told", "2031-07-01", "Not told to the end", "2031-08-01"):
            assert word not in path.read_text(encoding="utf-8"), path


# The other pages ------------------------------------------------------------------------------------------------------


def test_the_record_says_plainly_that_it_was_known(site, words: Callable) -> None:
    banner = site.page(SECOND).select_one(".am-banner--known")
    assert words(banner) == (
        "This was known. When it began, our checklists asked for it already: Try the change on a copy of the real data first, as the first incident shows. "
        "on the checklist Changes to what customers use since 20 May 2030, as the item says; in force in database since 1 Jun 2030")
    assert banner.a["href"] == "../../../prevention/changes/#on-a-copy"
    for other in ("incidents/2030/2030-05-01-first/index.html", "incidents/2031/2031-06-20-outside/index.html"):
        assert site.page(other).select(".am-banner--known") == []


def test_a_checklists_page_has_a_box_and_the_evidence_of_each_item(site, words: Callable) -> None:
    page = site.page("prevention/changes/index.html")
    assert [box["data-tick"] for box in page.select("input[data-tick]")] == ["changes/on-a-copy", "changes/one-at-a-time"]
    assert page.select_one("input[data-tick]")["aria-label"] == "Try the change on a copy of the real data first, as the first incident shows."
    assert len(page.select_one(".am-behind").select("li")) == 3
    assert "failed once although known" in words(page.select_one(".am-failed"))


def test_a_factor_names_what_its_incidents_taught_what_most_of_them_did_first(site, words: Callable) -> None:
    lines = [words(line) for line in site.page("factors/untested-change/index.html").select(".am-earned li")]
    assert lines[0].endswith("Changes to what customers use · taught by 3 of them")
    assert len(lines) == 4


def test_of_many_lessons_the_page_of_a_factor_names_a_few_and_leads_to_all(build_site: Callable, copy_of: Callable[[str], Path], words: Callable) -> None:
    folder = copy_of("learning")
    names = [f"item-{number}" for number in range(30)]
    (folder / "prevention" / "many.md").write_text(
        "---\ntitle: Many\nstage: build\nowner: sre\nitems:\n" + "".join(f"  - {{id: {name}, check: Do {name}., why: It happened to many people.}}\n" for name in names)
        + "---\n" + "".join(f"\n## {name}\n\nDo it.\n" for name in names), encoding="utf-8")
    record = folder / "incidents/2030/2030-05-01-first.md"
    record.write_text(record.read_text(encoding="utf-8").replace("origin: internal", f"teaches: [{', '.join(f'many/{name}' for name in names)}]"), encoding="utf-8")
    page = build_site(folder).page("services/database/index.html")
    assert len(page.select(".am-earned li")) == 15
    assert words(page.select_one(".am-earned li")).startswith("Try the change on a")
    more = next(part for part in page.select(".am-quiet") if "that most of them taught" in words(part))
    assert words(more) == "The 15 that most of them taught, of 32. All stand in the checklists."
    assert more.a["href"] == "../../prevention/"
