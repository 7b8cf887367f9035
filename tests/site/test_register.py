"""The register of incidents, as a real build shows it: plain tables, the form that a script shows, and the columns that it fetches."""

import json
from collections.abc import Callable
from pathlib import Path
from posixpath import join, normpath
from typing import Any

import pytest
from bs4 import BeautifulSoup

from amends.publishing.search import FACETS

SLOW_SEARCH = "2031-03-02-slow-search"

RECORD = """---
format: 1
title: {title}
status: published
severity: {severity}
origin: imported
services: [{services}]
aliases: [{alias}]
times:
  started: {started}
  resolved: {resolved}
customer_impact:
  summary: People could not do what they came for.
  affected: {affected}
  harms: [{harms}]
---
## Summary
It happened, and it was over.
"""

RECORDS: dict[str, dict[str, str]] = {
    "2030-01-05-running": {"resolved": "null", "affected": "[{count: 12, unit: people}]"},
    "2030-02-05-never-known": {"resolved": "{unknown: 'The logs of <that> night are gone.'}", "affected": "{unknown: Nobody counted & nobody will.}"},
    "2030-03-05-nobody-felt-it": {"affected": "{none: It was seen before anybody felt it.}", "harms": ""},
    "2030-04-05-about": {"started": "{about: 2030-04-05T08:00Z}", "affected": "[{count: {about: 1900000}, unit: people}]"},
    "2030-05-05-a-share": {"affected": "[{count: {unknown: Requests have no owner.}, share: 0.3%, unit: requests}]", "severity": "sev1"},
    "2030-06-05-only-days": {"started": "2030-06-05", "resolved": "2030-06-08", "title": "\"<b>Bold</b>, \\\"quoted\\\" & comma\""},
    "2031-04-09-like-the-leak": {"title": "Like LEAK-1 once more"},
}


@pytest.fixture
def folder(copy_of: Callable[[str], Path]) -> Path:
    """A repository whose records say what they know in every way; one of them is restricted, and one a draft."""
    folder = copy_of("site")
    for stem, own in RECORDS.items():
        values = {"title": stem[11:].replace("-", " ").capitalize(), "severity": "sev3", "services": "search, mail", "alias": f"INC-{stem[2:7]}",
                  "started": f"{stem[:10]}T08:00Z", "resolved": f"{stem[:10]}T09:24Z", "affected": "[{count: 300, unit: people}]", "harms": "data-loss", **own}
        path = folder / "incidents" / stem[:4] / f"{stem}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(RECORD.format(**values), encoding="utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("  - amends\n", "  - amends: {fail: false}\n"), encoding="utf-8")
    return folder


@pytest.fixture
def site(folder: Path, build_site: Callable) -> Any:
    return build_site(folder)


def rows_of(table: BeautifulSoup) -> dict[str, list[str]]:
    """The cells of a table by where its rows lead."""
    return {row.a["href"].rstrip("/").split("/")[-1].removesuffix(".html"): [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
            for row in table.select("tbody tr")}


def columns_of(site: Any) -> dict[str, Any]:
    script = (site.folder / "data/register.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.amendsColumns='").removesuffix("';").replace("\\'", "'").replace("\\\\", "\\"))


def stems(columns: dict[str, Any]) -> list[str]:
    return [day + rest for day, rest in zip(columns["columns"]["day"], columns["columns"]["rest"], strict=True)]


def column(columns: dict[str, Any], name: str) -> dict[str, Any]:
    return dict(zip(stems(columns), columns["columns"][name], strict=True))


def test_the_table_says_what_is_known_and_why_something_is_not(site: Any) -> None:
    rows = rows_of(site.page("incidents/index.html").select_one(".am-register"))
    affected = {stem: cells[3] for stem, cells in rows.items()}
    lasted = {stem: cells[4] for stem, cells in rows.items()}
    assert lasted["2030-01-05-running"] == "still running"
    assert lasted["2030-02-05-never-known"] == "Not known The logs of <that> night are gone."
    assert affected["2030-02-05-never-known"] == "Not known Nobody counted & nobody will."
    assert affected["2030-03-05-nobody-felt-it"] == "None It was seen before anybody felt it."
    assert affected["2030-04-05-about"] == "about 1,900,000 people"
    assert lasted["2030-04-05-about"] == "about 1 h 20 min"
    assert affected["2030-05-05-a-share"] == "0.3% requests"
    assert lasted["2030-06-05-only-days"] == "2 to 4 days"


