"""`amends audit`: what it prints, to whom it leads, and how it ends."""

import json
import os
import re
import shutil
import subprocess
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
    counts = "8 records, 1 checklist: 11 due, 1 more within 7 days; passed over: "
    assert amends("audit", *DAY, "--within", "7", cwd=case).stdout.splitlines()[-1].startswith(counts)
    for form in ("json", "markdown"):
        done = amends("audit", *DAY, "--within", "7", "--format", form, cwd=case)
        assert done.stderr.splitlines()[-1].startswith(counts)
        assert "1 checklist" not in done.stdout


def test_json_is_one_array_of_objects(amends: Command, case: Path) -> None:
    listed = json.loads(amends("audit", *DAY, "--within", "7", "--format", "json", cwd=case).stdout)
    assert {tuple(entry) for entry in listed} == {
        ("path", "line", "column", "kind", "owner", "due", "overdue", "days", "message", "restricted")}
    assert [entry["overdue"] for entry in listed] .count(True) == 10
    assert [entry["days"] for entry in listed].count(0) == 1
    assert json.loads(amends("audit", "--today", "2031-01-01", "--format", "json", cwd=case).stdout) == []


def test_restricted_records_are_named_on_the_terminal_and_stand_in_no_markdown(amends: Command, case: Path) -> None:
    text, markdown = amends("audit", *DAY, cwd=case), amends("audit", *DAY, "--format", "markdown", cwd=case)
    assert "2031-05-20-restricted.md:16:10: due 2031-06-01, 29 days ago: action A1" in text.stdout
    assert "(restricted)" in text.stdout
    assert "restricted" not in markdown.stdout
    assert markdown.stderr.startswith("left out of the markdown: 2 in restricted records, which text and json name\n")
    assert markdown.returncode == 1


def test_a_digest_says_where_the_rest_is_named_and_not_that_nothing_is_due(amends: Command, case: Path) -> None:
    for page in (*case.glob("incidents/*/2031-*.md"), *case.glob("prevention/*.md")):
        if "restricted" not in page.name:
            page.unlink()
    done = amends("audit", *DAY, "--format", "markdown", cwd=case)
    assert done.stdout == "# Due on 2031-06-30\n\nNothing that may be told here; where the records are, `amends audit` names the rest.\n"
    assert done.returncode == 1


@pytest.mark.parametrize("form", ["markdown", "ics"])
def test_an_action_that_is_called_like_a_restricted_record_is_told_without_that_name(amends: Command, case: Path, form: str) -> None:
    hidden = case / "incidents/2031/2031-05-20-restricted.md"
    hidden.write_text(hidden.read_text("utf-8").replace("status:", "aliases: [INC-77]\nstatus:", 1), "utf-8")
    record = next(page for page in sorted((case / "incidents").rglob("*.md")) if "- id: A1" in page.read_text("utf-8") and page != hidden)
    record.write_text(record.read_text("utf-8").replace("- id: A1", "- id: INC-77"), "utf-8")
    assert "INC-77" in amends("audit", *DAY, "--within", "7", "--format", "text", cwd=case).stdout
    assert "INC-77" not in amends("audit", *DAY, "--within", "7", "--format", form, cwd=case).stdout


def test_a_calendar_holds_an_event_for_each_and_is_the_same_every_time(amends: Command, case: Path) -> None:
    from icalendar import Calendar

    words = ("audit", *DAY, "--within", "7", "--format", "ics")
    done = amends(*words, cwd=case)
    events = Calendar.from_ical(done.stdout).walk("VEVENT")
    listed = [entry for entry in json.loads(amends(*words[:-1], "json", cwd=case).stdout) if not entry["restricted"]]
    assert {(str(event["SUMMARY"]), event.decoded("DTSTART").isoformat()) for event in events} == {(e["message"], e["due"]) for e in listed}
    assert all(event.decoded("DTSTAMP").isoformat() == "2031-06-30T00:00:00+00:00" for event in events)
    assert len({str(event["UID"]) for event in events}) == len(events) == len(listed)
    assert amends(*words, cwd=case).stdout == done.stdout
    assert done.returncode == 1
    assert "restricted" not in done.stdout
    assert done.stderr.startswith("left out of the ics: 2 in restricted records")
    assert "\r\n" in done.stdout


