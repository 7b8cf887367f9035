"""Phrases that betray a fault of wording: one YAML file a language, read and compiled when the first record is asked about.

Amends brings the languages in BUILT_IN; a site adds its own, or more phrases to these, under `wording` in its settings. A pattern is a
phrase and no regular expression, so that whoever speaks a language can write one, and so that none can take long:

- words stand one after the other, whatever the spaces, line breaks or hyphens between them, in upper or lower case
- `(any|a few)` is one or the other, `very?` may be missing, `care*` has any ending, `…` stands for up to five words of one sentence
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import TypeAlias

from amends.diagnostics import Fault, Path, Position
from amends.reading import frontmatter
from amends.reading.document import Document
from amends.reading.typed import Misfit, Node, Reader, Text
from amends.rules.signs import Signs
from amends.settings import Settings, SettingsError

BUILT_IN = ("en", "de")
"""The languages that Amends brings, in the order in which a text is checked."""

_FOLDER = FilePath(__file__).parent / "wording" / "phrases"


# What a file says ---------------------------------------------------------------------------------------------------


class Phrase(Node):
    """Phrases with one and the same remedy."""

    say: tuple[Text, ...] = ()
    """Patterns of what people write."""
    better: Text | None = None
    """What to write instead."""


class Negation(Node):
    """How a sentence takes back what it says."""

    before: tuple[Text, ...] = ()
    """What negates a phrase that follows it in the same clause."""
    after: tuple[Text, ...] = ()
    """What negates a phrase that it follows directly."""
    ends: tuple[Text, ...] = ()
    """What a negation does not reach across."""


class NamedPerson(Node):
    """How a sentence makes a person the cause."""

    better: Text | None = None
    """What to write instead."""
    given_names: tuple[Text, ...] = ()
    """Names that are a person's and hardly anything else; those of one language are known in all."""
    titles: tuple[Text, ...] = ()
    """What stands before a surname."""
    did: tuple[Text, ...] = ()
    """Patterns that follow the name."""
    done_by: tuple[Text, ...] = ()
    """Patterns that the name follows."""
    whose: tuple[Text, ...] = ()
    """Patterns that follow the name and its `'s`."""


class PhraseFile(Node):
    """The phrases of one language."""

    as_said: Text | None = None
    """A sentence that ends the help for words that were really said; `{code}` stands for the rule's."""
    negation: Negation | None = None
    """How a sentence takes back what it says."""
    conditional_apology: tuple[Phrase, ...] = ()
    """An apology that depends on an if."""
    excuse: tuple[Phrase, ...] = ()
    """It could not be helped."""
    shifted_blame: tuple[Phrase, ...] = ()
    """It was somebody else."""
    empty_regret: tuple[Phrase, ...] = ()
    """Regret that names nothing."""
    hindsight: tuple[Phrase, ...] = ()
    """What only somebody who knows the outcome can say."""
    blame: tuple[Phrase, ...] = ()
    """A judgement of people in place of an explanation."""
    named_person_as_cause: NamedPerson | None = None
    """A person's name as the cause."""


FAULTS = ("conditional_apology", "excuse", "shifted_blame", "empty_regret", "hindsight", "blame")
"""The faults that phrases alone betray."""


# From patterns to regular expressions -------------------------------------------------------------------------------

_GAP = r"(?:,?[\s*_]+|-)"
_WORD = r"[^\s\-*_,.!?;:()\0]+"
_LETTER = r"[^\W_]"
_WINDOW = 5
"""How many words `…` stands for at most, and how far before a phrase a negation is looked for."""

_TOKEN = re.compile(r"\s*([()|?…]|[^\s()|?…]+)")


_Sequence: TypeAlias = "list[tuple[str | list[_Sequence], bool]]"
"""Items that stand one after the other, each with whether it may be missing; an item is a word, … or alternatives."""


