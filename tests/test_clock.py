"""The clocks of a record: how long customers waited, whether promised updates came, and what the law gave how much time for."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.customers.clock import CustomerClock, Verdict, customer_clock, judge
from amends.customers.laws import clocks_of_law
from amends.customers.obligations import Duty, duties, known_clocks, within
from amends.reading.document import parse_document
from amends.reading.moments import Moment, Span
from amends.record import Record, read_record
from amends.settings import Settings, SettingsError, load_settings, read_settings

DEFAULTS = read_settings({}, Path("/"), None)


def record(front_matter: str) -> Record:
    """A record that says this and nothing else."""
    read = read_record(parse_document("incidents/2031/2031-04-05-x.md", f"---\n{front_matter}\n---\n"))
    assert not read.document.faults
    return read


def clock(times: str, notices: str = "[]", severity: str = "sev1") -> CustomerClock:
    """The customers' clock; sev1 allows an hour from detection to the first notice."""
    return customer_clock(record(f"severity: {severity}\ntimes: {{{times}}}\nresponse:\n  notices: {notices}"), DEFAULTS)


# The first notice ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("detected", "told", "verdict"), [
    ("2031-04-05T08:00Z", "2031-04-05T08:40Z", Verdict.MET),
    ("2031-04-05T08:00Z", "2031-04-05T09:00Z", Verdict.MET),
    ("2031-04-05T08:00Z", "2031-04-05T09:01Z", Verdict.LATE),
    ("2031-04-05T08:00Z", "2031-04-05T11:00+02:00", Verdict.MET),
    ("2031-04-05T08:00Z", "2031-04-05T07:00Z", Verdict.MET),
    ("2031-04-05T08:00Z", "2031-04-05", Verdict.UNKNOWN),
    ("2031-04-05", "2031-04-07", Verdict.LATE),
    ("2031-04-05", "2031-04-06", Verdict.UNKNOWN),
])
def test_the_first_notice_is_judged_as_far_as_the_times_can_tell(detected: str, told: str, verdict: Verdict) -> None:
    assert clock(f"detected: {detected}", f"[{{at: {told}, kind: first}}]").first.verdict is verdict


def test_on_the_same_day_is_within_a_day() -> None:
    first = clock("detected: 2031-04-05", "[{at: 2031-04-05}]", "sev3").first
    assert (first.verdict, first.took) == (Verdict.MET, Span(timedelta(0), timedelta(days=1)))


def test_without_a_detection_a_late_notice_is_not_known_to_be_late_but_an_early_one_is_in_time() -> None:
    late = clock("started: 2031-04-05T08:00Z", "[{at: 2031-04-05T12:00Z}]").first
    early = clock("started: 2031-04-05T08:00Z", "[{at: 2031-04-05T08:10Z}]").first
    assert (late.verdict, late.took) == (Verdict.UNKNOWN, Span(timedelta(hours=4), timedelta(hours=4)))
    assert early.verdict is Verdict.MET


def test_a_severity_that_allows_no_time_judges_nothing() -> None:
    first = clock("detected: 2031-04-05T08:00Z", "[{at: 2031-04-05T08:40Z}]", "sev4").first
    assert (first.verdict, first.allowed) == (Verdict.UNKNOWN, None)


def test_a_first_notice_at_an_unknown_time_is_not_replaced_by_the_second() -> None:
    first = clock("detected: 2031-04-05T08:00Z", "[{at: {unknown: Not archived.}}, {at: 2031-04-09T08:00Z}]").first
    assert (first.at, first.verdict) == (None, Verdict.UNKNOWN)


def test_what_the_regulator_is_told_is_no_notice_to_customers() -> None:
    told = clock("detected: 2031-04-05T08:00Z", "[{at: 2031-04-05T08:10Z, to: regulator}, {at: 2031-04-05T12:00Z, to: everyone}]")
    assert told.first.verdict is Verdict.LATE
    assert told.gaps == ()


@pytest.mark.parametrize(("notices", "verdict"), [
    ("{missed: Nobody thought of it.}", Verdict.NEVER), ("{none: Nobody noticed.}", Verdict.UNKNOWN), ("[]", Verdict.UNKNOWN)])
def test_only_a_missed_notice_never_came(notices: str, verdict: Verdict) -> None:
    assert clock("detected: 2031-04-05T08:00Z", notices).first.verdict is verdict


