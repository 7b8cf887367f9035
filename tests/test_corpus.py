"""The corpus: what is found in the folders, what is read when, and how records and checklists are linked both ways."""

import os
import shutil
from pathlib import Path

import pytest

from amends.corpus import STEM, Corpus, Listing, list_folder, stem_of
from amends.gate.check import check
from amends.rules import RULES
from amends.settings import load_settings

SAMPLE = Path(__file__).parent / "cases" / "sample"
DELETION, SEARCH = "2031-04-05-site-deletion", "2031-03-02-slow-search"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the sample corpus that a test may change."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def opened(site: Path) -> Corpus:
    """The corpus as it stands there now."""
    return Corpus.open(load_settings(site / "mkdocs.yml"))


def write(site: Path, path: str, text: str = "---\ntitle: x\n---\n") -> None:
    """A file of the corpus, with the folders around it."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, encoding="utf-8")


def test_every_markdown_file_is_a_record_a_landing_page_or_a_template(site: Path) -> None:
    for path in ("2031/2031-05-01-flood/index.md", "2031/2031-05-01-flood/water.png", "_record.md", "_drafts/2031-06-01-idea.md",
                 "2031/notes.markdown", "2031/README.md", "2031/.hidden.md", ".obsidian/cache.md", "2031/unfinished name.md"):
        write(site, f"incidents/{path}")
    assert list_folder(str(site), "incidents") == Listing(
        pages=("incidents/2031/.hidden.md", f"incidents/2031/{SEARCH}.md", f"incidents/2031/{DELETION}.md",
               "incidents/2031/2031-05-01-flood/index.md", "incidents/2031/unfinished name.md"),
        landing=("incidents/2031/README.md", "incidents/README.md"),
        templates=("incidents/_drafts/2031-06-01-idea.md", "incidents/_record.md"),
        others=("incidents/2031/2031-05-01-flood/water.png", "incidents/2031/notes.markdown"),
        links=(),
    )


def test_symbolic_links_are_named_and_not_followed(site: Path) -> None:
    os.symlink(site / "incidents" / "2031", site / "incidents" / "2030")
    os.symlink(site / "incidents" / "2031" / f"{SEARCH}.md", site / "incidents" / "copy.md")
    listing = list_folder(str(site), "incidents")
    assert listing.links == ("incidents/2030", "incidents/copy.md")
    assert len(listing.pages) == 2


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list_folder(str(tmp_path), "incidents") == Listing((), (), (), (), ())


@pytest.mark.parametrize(("path", "stem"), [
    ("incidents/2031/2031-04-05-x.md", "2031-04-05-x"),
    ("incidents/2031/2031-04-05-x/index.md", "2031-04-05-x"),
    ("index.md", "index"),
])
def test_the_stem_is_the_files_name_or_its_folders(path: str, stem: str) -> None:
    assert stem_of(path) == stem


@pytest.mark.parametrize("stem", ["2031-04-05-x", "2031-04-05-två-städer-2", "2031-04-05-削除"])
def test_a_stem_is_a_day_and_words(stem: str) -> None:
    assert STEM.match(stem)


@pytest.mark.parametrize("stem", [
    "2031-04-05", "2031-4-5-x", "2031-04-05-", "2031-04-05-a b", "2031-04-05-a_b", "x-2031-04-05-x", "2031-04-05-a--b"])
def test_anything_else_is_none(stem: str) -> None:
    assert not STEM.match(stem)


def test_opening_a_corpus_reads_no_record_and_asking_for_one_reads_that_one(site: Path) -> None:
    corpus = opened(site)
    write(site, f"incidents/2031/{SEARCH}.md", "not read before the corpus was opened")
    (site / "incidents" / "2031" / f"{DELETION}.md").unlink()
    found = corpus.record(SEARCH)
    assert found is not None
    assert found.document.text == "not read before the corpus was opened"


def test_a_file_that_vanished_meanwhile_is_a_fault_and_no_crash(site: Path) -> None:
    corpus = opened(site)
    (site / "incidents" / "2031" / f"{SEARCH}.md").unlink()
    assert [fault.rule for fault in corpus.record_at(f"incidents/2031/{SEARCH}.md").document.faults] == ["unreadable-file"]


def test_a_record_is_read_once(site: Path) -> None:
    corpus = opened(site)
    assert corpus.record(SEARCH) is corpus.records[0] is corpus.record_at(f"incidents/2031/{SEARCH}.md")


def test_references_find_what_they_name(site: Path) -> None:
    corpus = opened(site)
    action, item = corpus.action(f"{SEARCH}/A1"), corpus.item("destructive-changes/soft-delete")
    assert action is not None
    assert (action[0].stem, action[1].id) == (SEARCH, "A1")
    assert item is not None
    assert (item[0].stem, item[1].id) == ("destructive-changes", "soft-delete")


@pytest.mark.parametrize("reference", ["", "/", "nowhere", "nowhere/A1", f"{SEARCH}/", f"{SEARCH}/A99", "destructive-changes/nothing"])
def test_a_reference_to_nowhere_finds_nothing(reference: str, site: Path) -> None:
    corpus = opened(site)
    assert corpus.action(reference) is None
    assert corpus.item(reference) is None
    assert corpus.record(reference) is None


def test_a_stem_taken_twice_leads_to_the_first_by_path(site: Path) -> None:
    write(site, f"incidents/2031/{SEARCH}/index.md")
    corpus = opened(site)
    assert corpus.paths_by_stem[SEARCH] == (f"incidents/2031/{SEARCH}.md", f"incidents/2031/{SEARCH}/index.md")
    found = corpus.record(SEARCH)
    assert found is not None
    assert found.path == f"incidents/2031/{SEARCH}.md"


def test_lessons_lead_back_from_each_item_to_its_incidents(site: Path) -> None:
    lessons = opened(site).lessons
    (lesson,) = lessons["destructive-changes/soft-delete"]
    assert lesson.action is not None
    assert (lesson.record.stem, lesson.action.id) == (DELETION, "A1")
    by_record = {lesson.record.stem: lesson.action for lesson in lessons["destructive-changes/one-at-a-time"]}
    assert by_record[DELETION] is None
    assert by_record.keys() <= {DELETION, SEARCH}


def test_an_item_taught_by_an_action_and_by_its_record_is_one_lesson(site: Path) -> None:
    write(site, "incidents/2031/2031-05-01-x.md", "---\nactions: [{id: A1, teaches: [new/item]}]\nteaches: [new/item]\n---\n")
    (lesson,) = opened(site).lessons["new/item"]
    assert lesson.action is not None


def test_records_are_grouped_by_what_they_share(site: Path) -> None:
    corpus = opened(site)
    assert {record.stem for record in corpus.by_service["boards"]} >= {DELETION}
    assert [record.stem for record in corpus.by_alias["INC-1234"]] == [DELETION]
    assert DELETION in {record.stem for record in corpus.by_factor["validation"]}
    assert list(corpus.by_factor) == sorted(corpus.by_factor)


def test_what_is_left_out_is_known_to_no_list(site: Path) -> None:
    corpus = opened(site)
    some = corpus.only(lambda record: record.stem != DELETION)
    assert [record.stem for record in some.records] == [SEARCH]
    assert some.record(DELETION) is None
    assert some.action(f"{DELETION}/A1") is None
    assert "INC-1234" not in some.by_alias
    assert "destructive-changes/soft-delete" not in some.lessons
    assert all(record.stem != DELETION for records in some.by_service.values() for record in records)
    assert corpus.record(DELETION) is not None, "the whole corpus stays as it is"
    assert some.records[0] is corpus.record(SEARCH), "nothing is read twice"


def test_files_are_used_when_a_page_links_to_them(site: Path) -> None:
    write(site, "incidents/2031/2031-05-01-flood/index.md", "---\ntitle: x\n---\n![water](water.png) and [rain](rain%20map.png)\n")
    used = opened(site).used_files
    assert {"incidents/2031/2031-05-01-flood/water.png", "incidents/2031/2031-05-01-flood/rain map.png"} <= used
    assert f"incidents/2031/{SEARCH}.md" in used, "the sample's records are linked"


def test_templates_are_passed_over_by_name(site: Path) -> None:
    write(site, "incidents/_record.md")
    write(site, "prevention/_checklist.md")
    assert [tuple(passed) for passed in opened(site).passed_over] == [
        ("incidents/_record.md", "a template"), ("prevention/_checklist.md", "a template")]


def test_what_is_no_file_is_named_and_never_opened(site: Path) -> None:
    os.mkfifo(site / "incidents/2031/2031-06-02-pipe.md")
    corpus = Corpus.open(load_settings(site / "mkdocs.yml"))
    assert corpus.incidents.special == ("incidents/2031/2031-06-02-pipe.md",)
    assert ("incidents/2031/2031-06-02-pipe.md", "no file") in corpus.passed_over
    (said,) = [d for d in check(corpus, RULES).diagnostics if d.path.endswith("pipe.md")]
    assert (said.code, said.message.startswith("this is no file but a pipe")) == ("F122", True)