class _Pattern:
    """A pattern taken apart."""

    def __init__(self, text: str) -> None:
        self._tokens = [match[1] for match in _TOKEN.finditer(text.strip().lower().replace("...", "…"))]
        self._at = 0
        self.text = text
        self.alternatives = self._alternatives()
        if self._at < len(self._tokens):
            raise self._misfit("a `)` closes what was never opened")

    @property
    def regex(self) -> str:
        """The regular expression, for whole words."""
        glued = any(_glued(letter) for part in self.parts for text in part for letter in text)
        return _either(self.alternatives) if glued else f"(?<!{_LETTER})(?<!{_LETTER}-){_either(self.alternatives)}"

    def _misfit(self, fact: str) -> Misfit:
        return Misfit("wrong-type", f"in the pattern `{self.text}`, {fact}",
                      "a pattern is a phrase; (a|b) is one or the other, a? may be missing, care* has any ending, … stands for some words")

    def _next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _alternatives(self) -> list[_Sequence]:
        found = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            found.append(self._sequence())
        return found

    def _sequence(self) -> _Sequence:
        items: _Sequence = []
        while (token := self._next()) is not None and token not in ("|", ")"):
            self._at += 1
            item: str | list[_Sequence] = token
            if token == "?":
                raise self._misfit("a `?` stands where a word is expected")
            if token == "(":
                item = self._alternatives()
                if self._next() != ")":
                    raise self._misfit("a `(` is never closed")
                self._at += 1
            elif "*" in token[:-1] or token == "*":
                raise self._misfit("a `*` stands elsewhere than at the end of a word")
            optional = self._next() == "?"
            self._at += optional
            items.append((item, optional))
        if not any(item != "…" and not optional and (not isinstance(item, str) or _LITERAL.search(item)) for item, optional in items):
            raise self._misfit("there is no word that must be there")
        if items[0][0] == "…" or items[-1][0] == "…":
            raise self._misfit("… stands at an end, where it means nothing")
        return items

    @cached_property
    def parts(self) -> list[frozenset[str]]:
        """What stands in a levelled text wherever the pattern does: one text of each of these, most telling first."""
        parts = _parts(self.alternatives[0]) if len(self.alternatives) == 1 else [frozenset().union(*map(_telling, self.alternatives))]
        return sorted(parts, key=_tells, reverse=True)

    @property
    def beginning(self) -> frozenset[str] | None:
        """The one of these parts with which the pattern begins, if it does with one."""
        first, optional = self.alternatives[0][0]
        told = len(self.alternatives) == 1 and not optional and _spelled(first) is not None
        return _parts(self.alternatives[0])[0] if told else None


_LITERAL = re.compile(r"[^\W_]+")


def _parts(sequence: _Sequence) -> list[frozenset[str]]:
    """The parts of a sequence that must be there, as long as can be, each spelled out in every way."""
    parts: list[frozenset[str]] = []
    spelled = [""]
    for item, optional in [*sequence, ("…", False)]:
        further = _spelled(item) if item != "…" and not (optional and spelled == [""]) else None
        if further is not None and optional:
            further = [*further, ""]
        if spelled != [""] and (further is None or len(spelled) * len(further) > _WAYS or any(text.endswith("*") for text in spelled)):
            parts.append(frozenset(text.replace("*", "") for text in spelled))
            spelled = [""]
            further = None if optional else further
        if further is not None:
            spelled = _one_after_the_other(spelled, further)
        elif not isinstance(item, str) and not optional:
            parts.append(frozenset().union(*(_telling(each) for each in item)))
    return parts


def _one_after_the_other(befores: list[str], afters: list[str]) -> list[str]:
    return [f"{before} {after}".strip() for before in befores for after in afters]


def _telling(sequence: _Sequence) -> frozenset[str]:
    """Of the parts of a sequence, the one that other texts are least likely to hold."""
    return max(_parts(sequence), key=_tells, default=frozenset())


def _tells(part: frozenset[str]) -> tuple[int, int]:
    return min(map(len, part)), -len(part)


