"""Front matter is read as text, with a place for every key, and whatever it holds is answered and never raised."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.diagnostics import Position
from amends.reading.frontmatter import MAX_DEPTH, parse, places


@pytest.mark.parametrize("written", ["no", "yes", "on", "0123", "22:30", "1e3", "0x1F", "1_000", "2031-04-05", "true", ".inf", "=", "<<"])
def test_every_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert parse(f"a: {written}\nb: [{written}]\n", 2).values == {"a": written, "b": [written]}


@pytest.mark.parametrize("written", ["on", "no", "22", "null", "~"])
def test_a_key_stays_the_text_that_was_written(written: str) -> None:
    assert parse(f"{written}: x\n", 2).values == {written: "x"}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_what_means_nothing_is_nothing(written: str) -> None:
    assert parse(f"a: {written}\n", 2).values == {"a": None}


def test_quotes_make_a_text_of_what_would_mean_nothing() -> None:
    assert parse("a: 'null'\nb: \"~\"\n", 2).values == {"a": "null", "b": "~"}


def test_places_are_the_files_own() -> None:
    found = places("title: Late\nactions:\n  - id: A1\n    tags: [x, y]\n", 2)
    assert found[("title",)] == (Position(2, 1), Position(2, 8))
    assert found[("actions", 0)] == (Position(4, 5), Position(4, 5))
    assert found[("actions", 0, "tags")] == (Position(5, 5), Position(5, 11))
    assert found[("actions", 0, "tags", 1)] == (Position(5, 15), Position(5, 15))


def test_columns_count_characters_and_not_bytes() -> None:
    assert places("é日: {ü: x}\n", 2)[("é日", "ü")] == (Position(2, 6), Position(2, 9))


@pytest.mark.parametrize("foreign", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_only_yaml_knows_moves_no_place(foreign: str) -> None:
    text = f"a: 'x{foreign}y'\nb: z\n"
    assert parse(text, 2).values == {"a": "x y", "b": "z"}
    assert places(text, 2)[("b",)][0] == Position(3, 1)


def test_a_comment_with_a_space_is_left_alone_and_one_without_is_named() -> None:
    assert parse("a: x # why\nb: 'PR #12'\nc: PR#12\n", 2).faults == []
    (fault,) = parse("a: x\nb: PR #12 broke it\n", 2).faults
    assert (fault.rule, fault.place) == ("swallowed-text", Position(3, 7))


@pytest.mark.parametrize(("written", "meant", "column", "help_"), [
    ("{none: We promised nothing, since nobody was hit.}", {"none": "We promised nothing, since nobody was hit."}, 30,
     '`none: "We promised nothing, since nobody was hit."`'),
    ("{unknown: gone, lost, gone, when: x}", {"unknown": "gone, lost, gone", "when": "x"}, 18, '`unknown: "gone, lost, gone"`'),
    ("{none: said \"no\", twice}", {"none": 'said "no", twice'}, 20, "`none: 'said \"no\", twice'`"),
    ("{none: one line,\n    and another}", {"none": "one line, and another"}, 19, '`none: "one line, and another"`'),
])
def test_a_comma_that_ends_a_text_between_braces_is_one_fault_and_the_text_is_read_whole(written: str, meant: dict[str, str], column: int, help_: str) -> None:
    parsed = parse(f"a: {written}\nb: z\n", 2)
    assert parsed.values == {"a": meant, "b": "z"}
    assert parsed.texts == [*meant.values(), "z"]
    ((rule, place, help_told),) = [(fault.rule, fault.place, fault.help) for fault in parsed.faults]
    assert (rule, place) == ("yaml-syntax", Position(2, column))
    assert help_told == f"put the text in quotes: {help_}"
    assert set(places(f"a: {written}\n", 2)) == {("a",), *(("a", key) for key in meant)}


@pytest.mark.parametrize("many", [",\n b" * 100_000, ", b" * 300_000, "".join(f", b{number}" for number in range(100_000))])
def test_many_commas_take_no_long_time(many: str) -> None:
    began = time.process_time()
    (fault,) = parse(f"a: {{none: x{many}}}\n", 2).faults
    assert fault.help == "put the whole text in quotes"
    assert time.process_time() - began < 10


def test_a_number_in_groups_between_braces_is_to_be_written_in_digits() -> None:
    (fault,) = parse("a: {count: 1,840}\n", 2).faults
    assert fault.help == "write the number in digits alone: `count: 1840`"


@pytest.mark.parametrize("written", ["{x: , y: 2}", "{x: 1, y: }", "{x: 1, y:\n  }", "{x, y}", "{x: 'a, b', y: c}"])
def test_a_key_without_a_value_between_braces_is_no_cut_text(written: str) -> None:
    assert parse(f"a: {written}\n", 2).faults == []


def test_a_colon_in_a_text_between_braces_is_told_at_the_colon() -> None:
    (fault,) = parse("a: {unknown: The log: it is gone.}\n", 2).faults
    assert (fault.place, fault.message) == (Position(2, 21), "a colon followed by a space begins a new value inside this text")


@pytest.mark.parametrize(("text", "place", "message", "help_"), [
    ("times:\n  started: x\n detected: y\n", (4, 2), "`detected` is indented by 1, which fits nothing above it",
     "indent it by 2 to put it beside `started`, or by 0 to put it beside `times`"),
    ("actions:\n  - id: A1\n   what: x\n", (4, 4), "`what` is indented by 3, which fits nothing above it",
     "indent it by 4 to put it beside `id`, or by 0 to put it beside `actions`"),
    ("actions:\n  - id: A1\n    what: x\n - id: A2\n", (5, 2), "this entry is indented by 1, which fits nothing above it", "indent it by 2 to begin another entry"),
    ("services:\n  - a\n- b\n", (4, 1), "this entry is indented by 0, which fits nothing above it", "indent it by 2 to begin another entry"),
])
def test_a_line_that_is_out_of_step_is_told_where_it_may_stand(text: str, place: tuple[int, int], message: str, help_: str) -> None:
    (fault,) = parse(text, 2).faults
    assert (fault.place, fault.message, fault.help) == (place, message, help_)


def test_an_entry_that_yaml_takes_for_text_is_named() -> None:
    (fault,) = parse("steps:\n  - Stop the job.\n    - Call the owner.\n  - a - b\nc: |\n  - d\n    - e\nf: 'g\n  - h'\n", 2).faults
    assert (fault.rule, fault.place) == ("swallowed-text", Position(4, 5))


def test_a_heading_in_a_comment_is_no_story() -> None:
    parsed = parse("title: Late\n## When it happened\ntimes:\n  started: 2031-05-01\n", 2)
    assert not parsed.broken
    assert parsed.values["times"] == {"started": "2031-05-01"}


def test_nesting_ends_somewhere() -> None:
    inside = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert not parse(inside, 2).broken
    assert parse(f"a: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}", 2).broken


def test_thousands_of_duplicates_are_all_named() -> None:
    assert len(parse("a: 1\n" * 5000, 2).faults) == 4999


PIECES = st.sampled_from(
    [
        "a",
        "b",
        ": ",
        ":",
        "- ",
        "\n",
        "\n  ",
        "\n\t",
        "#",
        " #x",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&x",
        "*x",
        "!t ",
        "|",
        ">-",
        "'",
        '"',
        "? ",
        "%",
        "@",
        "`",
        "---",
        "...",
        "\0",
        "\x07",
        "\ud800",
        "\u2028",
        "é",
        "\U0001f600",
        "## x\n",
        "\\",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=50).map("".join))


@given(TEXTS)
def test_no_text_raises_and_every_place_lies_in_the_text(text: str) -> None:
    text += "\n"  # as front matter always ends
    lines = text.split("\n")
    parsed = parse(text, 2)
    assert parsed.faults or not parsed.broken
    found = [place for pair in places(text, 2).values() for place in pair]
    for line, column in [*(fault.place for fault in parsed.faults if fault.place != (1, 1)), *found]:
        assert isinstance(line, int)
        assert isinstance(column, int)
        assert 2 <= line <= len(lines) + 1
        assert 1 <= column <= len(lines[line - 2]) + 1


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.sampled_from("abcé #:-"), min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(st.sampled_from("abcé #:-"), min_size=1), VALUES, max_size=5))
def test_what_is_written_is_read(values: dict[str, object]) -> None:
    parsed = parse(json.dumps(values, ensure_ascii=False, indent=1), 2)  # JSON is YAML
    assert parsed.values == values
    assert parsed.faults == []
