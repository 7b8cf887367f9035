"""What the search of a built site finds, and what it must not hold."""

import json
import logging
import re
from itertools import chain
from pathlib import Path

import pytest
import yaml

from amends.language import language_of, speaking
from amends.publishing import search
from amends.publishing.search import MANY, Words, numbers_of, other_names, with_stems
from amends.site import pagefind
from amends.site.pagefind import Pagefind, PagefindError, find_binary

CALLED = "contingency plan sev4 untested-change capacity degraded search percent 10 2 70"
SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/"


def found(site, index: str) -> dict[str, dict]:
    """What an index holds, by address."""
    fragments = [json.loads(text[len("pagefind_dcd"):]) for name, text in site.held.items() if name.startswith(f"search/{index}/fragment/")]
    return {fragment["url"]: fragment for fragment in fragments}


def facts(folder: Path) -> dict:
    return json.loads((folder / "search/facts.json").read_text("utf-8"))


@pytest.fixture
def site(boards):
    return boards


def test_a_record_is_found_by_its_words_its_names_and_what_it_is_narrowed_by(site) -> None:
    record = found(site, "pages")[SLOW_SEARCH]
    assert record["meta"] == {"title": "Search answers in a minute & more", "names": "2031-03-02-slow-search INC-77 2031-03-01-search-slow Sunday 2 March 2031", "day": "2031-03-02", "called": CALLED}
    assert {name: sorted(values) for name, values in record["filters"].items()} == {
        "kind": ["incident"], "severity": ["sev4"], "service": ["search"], "factor": ["capacity", "untested-change"], "harm": ["degraded"],
        "year": ["2031"], "state": ["published"]}
    assert "Another index may outgrow its cluster" in record["content"]
    assert "¶" not in record["content"]
    assert [anchor["text"] for anchor in record["anchors"] if anchor["element"] == "h2"] == [
        "Summary", "Customer impact", "Timeline", "Root cause", "What is still at risk", "If it happens again", "Towards the customers", "Actions",
        "What went well", "Sources"]


def test_what_a_record_says_of_what_it_does_not_know_is_found_and_so_is_a_scale(build_site, copy_of) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-03-02-slow-search.md"
    text = record.read_text(encoding="utf-8")
    text = re.sub(r"  (detected_by|understood): .*", r"  \1: {unknown: No logbook of the hangar tells \1 any more.}", text)
    text = text.replace("response:\n", "response:\n  scores: [{scale: Zephyr index, points: [{at: 2031-03-05, value: -12}]}]\n", 1)
    record.write_text(text, encoding="utf-8")
    content = found(build_site(folder), "pages")[SLOW_SEARCH]["content"]
    for words in ("tells detected_by any more", "tells understood any more", "Zephyr index"):
        assert words in content


def test_a_plan_is_found_by_itself_where_it_stands(site) -> None:
    assert list(found(site, "parts")) == [f"{SLOW_SEARCH}#plan-1"]
    plan = found(site, "parts")[f"{SLOW_SEARCH}#plan-1"]
    assert plan["meta"]["title"] == "Searches take longer than ten seconds on more than one cluster."
    assert plan["content"].startswith("Stop the index build on every cluster but one.")
    assert plan["filters"]["service"] == ["search"]
    assert site.page(f"{SLOW_SEARCH}index.html").find(id="plan-1") is not None


