"""Times are as precise as they were written, never more, and come out as they went in."""

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.reading.moments import Completion, Duration, Moment
from amends.reading.typed import Misfit

OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
INSTANTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=OFFSETS).map(
    lambda t: t.replace(second=0, microsecond=0)
)
MOMENTS = st.one_of(
    INSTANTS.map(lambda t: Moment(t.date(), t)),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)).map(lambda d: Moment(d, None)),
    INSTANTS.map(lambda t: Moment(t.date(), t, about=True)),
)


@pytest.mark.parametrize(
    "written",
    [
        "2031-04-05T07:38Z",
        "2031-04-05 07:38Z",
        "2031-04-05T07:38:00Z",
        "2031-04-05T07:38:00.123Z",
        "2031-04-05T09:38+02:00",
        "2031-04-05T09:38+0200",
        "2031-04-05 09:38 +02:00",
        "2031-04-05t07:38z",
    ],
)
def test_the_usual_spellings_are_one_time(written: str) -> None:
    assert Moment.parse(written).instant == datetime(2031, 4, 5, 7, 38, tzinfo=timezone.utc)


def test_the_day_is_the_one_in_the_offset_that_was_written() -> None:
    assert Moment.parse("2031-04-05T01:00+02:00").day == date(2031, 4, 5)


@pytest.mark.parametrize("written", ["2031-04-05T07:38", "2031-04-05 07:38", "2031-04-05T07:38:59"])
def test_a_time_of_day_without_an_offset_is_refused(written: str) -> None:
    with pytest.raises(Misfit) as caught:
        Moment.parse(written)
    assert caught.value.rule == "time-without-offset"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "22:30",
        "2031-02-30",
        "2031-13-01",
        "2031-04-05T24:01Z",
        "2031-04-05T07:38+25:00",
        "0000-01-01",
        "5 Apr 2031",
        "2031-04-05T07:38Z\n",
        "٢٠٣١-04-05",
        None,
        [],
        {},
        {"about": None},
        {"about": {"about": "2031-04-05"}, "x": "y"},
    ],
)
def test_what_is_no_time_is_refused(written: object) -> None:
    with pytest.raises(Misfit) as caught:
        Moment.parse(written)
    assert caught.value.rule == "malformed-time"


@given(st.text() | st.none() | st.dictionaries(st.sampled_from(["about", "unknown"]), st.text(), max_size=2))
def test_anything_else_is_a_misfit_and_no_other_error(written: object) -> None:
    for kind in (Moment, Duration):
        with suppress(Misfit):
            assert str(kind.parse(written))


@given(MOMENTS)
def test_a_time_comes_out_as_it_went_in(moment: Moment) -> None:
    assert Moment.parse({"about": moment.iso} if moment.about else moment.iso) == moment


@given(MOMENTS, MOMENTS)
def test_before_is_certain_and_never_both_ways(one: Moment, other: Moment) -> None:
    assert not (one.before(other) and other.before(one))
    assert not one.before(one)


@given(INSTANTS, INSTANTS)
def test_two_known_times_are_in_order_whatever_their_offsets(one: datetime, other: datetime) -> None:
    minute = one.second == 0 and one == other.replace(second=0)
    assert Moment(one.date(), one).before(Moment(other.date(), other)) == (one < other and not minute)


def test_a_time_to_the_minute_is_not_before_a_second_of_that_minute() -> None:
    minute, second = Moment.parse("2031-04-05T02:04Z"), Moment.parse("2031-04-05T02:04:30Z")
    assert not minute.before(second)
    assert not second.before(minute)
    assert second.before(Moment.parse("2031-04-05T02:05Z"))


@given(MOMENTS, MOMENTS)
def test_a_length_is_exact_only_between_times_known_to_the_minute(one: Moment, other: Moment) -> None:
    span = one.until(other)
    assert span.least <= span.most
    assert span.exact == (one.precise and other.precise)


@given(INSTANTS, INSTANTS)
def test_the_range_between_two_days_holds_every_length_between_times_on_them(one: datetime, other: datetime) -> None:
    other = other.replace(tzinfo=one.tzinfo)
    span = Moment(one.date(), None).until(Moment(other.date(), None))
    if one.date() <= other.date():
        assert span.least <= max(other - one, timedelta(0)) <= span.most


