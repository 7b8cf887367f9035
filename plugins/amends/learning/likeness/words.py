"""What a text is about, in marks that can be compared: stems, concepts, pairs of concepts, and pieces of writing without spaces."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

import Stemmer
import yaml

CONCEPT = "@"
"""What the mark of a concept begins with; a pair of concepts has one before each."""

_HERE = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_END = re.compile(r"[.!?;]\s|[\n。！？；]")
"""Where a sentence ends."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\uac00-\ud7af]+")
"""Han, kana, Thai and Hangul: writing without spaces between words, or with endings that no stemmer here takes off."""
_HIRAGANA = re.compile(r"[\u3040-\u309f]")
_DEFAULT = "english"


class _Vocabulary(NamedTuple):
    grammar: Mapping[str, frozenset[str]]
    """The words of each language's grammar."""
    languages: Mapping[str, frozenset[str]]
    """With these the words that stand in any story."""
    dull: frozenset[str]
    """What stands in every postmortem."""
    exact: Mapping[str, str]
    """The concept that a word stands for."""
    beginnings: Mapping[str, str]
    """The concept that all words with this beginning stand for."""
    longest: int
    """How long the longest beginning is, in letters."""
    unspaced: "re.Pattern[str]"
    """Finds the concepts' words where words are not set apart."""
    spaced: Mapping[str, tuple[str, ...]]
    """The words by which each concept is known in writing with spaces; `*` ends the beginning of one."""

    def concept_of(self, word: str) -> str | None:
        """The concept that a word in lower case stands for, if it does for one."""
        concept = self.exact.get(word)
        if concept is None:
            longest = min(len(word), self.longest)
            concept = next((self.beginnings[word[:n]] for n in range(longest, 1, -1) if word[:n] in self.beginnings), None)
        return concept


@cache
def _vocabulary() -> _Vocabulary:
    common = yaml.load((_HERE / "common.yml").read_bytes(), yaml.CBaseLoader)  # noqa: S506 - makes text of everything
    grammar = {language: frozenset(words) for language, words in common["grammar"].items()}
    languages = {language: words.union(common["everyday"][language]) for language, words in grammar.items()}
    concepts: dict[str, list[str]] = yaml.load((_HERE / "concepts.yml").read_bytes(), yaml.CBaseLoader)  # noqa: S506 - likewise
    exact: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for concept, entries in concepts.items():
        for word in entries:
            (beginnings if word.endswith("*") else exact)[word.rstrip("*")] = concept
    unspaced = sorted((word for word in exact if _UNSPACED.match(word)), key=len, reverse=True)
    return _Vocabulary(grammar, languages, frozenset(common["postmortems"]), exact, beginnings, max(map(len, beginnings)), re.compile("|".join(unspaced)),
                       {concept: tuple(word for word in entries if not _UNSPACED.match(word)) for concept, entries in concepts.items()})


@lru_cache(maxsize=1 << 14)
def _spaced_concept(word: str) -> str | None:
    return None if _UNSPACED.match(word) else _vocabulary().concept_of(word)


def concepts_in(text: str) -> tuple[str, ...]:
    """The concepts that the words of `text` stand for, in writing with spaces, sorted."""
    return tuple(sorted({concept for word in set(_WORD.findall(text.lower())) if (concept := _spaced_concept(word)) is not None}))


