"""The rules of wording: what counts as said, what is only quoted or taken back, and whose languages are read."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.corpus import Corpus
from amends.diagnostics import Diagnostic, Finding
from amends.gate.check import check
from amends.reading.document import parse_document
from amends.record import read_record
from amends.rules import wording
from amends.rules.phrases import BUILT_IN, FAULTS, load_wording
from amends.rules.wording.prose import own_words, unquoted
from amends.settings import SettingsError, load_settings, read_settings

CASES = Path(__file__).parent.parent / "cases" / "wording"
SAMPLE = Path(__file__).parent.parent / "cases" / "sample"
PATH = "incidents/2031/2031-04-05-site-deletion.md"

CORPUS = Corpus.open(read_settings({}, SAMPLE.resolve(), None))


def told(words: str, corpus: Corpus = CORPUS) -> list[tuple[str, str]]:
    """What is found when customers were told `words`, by code and quoted phrase."""
    block = "\n".join(f"        {line}" for line in words.split("\n"))
    return found(f"---\ntitle: T\nresponse:\n  notices:\n    - words: |\n{block}\n---\n", corpus)


def story(body: str, corpus: Corpus = CORPUS) -> list[tuple[str, str]]:
    """What is found in a story."""
    return found(f"---\ntitle: T\n---\n{body}", corpus)


def found(text: str, corpus: Corpus = CORPUS) -> list[tuple[str, str]]:
    record = read_record(parse_document(PATH, text))
    return [(rule.code, f.message.split("`")[1]) for rule in wording.RULES for f in rule.check(record, corpus)]


def codes(hits: list[tuple[str, str]]) -> list[str]:
    return [code for code, _ in hits]


@pytest.mark.parametrize(("code", "words"), [
    ("W801", "We are sorry if you were affected."),
    ("W801", "If anyone was affected, we apologise."),
    ("W801", "Sorry, if this caused trouble."),
    ("W801", "We apologise to those customers who may have lost data."),
    ("W801", "We regret the trouble this may have caused."),
    ("W801", "We are sorry that you feel let down."),
    ("W801", "Es tut uns leid, falls Sie betroffen waren."),
    ("W801", "Wir entschuldigen uns für etwaige Unannehmlichkeiten."),
    ("W802", "This was due to circumstances beyond our control."),
    ("W802", "The load was UNPRECEDENTED."),
    ("W802", "Nobody could have foreseen this."),
    ("W802", "We have higher-than-expected demand."),
    ("W802", "Es lag außerhalb unserer Kontrolle."),
    ("W803", "It was caused by a third party."),
    ("W803", "A third-party supplier caused the outage."),
    ("W803", "Users should have saved their work."),
    ("W803", "A rogue engineer deleted your sites."),
    ("W803", "Die Kunden hätten ihre Daten sichern müssen."),
    ("W804", "We regret any inconvenience."),
    ("W804", "We apologise for any inconvenience caused."),
    ("W804", "We take this very seriously."),
    ("W804", "Wir bitten um Ihr Verständnis."),
    ("W804", "Wir bedauern die Unannehmlichkeiten."),
])
def test_what_customers_should_not_have_to_read_is_named(code: str, words: str) -> None:
    assert code in codes(told(words))
    assert story(words) == [], "in the story nobody is being told anything"


@pytest.mark.parametrize(("code", "text"), [
    ("W805", "The reviewers should have noticed it."),
    ("W805", "It could easily have been avoided."),
    ("W805", "Obviously, nobody looked."),
    ("W805", "The team failed to check it."),
    ("W805", "Das hätte jemand bemerken müssen."),
    ("W805", "Offensichtlich sah keiner hin."),
    ("W806", "A careless change."),
    ("W806", "This was human error."),
    ("W806", "It was a rookie mistake."),
    ("W806", "Ursache war menschliches Versagen."),
    ("W806", "Grob fahrlässig gehandelt wurde hier."),
    ("W807", "Dave deleted the table."),
    ("W807", "Dave accidentally ran it twice."),
    ("W807", "Yesterday Maria Lopez forgot the second step."),
    ("W807", "The table was deleted by Jürgen."),
    ("W807", "Ms Okonkwo had overlooked it."),
    ("W807", "Stefan hat die Tabelle gelöscht."),
    ("W807", "Die Tabelle wurde gelöscht von Frau Kowalski."),
])
def test_blame_and_hindsight_are_named_in_the_story_and_in_the_front_matter(code: str, text: str) -> None:
    assert codes(story(f"## Summary\n\n{text}\n")) == [code]
    assert codes(found(f"---\ntitle: T\nroot_cause:\n  summary: >-\n    {text}\n---\n")) == [code]


@pytest.mark.parametrize("words", [
    "We are sorry. If you need help, call us.",
    "We are sorry, and if you call us, we will help.",
    "If you were affected, you will receive a letter.",
    "None of this was beyond our control.",
    "The load was not unprecedented.",
    "It was not caused by a third party.",
    "There were no teething problems.",
    "Das war nicht beispiellos.",
])
def test_words_that_say_something_else_are_left_alone(words: str) -> None:
    assert told(words) == []


@pytest.mark.parametrize("text", [
    "Nobody was careless.", "It was not careless.", "She was never negligent.", "This happened without negligence.",
    "It wasn't a case of negligence.", "Human error is never a cause.", "Human error was not the cause.", "Rather than human error we name the tool.",
    "It was not obvious.", "That was not at all obvious.", "Niemand handelte fahrlässig.", "Es war kein menschliches Versagen.",
    "Menschliches Versagen war es nicht.", "Dave was not to blame.",
])
def test_a_sentence_that_takes_it_back_is_left_alone(text: str) -> None:
    assert story(text) == []


@pytest.mark.parametrize("text", [
    "It was not malice but carelessness.", "Not only careless.", "She did not look. Careless.", "No doubt careless.",
    "He did not look and was careless.", "They had no time, careless as they were.", "Nicht böswillig, sondern fahrlässig.",
])
def test_a_negation_of_something_else_takes_nothing_back(text: str) -> None:
    assert codes(story(text)) == ["W806"]


@pytest.mark.parametrize("text", [
    "“careless”", "He said “it was human error” and left.", '"human error"', "«human error»", "„menschliches Versagen“", "»fahrlässig«",
    "‘we weren’t careless’", "They called it 'human error' in the press.", "> It was human error.", "> It was\nhuman error.",
    "- > It was human error.", '!!! quote "From the letter"\n\n    It was human error.\n', "`human error`", "```\nhuman error\n```",
    "~~~\nhuman error\n~~~", "[human error](https://example.org/human-error)", "[human error][1]", "https://example.org/human-error/careless",
    "<https://example.org/careless>", "[1]: https://example.org/careless \"human error\"", "<!-- human error -->",
    "<blockquote>human error</blockquote>", "“First line,\nhuman error.”",
])
def test_what_others_said_is_left_alone(text: str) -> None:
    assert story(f"Before.\n\n{text}\n") == []


@pytest.mark.parametrize("text", [
    "“Fine.” It was human error. “Fine.”", "> Fine.\n\nHuman error.", "`x` human error `y`", "5\" of rain, human error.",
    "The engineers' human error.", "[^1]: It was human error.", "**Human** error.", "human\nerror", "a _human error_",
])
def test_what_stands_beside_a_quotation_is_the_authors_own(text: str) -> None:
    assert codes(story(text)) == ["W806"]


@pytest.mark.parametrize("text", [
    "Carefully.", "superhuman errors", "The server failed to start.", "Two jobs failed to write.", "The non-negligent owner.", "Humane errors.",
    "Inobviously.", "Rogers deleted it.", "The router was deleted by Cloudflare.", "Support ran the script.", "Maria Lopez apologised.",
    "Das Obviouslyum.", "dave deleted it", "Mistakes by the hundred.",
])
def test_only_whole_words_and_people_count(text: str) -> None:
    assert story(text) == []


def test_a_phrase_does_not_reach_from_one_paragraph_or_item_into_the_next() -> None:
    assert story("It was human\n\nerror prone.") == []
    assert story("- It was human\n- error prone.") == []


def test_words_in_quotation_marks_as_a_whole_were_said_all_the_same() -> None:
    assert codes(told("“We regret any inconvenience.”")) == ["W804"]
    assert told("They wrote “we regret any inconvenience” to us.") == []


def test_to_customers_we_failed_to_is_owning_it() -> None:
    assert told("We failed to protect what you trusted us with.") == []
    assert codes(story("We failed to test it.")) == ["W805"]


def test_who_signed_a_notice_is_no_cause() -> None:
    assert found("---\ntitle: T\nresponse:\n  notices:\n    - {by: Dave ran support, words: We are back.}\n---\n") == []


def test_a_name_that_is_a_service_of_the_site_is_no_person() -> None:
    corpus = Corpus.open(read_settings({"vocabulary": {"services": {"oscar": "Oscar"}}}, SAMPLE.resolve(), None))
    assert story("Oscar deleted the table.", corpus) == []
    assert codes(story("Oscar deleted the table.")) == ["W807"]


def test_an_imported_record_is_left_as_it_is() -> None:
    assert found("---\ntitle: T\norigin: imported\n---\nIt was human error.") == []


def test_silences_quote_what_they_silence_and_are_not_read() -> None:
    assert found("---\ntitle: T\nsilence:\n  - {code: W806, why: human error is quoted}\nextra: {note: careless}\n---\n") == []


def test_a_finding_stands_where_the_words_are_and_says_what_is_better() -> None:
    record = read_record(parse_document(PATH, "---\ntitle: T\n---\n## Summary\n\nAll was well.\nIt was **human error** again.\n"))
    (finding,) = [f for rule in wording.RULES for f in rule.check(record, CORPUS)]
    assert (finding.place, finding.message.split("`")[1]) == ((7, 10), "human error")
    assert finding.help is not None
    assert "what made it likely" in finding.help


def test_the_same_words_are_told_once_by_the_longest_phrase() -> None:
    assert story("A careless mistake.") == [("W806", "careless mistake")]


def findings(text: str) -> list[Finding]:
    record = read_record(parse_document(PATH, text))
    return [f for rule in wording.RULES for f in rule.check(record, CORPUS)]


def test_the_help_is_made_of_whole_sentences() -> None:
    (finding,) = findings("---\ntitle: T\nresponse:\n  notices:\n    - words: It was caused by a third party.\n---\n")
    assert finding.help == (
        "The customers chose you, not your suppliers; say what you relied on, and what you do now so that its failure stays yours to bear. "
        "What was really said stays as it is: put W803 under `silence`, with the reason.")


def test_the_help_speaks_the_language_of_the_phrase_throughout() -> None:
    (finding,) = findings("---\ntitle: T\nresponse:\n  notices:\n    - words: Wir bitten um Ihr Verständnis.\n---\n")
    assert finding.help is not None
    assert finding.help.startswith("Sagen, was es für die Betroffenen hieß")
    assert finding.help.endswith(". Was wirklich gesagt wurde, bleibt stehen: W804 mit dem Grund unter `silence` eintragen.")


@pytest.mark.parametrize(("words", "code"), [
    ("Wir entschuldigen uns für etwaige Unannehmlichkeiten.", "W801"),
    ("We regret any inconvenience this may have caused.", "W801"),
    ("It was a user error.", "W803"),
])
def test_the_same_words_are_told_once_to_customers_under_the_more_telling_code(words: str, code: str) -> None:
    assert codes(told(words)) == [code]


@pytest.mark.parametrize(("key", "place"), [
    ("summary: >-\n    All was well.\n    It was\n    human error again.\n", (7, 5)),
    ("summary: |\n    All was well.\n    It was human error again.\n", (6, 12)),
    ("summary: All was well,\n    and it was human error.\n", (5, 16)),
    ("summary: 'It wasn''t us, it was human error.'\n", (4, 35)),
    ("summary: \"It \\\n    was human error.\"\n", (5, 9)),
    ("summary: Nobody speaks of human error, and yet it was human error.\n", (4, 57)),
])
def test_a_finding_in_the_front_matter_stands_where_the_words_are(key: str, place: tuple[int, int]) -> None:
    assert [finding.place for finding in findings(f"---\ntitle: T\nroot_cause:\n  {key}---\n")] == [place]


@pytest.mark.parametrize("text", [
    "Der Bediener hätte es nicht sehen können.", "Niemand hätte das sehen können.", "The button obviously looked the same to everyone.",
    "If it was Rogers's fault nobody knows.", "It was not Sarah's fault.",
])
def test_the_opposite_of_blame_is_left_alone(text: str) -> None:
    assert story(text) == []


@pytest.mark.parametrize(("code", "text"), [
    ("W805", "Der Bediener hätte es sehen können."), ("W805", "They obviously did not look."), ("W807", "It was Sarah's fault."),
    ("W807", "This was Maria Lopez’s own mistake."), ("W806", "Der Praktikant hat Mist gebaut."),
])
def test_blame_is_named_in_whatever_form(code: str, text: str) -> None:
    assert codes(story(text)) == [code]


def test_a_german_if_can_do_without_its_word() -> None:
    assert codes(told("Sollten Sie betroffen gewesen sein, tut es uns leid.")) == ["W801"]
    assert told("Sollten Sie betroffen sein, erhalten Sie einen Brief.") == []


# Languages and files of the site's own ------------------------------------------------------------------------------


def of_site(name: str, **files: str) -> Corpus:
    return Corpus.open(read_settings({"wording": {language: f"{name}/{path}" for language, path in files.items()}}, CASES.resolve(), None))


def test_a_site_adds_a_language() -> None:
    corpus = of_site("good", fr="fr.yml")
    assert told("Nous regrettons la gêne occasionnée.") == []
    assert codes(told("Nous regrettons la gêne occasionnée.", corpus)) == ["W804"]
    assert codes(story("C’était une erreur humaine.", corpus)) == ["W806"]
    assert story("Ce n’était pas une erreur humaine.", corpus) == []
    assert codes(story("Hélène a oublié la clé.", corpus)) == ["W807"]
    assert codes(story("It was human error.", corpus)) == ["W806"], "the languages that Amends brings stay"


def test_a_site_adds_phrases_to_a_language_that_is_there() -> None:
    corpus = of_site("good", en="house.yml")
    assert codes(told("Our gremlins were at it again.", corpus)) == ["W802"]
    assert told("No gremlins were at it.", corpus) == []
    assert codes(told("We regret any inconvenience.", corpus)) == ["W804"]


def test_a_language_without_spaces_is_read_inside_words() -> None:
    corpus = of_site("good", ja="ja.yml")
    assert story("これは人的ミスによるものです。", corpus) == [("W806", "人的ミス")]
    assert story("これは「人的ミス」と呼ばれた。", corpus) == []


@pytest.mark.parametrize(("name", "expected"), [
    ("unknown_key", ["1:1: `blaming` is not a key that is known here"]),
    ("no_better", ["2:5: this entry does not say `better`"]),
    ("open_bracket", ["3:9: in the pattern `(lazy|sloppy work`, a `(` is never closed"]),
    ("patterns", ["3:9: in the pattern `sorry) if`, a `)` closes what was never opened", "4:9: in the pattern `so*rry`, a `*` stands elsewhere",
                  "5:9: in the pattern `? sorry`, a `?` stands where a word", "6:9: in the pattern `very?`, there is no word that must be there",
                  "7:9: in the pattern `… sorry`, … stands at an end", "8:9: in the pattern `(sorry|)`, there is no word"]),
    ("no_yaml", ["1:8: the quote that opens here is never closed"]),
    ("list", ["1:1: the file is a list, not keys with values"]),
    ("latin1", ["1:1: the phrases can't be read: the file is not UTF-8"]),
    ("missing", ["1:1: the phrases can't be read: No such file or directory"]),
])
def test_a_broken_file_is_a_fault_of_the_settings_placed_in_that_file(name: str, expected: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        story("A text.", of_site("broken", en=f"{name}.yml"))
    lines = [line for line in str(caught.value).split("\n") if not line.startswith("  help")]
    place = f"{CASES.resolve() / 'broken' / name}.yml"
    assert len(lines) == len(expected), caught.value
    for line, beginning in zip(lines, expected, strict=True):
        assert line.startswith(f"{place}:{beginning}")


def test_the_settings_refuse_a_file_outside_the_site_and_a_language_that_is_none() -> None:
    with pytest.raises(ValueError, match="lies outside"):
        read_settings({"wording": {"fr": "../fr.yml"}}, CASES, None)
    with pytest.raises(ValueError, match="is not a language"):
        read_settings({"wording": {"French": "fr.yml"}}, CASES, None)


def test_the_files_that_amends_brings_say_something_for_every_fault_in_every_language() -> None:
    read = load_wording(read_settings({}, SAMPLE.resolve(), None))
    for number in range(len(BUILT_IN)):
        for fault in FAULTS:
            entries = [phrase for file in read.languages[number].files for phrase in getattr(file, fault)]
            assert entries
            assert all(len(phrase.better or "") > 10 for phrase in entries)


def test_a_check_without_the_rules_of_wording_reads_no_phrases(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text("plugins:\n  - amends:\n      wording: {en: gone.yml}\n", encoding="utf-8")
    corpus = Corpus.open(load_settings(tmp_path / "mkdocs.yml"))
    check(corpus, [])
    with pytest.raises(SettingsError, match=r"gone\.yml"):
        check(corpus, wording.RULES)


def test_the_command_ends_with_2_where_a_file_of_phrases_is_broken(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text("plugins:\n  - amends:\n      wording: {en: broken.yml}\n", encoding="utf-8")
    shutil.copy(CASES / "broken" / "no_better.yml", tmp_path / "broken.yml")
    done = subprocess.run([sys.executable, "-m", "amends_cli", "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{tmp_path / 'broken.yml'}:2:5: this entry does not say `better`\n  help: ")


def test_a_silenced_finding_is_let_stand_with_its_reason(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    page = (tmp_path / PATH).read_text("utf-8").replace("silence:\n", "silence:\n  - {code: W806, why: The regulator's own words.}\n", 1)
    (tmp_path / PATH).write_text(f"{page}\nIt was human error.\n", encoding="utf-8")
    report = check(Corpus.open(load_settings(tmp_path / "mkdocs.yml")), wording.RULES)
    assert report.diagnostics == ()
    silenced: list[Diagnostic] = [d for d in report.silenced if d.code == "W806"]
    assert [d.silenced for d in silenced] == ["The regulator's own words."]


# Any text -----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    "human error", "careless", "sorry if", "regret any inconvenience", "not", "nobody", "“", "”", "„", "«", "»", '"', "'", "’", "`", "```",
    "\n", "\n\n", "> ", "- ", "[", "](", ")", "](https://x.org)", "<!--", "-->", "<q>", "</q>", "*", "_", "Dave", "deleted", "Mr. ", "hat", "gelöscht",
    "we take", "seriously", "fahrlässig", "人的ミス", " ", "-", ",", ".", "İ", "ß", "!!! quote", "    ", "https://", "\\",
])
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))


@settings(max_examples=100)
@given(TEXTS)
def test_no_text_ends_a_check(text: str) -> None:
    record = read_record(parse_document(PATH, f"---\ntitle: T\n---\n{text}"))
    for rule in wording.RULES:
        for finding in rule.check(record, CORPUS):
            assert finding.message


@given(TEXTS)
def test_what_is_left_out_keeps_its_length_and_its_lines(text: str) -> None:
    kept = own_words(text)
    assert len(kept) == len(text)
    assert all(new in (old, "\0") for old, new in zip(text, kept, strict=True))
    assert len(unquoted(text)) <= len(text)


@pytest.mark.parametrize("text", [
    "sorry " + "a-" * 50_000, "[" * 100_000, "“" * 100_000, "'a " * 40_000, "<q>" * 30_000, "> " * 50_000, "sorry if " * 5_000,
    "human " * 30_000, "Dave " * 20_000, "„" + "\n\n" * 50_000, "<!--" * 25_000, "https://" * 15_000, "‘a’b" * 25_000, "!!! quote\n" * 10_000,
    "!!! quote\n" + "\n" * 100_000,
])
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    told(text.replace("\n", " "))
    story(f"Sorry, human error. Dave deleted it. {text}")
    assert time.process_time() - began < 10, "what takes a moment where it grows with the text takes minutes where it grows with its square"
