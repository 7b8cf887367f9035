"""The story's timeline: entries are read as people write them, and what can't be placed is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.reading.document import parse_document
from amends.reading.timeline import Timeline, read_timeline


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
        ("2031-04-05T07:38+00:00", "(until 08:01) It runs."),
        ("2031-04-05T08:05+00:00", "(until 08:10) It runs again."),
        ("2031-04-05T08:15+00:00", "(until 08:20) And again."),
    ]


def test_an_entry_goes_on_in_indented_lines_and_code_is_left_out() -> None:
    story = "## Timeline (UTC)\n\n- 2031-04-05T07:38Z It starts\n  and goes on.\n\n```\n- 08:00 in a log\n```\n\n## What went well\n\n- 10:00 is no entry.\n"
    assert read(story) == [("2031-04-05T07:38+00:00", "It starts and goes on.")]


def test_a_table_has_a_head_and_cells() -> None:
    story = "## Timeline (UTC)\n\n| Time | What |\n|---|---|\n| 2031-04-05T07:38Z | It starts. |\n| 08:01 | It ends. |\n"
    assert read(story) == [("2031-04-05T07:38+00:00", "It starts."), ("2031-04-05T08:01+00:00", "It ends.")]


def test_what_begins_with_no_time_is_no_entry() -> None:
    assert timeline("## Summary\n\n- 2031-04-05T07:38Z\n") == Timeline()
    told = timeline("## Timeline\n\n" + "\n".join(NO_TIMES) + "\n")
    assert (told.entries, told.problems) == ((), ())
    assert told.parts == ("\n".join(NO_TIMES),)


NO_TIMES = (
    "- The script starts.", "- 12 sites are gone.", "- 3:1 is the ratio.", "- 24h later all is well.", "- 12.50 euros are charged.", "- 3.20 GB are lost.",
    "- 3 decisions are taken.", "- 2 marvellous engineers come.", "- 1.2.10 is rolled out.", "- Today's list was long.", "- 2000 hours of work are lost.",
    "- Support begins to call at 09:15.", "1. Two of 30 are back.", "- 99.95 percent work.", "- May we ask?", "- 10.15 s later",
)


@pytest.mark.parametrize(("entry", "text"), [
    ("- ~06:52 Three more customers write.", "Three more customers write."),
    ("- ≈ 06:52 It rings.", "It rings."),
    ("- about 06:52 The phones ring.", "The phones ring."),
    ("- About 06:52: The phones ring.", "The phones ring."),
    ("- ca. 06:52 – The phones ring.", "The phones ring."),
    ("- **~06:52** The phones ring.", "The phones ring."),
    ("- around **06:52** The phones ring.", "The phones ring."),
    ("| ~06:52 | The phones ring. |", "The phones ring."),
    ("- gegen 06:52 klingelt es.", "klingelt es."),
])
def test_a_time_may_be_approximate(entry: str, text: str) -> None:
    found = timeline(f"## Timeline (UTC)\n\n### 2031-06-02\n\n{entry}\n")
    assert found.problems == ()
    assert [(e.at.iso, e.at.about, e.text) for e in found.entries] == [("2031-06-02T06:52+00:00", True, text)]
    assert found.entries[0].position == (8, 3)


@pytest.mark.parametrize("entry", [
    "- 06.56 The bank calls.", "- 06.56 – the bank calls.", "- 0310 h The bank calls.", "- 0310Z The bank calls.", "- 3h10 The bank calls.",
    "- 2 June 2031, 04:00 The bank calls.", "- June 2, 04:00 The bank calls.", "- 2. Juni The bank calls.", "- 02.06.2031 04:00 The bank calls.",
    "- 2031/06/02 04:00 The bank calls.", "- [07:00](x) The bank calls.", "- (07:00) The bank calls.", "- yesterday the bank called.",
    "- Monday 07:00 The bank calls.", "- Monday: The bank calls.", "- At 07:10 the bank calls.", "- 8 pm The bank calls.", "- 7 Uhr The bank calls.",
    "- 06/02 07:21 The bank calls.", "- Noon: the bank calls.", "| midnight | The bank calls. |", "- 0715 The bank calls.", "- 7 o'clock The bank calls.", "| 06.56 | The bank calls. |", "1. 8 a.m. The bank calls.", "- shortly after 07:10 the bank calls.",
])
def test_what_is_like_an_entry_and_cannot_be_read_is_named_and_shown(entry: str) -> None:
    found = timeline(f"## Timeline (UTC)\n\n### 2031-06-02\n\n- 06:50 One.\n{entry}\n- 09:00 Two.\n")
    (problem,) = found.problems
    assert "can't be read as a time" in problem.message
    assert "2031-04-05T07:38Z" in (problem.help or "")
    assert isinstance(problem.place, tuple)
    assert problem.place[0] == 9
    assert [part if isinstance(part, str) else part.text for part in found.parts] == ["One.", entry, "Two."]


@pytest.mark.parametrize(("written", "meant"), [
    ("06:58 pm", "18:58"), ("8:20 am", "08:20"), ("12:10 am", "00:10"), ("12:10 p.m.", "12:10"), ("13:20 pm", "13:20"), ("06:58 PM", "18:58"),
    ("06:58pm", "18:58"),
])
def test_a_clock_of_twelve_hours_is_refused_with_the_time_that_is_meant(written: str, meant: str) -> None:
    found = timeline(f"## Timeline (UTC)\n\n### 2031-06-02\n\n- {written} Support wakes.\n")
    (problem,) = found.problems
    assert f"`{written}`".replace("8pm`", "8 pm`") in problem.message
    assert problem.help == f"write {meant}"
    assert found.parts == (f"- {written} Support wakes.",)


def test_a_german_sentence_may_begin_with_am() -> None:
    assert read("## Timeline (UTC)\n\n- 2031-06-02T06:58Z Am Standort fällt der Strom aus.\n")


def test_nothing_below_the_heading_is_dropped() -> None:
    story = """## Timeline (UTC)

