"""Trust over time, counted on small corpora: what is known, what is not, and how far a range goes."""

import runpy
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.corpus import Corpus
from amends.customers.clock import Verdict
from amends.customers.trust import Asking, Ending, Group, Keeping, Measured, Repeating, Telling, Trust, measure_trust, shares, spread
from amends.reading.moments import Span
from amends.render.charts import Layer, Mark, Tick, draw_course, draw_marks, draw_stacks
from amends.render.composer import Composer
from amends.render.trust import render_trust
from amends.settings import load_settings

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "cases" / "trust" / "small"


def trust_in(folder: Path) -> Trust:
    return measure_trust(Corpus.open(load_settings(folder / "mkdocs.yml")))


@pytest.fixture(scope="module")
def trust() -> Trust:
    return trust_in(SMALL)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The corpus where a test may change it."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def incident(trust: Trust, day: str) -> Measured:
    return next(each for each in trust.whole.incidents if each.record.stem.startswith(day))


def page_of(folder: Path) -> str:
    page = Composer("nonce", "trust.md")
    render_trust(Corpus.open(load_settings(folder / "mkdocs.yml")), lambda uri, fragment="": uri, page)
    return page.source + "".join(page.fragments.values())


def hours(least: float, most: float | None = None) -> Span:
    return Span(timedelta(hours=least), timedelta(hours=least if most is None else most))


# Waiting for a first word -------------------------------------------------------------------------------------------


def test_a_wait_runs_from_detection_to_the_first_message_to_customers(trust: Trust) -> None:
    assert incident(trust, "2031-01-10").waited == hours(0.5)
    assert incident(trust, "2031-02-20").waited == hours(2)


def test_a_wait_between_days_is_a_range_and_so_is_what_rests_on_it(trust: Trust) -> None:
    assert incident(trust, "2031-05-02").waited == hours(24, 72)
    wait = trust.whole.wait
    assert wait is not None
    assert (wait.lower, wait.median, wait.upper) == (hours(1.25), hours(2), hours(13, 37))


def test_silence_is_told_apart_from_not_knowing(trust: Trust) -> None:
    missed, unknown = incident(trust, "2031-05-20"), incident(trust, "2031-11-11")
    assert (missed.waited, missed.never_told) == (None, True)
    assert (unknown.waited, unknown.never_told) == (None, False)
    assert (len(trust.whole.waits), trust.whole.never_told) == (3, 1)


def test_a_first_message_is_late_or_in_time_only_where_that_is_certain(trust: Trust) -> None:
    assert trust.whole.in_time == {Verdict.MET: 2, Verdict.LATE: 1, Verdict.NEVER: 1, Verdict.UNKNOWN: 1}


def test_customers_told_before_we_knew_waited_for_nothing(copied: Path) -> None:
    path = copied / "incidents/2031/2031-02-20-slow-search.md"
    path.write_text(path.read_text("utf-8").replace("at: 2031-02-20T11:00Z", "at: 2031-02-20T08:45Z"), "utf-8")
    assert incident(trust_in(copied), "2031-02-20").waited == hours(0)


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 3).map(sorted), min_size=1, max_size=12))
def test_the_true_median_lies_within_the_median_of_ranges(triples: list[list[int]]) -> None:
    found = spread([Span(timedelta(seconds=least), timedelta(seconds=most)) for least, _, most in triples])
    assert found is not None
    true = timedelta(seconds=median(value for _, value, _ in triples))
    assert found.median.least <= true <= found.median.most
    assert found.lower.least <= found.median.least <= found.upper.least
    assert found.lower.most <= found.median.most <= found.upper.most


def test_nothing_has_no_median() -> None:
    assert spread([]) is None
    assert shares([]) is None


# The other figures --------------------------------------------------------------------------------------------------


def test_told_first_is_counted_only_where_it_is_known(trust: Trust) -> None:
    assert trust.whole.told_first == {True: 1, False: 1, None: 3}
    assert trust.whole.found_by_us == {True: 2, False: 1, None: 2}
    assert trust.whole.telling == {Telling.FIRST: 1, Telling.OTHERS: 1, Telling.FOUND: 1, Telling.UNKNOWN: 2}


