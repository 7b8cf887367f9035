"""What a search finds and what it is narrowed by: facts of records, checklists, plans and promises, as words and facets.

Nothing here knows a search engine. A corpus that is given holds only what a reader may see.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import chain, takewhile
from pathlib import Path

import Stemmer
import yaml
from num2words import num2words

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.language import N_, NP_, _, pgettext, spoken
from amends.record import Commitment, Progress, Record, given
from amends.render.facets import OF_INCIDENTS, values_of
from amends.render.ledger import STATES, state_slug
from amends.render.plan import plan_id

FACETS = {"kind": N_("Kind"), **OF_INCIDENTS}
"""What results are narrowed by, with its label, in the order in which readers see it."""

PARTS = ("plan", "promise")
"""The kinds of what is a part of a record's page; others are pages. They are searched when a reader asks for them: their words stand on the pages too."""

_PLAN = N_("contingency plan")
"""What nobody calls it on a page, and many do who look for one."""

_PAGES_CALLED = {
    "promises.md": NP_("search", "open promises, kept promises, broken promises, what did we promise"),
    "actions.md": NP_("search", "open actions, overdue actions, action items, what is still to do"),
    "risks.md": NP_("search", "open risks, what is still at risk, risk register"),
    "trust.md": NP_("search", "transparency, metrics, statistics, how are we doing"),
    "support.md": NP_("search", "what may we say, what may we offer, compensation"),
    "factors/index.md": NP_("search", "causes, most common cause, what do we keep repeating"),
}
"""What else people call the pages that list, by their place in the site: in the words of their questions."""

_UNSEARCHED = (
    N_("Was the response equal to the impact?"), N_("History of this record"), N_("Has this happened before?"), N_("It was like this again"),
    N_("Related incidents"),
)

MAX_WORDS = 20_000
"""How many words are known to correct a misspelt one by."""

EVERYWHERE = 0.9
"""The share of all texts in which a word stands that tells none from another."""
MANY = 500
"""The number of texts among which it matters that such a word is the slowest to look for."""

