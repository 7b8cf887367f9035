"""Front matter is read as text, with a place for every key, and whatever it holds is answered and never raised."""

import json

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
