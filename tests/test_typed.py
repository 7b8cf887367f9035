"""Plain values become typed parts; what does not fit is named, all of it at once, and the rest stays."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.reading.moments import Moment
from amends.reading.typed import Absence, Misfit, Reader, nearest
from amends.record import Affected, CustomerImpact, Figure, Plan, Record, RootCause, Severity, Times

READER = Reader(Record)


def faults(values: dict[str, Any]) -> list[tuple[str, tuple[object, ...]]]:
    return [(fault.rule, tuple(fault.place)) for fault in READER.read(values)[1]]


def test_a_record_of_nothing_has_its_defaults() -> None:
    record, found = READER.read({})
    assert found == []
    assert (record.title, record.status.value, record.actions, record.times) == (None, "draft", (), None)


@pytest.mark.parametrize("owner", ["yes", "no", "True", "off"])
def test_a_yes_or_a_no_owns_nothing(owner: str) -> None:
    values = {"owner": owner, "services": ["no"], "risk": [{"owner": owner}], "actions": [{"owner": owner}], "contingency_plan": [{"owner": owner}]}
    record, found = READER.read(values)
    assert {tuple(fault.place) for fault in found} == {("owner",), ("risk", 0, "owner"), ("actions", 0, "owner"), ("contingency_plan", 0, "owner")}
    assert {fault.message for fault in found} == {f"`{owner}` says yes or no, and not who it is"}
    assert record.service_names == ("no",)


def test_a_remedy_fits_what_is_asked_for() -> None:
    _record, found = READER.read({"owner": {"team": "payments"}, "title": {"Outage": "The"}, "silence": ["T305"]})
    assert [fault.help for fault in found] == [
        "put the text in quotes, or write it below `>-`", "write the name alone, without a key",
        "write each entry as `- {code: …, why: …}`, with the keys that it needs"]


@pytest.mark.parametrize(("values", "place", "message", "help_"), [
    ({"times": {"resolved": {"unkown": "why"}}}, ("times", "resolved", "unkown"), "`unkown` is not a key of `times.resolved`", "did you mean `unknown`?"),
    ({"risk": {"non": "why"}}, ("risk", "non"), "`non` is not a key of `risk`", "did you mean `none`?"),
    ({"times": {"resolved": {"unknown": "a", "none": "b"}}}, ("times", "resolved"),
     "only one of none, unknown and missed can be said of one thing", "keep the one that is true, with its reason"),
    ({"times": {"resolved": {"about": "soon"}}}, ("times", "resolved", "about"), "`soon` is not a time", None),
    ({"risk": "N/A"}, ("risk",), "`risk: N/A` does not say why", "write `risk: {none: why}`, with the reason in a sentence"),
    ({"status": {"unknown": "why"}}, ("status",), "`status` takes one of its values, not keys with values", None),
    ({"customer_impact": {"languages": ["english"]}}, ("customer_impact", "languages", 0), "`english` is not the code of a language", "write `en`"),
    ({"customer_impact": {"languages": ["Deutsch"]}}, ("customer_impact", "languages", 0), "`Deutsch` is not the code of a language", "write `de`"),
    ({"customer_impact": {"languages": ["12"]}}, ("customer_impact", "languages", 0), "`12` is not the code of a language", "write its code: `en`, `de`, `en-GB`"),
])
def test_what_does_not_fit_is_told_in_the_authors_words(values: dict[str, Any], place: tuple[object, ...], message: str, help_: str | None) -> None:
    ((found_place, told, helped),) = [(tuple(fault.place), fault.message, fault.help) for fault in READER.read(values)[1]]
    assert (found_place, told) == (place, message)
    assert help_ in (None, helped)


def test_all_faults_are_named_in_one_run_and_the_rest_is_kept() -> None:
    values = {
        "title": "Late",
        "severity": "high",
        "owner": "two words",
        "times": {"started": "soon", "resolved": "2031-05-02"},
        "visability": "staff",
    }
    record, found = READER.read(values)
    assert {(fault.rule, tuple(fault.place)) for fault in found} == {
        ("unknown-value", ("severity",)),
        ("wrong-type", ("owner",)),
        ("malformed-time", ("times", "started")),
        ("unknown-key", ("visability",)),
    }
    assert record.title == "Late"
    assert isinstance(record.times, Times)
    assert record.times.started is None
    assert record.times.resolved == Moment.parse("2031-05-02")


def test_reading_leaves_the_values_as_they_were() -> None:
    values = {"severity": "high", "times": {"started": "soon"}}
    READER.read(values)
    assert values == {"severity": "high", "times": {"started": "soon"}}


@pytest.mark.parametrize("kind", Absence.KINDS)
@pytest.mark.parametrize("key", ["risk", "times", "root_cause", "response", "actions", "sources"])
def test_an_absence_may_stand_for_a_part(kind: str, key: str) -> None:
    record, found = READER.read({key: {kind: "Nobody has kept it."}})
    assert found == []
    assert getattr(record, key) == Absence(kind, "Nobody has kept it.")


def test_an_absence_may_stand_for_a_value() -> None:
    record, found = READER.read({"times": {"started": {"unknown": "The logs were gone."}}})
    assert found == []
    assert isinstance(record.times, Times)
    assert record.times.started == Absence("unknown", "The logs were gone.")


@pytest.mark.parametrize("said", [{"none": None}, {"none": ""}, {"none": ["x"]}, {"none": "a", "unknown": "b"}])
def test_an_absence_without_one_reason_is_named(said: dict[str, object]) -> None:
    (fault,) = READER.read({"risk": said})[1]
    assert fault.rule == "wrong-type"
    assert fault.place[0] == "risk"


def test_short_forms_stand_for_the_whole() -> None:
    record, found = READER.read({"services": ["boards", {"name": "wiki", "role": "collateral"}], "customer_impact": {"affected": "612"}})
    assert found == []
    assert record.service_names == ("boards", "wiki")
    assert isinstance(record.customer_impact, CustomerImpact)
    (affected,) = record.customer_impact.affected  # type: ignore[misc]  # a list here, and no Absence
    assert isinstance(affected, Affected)
    assert str(affected.count) == "612"


def test_a_fault_in_a_short_form_is_named_once() -> None:
    assert faults({"customer_impact": {"affected": {"count": "many"}}}) == [("wrong-type", ("customer_impact", "affected", 0, "count"))]
    assert faults({"services": ["two words"]}) == [("wrong-type", ("services", 0, "name"))]


def test_a_key_that_python_reserves_has_its_field() -> None:
    record, found = READER.read({"contingency_plan": [{"if": "It happens again.", "then": ["Stop."]}], "recurrence_of": None})
    assert found == []
    (plan,) = record.contingency_plan  # type: ignore[misc]  # a list here, and no Absence
    assert isinstance(plan, Plan)
    assert plan.if_ == "It happens again."


def test_null_means_not_yet() -> None:
    record, found = READER.read({"title": None, "status": None, "actions": None, "times": {"mitigated": None}})
    assert found == []
    assert (record.title, record.status.value, record.actions) == (None, "draft", ())


@pytest.mark.parametrize("written", ["0123", "1,900", "about 5", "-1", "1.5", "٣", "9" * 5000, None, [], {}])
def test_what_is_no_whole_number_is_named(written: object) -> None:
    if written is None:
        return
    assert faults({"format": written}) == [("wrong-type", ("format",))]


@pytest.mark.parametrize("written", ["101%", "-1%", "1e1%", "1_0%", "nan%", "0.3", "%", "٣%"])
def test_what_is_no_percentage_is_named(written: str) -> None:
    assert faults({"customer_impact": {"affected": [{"share": written}]}}) == [("wrong-type", ("customer_impact", "affected", 0, "share"))]


def test_a_part_cannot_be_changed() -> None:
    record = READER.read({"severity": "sev1"})[0]
    with pytest.raises(AttributeError, match="immutable"):
        record.severity = Severity.SEV2


def test_the_nearest_word_is_offered_and_nothing_that_is_far() -> None:
    assert nearest("visability", ["visibility", "title"]) == "did you mean `visibility`?"
    assert nearest("root-cause", ["root_cause"]) == "did you mean `root_cause`?"
    assert nearest("xyz", ["visibility", "title"]) is None


def known_keys() -> list[str]:
    keys = {key for kind in (Record, Times, RootCause, CustomerImpact, Affected, Plan) for key in kind.fields()}
    return sorted({*keys, "none", "unknown", "missed", "about", "\0null", "\0value", "\0absence", "", "x y", "0"})


LEAVES = (
    st.none()
    | st.sampled_from(
        ["", "x", "two words", "sev1", "closed", "true", "2031-04-05", "2031-04-05T07:38", "12", "012", "5%", "1h", "C1", "\0null"]
    )
    | st.text(max_size=5)
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(known_keys()), inner, max_size=4), max_leaves=15
)


@given(st.dictionaries(st.sampled_from(known_keys()), VALUES, max_size=6))
def test_no_values_make_reading_fail_and_what_is_faulty_has_a_place(values: dict[str, Any]) -> None:
    before = json.dumps(values)
    record, found = READER.read(values)
    assert isinstance(record, Record)
    assert json.dumps(values) == before
    assert all(fault.rule and fault.message and "\0" not in fault.place for fault in found)
    assert found or READER.read(values)[1] == []


def test_a_figure_that_is_only_about_right_may_stand_alone() -> None:
    for written in ({"about": "1840"}, [{"about": "1840"}]):
        record, found = READER.read({"customer_impact": {"affected": written}})
        assert found == []
        assert isinstance(record.customer_impact, CustomerImpact)
        assert not isinstance(record.customer_impact.affected, Absence)
        (row,) = record.customer_impact.affected
        assert row.count is not None
        assert not isinstance(row.count, Absence)
        assert (row.count.value, row.count.about) == (1840, True)


def test_a_file_of_nothing_but_unknown_keys_is_answered_in_moments() -> None:
    began = time.process_time()
    _, found = READER.read({f"statuss{number}": "x" for number in range(50_000)})
    assert len(found) == 50_000
    assert found[0].help == "did you mean `status`?"
    assert time.process_time() - began < 10


@pytest.mark.parametrize(("written", "remedy"), [
    ("1,840 customers", "write 1840"), ("1 840", "write 1840"), ("~900", "write {about: 900}"), ("about 1,840", "write {about: 1840}"), ("over 500", "write {about: 500}"), ("500+", "write {about: 500}"), ("12 000 000", "write 12000000"), ("0123", "write 123"),
    *((text, "write it in digits, or") for text in ("1.8k", "1e3", "1.5", "-5", "0x5000", "0o17", "5 million", "2 Mio.", "12%", "5 to 10", "2031-04-05", "many"))])
def test_the_remedy_for_a_count_never_changes_it(written: str, remedy: str) -> None:
    with pytest.raises(Misfit) as raised:
        Figure.parse(written)
    assert str(raised.value.help).startswith(remedy)


@pytest.mark.parametrize("wrong", ["just text", 3, ["a"], None, {"what": {"a": "b"}}])
def test_an_entry_that_cannot_be_read_leaves_the_others_their_places(wrong: Any) -> None:
    record, faults = Reader(Record).read({"risk": [wrong, {"what": "It may happen again.", "likelihood": "nope"}]})
    assert [fault.place[:2] for fault in faults] == [("risk", 0), ("risk", 1)]
    assert [risk.what for risk in record.risk] == [None, "It may happen again."]
