"""Findings in the build: the same as the gate's, at their level, and never in the way of somebody who writes."""

import logging
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/index.html"


@pytest.fixture
def folder(copy_of) -> Path:
    """A corpus whose record has lost an action's owner."""
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(record.read_text().replace("    kind: prevent\n    owner: platform\n", "    kind: prevent\n"))
    return folder


def _with(folder: Path, setting: str) -> Path:
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("  - amends\n", f"  - amends: {{{setting}}}\n"))
    return folder


def test_an_error_fails_the_build_and_says_where(build_site, folder, log) -> None:
    with pytest.raises(Abort):
        build_site(folder)
    finding, summary = [record.getMessage() for record in log if record.levelno == logging.ERROR]
    assert finding.startswith("amends: incidents/2031/2031-03-02-slow-search/index.md:60:5: P501 action A1 has no owner")
    assert summary.startswith("amends: 3 records, 1 checklist: 1 error, 0 warnings; ")


def test_an_error_does_not_fail_the_build_where_the_site_says_so(build_site, folder) -> None:
    site = build_site(_with(folder, "fail: false"))
    assert "action A1 has no owner" in site.messages(logging.ERROR)[0]


def test_readers_of_a_built_site_are_not_told_what_those_who_write_have_to_mend(build_site, folder) -> None:
    text = build_site(_with(folder, "fail: false")).text(SLOW_SEARCH)
    assert "To mend" not in text
    assert "has no owner" not in text


def test_a_record_of_a_day_that_no_calendar_has_is_built_where_the_site_says_so(build_site, folder) -> None:
    (folder / "incidents/2031/2031-02-30-odd-day.md").write_text("---\ntitle: Odd day\nstatus: published\n---\n## Summary\nIt was over soon.\n", encoding="utf-8")
    site = build_site(_with(folder, "fail: false"))
    assert "2031-02-30" in site.text("incidents/index.html")


def test_a_strict_build_fails_all_the_same(build_site, folder) -> None:
    with pytest.raises(Abort):
        build_site(_with(folder, "fail: false"), strict=True)


def test_a_warning_fails_the_build_where_the_site_says_so(build_site, copy_of, log) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/unused.csv").write_text("a,b\n")
    assert build_site(folder).messages(logging.WARNING)[0].startswith("amends: incidents/2031/unused.csv:1:1: F122")
    with pytest.raises(Abort):
        build_site(_with(folder, "fail: warnings"))
    assert "1 warning" in log[-1].getMessage()


def test_the_preview_goes_on_and_shows_the_findings_on_the_records_own_page(build_site, folder) -> None:
    site = build_site(folder, command="serve")
    assert "To mend: " in site.text(SLOW_SEARCH)
    assert "action A1 has no owner" in site.text(SLOW_SEARCH)
    finding = site.page(SLOW_SEARCH).select_one(".am-findings li")
    assert "`" not in finding.get_text()
    assert [code.get_text() for code in finding.select("code")][1:] == ["owner"]


def test_the_preview_shows_the_findings_of_a_file_that_cannot_be_read_instead_of_half_a_page(build_site, copy_of) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/2031-06-07-broken.md").write_text("---\ntitle: a: b\n---\n## Summary\n\nHalf a page.\n")
    text = build_site(folder, command="serve").text("incidents/2031/2031-06-07-broken/index.html")
    assert "This file can't be shown yet" in text
    assert "2:9 F105" in text
    assert "Half a page" not in text


def test_a_file_that_cannot_be_read_has_no_page_in_a_build_that_goes_on(build_site, copy_of) -> None:
    folder = _with(copy_of("site"), "fail: false")
    (folder / "incidents/2031/2031-06-07-broken.md").write_text("---\ntitle: a: b\n---\n")
    assert not list(build_site(folder).folder.rglob("*broken*"))


def test_the_preview_shows_drafts_with_what_is_still_to_be_said(build_site, copy_of) -> None:
    text = build_site(copy_of("site"), command="serve").text("incidents/2031/2031-05-01-still-a-draft/index.html")
    assert "This is a draft" in text
    assert "Root cause" in text


def test_settings_that_cannot_be_used_are_refused_with_the_nearest_known_word(build_site, copy_of) -> None:
    from mkdocs.exceptions import ConfigurationError

    folder = _with(copy_of("site"), "policy: {sev1: {review: [apologgy]}}")
    with pytest.raises((ConfigurationError, Abort), match="did you mean `apology`"):
        build_site(folder)


def test_a_repository_without_any_record_builds(build_site, tmp_path: Path) -> None:
    (tmp_path / "empty/docs").mkdir(parents=True)
    (tmp_path / "empty/docs/index.md").write_text("# Home\n")
    (tmp_path / "empty/mkdocs.yml").write_text("site_name: Empty\ntheme: {name: material, font: false}\nplugins: [search, amends]\n")
    site = build_site(tmp_path / "empty", strict=True)
    assert "No incident is published yet" in site.text("incidents/index.html")
    assert "There is no checklist yet" in site.text("prevention/index.html")


def test_a_record_without_a_day_in_its_name_makes_no_page_of_a_year(build_site, copy_of) -> None:
    folder = _with(copy_of("site"), "fail: false")
    text = (folder / "incidents/2031/2031-03-02-slow-search/index.md").read_text()
    for name in ("Foo Bar.md", "--help.md", ".hidden.md"):
        (folder / "incidents" / name).write_text(text)
    site = build_site(folder)
    years = {url.split("/")[1] for url in site.pages if url.startswith("incidents/") and url.count("/") == 2}
    assert not {year for year in years if year in ("Foo", "Foo ", "--he", ".hid")}
    assert "Foo Bar" in {link["href"].split("/")[-2].replace("%20", " ") for link in site.page("incidents/index.html").select(".am-register a")}
    assert not [link for link in site.page("incidents/index.html").select("a") if "hidden" in link["href"]]


def test_a_file_name_that_is_not_utf_8_is_one_finding_and_no_page(build_site, copy_of, log) -> None:
    folder = copy_of("site")
    (folder / "incidents/2031/2031-05-05-caf\udce9.md").write_text("---\ntitle: x\n---\n")
    with pytest.raises(Abort):
        build_site(folder)
    assert any("2031-05-05-caf\\xe9.md:1:1: F101 the file's name" in record.getMessage() for record in log)
    (folder / "prevention/caf\udce9.md").write_text("---\ntitle: x\n---\n")
    assert build_site(_with(folder, "fail: false")).page("incidents/index.html")


def test_a_folder_that_the_settings_name_and_that_is_not_there_fails_the_build(build_site, folder, log) -> None:
    with pytest.raises(Abort):
        build_site(_with(folder, "incidents: incident"))
    assert "there is no folder `incident`" in log[-1].getMessage()


def test_words_that_a_silenced_finding_quotes_stand_as_code(build_site, copy_of) -> None:
    folder = copy_of("site")
    record = folder / "incidents/2031/2031-03-02-slow-search/index.md"
    record.write_text(record.read_text().replace("---\n", "---\nsilence:\n  - {code: W802, why: It was said so.}\n", 1).replace("Search is slow; we", "Teething problems; we"))
    (found,) = build_site(folder).page("rules/index.html").select(".am-findings li")
    assert [code.get_text() for code in found.select("code")] == ["Teething problems"]
    assert "`" not in found.get_text()