It was a Monday.

### 2031-06-02

- 06:50 One
  and more.
  - a detail
  - another

Nobody knew yet.

```
- 07:00 in a log
```

### The weeks after, 2031-06-09

| Time | What |
|---|---|
| 09:00 | Two. |
| | And three. |
| soon | Four. |
- 10:00 Five.

    Six.

> Seven.
"""
    assert [part if isinstance(part, str) else part.text for part in timeline(story).parts] == [
        "It was a Monday.", "One and more.", "- a detail\n- another", "Nobody knew yet.\n\n```\n- 07:00 in a log\n```\n\n### The weeks after, 2031-06-09",
        "Two. And three.", "| Time | What |\n|---|---|\n| soon | Four. |", "Five. Six.", "> Seven.",
    ]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("- 07:38 It starts.", "has no date"),
        ("- 2031-04-05T07:38 It starts.", "has no offset"),
        ("- 2031-02-30 It starts.", "not a date and time that exists"),
        ("- 2031-04-05T25:00Z x", "`2031-04-05T25:00Z` is not a date and time"),
    ],
)
def test_what_cannot_be_placed_is_named_at_its_place(entry: str, words: str) -> None:
    (problem,) = timeline(f"## Timeline\n\n{entry}\n").problems
    assert words in problem.message
    assert problem.place == (6, 3)
    assert problem.help


def test_a_zone_that_cannot_be_read_is_named_once_where_it_stands() -> None:
    (problem,) = timeline("## Timeline (CET)\n\n### 2031-04-05\n\n- 07:38 One.\n- 07:40 Two.\n- 07:42Z Three.\n- 07:50 Four.\n").problems
    assert problem.place == (4, 14)
    assert problem.message == "the timeline's zone `CET` can't be read, so nobody knows when `07:38` was; 2 other entries have none either"
    assert "## Timeline (UTC+1)" in (problem.help or "")


@pytest.mark.parametrize(("named", "meant"), [("CEST", "UTC+2"), ("CEST, UTC+2", "UTC+2"), ("US EDT", "UTC-4"), ])
def test_the_remedy_for_a_zone_is_its_offset(named: str, meant: str) -> None:
    (problem,) = timeline(f"## Timeline ({named})\n\n### 2031-04-05\n\n- 07:38 One.\n").problems
    assert problem.help == f"name the offset from UTC alone: `## Timeline ({meant})`"


def test_a_zone_that_nobody_knows_gets_an_example() -> None:
    (problem,) = timeline("## Timeline (IST)\n\n### 2031-04-05\n\n- 07:38 One.\n").problems
    assert problem.help == "name the offset from UTC alone, for example `## Timeline (UTC+1)`"


def test_a_later_day_in_words_is_not_the_day_before() -> None:
    story = timeline("## Timeline (UTC)\n\n### 2031-06-01\n\n- 07:00 One.\n\n### Step 2 of the repair\n\n- 08:00 Two.\n\n### 2 June 2031\n\n- 09:00 Three.\n")
    assert [str(entry.at) for entry in story.entries] == ["1 Jun 2031, 07:00 UTC", "1 Jun 2031, 08:00 UTC"]
    assert [problem.help for problem in story.problems] == ["write the day of the heading `2 June 2031` in figures, like 2031-06-02"]


@pytest.mark.parametrize(("heading", "meant"), [("## Timeline UTC+2", "UTC+2"), ("## Timeline, in CEST", "UTC+2"), ("## Timeline", "UTC")])
def test_a_zone_outside_of_brackets_is_the_one_that_the_remedy_names(heading: str, meant: str) -> None:
    (problem,) = timeline(f"{heading}\n\n### 2031-04-05\n\n- 07:38 One.\n").problems
    assert (problem.help or "").endswith(f"name the zone once, in brackets: `## Timeline ({meant})`")


def test_a_day_in_words_is_told_in_which_form_it_is_read() -> None:
    (problem,) = timeline("## Timeline (UTC)\n\n### 2 June 2031\n\n- 07:38 One.\n").problems
    assert problem.help == "write the day of the heading `2 June 2031` in figures, like 2031-06-02"


def test_a_time_of_day_that_does_not_exist_is_quoted_as_it_was_written() -> None:
    (problem,) = timeline("## Timeline (UTC)\n\n### 2031-04-05\n\n- 25:10 One.\n").problems
    assert problem.message == "the timeline's `25:10` is not a date and time that exists"


def test_what_a_heading_could_say_of_all_entries_is_one_finding() -> None:
    story = "- 07:38 One.\n- ~07:40 Two.\n\n### 2031-04-05\n\n- 07:38 One.\n- 07:40 Two.\n- 07:42 Three.\n"
    assert [(problem.place, problem.message) for problem in timeline(f"## Timeline (abridged)\n\n{story}").problems] == [
        ((6, 3), "the timeline's `07:38` has no date; one other entry has none either"),
        ((4, 14), "the timeline's zone `abridged` can't be read, so nobody knows when `07:38` was; 2 other entries have none either"),
    ]
    assert [problem.message for problem in timeline(f"## Timeline\n\n{story}").problems][1].startswith("the timeline's `07:38` has no offset, so")


def test_a_remark_in_the_heading_is_no_zone_that_anybody_misses() -> None:
    assert read("## Timeline (abridged)\n\n- 2031-04-05T07:38Z One.\n") == [("2031-04-05T07:38+00:00", "One.")]


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


@given(st.lists(st.sampled_from(["- 07:38 ", "- ~07:38 ", "- 7 pm ", "| ", "|", "  ", "    ", "\n", "\n\n", "word", "other", "```\n", "- ", "> ", "### "]), max_size=40))
def test_every_word_is_in_some_part(pieces: list[str]) -> None:
    story = "".join(pieces)
    found = timeline(f"## Timeline (UTC)\n\n### 2031-06-02\n\n{story}\n")
    shown = "\n".join(part if isinstance(part, str) else part.text for part in found.parts)
    assert [shown.count(word) for word in ("word", "other")] == [story.count(word) for word in ("word", "other")]


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_story_makes_reading_fail(story: str) -> None:
    found = timeline(f"## Timeline (UTC)\n{story}")
    assert all(entry.at is not None and "\n" not in entry.text for entry in found.entries)


def test_a_very_long_entry_takes_no_very_long_time() -> None:
    story = "## Timeline (UTC)\n\n- 2031-04-05T07:38Z It starts\n" + "  and goes on\n" * 60_000
    assert len(read(story)[0][1]) > 600_000


@pytest.mark.parametrize("written", ["07:24–07:31", "07:24-07:31", "07:24 – 07:31"])
def test_the_end_of_a_range_is_told(written: str) -> None:
    assert read(f"## Timeline (UTC)\n\n- 2031-04-05T07:20Z It starts.\n- {written} The phones ring.\n")[1] == (
        "2031-04-05T07:24+00:00", "(until 07:31) The phones ring.")