def test_the_columns_say_the_same_as_the_table(site: Any) -> None:
    columns = columns_of(site)
    table = site.page("incidents/index.html").select_one(".am-register")
    rows = rows_of(table)
    assert stems(columns) == list(rows)
    titles, affected, lasted = (column(columns, name) for name in ("title", "affected", "lasted"))
    absent = columns["absent"]
    services = {stem: ", ".join(columns["facets"]["service"][value][1] for value in values) for stem, values in column(columns, "service").items()}
    told = {name: {stem: said if isinstance(said, str) else f"{absent[said[0]]} {said[1]}" for stem, said in values.items()}
            for name, values in (("affected", affected), ("lasted", lasted))}
    known = [stem for stem in rows if stem != "2031-04-09-like-the-leak"]
    assert {stem: rows[stem][2] for stem in known} == {stem: f"{titles[stem]} {services[stem]}" for stem in known}
    assert {stem: rows[stem][3:] for stem in rows} == {stem: [told["affected"][stem], told["lasted"][stem]] for stem in rows}


def test_what_can_not_be_compared_has_no_number_to_sort_by(site: Any) -> None:
    columns = columns_of(site)
    most, longest = column(columns, "most"), column(columns, "longest")
    assert {stem for stem, number in most.items() if number is None} == {"2030-02-05-never-known"}
    assert {stem for stem, number in longest.items() if number is None} == {"2030-01-05-running", "2030-02-05-never-known"}
    assert most["2030-03-05-nobody-felt-it"] == 0
    assert most["2030-05-05-a-share"] < 0 < most["2030-01-05-running"] < most["2030-04-05-about"] == 1_900_000
    assert (longest[SLOW_SEARCH], longest["2030-06-05-only-days"]) == (120, 3 * 24 * 60)


def test_a_page_of_a_year_can_be_sorted_by_the_same_numbers(site: Any) -> None:
    columns = columns_of(site)
    table = site.page("incidents/2030/index.html").select_one(".am-register")
    assert [head["data-sort"] for head in table.select("th")] == ["began", "severity", "title", "affected", "lasted"]
    shown = {row.a["href"].rstrip("/").split("/")[-1]: [cell.get("data-order") for cell in row.select("td")[3:]] for row in table.select("tbody tr")}
    numbers = {stem: [column(columns, name)[stem] for name in ("most", "longest")] for stem in shown}
    assert {stem: [order and float(order) for order in orders] for stem, orders in shown.items()} == numbers


def test_the_form_offers_what_the_records_differ_in_and_counts_it(site: Any) -> None:
    form = site.page("incidents/index.html").select_one(".am-browse form")
    offered = {select["name"]: {option["value"]: option.get_text() for option in select.select("option") if option["value"]} for select in form.select("label:not([hidden]) select")}
    assert offered == {
        "severity": {"sev1": "SEV1 (1)", "sev3": "SEV3 (6)", "sev4": "SEV4 (1)"},
        "service": {"mail": "Mail (7)", "search": "Search (8)"},
        "factor": {"capacity": "Capacity (1)", "untested-change": "Untested change (1)"},
        "harm": {"data-loss": "data loss (6)", "degraded": "degraded (1)"},
        "year": {"2031": "2031 (2)", "2030": "2030 (6)"},
    }
    assert form.has_attr("hidden")


def test_facets_bear_the_names_that_the_search_gives_them(site: Any) -> None:
    assert tuple(columns_of(site)["facets"]) == tuple(name for name in FACETS if name != "kind")


@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_every_address_leads_to_the_page_of_its_record(folder: Path, build_site: Callable, use_directory_urls: bool) -> None:
    site = build_site(folder, use_directory_urls=use_directory_urls)
    columns = columns_of(site)
    for stem, place in column(columns, "place").items():
        path = site.folder / columns["places"][place].replace("*", stem)
        page = path / "index.html" if path.is_dir() else path
        assert column(columns, "title")[stem].split()[0] in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").h1.get_text()
    address = "incidents/index.html"
    view = site.page(address).select_one(".am-browse")
    for attribute in ("data-register", "data-table"):
        assert (site.folder / normpath(join("incidents", view[attribute]))).is_file()


