"""What is said about a file: places, faults and findings on the way in, diagnostics on the way out."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value in the front matter: keys and list indices, for example `("actions", 0, "due")`."""


class Position(NamedTuple):
    """A place in a file. Lines and columns count from 1, columns in characters."""

    line: int
    column: int


Place: TypeAlias = Path | Position
"""Where something is wrong: a path in the front matter (of a key that may be missing), or a position in the file."""


class Level(str, Enum):
    """How much a finding weighs. An error fails the gate; a warning fails it under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


def clipped(text: str, most: int) -> str:
    """A text as a message quotes it: of more than `most` characters the first."""
    return text if len(text) <= most else f"{text[:most - 1]}…"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: the place, the fact in the author's own words, and what to write instead."""

    place: Place
    message: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Fault(Finding):
    """A finding made while a file was read; `rule` names the rule that it falls under."""

    rule: str = ""
    meant: Path = ()
    """Where the value belongs whose key was misspelt; empty elsewhere."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding at its place in a file, as every output format shows it. Sorts by file, then place, then code."""

    path: str
    """Relative to the folder of the settings, with forward slashes."""
    line: int
    column: int
    code: str
    name: str
    """The rule's slug, for example `unowned-action`."""
    level: Level
    message: str
    help: str | None = None
    url: str | None = None
    """The rule's page on the published site, where its address is known."""
    silenced: str | None = None
    """The reason the record gives for silencing this finding, if it does."""


def with_noun(number: int, noun: str, of: int | None = None) -> str:
    """A count with its noun, as summaries say it: `1 record`, `3 records`, `3 of 62 records`."""
    if of is not None:
        return f"{number} of {with_noun(of, noun)}"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
