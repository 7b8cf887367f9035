"""A checklist item of which a part is missing.

## What it flags

An entry of a checklist's `items` without `id`, `check` or `why`, or whose `check` or `why` is a placeholder such as `TODO`.

## Why it matters

An item is ticked by what it asks, kept by why it asks it, and referred to by its id. Without the reason it is the first one to be
skipped.

## Bad

```yaml checklist
items:
  - id: soft-delete
    check: Make every deletion reversible for thirty days.
```

```yaml checklist
items:
  - id: soft-delete
    check: Make every deletion reversible for thirty days.
    why: TBD
```

## Good

```yaml checklist
items:
  - id: soft-delete
    check: Make every deletion reversible for thirty days.
    why: A script deleted the sites of 612 customers for good within minutes.
```
"""

from collections.abc import Iterator

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.rules.entries import called, stood_in, unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "id": "give it a name of lower-case words with hyphens; records refer to it as `checklist/name`",
    "check": "write what is checked, so that it can be ticked",
    "why": "write what happened to whom because it was not checked",
}


def check(checklist: Checklist, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of an item."""
    for number, item in enumerate(checklist.items):
        yield from unsaid(item, ("items", number), called("item", item.id, number), _PARTS)
        yield from stood_in(item, ("items", number), {name: _PARTS[name] for name in ("check", "why")})


RULE = Rule("P511", "incomplete-item", Level.ERROR, Scope.CHECKLIST, check, __doc__)
