"""What a rule is. Each lives in a module of its own, whose docstring is its page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from amends.diagnostics import Finding, Level

if TYPE_CHECKING:
    from amends.checklist import Checklist
    from amends.corpus import Corpus
    from amends.history import History
    from amends.reading.document import Document
    from amends.record import Record

HEADINGS = ("What it flags", "Why it matters", "Bad", "Good")
"""The headings of a rule's docstring, in order, below the line that names the fault."""


class Scope(str, Enum):
    """What a rule looks at, and so when it runs."""

    READING = "reading"
    """Found while a file is read; the rule has no function of its own."""
    DOCUMENT = "document"
    """Any Markdown file of the corpus, records, checklists and landing pages: `check(document, corpus)`."""
    RECORD = "record"
    """A record: `check(record, corpus)`."""
    CHECKLIST = "checklist"
    """A checklist: `check(checklist, corpus)`."""
    CORPUS = "corpus"
    """Everything at once: `check(corpus)`, which yields pairs of a document and a finding.

    What Amends' own rules say of a file depends on the files that bear or mention one of its names or aliases, and elsewhere only the loss of a mention
    brings a finding: a check of a change looks no further.
    """
    WHOLE = "whole"
    """Everything at once, in full checks only, for what no part of it can tell: `check(corpus)`, as for `CORPUS`."""
    HISTORY = "history"
    """What git tells of everything, in full checks only: `check(corpus, history)`, which yields pairs of a document and a finding."""


Found: TypeAlias = Iterable[Finding]
CheckDocument: TypeAlias = "Callable[[Document, Corpus], Found]"
CheckRecord: TypeAlias = "Callable[[Record, Corpus], Found]"
CheckChecklist: TypeAlias = "Callable[[Checklist, Corpus], Found]"
CheckCorpus: TypeAlias = "Callable[[Corpus], Iterable[tuple[Document, Finding]]]"
CheckHistory: TypeAlias = "Callable[[Corpus, History], Iterable[tuple[Document, Finding]]]"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a record, a checklist or the corpus."""

    code: str
    """A letter for the family and three digits; never used again for anything else."""
    name: str
    """The fault, in lower case with hyphens: it reads well after "no"."""
    level: Level
    scope: Scope
    check: Any
    """The function that the scope calls; None for `Scope.READING`."""
    doc: str | None
    """The module's docstring: the fault in one line, then the sections of HEADINGS, in Markdown."""
    signs: tuple[str, ...] = ()
    """In lower case, what a file can't do without if the rule is to find anything in it. A file without any of them is not shown to
    the rule: all signs of all rules are looked for at once, which is what lets hundreds of rules cost next to nothing."""

    @property
    def summary(self) -> str:
        """The docstring's first line."""
        return (self.doc or self.name).strip().split("\n", 1)[0].rstrip(".")
