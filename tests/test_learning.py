"""Controls that were known and failed: claimed where it is certain, by the item's own word or by git's, and nowhere else."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from amends.audit import audit
from amends.corpus import Corpus
from amends.history import Unread
from amends.learning.lessons import FailedControl, Witness, evidence
from amends.rules.prevention import repeated_with_open_actions
from amends.settings import load_settings

CASE = Path(__file__).parent / "cases" / "learning"


def opened(folder: Path) -> Corpus:
    return Corpus.open(load_settings(folder / "mkdocs.yml"))


def said(failed: FailedControl) -> tuple[str, str, str, str]:
    """The record, the item, since when it is known, and who says so."""
    return failed.record.stem, failed.reference, failed.since.iso, failed.witness.value


@pytest.fixture
def place(tmp_path: Path) -> Callable[..., Corpus]:
    """A corpus of one record and a checklist with one item, and whatever these say."""
    def write(record: str = "times: {started: 2031-06-01T08:00Z}", item: str = "since: 2031-05-01", stem: str = "2031-06-01-x") -> Corpus:
        for path, text in (("mkdocs.yml", "plugins: [amends]\n"),
                           (f"incidents/2031/{stem}.md", f"---\ntitle: X\nstatus: published\nteaches: [changes/one]\n{record}\n---\n"),
                           ("prevention/changes.md", f"---\ntitle: Changes\nstage: change\nitems:\n  - id: one\n    check: Do one.\n    {item}\n---\n")):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        return opened(tmp_path)
    return write


def known(corpus: Corpus) -> bool:
    return bool(corpus.failed_controls.all)


def test_an_item_that_was_there_before_the_incident_that_teaches_it_was_known() -> None:
    found = opened(CASE).failed_controls
    assert [said(failed) for failed in found.all] == [
        ("2031-06-01-second", "changes/on-a-copy", "2030-05-20", "author"),
        ("2031-07-01-secret", "databases/restore", "2031-01-01", "author"),
        ("2031-07-01-secret", "changes/on-a-copy", "2030-05-20", "author"),
        ("2031-08-01-draft", "kiosks/spare", "2031-06-25", "author"),
        ("2031-08-01-draft", "databases/restore", "2031-01-01", "author"),
    ]
    assert {failed.record.stem for failed in found.by_item["changes/on-a-copy"]} == {"2031-06-01-second", "2031-07-01-secret"}


def test_what_a_reader_may_not_see_is_not_told() -> None:
    corpus = opened(CASE).only(lambda record: record.status.public and not record.restricted)
    assert [failed.record.stem for failed in corpus.failed_controls.all] == ["2031-06-01-second"]


def test_another_companys_incident_is_no_failure_of_our_checklist(place: Callable[..., Corpus]) -> None:
    assert known(place())
    assert not known(place("origin: external\ntimes: {started: 2031-06-01T08:00Z}"))
    assert known(place("origin: imported\ntimes: {started: 2031-06-01T08:00Z}"))


@pytest.mark.parametrize(("since", "times", "claimed"), [
    ("2031-05-31", "started: 2031-06-01T00:10Z", True),
    ("2031-06-01", "started: 2031-06-01T23:00Z", False),  # on the same day, nobody knows which came first
    ("2031-06-01T08:00Z", "started: 2031-06-01T09:00Z", True),
    ("2031-06-02", "started: 2031-06-01T08:00Z", False),
    ("2031-05-20", "triggered: 2031-05-01, started: 2031-06-01", False),  # what was done before could not be checked
    ("2031-05-20", "triggered: {unknown: The logs are gone by now.}, started: 2031-06-01", True),
    ("{about: 2031-05-20}", "started: 2031-06-01", False),  # an approximate day may be a month off
    ("{about: 2031-04-20}", "started: 2031-06-01", True),
    ("{about: 2031-04-20}", "started: {about: 2031-06-01}", False),
    ("{about: 2031-03-20}", "started: {about: 2031-06-01}", True),
])
def test_only_what_certainly_came_first_was_known(since: str, times: str, claimed: bool, place: Callable[..., Corpus]) -> None:
    assert known(place(f"times: {{{times}}}", f"since: {since}")) is claimed


def test_where_no_time_is_told_the_day_of_the_stem_counts(place: Callable[..., Corpus]) -> None:
    (failed,) = place("severity: sev2").failed_controls.all
    assert failed.began.iso == "2031-06-01"


def test_where_not_even_the_stem_has_a_day_nothing_is_claimed(place: Callable[..., Corpus]) -> None:
    assert not known(place("severity: sev2", stem="2031-13-77-x"))
    assert not known(place("severity: sev2", stem="something"))


def test_in_force_is_only_where_it_was_by_then(place: Callable[..., Corpus]) -> None:
    corpus = place(item="since: 2031-01-01\n    adopted: [{where: a, on: 2031-02-01}, {where: b, on: 2031-07-01}, c, {where: d, on: {unknown: Not written down.}}]")
    (failed,) = corpus.failed_controls.all
    assert [adoption.where for adoption in failed.in_force] == ["a"]


def test_an_incident_behind_an_item_is_one_however_many_actions_teach_it() -> None:
    corpus = opened(CASE)
    behind = evidence(corpus.lessons["changes/on-a-copy"])
    assert [(each.record.stem, [action.id for action in each.actions]) for each in behind] == [
        ("2031-07-01-secret", []), ("2031-06-20-outside", []), ("2031-06-01-second", ["A1", "A2"]), ("2030-05-01-first", ["A1"])]


# What git knows -------------------------------------------------------------------------------------------------------


@pytest.fixture
def commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Commit what lies there on a day; the first time in a repository of its own."""
    (tmp_path / ".gitconfig").write_text("[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)

    def run(day: str) -> None:
        environment = {**os.environ, "GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
        for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "x"]):
            subprocess.run(["git", *words], cwd=tmp_path, check=True, env=environment, capture_output=True)
    return run