def test_no_title_steers_a_terminal_or_turns_a_line_around_in_the_calendar(amends: Command, case: Path) -> None:
    from icalendar import Calendar

    record = case / "incidents/2031/2031-05-05-late-draft.md"
    record.write_text(re.sub(r"^title: .*$", r'title: "Mail \\a\\u202Ewaits\\u2069"', record.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    said = amends("audit", *DAY, "--format", "ics", cwd=case).stdout
    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(said).walk("VEVENT")]
    assert [summary for summary in summaries if summary.endswith(": Mail \ufffd\ufffdwaits\ufffd")]
    assert set(said) & set("\a\u202e\u2069") == set()


def test_an_event_keeps_its_name_when_lines_days_and_words_change(amends: Command, case: Path) -> None:
    from icalendar import Calendar

    def events(day: str) -> set[str]:
        said = amends("audit", "--today", day, "--format", "ics", cwd=case).stdout
        return {str(event["UID"]) for event in Calendar.from_ical(said).walk("VEVENT")}

    before = events("2031-06-30")
    for record in case.rglob("2031-*.md"):
        text = record.read_text(encoding="utf-8").replace("---\n", "---\n# Moved.\n", 1)
        record.write_text(re.sub(r"((?:what|promise|if|check|title): \w.*)", r"\1 Once more.", text), encoding="utf-8")
    assert events("2031-07-01") >= before


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


def test_a_repository_in_which_nothing_is_due_says_so_in_one_line(amends: Command, site: Path) -> None:
    checklist = site / "prevention" / "destructive-changes.md"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace("since: 2031-03-14", "since: 2031-04-14"), encoding="utf-8")
    done = amends("audit", "--today", "2031-06-30")
    assert (done.returncode, done.stdout) == (0, "2 records, 1 checklist: 0 due\n")


# Known controls that failed -----------------------------------------------------------------------------------------

KNOWN = ("destructive-changes/one-at-a-time was there since 2031-03-14: Take away one copy at a time, and wait until it answers again. "
         "On 2031-04-05: Maintenance script deletes 612 customers' sites")


def test_a_control_that_was_known_and_failed_is_named_and_changes_no_exit_code(amends: Command) -> None:
    done = amends("audit", "--today", "2031-06-30")
    assert done.returncode == 0
    assert re.fullmatch(rf"Known controls that failed\n  incidents/2031/2031-04-05-site-deletion\.md:\d+:1: {re.escape(KNOWN)}\n"
                        r"2 records, 1 checklist: 0 due; 1 known control failed\n", done.stdout)
    assert amends("audit", "--today", "2031-06-30", "--format", "json").stdout == "[]\n"
    markdown = amends("audit", "--today", "2031-06-30", "--format", "markdown").stdout
    assert markdown.startswith(f"# Due on 2031-06-30\n\nNothing.\n\n## Known controls that failed\n\n- {KNOWN}  \n  `incidents/2031/")


def test_once_the_record_is_closed_its_known_controls_are_not_named_again(amends: Command, site: Path) -> None:
    record = site / "incidents" / "2031" / "2031-04-05-site-deletion.md"
    record.write_text(record.read_text(encoding="utf-8").replace("status: published", "status: closed"), encoding="utf-8")
    assert "known" not in amends("audit", "--today", "2031-06-30").stdout.casefold()


def test_a_restricted_record_is_marked_in_text_and_left_out_of_markdown(amends: Command, site: Path) -> None:
    record = site / "incidents" / "2031" / "2031-04-05-site-deletion.md"
    record.write_text(record.read_text(encoding="utf-8").replace("visibility: staff", "visibility: restricted"), encoding="utf-8")
    assert f"{KNOWN} (restricted)\n" in amends("audit", "--today", "2031-06-30").stdout
    done = amends("audit", "--today", "2031-06-30", "--format", "markdown")
    assert done.stdout == "# Due on 2031-06-30\n\nNothing.\n"
    assert "left out of the markdown: 1 in restricted records" in done.stderr


