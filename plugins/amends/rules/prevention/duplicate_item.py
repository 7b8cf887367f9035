"""Two checklist items under one name.

## What it flags

An entry of a checklist's `items` with the `id` of an earlier one.

## Why it matters

Records point to an item by its id, and its guidance stands under a heading with that id. Of two with the same, one is never found.

## Bad

```yaml checklist
items:
  - id: soft-delete
    check: Make every deletion reversible for thirty days.
    why: A script deleted the sites of 612 customers for good within minutes.
  - id: soft-delete
    check: Keep a copy that the deleting tool can't reach.
    why: The same tool that deleted the data had deleted its backups.
```

## Good

```yaml checklist
items:
  - id: soft-delete
    check: Make every deletion reversible for thirty days.
    why: A script deleted the sites of 612 customers for good within minutes.
  - id: separate-copies
    check: Keep a copy that the deleting tool can't reach.
    why: The same tool that deleted the data had deleted its backups.
```
"""

from collections.abc import Iterable

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.rules.entries import repeated
from amends.rules.rule import Rule, Scope


def check(checklist: Checklist, corpus: Corpus) -> Iterable[Finding]:
    """One finding for each item whose id is taken."""
    return repeated(checklist.items, ("items",), "the item", "give it an id of its own")


RULE = Rule("P512", "duplicate-item", Level.ERROR, Scope.CHECKLIST, check, __doc__)
