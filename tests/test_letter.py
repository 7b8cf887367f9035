"""Letters: what of a record may be told, what it takes to tell it, and that what is told stays words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.corpus import Corpus
from amends.publishing.letter import Gift, Letter, Promise, Reason, Refused, Work, collect
from amends.publishing.letter_writing import Form, LetterTemplate, TemplateFault, UnknownLanguage, find_template, languages, render_letter
from amends.reading.document import each_text
from amends.reading.moments import Moment
from amends.record import Progress
from amends.render.plain import WIDTH, plain_text, plain_words
from amends.settings import load_settings

CASES = Path(__file__).parent / "cases" / "letter"
TODAY = date(2031, 8, 1)
FULL, RESTRICTED, HONEST = "2031-06-10-lost-orders", "2031-06-12-restricted", "2031-06-14-late-parcels"
SILENT, TRICKS = "2031-06-15-silent", "2031-06-16-tricks"
ENDINGS = {Form.MARKDOWN: "md", Form.TEXT: "txt", Form.HTML: "html"}


def corpus_at(root: Path = CASES) -> Corpus:
    return Corpus.open(load_settings(root / "mkdocs.yml"))


def facts(stem: str, corpus: Corpus | None = None, today: date = TODAY) -> Letter:
    corpus = corpus or corpus_at()
    record = corpus.record(stem)
    assert record is not None
    return collect(record, corpus, today)


def written(letter: Letter, form: Form = Form.MARKDOWN, language: str = "en") -> str:
    return render_letter(letter, find_template(corpus_at().settings, language), form)


def reasons(stem: str, corpus: Corpus | None = None, today: date = TODAY) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        facts(stem, corpus, today)
    return caught.value.reasons


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the cases that a test may change."""
    return copytree(CASES, tmp_path / "site")


def changed(site: Path, stem: str, *changes: tuple[str, str]) -> Corpus:
    path = site / "incidents" / "2031" / f"{stem}.md"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return corpus_at(site)


# The letters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((CASES / "expected").iterdir()), ids=lambda path: path.name)
def test_the_letter_reads_as_it_should(path: Path) -> None:
    name, language, ending = path.name.split(".")
    corpus = corpus_at()
    stem = next(stem for stem in corpus.paths_by_stem if stem[11:] == name)
    form = next(form for form in Form if ENDINGS[form] == ending)
    assert written(facts(stem, corpus), form, language).replace("\u00a0", " ") == path.read_text("utf-8").replace("\u00a0", " ")


ALLOWED = re.compile(r"customer_impact/summary|actions/\d+/what|response/commitments/\d+/(promise|broken)|response/remedies/\d+/what")


@pytest.mark.parametrize("stem", [FULL, HONEST, TRICKS])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", Form)
def test_nothing_reaches_a_letter_that_is_not_on_the_list(stem: str, language: str, form: Form) -> None:
    corpus = corpus_at()
    letter = " ".join(written(facts(stem, corpus), form, language).split())
    record = corpus.record(stem)
    assert record is not None
    inside = [text for path, text in each_text(record.document.values) if not ALLOWED.fullmatch("/".join(map(str, path))) and len(text) > 12]
    assert inside
    assert not [text for text in inside if text in letter]
    assert "INSIDE" not in letter
    assert "inside" not in letter
    assert "SECRET" not in letter


def test_the_order_is_apology_then_fix_then_something_extra() -> None:
    letter = written(facts(FULL))
    places = [letter.index(words) for words in (
        "we are sorry", "my daughter's birthday", "have done:", "did not keep:", "too late:", "cannot show you yet", "have kept:", "by when:",
        "make up for it", "beyond what we owe you", "how to reach us")]
    assert places == sorted(places)


def test_what_the_record_says_was_not_given_or_promised_is_left_out() -> None:
    letter = facts(HONEST)
    assert (letter.promises, letter.gifts, letter.broken) == ((), (), ())
    assert not [words for words in ("promise", "owe you", "make up for") if words in written(letter)]


