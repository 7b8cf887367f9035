"""Signs: many short texts, found in one pass, so that a rule is shown only the files in which it could find something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules import RULES
from amends.rules.phrases import Clue, _begun, _Leveller, _Pattern
from amends.rules.safety import email_address, phone_number, raw_html, secret, unsafe_html
from amends.rules.safety.html import SCRIPT_LINK, TAG
from amends.rules.signs import Signs

signs = Signs(["tim", "time", "a b", "timer"])


def test_signs_are_found_inside_words_and_across_each_other():
    assert signs.held_by("the timer") == {"tim", "time", "timer"}
    assert signs.places_in("time, a b") == [("tim", 0), ("time", 0), ("a b", 6)]


def test_no_signs_are_found_nowhere():
    assert Signs([]).held_by("anything") == frozenset()
    assert Signs([]).places_in("anything") == []


@given(st.lists(st.text("ab -é字", min_size=1, max_size=4), max_size=6), st.text("ab -é字", max_size=40))
def test_a_sign_is_found_exactly_where_it_stands(words, text):
    places = {(word, at) for word in words for at in range(len(text)) if text.startswith(word, at)}
    assert set(Signs(words).places_in(text)) == places
    assert Signs(words).held_by(text) == {word for word, _ in places}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.signs], ids=lambda rule: rule.code)
def test_a_sign_is_in_lower_case(rule):
    assert all(sign == sign.lower() and sign for sign in rule.signs)


@pytest.mark.parametrize(
    ("module", "pattern"),
    [
        (phone_number, phone_number._LABELLED),
        (phone_number, phone_number._INTERNATIONAL),
        (phone_number, phone_number._NORTH_AMERICAN),
        (phone_number, phone_number._CALLED),
        (secret, secret._ASSIGNED),
        (email_address, email_address._ADDRESS),
        (raw_html, TAG),
        (raw_html, SCRIPT_LINK),
        (unsafe_html, unsafe_html._ELEMENT),
        (unsafe_html, unsafe_html._EVENT),
        (unsafe_html, SCRIPT_LINK),
        (secret, secret._PASSWORD_IN_URL),
    ],
    ids=str,
)
@given(data=st.data())
def test_whatever_a_rule_looks_for_has_one_of_its_signs(module, pattern, data):
    text = data.draw(st.from_regex(pattern, fullmatch=True)).lower()
    assert any(sign in text for sign in module.RULE.signs)


_word = st.sampled_from(["we", "don't", "care*", "could", "(our|the company's) own?", "(a|an) … (one|two or three)", "… not?", "sorry (if|that)?"])


@given(st.lists(_word, min_size=1, max_size=5), st.data())
def test_what_a_pattern_matches_holds_one_text_of_each_of_its_parts(words, data):
    pattern = _Pattern(" ".join(["begin", *words, "end"]))
    text = _Leveller(pattern.text)(data.draw(st.from_regex(pattern.regex, fullmatch=True)))
    assert all(any(piece in text for piece in part) for part in pattern.parts)


@given(st.text("aÉ.'’,-*_\"“”…()\t\n\x1c\x85\u00a0\u2009\u3000字 ", max_size=30))
def test_words_stand_one_space_apart_whatever_stood_between_them(text):
    plain = "".join(" " if letter in ",-*_\"“”…()" else "'" if letter == "’" else letter for letter in text.lower())
    words = " ".join(("", *plain.split(), ""))
    assert _Leveller(())(text).split() == words.replace(" '", " ").split()


@given(_word.filter(lambda word: "…" not in word and not word.endswith("?")), st.lists(_word, max_size=4), st.data())
def test_a_pattern_stands_where_one_of_its_signs_does(first, words, data):
    clue = Clue(_Pattern(" ".join([first, *words, "end"])), "", None)
    said = data.draw(st.from_regex(clue.pattern.regex, fullmatch=True).filter(lambda said: len(said) < clue.length))
    text = _Leveller(clue.pattern.text)(f"well, {said}, so")
    assert any(clue.stands_at(text, at) for _sign, at in Signs(map(_begun, clue.signs)).places_in(text))
