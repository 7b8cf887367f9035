"""What must not leave the repository, and what must not reach a reader's browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

HOSTILE = "incidents/2031/2031-06-01-hostile/index.html"


@pytest.fixture(scope="module")
def hostile(build_site: Callable, copy_of: Callable):
    return build_site(copy_of("hostile"))


@pytest.mark.parametrize("words", ["2031-04-05-secret-leak", "The invoices of one customer", "LEAK-1", "wrong-tenant", "Wrong tenant", "billing",
                                   "Billing", "leak.png", "whose name we keep"])
def test_a_restricted_record_stands_nowhere(boards, words: str) -> None:
    assert [name for name, held in boards.held.items() if words.encode() in held or words in name] == []


@pytest.mark.parametrize("link", ["[the chart]({})", "![the chart]({})", "<img src='{}' alt='the chart'>", "[the chart]\n\n[the chart]: {}"])
def test_a_picture_in_the_folder_of_a_restricted_record_is_not_published_whoever_shows_it(build_site: Callable, copy_of: Callable, link: str) -> None:
    folder = copy_of("site")
    year = folder / "incidents/2031"
    hidden = year / "2031-04-05-secret-leak"
    hidden.mkdir()
    (year / "2031-04-05-secret-leak.md").rename(hidden / "index.md")
    (year / "leak.png").rename(hidden / "leak.png")
    record = year / "2031-03-02-slow-search/index.md"
    record.write_text(f"{record.read_text()}\nSee {link.format('../2031-04-05-secret-leak/leak.png')}\n")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    site = build_site(folder)
    assert [name for name, held in site.held.items() if "leak" in name or b"secret-leak" in held] == []


def test_a_link_to_a_restricted_record_tells_neither_its_name_nor_its_text(boards) -> None:
    text = boards.text("incidents/2031/2031-03-02-slow-search/index.html")
    assert "Later (restricted) and a draft had the same look; see (restricted)." in text


def test_what_others_say_of_a_restricted_record_stands_nowhere_whichever_of_their_texts_says_it(build_site, copy_of) -> None:
    folder = copy_of("site")
    record, checklist = folder / "incidents/2031/2031-03-02-slow-search/index.md", folder / "prevention/changes.md"
    for path, more in ((record, {"severity": "sev1", "page": {"description": "Slow as in LEAK-1", "tags": ["like LEAK-1"]}}), (checklist, {})):
        _, front_matter, body = path.read_text().split("---\n", 2)
        said = _with_everywhere(yaml.load(front_matter, yaml.BaseLoader), ", as in LEAK-1 and “The invoices of one customer were shown to another”, not LEAK-10") | more
        path.write_text(f"---\n{yaml.safe_dump(said, allow_unicode=True)}---\n{body}\nIt was like 2031-04-05-secret-leak.\n")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    site = build_site(folder)
    named = re.compile(rb"LEAK-1\b|secret-leak|invoices of one customer")
    assert [name for name, held in site.held.items() if named.search(held.replace(b"\r\n ", b""))] == []
    assert "Search answers in a minute & more, as in (restricted) and “(restricted)”, not LEAK-10" in site.text("incidents/index.html")


def _with_everywhere(said: Any, words: str) -> Any:
    """Front matter with words at the end of every text that is more than a word or two."""
    if isinstance(said, dict):
        return {key: _with_everywhere(value, words) for key, value in said.items()}
    if isinstance(said, list):
        return [_with_everywhere(value, words) for value in said]
    return f"{said}{words}" if said.count(" ") > 1 else said


def test_what_links_by_reference_to_what_is_not_published_is_plain_text_and_does_not_warn(build_site: Callable, copy_of: Callable) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(f"{record.read_text()}\nSee [the secret words][s] and [a draft][].\n\n[s]: ../2031-04-05-secret-leak.md 'Told of it'\n[a draft]: ../2031-05-01-still-a-draft.md\n")
    site = build_site(folder, strict=True)
    assert "See (restricted) and a draft." in site.text("incidents/2031/2031-03-02-slow-search/index.html")
    assert [name for name, held in site.held.items() if b"secret" in held or b"Told of it" in held or b"still-a-draft" in held] == []


def test_of_an_items_link_to_a_restricted_record_not_even_the_words_stay(build_site: Callable, copy_of: Callable) -> None:
    folder = copy_of("site")
    checklist = folder / "prevention/changes.md"
    text = checklist.read_text()
    for key in ("check", "why", "verify"):
        assert f"{key}: " in text
        text = text.replace(f"{key}: ", f"{key}: As [the strongroom](../incidents/2031/2031-04-05-secret-leak.md) taught, ", 1)
    checklist.write_text(text)
    site = build_site(folder)
    assert "As (restricted) taught, " in site.text("prevention/index.html")
    assert [name for name, held in site.held.items() if b"strongroom" in held.replace(b"\r\n ", b"")] == []


def test_no_data_names_a_draft_to_which_a_checklist_links(build_site: Callable, copy_of: Callable) -> None:
    folder = copy_of("site")
    checklist = folder / "prevention/changes.md"
    checklist.write_text(checklist.read_text().replace("check: ", "check: As after [the draft](../incidents/2031/2031-05-01-still-a-draft.md), ", 1))
    site = build_site(folder)
    assert "As after the draft, " in site.held["data/corpus.json"].decode()
    assert "As after the draft, " in site.held["calendar.ics"].replace(b"\r\n ", b"").decode().replace("\\,", ",")
    assert [name for name, held in site.held.items() if b"still-a-draft" in held.replace(b"\r\n ", b"")] == []


def test_the_page_of_a_year_that_somebody_wrote_needs_no_place_in_the_menu(build_site: Callable, copy_of: Callable) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/README.md").write_text("# 2031\n\nA year.\n")
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{settings.read_text()}\nvalidation:\n  omitted_files: warn\n")
    assert build_site(folder, strict=True).text("incidents/2031/index.html").endswith("A year.")


def test_a_draft_is_not_published_and_a_link_to_it_is_plain_text(boards) -> None:
    assert not list(boards.folder.rglob("*still-a-draft*"))
    page = boards.page("incidents/2031/2031-03-02-slow-search/index.html")
    assert not [a for a in page.select("a") if "draft" in a.get("href", "")]


@pytest.mark.parametrize("spelling", ["visibility: restrictd", "visibilty: restricted", "visibility: [restricted]"])
def test_a_record_whose_visibility_cannot_be_read_is_not_published_even_where_findings_do_not_fail_the_build(
    build_site, copy_of, spelling: str
) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-04-05-secret-leak.md"
    record.write_text(record.read_text().replace("visibility: restricted", spelling))
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    site = build_site(folder)
    assert [path for path in site.folder.rglob("*") if path.is_file() and b"The invoices of one customer" in path.read_bytes()] == []


@pytest.mark.parametrize("front_matter", [
    "title: The strongroom: what was in it\nvisibility: restricted\n", "title: What was in the strongroom\n---\nvisibility: restricted\n"], ids=["syntax", "split"])
def test_a_record_that_cannot_be_read_and_says_restricted_is_in_no_preview_either(build_site: Callable, copy_of: Callable, front_matter: str) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/2031-06-07-strongroom.md").write_text(f"---\n{front_matter}---\n\n## Summary\n\nA strongroom.\n", encoding="utf-8")
    assert "strongroom" not in "".join(path.read_text("utf-8", "replace") + path.name for path in build_site(folder, command="serve").folder.rglob("*.html"))


def test_nothing_an_author_writes_runs_in_a_browser(hostile) -> None:
    article = hostile.page(HOSTILE).select_one("article")
    assert article.select("script, iframe, style, form, object, embed, input, svg[onload]") == []
    assert [f"{tag.name} {name}" for tag in article.find_all(True) for name in tag.attrs if name.startswith("on")] == []
    assert [a["href"] for a in article.select("a[href]") if a["href"].split(":")[0] in ("javascript", "data", "vbscript")] == []


def test_a_title_is_text_everywhere(hostile) -> None:
    for address, page in hostile.pages.items():
        assert "alert('title')" not in "".join(script.get_text() for script in page.select("script")), address
    page = hostile.page(HOSTILE)
    assert page.title.get_text() == """<script>alert('title')</script> "quoted" & {{ config.site_dir }} - Hostile"""
    assert page.h1.get_text().startswith("<script>alert('title')</script>")
    assert b"<script>alert('title')" not in (hostile.folder / "search/search_index.json").read_bytes()


def test_a_picture_on_another_host_becomes_a_link(hostile) -> None:
    article = hostile.page(HOSTILE).select_one("article")
    assert [image["src"] for image in article.select("img") if "//" in image["src"]] == []
    assert article.find("a", string="a picture")["href"] == "https://pictures.invalid/cat.png"


def test_what_an_author_leaves_open_does_not_reach_beyond_its_place(hostile) -> None:
    headings = [h.get_text().rstrip("¶") for h in hostile.page(HOSTILE).select("article h2, article h3")]
    assert headings == ["Summary", "Customer impact", "Timeline", "Root cause", "Contributing factors", "What is still at risk",
                        "If it happens again", "Actions", "What went well", "Was the response equal to the impact?", "Sources", "History of this record",
                        "Has this happened before?"]
    assert not hostile.page(HOSTILE).select("abbr")


def test_a_record_cannot_include_other_files_of_the_repository(hostile) -> None:
    assert "site_name" not in hostile.text(HOSTILE)


def test_a_diagram_does_not_make_the_theme_fetch_its_library(hostile) -> None:
    assert hostile.page(HOSTILE).select(".mermaid") == []
    assert "graph TD" in hostile.text(HOSTILE)


def test_the_placeholders_of_the_composer_never_reach_a_page(hostile) -> None:
    for address, page in hostile.pages.items():
        assert re.search(r"amends[0-9a-f]{16}", str(page)) is None, address


def test_a_hand_written_page_tells_nothing_of_a_restricted_record_either(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/README.md").write_text("# 2031\n\nSee [the leak](2031-04-05-secret-leak.md), LEAK-1, and [a draft](2031-05-01-still-a-draft.md).\n")
    (folder / "docs/about.md").write_text("# About\n\nSee [the leak](incidents/2031/2031-04-05-secret-leak.md), LEAK-1, and [a draft](incidents/2031/2031-05-01-still-a-draft.md).\n")
    site = build_site(folder, strict=True)
    for address in ("incidents/2031/index.html", "about/index.html"):
        assert site.text(address).endswith("See (restricted), (restricted), and a draft.")


def test_a_landing_page_is_sanitised_with_and_without_a_list_on_it(build_site, copy_of) -> None:
    folder = copy_of("site")
    for path in ("incidents/README.md", "incidents/2031/README.md"):
        (folder / path).write_text("# Here\n\n<script>alert(1)</script>\n\n<b onclick=alert(2)>bold</b>\n")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    site = build_site(folder)
    for address in ("incidents/index.html", "incidents/2031/index.html"):
        assert site.page(address).select("article script, article [onclick]") == []