def test_what_goes_to_others_is_not_told() -> None:
    letter = facts(FULL)
    assert [gift.what for gift in letter.gifts] == [
        "Your money, for everything that did not come.", "Free delivery for a year", "A birthday cake, for every birthday that was missed."]
    assert [promise.progress.value for promise in letter.promises] == ["done", "given-up", "late", "open", "open", "unknown"]


def test_only_actions_that_are_done_are_told() -> None:
    assert [work.what for work in facts(FULL).works] == [
        "Tell the customer when an order can't be taken, instead of confirming it.", "Load the northern vans first."]


@pytest.mark.parametrize(("language", "told"), [("en", "Done by 28"), ("de", "Erledigt bis zum 28")])
def test_what_was_done_by_some_day_is_told_so(site: Path, language: str, told: str) -> None:
    corpus = changed(site, FULL, ("    done: 2031-06-28", "    done: {by: 2031-06-28}"))
    assert told in written(facts(FULL, corpus), language=language)


def test_a_promise_that_should_have_been_kept_counts_as_broken(site: Path) -> None:
    corpus = changed(site, FULL, ("      broken: We wrote on two evenings of four.", "      kept: {missed: Two evenings went by without a word.}"))
    promise = facts(FULL, corpus).promises[1]
    assert (promise.progress, promise.why) == (Progress.GIVEN_UP, "Two evenings went by without a word.")


# What is missing ----------------------------------------------------------------------------------------------------


def test_a_restricted_record_is_refused_for_that_alone() -> None:
    (reason,) = reasons(RESTRICTED)
    assert (reason.path, reason.position) == (f"incidents/2031/{RESTRICTED}.md", (8, 13))
    assert "restricted" in reason.message


def test_a_record_whose_visibility_is_misspelt_is_refused(site: Path) -> None:
    assert any("did you mean `visibility`" in reason.help
               for reason in reasons(FULL, changed(site, FULL, ("visibility: staff", "visibilty: restricted"))))
    (reason,) = reasons(FULL, changed(site, FULL, ("visibilty: restricted", "visibility: restrictd")))
    assert "restricted, or who may read it" in reason.message


def test_everything_that_is_missing_is_told_at_once_in_the_order_of_the_file() -> None:
    found = [(reason.position.line if reason.position else 0, reason.message) for reason in reasons(SILENT)]
    assert found == [
        (1, "nothing is told that has been done about it: no action is done, and no commitment is kept"),
        (4, "the record is a draft: nobody else has read what it says"),
        (6, "it is not over yet, or nobody says since when"),
        (9, "it came back, and nobody says from when to when"),
        (11, "`TBD` does not say what it meant for customers"),
        (16, "`our friends in the north` does not tell whether the letter's readers are meant"),
        (18, "nothing says by when this promise is kept"),
        (24, "promised by 20 Jun 2031, which has passed, and nobody says whether it was kept"),
        (30, "customers should have had this and have not: The vouchers were printed with last year's date and thrown away."),
        (32, "nobody says when this was offered or given"),
        (32, "nothing says what is given"),
    ]


