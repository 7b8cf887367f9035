"""What a prevention checklist is made of: items that can be ticked, each earned by incidents."""

import re
from enum import Enum
from functools import cached_property
from typing import ClassVar

from amends.reading.document import Document
from amends.reading.moments import Moment
from amends.reading.typed import Absence, Id, Node, Reader, Team, Text


class Stage(str, Enum):
    """When in the life of a change a checklist is used."""

    DESIGN = "design"
    BUILD = "build"
    CHANGE = "change"
    RELEASE = "release"
    OPERATE = "operate"
    RESPOND = "respond"
    CUSTOMERS = "customers"


class Adoption(Node):
    """Where an item is in force."""

    shorthand: ClassVar[str | None] = "where"

    where: Text | None = None
    """The service or team."""
    on: Moment | Absence | None = None
    """Since when."""
    verified: Moment | Absence | None = None
    """When it was last proved there, as the item's `verify` asks."""


class Item(Node):
    """One thing to check."""

    id: Id | None = None
    """Its name in this checklist, and the heading of its guidance."""
    check: Text | None = None
    """What is checked, as an imperative that can be ticked."""
    why: Text | Absence | None = None
    """What happened to whom because it was not."""
    verify: Text | Absence | None = None
    """How one proves it."""
    since: Moment | Absence | None = None
    """When the item was written."""
    adopted: tuple[Adoption, ...] | Absence = ()
    """Where it is in force."""
    review_by: Moment | Absence | None = None
    """When it is looked at again."""


class Checklist(Node):
    """A checklist of one stage."""

    format: int | None = None
    """The version of this format; absent means 1."""
    title: Text | None = None
    """What it is about."""
    stage: Stage | None = None
    """design, build, change, release, operate, respond or customers."""
    services: tuple[Id, ...] | Absence = ()
    """The services that it is for; empty means all."""
    owner: Team | Absence | None = None
    """The team that answers for it."""
    items: tuple[Item, ...] = ()
    """What to check."""

    document: ClassVar[Document]
    """The file this was read from."""

    @property
    def stem(self) -> str:
        """The identity: the file's stem."""
        return self.document.stem

    @property
    def path(self) -> str:
        """The file, relative to the folder of the settings, with forward slashes."""
        return self.document.path

    @cached_property
    def item_ids(self) -> frozenset[str]:
        """The ids of the items."""
        return frozenset(item.id for item in self.items if item.id)


_HEADING = re.compile(r"^##[ \t]+(\S+)[ \t]*(?:\{[^}\n]*\}[ \t]*)?(?:#+[ \t]*)?$", re.MULTILINE)


def guided_items(document: Document) -> dict[str, int]:
    """The items that the body gives guidance on: heading text to its offset in the body."""
    return {match[1]: match.start(1) for match in _HEADING.finditer(document.body)}


_READER = Reader(Checklist)


def read_checklist(document: Document) -> Checklist:
    """The checklist in `document`; what does not fit its field is left out and stands in `document.faults`."""
    checklist, faults = _READER.read(document.values)
    object.__setattr__(checklist, "document", document)
    document.faults.extend(faults)
    return checklist
