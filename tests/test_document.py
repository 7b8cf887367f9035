"""Files that were broken by editors, by git and by YAML: each is answered with its own finding, at its place."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.diagnostics import Position
from amends.reading.document import MAX_BYTES, Document, parse_document, read_document
from amends.record import read_record

BROKEN = Path(__file__).parent / "cases" / "broken"

ANSWERS: dict[str, list[tuple[str, int, int]]] = {
    "at-sign-first": [("yaml-syntax", 2, 8)],
    "backtick-first": [("yaml-syntax", 2, 8)],
    "blank": [("no-front-matter", 1, 1)],
    "blank-line-first": [("no-front-matter", 2, 1)],
    "byte-order-mark": [("byte-order-mark", 1, 1)],
    "carriage-returns": [("line-endings", 1, 4)],
    "colon-in-text": [("yaml-syntax", 2, 14)],
    "conflict-in-front-matter": [("conflict-marker", 2, 1), ("conflict-marker", 6, 1)],
    "conflict-in-story": [("conflict-marker", 6, 1), ("conflict-marker", 10, 1)],
    "control-character": [("yaml-syntax", 2, 23)],
    "control-character-in-key": [("yaml-syntax", 3, 1)],
    "count-in-words": [("wrong-type", 5, 14)],
    "day-that-does-not-exist": [("malformed-time", 4, 12)],
    "digits-without-end": [("wrong-type", 3, 9)],
    "duplicate-key": [("duplicate-key", 4, 1)],
    "duplicate-key-below": [("duplicate-key", 5, 3)],
    "empty": [("no-front-matter", 1, 1)],
    "empty-entry": [("wrong-type", 3, 18)],
    "flow-comma": [("yaml-syntax", 4, 22)],
    "four-dashes": [("no-front-matter", 1, 1)],
    "hundred-thousand-braces": [("yaml-syntax", 2, 100)],
    "hundred-thousand-brackets": [("yaml-syntax", 2, 31)],
    "latin-1": [("unreadable-file", 2, 31)],
    "list-as-key": [("yaml-syntax", 3, 3)],
    "list-for-a-text": [("wrong-type", 2, 1)],
    "missing-colon": [("yaml-syntax", 4, 1)],
    "no-space-after-colon": [("yaml-syntax", 3, 7)],
    "no-space-after-dash": [("yaml-syntax", 4, 4)],
    "no-space-after-the-first-colon": [("yaml-syntax", 2, 7)],
    "misspelled-key": [("unknown-key", 3, 1)],
    "name-with-spaces": [("wrong-type", 3, 8)],
    "no-break-space-after-colon": [("yaml-syntax", 4, 8)],
    "no-break-space-after-dash": [("yaml-syntax", 4, 4)],
    "no-break-space-at-the-end": [("yaml-syntax", 3, 8)],
    "no-break-space-before-a-folded-text": [("yaml-syntax", 4, 11)],
    "no-break-space-in-braces": [("yaml-syntax", 4, 20)],
    "no-break-space-in-indentation": [("yaml-syntax", 4, 2)],
    "no-break-space-on-a-line-of-its-own": [("yaml-syntax", 3, 1)],
    "no-as-flag": [("wrong-type", 5, 48)],
    "no-front-matter": [("no-front-matter", 1, 1)],
    "number-sign": [("swallowed-text", 4, 25)],
    "octal-count": [("wrong-type", 5, 15)],
    "one-entry-as-the-list": [("wrong-type", 4, 21)],
    "only-a-list": [("yaml-syntax", 2, 1)],
    "one-nul": [("unreadable-file", 2, 9)],
    "only-dashes": [("unclosed-front-matter", 1, 1)],
    "only-text": [("yaml-syntax", 2, 1)],
    "out-of-step": [("yaml-syntax", 5, 4)],
    "prose-as-alias": [("yaml-alias", 2, 8)],
    "prose-as-anchor": [("yaml-alias", 2, 8)],
    "prose-as-half-an-alias": [("yaml-alias", 2, 8)],
    "prose-as-tag": [("yaml-alias", 2, 8)],
    "second-document": [("yaml-syntax", 3, 1)],
    "split": [("unclosed-front-matter", 3, 1)],
    "split-in-a-list": [("unclosed-front-matter", 4, 1)],
    "split-in-a-text": [("unclosed-front-matter", 7, 1)],
    "tab-indentation": [("tab-indentation", 4, 1)],
    "text-after-quote": [("yaml-syntax", 2, 18)],
    "text-for-a-list": [("wrong-type", 3, 11)],
    "time-without-day": [("malformed-time", 4, 12)],
    "time-without-offset": [("time-without-offset", 4, 12)],
    "two-absences": [("wrong-type", 3, 1)],
    "unclosed": [("unclosed-front-matter", 1, 1)],
    "unclosed-bracket": [("yaml-syntax", 3, 11)],
    "unclosed-quote": [("yaml-syntax", 2, 8)],
    "unclosed-until-a-rule-in-the-story": [("unclosed-front-matter", 1, 1)],
    "utf-16": [("unreadable-file", 1, 1)],
    "utf-16-without-mark": [("unreadable-file", 1, 2)],
    "yes-as-status": [("unknown-value", 3, 9)],
}
"""By file: the rules that answer, and the line and column at which they do."""


def answers(document: Document) -> list[tuple[str, int, int]]:
    """The faults of a document once it was read as a record."""
    read_record(document)
    return [(fault.rule, *document.position(fault.place, of_key=fault.rule == "unknown-key")) for fault in document.faults]


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_broken_file_is_answered_with_its_own_finding_at_its_place(name: str) -> None:
    assert answers(read_document(BROKEN, f"{name}.md")) == ANSWERS[name]


def test_every_broken_file_has_its_answer() -> None:
    assert {path.stem for path in BROKEN.glob("*.md")} == {*ANSWERS, "exploding-aliases"}


def test_aliases_are_named_and_never_expanded() -> None:
    document = read_document(BROKEN, "exploding-aliases.md")
    assert {rule for rule, _, _ in answers(document)} == {"yaml-alias"}
    assert answers(document)[:3] == [("yaml-alias", 4, 6), ("yaml-alias", 5, 6), ("yaml-alias", 5, 10)]
    assert document.values["extra"]["i"] == [None] * 9


@pytest.mark.parametrize("story", ["summary: a word and a line\n\n## Summary\n\n---\n\nMore.\n", "- one\n- two\n\n---\n", "Note: it was full.\n---\n", "## Summary\n\nnote: x\n---\n", ""])
def test_a_story_may_draw_lines(story: str) -> None:
    assert parse_document("x.md", f"---\ntitle: x\n---\n{story}").faults == []


def test_messages_quote_the_author_and_offer_a_remedy() -> None:
    by_name = {path.stem: read_document(BROKEN, path.name) for path in BROKEN.glob("*.md")}
    for document in by_name.values():
        read_record(document)
    assert by_name["number-sign"].faults[0].message.endswith("only `Deploy of PR` is left")
    assert (by_name["flow-comma"].faults[0].help or "").startswith("put the text in quotes: `")
    assert by_name["misspelled-key"].faults[0].help == "did you mean `visibility`?"
    assert by_name["utf-16"].faults[0].message.endswith("looks like UTF-16")
    assert by_name["utf-16-without-mark"].faults[0].help == "save the file as UTF-8; nothing else of the file is checked until then"
    assert by_name["one-nul"].faults[0].help == "delete it; nothing else of the file is checked until then"
    assert by_name["unclosed-quote"].faults[0].help == (
        "close it, or write the text below `>-`; the rest of the front matter is read once this is mended")
    almost = parse_document("x.md", "---\ntitle: Invoices arrive a day late\n----\n\n## Summary\n")
    assert almost.faults[0].message == "the front matter is opened here and never closed; line 3 holds `----`"
    assert by_name["no-as-flag"].faults[0].help == "write `true`"
    assert [name for name, document in by_name.items() for fault in document.faults if not fault.help] == []


def test_a_no_break_space_in_prose_is_prose() -> None:
    text = "---\ntitle: À 7\u00a0h\nroot_cause:\n  summary: |\n    Note:\u00a0at 7\u00a0h\n    \u00a0all stood still.\n  \"trigger\": Note:\u00a0x\n---\n"
    assert answers(parse_document("x.md", text)) == []


def test_a_file_whose_name_is_not_utf_8_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.md").write_text("---\nstatus: drft\n---\n")
    document = read_document(tmp_path, "caf\udce9.md")
    assert answers(document) == [("unreadable-file", 1, 1), ("unknown-value", 2, 9)]
    assert "name" in document.faults[0].message


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "huge.md").write_bytes(b"---\ntitle: Logs\n---\n" + b"x" * MAX_BYTES)
    document = read_document(tmp_path, "huge.md")
    assert answers(document) == [("unreadable-file", 1, 1)]
    assert "larger than 1000 kB" in document.faults[0].message
    assert document.text == ""


def test_a_file_that_is_not_there_is_a_finding_and_no_exception(tmp_path: Path) -> None:
    assert answers(read_document(tmp_path, "gone.md")) == [("unreadable-file", 1, 1)]


def test_what_windows_adds_is_taken_off_and_the_rest_is_read(tmp_path: Path) -> None:
    document = parse_document("x.md", "\ufeff---\r\ntitle: Café\r\n---\r\nStory\r\n")
    assert document.values == {"title": "Café"}
    assert document.body == "Story\n"
    assert document.body_line == 4


def test_a_missing_key_is_placed_at_its_parent() -> None:
    document = parse_document("x.md", "---\ntitle: Late\nactions:\n  - id: A1\n    what: Wait\n---\n")
    assert document.position(("actions", 0, "owner")) == Position(4, 5)
    assert document.position(("actions", 0, "what")) == Position(5, 11)
    assert document.position(("actions", 0, "what"), of_key=True) == Position(5, 5)
    assert document.position(("risk", 3, "what")) == Position(1, 1)


def test_a_key_that_a_second_one_hides_can_still_be_placed() -> None:
    document = parse_document("x.md", "---\ntimes: {started: 2031-05-01}\ntimes: later\n---\n")
    assert document.position(("times", "started")) == Position(2, 18)


def test_a_link_may_be_defined_on_a_line_of_its_own() -> None:
    document = parse_document("x.md", "---\ntitle: x\n---\n[a] and [b]\n\n[a]: a.md#c\n   [b]: <b.md>\n[^1]: c.md\nno [label]: d.md\n")
    assert [link.target for link in document.links] == ["a.md#c", "b.md"]


def test_the_stem_is_the_files_or_the_folders() -> None:
    assert Document("incidents/2031/2031-05-01-late.md").stem == "2031-05-01-late"
    assert Document("incidents/2031/2031-05-01-late/index.md").stem == "2031-05-01-late"


PIECES = st.sampled_from(
    [
        "---",
        "...",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "- ",
        ": ",
        ":",
        "#",
        " #",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&a",
        "*a",
        "!!x",
        "|",
        ">-",
        "'",
        '"',
        "? ",
        "title",
        "status",
        "closed",
        "times",
        "started",
        "2031-04-05",
        "T07:38Z",
        "\ufeff",
        "\u2028",
        "\x85",
        "\0",
        "\ud800",
        "<<<<<<< x\n",
        ">>>>>>>\n",
        "## Timeline (UTC)\n",
        "- 07:38 x\n",
        "affected",
        "actions",
        "none",
        "unknown",
        "é",
        "日",
        "`",
        "```\n",
        "](",
        "a.md",
        ")",
        "%",
        "@",
        "~",
        "null",
    ]
)
TEXTS = st.one_of(
    st.text(), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(lambda p: f"---\n{''.join(p)}\n---\n")
)


@given(TEXTS)
def test_no_text_makes_reading_fail_and_every_place_lies_in_the_file(text: str) -> None:
    document = parse_document("incidents/2031/2031-04-05-x.md", text)
    record = read_record(document)
    lines = document.text.split("\n")
    findings = [*document.faults, *record.timeline.problems]
    places = [document.position(finding.place) for finding in findings] + [entry.position for entry in record.timeline.entries]
    for line, column in [*places, *(document.at(link.offset) for link in document.links)]:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@given(TEXTS)
def test_front_matter_and_story_are_the_whole_text(text: str) -> None:
    document = parse_document("x.md", text)
    if document.body_offset:
        assert document.text.startswith(f"---\n{document.front_text}")
        assert document.text[4 + len(document.front_text) : document.body_offset].rstrip() in ("---", "...")
    assert document.text.endswith(document.body)
    assert document.body_line == document.text.count("\n", 0, document.body_offset) + 1


@given(st.text(st.sampled_from("ab\n"), max_size=60), st.data())
def test_an_offset_and_its_position_are_one_place(text: str, data: st.DataObject) -> None:
    document = Document("x.md", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = document.at(offset)
    assert len("".join(f"{line}\n" for line in text.split("\n")[: line - 1])) + column - 1 == offset


@given(st.binary())
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        Path(folder, "x.md").write_bytes(raw)
        read_record(read_document(Path(folder), "x.md"))


@given(st.lists(st.sampled_from(["---", "--- ", "----", "...", "....", "title: x", " ---", "", "-", "a --- b", "...\t"]), max_size=8))
def test_front_matter_ends_at_the_first_line_that_closes_it(lines: list[str]) -> None:
    closing = next((number for number, line in enumerate(lines) if line.rstrip(" \t") in ("---", "...")), None)
    document = parse_document("incidents/2031/2031-04-05-x.md", "\n".join(("---", *lines)))
    assert document.body == ("\n".join(lines[closing + 1:]) if closing is not None else document.text)


def test_many_links_beside_much_code_take_no_long_time() -> None:
    document = parse_document("x.md", "---\ntitle: x\n---\n\n" + "[a](b.md) `[c](d.md)`\n\n" * 30_000)
    began = time.process_time()
    assert {link.target for link in document.links} == {"b.md"}
    assert time.process_time() - began < 10
