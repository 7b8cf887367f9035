"""Phrases that betray a fault of wording: one YAML file a language, read and compiled when the first record is asked about.

Amends brings the languages in BUILT_IN; a site adds its own, or more phrases to these, under `wording` in its settings. A pattern is a
phrase, not a regular expression, so that whoever speaks a language can write one, and so that none can take long:

- words stand one after the other, whatever the spaces, line breaks or hyphens between them, in upper or lower case
- `(any|a few)` is one or the other, `very?` may be missing, `care*` has any ending, `…` stands for up to five words of one sentence
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
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

CLAUSE = 5
"""How many words before a phrase a negation is looked for, and how many `…` stands for."""

_FOLDER = FilePath(__file__).parent / "rules" / "wording" / "phrases"


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
    """What a negation before it does not reach across."""


class NamedPerson(Node):
    """How a sentence makes a person the cause."""

    better: Text | None = None
    """What to write instead."""
    given_names: tuple[Text, ...] = ()
    """Names that are a person's and hardly anything else; those of all languages are known in each."""
    titles: tuple[Text, ...] = ()
    """What stands before a surname."""
    did: tuple[Text, ...] = ()
    """Patterns that follow the name."""
    done_by: tuple[Text, ...] = ()
    """Patterns that the name follows."""


class Phrases(Node):
    """What one file says."""

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


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text."""

    start: int
    words: str
    """As they were written, on one line."""
    better: str | None


class Language:
    """The phrases of one language."""

    def __init__(self, files: tuple[Phrases, ...]) -> None:
        self._files = files

    def entries(self, fault: str) -> tuple[Phrase, ...]:
        """The phrases that betray one of FAULTS."""
        return tuple(phrase for file in self._files for phrase in getattr(file, fault))

    def find(self, fault: str, prose: str) -> Iterator[Found]:
        """The phrases that betray `fault` in `prose`, without those that the sentence itself negates."""
        regex, entries = self._compiled(fault)
        if regex is None:
            return
        for match in regex.finditer(prose):
            if not self._negated(prose, match.start(), match.end()):
                yield Found(match.start(), one_line(match[0]), entries[int(str(match.lastgroup)[1:])].better)

    def find_persons(self, given_names: str, prose: str) -> Iterator[Found]:
        """The persons whose names stand as the cause; `given_names` is a regular expression."""
        for regex, better in self._persons(given_names):
            for match in regex.finditer(prose):
                if not self._negated(prose, match.start(), match.end()):
                    yield Found(match.start(), one_line(match[0]), better)