OTHER = "---\ntitle: Changes\nstage: change\nitems:\n  - id: other\n    check: Do the other.\n---\n"


def test_where_the_item_does_not_say_since_when_git_does(place: Callable[..., Corpus], commit: Callable[[str], None]) -> None:
    place(item="why: It happened.")
    commit("2031-05-10")
    (failed,) = place(item="why: It happened, and hurt.").failed_controls.all
    assert (failed.since.iso, failed.witness) == ("2031-05-10", Witness.GIT)


@pytest.mark.parametrize(("steps", "since"), [
    ([("2031-04-01", False), ("2031-05-10", True)], "2031-05-10"),  # the checklist is older than the item
    ([("2031-04-01", True), ("2031-04-20", False), ("2031-05-10", True)], "2031-05-10"),  # it was taken out in between
    ([("2031-04-01", True), ("2031-06-10", True)], "2031-04-01"),
    ([("2031-04-01", False), ("2031-06-10", True)], None),
])
def test_the_version_that_brought_the_item_counts(steps: list[tuple[str, bool]], since: str | None, tmp_path: Path, place: Callable[..., Corpus],
                                                  commit: Callable[[str], None]) -> None:
    for number, (day, there) in enumerate(steps):
        place(item=f"why: It happened {number} times.")
        if not there:
            (tmp_path / "prevention/changes.md").write_text(OTHER, encoding="utf-8")
        commit(day)
    assert next((failed.since.iso for failed in opened(tmp_path).failed_controls.all), None) == since


def test_a_version_that_can_not_be_read_says_neither_yes_nor_no(tmp_path: Path, place: Callable[..., Corpus], commit: Callable[[str], None]) -> None:
    place(item="why: It happened.")
    commit("2031-04-01")
    (tmp_path / "prevention/changes.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    commit("2031-05-01")
    place(item="why: It happened.")
    commit("2031-05-10")
    (failed,) = opened(tmp_path).failed_controls.all
    assert failed.since.iso == "2031-04-01"


def test_where_neither_knows_nothing_is_claimed(place: Callable[..., Corpus]) -> None:
    assert not known(place(item="why: It happened."))
    assert not known(place(item="since: {unknown: It is an old one.}"))


@pytest.mark.parametrize("words", [["--depth=1"], ["--filter=blob:none", "--no-checkout"]], ids=["shallow", "partial"])
def test_where_git_can_not_be_asked_that_is_said(words: list[str], tmp_path: Path, place: Callable[..., Corpus], commit: Callable[[str], None]) -> None:
    place(item="why: It happened.")
    commit("2031-05-10")
    corpus = place(item="why: It happened, and hurt.")
    commit("2031-05-20")
    assert corpus.failed_controls.unread is None
    subprocess.run(["git", "config", "uploadpack.allowFilter", "true"], cwd=tmp_path, check=True)
    subprocess.run(["git", "clone", "--quiet", *words, f"file://{tmp_path}", str(tmp_path / "clone")], check=True)
    shutil.copytree(tmp_path / "incidents", tmp_path / "clone" / "incidents", dirs_exist_ok=True)
    shutil.copytree(tmp_path / "prevention", tmp_path / "clone" / "prevention", dirs_exist_ok=True)
    shutil.copy(tmp_path / "mkdocs.yml", tmp_path / "clone")
    corpus = opened(tmp_path / "clone")
    assert not known(corpus)
    unread = corpus.failed_controls.unread
    assert unread is not None
    assert audit(corpus, date(2031, 6, 30)).summary == f"1 record, 1 checklist: 0 due; no git history: {unread.value}"


def test_where_git_is_not_asked_it_need_not_answer(place: Callable[..., Corpus]) -> None:
    assert place().failed_controls.unread is None
    assert place(item="why: It happened.").failed_controls.unread is Unread.NO_REPOSITORY


def test_actions_that_are_taken_up_are_offered_ids_that_are_still_free(place: Callable[..., Corpus], tmp_path: Path) -> None:
    place()
    (tmp_path / "incidents/2031/2031-05-01-before.md").write_text(
        "---\ntitle: Before\nstatus: published\nactions:\n  - {id: A1, what: One, kind: prevent, owner: a}\n  - {id: A2, what: Two, kind: prevent, owner: a}\n---\n",
        encoding="utf-8")
    corpus = place("recurrence_of: [2031-05-01-before]\nactions:\n  - {id: A1, what: Three, kind: detect, owner: a}")
    (again,) = [record for record in corpus.records if record.stem == "2031-06-01-x"]
    helps = [finding.help for finding in repeated_with_open_actions.check(again, corpus)]
    assert ["{id: A2, same_as: 2031-05-01-before/A1}" in helps[0], "{id: A3, same_as: 2031-05-01-before/A2}" in helps[1]] == [True, True]
