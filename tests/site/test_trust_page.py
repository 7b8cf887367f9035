"""The page of trust over time, as a reader of a built site finds it."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.customers.trust import Keeping, Telling, measure_trust
from amends.settings import load_settings
from amends.site import pagefind

CASES = Path(__file__).parents[1] / "cases"
PAGE = "trust/index.html"


@pytest.fixture(scope="module")
def site(build_site: Callable, copy_of: Callable):
    return build_site(copy_of("trust/small"), strict=True)


@pytest.fixture(scope="module")
def trust():
    return measure_trust(Corpus.open(load_settings(CASES / "trust/small/mkdocs.yml")))


@pytest.fixture
def rows(site, words: Callable) -> Callable[[str], dict[str, dict[str, str]]]:
    """Reads the table behind a section's first picture, by row and column."""

    def read(heading: str) -> dict[str, dict[str, str]]:
        section = next(h for h in site.page(PAGE).select("article h2") if h.get_text().startswith(heading))
        table = section.find_next("details").select_one("table")
        columns = [words(th) for th in table.select("thead th")]
        return {words(row.th): dict(zip(columns, [words(td) for td in row.select("td")], strict=True)) for row in table.select("tbody tr") if row.td}

    return read


def test_the_page_builds_without_a_warning_and_stands_in_the_nav(site, words: Callable) -> None:
    assert [record for record in site.log if record.levelno >= logging.WARNING] == []
    assert "Trust over time" in [words(a) for a in site.page(PAGE).select("nav.md-nav--primary a")]


def test_each_figure_is_a_sentence_a_picture_and_a_table(site, words: Callable) -> None:
    page = site.page(PAGE)
    headings = [h.get_text().rstrip("¶") for h in page.select("article h2")]
    assert headings == ["How long customers waited", "Who spoke first", "Promises", "Are they satisfied?", "Did it happen again?", "Before and after"]
    for heading in page.select("article h2"):
        between = [element.name for element in heading.find_all_next(["div", "svg", "details", "h2"])]
        section = between[: between.index("h2")] if "h2" in between else between
        assert {"svg", "details"} <= set(section), heading
        assert words(heading.find_next(class_="am-say"))


def test_the_tiles_say_how_much_is_known_and_lead_to_their_sections(site, words: Callable) -> None:
    page = site.page(PAGE)
    tiles = {words(div.dt): [words(dd) for dd in div.select("dd")] for div in page.select(".am-trust > div")}
    assert tiles == {
        "Customers waited for a first word": ["2 h", "median; 3 of 5 known"],
        "Told first by us": ["1 of 2", "2 of 5 known"],
        "Promises kept on time": ["1 of 3", "3 of 6 known"],
        "Satisfied, of those asked": ["82%", "median; 2 of 5 known"],
        "Had happened before": ["1 of 3", "3 of 5 known"],
        "Scores that ended higher": ["1 of 1", "1 of 2 known"],
    }
    ids = {h["id"] for h in page.select("article h2")}
    assert {a["href"].lstrip("#") for a in page.select(".am-trust a")} == ids


def test_the_tables_agree_with_the_figures(rows: Callable, trust) -> None:
    waits, told, promises = rows("How long"), rows("Who spoke"), rows("Promises")
    groups = {"All incidents": trust.whole, **{group.key: group for group in trust.periods},
              **{group.key.replace("-", " ").capitalize(): group for group in (*trust.services, *trust.harms)}}
    assert set(waits) == {name for name, group in groups.items() if group.incidents}
    assert set(promises) == {name for name, group in groups.items() if group.promises}
    for name in waits:
        assert waits[name]["Known"] == str(len(groups[name].waits))
        assert told[name]["Told first by us"] == str(groups[name].telling[Telling.FIRST])
    for name in promises:
        assert promises[name]["Kept on time"] == str(groups[name].promises[Keeping.ON_TIME])
    assert waits["All incidents"] == {"Incidents": "5", "Known": "3", "A quarter within": "", "Median": "2 h", "Three quarters within": "",
                                      "Within the policy's time": "2 of 4", "No message": "1", "Not known": "1"}
    assert waits["Billing"]["Median"] == "1 to 3 days"
    assert waits["Sign in"]["Median"] == "not known"


def test_the_pictures_have_labels_and_the_marks_agree_with_the_tables(site) -> None:
    pictures = site.page(PAGE).select("article svg.am-picture")
    assert len(pictures) == 8
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in pictures)
    spoke = [title.get_text() for title in pictures[1].select("title")]
    assert sorted(spoke) == ["2031 Q1: 1 customers or others were first", "2031 Q1: 1 told first by us",
                             "2031 Q2: 1 found by us, told later or not known", "2031 Q2: 1 not known", "2031 Q4: 1 not known"]


def test_a_title_is_text_in_pictures_and_tables(site, words: Callable) -> None:
    page = site.page(PAGE)
    assert 'Search & "waiting" < forever: 2\N{NO-BREAK SPACE}h' in [title.get_text() for title in page.select("svg title")]
    assert 'Search & "waiting" < forever' in [words(a) for a in page.select(".am-evidence a")]


def test_the_page_runs_no_script_of_its_own_and_asks_no_other_host(site) -> None:
    article = site.page(PAGE).select_one("article")
    assert not article.select("script, style, iframe, object, img")
    assert not [element for element in article.find_all(True) for name, value in element.attrs.items() if name.startswith("on") or "//" in str(value)
                if name != "xmlns"]
    ids = [element["id"] for element in site.page(PAGE).select("[id]")]
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_page(site) -> None:
    for link in site.page(PAGE).select("article a[href^='../']"):
        assert (site.folder / "trust" / link["href"] / "index.html").is_file(), link


def test_search_reads_the_words_of_the_page_and_not_the_tips_of_its_pictures(build_site, copy_of, monkeypatch) -> None:
    monkeypatch.setattr(pagefind, "PACKAGES", ("no_package_of_this_name",))  # the theme's index can be read
    pagefind.find_binary.cache_clear()
    try:
        index = (build_site(copy_of("trust/small")).folder / "search/search_index.json").read_text("utf-8")
    finally:
        pagefind.find_binary.cache_clear()
    assert "before anybody outside had reported it" in index
    assert "2031 Q1: 1 told first by us" not in index


def test_a_site_without_a_published_record_has_the_page_all_the_same(build_site, copy_of) -> None:
    site = build_site(copy_of("trust/empty"), strict=True)
    assert "nothing to count" in site.text(PAGE)