_WORD = re.compile(r"[^\W\d_]{2,24}")
_SHORT = 4
"""A shorter word is near to many."""
_POINT = "q"
"""Stands for the decimal point or comma of a number."""
_GROUPING = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<![\w.,])(\d+)[.,](\d+)(?![.,]?\d)")
_WITH_POINT = re.compile(rf"\b\d+{_POINT}\d+\w*")
SCALES = {
    "hundred": 2, "hundert": 2, "k": 3, "thousand": 3, "tausend": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "millionen": 6, "bn": 9, "mrd": 9, "billion": 9,
    "milliarden": 9,
}
"""What may follow a number that is not written in full, and how many zeros it stands for."""
_AMOUNT = re.compile(rf"(?<!\w)(\d+(?:{_POINT}\d+)?)\s?({'|'.join(SCALES)})\b", re.IGNORECASE)
_MARKUP = re.compile(r"[`*_]+|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Findable:
    """One thing that a search can find, with the facts that a result shows."""

    kind: str
    title: str
    names: tuple[str, ...] = ()
    """What it is called outside its title: stem, outside numbers, a rule's code. Who asks for one of them wants exactly this."""
    day: str | None = None
    """When it was, as an ISO date."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The values that it is narrowed by, beside its kind."""
    called: tuple[str, ...] = ()
    """What its data says of it, as readers read it there: ids, tags; and what else people call what it tells of."""


@dataclass(frozen=True)
class Part:
    """A part of a record that is found by itself."""

    found: Findable
    path: str
    """The record's file."""
    anchor: str
    """Where on the record's page it stands."""
    text: str


def findable_record(record: Record) -> Findable:
    """The page of a record."""
    promises = dict.fromkeys(word for commitment in given(record.reply.commitments) for word in _called_promise(commitment))
    return Findable("incident", record.title or record.stem, (record.stem, *record.aliases), _day(record), {**facets_of(record), "state": (record.status.value,)},
                    (*((_(_PLAN),) if given(record.contingency_plan) else ()), *promises))


def _called_promise(commitment: Commitment) -> tuple[str, str]:
    """That it is a promise, and what became of it."""
    return pgettext("search", "promise"), _(STATES[commitment.progress])


def findable_checklist(checklist: Checklist, stem: str) -> Findable:
    """The page of a checklist."""
    return Findable("checklist", checklist.title or stem, (stem,), None, {"service": tuple(given(checklist.services))}, (pgettext("search", "checklist"),))


def called_page(uri: str) -> tuple[str, ...]:
    """What a page that lists is found by beside its own words."""
    return (pgettext(*_PAGES_CALLED[uri]),) if uri in _PAGES_CALLED else ()


def parts(corpus: Corpus, seen: Callable[[str, str], str]) -> Iterator[Part]:
    """Every plan and every promise that a record tells of, the oldest record first. `seen` gives what readers may see of a Markdown text in a file."""
    for record in sorted(corpus.records, key=lambda record: record.stem):
        if record.document.broken or (record.page is not None and record.page.search and record.page.search.get("exclude") == "true"):
            continue
        facets, day = facets_of(record), _day(record)
        of = seen(record.title or record.stem, record.path)
        for number, plan in enumerate(given(record.contingency_plan)):
            sign, *steps = (_plain(seen(text, record.path)) for text in (plan.if_ if isinstance(plan.if_, str) else "", *given(plan.then)))
            if sign or steps:
                text = " ".join((*steps, of))
                called = (_(_PLAN), *also_called(f"{sign} {text}")[0])
                yield Part(Findable("plan", sign or of, (record.stem,), day, facets, called), record.path, plan_id(number), text)
        for commitment in given(record.reply.commitments):
            if isinstance(commitment.promise, str):
                promise, broken = (_plain(seen(text, record.path)) for text in (commitment.promise, commitment.broken or ""))
                text = " ".join(filter(None, (broken, of)))
                called = (*_called_promise(commitment), *also_called(f"{promise} {text}")[0])
                yield Part(Findable("promise", promise, (record.stem,), day, {**facets, "state": (state_slug(commitment.progress),)}, called), record.path,
                           commitment.id or "", text)


def labels(corpus: Corpus) -> dict[str, dict[str, str]]:
    """What readers call the values that a site names itself, and those that its records use of them."""
    vocabulary = corpus.settings.vocabulary
    services = {*corpus.by_service, *(name for checklist in corpus.checklists for name in given(checklist.services))}
    return {
        "service": {name: vocabulary.label("services", name) for name in sorted(services)},
        "factor": {kind: vocabulary.label("factors", kind) for kind in sorted(corpus.by_factor)},
    }


def unsearched() -> frozenset[str]:
    """The headings of those sections of a record's page that repeat what other pages say."""
    return frozenset(map(_, _UNSEARCHED))


class Words:
    """Counts in how many texts a word stands: by these a misspelt one is corrected, and one that stands everywhere is known."""

    def __init__(self) -> None:
        self._texts: Counter[str] = Counter()
        self._number = 0
        self._small: Counter[str] = Counter()
        self._names: dict[str, str] = {}

    def add(self, text: str) -> None:
        """Count the words of one text."""
        written = set(_WORD.findall(text))
        small = {word for word in written if word.islower()}
        self._texts.update({word.casefold() for word in written})
        self._small.update(small)
        for word in written - small:
            self._names.setdefault(word.casefold(), word)
        self._number += 1

    def known(self) -> list[str]:
        """The words that stand in most texts, these first, short ones only where they are names; names, which few texts begin with a small letter, as
        they are written.
        """
        words = ((word if 2 * self._small[word] > texts else self._names.get(word, word), texts) for word, texts in self._texts.items())
        told = ((word, texts) for word, texts in words if len(word) >= (_SHORT if word.islower() else _SHORT - 1))
        return [word for word, _texts in sorted(told, key=lambda pair: (-pair[1], pair[0].casefold()))[:MAX_WORDS]]

    def everywhere(self) -> list[str]:
        """The words that stand in nearly all of many texts."""
        return sorted(word for word, texts in self._texts.items() if texts > EVERYWHERE * self._number) if self._number >= MANY else []


def other_names(text: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """All names of each thing that a text calls by one of several, with those that it does not use and is found by: `CEO` where it tells of a
    chief executive, `18` where it tells of eighteen hours.
    """
    pattern, lines, finding = _names()
    used = set(map(str.casefold, pattern.findall(text)))
    in_words, values = _numerals(spoken().code)
    written = sorted({(values[name], name) for name in map(str.casefold, in_words.findall(text))})
    numbers: dict[tuple[str, ...], tuple[str, ...]] = {pair: pair[:1] if pair[0] != "1" else () for pair in written}
    return {**{line: tuple(name for name in finding[line] if name.casefold() not in used) for line in sorted({lines[name] for name in used})}, **numbers}


def also_called(text: str) -> tuple[tuple[str, ...], Iterable[tuple[str, ...]]]:
    """What a text is found by beside its words: other names, and its numbers as words; and all names of the things that it names."""
    others = other_names(text)
    return (*chain.from_iterable(others.values()), *numbers_of(text)), others


@cache
def _names() -> tuple["re.Pattern[str]", Mapping[str, tuple[str, ...]], Mapping[tuple[str, ...], tuple[str, ...]]]:
    """What finds names in a text, the line of each, and what a page that holds one of a line is found by."""
    lists: dict[str, list[list[str]]] = yaml.load((Path(__file__).parent / "names.yml").read_bytes(), yaml.CSafeLoader)
    finding = {**{tuple(line): tuple(line) for line in lists["each"]}, **{tuple(line): (line[0],) for line in lists["first"]}}
    lines = {name.casefold(): line for line in finding for name in line}
    return re.compile(rf"\b({'|'.join(map(re.escape, lines))})s?\b", re.IGNORECASE), lines, finding


@cache
def _numerals(language: str) -> tuple["re.Pattern[str]", Mapping[str, str]]:
    """What finds numbers from one to ninety-nine in words, in English and in another language, and the digits of each."""
    values = {num2words(number, lang=code): str(number) for code in (language, "en") for number in range(1, 100)}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(values, key=len, reverse=True)))})\b", re.IGNORECASE), values


