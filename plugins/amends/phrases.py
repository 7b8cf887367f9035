"""Phrases that betray a fault of wording: one YAML file a language, read and compiled when the first record is asked about.

Amends brings the languages in BUILT_IN; a site adds its own, or more phrases to these, under `wording` in its settings. A pattern is a
phrase and no regular expression, so that whoever speaks a language can write one, and so that none can take long:

- words stand one after the other, whatever the spaces, line breaks or hyphens between them, in upper or lower case
- `(any|a few)` is one or the other, `very?` may be missing, `care*` has any ending, `…` stands for up to five words of one sentence
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from amends import frontmatter
from amends.diagnostics import Fault, Path, Position
from amends.document import Document
from amends.settings import Settings, SettingsError
from amends.typed import Misfit, Node, Reader, Text

BUILT_IN = ("en", "de")
"""The languages that Amends brings, in the order in which a text is checked."""

_FOLDER = FilePath(__file__).parent / "rules" / "wording" / "phrases"


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


class PhraseFile(Node):
    """The phrases of one language."""

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

TO_CUSTOMERS = frozenset(FAULTS[:4])
"""Those of them that are faults in what customers are told."""


# From patterns to regular expressions -------------------------------------------------------------------------------

_GAP = r"(?:,?[\s*_]+|-)"
_RAW_GAP = r"(?:,?(?:[\s*_\\]|\\n)+|-)"
"""As _GAP, in a text that is still YAML, with its escapes."""
_WORD = r"[^\s\-*_,.!?;:()\0]+"
_LETTER = r"[^\W_]"
_WINDOW = 5
"""How many words `…` stands for at most, and how far before a phrase a negation is looked for."""

_TOKEN = re.compile(r"\s*([()|?…]|[^\s()|?…]+)")


class _Pattern:
    """A pattern taken apart: sequences of items, each with whether it may be missing; an item is a word, … or alternatives."""

    def __init__(self, text: str) -> None:
        self._tokens = [match[1] for match in _TOKEN.finditer(text.strip().lower().replace("...", "…"))]
        self._at = 0
        self._text = text
        self.alternatives = self._alternatives()
        if self._at < len(self._tokens):
            raise self._misfit("a `)` closes what was never opened")

    @property
    def regex(self) -> str:
        """The regular expression, for whole words."""
        glued = any(_glued(word[0]) for need in self.needs for word in need)
        return _either(self.alternatives) if glued else f"(?<!{_LETTER})(?<!{_LETTER}-){_either(self.alternatives)}"

    def _misfit(self, fact: str) -> Misfit:
        return Misfit("wrong-type", f"in the pattern `{self._text}`, {fact}",
                      "a pattern is a phrase; (a|b) is one or the other, a? may be missing, care* has any ending, … stands for some words")

    def _next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _alternatives(self) -> "list[_Sequence]":
        found = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            found.append(self._sequence())
        return found

    def _sequence(self) -> "_Sequence":
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
        if not any(_LITERAL.search(stem) for item in _needed(items) for stem in _stems(item)):
            raise self._misfit("there is no word that must be there")
        if items[0][0] == "…" or items[-1][0] == "…":
            raise self._misfit("… stands at an end, where it means nothing")
        return items

    @cached_property
    def needs(self) -> "tuple[frozenset[str], ...]":
        """Words, or their beginnings, of each of which one stands wherever the pattern does; the rarest first, as far as length can tell."""
        rarest: frozenset[str] = frozenset().union(*map(_rarest, self.alternatives))
        items = _needed(self.alternatives[0]) if len(self.alternatives) == 1 else ()
        others = {_stems(item): None for item in items if min(map(len, _stems(item))) > (3 if isinstance(item, str) else 2)}
        return (rarest, *(other for other in others if other != rarest))

    @property
    def reach(self) -> tuple[int, int]:
        """How many characters its matches hardly exceed before and after the beginning of their rarest word."""
        whole = max(map(_length, self.alternatives))
        if len(self.alternatives) > 1:
            return whole, whole
        (sequence,), rarest = self.alternatives, self.needs[0]
        at = next(number for number, (item, optional) in enumerate(sequence) if not optional and item != "…" and _stems(item) == rarest)
        alone = all(len(choice) == 1 for choice in sequence[at][0] if isinstance(choice, list))
        return _length(sequence[:at] if alone else sequence[:at + 1]), _length(sequence[at:])


_Sequence = list["tuple[str | list[_Sequence], bool]"]

_LITERAL = re.compile(r"[^\W_]+")


def _needed(sequence: "_Sequence") -> "Iterator[str | list[_Sequence]]":
    return (item for item, optional in sequence if not optional and item != "…")


def _rarest(sequence: "_Sequence") -> frozenset[str]:
    return max(map(_stems, _needed(sequence)), key=lambda stems: min(map(len, stems)))


def _length(sequence: "_Sequence") -> int:
    return sum(
        20 * _WINDOW if item == "…" else len(item) + 12 if isinstance(item, str) else max(map(_length, item)) for item, _ in sequence)


def _stems(item: "str | list[_Sequence]") -> frozenset[str]:
    """The letters that the words of an item begin with; `*` at the end where the word goes on."""
    if not isinstance(item, str):
        return frozenset().union(*map(_rarest, item))
    literal = _LITERAL.search(item)
    if literal is None:
        return frozenset((item,))
    return frozenset((literal[0] if literal[0] == item else f"{literal[0]}*",))


def _either(alternatives: "list[_Sequence]") -> str:
    choices = list(map(_in_order, alternatives))
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _in_order(sequence: "_Sequence") -> str:
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
    words: str
    """As it was written, on one line."""
    better: str
    """What to write instead."""


class Clue:
    """A pattern that a record may hold, because it holds the words that the pattern can't do without."""

    def __init__(self, pattern: _Pattern, better: str, language: "_Language") -> None:
        self.needs, self.better, self.language = pattern.needs, better, language
        self._pattern = pattern

    def stands_in(self, raw: str, words: set[str]) -> bool:
        """Whether a text in lower case, which may still be YAML, holds the pattern: looked for only around its rarest words.

        `words` are those of which the text is known to hold some.
        """
        (before, after), regex = self._reach, self._raw_regex
        for stem in self.needs[0] & words:
            word = stem.rstrip("*")
            at = raw.find(word)
            while at >= 0:
                if regex.search(raw, max(0, at - before), at + after) is not None:
                    return True
                at = raw.find(word, at + 1)
        return False

    @cached_property
    def _reach(self) -> tuple[int, int]:
        return self._pattern.reach

    @cached_property
    def _raw_regex(self) -> re.Pattern[str]:
        return re.compile(self._pattern.regex.replace(_GAP, _RAW_GAP).replace("['’]", "['’]{1,2}"))

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern; compiled for the few records that may hold it, since compiling them all takes longer than checking a record."""
        return re.compile(self._pattern.regex, re.IGNORECASE)


class _Language:
    """The files of one language."""

    def __init__(self, files: Sequence[PhraseFile]) -> None:
        self.files = files
        negations = [file.negation for file in files if file.negation is not None]
        self._before = [pattern for negation in negations for pattern in negation.before]
        self._after = [pattern for negation in negations for pattern in negation.after]
        self._ends = [pattern for negation in negations for pattern in negation.ends]

    def negates(self, prose: str, start: int, end: int) -> bool:
        """Whether the sentence takes back what stands between `start` and `end`."""
        before, after, ends = self._negation
        clause = _CLAUSE_END.split(prose[max(0, start - 200):start])[-1]
        window = " ".join(clause.split()[-_WINDOW:])
        reach = max((end.end() for end in ends.finditer(window)), default=0) if ends else 0
        return bool((before and before.search(window, reach)) or (after and after.match(prose, end)))

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
            if said.done_by:
                found.append((re.compile(f"(?i:{_any_of(said.done_by)}){_GAP}{someone}"), said.better or ""))
        return tuple(found)


_CLAUSE_END = re.compile(r"[.!?;:,()\0—–]")
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я][^\W\d_]+"
_BEFORE_A_WORD = "[\\x00-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\xbf\u2000-\u206f\u3000-\u303f]"


class _Index:
    """Which clues a text gives: one pass over it, however many there are."""

    def __init__(self, words: "Sequence[tuple[str, Clue | None]]") -> None:
        self._clues: dict[str, list[Clue]] = {}
        for word, clue in words:
            known = self._clues.setdefault(word, [])
            if clue is not None:
                known.append(clue)
        self._beginnings = {word: starts for word in {word.rstrip("*") for word in self._clues}
                            if (starts := [f"{word[:end]}*" for end in range(1, len(word) + 1) if f"{word[:end]}*" in self._clues])}
        self._glued = [word for word in self._clues if _glued(word[0])]
        tree: dict[str, Any] = {}
        for word in self._clues:
            here: dict[str, Any] = tree
            for letter in word.removesuffix("*"):
                here = here.setdefault(letter, {})
            here["*" if word.endswith("*") else ""] = {}
        self._regex = re.compile(_BEFORE_A_WORD + f"({_tree(tree)})") if tree else None

    def words(self, lowered: str) -> set[str]:
        """The known words in a text in lower case."""
        found = set(self._regex.findall(f"\n{lowered}")) if self._regex else set()
        if not found.isdisjoint(self._beginnings):
            found.update(*(self._beginnings[word] for word in found & self._beginnings.keys()))
        return found.union(word for word in self._glued if word.rstrip("*") in lowered) if self._glued else found

    def clues(self, words: set[str], lowered: str) -> "dict[Clue, None]":
        """The clues that these words give, and that the words around them bear out."""
        given = {clue: None for word in sorted(words) for clue in self._clues.get(word, ())}
        return {clue: None for clue in given if not any(map(words.isdisjoint, clue.needs)) and clue.stands_in(lowered, words)}


def _tree(node: dict[str, Any]) -> str:
    """A regular expression that finds the longest of many words, letter by letter."""
    choices = [re.escape(letter) + _tree(below) for letter, below in sorted(node.items()) if letter not in ("", "*")]
    choices += [f"(?!{_LETTER})"] * ("" in node) + [""] * ("*" in node)
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


class Wording:
    """The phrases of all the languages of a site."""

    def __init__(self, files: Mapping[str, Sequence[PhraseFile]], other_names: Iterable[str] = ()) -> None:
        self.languages = tuple(_Language(each) for each in files.values())
        """In the order in which a text is checked."""
        self._other_names = other_names
        self._last: dict[bool, tuple[Document, dict[str, list[Clue]], frozenset[str]]] = {}

    def clues(self, fault: str, document: Document, text: Callable[[], str]) -> Sequence[Clue]:
        """What in the document may betray one of FAULTS; `text` gives what is to be read for it."""
        return self._looked_at(fault in TO_CUSTOMERS, document, text)[0].get(fault, ())

    def names(self, document: Document) -> frozenset[str]:
        """The persons' names, and titles, that the document may hold, in lower case."""
        return self._looked_at(False, document, lambda: document.text)[1]

    def _looked_at(self, to_customers: bool, document: Document, text: Callable[[], str]) -> tuple[dict[str, list[Clue]], frozenset[str]]:
        """Six rules ask about one document, one after the other; it is read for the first of them."""
        last = self._last.get(to_customers)
        if last is None or last[0] is not document:
            lowered = text().lower()
            index, faults = self._indices[to_customers]
            words = index.words(lowered)
            found: dict[str, list[Clue]] = {}
            for clue in index.clues(words, lowered) if words else ():
                found.setdefault(faults[clue], []).append(clue)
            last = self._last[to_customers] = (document, found, self._names & words if not to_customers else frozenset())
        return last[1:]

    @cached_property
    def _indices(self) -> "dict[bool, tuple[_Index, dict[Clue, str]]]":
        made = {}
        for to_customers in (True, False):
            words: list[tuple[str, Clue | None]] = []
            faults = {}
            for fault in FAULTS:
                if (fault in TO_CUSTOMERS) is not to_customers:
                    continue
                for language in self.languages:
                    for phrase in (phrase for file in language.files for phrase in getattr(file, fault)):
                        for pattern in phrase.say:
                            clue = Clue(_Pattern(pattern), phrase.better or "", language)
                            faults[clue] = fault
                            words += [(word, clue if need is clue.needs[0] else None) for need in clue.needs for word in need]
            if not to_customers:
                words += [(name, None) for name in self._names]
            made[to_customers] = (_Index(words), faults)
        return made

    @cached_property
    def _names(self) -> frozenset[str]:
        other = {word.lower() for name in self._other_names for word in _LITERAL.findall(name)}
        said = [file.named_person_as_cause for language in self.languages for file in language.files if file.named_person_as_cause]
        given = {name.lower() for each in said for name in each.given_names} - other
        return frozenset(given | {title.lower().rstrip(".") for each in said for title in each.titles})

    def find(self, clues: Sequence[Clue], prose: str) -> Iterator[Said]:
        """The phrases in `prose`, from its beginning, without those that the sentence itself takes back."""
        matches = [(match.start(), -match.end(), clue) for clue in clues for match in clue.regex.finditer(prose)]
        done = 0
        for start, end, clue in sorted(matches, key=lambda match: match[:2]):
            if start >= done and not clue.language.negates(prose, start, -end):
                done = -end
                yield Said(start, _one_line(prose[start:-end]), clue.better)

    def find_persons(self, names: frozenset[str], prose: str) -> Iterator[Said]:
        """Where a person with one of `names`, or with a title, stands as the cause."""
        for language in self.languages:
            for regex, better in language.persons:
                for match in regex.finditer(prose):
                    person = match["title"] or not names.isdisjoint(match["name"].lower().split())
                    if person and not language.negates(prose, match.start(), match.end()):
                        yield Said(match.start(), _one_line(match[0]), better)


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
    for part, keys in (("negation", ("before", "after", "ends")), ("named_person_as_cause", ("did", "done_by"))):
        if getattr(file, part) is not None:
            patterns += [((part, key), getattr(getattr(file, part), key)) for key in keys]
    person = file.named_person_as_cause
    if person is not None and (person.did or person.done_by) and not person.better:
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
