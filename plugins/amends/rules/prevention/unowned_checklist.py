"""A checklist that nobody owns.

## What it flags

A checklist without `owner`.

## Why it matters

A checklist ages with what it is about. The owner is asked when an item is up for review, and by whoever finds one that no longer
holds.

## Bad

```yaml checklist
owner: null
```

## Good

```yaml checklist
owner: platform
```
"""

from collections.abc import Iterator

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.rules.rule import Rule, Scope


def check(checklist: Checklist, corpus: Corpus) -> Iterator[Finding]:
    """At most one finding, where no owner is named."""
    if checklist.owner is None:
        yield Finding(("owner",), "the checklist has no owner", "name the team that keeps it true under `owner`")


RULE = Rule("P514", "unowned-checklist", Level.ERROR, Scope.CHECKLIST, check, __doc__)