@given(st.integers(0, 10_000), st.integers(0, 3_000), st.integers(0, 10_000))
def test_a_verdict_holds_for_every_length_that_a_span_may_mean(least: int, wide: int, allowed: int) -> None:
    verdict = judge(Span(timedelta(minutes=least), timedelta(minutes=least + wide)), timedelta(minutes=allowed))
    within = {length <= allowed for length in (least, least + wide)}
    assert verdict is {(True,): Verdict.MET, (False,): Verdict.LATE}.get(tuple(within), Verdict.UNKNOWN)


# Who knew first -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("finder", "by_us"), [("monitoring", True), ("staff", True), ("customer", False), ("press", False),
                                               ("{unknown: Nobody remembers.}", None)])
def test_we_found_it_first_or_they_did(finder: str, by_us: bool | None) -> None:
    assert clock(f"detected_by: {finder}").found_by_us is by_us


NOTICE = "[{at: 2031-04-05T08:40Z}]"


@pytest.mark.parametrize(("times", "notices", "told_first"), [
    ("detected_by: monitoring, first_report: 2031-04-05T09:00Z", NOTICE, True),
    ("detected_by: monitoring, first_report: 2031-04-05T08:30Z", NOTICE, False),
    ("detected_by: monitoring, first_report: 2031-04-05", NOTICE, None),
    ("detected_by: monitoring, first_report: {none: Nobody noticed.}", NOTICE, True),
    ("detected_by: monitoring, first_report: {none: Nobody noticed.}", "[]", None),
    ("detected_by: monitoring", NOTICE, None),
    ("detected_by: customer", NOTICE, False),
    ("detected_by: customer", "[]", False),
])
def test_we_told_them_before_anybody_reported_it_or_not(times: str, notices: str, told_first: bool | None) -> None:
    assert clock(times, notices).told_first is told_first


# The rhythm of updates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("promised", "came", "verdict"), [
    ("2031-04-05T11:00Z", "2031-04-05T10:40Z", Verdict.MET),
    ("2031-04-05T11:00Z", "2031-04-05T11:00Z", Verdict.MET),
    ("2031-04-05T11:00Z", "2031-04-05T11:01Z", Verdict.LATE),
    ("2031-04-05T11:00Z", "2031-04-05", Verdict.UNKNOWN),
    ("2031-04-05T11:00Z", "2031-04-06", Verdict.LATE),
    ("2031-04-05", "2031-04-05T23:00Z", Verdict.MET),
    ("2031-04-05", "2031-04-05", Verdict.MET),
    ("2031-04-05T11:00Z", "{about: 2031-04-05T12:00Z}", Verdict.LATE),
    ("2031-04-05T11:00Z", "{about: 2031-04-05T11:10Z}", Verdict.UNKNOWN),
    ("2031-04-05T11:00Z", "{about: 2031-04-05T10:00Z}", Verdict.MET),
    ("2031-04-05T11:00Z", "{unknown: The archive has a gap.}", Verdict.UNKNOWN),
])
def test_a_promised_update_is_kept_or_late(promised: str, came: str, verdict: Verdict) -> None:
    (update,) = clock("started: 2031-04-05", f"[{{at: 2031-04-05T09:00Z, next_update_by: {promised}}}, {{at: {came}}}]").updates
    assert (update.notice, update.verdict) == (0, verdict)


def test_a_letter_to_some_is_not_the_next_word_that_everyone_was_promised() -> None:
    (update,) = clock("started: 2031-04-05", "[{at: 2031-04-05T09:00Z, to: everyone, next_update_by: 2031-04-05T11:00Z}, "
                                             "{at: 2031-04-05T10:00Z, to: affected}, {at: 2031-04-05T12:00Z, to: everyone}]").updates
    assert update.came is not None
    assert (update.verdict, update.came.iso) == (Verdict.LATE, "2031-04-05T12:00+00:00")


def test_an_update_that_no_customer_got_never_came() -> None:
    (update,) = clock("started: 2031-04-05", "[{at: 2031-04-05T09:00Z, next_update_by: 2031-04-05T11:00Z}, "
                                             "{at: 2031-04-05T10:00Z, to: regulator}]").updates
    assert (update.verdict, update.came) == (Verdict.NEVER, None)