def test_each_row_names_its_line_in_the_table_for_download(site: Any) -> None:
    columns = columns_of(site)
    named = [columns["rows"].get(str(place), stem) for place, stem in enumerate(stems(columns))]
    lines = (site.folder / "data/incidents.csv").read_text(encoding="utf-8").splitlines()
    assert sorted(named) == sorted(line.split(",")[0] for line in lines[1:])


def test_without_a_script_the_years_and_the_whole_corpus_are_one_link_away(site: Any) -> None:
    view = site.page("incidents/index.html").select_one(".am-browse")
    links = [link["href"] for link in view.select("a") if not link.find_parent("table")]
    assert links[:4] == ["2031/", "2030/", "../data/incidents.csv", "../data/corpus.json"]


def test_drafts_and_restricted_records_stand_in_no_column_and_no_count(site: Any) -> None:
    text = (site.folder / "data/register.js").read_text(encoding="utf-8")
    for hidden in ("leak.md", "secret", "LEAK-1", "draft"):
        assert hidden not in text.replace("like-the-leak", "")
    assert column(columns_of(site), "title")["2031-04-09-like-the-leak"] == "Like (restricted) once more"
    assert len(stems(columns_of(site))) == len(RECORDS) + 1
    assert site.page("incidents/index.html").select_one(".am-browse")["data-all"] == str(len(RECORDS) + 1)


def test_the_preview_shows_drafts_in_it_too(folder: Path, build_site: Callable) -> None:
    columns = columns_of(build_site(folder, command="serve"))
    assert "2031-05-01-still-a-draft" in stems(columns)
    assert ["draft", "draft"] in columns["facets"]["state"]
    assert "2031-04-05-secret-leak" not in stems(columns)


def test_a_record_that_was_not_read_whole_has_no_line_to_download_in_the_preview(folder: Path, build_site: Callable) -> None:
    path = folder / "incidents/2030/2030-01-05-running.md"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: sev3", "severity: sev9"), encoding="utf-8")
    columns = columns_of(build_site(folder, command="serve"))
    assert columns["rows"] == {str(stems(columns).index("2030-01-05-running")): None}


def test_the_page_of_a_service_with_many_incidents_leads_to_all_of_them_in_the_register(folder: Path, build_site: Callable) -> None:
    for number in range(101):
        stem = f"2029-{1 + number // 28:02}-{1 + number % 28:02}-again"
        path = folder / "incidents/2029" / f"{stem}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(RECORD.format(title=f"Again {number}", severity="sev4", services="mail", alias=f"A-{number}", started=f"{stem[:10]}T08:00Z",
                                      resolved=f"{stem[:10]}T09:00Z", affected="[]", harms="degraded"), encoding="utf-8")
    site = build_site(folder)
    page = site.page("services/mail/index.html")
    assert [link["href"] for link in page.select("article p.am-quiet a")] == ["../../incidents/?service=mail"]
    assert page.select("th[data-sort]") == []
    assert len(site.page("incidents/2029/index.html").select("th[data-sort]")) == 5
    register = site.page("incidents/index.html").select_one(".am-browse")
    assert "The 100 latest of 109." in register.get_text()
    assert len(register.select("tbody tr")) == 100


def test_a_site_without_records_says_how_to_begin(copy_of: Callable[[str], Path], build_site: Callable) -> None:
    folder = copy_of("site")
    for path in (folder / "incidents/2031").glob("*.md"):
        path.unlink()
    (folder / f"incidents/2031/{SLOW_SEARCH}/index.md").unlink()
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("  - amends\n", "  - amends: {fail: false}\n"), encoding="utf-8")
    site = build_site(folder)
    assert "No incident is published yet." in site.text("incidents/index.html")
    assert site.page("incidents/index.html").select(".am-browse") == []
    assert stems(columns_of(site)) == []
