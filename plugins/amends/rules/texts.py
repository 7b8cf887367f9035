"""What can be told of a text without understanding it: that it holds a place for another text, or that it is too short to say anything."""

import re
from collections.abc import Iterable

TOP_LEVEL_FREE = frozenset(("extra", "page", "silence"))
"""Keys of a record whose texts are not the incident's story."""

_WORDS = ("tbd", "tba", "tbc", "todo", "n/a", "n.a.", "fixme", "xxx", "xxxx", "?", "??", "???", "..", "...", "…", "……", "-", "--", "–", "—",
          "to do", "to be done", "to be written", "to be determined", "to be decided", "to be confirmed", "placeholder", "not written yet",
          "to be added", "to be filled in", "to be completed", "will be added", "will follow", "to follow", "coming soon", "more to come")
STANDING_IN = frozenset(written for word in _WORDS for form in (word, word.upper(), word.capitalize()) for written in (form, f"{form}."))
"""Texts that hold a place for another, as they are usually written."""
_OPENINGS = frozenset(
    opening[:4] for word in ("todo", "fixme", "tbd:", "tbd ", "lorem", "????", "....", "……", "………", "…………", "xxxx", "____", "----")
    for opening in (word, word.upper(), word.capitalize(), *STANDING_IN))
"""The first four characters of whatever holds a place; template text in angle brackets aside."""

_TEMPLATE = re.compile(
    r"<[^<>]+>|(?:todo|fixme|tbd)\b ?:.*|lorem ipsum\b.*|[?.…xX_-][?.…xX_ -]{2,}"
    r"|(?:(?:to|will) be (?:added|filled in|completed|written|updated)|will follow|to follow)(?: (?:later|soon|shortly|here|after|when|once)\b[^.\d]{0,50})\.?",
    re.IGNORECASE | re.DOTALL)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


def may_hold_a_place(text: str) -> bool:
    """Whether it is worth asking `is_placeholder`: a clean record has hundreds of texts, and each may cost next to nothing."""
    return text[:4] in _OPENINGS or text[:1] == "<"


def any_may_hold_a_place(texts: Iterable[str]) -> bool:
    """Whether it is worth asking `may_hold_a_place` of each."""
    openings = [text[:4] for text in texts]
    return not _OPENINGS.isdisjoint(openings) or "\n<" in "\n".join(("", *openings))


def is_placeholder(text: str) -> bool:
    """Whether the whole text only holds a place: `TBD`, `???`, `<what customers saw>`, `TODO: …`. Prose that mentions TODO does not."""
    if text in STANDING_IN:
        return True
    return _TEMPLATE.fullmatch(text) is not None and "://" not in text and "@" not in text


def says_little(text: str, letters: int = 20, words: int = 4) -> bool:
    """Whether the text has fewer than `letters`, or fewer than `words` that are not long ones.

    Where no spaces stand between words, a character counts as three letters and words are not counted.
    """
    length = len(text)
    if length >= 2 * letters:
        return False
    unspaced = len(_UNSPACED.findall(text))
    if length + 2 * unspaced < letters:
        return True
    return not unspaced and len(text.split()) < words