def test_a_promise_is_found_by_itself_with_what_became_of_it(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    promises = "".join(f"    - id: C{number}\n      promise: We do the thing number {number}.\n      to: everyone\n      made: 2031-03-02\n      due: 2031-04-01\n      {outcome}\n"
                       for number, outcome in enumerate(("kept: 2031-03-30", "kept: 2031-04-02", "broken: The thing could not be done at all.", "kept: null"), 1))
    record.write_text(record.read_text().replace("actions:\n", f"  commitments:\n{promises}actions:\n"))
    site = build_site(folder)
    promises = {url: part for url, part in found(site, "parts").items() if part["filters"]["kind"] == ["promise"]}
    states = {url.partition("#")[2]: part["filters"]["state"] for url, part in promises.items()}
    assert states == {"C1": ["kept"], "C2": ["kept-late"], "C3": ["broken"], "C4": ["open"]}
    for url in promises:
        address, _, anchor = url.partition("#")
        assert site.page(f"{address}index.html").find(id=anchor) is not None, url


def test_the_facets_count_what_the_site_holds(site) -> None:
    facets = {facet["name"]: {value: number for value, _, number in facet["values"]} for facet in facts(site.folder)["facets"]}
    assert list(facets) == ["kind", "severity", "service", "factor", "harm", "year", "state"]
    assert facets["kind"]["incident"] == facets["kind"]["checklist"] == facets["kind"]["plan"] == 1
    assert "promise" not in facets["kind"]
    assert facets["severity"] == {"sev4": 1}


def test_a_list_of_what_stands_elsewhere_is_found_by_its_title_and_what_it_says_of_itself(site) -> None:
    pages = found(site, "pages")
    assert pages["services/search/"]["content"].strip(". ") == "Search"
    assert "what may you say and offer?" in pages["support/"]["content"]
    assert "That is all of it" in pages["incidents/"]["content"]
    assert "P501" in pages["rules/p501/"]["meta"]["names"]
    assert "search/" not in pages


@pytest.mark.parametrize("words", ["secret-leak", "invoices of one customer", "LEAK-1", "leak1", "wrong-tenant", "Wrong tenant", "billing", "Billing"])
def test_nothing_of_a_restricted_record_stands_in_the_index(site, words: str) -> None:
    assert [name for name, held in site.held.items() if words.encode() in held] == []


def test_a_plan_tells_nothing_of_a_restricted_record(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(record.read_text().replace("      - Stop the index build", "      - As after LEAK-1, see [the zebras](../2031-04-05-secret-leak.md).\n      - Stop the index build"))
    site = build_site(folder)
    assert found(site, "parts")[f"{SLOW_SEARCH}#plan-1"]["content"].startswith("As after (restricted), see (restricted). Stop")
    assert [name for name, held in site.held.items() if b"LEAK-1" in held or b"zebras" in held] == []


def test_a_draft_is_found_in_the_preview_only(site, build_site, copy_of) -> None:
    assert not [url for url in found(site, "pages") if "draft" in url]
    assert [url for url in found(build_site(copy_of("site"), command="serve"), "pages") if "draft" in url]


def test_a_page_that_is_to_be_left_out_of_the_search_is(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(record.read_text().replace("visibility: public\n", "visibility: public\npage: {search: {exclude: true}}\n"))
    site = build_site(folder)
    assert SLOW_SEARCH not in found(site, "pages")
    assert not (site.folder / "search/parts").exists()


def test_the_theme_spares_itself_the_index_that_nobody_loads(site) -> None:
    assert json.loads((site.folder / "search/search_index.json").read_text())["docs"] == []
    page = site.page("index.html")
    assert page.select_one("[role=combobox]") is not None
    assert page.select("form[name=search], [data-md-component=search]") == []


def test_nothing_stands_in_the_site_that_no_browser_loads(site) -> None:
    names = {path.name for path in (site.folder / "search").rglob("*") if path.is_file()}
    assert not [name for name in names if "ui" in name.split(".")[0].split("-") or "worker" in name or "highlight" in name]


def test_without_the_indexer_the_theme_searches_and_one_line_says_so(build_site, copy_of, monkeypatch) -> None:
    monkeypatch.setattr(pagefind, "PACKAGES", ("no_package_of_this_name",))
    find_binary.cache_clear()
    try:
        site = build_site(copy_of("site"), strict=True)
    finally:
        find_binary.cache_clear()
    assert [message for message in site.messages(logging.INFO) if "Pagefind" in message] == [
        ("amends: Pagefind is not installed, so the site has the theme's own search, without filters and slow where there are many records; "
         "`pip install 'amends[search]'` brings it")]
    assert site.page("index.html").select_one("form[name=search]") is not None
    assert "Searches take longer than ten seconds" in (site.folder / "search/search_index.json").read_text()
    assert not (site.folder / "search/index.html").exists()


def test_a_site_without_a_search_gets_none(build_site, copy_of) -> None:
    folder = copy_of("site")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - search\n", ""))
    site = build_site(folder)
    assert not (site.folder / "search").exists()
    assert site.page("index.html").select(".md-search") == []


def test_a_page_for_searching_that_the_author_wrote_wins(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "docs/search.md").write_text("# Where to look\n\nAsk Kim.\n")
    assert "Ask Kim" in build_site(folder, strict=True).text("search/index.html")


def test_the_interface_speaks_the_language_of_the_site(build_site, copy_of) -> None:
    folder = copy_of("site")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  name: material\n", "  name: material\n  language: de\n"))
    site = build_site(folder)
    assert site.page("search/index.html").h1.get_text().startswith("Suche")
    assert facts(site.folder)["facets"][0]["label"] == "Art"
    assert (site.folder / "search/pages/wasm.de.pagefind").is_file()


def test_two_builds_hold_the_same(build_site, copy_of) -> None:
    folder = copy_of("site")
    one, two = (build_site(folder) for _ in range(2))
    assert found(one, "pages") == found(two, "pages")
    assert found(one, "parts") == found(two, "parts")
    assert facts(one.folder) == facts(two.folder)
    assert one.held["search/words.txt"] == two.held["search/words.txt"]


def test_an_indexer_that_ends_early_is_a_fault_and_no_endless_wait(tmp_path: Path) -> None:
    script = tmp_path / "pagefind"
    script.write_text("#!/bin/sh\nread -n 1 all\nexit 3\n")
    script.chmod(0o755)
    indexer = Pagefind(script)

    def index_all() -> None:
        for number in range(10_000):
            indexer.add_page(0, f"{number}/", "<p>text</p>" * 100)
        indexer.finish()

    with pytest.raises(PagefindError):
        index_all()
    indexer.stop()


def test_where_the_indexer_ends_early_the_site_is_built_without_and_says_so(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "ending.py").write_text("def on_page_markdown(markdown, page, config, files):\n    config.plugins['amends'].finding and config.plugins['amends'].finding.stop()\n")
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("\nhooks: [ending.py]\n")
    site = build_site(folder)
    assert [record.getMessage() for record in site.log if "search index" in record.getMessage()] == [
        "amends: the search index could not be written: it ended before its work was done"]
    assert (site.folder / SLOW_SEARCH / "index.html").exists()
    assert not (site.folder / "search/facts.json").exists()


def test_what_the_indexer_refuses_is_told(tmp_path: Path) -> None:
    binary = find_binary()
    assert binary is not None
    indexer = Pagefind(binary)
    indexer.write(7, tmp_path)
    with pytest.raises(PagefindError):
        indexer.finish()


def test_the_words_in_most_texts_come_first_and_numbers_are_none() -> None:
    words = Words()
    for text in ("Backup backup 1234 INC-77 of KFC", "the backup, the restore of KFC", "Übergabe"):
        words.add(text)
    assert words.known() == ["backup", "KFC", "INC", "restore", "Übergabe"]  # short ones only where they are names


def test_only_among_many_texts_a_word_stands_everywhere() -> None:
    words = Words()
    for number in range(MANY - 1):
        words.add(f"the cluster {'restore' if number % 5 else ''}")
    assert words.everywhere() == []
    words.add("of the")
    assert words.everywhere() == ["cluster", "the"]


@pytest.mark.parametrize(("word", "language", "written"), [
    ("verified", "English", "verifi.ed"), ("verify", "English", "verif.y"), ("backup", "English", "backup"), ("störungen", "German", "störung.en"),
    ("großen", "German", "großen"), ("Störungen", "German", "Störung.en"), ("katkestus", "Klingon", "katkestus")])
def test_words_are_written_with_their_stems_where_the_language_has_any(word: str, language: str, written: str) -> None:
    assert list(with_stems([word], language)) == [written]


def test_what_is_said_of_every_record_alike_finds_none(site) -> None:
    record = found(site, "pages")[SLOW_SEARCH]["content"]
    page = site.page(f"{SLOW_SEARCH}index.html")
    for said in ("Began", "Lasted", "Found first by", "kept by Platform", "Last rehearsed", "Carried out by"):
        assert said in " ".join(page.article.get_text(" ").split()), said
        assert said not in record, said
    assert "2 March 2031" in record
    assert record.count("Search") > 0


def test_each_name_stands_in_one_line_of_the_names() -> None:
    lines = yaml.safe_load((Path(search.__file__).parent / "names.yml").read_text(encoding="utf-8"))
    names = [name.casefold() for part in lines.values() for line in part for name in line]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("told", "names"), [
    ("The Chief Executive apologised.", ("CEO",)), ("The CEOs wrote, and no chief executive.", ()), ("About eighteen hours, and one of the Twenty-one", ("18", "21")), ("No aeroplanes flew.", ("aircraft", "airplane", "plane")),
    ("An explanation of the planet", ()), ("The database of the CEO", ("chief executive", "DB")),
    ("They were locked out, and logged in again.", ("lockout", "login")), ("The login was locked.", ())])
def test_a_page_is_called_by_the_other_names_of_what_it_names(told: str, names: tuple[str, ...]) -> None:
    assert tuple(chain.from_iterable(other_names(told).values())) == names


@pytest.mark.parametrize(("told", "numbers"), [
    ("It fell by 0.9 %, to -20.1.", ("0q9", "20q1")), ("£48.65m and 48,65 m", ("48q65m", "48q65", "48650000")), ("12,000,000 of 1,300", ()), ("1,234.56", ("1234q56",)),
    ("8.5 million machines and 2 Milliarden", ("8q5", "8500000", "2000000000")), ("ten billion, 40k, 5 hundred and Twenty-one Million", ("10000000000", "40000", "500", "21000000")), ("on 8.7.2022 at 1.1.1.1 with v2.5 as in 4.", ())])
def test_a_page_is_called_by_its_numbers_as_an_index_keeps_them_apart(told: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(told) == numbers


def test_numbers_are_read_in_the_language_of_the_site_and_in_english() -> None:
    with speaking(language_of("de-CH")):
        assert numbers_of("fünf Millionen, einundzwanzig Mrd. und five hundred") == ("5000000", "21000000000", "500")
        assert tuple(chain.from_iterable(other_names("nach achtzehn Stunden").values())) == ("18",)
    assert numbers_of("fünf Millionen") == ()