def test_every_promise_is_answered_by_the_next_message_and_the_gaps_are_told() -> None:
    told = clock("started: 2031-04-05", "[{at: 2031-04-05T09:00Z, next_update_by: 2031-04-05T10:00Z}, "
                                        "{at: 2031-04-05T10:30Z, next_update_by: 2031-04-05T12:00Z}, {at: 2031-04-05T11:30Z}]")
    assert [(update.notice, update.verdict) for update in told.updates] == [(0, Verdict.LATE), (1, Verdict.MET)]
    assert [gap.least for gap in told.gaps] == [timedelta(minutes=90), timedelta(hours=1)]


# The clocks of the law ----------------------------------------------------------------------------------------------


def run(obligations: str, detected: str = "2031-04-05T09:00Z", settings: Settings = DEFAULTS) -> tuple[Duty, ...]:
    """How the obligations of a record were met."""
    return duties(record(f"times: {{detected: {detected}}}\nresponse:\n  obligations: {obligations}"), settings)


def test_the_laws_are_read_with_source_and_version() -> None:
    known = clocks_of_law()
    assert set(known) == {"gdpr-33", "gdpr-34", "nis2-23-early-warning", "nis2-23-notification", "nis2-23-final-report",
                          "dora-19-initial", "dora-19-intermediate", "dora-19-final"}
    for id_, clock_ in known.items():
        assert clock_.id == id_
        assert clock_.label
        assert clock_.to
        assert clock_.source is not None
        assert clock_.source.startswith("https://eur-lex.europa.eu/eli/")
        assert date.fromisoformat(clock_.version or "")
        for limit in clock_.limits:
            assert (limit.hours is None) != (limit.months is None)
            assert (limit.event is None) != (limit.after is None)
            assert limit.after is None or limit.after in known
    assert {id_: [str(limit) for limit in clock_.limits] for id_, clock_ in known.items()} == {
        "gdpr-33": ["72 h after awareness"],
        "gdpr-34": [],
        "nis2-23-early-warning": ["24 h after awareness"],
        "nis2-23-notification": ["72 h after awareness"],
        "nis2-23-final-report": ["1 month after the report under nis2-23-notification"],
        "dora-19-initial": ["4 h after classification", "24 h after awareness"],
        "dora-19-intermediate": ["72 h after the report under dora-19-initial"],
        "dora-19-final": ["1 month after the report under dora-19-intermediate"],
    }


@pytest.mark.parametrize(("said", "verdict"), [
    ("aware: 2031-04-05T09:00Z, notified: 2031-04-08T09:00Z", Verdict.MET),
    ("aware: 2031-04-05T09:00Z, notified: 2031-04-08T09:01Z", Verdict.LATE),
    ("aware: 2031-04-05, notified: 2031-04-07", Verdict.MET),
    ("aware: 2031-04-05, notified: 2031-04-08", Verdict.UNKNOWN),
    ("aware: 2031-04-05, notified: 2031-04-09", Verdict.UNKNOWN),
    ("aware: 2031-04-05, notified: 2031-04-10", Verdict.LATE),
    ("notified: 2031-04-08T08:00Z", Verdict.MET),
    ("aware: {unknown: Nobody wrote it down.}, notified: 2031-05-08", Verdict.UNKNOWN),
    ("aware: 2031-04-05T09:00Z", Verdict.NEVER),
    ("notified: {missed: We did not know that we had to.}", Verdict.NEVER),
    ("notified: {none: No risk to anybody.}", Verdict.UNKNOWN),
])
def test_a_report_counts_from_awareness_or_else_from_detection(said: str, verdict: Verdict) -> None:
    (duty,) = run(f"[{{clock: gdpr-33, {said}}}]")
    assert duty.verdict is verdict


def test_without_undue_delay_is_no_figure_to_be_late_by() -> None:
    (duty,) = run("[{clock: gdpr-34, notified: 2032-04-05}]")
    assert (duty.verdict, duty.runs, duty.ends) == (Verdict.UNKNOWN, (), None)