def test_every_promise_counts_once_and_one_without_a_day_is_not_on_time(trust: Trust) -> None:
    assert trust.whole.promises == dict.fromkeys(Keeping, 1)


def test_satisfaction_is_counted_an_incident_at_a_time(trust: Trust) -> None:
    assert trust.whole.asking == {Asking.COUNTED: 2, Asking.UNCOUNTED: 1, Asking.NOBODY: 1, Asking.UNKNOWN: 1}
    assert [each.satisfied_share for each in trust.whole.incidents] == [75, None, None, 90, None]
    assert trust.whole.satisfied is not None
    assert trust.whole.satisfied.median == 82.5


def test_the_share_that_was_asked_needs_both_numbers(trust: Trust) -> None:
    known, share = trust.whole.contacted
    assert known == 2
    assert share is not None
    assert share.median == 75


@pytest.mark.parametrize(("told", "asking"), [
    ("{contacted: 0}", Asking.NOBODY),
    ("{contacted: 12, satisfied: 13}", Asking.UNCOUNTED),
    ("{satisfied: 13}", Asking.UNKNOWN),
    ("{contacted: {missed: The list of addresses was lost on the way.}, satisfied: 1}", Asking.NOBODY),
    ("{contacted: {unknown: The letters were not counted at the time.}, satisfied: {missed: No survey was made among them.}}", Asking.NOBODY),
    ("{contacted: {about: 12}, satisfied: {about: 6}}", Asking.COUNTED),
    ("{unknown: The sources do not say anything about it.}", Asking.UNKNOWN),
    ("{none: There was nobody who could have been asked.}", Asking.NOBODY),
])
def test_answers_that_nobody_counted_are_no_satisfaction(copied: Path, told: str, asking: Asking) -> None:
    path = copied / "incidents/2031/2031-05-20-slow-search-again.md"
    text = path.read_text("utf-8").replace("{contacted: 20, satisfied: 18, verified: 2031-07-01, how: A telephone call}", told)
    path.write_text(text, "utf-8")
    assert incident(trust_in(copied), "2031-05-20").asking is asking


def test_a_repeat_names_what_it_repeats_and_silence_is_no_first_time(trust: Trust) -> None:
    assert {each.record.stem: each.repeating for each in trust.whole.incidents} == {
        "2031-01-10-lost-mail": Repeating.NEW, "2031-02-20-slow-search": Repeating.NEW, "2031-05-02-wrong-bills": Repeating.UNKNOWN,
        "2031-05-20-slow-search-again": Repeating.REPEAT, "2031-11-11-locked-out": Repeating.UNKNOWN}


def test_of_a_repeat_of_what_no_reader_may_see_it_is_not_known_whether_it_is_one(copied: Path) -> None:
    path = copied / "incidents/2031/2031-02-20-slow-search.md"
    path.write_text(path.read_text("utf-8").replace("origin:", "visibility: restricted\norigin:"), "utf-8")
    corpus = Corpus.open(load_settings(copied / "mkdocs.yml"))
    seen = measure_trust(corpus.only(lambda record: not record.restricted))
    assert incident(seen, "2031-05-20").repeating is Repeating.UNKNOWN


def test_a_score_is_compared_only_where_it_was_measured_before_and_after(trust: Trust) -> None:
    (csat,), (nps,) = incident(trust, "2031-01-10").scores, incident(trust, "2031-05-02").scores
    assert [text for _, _, text in csat.points] == ["4.0", "3.1", "4.4"]
    assert (csat.before[2], csat.after[2], csat.ending) == ("4.0", "4.4", Ending.HIGHER)
    assert (nps.before, nps.after[2], nps.ending) == (None, "8", Ending.UNKNOWN)
    assert trust.whole.endings == {Ending.HIGHER: 1, Ending.UNKNOWN: 1}


# Groups -------------------------------------------------------------------------------------------------------------


def sizes(groups: tuple[Group, ...]) -> dict[str, int]:
    return {group.key: len(group.incidents) for group in groups}


def test_every_quarter_from_the_first_incident_to_the_last_is_a_period(trust: Trust) -> None:
    assert sizes(trust.periods) == {"2031 Q1": 2, "2031 Q2": 2, "2031 Q3": 0, "2031 Q4": 1}
    assert not trust.by_years


