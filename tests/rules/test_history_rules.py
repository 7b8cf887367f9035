"""What the rules of git's history flag and, as much, what they leave alone."""

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.gate.check import Report, check
from amends.rules import RULES
from amends.settings import load_settings

PATH = "incidents/2031/2031-04-05-sites-deleted.md"
C1 = "{id: C1, promise: Nothing is deleted for good within thirty days., made: 2031-04-06, due: 2031-06-01}"
C2 = "{id: C2, promise: The full account is public by the end of May., made: 2031-04-06, due: 2031-05-31}"


class Records:
    """A repository of records."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        (folder / "mkdocs.yml").write_text("site_name: Incidents\nplugins: [search, amends]\n", encoding="utf-8")
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, on: str = "2031-01-01", who: str = "Ada") -> None:
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": f"{on}T12:00:00Z",
                       "GIT_COMMITTER_DATE": f"{on}T12:00:00Z", "GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": who,
                       "GIT_COMMITTER_EMAIL": "a@example.org"}
        subprocess.run(["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True)

    def write(self, front: str, path: str = PATH) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: Sites were deleted\n{front}\n---\n## Summary\n\nThe script was given a list of whole sites.\n", encoding="utf-8")

    def commit(self, on: str, front: str | None = None, *, path: str = PATH, who: str = "Ada", message: str = "A version") -> None:
        if front is not None:
            self.write(front, path)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", message, on=on, who=who)

    @property
    def report(self) -> Report:
        return check(Corpus.open(load_settings(self.folder / "mkdocs.yml")), [rule for rule in RULES if rule.code.startswith("G")])

    @property
    def said(self) -> list[str]:
        return [f"{found.code} {found.message}" for found in self.report.diagnostics]

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.report.diagnostics]


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "records")


def promising(*commitments: str, status: str = "published", more: str = "") -> str:
    lines = "".join(f"\n    - {commitment}" for commitment in commitments)
    return f"status: {status}\nseverity: sev1\n{more}response:\n  commitments:{lines or ' []'}"


def test_a_promise_that_was_only_ever_in_a_draft_may_go(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit("2031-05-07", promising(C1, status="draft"))
    records.commit("2031-05-08", promising(C1, C2, status="draft"))
    records.commit("2031-05-09", promising(C1))
    assert records.codes == []


# G602 -----------------------------------------------------------------------------------------------------------------


def test_a_promise_that_was_put_off_is_told_with_how_often_from_when_to_when_and_by_whom(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit("2031-05-07", promising(C1.replace("06-01", "07-01")))
    records.commit("2031-06-07", promising(C1.replace("06-01", "08-01")), who="Grace")
    assert records.said == ["G602 promise C1 was due on 2031-06-01 and is due on 2031-08-01: moved twice, last by Grace on 2031-06-07"]


def test_a_due_day_that_is_taken_away_was_put_off_too(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.write(promising(C1.replace(", due: 2031-06-01", "")))
    assert records.said == ["G602 promise C1 was due on 2031-06-01 and has no day any more: moved once, last not committed yet"]


@pytest.mark.parametrize("now", [
    C1.replace("06-01", "05-01"), C1, C1.replace("due: 2031-06-01", "due: {none: It holds from the day on which it was made.}"),
    C1.replace("due: 2031-06-01", "due: 2031-08-01, kept: 2031-05-30")])
def test_a_day_that_came_nearer_came_back_was_given_up_with_a_reason_or_was_kept_all_the_same_passes(records: Records, now: str) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit("2031-05-07", promising(C1.replace("06-01", "07-01")))
    records.commit("2031-06-07", promising(now))
    assert [code for code in records.codes if code == "G602"] == []


def test_what_moves_in_a_draft_passes_and_what_moves_in_review_does_not(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, status="draft"))
    records.commit("2031-04-08", promising(C1.replace("06-01", "07-01"), status="review"))
    assert records.codes == []
    records.commit("2031-04-09", promising(C1.replace("06-01", "08-01"), status="published"))
    assert records.codes == ["G602"]


@pytest.mark.parametrize("origin", ["external", "imported"])
def test_outside_accounts_and_imported_records_are_spared(records: Records, origin: str) -> None:
    records.commit("2031-04-07", promising(C1, C2, more=f"origin: {origin}\n"))
    records.commit("2031-05-07", promising(C1.replace("06-01", "07-01"), more=f"origin: {origin}\n"))
    assert records.codes == []


def test_a_finding_is_silenced_in_the_record_with_its_reason(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    silence = "silence:\n  - {code: G602, why: The partner who builds it was bought by another company.}\n"
    records.commit("2031-05-07", promising(C1.replace("06-01", "07-01"), more=silence))
    assert records.codes == []
    assert [found.code for found in records.report.silenced] == ["G602"]


# G603 to G606 ---------------------------------------------------------------------------------------------------------


def test_a_promise_that_is_gone_is_an_error_until_it_is_back(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, C2))
    records.commit("2031-05-07", promising(C1), who="Grace")
    assert records.said == ["G603 promise C2 (“The full account is public by the end of May.”) stood in the published record and is gone: by Grace on 2031-05-07"]
    assert records.report.failed(strict=False)
    records.write(promising(C1, C2.replace("due:", "broken: It was given up., due:")))
    assert records.codes == []


def test_a_promise_that_vanishes_while_the_record_is_unpublished_for_a_moment_is_not_forgotten(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, C2))
    records.commit("2031-05-07", promising(C1, C2, status="draft"))
    records.commit("2031-05-08", promising(C1, status="draft"))
    records.commit("2031-05-09", promising(C1))
    assert records.codes == ["G603"]


def test_a_promise_without_an_id_is_known_by_its_words(records: Records) -> None:
    records.commit("2031-04-07", promising("{promise: Nothing is deleted for good., due: 2031-06-01}"))
    records.commit("2031-04-08", promising("{id: C1, promise: nothing is deleted for good, due: 2031-06-01}"))
    assert records.codes == []
    records.commit("2031-04-09", promising(C2))
    assert records.codes == ["G603"]


def test_a_promise_in_other_words_is_told_with_its_first_ones(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit("2031-04-08", promising(C1.replace("thirty", "three")))
    records.commit("2031-04-09", promising(C1.replace("thirty", "two")))
    assert records.said == ["G604 promise C1 was published as “Nothing is deleted for good within thirty days.” and was reworded by Ada on 2031-04-09"]


def test_a_published_record_that_was_deleted_is_named_where_it_was_until_another_has_its_name(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit("2031-04-07", promising(C2, status="draft"), path="incidents/2031/2031-04-06-draft.md")
    records.commit("2031-04-07", promising(C2), path="incidents/2031/2031-04-07-other.md")
    (records.folder / PATH).unlink()
    (records.folder / "incidents/2031/2031-04-06-draft.md").unlink()
    assert records.said == ["G605 the published record 2031-04-05-sites-deleted was deleted, and that is not committed yet, and no record has its name"]
    records.commit("2031-05-07", who="Grace")
    (found,) = records.report.diagnostics
    assert (found.path, found.line, found.message) == (
        PATH, 1, "the published record 2031-04-05-sites-deleted was deleted by Grace on 2031-05-07, and no record has its name")
    records.write(promising(C2, more="aliases: [2031-04-05-sites-deleted]\n"), path="incidents/2031/2031-04-07-other.md")
    assert records.codes == []


def test_a_published_record_that_got_another_name_keeps_the_old_one_as_an_alias(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    new = "incidents/2031/2031-04-05-lost-sites.md"
    records.git("mv", PATH, new)
    records.commit("2031-04-08")
    assert records.said == ["G605 the record was published as 2031-04-05-sites-deleted, and nothing leads from there to its new name"]
    records.write(promising(C1, more="aliases: [2031-04-05-sites-deleted]\n"), path=new)
    assert records.codes == []


def test_a_draft_may_get_another_name(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, status="draft"))
    records.git("mv", PATH, "incidents/2031/2031-04-05-lost-sites.md")
    records.commit("2031-04-08", promising(C1), path="incidents/2031/2031-04-05-lost-sites.md")
    assert records.codes == []


def test_a_record_that_went_back_is_told_until_it_is_as_far_again(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, status="closed"))
    records.commit("2031-04-08", promising(C1, status="published"), who="Grace")
    assert records.said == ["G606 the record was closed and is published: it went back by Grace on 2031-04-08"]
    records.write(promising(C1, more="times:\n  reopened:\n    - {from: 2031-04-08, to: 2031-04-09}\n"))
    assert records.codes == []
    records.write(promising(C1, status="closed"))
    assert records.codes == []


# G607 to G610 ---------------------------------------------------------------------------------------------------------


def test_a_day_within_reach_of_time_zones_is_possible_and_one_beyond_is_not(records: Records) -> None:
    records.commit("2031-05-27", promising(C1.replace("due:", "kept: 2031-05-28, due:")))
    assert records.codes == []
    records.commit("2031-05-27", promising(C1.replace("due:", "kept: 2031-05-29, due:")))
    assert records.said == ["G607 promise C1 was said to be kept on 2031-05-29 by Ada on 2031-05-27 already"]


def test_what_is_not_committed_has_no_day_to_compare_with(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.write(promising(C1.replace("due:", "kept: 2031-05-29, due:")))
    assert records.codes == []


@pytest.mark.parametrize(("day", "late"), [(30, False), (31, True)])
def test_a_claim_may_be_thirty_days_late(records: Records, day: int, late: bool) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit(str(date(2031, 5, 1) + timedelta(days=day)), promising(C1.replace("due:", "kept: 2031-05-01, due:")))
    assert records.codes == (["G608"] if late else [])


def test_what_came_into_the_record_as_kept_was_never_shown_as_open(records: Records) -> None:
    records.commit("2031-04-07", promising(C1))
    records.commit("2031-09-07", promising(C1, C2.replace("due:", "kept: 2031-05-01, due:")))
    assert records.codes == []


@pytest.mark.parametrize(("severity", "on", "late"), [
    ("sev1", "2031-04-10", False), ("sev1", "2031-04-11", True), ("sev4", "2031-04-28", False), ("sev4", "2031-04-29", True)])
def test_sev1_is_written_sooner_than_sev4_in_working_days(records: Records, severity: str, on: str, late: bool) -> None:
    front = f"severity: {severity}\ntimes:\n  resolved: 2031-04-07T12:00Z\n"
    records.commit("2031-04-08", f"{front}status: draft")
    records.commit(on, f"{front}status: review")
    assert records.codes == (["G609"] if late else [])


def test_a_record_older_than_the_repository_could_not_be_in_time(records: Records) -> None:
    records.commit("2031-09-01", "severity: sev1\nstatus: published\ntimes:\n  resolved: 2031-04-07T12:00Z")
    assert records.codes == []


def test_a_draft_is_the_audits_business(records: Records) -> None:
    records.commit("2031-01-01", "status: draft", path="incidents/2031/2031-01-01-first.md")
    records.commit("2031-09-01", "severity: sev1\nstatus: draft\ntimes:\n  resolved: 2031-04-07T12:00Z")
    assert records.codes == []


IMPACT = "status: published\ncustomer_impact:\n  summary: {summary}\n  affected: {count}\n  harms: [{harms}]\nreviewers:\n  - {{who: sre, for: customers, on: {on}}}"
SAID = {"summary": "They opened their boards in the morning and found nothing there.", "count": "612", "harms": "outage", "on": "2031-04-07"}


@pytest.mark.parametrize(("now", "flagged"), [
    ({"count": "600"}, True), ({"harms": "outage, data-loss"}, False), ({"harms": "data-loss"}, True), ({"summary": "All was well again soon."}, True),
    ({"summary": "They opened their boards that morning and found nothing at all there."}, False), ({"count": "600", "on": "2031-05-07"}, False)])
def test_only_what_is_no_longer_said_and_nobody_reviewed_is_flagged(records: Records, now: dict[str, str], flagged: bool) -> None:
    records.commit("2031-04-07", IMPACT.format(**SAID))
    records.commit("2031-05-07", IMPACT.format(**{**SAID, **now}))
    assert records.codes == (["G610"] if flagged else [])


def test_a_change_that_came_through_a_pull_request_was_reviewed(records: Records) -> None:
    records.commit("2031-04-07", IMPACT.format(**SAID))
    records.commit("2031-05-07", IMPACT.format(**{**SAID, "count": "600"}), message="Correct the count (#31)")
    assert records.codes == []


# All of them ----------------------------------------------------------------------------------------------------------


def test_what_is_found_depends_on_no_day_and_is_the_same_each_time(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, C2))
    records.commit("2031-05-07", promising(C1.replace("06-01", "07-01")))
    first = records.said
    assert first == records.said
    assert [line[:4] for line in first] == ["G603", "G602"]


def test_a_check_of_single_files_asks_git_nothing(records: Records) -> None:
    records.commit("2031-04-07", promising(C1, C2))
    records.commit("2031-05-07", promising(C1))
    report = check(Corpus.open(load_settings(records.folder / "mkdocs.yml")), RULES, [PATH])
    assert not [found for found in report.diagnostics if found.code.startswith("G")]
    assert not list((records.folder / ".git").glob("amends-*"))


def test_a_shallow_clone_is_one_warning_and_no_other(records: Records, tmp_path: Path) -> None:
    records.commit("2031-04-07", promising(C1, C2))
    records.commit("2031-05-07", promising(C1))
    records.git("clone", "-q", "--depth", "1", f"file://{records.folder}", str(tmp_path / "clone"))
    report = check(Corpus.open(load_settings(tmp_path / "clone" / "mkdocs.yml")), [rule for rule in RULES if rule.code.startswith("G")])
    (found,) = report.diagnostics
    assert (found.path, found.code, found.message) == ("incidents", "G601", "the history of the records can't be read: the clone is shallow")
    assert "fetch-depth: 0" in (found.help or "")
    assert "no git history" not in report.summary
