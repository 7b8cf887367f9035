"""What has fallen due by a day: found, counted and asked of the right people, the same every time."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.audit import Audit, Kind, audit, working_days_after
from amends.corpus import Corpus
from amends.settings import load_settings

CASE = Path(__file__).parent / "cases" / "audit"
DRAFT = "incidents/2031/2031-05-05-late-draft.md"
RESTRICTED = "incidents/2031/2031-05-20-restricted.md"
OUTSIDE = "incidents/2031/2031-06-01-outside.md"

Found = list[tuple[str, str, str | None]]


def run(today: str = "2031-06-30", within: int | None = None) -> Audit:
    """The audit of the case, read anew."""
    return audit(Corpus.open(load_settings(CASE / "mkdocs.yml")), date.fromisoformat(today), within)


def found(kind: Kind, today: str = "2031-06-30") -> Found:
    """What of one kind has fallen due: file, day and who is asked."""
    return [(due.path, due.day.isoformat(), due.owner) for due in run(today).due if due.kind is kind]


def of(text: str, front: str = "status: published\nseverity: sev1\nowner: platform", *, today: str = "2031-12-31",
       folder: Path | None = None) -> list[tuple[Kind, str]]:
    """What has fallen due in a record of that front matter."""
    assert folder is not None
    (folder / "incidents" / "2031").mkdir(parents=True)
    (folder / "incidents" / "2031" / "2031-05-05-x.md").write_text(f"---\ntitle: x\n{front}\n{text}\n---\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("plugins: [amends]\n", encoding="utf-8")
    seen = audit(Corpus.open(load_settings(folder / "mkdocs.yml")), date.fromisoformat(today))
    assert not seen.passed_over
    return [(due.kind, due.day.isoformat()) for due in seen.due]


# Kinds --------------------------------------------------------------------------------------------------------------


def test_a_record_is_due_the_policys_working_days_after_the_resolution() -> None:
    assert found(Kind.RECORD) == [(DRAFT, "2031-05-14", "platform")]  # resolved on Friday the 9th, three working days


def test_without_a_severity_the_longest_time_of_all_is_allowed() -> None:
    assert ("incidents/2031/2031-06-20-no-severity.md", "2031-07-11", "platform") in found(Kind.RECORD, "2031-07-12")


def test_neither_an_outside_account_nor_an_imported_one_nor_a_published_one_has_a_deadline_for_writing() -> None:
    assert {path for path, _, _ in found(Kind.RECORD, "2099-01-01")} == {DRAFT, "incidents/2031/2031-06-20-no-severity.md"}


def test_a_promise_is_due_until_it_is_kept_or_broken() -> None:
    assert found(Kind.PROMISE, "2031-06-29") == [(DRAFT, "2031-05-10", "platform"), (OUTSIDE, "2031-06-10", "platform")]
    assert (DRAFT, "2031-06-30", "platform") in found(Kind.PROMISE, "2031-06-30")


@pytest.mark.parametrize(("entry", "kind"), [
    ("response: {commitments: [{id: C1, promise: x, due: 2031-06-20, kept: {unknown: y}}]}", Kind.PROMISE),
    ("actions: [{id: A1, what: x, due: 2031-06-20, done: {unknown: y}}]", Kind.ACTION),
])
def test_that_nobody_knows_settles_our_own_work_not_and_another_companys(entry: str, kind: Kind, tmp_path: Path) -> None:
    assert of(entry, folder=tmp_path / "ours") == [(kind, "2031-06-20")]
    assert of(entry, "status: published\norigin: external", folder=tmp_path / "theirs") == []


@pytest.mark.parametrize(("rehearsed", "due"), [("null", 1), ("{missed: Nobody had the time.}", 1), ("{unknown: Nobody wrote it down.}", 1), ("{none: It is tested daily.}", 0)])
def test_a_plan_without_a_rehearsal_is_due_unless_it_needs_none(rehearsed: str, due: int, tmp_path: Path) -> None:
    text = f"times: {{resolved: 2031-01-05}}\ncontingency_plan: [{{if: x, then: [y], rehearsed: {rehearsed}}}]"
    assert len([kind for kind, _ in of(text, folder=tmp_path) if kind is Kind.REHEARSAL]) == due


def test_an_action_is_asked_of_its_owner_and_one_that_is_done_dropped_or_told_elsewhere_of_nobody() -> None:
    assert found(Kind.ACTION) == [(DRAFT, "2031-06-15", "support"), (RESTRICTED, "2031-06-01", None)]


def test_a_plan_is_due_when_its_last_rehearsal_is_older_than_the_policy_allows() -> None:
    assert found(Kind.REHEARSAL) == [(RESTRICTED, "2031-06-29", None)]


def test_a_plan_never_rehearsed_counts_from_the_incident_and_that_of_an_outside_account_not_at_all() -> None:
    assert found(Kind.REHEARSAL, "2099-01-01") == [(DRAFT, "2031-11-05", "platform"), (RESTRICTED, "2031-06-29", None)]


def test_a_risk_is_due_at_its_review_until_it_is_closed() -> None:
    assert found(Kind.RISK) == [(DRAFT, "2031-06-29", "support")]
    assert len(found(Kind.RISK, "2099-01-01")) == 1


def test_a_checklist_item_is_asked_of_the_checklists_owner() -> None:
    assert found(Kind.ITEM) == [("prevention/changes.md", "2031-06-28", "platform")]


def test_a_promised_update_that_never_came_is_due_until_the_record_is_closed() -> None:
    assert found(Kind.UPDATE) == [(DRAFT, "2031-05-05", "platform")]


def test_a_report_to_an_authority_is_due_when_its_clock_has_run_out() -> None:
    assert found(Kind.REPORT) == [(DRAFT, "2031-05-07", "platform")]


@pytest.mark.parametrize("text", [
    "contingency_plan: [{if: x, then: [y], rehearsed: {none: It cannot be rehearsed without customers.}}]\ntimes: {resolved: 2031-05-05}",
    "risk: [{what: x, review_by: {none: It stays as it is.}}]",
    "response: {commitments: [{id: C1, promise: x, due: {none: For ever.}}]}",
    "response: {obligations: [{clock: gdpr-33, aware: 2031-05-05, notified: {none: No risk to anybody.}}]}",
    "response: {obligations: [{clock: gdpr-33, aware: 2031-05-05, why_late: The authority asked us to wait.}]}",
    "response: {notices: [{at: 2031-05-05, next_update_by: {none: All was said.}}]}",
])
def test_an_honest_no_is_never_due(text: str, tmp_path: Path) -> None:
    assert of(text, folder=tmp_path) == []


def test_a_mistyped_year_does_not_stop_the_audit(tmp_path: Path) -> None:
    text = "times: {resolved: 9999-12-31}\ncontingency_plan: [{if: x, then: [y], rehearsed: 9999-12-30}]"
    assert of(text, "status: draft\nseverity: sev1", folder=tmp_path) == []


# The whole ----------------------------------------------------------------------------------------------------------


def test_what_is_due_today_is_due() -> None:
    seen = run("2031-06-30", 0)
    assert (DRAFT, "2031-06-30") in {(due.path, due.day.isoformat()) for due in seen.due}
    assert seen.soon == ()


def test_looking_ahead_changes_nothing_about_what_has_fallen_due() -> None:
    assert run(within=36500).due == run().due
    assert run().soon == ()
    assert run("9999-12-31", 36500).soon == ()


def test_every_due_thing_is_either_overdue_or_soon_and_moves_over_as_days_go_by() -> None:
    everything = set(run("2099-01-01").due)
    for day in range(0, 400, 7):
        today = date(2031, 5, 1) + timedelta(days=day)
        seen = run(today.isoformat(), 36500)
        assert {*seen.due, *seen.soon} <= everything
        assert {due for due in everything if due.day <= today} == set(seen.due)


def test_it_is_sorted_by_owner_then_day_and_what_nobody_owns_comes_last() -> None:
    overdue = run("2031-06-30").due
    keys = [(due.owner is None, due.owner or "", due.day) for due in overdue]
    assert keys == sorted(keys)
    assert run().due == overdue


def test_each_is_placed_where_its_date_stands() -> None:
    for due in run("2031-06-30").due:
        line = (CASE / due.path).read_text(encoding="utf-8").splitlines()[due.position.line - 1]
        assert due.day.isoformat() in line or due.kind in (Kind.RECORD, Kind.REHEARSAL, Kind.REPORT, Kind.UPDATE)


def test_what_stands_in_a_restricted_record_is_marked() -> None:
    assert {due.path for due in run().due if due.restricted} == {RESTRICTED}


def test_the_count_line_names_what_was_passed_over_and_what_was_read_in_part() -> None:
    assert run(within=1).summary == (
        "8 records, 1 checklist: 11 due, 0 more within 1 day; passed over: incidents/2031/2031-06-22-broken.md (its front matter can't be "
        "read), incidents/2031/2031-06-23-read-in-part.md (read in part: `amends check` names what can't be read)")


# Working days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "number", "later"), [
    ("2031-05-05", 0, "2031-05-05"),  # a Monday
    ("2031-05-05", 1, "2031-05-06"),
    ("2031-05-05", 4, "2031-05-09"),
    ("2031-05-05", 5, "2031-05-12"),
    ("2031-05-09", 0, "2031-05-09"),  # a Friday
    ("2031-05-09", 1, "2031-05-12"),
    ("2031-05-09", 3, "2031-05-14"),
    ("2031-05-09", 5, "2031-05-16"),
    ("2031-05-10", 0, "2031-05-12"),  # a Saturday
    ("2031-05-10", 1, "2031-05-12"),
    ("2031-05-11", 0, "2031-05-12"),  # a Sunday
    ("2031-05-11", 1, "2031-05-12"),
    ("2031-05-11", 5, "2031-05-16"),
    ("2031-05-11", 15, "2031-05-30"),
    ("2031-12-31", 3, "2032-01-05"),
])
def test_working_days_are_monday_to_friday(day: str, number: int, later: str) -> None:
    assert working_days_after(date.fromisoformat(day), number) == date.fromisoformat(later)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_so_many_working_days_lie_between_and_the_last_is_one(day: date, number: int) -> None:
    later = working_days_after(day, number)
    assert later.weekday() < 5
    between = sum((day + timedelta(days=n)).weekday() < 5 for n in range(1, (later - day).days + 1))
    assert between == (number if day.weekday() < 5 else max(number, 1))


@pytest.mark.parametrize("entry", [
    "response: {commitments: [{id: C1, promise: x, due: 2031-06-20, kept: {missed: The bank was too slow for us.}}]}",
    "actions: [{id: A1, what: x, due: 2031-06-20, done: {missed: We forgot about it entirely.}}]",
])
def test_what_was_missed_and_says_why_is_settled_as_what_was_broken_is(entry: str, tmp_path: Path) -> None:
    assert of(entry, folder=tmp_path) == []