def test_more_than_ten_years_are_told_by_years(copied: Path) -> None:
    (copied / "incidents/2031/2031-11-11-locked-out.md").rename(copied / "incidents/2031/2020-11-11-locked-out.md")
    trust = trust_in(copied)
    assert trust.by_years
    assert {key: size for key, size in sizes(trust.periods).items() if size} == {"2020": 1, "2031": 4}
    assert len(trust.periods) == 12


def test_a_stem_with_a_day_that_does_not_exist_is_placed_by_its_times(copied: Path) -> None:
    (copied / "incidents/2031/2031-11-11-locked-out.md").rename(copied / "incidents/2031/2031-11-31-locked-out.md")
    assert sizes(trust_in(copied).periods)["2031 Q4"] == 1


def test_an_incident_counts_for_each_of_its_services_and_harms(trust: Trust) -> None:
    assert sizes(trust.services) == {"mail": 2, "search": 2, "billing": 1, "sign-in": 1}
    assert sizes(trust.harms) == {"degraded": 2, "outage": 2, "data-loss": 1, "financial": 1}


def test_no_draft_is_counted(trust: Trust) -> None:
    assert len(trust.whole.incidents) == 5
    assert "drafts" not in sizes(trust.services)


# The page -----------------------------------------------------------------------------------------------------------


def test_a_corpus_without_a_published_record_says_so_in_words() -> None:
    page = page_of(ROOT / "tests/cases/trust/empty")
    assert "nothing to count" in page
    assert "<svg" not in page


def test_a_large_corpus_is_drawn_as_its_spread_and_the_page_stays_light(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "tools/bench/synthesise.py"))["synthesise"](tmp_path, 1000)
    page = page_of(tmp_path)
    assert "1,000 incidents" in page
    assert "the middle half of the waits" in page
    assert len(page.encode()) < 200_000


def test_a_page_is_the_same_in_every_build() -> None:
    assert page_of(SMALL) == page_of(SMALL)


# Pictures -----------------------------------------------------------------------------------------------------------

STACK = draw_stacks('Who & "what"', ["2031 Q1", "2031 Q2"], [Layer("good", "<told> first", [3, 0]), Layer("bad", "late", [1, 2])])
MARKS = draw_marks("Waits", ["2031"], [Mark(0, 1, 1, "good", "an <exact> one"), Mark(0.2, 0, 2, "late", "a range")], [Tick(0, "≤ 1 min"), Tick(2, "1 h")])
COURSE = draw_course("A score", [(-3, 4.1, "before"), (20, 3.2, "after")], Tick(0, "it began"))


@pytest.mark.parametrize("picture", [STACK, MARKS, COURSE], ids=["stack", "marks", "course"])
def test_a_picture_carries_a_label_and_neither_script_style_id_nor_colour(picture: str) -> None:
    root = ET.fromstring(f"<figure>{picture}</figure>")
    assert root[0].get("role") == "img"
    assert root[0].get("aria-label")
    assert [own.get("aria-hidden") for own in root[1:]] == ["true"] * (picture != COURSE)  # the axis once more
    root.tag = "svg"
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "g", "path", "rect", "circle", "text", "title"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"id", "style", "fill", "stroke", "href"}
    assert "//" not in picture.replace('xmlns="http://www.w3.org/2000/svg"', "")


def titles(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(f"<figure>{picture}</figure>").iter() if element.tag.endswith("title")]


def test_each_mark_says_what_it_is_and_a_count_of_none_is_no_mark() -> None:
    assert titles(STACK) == ["2031 Q1: 3 <told> first", "2031 Q1: 1 late", "2031 Q2: 2 late"]
    assert titles(COURSE) == ["before", "after"]


def test_a_range_is_drawn_from_one_end_to_the_other() -> None:
    assert titles(MARKS) == ["an <exact> one", "a range", "a range"]
    assert MARKS.count('<path d="M') - MARKS.count('h5') >= 1


def test_drawing_leaves_no_import_hook_behind() -> None:
    assert not [finder for finder in sys.meta_path if type(finder).__module__ == "pygal"]


def test_neither_the_gate_nor_a_site_that_is_loaded_loads_the_chart_library() -> None:
    script = "import sys, amends.gate.check, amends.rules, amends.customers.trust, amends.render.trust; print('pygal' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "False"
