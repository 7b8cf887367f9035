"""A file that belongs to no record.

## What it flags

A file in the folders of records and checklists that nothing links to, a file that looks like a record but has another ending than
`.md`, a symbolic link, and what is no file at all: a pipe, a socket, a device.

## Why it matters

A record that is silently skipped is the worst that can happen here: its author believes that it is checked and published. And a
picture that no page shows may be one that nobody meant to keep.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.markdown"
---
title: Invoices arrive a day late
---
```

```text title="incidents/2031/queue.csv"
hour,length
```

## Good

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
---
## Summary

A queue stood still for a night, as [its length](queue.csv) shows.
```

```text title="incidents/2031/queue.csv"
hour,length
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus, looks_like_page
from amends.diagnostics import Finding, Level, Position
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope

_TOP = Position(1, 1)


def check(corpus: Corpus) -> Iterator[tuple[Document, Finding]]:
    """One finding for each file that belongs to nothing."""
    for listing in (corpus.incidents, corpus.prevention):
        for path in listing.links:
            yield (
                Document(path),
                Finding(
                    _TOP,
                    "this is a symbolic link, which is not followed, so nothing behind it is checked or published",
                    "put the file itself here",
                ),
            )
        for path in listing.special:
            yield (
                Document(path),
                Finding(_TOP, "this is no file but a pipe, a socket or a device, so it is not read, checked or published", "take it away"),
            )
        for path in listing.others:
            if looks_like_page(path):
                yield (
                    Document(path),
                    Finding(
                        _TOP,
                        "this looks like a record, but it is neither checked nor published: its name does not end in `.md`",
                        f"rename it to {path[path.rfind('/') + 1 : path.rfind('.')]}.md",
                    ),
                )
            elif path not in corpus.used_files and not any(part.startswith("_") for part in path.split("/")):
                yield (
                    Document(path),
                    Finding(_TOP, "no record, checklist or landing page links to this file", "link to it where it belongs, or delete it"),
                )


RULE = Rule("F122", "stray-file", Level.WARNING, Scope.CORPUS, check, __doc__)
