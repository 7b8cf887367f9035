"""The story's timeline: entries are read as people write them, and what can't be placed is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.document import parse_document
from amends.timeline import Timeline, read_timeline


def timeline(story: str) -> Timeline:
    return read_timeline(parse_document("x.md", f"---\ntitle: x\n---\n{story}"))


def read(story: str) -> list[tuple[str, str]]:
    found = timeline(story)
    assert found.problems == ()
    return [(entry.at.iso, entry.text) for entry in found.entries]


@pytest.mark.parametrize(
    "entry",
    [
        "- 2031-04-05T07:38Z It starts.",
        "* 2031-04-05 07:38 UTC It starts.",
        "1. 2031-04-05T07:38Z: It starts.",
        "- **2031-04-05T07:38Z** It starts.",
        "- `2031-04-05T07:38Z` – It starts.",
        "| 2031-04-05T07:38Z | It starts. |",
        "- 2031-04-05T07:38:00+00:00 - It starts.",
    ],
)
def test_an_entry_is_a_list_item_or_a_table_row_that_begins_with_a_time(entry: str) -> None:
    assert read(f"## Timeline\n\n{entry}\n") == [("2031-04-05T07:38+00:00", "It starts.")]


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("UTC", "+00:00"),
        ("GMT", "+00:00"),
        ("all times UTC", "+00:00"),
        ("UTC+2", "+02:00"),
        ("+05:30", "+05:30"),
        ("UTC−04:00", "-04:00"),
        ("times in UTC", "+00:00"),
    ],
)
def test_the_heading_may_give_the_zone(zone: str, offset: str) -> None:
    assert read(f"## Timeline ({zone})\n\n### 2031-04-05\n\n- 7:38 It starts.\n") == [(f"2031-04-05T07:38{offset}", "It starts.")]


def test_the_day_comes_from_a_heading_or_an_earlier_entry_and_an_own_offset_wins() -> None:
    story = "## Timeline (UTC)\n\n- 2031-04-05T07:38Z One.\n- 09:10 Two.\n\n### The day after, 2031-04-06\n\n- 09:10+02:00 Three.\n- 2031-04-07 Four.\n"
    assert [at for at, _ in read(story)] == ["2031-04-05T07:38+00:00", "2031-04-05T09:10+00:00", "2031-04-06T09:10+02:00", "2031-04-07"]
    assert len({entry.at.day for entry in timeline(story).entries}) == 3


def test_a_stretch_of_time_begins_at_its_beginning() -> None:
    story = "## Timeline (UTC)\n\n### 2031-04-05\n\n- 07:38-08:01 It runs.\n- 08:05 – 08:10 It runs again.\n- 08:15–08:20: And again.\n"
    assert read(story) == [
        ("2031-04-05T07:38+00:00", "It runs."),
        ("2031-04-05T08:05+00:00", "It runs again."),
        ("2031-04-05T08:15+00:00", "And again."),
    ]


def test_an_entry_goes_on_in_indented_lines_and_code_is_left_out() -> None:
    story = "## Timeline (UTC)\n\n- 2031-04-05T07:38Z It starts\n  and goes on.\n\n```\n- 08:00 in a log\n```\n\n## What went well\n\n- 10:00 is no entry.\n"
    assert read(story) == [("2031-04-05T07:38+00:00", "It starts and goes on.")]


def test_a_table_has_a_head_and_cells() -> None:
    story = "## Timeline (UTC)\n\n| Time | What |\n|---|---|\n| 2031-04-05T07:38Z | It starts. |\n| 08:01 | It ends. |\n"
    assert read(story) == [("2031-04-05T07:38+00:00", "It starts."), ("2031-04-05T08:01+00:00", "It ends.")]


def test_what_begins_with_no_time_is_no_entry() -> None:
    assert timeline("## Timeline\n\n- The script starts.\n- 12 sites are gone.\n- 3:1 is the ratio.\n") == Timeline()
    assert timeline("## Summary\n\n- 2031-04-05T07:38Z\n") == Timeline()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("- 07:38 It starts.", "has no date"),
        ("- 2031-04-05T07:38 It starts.", "has no offset"),
        ("- 2031-02-30 It starts.", "not a date and time that exists"),
        ("- 2031-04-05T25:00Z x", "not a date and time"),
    ],
)
def test_what_cannot_be_placed_is_named_at_its_place(entry: str, words: str) -> None:
    (problem,) = timeline(f"## Timeline\n\n{entry}\n").problems
    assert words in problem.message
    assert problem.place == (6, 3)
    assert problem.help


PIECES = st.sampled_from(
    [
        "## Timeline (UTC)\n",
        "## Timeline (+2)\n",
        "### 2031-04-05\n",
        "- ",
        "| ",
        "07:38",
        "-08:30",
        "2031-04-05",
        "T",
        "Z",
        " ",
        "\n",
        "**",
        "```\n",
        "x",
        "99:99",
        "0000-00-00",
        "–",
        "+99:99",
        "UTC",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_story_makes_reading_fail(story: str) -> None:
    found = timeline(f"## Timeline (UTC)\n{story}")
    assert all(entry.at is not None and "\n" not in entry.text for entry in found.entries)


def test_a_very_long_entry_takes_no_very_long_time() -> None:
    story = "## Timeline (UTC)\n\n- 2031-04-05T07:38Z It starts\n" + "  and goes on\n" * 60_000
    assert len(read(story)[0][1]) > 600_000