def numerals() -> dict[str, int]:
    """The numbers that others are said with, up to twenty and the tens, by their names in English and in the reader's language."""
    return {name: int(value) for name, value in _numerals(spoken().code)[1].items() if int(value) <= 20 or value.endswith("0")}


def numbers_of(text: str) -> tuple[str, ...]:
    """The numbers of a text that an index of its words does not hold as they are asked for, as words: `0q9` for 0.9, which is not 09 (it drops
    signs), and `8500000` for 8.5 million. `answers.js` asks for these.
    """
    in_words, values = _numerals(spoken().code)
    plain = in_words.sub(lambda name: values[name[0].casefold()], _DECIMAL.sub(rf"\1{_POINT}\2", _GROUPING.sub("", text)))
    amounts = (Decimal(number.replace(_POINT, ".")) * 10 ** SCALES[scale.casefold()] for number, scale in _AMOUNT.findall(plain))
    return tuple(dict.fromkeys((*_WITH_POINT.findall(plain), *(str(int(amount)) for amount in amounts if amount == int(amount)))))


def with_stems(words: Iterable[str], language: str) -> Iterator[str]:
    """Each word with a dot after as much of its stem as it is written with, `verifi.ed`; none where the stem is the whole word. The language
    is given by its English name; in one without a stemmer words are given as they are.
    """
    if language.lower() not in Stemmer.algorithms():
        yield from words
        return
    stemmer = Stemmer.Stemmer(language.lower())
    for word in words:
        pairs = zip(_unmarked(word.lower()), _unmarked(stemmer.stemWord(word.lower())), strict=False)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        yield word if length == len(word) or "ß" in word else f"{word[:length]}.{word[length:]}"


def _unmarked(word: str) -> str:
    """A word without accents and dots, which stemmers take off too; as long as before."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in word)


def facets_of(record: Record) -> dict[str, tuple[str, ...]]:
    """What a record, and any part of it, is narrowed by, beside its kind and its state."""
    return {**values_of(record), "year": tuple(filter(None, ((_day(record) or "")[:4],)))}


def _day(record: Record) -> str | None:
    """The day on which it began, or that the stem names."""
    day = record.started.day if record.started else record.stem_day
    return day.isoformat() if day else None


def _plain(text: str) -> str:
    """A text's words on one line, without the marks of Markdown."""
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", text).split())


def states() -> dict[str, Progress]:
    """The states of promises, by what facets name them."""
    return {state_slug(progress): progress for progress in STATES}