@pytest.mark.parametrize(("classified", "notified", "verdict"), [
    ("2031-04-05T12:00Z", "2031-04-05T16:00Z", Verdict.MET),
    ("2031-04-05T12:00Z", "2031-04-05T16:30Z", Verdict.LATE),
    ("2031-04-06T08:00Z", "2031-04-06T10:00Z", Verdict.LATE),  # four hours are left, but a day is over
    ("2031-04-06T10:00Z", "2031-04-06T13:00Z", Verdict.MET),  # major only after the day was over: four hours from then
    ("2031-04-06T10:00Z", "2031-04-06T14:30Z", Verdict.LATE),
    ("{unknown: Nobody wrote it down.}", "2031-04-05T16:00Z", Verdict.UNKNOWN),
])
def test_a_major_incident_is_reported_four_hours_after_classification_and_a_day_after_awareness(
    classified: str, notified: str, verdict: Verdict
) -> None:
    (duty,) = run(f"[{{clock: dora-19-initial, aware: 2031-04-05T09:00Z, classified: {classified}, notified: {notified}}}]")
    assert duty.verdict is verdict


def test_later_reports_count_from_the_one_before() -> None:
    found = run("""
    - {clock: dora-19-initial, classified: 2031-04-05T10:00Z, notified: 2031-04-05T12:00Z}
    - {clock: dora-19-intermediate, notified: 2031-04-08T13:00Z}
    - {clock: dora-19-final, notified: 2031-05-08}
    """)
    assert [duty.verdict for duty in found] == [Verdict.MET, Verdict.LATE, Verdict.MET]
    (alone,) = run("[{clock: dora-19-final, notified: 2031-05-08}]")
    assert (alone.verdict, alone.ends) == (Verdict.UNKNOWN, None)


@pytest.mark.parametrize(("reported", "ends"), [("2031-04-05", "2031-05-05"), ("2031-01-31", "2031-02-28"), ("2032-01-31", "2032-02-29"),
                                                ("2031-12-15T23:00Z", "2032-01-15"), ("9999-12-15", "9999-12-31")])
def test_a_month_is_over_when_the_day_of_the_same_number_is(reported: str, ends: str) -> None:
    _, final = run(f"[{{clock: nis2-23-notification, notified: {reported}}}, {{clock: nis2-23-final-report}}]")
    assert final.ends == date.fromisoformat(ends)
    limit = final.clock.limits[0]
    assert within(limit, Moment.parse(reported), Moment.parse(ends)) is Verdict.MET


@pytest.mark.parametrize(("aware", "ends"), [("2031-04-05T09:00Z", "2031-04-08"), ("2031-04-05", "2031-04-08"),
                                             ("{about: 2031-04-05T09:00Z}", "2031-04-08"), ("9999-12-31", "9999-12-31")])
def test_a_clock_ends_on_the_last_day_that_its_beginning_may_mean(aware: str, ends: str) -> None:
    (duty,) = run(f"[{{clock: gdpr-33, aware: {aware}}}]")
    assert duty.ends == date.fromisoformat(ends)


def test_an_unknown_clock_is_left_to_its_rule() -> None:
    assert run("[{clock: gdpr-99, notified: 2031-04-05}, {notified: 2031-04-05}]") == ()


# The site's own -----------------------------------------------------------------------------------------------------


def test_a_site_adds_clocks_of_its_own() -> None:
    settings = read_settings({"clocks": {"contract": {"label": "Notice", "hours": 48, "to": "the customer"}}}, Path("/"), None)
    (duty,) = run("[{clock: contract, notified: 2031-04-07T10:00Z}]", settings=settings)
    assert (duty.verdict, duty.clock.to, str(duty.clock.limits[0])) == (Verdict.LATE, "the customer", "48 h after awareness")
    assert list(known_clocks(settings))[-1] == "contract"


@pytest.mark.parametrize(("clocks", "said"), [
    ("contract: {label: Notice, to: the customer}", "the clock `contract` does not say `hours`"),
    ("contract: {label: Notice, hours: two days, to: the customer}", "a whole number is expected here"),
    ("gdpr-33: {label: Notice, hours: 96, to: nobody}", "`gdpr-33` is a clock of the law, which no site changes"),
    ("contract: {label: Notice, hours: 48, to: x, days: 2}", "`days` is not a key of `clocks.contract`"),
])
def test_a_clock_of_the_sites_own_says_what_how_long_and_to_whom(clocks: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"plugins:\n  - amends:\n      clocks:\n        {clocks}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "mkdocs.yml")
    assert said in str(caught.value)
    assert "mkdocs.yml:4:" in str(caught.value)