def test_in_a_shallow_clone_it_says_that_known_controls_may_be_missing_and_what_to_fetch(amends: Command, site: Path, tmp_path: Path) -> None:
    checklist = site / "prevention" / "destructive-changes.md"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace("    since: 2031-03-14\n", ""), encoding="utf-8")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_COMMITTER_DATE": "2031-03-14T12:00Z", "GIT_AUTHOR_DATE": "2031-03-14T12:00Z"}
    for words in (["init", "-b", "main"], ["add", "--all"], ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-m", "x"],
                  ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--allow-empty", "-m", "y"],
                  ["clone", "--depth=1", f"file://{site}", str(tmp_path / "shallow")]):
        subprocess.run(["git", *words], cwd=site, env=environment, check=True, capture_output=True)
    assert amends("audit", "--today", "2031-06-30").stdout.endswith("2 records, 1 checklist: 0 due; 1 known control failed\n")
    done = amends("audit", "--today", "2031-06-30", cwd=tmp_path / "shallow")
    assert (done.returncode, done.stdout) == (0, "2 records, 1 checklist: 0 due; no git history: the clone is shallow\n")
    assert done.stderr.startswith("known controls that failed may be missing: ")
    assert "\n  help: run `git fetch --unshallow`" in done.stderr


@pytest.mark.parametrize("words", [["--today", "tomorrow"], ["--today", "2031-02-30"], ["--within", "-1"], ["--within", "soon"],
                                   ["--format", "html"], ["incidents"], ["--config", "other.yml"]])
def test_wrong_use_ends_with_2(amends: Command, words: list[str]) -> None:
    done = amends("audit", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_what_an_author_writes_steers_neither_the_terminal_nor_the_markdown(amends: Command, case: Path) -> None:
    record = case / "incidents/2031/2031-05-05-late-draft.md"
    record.write_text(record.read_text(encoding="utf-8").replace(
        "what: The same change goes out again.", 'what: "\\e[31m<script>x</script>\\u202e\\x9b2J\\n# A heading"'), encoding="utf-8")
    said = {form: amends("audit", *DAY, "--format", form, cwd=case).stdout for form in ("text", "json", "markdown")}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", "".join(said.values()))
    assert "<script>" not in said["markdown"]
    assert "\n# A heading" not in said["markdown"]
    assert [entry for entry in json.loads(said["json"]) if "\x1b[31m<script>x</script>\u202e\x9b2J # A heading" in entry["message"]]


def test_markdown_calls_nobody_points_at_no_issue_and_shows_no_picture(amends: Command, case: Path) -> None:
    record = case / "incidents/2031/2031-05-05-late-draft.md"
    text, settings = record.read_text(encoding="utf-8"), case / "mkdocs.yml"
    said = "Ask @acme/support about #12 and !7, ![see](https://example.org/p.png), [its page](../x.md), [a report](https://e.org/r)."
    assert text.count("what: The same change goes out again.") == 1
    record.write_text(text.replace("what: The same change goes out again.", f"what: \"{said}\""), encoding="utf-8")
    settings.write_text(settings.read_text(encoding="utf-8").replace("support: Support", 'support: "@acme/support #12"'), encoding="utf-8")
    markdown = amends("audit", *DAY, "--format", "markdown", cwd=case).stdout
    assert "## @\u2060acme/support #\u206012\n" in markdown
    assert "Ask @\u2060acme/support about #\u206012 and !\u20607, see, its page, [a report](https://e.org/r)." in markdown


def test_of_a_link_to_a_restricted_record_not_even_the_words_are_passed_on(amends: Command, site: Path) -> None:
    hidden = site / "incidents" / "2031" / "2031-03-02-slow-search.md"
    hidden.write_text(hidden.read_text(encoding="utf-8").replace("visibility: staff", "visibility: restricted"), encoding="utf-8")
    checklist = site / "prevention" / "destructive-changes.md"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace(
        "Take away one copy at a time", "As [we keep quiet about](../incidents/2031/2031-03-02-slow-search.md), take away one copy at a time"), encoding="utf-8")
    markdown = amends("audit", "--today", "2031-06-30", "--format", "markdown").stdout
    assert "As (restricted), take away one copy at a time" in markdown
