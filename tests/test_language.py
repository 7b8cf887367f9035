"""The words of the interface: everything the code says is in every catalogue, and days and numbers are written as each language has them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from amends import language
from amends.customers.laws import clocks_of_law
from amends.language import (
    ENGLISH,
    N_,
    NP_,
    _,
    by_kind_of_number,
    counted,
    language_of,
    languages,
    ngettext,
    pgettext,
    speak,
    speaking,
    spoken,
)
from amends.reading.moments import Duration, Moment, Span
from amends.record import Figure, Share
from amends.render.composer import Composer, h
from amends.render.terms import addressee, channel
from amends.render.words import about, allowed_words, figure_words, length, moment_words, share_words

PACKAGE = Path(language.__file__).parent
ROOT = Path(__file__).parent.parent

KEYWORDS: dict[str, object] = {
    "_": None, "N_": None, "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2), "ngettext": (1, 2), "counted": (1, 2), "by_kind_of_number": (1, 2),
}
"""The functions that take messages; as `make words` names them too."""


@pytest.fixture(scope="module")
def said() -> Catalog:
    """All messages of the code."""
    catalogue = Catalog()
    for file, line, message, _comments, context in extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS):
        catalogue.add(message, locations=[(file, line)], context=context)
    return catalogue


def catalogue_of(name: str) -> Catalog:
    with (PACKAGE / "locale" / name / "LC_MESSAGES" / "amends.po").open("rb") as file:
        return read_po(file, locale=name)


def messages(catalogue: Catalog) -> Iterator[tuple[tuple[str | None, str], Message]]:
    for message in catalogue:
        if message.id:
            yield (message.context, message.id if isinstance(message.id, str) else message.id[0]), message


def texts(of: str | Iterable[str]) -> list[str]:
    return [of] if isinstance(of, str) else [str(text) for text in of]


def open_in(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", languages())
def test_a_catalogue_has_every_message_of_the_code_and_no_other(said: Catalog, name: str) -> None:
    needed, there = dict(messages(said)), dict(messages(catalogue_of(name)))
    assert {key: message.locations for key, message in needed.items() if key not in there} == {}
    assert {key for key in there if key not in needed} == set()
    assert [key for key, message in there.items() if message.fuzzy or not all(texts(message.string)) or not message.string] == []
    assert [key for key, message in there.items() if texts(message.id) != texts(needed[key].id)] == []
    assert not catalogue_of(name).obsolete


@pytest.mark.parametrize("name", languages())
def test_a_translation_leaves_open_what_its_message_does_and_brings_no_other_markup(name: str) -> None:
    def tags(text: str) -> list[str]:
        return sorted(re.findall(r"<[^>]*>", text))

    for key, message in messages(catalogue_of(name)):
        asked = set().union(*map(open_in, texts(message.id)))
        assert open_in(texts(message.string)[-1]) == asked, key
        for text in texts(message.string):  # the form for one may name no number
            assert open_in(text) | {"number"} == asked | {"number"}, key
            assert tags(text) == tags(texts(message.id)[-1]), key


@pytest.mark.parametrize("name", languages())
def test_a_catalogue_has_as_many_forms_as_its_language(name: str) -> None:
    catalogue = catalogue_of(name)
    assert {len(message.string) for _key, message in messages(catalogue) if not isinstance(message.id, str)} == {catalogue.num_plurals}


def test_every_message_names_what_it_leaves_open(said: Catalog) -> None:
    assert [key for key, message in messages(said) if any(not name.isidentifier() for text in texts(message.id) for name in open_in(text))] == []


def test_make_words_looks_for_the_same_functions_as_this_test() -> None:
    command = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"--keyword=(\w+)", command)) == set(KEYWORDS)


# Which language ------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _in_english_again() -> Iterator[None]:
    yield
    speak(ENGLISH)


def test_english_is_spoken_until_somebody_asks_for_another_language() -> None:
    assert spoken() is ENGLISH
    assert _("Timeline") == "Timeline"


@pytest.mark.parametrize(("code", "found"), [("de", "de"), ("de-CH", "de-CH"), ("de-AT", "de-AT"), ("de-XX", "de-XX"),
                                             ("en", "en"), ("tlh", "en"), ("", "en"), ("../de", "en"), ("de/../de", "en")])
def test_a_region_falls_back_to_its_language_and_an_unknown_language_to_english(code: str, found: str) -> None:
    speak(language_of(code))
    assert spoken().code == found
    assert _("Timeline") == ("Zeitverlauf" if found.startswith("de") else "Timeline")


def test_a_language_is_spoken_for_a_while() -> None:
    with speaking(language_of("de")):
        assert _("Actions") == "Maßnahmen"
        with speaking(ENGLISH):
            assert _("Actions") == "Actions"
        assert _("Actions") == "Maßnahmen"
    assert _("Actions") == "Actions"


def test_a_message_that_is_marked_is_looked_up_when_it_is_needed() -> None:
    word, (context, in_context) = N_("Actions"), NP_("harm", "service")
    speak(language_of("de"))
    assert (_(word), pgettext(context, in_context), pgettext("harm", "service")) == ("Maßnahmen", "Leistung", "Leistung")


def test_plurals_have_their_forms() -> None:
    assert [counted("{number} incident", "{number} incidents", number) for number in (0, 1, 2, 1234)] == [
        "0 incidents", "1 incident", "2 incidents", "1,234 incidents"]
    speak(language_of("de"))
    assert [counted("in {number} incident", "in {number} incidents", number) for number in (0, 1, 2, 1234)] == [
        "in 0 Vorfällen", "in 1 Vorfall", "in 2 Vorfällen", "in 1.234 Vorfällen"]
    assert by_kind_of_number("{number} item", "{number} items") == {"one": "{number} Punkt", "other": "{number} Punkte"}
    assert ngettext("{number} item", "{number} items", 1) == "{number} Punkt"


# What is written -----------------------------------------------------------------------------------------------------


MORNING = Moment.parse("2031-04-05T07:38Z")


def written() -> dict[str, str]:
    return {
        "minute": moment_words(MORNING),
        "offset": moment_words(Moment.parse("2031-05-05T17:38+05:30")),
        "about": moment_words(Moment.parse({"about": "2031-04-05"})),
        "number": figure_words(Figure(1_900_000, False)),
        "about a number": figure_words(Figure(1_900_000, True)),
        "lengths": " | ".join(map(length, (timedelta(minutes=8), timedelta(hours=1, minutes=24), timedelta(days=1), timedelta(days=2, hours=3), timedelta(days=12)))),
        "long day": spoken().long_day(date(2031, 4, 5)),
    }


def test_english_is_written_as_ever() -> None:
    assert written() == {
        "minute": "5 Apr 2031, 07:38 UTC", "offset": "5 May 2031, 17:38 UTC+05:30", "about": "about 5 Apr 2031", "number": "1,900,000",
        "about a number": "about 1,900,000", "lengths": "8 min | 1 h 24 min | 1 day | 2 days 3 h | 12 days", "long day": "Saturday 5 April 2031"}
    assert moment_words(MORNING) == str(MORNING)


def test_german_is_written_as_germans_write() -> None:
    speak(language_of("de"))
    assert written() == {
        "minute": "5. Apr. 2031, 07:38 UTC", "offset": "5. Mai 2031, 17:38 UTC+05:30", "about": "etwa 5. Apr. 2031", "number": "1.900.000",
        "about a number": "etwa 1.900.000", "lengths": "8 Min. | 1 Std. 24 Min. | 1 Tag | 2 Tage 3 Std. | 12 Tage", "long day": "Samstag, 5. April 2031"}
    assert str(MORNING) == "5 Apr 2031, 07:38 UTC"  # as the command says it


@pytest.mark.parametrize(("said", "english", "german"), [
    ("24h", "24 h", "24 Std."), ("3d", "3 days", "3 Tage"), ("80h", "80 h", "80 Std."), ("2w", "14 days", "14 Tage"), ("1h30m", "1 h 30 min", "1 Std. 30 Min."),
    ("0m", "0 min", "0 Min."),
])
def test_a_length_that_a_policy_or_a_plan_sets_is_told_exactly_and_in_its_own_units(said: str, english: str, german: str) -> None:
    assert allowed_words(Duration.parse(said)) == english
    speak(language_of("de"))
    assert allowed_words(Duration.parse(said)) == german


@pytest.mark.parametrize(("code", "english", "german"), [
    ("ja", "Japanese", "Japanisch"), ("pt-BR", "Brazilian Portuguese", "Portugiesisch (Brasilien)"), ("en-IE", "English (Ireland)", "Englisch (Irland)"),
    ("la", "Latin", "Latein"), ("qqx", "qqx", "qqx"), ("plain-words", "plain-words", "plain-words"),
])
def test_a_language_is_told_by_its_name_and_one_that_nobody_knows_by_its_code(code: str, english: str, german: str) -> None:
    assert spoken().name_of(code) == english
    speak(language_of("de"))
    assert spoken().name_of(code) == german


def test_whom_a_promise_goes_to_is_told_in_another_word_than_a_menu_that_narrows_nothing() -> None:
    speak(language_of("de"))
    assert (addressee("everyone"), _("all")) == ("alle", "beliebig")


def test_the_usual_channels_have_words_and_others_keep_the_authors_own() -> None:
    assert [channel(where) for where in ("api", "in-person", "status-page", "bank-statement")] == ["API", "in person", "status page", "bank statement"]
    speak(language_of("de"))
    assert [channel(where) for where in ("api", "in-person", "status-page", "bank-statement")] == ["API", "vor Ort", "Statusseite", "bank statement"]


def test_a_region_writes_numbers_in_its_own_way() -> None:
    speak(language_of("de-CH"))
    assert figure_words(Figure(1_900_000, False)) == "1’900’000"


@pytest.mark.parametrize(("number", "german"), [("-6.9", "-6,9"), ("+43", "+43"), ("4.10", "4,10"), ("1500", "1500")])
def test_a_score_keeps_its_digits_and_its_sign_and_has_the_point_of_its_readers(number: str, german: str) -> None:
    assert (language_of("en").decimal(number), language_of("de").decimal(number)) == (number, german)


def test_what_a_record_says_stays_escaped_in_a_translated_message() -> None:
    speak(language_of("de"))
    assert h(_("kept by {team}"), team="<b>{x}</b>") == "gepflegt von &lt;b&gt;{x}&lt;/b&gt;"
    assert h("<p>{}</p>", _("kept by {team}").format(team="<b>")) == "<p>gepflegt von &lt;b&gt;</p>"


def test_a_heading_keeps_its_anchor_in_every_language() -> None:
    page = Composer("nonce", "a.md")
    page.section(2, "What is still at risk")
    speak(language_of("de"))
    page.section(2, "What is still at risk")
    assert page.source == "## What is still at risk\n\n## Was noch auf dem Spiel steht {: #what-is-still-at-risk }\n"


@pytest.mark.parametrize(("share", "english", "german"), [("25%", "25%", "25\N{NO-BREAK SPACE}%"), ("12.5 %", "12.5%", "12,5\N{NO-BREAK SPACE}%"), ("100%", "100%", "100\N{NO-BREAK SPACE}%")])
def test_a_share_is_told_in_the_form_of_the_language(share: str, english: str, german: str) -> None:
    for code, words in (("en", english), ("de", german)):
        with speaking(language_of(code)):
            assert share_words(Share.parse(share)) == words


def test_the_clocks_of_the_law_are_marked_as_their_files_have_them() -> None:
    assert {clock.id: (clock.title, clock.addressee, clock.cited) for clock in clocks_of_law().values()} == {
        clock.id: (clock.label, clock.to, clock.law) for clock in clocks_of_law().values()}


def test_a_day_is_not_written_twice() -> None:
    """Babel takes its time, and thousands of records share their days."""
    german = language_of("de")
    assert german.day(date(2031, 4, 5)) is german.day(date(2031, 4, 5))
    assert german.clock(datetime(2031, 4, 5, 7, 38, tzinfo=timezone.utc).time()) == "07:38"


@pytest.mark.parametrize(("least", "most", "told"), [(390, 450, "about 7 h"), (30, 60, "about 40 min"), (0, 68, None), (0, 12, None), (300, 480, None)])
def test_a_range_that_is_wider_than_it_is_long_is_not_told_as_one_length(least: int, most: int, told: str | None) -> None:
    assert about(Span(timedelta(minutes=least), timedelta(minutes=most))) == told