@pytest.mark.parametrize(("change", "message"), [
    (("  summary: I ordered for my daughter's birthday, got a confirmation, and nothing ever came.",
      "  summary: {unknown: Nobody has asked them.}"), "the record can't say what it meant for customers (unknown: Nobody has asked them.)"),
    (("  started: 2031-06-10T06:05+02:00", "  started: {unknown: The logs are gone since the summer.}"),
     "the record can't say when it began (unknown: The logs are gone since the summer.)"),
    (("  resolved: 2031-06-11T18:30+02:00", "  resolved: null"), "it is not over yet, or nobody says since when"),
    (("  resolved: 2031-06-11T18:30+02:00", "  resolved: {unknown: Nobody wrote it down.}"),
     "the record can't say when it was over (unknown: Nobody wrote it down.)"),
    (("visibility: staff", "visibility: staff\nnot_applicable: {apology: The law forbids us to say it.}"),
     "the record says that no apology applies: The law forbids us to say it."),
    (("      due: 2031-11-30", "      due: {unknown: Nobody has looked.}"),
     "the record can't say by when this promise is kept (unknown: Nobody has looked.)"),
    (("    - what: Your money, for everything that did not come.\n      to: affected", "    - what: Your money.\n      to: null"),
     "nobody says to whom this goes"),
    (("      promise: Our account of what went wrong is public.", f"      promise: {'Again and again. ' * 130}"),
     "with 2,209 characters this is too long for a letter"),
    (("      promise: Our account of what went wrong is public.", "      promise: Never again The Stranger in the Accounts."),
     "this names a record of which nothing may leave the repository"),
    (("      promise: Our account of what went wrong is public.", "      promise: Write to ann.lee@shop.de if it happens."),
     "`a…@shop.de` is an e-mail address"),
    (("  detected: 2031-06-10T07:10+02:00", "  detected: 2031-06-10T05:10+02:00"), "T303"),
])
def test_a_record_is_refused_for(site: Path, change: tuple[str, str], message: str) -> None:
    told = [reason.message for reason in reasons(FULL, changed(site, FULL, change))]
    assert [text for text in told if message in text], told


@pytest.mark.parametrize("part", ["commitments", "remedies"])
@pytest.mark.parametrize(("said", "supported"), [
    ("{none: There was nothing of the kind.}", True), ("{unknown: Nobody knows any more.}", False), ("{missed: It should have been.}", False),
    ("[]", False),
])
def test_only_an_outright_none_leaves_a_part_out(site: Path, part: str, said: str, supported: bool) -> None:
    line = {"commitments": "    none: Nothing was promised, because all was delivered before we wrote.",
            "remedies": "    none: Nothing was given, because nobody paid for a day of delivery."}[part]
    corpus = changed(site, HONEST, (f"  {part}:\n{line}", f"  {part}: {said}"))
    if supported:
        assert facts(HONEST, corpus)
    else:
        (reason,) = reasons(HONEST, corpus)
        assert f"`response.{part}`" in reason.help


def test_a_part_that_does_not_apply_is_left_out(site: Path) -> None:
    corpus = changed(site, HONEST, ("  remedies:\n    none: Nothing was given, because nobody paid for a day of delivery.\n", ""),
                     ("visibility: staff", "visibility: staff\nnot_applicable: {remedies: Nobody paid for a day of delivery.}"))
    assert facts(HONEST, corpus).gifts == ()


def test_another_companys_letter_is_not_ours_to_write(site: Path) -> None:
    (reason,) = reasons(FULL, changed(site, FULL, ("status: published", "status: published\norigin: external")))
    assert "outside account" in reason.message


def test_a_promise_is_overdue_only_after_its_day() -> None:
    assert facts(FULL, today=date(2031, 11, 30))
    (reason,) = reasons(FULL, today=date(2031, 12, 1))
    assert "promised by 30 Nov 2031, which has passed" in reason.message


def test_nobody_gets_a_letter_without_an_address(site: Path) -> None:
    text = (site / "mkdocs.yml").read_text("utf-8")
    (site / "mkdocs.yml").write_text(re.sub(r"      contact: \|\n(?: {8}.*\n|\n)+", "", text), encoding="utf-8")
    (reason,) = reasons(FULL, corpus_at(site))
    assert (reason.path, reason.position) == ("mkdocs.yml", None)
    assert "`contact`" in reason.help


# Templates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "told"), [
    ("unclosed", "4: the template can't be read: Unexpected end of template."),
    ("unknown-fact", "5: the template fails: 'amends.publishing.letter.Letter object' has no attribute 'root_cause'"),
    ("time-not-known", "3: the template fails: this time is not known"),
    ("nothing-known", "4: the template fails: this is not known"),
    ("no-subject", "1: the letter has no subject"),
    ("unescaped", "3: the template can't be read: No filter named 'safe'."),
    ("includes", "3: the template fails: no loader for this environment specified"),
    ("reaches-out", "3: the template fails: access to attribute '__class__' of 'Letter' object is unsafe."),
])
def test_a_fault_is_placed_in_the_template(name: str, told: str) -> None:
    source = (CASES / "templates" / f"{name}.md.j2").read_text("utf-8")
    with pytest.raises(TemplateFault) as caught:
        render_letter(facts(FULL), LetterTemplate("en", "letters/own.md.j2", source), Form.MARKDOWN)
    assert str(caught.value).startswith(f"letters/own.md.j2:{told}")


