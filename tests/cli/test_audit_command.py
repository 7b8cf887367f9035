"""`amends audit`: what it prints, to whom it leads, and how it ends."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

CASE = Path(__file__).parent.parent / "cases" / "audit"
DAY = ("--today", "2031-06-30")

Command = Callable[..., "object"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the repository in which much is due."""
    return Path(shutil.copytree(CASE, tmp_path / "audit"))


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_each_format_says_what_is_due_the_same_every_time(amends: Command, case: Path, form: str) -> None:
    done = amends("audit", *DAY, "--within", "7", "--format", form, cwd=case)
    assert done.stdout == (CASE / "said" / f"within-7.{form}").read_text(encoding="utf-8")
    assert done.returncode == 1


def test_the_last_line_counts_and_goes_to_stderr_where_the_output_is_for_others(amends: Command, case: Path) -> None:
    counts = "8 records, 1 checklist: 9 due, 2 more within 7 days; passed over: "
    assert amends("audit", *DAY, "--within", "7", cwd=case).stdout.splitlines()[-1].startswith(counts)
    for form in ("json", "markdown"):
        done = amends("audit", *DAY, "--within", "7", "--format", form, cwd=case)
        assert done.stderr.splitlines()[-1].startswith(counts)
        assert "1 checklist" not in done.stdout


def test_json_is_one_array_of_objects(amends: Command, case: Path) -> None:
    listed = json.loads(amends("audit", *DAY, "--within", "7", "--format", "json", cwd=case).stdout)
    assert {tuple(entry) for entry in listed} == {
        ("path", "line", "column", "kind", "owner", "due", "overdue", "days", "message", "restricted")}
    assert [entry["overdue"] for entry in listed] == [True] * 9 + [False] * 2
    assert json.loads(amends("audit", "--today", "2031-01-01", "--format", "json", cwd=case).stdout) == []


def test_restricted_records_are_named_on_the_terminal_and_stand_in_no_markdown(amends: Command, case: Path) -> None:
    text, markdown = amends("audit", *DAY, cwd=case), amends("audit", *DAY, "--format", "markdown", cwd=case)
    assert "2031-05-20-restricted.md:16:10: due 2031-06-01, 29 days ago: action A1" in text.stdout
    assert "(restricted)" in text.stdout
    assert "restricted" not in markdown.stdout
    assert markdown.stderr.startswith("left out of the markdown: 2 in restricted records")
    assert markdown.returncode == 1


def test_nothing_due_ends_with_0_whatever_falls_due_later(amends: Command, case: Path) -> None:
    done = amends("audit", "--today", "2031-05-01", cwd=case)
    assert (done.returncode, done.stdout.splitlines()[0][:37]) == (0, "8 records, 1 checklist: 0 due; passed")
    ahead = amends("audit", "--today", "2031-05-01", "--within", "10", cwd=case)
    assert ahead.returncode == 0
    assert "due 2031-05-05, in 4 days" in ahead.stdout
    assert amends("audit", "--today", "2031-05-01", "--format", "markdown", cwd=case).stdout == "# Due on 2031-05-01\n\nNothing.\n"


def test_without_a_day_it_looks_from_today(amends: Command, case: Path) -> None:
    today = date.today().isoformat()
    assert amends("audit", cwd=case).stdout == amends("audit", "--today", today, cwd=case).stdout


def test_a_repository_in_which_nothing_is_due_says_so_in_one_line(amends: Command) -> None:
    done = amends("audit", "--today", "2031-06-30")
    assert (done.returncode, done.stdout) == (0, "2 records, 1 checklist: 0 due\n")


@pytest.mark.parametrize("words", [["--today", "tomorrow"], ["--today", "2031-02-30"], ["--within", "-1"], ["--within", "soon"],
                                   ["--format", "html"], ["incidents"], ["--config", "other.yml"]])
def test_wrong_use_ends_with_2(amends: Command, words: list[str]) -> None:
    done = amends("audit", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_what_an_author_writes_steers_neither_the_terminal_nor_the_markdown(amends: Command, case: Path) -> None:
    record = case / "incidents/2031/2031-05-05-late-draft.md"
    record.write_text(record.read_text(encoding="utf-8").replace(
        "what: The same change goes out again.", 'what: "\\e[31m<script>x</script>\\u202e\\n# A heading"'), encoding="utf-8")
    text, markdown = amends("audit", *DAY, cwd=case).stdout, amends("audit", *DAY, "--format", "markdown", cwd=case).stdout
    assert "\x1b" not in text + markdown
    assert "\u202e" not in text + markdown
    assert "<script>" not in markdown
    assert "\n# A heading" not in markdown
