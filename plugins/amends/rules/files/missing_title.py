"""A record without a title.

## What it flags

A record without `title`, at every status.

## Why it matters

The title is what a list, a search result and a link show. It is the one thing that a record has from its first minute.

## Bad

```yaml
title:
```

## Good

```yaml
title: Maintenance script deletes 612 customers' sites
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """A finding where there is no title."""
    if record.title is None:
        yield Finding(("title",), "the record has no title", "say in one line what happened to whom: `title: …`")


RULE = Rule("F115", "missing-title", Level.ERROR, Scope.RECORD, check, __doc__)