def test_a_site_adds_and_replaces_languages(site: Path) -> None:
    text = (site / "mkdocs.yml").read_text("utf-8").replace("        fr: ", "        en: letters/fr.md.j2\n        fr: ")
    (site / "mkdocs.yml").write_text(text, encoding="utf-8")
    corpus = corpus_at(site)
    assert languages(corpus.settings) == ("de", "en", "fr", "it", "tlh")
    assert render_letter(facts(FULL, corpus), find_template(corpus.settings, "en"), Form.TEXT).startswith("Nos excuses pour le 10 June 2031\n")


@pytest.mark.parametrize(("language", "kind", "told"), [
    ("fr-CA", UnknownLanguage, "no letter is written in `fr-CA`\n  help: known here: de, en, fr, it, tlh; a template of your own goes under `letters`"),
    ("it", TemplateFault, "letters/missing.md.j2:1: the letter's template can't be read: No such file or directory\n  help: `letters` of the plugin"),
    ("tlh", TemplateFault, "letters/fr.md.j2:1: nothing is known of how dates are written in `tlh`"),
])
def test_a_language_that_cannot_be_written_is_told(language: str, kind: type[Exception], told: str) -> None:
    with pytest.raises(kind) as caught:
        written(facts(FULL), language=language)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "5 April 2031 07:38 UTC+5:30"), ("de", "5. April 2031 07:38 UTC+5:30"), ("en-US", "April 5, 2031 7:38 AM UTC+5:30"),
    ("ja", "2031年4月5日 7:38 UTC+5:30"), ("pt-BR", "5 de abril de 2031 07:38 UTC+5:30"),
])
def test_dates_are_written_as_the_language_has_them(language: str, expected: str) -> None:
    letter = replace(facts(FULL), started=Moment.parse("2031-04-05T07:38+05:30"))
    template = LetterTemplate(language, "own", "# {{ letter.started | date }} {{ letter.started | clock }} {{ letter.started | zone }}")
    assert " ".join(render_letter(letter, template, Form.TEXT).split()) == expected


def test_a_letter_in_a_language_from_right_to_left_says_so() -> None:
    template = LetterTemplate("ar", "own", "# {{ letter.started | date }}")
    assert '<html lang="ar" dir="rtl">' in render_letter(facts(FULL), template, Form.HTML)


@pytest.mark.parametrize(("text", "expected"), [
    ("Done", "Done."), ("Done.", "Done."), ("Done (all of it)", "Done (all of it)."), ("“Done.”", "“Done.”"), ("済みました。", "済みました。"),
])
def test_a_sentence_ends_once(text: str, expected: str) -> None:
    template = LetterTemplate("en", "own", "# {{ letter.experience | sentence }}")
    assert render_letter(replace(facts(FULL), experience=text), template, Form.TEXT) == f"{expected}\n"


# Texts are data -----------------------------------------------------------------------------------------------------


ALPHABET = st.sampled_from([
    *"ab1 .)]([!*_`~#>+-=|:<&;/\"'\\{}%$@^é日", "<b>", "</p>", "<script>", "&lt;", "&#35;", "{{ 7*7 }}", "{% if %}", "](x)", "![", "http://a.b",
    "1. ", "- ", "---", "~~~", "\u202e", "\x02",
])
WORDS = (st.lists(ALPHABET, max_size=30).map("".join) | st.text(max_size=60)).map(
    lambda text: " ".join("".join(c for c in text if c.isprintable()).split())).filter(bool)


def outline(html: str) -> list[str]:
    return [tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)]