@pytest.mark.parametrize(("one", "other", "least", "most"), [
    ({"about": "2031-04-05T09:00Z"}, "2031-04-05T16:00Z", "6:30:00", "7:30:00"),
    ({"about": "2031-04-05T09:00Z"}, {"about": "2031-04-05T16:00Z"}, "6:00:00", "8:00:00"),
])
def test_an_approximate_time_of_day_is_known_to_within_half_an_hour(one: object, other: object, least: str, most: str) -> None:
    first, second = Moment.parse(one), Moment.parse(other)
    assert (str(first.until(second).least), str(first.until(second).most)) == (least, most)
    assert first.before(second)


def test_two_approximate_times_close_to_each_other_are_in_no_order() -> None:
    one, other = Moment.parse({"about": "2031-04-05T09:00Z"}), Moment.parse({"about": "2031-04-05T09:59Z"})
    assert not one.before(other)
    assert not other.before(one)


def test_a_reader_sees_the_offset_and_the_precision() -> None:
    assert str(Moment.parse("2031-04-05T07:38Z")) == "5 Apr 2031, 07:38 UTC"
    assert str(Moment.parse("2031-04-05T07:38+05:30")) == "5 Apr 2031, 07:38 UTC+05:30"
    assert str(Moment.parse("2031-04-05T07:38-04:00")) == "5 Apr 2031, 07:38 UTC-04"
    assert str(Moment.parse("2031-04-05T07:38:09Z")) == "5 Apr 2031, 07:38:09 UTC"
    assert str(Moment.parse({"about": "2031-04-05"})) == "about 5 Apr 2031"


@pytest.mark.parametrize(
    ("written", "minutes"), [("30m", 30), ("30min", 30), ("24h", 1440), ("1h30m", 90), ("1h 30m", 90), ("3d", 4320), ("2w", 20160)]
)
def test_lengths_are_read_as_people_write_them(written: str, minutes: int) -> None:
    assert Duration.parse(written).length == timedelta(minutes=minutes)
    assert str(Duration.parse(written)) == written


@pytest.mark.parametrize("written", ["", " ", "1", "h", "1y", "-1h", "30m1h", "9" * 30 + "w", None, {}])
def test_what_is_no_length_is_refused(written: object) -> None:
    with pytest.raises(Misfit):
        Duration.parse(written)


# When something was finished ----------------------------------------------------------------------------------------


def test_what_was_done_by_some_day_counts_as_done_on_that_day_and_reads_as_by_it() -> None:
    done, due, began = Completion.parse({"by": "2031-04-05"}), Moment.parse("2031-04-01"), Moment.parse("2031-04-06")
    assert (str(done), done.dated, done.day) == ("by 5 Apr 2031", "by 2031-04-05", date(2031, 4, 5))
    assert due.before(done)
    assert done.before(began)


def test_what_was_done_at_a_time_reads_as_any_time_does() -> None:
    for written in ("2031-04-05", "2031-04-05T07:38Z", {"about": "2031-04-05"}):
        done, time = Completion.parse(written), Moment.parse(written)
        assert (str(done), done.iso, done.about, done.by) == (str(time), time.iso, time.about, False)


@pytest.mark.parametrize("written", ["yes", "true", "Done", "x"])
def test_that_something_was_done_is_no_answer_to_when(written: str) -> None:
    with pytest.raises(Misfit) as caught:
        Completion.parse(written)
    assert (caught.value.rule, "{by: 2031-04-05}" in (caught.value.help or "")) == ("malformed-time", True)


@pytest.mark.parametrize("written", [{"by": "soon"}, {"by": {"about": "2031-04-05"}}, {"by": None}, {"by": "2031-04-05", "about": "2031-04-05"}, {}])
def test_no_other_form_of_by_is_read(written: object) -> None:
    with pytest.raises(Misfit):
        Completion.parse(written)


def test_only_what_was_finished_may_have_been_finished_by_some_day() -> None:
    with pytest.raises(Misfit):
        Moment.parse({"by": "2031-04-05"})
