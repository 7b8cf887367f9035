"""An action without a day.

## What it flags

From review on, an entry of `actions` without `due`, unless it is done or dropped already. An entry that only says `same_as` is
dated where it points.

## Why it matters

What has no day is never late, so nobody asks for it. A day that turns out wrong can be moved, in the open.

## Bad

```yaml
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    owner: platform
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
  - id: A2
    what: Lock the two scripts that are left.
    kind: mitigate
    owner: platform
    done: 2031-04-06
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import called
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each open action without a day."""
    if not record.gated:
        return
    for number, action in enumerate(given(record.actions)):
        if action.due is None and action.same_as is None and not action.settled:
            yield Finding(("actions", number, "due"), f"{called('action', action.id, number)} has no day by which it is done",
                          "write it under `due`, or say `{unknown: why}`")


RULE = Rule("P502", "undated-action", Level.ERROR, Scope.RECORD, check, __doc__)