def letter_of(words: str) -> Letter:
    day = Moment.parse("2031-04-05")
    return Letter(day, day, None, (), words, False, (words,), (Work(words, day),), (Promise(words, day, Progress.GIVEN_UP, None, words),),
                  (Gift(words, True, day, day, False),), CONTACT)


CONTACT = facts(FULL).contact
_TEMPLATE = LetterTemplate("en", "own", """\
# {{ letter.experience }}

{{ letter.experience }}

> {{ letter.experience }}

{% for work in letter.works %}
- {{ work.what }}
{% endfor %}

Then:

{% for gift in letter.gifts %}
1. {{ gift.what }} {{ letter.experience }}
{% endfor %}
""")


@settings(max_examples=60)
@given(WORDS)
def test_whatever_a_text_holds_it_is_shown_as_it_is(words: str) -> None:
    html = render_letter(letter_of(words), _TEMPLATE, Form.HTML)
    body = BeautifulSoup(html, "html.parser").body
    assert body is not None
    assert [tag.name for tag in body.find_all(True)] == ["h1", "p", "blockquote", "p", "ul", "li", "p", "ol", "li"]
    assert [" ".join(tag.get_text().split()) for tag in body.find_all(["h1", "p", "li"])] == [*[words] * 4, "Then:", f"{words} {words}"]


SHAPES = {language: outline(written(letter_of("Words."), Form.HTML, language)) for language in ("en", "de")}


@settings(max_examples=20)
@given(WORDS)
def test_no_text_changes_the_shape_of_our_letters(words: str) -> None:
    for language, shape in SHAPES.items():
        assert outline(written(letter_of(words), Form.HTML, language)) == shape
        assert "".join(words.split()) in "".join(written(letter_of(words), Form.TEXT, language).split())


@given(st.lists(ALPHABET, max_size=40).map("".join) | st.text(max_size=100))
def test_plain_words_are_one_line_that_steers_no_terminal(text: str) -> None:
    words = plain_words(text)
    assert words == " ".join(words.split())
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", words)


@pytest.mark.parametrize(("text", "words"), [
    ("See [the other](2031-04-05-x.md) and <https://a.example.org>", "See the other and https://a.example.org"),
    ("**Bold**, *soft*, `a*b*c` and \\*stars\\*", "Bold, soft, a*b*c and *stars*"),
    ("**Bold** first", "Bold first"), ("- - -", "- - -"), ("2. The second", "2. The second"), ("[a]: b", "[a]: b"), ("# 7", "# 7"),
    ("![a chart](x.png) over\n\n- two lines", "a chart over - two lines"),
    ("1 < 2 & 3 > 2 &amp; <b>so</b> on", "1 < 2 & 3 > 2 & <b>so</b> on"),
    ("\x1b[31mred\u202e &#x202e;&#27;\u0002", "[31mred"),
])
def test_plain_words_are_what_a_reader_sees(text: str, words: str) -> None:
    assert plain_words(text) == words


# Plain text ---------------------------------------------------------------------------------------------------------


def lines(html: str) -> Iterator[str]:
    yield from plain_text(html).splitlines()


def test_plain_text_keeps_lists_quotations_and_where_links_lead() -> None:
    html = ("<h1>Sorry</h1><p>One<br>two <a href='https://a.example.org/x'>here</a> or <a href='mailto:us@example.org'>us@example.org</a></p>"
            "<ol><li>first<ul><li>inner</li></ul></li><li><p>second</p><p>more</p></li></ol><blockquote><p>said</p></blockquote><hr><p>end</p>")
    assert list(lines(html)) == ["Sorry", "", "One", "two here (https://a.example.org/x) or us@example.org", "", "1. first", "   - inner", "2. second", "",
                                 "   more", "", "    said", "", "* * *", "", "end"]


def test_plain_text_is_wrapped_and_long_words_stay_whole() -> None:
    address = "https://a.example.org/" + "x" * WIDTH
    wrapped = list(lines(f"<p>{'word ' * 40}</p><p>{address}</p>"))
    assert max(map(len, wrapped[:-1])) <= WIDTH
    assert wrapped[-1] == address
