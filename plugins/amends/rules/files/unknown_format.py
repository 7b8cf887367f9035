"""A format that this version does not know.

## What it flags

A record or checklist whose `format` is newer than this version of Amends, or zero. An absent `format` means 1.

## Why it matters

A newer format may have keys that this version would call unknown, and may mean something else by those that it knows. What it says
about such a file can't be relied on.

## Bad

```yaml
format: 2
```

```yaml checklist
format: 2
```

## Good

```yaml
format: 1
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.record import CURRENT_FORMAT
from amends.rules.rule import Rule, Scope


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """A finding where the format is not one that this version reads."""
    if "format" not in document.values or (part := corpus.part_at(document.path)) is None:
        return
    if part.format is not None and not 1 <= part.format <= CURRENT_FORMAT:
        newer = part.format > CURRENT_FORMAT
        yield Finding(
            ("format",),
            f"format {part.format} is not known here; this version reads format {CURRENT_FORMAT}",
            "install a newer version of Amends" if newer else f"write `format: {CURRENT_FORMAT}`, or leave the key out",
        )


RULE = Rule("F124", "unknown-format", Level.ERROR, Scope.DOCUMENT, check, __doc__)
