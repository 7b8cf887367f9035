"""An action that nobody owns.

## What it flags

An entry of `actions` without `owner`, from review on. An entry that only says `same_as` is owned where it points.

## Why it matters

Work that belongs to everybody is done by nobody. The owner is the team that is asked when the action falls due.

## Bad

```yaml
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    due: 2031-06-01
```

## Good

```yaml
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
    teaches: [destructive-changes/soft-delete]
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each action without an owner."""
    if not record.gated:
        return
    for number, action in enumerate(given(record.actions)):
        if action.owner is None and action.same_as is None:
            yield Finding(("actions", number, "owner"), f"action {action.id or number + 1} has no owner",
                          "name the team that does it under `owner`")


RULE = Rule("P501", "unowned-action", Level.ERROR, Scope.RECORD, check, __doc__)
