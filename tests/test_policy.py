"""What severity, harm and status require of a record, and what answers it."""

from pathlib import Path

import pytest

from amends.corpus import Corpus, Listing
from amends.customers.standing import State, standings
from amends.policy import answer, asked_for, unmet
from amends.reading.document import parse_document
from amends.record import Record, read_record
from amends.settings import DEFAULTS, REQUIREMENTS, Settings, read_settings

SAMPLE = Path(__file__).parent / "cases" / "sample" / "incidents" / "2031" / "2031-04-05-site-deletion.md"


@pytest.fixture
def settings() -> Settings:
    """The defaults."""
    return read_settings({}, Path("/"), None)


def record(front_matter: str) -> Record:
    """A record that says this and nothing else."""
    read = read_record(parse_document("incidents/2031/2031-04-05-x.md", f"---\n{front_matter}\n---\n"))
    assert not read.document.faults
    return read


def alone(settings: Settings) -> Corpus:
    """A corpus in which there is nothing beside the record."""
    return Corpus(settings, Listing((), (), (), (), ()), Listing((), (), (), (), ()))


def stands(front_matter: str, requirement: str, settings: Settings) -> tuple[State, str | None]:
    """Where a sev1 record with this front matter stands on one point, and why."""
    found = {s.requirement: (s.state, s.why) for s in standings(record(f"severity: sev1\n{front_matter}"), alone(settings))}
    return found[requirement]


def state(front_matter: str, requirement: str, settings: Settings) -> State:
    """Where a sev1 record with this front matter stands on one point."""
    return stands(front_matter, requirement, settings)[0]


def test_a_complete_record_meets_every_point_that_needs_no_more_time(settings: Settings) -> None:
    complete = read_record(parse_document("incidents/2031/2031-04-05-site-deletion.md", SAMPLE.read_text(encoding="utf-8")))
    assert {s.requirement for s in standings(complete, alone(settings)) if s.state is not State.MET} == {"prevent_action"}


def test_without_a_severity_nothing_is_asked(settings: Settings) -> None:
    assert asked_for(record("status: published"), settings) == ()
    assert not [name for name in REQUIREMENTS if unmet(record("status: closed"), settings, name)]


@pytest.mark.parametrize("severity", ["sev1", "sev2", "sev3", "sev4"])
def test_a_silent_record_stands_open_on_what_its_severity_asks_for_in_the_policys_order(severity: str, settings: Settings) -> None:
    policy = DEFAULTS["policy"][severity]
    stood = standings(record(f"severity: {severity}"), alone(settings))
    assert [(s.requirement, s.stage) for s in stood] == [(name, stage) for stage in ("review", "close") for name in policy[stage]]
    assert {s.state for s in stood} == {State.OPEN}


@pytest.mark.parametrize("severity", ["sev1", "sev4"])
@pytest.mark.parametrize(("status", "stages"), [
    ("draft", ()), ("review", ("review",)), ("published", ("review",)), ("closed", ("review", "close"))])
def test_status_decides_what_binds(severity: str, status: str, stages: tuple[str, ...], settings: Settings) -> None:
    silent = record(f"severity: {severity}\nstatus: {status}")
    asked = {name for stage in stages for name in DEFAULTS["policy"][severity][stage]}
    assert {name for name in REQUIREMENTS if unmet(silent, settings, name)} == asked


def test_an_imported_record_shows_what_is_missing_and_is_not_gated(settings: Settings) -> None:
    imported = record("severity: sev1\nstatus: closed\norigin: imported")
    assert {s.state for s in standings(imported, alone(settings))} == {State.OPEN}
    assert not [name for name in REQUIREMENTS if unmet(imported, settings, name)]


def test_a_harm_adds_to_what_a_severity_asks_for_and_says_so(settings: Settings) -> None:
    leak = record("severity: sev4\nstatus: review\ncustomer_impact: {summary: x, harms: [privacy]}")
    finding = unmet(leak, settings, "apology")
    assert finding is not None
    assert "the harm `privacy` asks for it from review on" in finding.message
    assert "apology" in [s.requirement for s in standings(leak, alone(settings))]
    assert unmet(record("severity: sev4\nstatus: review\ncustomer_impact: {summary: x, harms: [outage]}"), settings, "apology") is None


def test_what_a_harm_asks_for_before_closing_binds_at_closed_alone(settings: Settings) -> None:
    impact = "customer_impact: {summary: x, harms: [safety]}"
    assert unmet(record(f"severity: sev4\nstatus: published\n{impact}"), settings, "remedies") is None
    finding = unmet(record(f"severity: sev4\nstatus: closed\n{impact}"), settings, "remedies")
    assert finding is not None
    assert "the harm `safety` asks for it before closing" in finding.message