def words_for(concepts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words by which people may call each of these concepts; `*` ends the beginning of one."""
    return {concept: _vocabulary().spaced[concept] for concept in concepts}


def dull_words(*languages: str) -> frozenset[str]:
    """The words that tell nothing of what happened: those of any story in these languages, by their English names, and what stands in
    every postmortem.
    """
    known = _vocabulary()
    return known.dull.union(*(known.languages.get(language.lower(), ()) for language in languages))


def grammar_words(*languages: str) -> frozenset[str]:
    """The words of which sentences are made in these languages, by their English names."""
    return frozenset().union(*(_vocabulary().grammar.get(language.lower(), ()) for language in languages))


class Reading:
    """Reads texts into marks, and remembers every word that it has seen: a corpus repeats its words, and a stem costs more than a look-up."""

    def __init__(self, ignored: Iterable[str] = ()) -> None:
        """Words that are `ignored`, for example the names of services, leave no mark."""
        self._vocabulary = _vocabulary()
        self._ignored = frozenset(word for name in ignored for word in (name.lower(), *_WORD.findall(name.lower().replace("-", " "))))
        self._known: dict[str, _Words] = {}

    def marks(self, text: str) -> frozenset[str]:
        """What `text` is about: stems, concepts (`@certificate`) and the pairs of concepts that share a sentence (`@certificate@expired`)."""
        found: set[str] = set()
        sentences = [(sentence, set(_WORD.findall(sentence))) for sentence in _END.split(text.lower())]
        mark_of = self._words_of(self._language(set().union(*[words for _, words in sentences]))).__getitem__
        for sentence, words in sentences:
            here = set(map(mark_of, words))
            if not sentence.isascii():
                here.update(self._unspaced(sentence))
            concepts = [mark for mark in here if mark[:1] == CONCEPT]
            found |= here
            if len(concepts) > 1:
                found.update([first + second for first, second in combinations(sorted(concepts), 2)])
        found.discard("")
        return frozenset(found)

    def words(self, text: str, marks: Iterable[str], limit: int) -> tuple[str, ...]:
        """As many words of `text` as there may be at most, as it has them, that left the first of `marks`: a pair of concepts gives two."""
        written: dict[str, str] = {}
        known = self._words_of(self.language(text))
        for word in _WORD.findall(text):
            written.setdefault(known[word.lower()], word)
        for run in _UNSPACED.findall(text):
            for word in self._vocabulary.unspaced.findall(run):
                written.setdefault(CONCEPT + self._vocabulary.exact[word], word)
        found: dict[str, None] = {}
        for mark in marks:
            for part in [CONCEPT + concept for concept in mark.split(CONCEPT)[1:]] or [mark]:
                if part in written:
                    found[written[part]] = None
        return tuple(found)[:limit]

    def language(self, text: str) -> str:
        """The language, by the commonest of its words, as the name of its stemmer; English where none is sure."""
        return self._language(set(_WORD.findall(text.lower())))

    def _language(self, words: Set[str]) -> str:
        votes = {language: len(own & words) for language, own in self._vocabulary.languages.items()}
        return min(votes, key=lambda language: (-votes[language], language != _DEFAULT, language)) if any(votes.values()) else _DEFAULT

    def _words_of(self, language: str) -> "_Words":
        if language not in self._known:
            self._known[language] = _Words(language, self._vocabulary, self._ignored)
        return self._known[language]

    def _unspaced(self, sentence: str) -> Iterator[str]:
        """The concepts in writing without spaces, and every two letters of the rest that stand side by side."""
        for run in _UNSPACED.findall(sentence):
            rest = self._vocabulary.unspaced.sub(" ", run)
            for word in self._vocabulary.unspaced.findall(run):
                yield CONCEPT + self._vocabulary.exact[word]
            for piece in rest.split():
                for first, second in pairwise(piece):
                    if not (_HIRAGANA.match(first) or _HIRAGANA.match(second)):  # Japanese grammar is written in hiragana
                        yield first + second


class _Words(dict[str, str]):
    """The mark of every word of a language; nothing for one that says nothing."""

    def __init__(self, language: str, vocabulary: _Vocabulary, ignored: frozenset[str]) -> None:
        self._language, self._vocabulary, self._ignored = language, vocabulary, ignored
        self._stemmer = Stemmer.Stemmer(language)

    def __missing__(self, word: str) -> str:
        mark = self[word] = self._mark(word)
        return mark

    def _mark(self, word: str) -> str:
        known = self._vocabulary
        if word in self._ignored or _UNSPACED.match(word):
            return ""
        concept = known.concept_of(word)
        if concept is not None:
            return CONCEPT + concept
        if len(word) < 3 or word.isdigit() or word in known.dull or word in known.languages[self._language]:
            return ""
        return str(self._stemmer.stemWord(word))