def _spelled(item: str | list[_Sequence]) -> list[str] | None:
    """An item in every way in which it can be written, with `*` where a word goes on; None where there are too many."""
    if isinstance(item, str):
        return [item]
    ways: list[str] = []
    for sequence in item:
        spelled = [""]
        for part, optional in sequence:
            further = _spelled(part) if part != "…" else None
            if further is None or any(text.endswith("*") for text in spelled):
                return None
            spelled = _one_after_the_other(spelled, [*further, ""] if optional else further)
        ways += spelled
    return ways if len(ways) <= _WAYS else None


_WAYS = 120
"""In how many ways a part of a pattern is spelled out at most."""


def _begun(sign: str) -> str:
    """A sign as it begins a word of a levelled text; where words have no beginning it stands anywhere."""
    return sign if _glued(sign[0]) else f" {sign}"


def _length(sequence: _Sequence) -> int:
    """How many characters what matches hardly exceeds."""
    return sum(
        20 * _WINDOW if item == "…" else len(item) + 12 if isinstance(item, str) else max(map(_length, item)) for item, _ in sequence)


_BETWEEN = ",-*_"
_MARKS = "\"`()[]{}<>|#~/\\=+:;"
_OTHER_MARKS = "“”„‚‘«»‹›—–…\u2011"
"""What may stand between words, or before the first one."""
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
_OTHER_SPACES = "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_RUN = re.compile(b"   *")  # the same as `  +`, and sooner found: both spaces of its beginning are looked for


class _Leveller:
    """Puts texts in lower case, their words apart by one space each, whatever stood between them; one space before the first and after the last."""

    def __init__(self, kept: Iterable[str]) -> None:
        """Marks that are `kept` are taken for parts of words."""
        marks = _SPACES + _BETWEEN + "".join(set(_MARKS).difference(kept))
        self._spaces = bytes.maketrans(marks.encode(), b" " * len(marks))  # on bytes, since to translate text takes ten times as long
        self._others = (*_OTHER_SPACES, *set(_OTHER_MARKS).difference(kept))

    def __call__(self, text: str) -> str:
        text = text.lower()
        if not text.isascii():
            text = text.replace("’", "'").replace("i\u0307", "i")  # which İ is in lower case
            for mark in self._others:
                text = text.replace(mark, " ")
        spaced = b" %b " % text.encode(errors="replace").translate(self._spaces)
        return _RUN.sub(b" ", spaced.replace(b" '", b" ")).decode()


def _either(alternatives: list[_Sequence]) -> str:
    choices = list(map(_in_order, alternatives))
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _in_order(sequence: _Sequence) -> str:
    parts, begun = [], False
    for item, optional in sequence:
        if item == "…":
            parts.append(f"(?:{_GAP}{_WORD}){{0,{_WINDOW}}}?")
            continue
        one = _whole_word(item) if isinstance(item, str) else _either(item)
        if optional:
            one = f"(?:{_GAP}{one})?" if begun else f"(?:{one}{_GAP})?"
        elif begun:
            one = f"{_GAP}{one}"
        begun = begun or not optional
        parts.append(one)
    return "".join(parts)


def _whole_word(word: str) -> str:
    """A word up to its end; whether one begins here is asked once, where the pattern begins.

    Where letters have no case, particles are glued to a word, or no spaces stand around it: such a word is found inside others too.
    """
    stem = word.removesuffix("*")
    regex = re.escape(stem).replace("'", "['’]")
    after = f"{_LETTER}*" if word != stem else "" if _glued(stem[-1]) else f"(?!{_LETTER})"
    return f"{regex}{after}"


