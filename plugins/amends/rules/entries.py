"""What rules of several families ask of the entries of a list: what an entry leaves unsaid, and which name is taken twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from amends.diagnostics import Finding, Path
from amends.reading.typed import Node
from amends.rules.texts import is_placeholder


class Named(Protocol):
    """An entry that others refer to."""

    @property
    def id(self) -> str | None:
        """Its name."""


def unsaid(entry: Node, path: Path, noun: str, wanted: Mapping[str, str]) -> Iterator[Finding]:
    """One finding for each of `wanted` (attribute to help) about which the entry says nothing: no value, and no reason for none."""
    for name, help_ in wanted.items():
        value = getattr(entry, name)
        if value is None or value == ():
            key = name.rstrip("_")
            yield Finding((*path, key), f"{noun} does not say `{key}`", help_)


def stood_in(entry: Node, path: Path, wanted: Mapping[str, str]) -> Iterator[Finding]:
    """One finding for each of `wanted` (attribute to help) whose text only holds the place of another."""
    for name, help_ in wanted.items():
        value = getattr(entry, name)
        if isinstance(value, str) and is_placeholder(value):
            yield Finding((*path, name), f"`{value}` only holds the place of `{name}`", help_)


def called(noun: str, name: str | None, number: int) -> str:
    """How a message names an entry: `promise C2`, or by its number, counted from 1, where it has no name."""
    return f"{noun} {name or number + 1}"


def repeated(entries: Sequence[Named], path: Path, noun: str, help_: str) -> Iterable[Finding]:
    """One finding for each entry whose `id` an earlier one has."""
    names = [entry.id for entry in entries if entry.id]
    if len(names) == len(set(names)):
        return
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        if entry.id is None:
            continue
        if entry.id in seen:
            yield Finding((*path, number, "id"), f"{noun} `{entry.id}` is there twice: it is also entry {seen[entry.id] + 1}", help_)
        else:
            seen[entry.id] = number