def test_a_point_asked_for_at_review_and_before_closing_is_one_point(settings: Settings) -> None:
    site = read_settings({"policy": {"sev4": {"review": ["risk"], "close": ["risk", "follow_up"]}}}, Path("/"), None)
    assert [(s.requirement, s.stage) for s in standings(record("severity: sev4"), alone(site))] == [("risk", "review"), ("follow_up", "close")]


@pytest.mark.parametrize(("kind", "expected"), [("none", State.NONE), ("unknown", State.UNKNOWN), ("missed", State.MISSED)])
@pytest.mark.parametrize(("key", "requirement"), [
    ("root_cause", "root_cause"), ("risk", "risk"), ("contingency_plan", "contingency_plan"), ("customer_impact", "customer_impact"),
    ("actions", "prevent_action"), ("teaches", "teaches"), ("reviewers", "customer_reviewer"), ("response", "first_notice"),
    ("response", "apology"), ("response", "staff"), ("response", "follow_up"),
])
def test_an_honest_no_is_never_open(key: str, requirement: str, kind: str, expected: State, settings: Settings) -> None:
    said = f"{key}: {{{kind}: The archive burned down}}"
    assert state(said, requirement, settings) is expected
    assert unmet(record(f"severity: sev1\nstatus: closed\n{said}"), settings, requirement) is None


@pytest.mark.parametrize("part", ["notices", "staff", "remedies", "follow_up", "feedback"])
def test_an_honest_no_may_stand_within_the_response(part: str, settings: Settings) -> None:
    requirement = {"notices": "first_notice"}.get(part, part)
    assert state(f"response: {{{part}: {{missed: Nobody thought of it}}}}", requirement, settings) is State.MISSED


def test_the_reason_is_handed_on(settings: Settings) -> None:
    stood = standings(record("severity: sev4\nrisk: {none: The service is gone}"), alone(settings))
    assert [s.why for s in stood if s.requirement == "risk"] == ["The service is gone"]


@pytest.mark.parametrize("name", ["remedies", "apology", "first_notice"])
def test_a_part_that_does_not_apply_is_excused_by_name(name: str, settings: Settings) -> None:
    assert state(f"not_applicable: {{{name}: It never reached anybody}}", name, settings) is State.NOT_APPLICABLE


def test_a_part_that_does_not_apply_is_excused_by_its_key(settings: Settings) -> None:
    said = "not_applicable: {notices: It never reached anybody}"
    assert state(said, "first_notice", settings) is state(said, "apology", settings) is State.NOT_APPLICABLE


@pytest.mark.parametrize(("front_matter", "requirement"), [
    ("root_cause: {summary: x}", "root_cause"),
    ("customer_impact: {summary: x}", "customer_impact"),
    ("contingency_plan: [{if: x}]", "contingency_plan"),
    ("response: {notices: [{kind: update}]}", "first_notice"),
    ("response: {notices: [{kind: first}]}", "apology"),
    ("response: {staff: {told: x}}", "staff"),
    ("actions: [{kind: detect}]", "prevent_action"),
    ("actions: [{kind: prevent}]", "teaches"),
    ("reviewers: [{who: sre, for: technical}]", "customer_reviewer"),
])
def test_half_of_it_is_not_enough(front_matter: str, requirement: str, settings: Settings) -> None:
    assert state(front_matter, requirement, settings) is State.OPEN


@pytest.mark.parametrize(("front_matter", "requirement"), [
    ("root_cause: {summary: x, factors: {unknown: y}}", "root_cause"),
    ("customer_impact: {summary: {unknown: y}, harms: []}", "customer_impact"),
    ("response: {notices: [{kind: update, at: 2031-04-05}]}", "first_notice"),
    ("response: {notices: [{kind: apology}]}", "apology"),
    ("response: {staff: {briefed: {missed: x}}}", "staff"),
    ("actions: [{same_as: 2031-03-02-slow-search/A1}]", "prevent_action"),
    ("actions: [{same_as: 2031-03-02-slow-search/A1}]", "teaches"),
    ("actions: [{teaches: [a/b]}]", "teaches"),
    ("teaches: [a/b]", "teaches"),
])
def test_this_is_enough_for_the_gate(front_matter: str, requirement: str, settings: Settings) -> None:
    assert answer(record(front_matter), requirement).said


_PREVENT = "actions: [{kind: prevent, done: 2031-05-01}, {kind: prevent"


