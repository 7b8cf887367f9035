"""What a home page can list: what is awaited from us, and what keeps coming back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/index.md"


@pytest.fixture(scope="module")
def built(copy_of: Callable[[str], Path], build_site: Callable) -> Any:
    """A site whose home page asks for both lists there, with an incident that happened again."""
    folder = copy_of("site")
    (folder / "docs/index.md").write_text("# Home\n\n<!-- amends:due -->\n\n<!-- amends:repeats -->\n", encoding="utf-8")
    text = (folder / SLOW_SEARCH).read_text(encoding="utf-8")
    again = text.replace("2031-03-02T", "2031-06-02T").replace("severity:", "recurrence_of: [2031-03-02-slow-search]\nseverity:", 1)
    (folder / "incidents/2031/2031-06-02-slow-again.md").write_text(again.replace("](../../../", "](../../"), encoding="utf-8")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    return build_site(folder)


@pytest.fixture(scope="module")
def home(built: Any) -> BeautifulSoup:
    return built.page("index.html")


def test_what_is_awaited_leads_to_the_place_where_it_stands(built: Any, home: BeautifulSoup) -> None:
    led = {kind.get_text(): kind.find_next("a")["href"].partition("#") for kind in home.select(".am-due > li .am-badge")}
    assert {kind: fragment for kind, (_, _, fragment) in led.items()} == {"review": "one-at-a-time", "risk": "what-is-still-at-risk"}
    for page, _, fragment in led.values():
        assert built.page(f"{page}index.html").find(id=fragment), (page, fragment)


def test_what_is_awaited_stands_by_day_with_the_record_it_stands_in(home: BeautifulSoup) -> None:
    rows = home.select(".am-due > li")
    days = [row.select_one("[data-due]")["data-due"] for row in rows]
    assert days == sorted(days)
    assert any("incidents/2031/2031-03-02-slow-search/" in row.a["href"] for row in rows)
    assert any("prevention/changes/" in row.a["href"] for row in rows)


def test_what_is_awaited_is_told_in_the_authors_words_beside_the_incident_it_belongs_to(home: BeautifulSoup, words: Callable) -> None:
    risks = [words(row) for row in home.select(".am-due > li") if words(row.select_one(".am-badge")) == "risk"]
    assert risks
    for row in risks:
        assert row.count("risk ") == 1
        assert "Search answers in a minute" in row


def test_nothing_of_a_restricted_record_is_awaited_here(home: BeautifulSoup) -> None:
    assert "leak" not in home.get_text()


def test_an_incident_that_happened_again_and_its_factors_are_named(home: BeautifulSoup) -> None:
    (again,) = home.select(".am-evidence > li")
    assert "once more after 2 Mar 2031" in again.get_text()
    assert home.select(".am-chip--factor")


def test_one_look_answers_where_the_plans_are_what_is_due_what_happened_and_what_comes_back(copy_of: Callable, build_site: Callable, words: Callable) -> None:
    folder = copy_of("site")
    (folder / "docs/index.md").write_text("# Home\n\n<!-- amends:home -->\n", encoding="utf-8")
    page = build_site(folder).page("index.html")
    assert page.select_one(".am-home__plans a")["href"] == "again/"
    assert [words(heading) for heading in page.select(".am-home h2")] == ["Due from us", "What happened lately", "What keeps coming back"]
    assert "incidents/2031/2031-03-02-slow-search/" in [link["href"] for link in page.select(".am-home section:nth-child(2) a")]


def test_what_is_due_on_one_day_in_numbers_shares_a_line(copy_of: Callable, build_site: Callable, words: Callable) -> None:
    folder = copy_of("site")
    record = folder / SLOW_SEARCH
    risks = "".join(f"  - {{what: Risk number {number} of a cluster that grows., likelihood: possible, consequence: major, owner: search, review_by: 2031-09-09}}\n"
                    for number in range(4))
    record.write_text(record.read_text(encoding="utf-8").replace("risk:\n", f"risk:\n{risks}", 1), encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n\n<!-- amends:due -->\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    (row,) = [row for row in build_site(folder).page("index.html").select(".am-due > li") if row.select_one("[data-due='2031-09-09']")]
    assert words(row).endswith("Risk number 0 of a cluster that grows. and 3 more of that day")
    assert row.select("a")[1]["href"] == "risks/"


def test_a_site_in_which_nothing_is_awaited_and_nothing_repeats_says_so(build_site: Callable, tmp_path: Path) -> None:
    (tmp_path / "empty/docs").mkdir(parents=True)
    (tmp_path / "empty/docs/index.md").write_text("# Home\n\n<!-- amends:due -->\n\n<!-- amends:repeats -->\n", encoding="utf-8")
    (tmp_path / "empty/mkdocs.yml").write_text("site_name: x\ntheme: {name: material}\nplugins: [amends]\n", encoding="utf-8")
    assert len(build_site(tmp_path / "empty").page("index.html").select(".am-empty")) == 2
