"""Two actions under one name.

## What it flags

At every status, an entry of `actions` with the `id` of an earlier one.

## Why it matters

Other records point to an action as `stem/A1`, and its history is followed by that name. Of two with the same, one gets lost.

## Bad

```yaml
actions:
  - {id: A1, what: "Delete in two steps, thirty days apart.", kind: prevent, owner: platform, due: 2031-06-01}
  - {id: A1, what: "Alert on the rate of deletions.", kind: detect, owner: platform, due: 2031-06-01}
```

## Good

```yaml
actions:
  - {id: A1, what: "Delete in two steps, thirty days apart.", kind: prevent, owner: platform, due: 2031-06-01}
  - {id: A2, what: "Alert on the rate of deletions.", kind: detect, owner: platform, due: 2031-06-01}
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import repeated
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """One finding for each action whose id is taken."""
    return repeated(given(record.actions), ("actions",), "the action", "give it an id of its own, for example the next free number")


RULE = Rule("P509", "duplicate-action", Level.ERROR, Scope.RECORD, check, __doc__)