@pytest.mark.parametrize(("front_matter", "requirement", "expected"), [
    ("root_cause: {summary: x, factors: {unknown: y}}", "root_cause", (State.UNKNOWN, "y")),
    ("customer_impact: {summary: {unknown: y}, harms: []}", "customer_impact", (State.UNKNOWN, "y")),
    ("risk: [{what: {unknown: y}}]", "risk", (State.UNKNOWN, "y")),
    ("risk: [{what: {unknown: y}}, {what: x}]", "risk", (State.MET, None)),
    ("contingency_plan: [{if: x, then: {missed: y}}]", "contingency_plan", (State.MISSED, "y")),
    ("response: {notices: [{kind: first, at: {unknown: y}}]}", "first_notice", (State.UNKNOWN, "y")),
    ("response: {notices: [{kind: update, at: 2031-04-05}]}", "first_notice", (State.UNKNOWN, None)),
    ("times: {detected: 2031-04-05T09:00Z}\nresponse: {notices: [{kind: first, at: 2031-04-05T09:30Z}]}", "first_notice", (State.MET, None)),
    ("response: {staff: {briefed: {missed: x}}}", "staff", (State.MISSED, "x")),
    (f"{_PREVENT}, done: 2031-06-01}}]", "prevent_action", (State.MET, None)),
    (f"{_PREVENT}, dropped: y}}]", "prevent_action", (State.MET, None)),
    (f"{_PREVENT}, due: 2031-06-01}}]", "prevent_action", (State.UNDER_WAY, None)),
    (f"{_PREVENT}, done: {{unknown: y}}}}]", "prevent_action", (State.UNKNOWN, "y")),
    (f"{_PREVENT}, what: Ask twice., done: {{unknown: y}}}}]", "prevent_action", (State.UNKNOWN, "Ask twice: y")),
    ("actions: [{kind: prevent, dropped: y}]", "prevent_action", (State.NONE, "y")),
    ("teaches: [a/b]", "teaches", (State.MET, None)),
    ("actions: [{same_as: 2031-03-02-slow-search/A1}]", "teaches", (State.OPEN, None)),
    ("reviewers: [{who: support, for: customers}]", "customer_reviewer", (State.UNDER_WAY, None)),
    ("response: {remedies: [{what: x, offered: 2031-05-01}]}", "remedies", (State.UNDER_WAY, None)),
    ("response: {remedies: [{what: x, ongoing: true}]}", "remedies", (State.MET, None)),
    ("response: {remedies: [{what: x, basis: owed, issued: {unknown: y}, ongoing: true}]}", "remedies", (State.UNKNOWN, "x: y")),
    ("response: {remedies: [{what: x, basis: owed, issued: {unknown: y}}, {what: z, basis: goodwill, issued: 2031-05-01}]}",
     "remedies", (State.UNKNOWN, "x: y")),
    ("response: {remedies: [{what: x, issued: {unknown: y}}, {what: z, issued: 2031-05-01}]}", "remedies", (State.MET, None)),
    ("response: {remedies: [{what: x, to: affected, issued: {unknown: y}}, {what: z, to: partners, issued: 2031-05-01}]}",
     "remedies", (State.UNKNOWN, "x: y")),
    ("response: {remedies: [{what: z, to: partners, issued: 2031-05-01}]}", "remedies", (State.MET, None)),
    ("response: {follow_up: {satisfied: {missed: y}, verified: 2031-05-01}}", "follow_up", (State.MISSED, "y")),
    ("response: {follow_up: {satisfied: 12, verified: 2031-05-01}}", "follow_up", (State.MET, None)),
    ("response: {feedback: {asked: 2031-05-01}}", "feedback", (State.UNDER_WAY, None)),
])
def test_a_reader_is_told_what_the_point_is_about_and_not_only_that_something_is_said(
        front_matter: str, requirement: str, expected: tuple[State, str | None], settings: Settings) -> None:
    assert stands(front_matter, requirement, settings) == expected
    assert answer(record(front_matter), requirement).said


def test_a_first_message_later_than_the_policy_allows_is_late(settings: Settings) -> None:
    told = "times: {detected: 2031-04-05T07:46Z}\nresponse: {notices: [{kind: first, at: 2031-04-05T09:03Z}]}"
    assert state(told, "first_notice", settings) is State.LATE


def test_every_requirement_of_the_settings_has_a_finding_with_a_remedy() -> None:
    site = read_settings({"policy": {"sev4": {"review": list(REQUIREMENTS)}}}, Path("/"), None)
    for name in REQUIREMENTS:
        finding = unmet(record("severity: sev4\nstatus: review"), site, name)
        assert finding is not None
        assert finding.help
        assert finding.message.endswith("; sev4 asks for it from review on")