def _glued(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo"


def _any_of(patterns: Sequence[str]) -> str:
    return "(?:" + "|".join(_Pattern(pattern).regex for pattern in patterns) + ")"


# A site's wording ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase in a text."""

    start: int
    """Where in the text it begins."""
    end: int
    """Where it ends."""
    words: str
    """As it was written, on one line."""
    better: str
    """What to write instead."""
    as_said: str
    """What the language tells of words that were really said, or nothing."""


class Clue:
    """A pattern that a record may hold, because it holds a sign of it."""

    def __init__(self, pattern: _Pattern, better: str, language: "_Language") -> None:
        self.pattern, self.better, self.language = pattern, better, language
        self.signs, *others = pattern.parts
        self._begin = self.signs == pattern.beginning
        self.reaches = "…" in pattern.text
        self._others = [frozenset(map(_begun, part)) for part in others]
        self.length = max(map(_length, pattern.alternatives))
        """How many characters around a sign are looked at; what matches hardly exceeds it."""

    def stands_at(self, levelled: str, at: int) -> bool:
        """Whether a levelled text holds the pattern around the place of one of its signs; right there, where it begins with them."""
        if self._begin:
            return self._loose.match(levelled, at + (levelled[at] == " "), at + self.length) is not None
        around = levelled[max(0, at - self.length):at + self.length]
        return all(any(text in around for text in part) for part in self._others) and self._loose.search(around) is not None

    @cached_property
    def _loose(self) -> re.Pattern[str]:
        """The pattern for a levelled text, in which one word with marks in it has become several: … stands for as many as there are."""
        return re.compile(self.pattern.regex.replace(f"{{0,{_WINDOW}}}?", "*?"), re.IGNORECASE) if self.reaches else self.regex

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern; compiled for the few records that may hold it, since compiling them all takes longer than checking a record."""
        return re.compile(self.pattern.regex, re.IGNORECASE)


class _Language:
    """The files of one language."""

    def __init__(self, files: Sequence[PhraseFile]) -> None:
        self.files = files
        negations = [file.negation for file in files if file.negation is not None]
        self._before = [pattern for negation in negations for pattern in negation.before]
        self._after = [pattern for negation in negations for pattern in negation.after]
        self._ends = [pattern for negation in negations for pattern in negation.ends]
        self.as_said = next((file.as_said for file in files if file.as_said), "")

    def negates(self, prose: str, start: int, end: int) -> bool:
        """Whether the sentence takes back what stands between `start` and `end`."""
        before, after, ends = self._negation
        clause = _CLAUSE_END.split(prose[max(0, start - 200):start])[-1]
        window = " ".join(clause.split()[-_WINDOW:])
        reach = max((end.end() for end in ends.finditer(window)), default=0) if ends else 0
        return bool((before and before.search(window, reach)) or (after and after.match(prose, end)))

    def negates_inside(self, pattern: str, words: str) -> bool:
        """Whether one of the words that stand for a pattern's … negates it: `hätte es nicht sehen können`."""
        before = self._negation[0]
        return before is not None and before.search(words) is not None and before.search(pattern) is None

    @cached_property
    def _negation(self) -> "tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]":
        before, after, ends = (_any_of(patterns) if patterns else None for patterns in (self._before, self._after, self._ends))
        return (re.compile(before, re.IGNORECASE) if before else None, re.compile(_GAP + after, re.IGNORECASE) if after else None,
                re.compile(ends, re.IGNORECASE) if ends else None)

    @cached_property
    def persons(self) -> "tuple[tuple[re.Pattern[str], str], ...]":
        """How the language makes somebody the cause, with what to write instead; the group `name` may be a company's, or no name at all."""
        found = []
        for said in (file.named_person_as_cause for file in self.files):
            if said is None:
                continue
            titles = "|".join(map(re.escape, sorted(said.titles, key=len, reverse=True)))
            title = rf"(?:(?P<title>{titles})\s+)?" if titles else "(?P<title>(?!))?"
            someone = rf"(?<!{_LETTER}){title}(?P<name>{_CAPITALISED}(?:[ \n-](?:{_CAPITALISED}|[A-Z]\.)){{0,3}})"
            if said.did:
                found.append((re.compile(f"{someone}{_GAP}(?i:{_any_of(said.did)})"), said.better or ""))
            if said.whose:
                found.append((re.compile(f"{someone}['’]s?{_GAP}(?i:{_any_of(said.whose)})"), said.better or ""))
            if said.done_by:
                found.append((re.compile(f"(?i:{_any_of(said.done_by)}){_GAP}{someone}"), said.better or ""))
        return tuple(found)


_CLAUSE_END = re.compile(r"[.!?;:,()\0—–]")
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я][^\W\d_]+"


