"""What must not leave the repository, and what must not reach a reader's browser."""

from collections.abc import Callable

import pytest

HOSTILE = "incidents/2031/2031-06-01-hostile/index.html"


@pytest.fixture(scope="module")
def hostile(build_site: Callable, copy_of: Callable):
    return build_site(copy_of("hostile"))


@pytest.mark.parametrize("words", ["2031-04-05-secret-leak", "The invoices of one customer", "LEAK-1", "wrong-tenant", "Wrong tenant", "billing",
                                   "Billing", "leak.png", "whose name we keep"])
def test_a_restricted_record_stands_nowhere(boards, words: str) -> None:
    found = [path for path in boards.folder.rglob("*") if path.is_file() and (words.encode() in path.read_bytes() or words in path.name)]
    assert found == []


def test_a_link_to_a_restricted_record_tells_neither_its_name_nor_its_text(boards) -> None:
    text = boards.text("incidents/2031/2031-03-02-slow-search/index.html")
    assert "Later (restricted) and a draft had the same look; see (restricted)." in text


def test_what_another_record_says_of_a_restricted_one_stands_in_no_list_title_or_table(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    text = record.read_text()
    title = next(line for line in text.splitlines() if line.startswith("title: "))
    record.write_text(text.replace(title, "title: Slow search, as in LEAK-1 and 2031-04-05-secret-leak, not as in LEAK-10", 1))
    site = build_site(folder)
    told = {word: sorted(str(path.relative_to(site.folder)) for path in site.folder.rglob("*") if path.is_file() and word in path.read_bytes())
            for word in (b"LEAK-1 ", b"2031-04-05-secret-leak")}
    assert told == {b"LEAK-1 ": [], b"2031-04-05-secret-leak": []}
    assert "Slow search, as in (restricted) and (restricted), not as in LEAK-10" in site.text("incidents/index.html")


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
    import re

    for address, page in hostile.pages.items():
        assert re.search(r"amends[0-9a-f]{16}", str(page)) is None, address


def test_a_hand_written_page_tells_nothing_of_a_restricted_record_either(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/README.md").write_text("# 2031\n\nSee [the leak](2031-04-05-secret-leak.md), LEAK-1, and [a draft](2031-05-01-still-a-draft.md).\n")
    site = build_site(folder, strict=True)
    assert site.text("incidents/2031/index.html").endswith("See (restricted), (restricted), and a draft.")


def test_a_landing_page_is_sanitised_with_and_without_a_list_on_it(build_site, copy_of) -> None:
    folder = copy_of("site")
    for path in ("incidents/README.md", "incidents/2031/README.md"):
        (folder / path).write_text("# Here\n\n<script>alert(1)</script>\n\n<b onclick=alert(2)>bold</b>\n")
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    site = build_site(folder)
    for address in ("incidents/index.html", "incidents/2031/index.html"):
        assert site.page(address).select("article script, article [onclick]") == []