_NOTHING: tuple[dict[str, list[Clue]], frozenset[str]] = ({}, frozenset())
"""What nearly every document holds."""


class Wording:
    """The phrases of all the languages of a site."""

    def __init__(self, files: Mapping[str, Sequence[PhraseFile]], other_names: Iterable[str] = ()) -> None:
        self.languages = tuple(_Language(each) for each in files.values())
        """In the order in which a text is checked."""
        self._other_names = other_names
        self._seen: dict[Document, tuple[dict[str, list[Clue]], frozenset[str]]] = {}

    def clues(self, fault: str, document: Document) -> Sequence[Clue]:
        """What in the document may betray one of FAULTS."""
        return self._looked_at(document)[0].get(fault, ())

    def names(self, document: Document) -> frozenset[str]:
        """The persons' names, and titles, that the document may hold, in lower case."""
        return self._looked_at(document)[1]

    def _looked_at(self, document: Document) -> tuple[dict[str, list[Clue]], frozenset[str]]:
        """Seven rules ask about one document; it is read for the first of them."""
        seen = self._seen.get(document)
        if seen is None:
            seen = self._seen[document] = self._look_at(self._level(document.prose))
        return seen

    @cached_property
    def _level(self) -> _Leveller:
        return _Leveller({letter for clue in self._faults for letter in clue.pattern.text}.difference("()|"))

    def _look_at(self, levelled: str) -> tuple[dict[str, list[Clue]], frozenset[str]]:
        found: dict[str, list[Clue]] = {}
        names: set[str] = set()
        for sign, at in self._signs.places_in(levelled):
            if sign in self._names and not levelled[at + len(sign)].isalnum():
                names.add(sign.strip())
            for clue in self._clues.get(sign, ()):
                clues = found.get(self._faults[clue], ())
                if clue not in clues and clue.stands_at(levelled, at):
                    found[self._faults[clue]] = [*clues, clue]
        return (found, frozenset(names)) if found or names else _NOTHING

    @cached_property
    def _signs(self) -> Signs:
        return Signs((*self._clues, *self._names))

    @cached_property
    def _faults(self) -> dict[Clue, str]:
        return {
            Clue(_Pattern(pattern), phrase.better or "", language): fault
            for fault in FAULTS for language in self.languages for file in language.files for phrase in getattr(file, fault) for pattern in phrase.say
        }

    @cached_property
    def _clues(self) -> dict[str, list[Clue]]:
        """Which clues a sign gives."""
        clues: dict[str, list[Clue]] = {}
        for clue in self._faults:
            for sign in clue.signs:
                clues.setdefault(_begun(sign), []).append(clue)
        return clues

    @cached_property
    def _names(self) -> frozenset[str]:
        other = {word.lower() for name in self._other_names for word in _LITERAL.findall(name)}
        said = [file.named_person_as_cause for language in self.languages for file in language.files if file.named_person_as_cause]
        given = {name.lower() for each in said for name in each.given_names} - other
        titles = {title.lower().rstrip(".") for each in said for title in each.titles}
        return frozenset(map(_begun, given | titles))

    def find(self, clues: Sequence[Clue], prose: str) -> Iterator[Said]:
        """The phrases in `prose`, from its beginning, without those that the sentence itself takes back."""
        matches = [(match.start(), -match.end(), clue) for clue in clues for match in clue.regex.finditer(prose)]
        done = 0
        for start, end, clue in sorted(matches, key=lambda match: match[:2]):
            if start >= done and not clue.language.negates(prose, start, -end) and not (
                    clue.reaches and self._faults[clue] == "hindsight" and clue.language.negates_inside(clue.pattern.text, prose[start:-end])):
                done = -end
                yield Said(start, -end, _one_line(prose[start:-end]), clue.better, clue.language.as_said)

    def find_persons(self, names: frozenset[str], prose: str) -> Iterator[Said]:
        """Where a person with one of `names`, or with a title, stands as the cause."""
        for language in self.languages:
            for regex, better in language.persons:
                for match in regex.finditer(prose):
                    person = match["title"] or not names.isdisjoint(match["name"].lower().split())
                    if person and not language.negates(prose, match.start(), match.end()):
                        yield Said(match.start(), match.end(), _one_line(match[0]), better, language.as_said)


def _one_line(text: str) -> str:
    return " ".join(text.split())


# Reading ------------------------------------------------------------------------------------------------------------


def load_wording(settings: Settings) -> Wording:
    """The phrases that Amends brings, and the site's own. Raises SettingsError where a file of the site can't be used."""
    reader = Reader(PhraseFile)
    files: dict[str, list[PhraseFile]] = {language: [_read(reader, _FOLDER / f"{language}.yml", own=True)] for language in BUILT_IN}
    for language, path in settings.wording.items():
        files.setdefault(language, []).append(_read(reader, settings.root / path, own=False))
    vocabulary = settings.vocabulary
    labels = (word for words in (vocabulary.services, vocabulary.owners) for pair in words.items() for word in pair)
    return Wording(files, labels)


def _read(reader: Reader[PhraseFile], path: FilePath, *, own: bool) -> PhraseFile:
    """The file at `path`. What is wrong inside the patterns of Amends' own files the tests would tell."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(str(path), [(Position(1, 1), Fault((), f"the phrases can't be read: {error.strerror}"))]) from None
    except UnicodeDecodeError:
        raise SettingsError(str(path), [(Position(1, 1), Fault((), "the phrases can't be read: the file is not UTF-8"))]) from None
    parsed = frontmatter.parse(text, 1)
    file, faults = reader.read(parsed.values)
    faults = [*(Fault(f.place, f.message.replace("the front matter", "the file"), f.help, f.rule) for f in parsed.faults), *faults, *(() if own else _misfits(file))]
    if faults:
        places = frontmatter.places(text, 1)
        raise SettingsError(str(path), sorted(((_position(places, fault), fault) for fault in faults), key=lambda each: each[0]))
    return file


def _misfits(file: PhraseFile) -> Iterator[Fault]:
    patterns: list[tuple[Path, tuple[Text, ...]]] = []
    for fault in FAULTS:
        for number, phrase in enumerate(getattr(file, fault)):
            patterns.append(((fault, number, "say"), phrase.say))
            for key in ("say", "better"):
                if not getattr(phrase, key):
                    yield Fault((fault, number, key), f"this entry does not say `{key}`", "write the phrases under `say`, and under `better` what to write instead")
    for part, keys in (("negation", ("before", "after", "ends")), ("named_person_as_cause", ("did", "done_by", "whose"))):
        if getattr(file, part) is not None:
            patterns += [((part, key), getattr(getattr(file, part), key)) for key in keys]
    person = file.named_person_as_cause
    if person is not None and (person.did or person.done_by or person.whose) and not person.better:
        yield Fault(("named_person_as_cause", "better"), "`named_person_as_cause` does not say `better`", "write there what to write instead")
    for path, texts in patterns:
        for number, text in enumerate(texts):
            try:
                _Pattern(text)
            except Misfit as misfit:
                yield Fault((*path, number), misfit.message, misfit.help)


def _position(places: Mapping[Path, tuple[Position, Position]], fault: Fault) -> Position:
    """A key's own place where the key is at fault, else that of its value; what is missing is placed at its parent."""
    place = fault.place
    if isinstance(place, Position):
        return place
    while place and place not in places:
        place = place[:-1]
    return places[place][0 if fault.rule == "unknown-key" else 1] if place else Position(1, 1)
