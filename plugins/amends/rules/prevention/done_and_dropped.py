"""An action that is both done and dropped.

## What it flags

At every status, an entry of `actions` that says `dropped` and a day on which it was `done`.

## Why it matters

Nobody can count it. Where a part was done and the rest given up, these are two actions.

## Bad

```yaml
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
    done: 2031-05-28
    dropped: The wiki keeps deleting at once.
```

## Good

```yaml
actions:
  - id: A1
    what: Delete boards in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
    done: 2031-05-28
    teaches: [destructive-changes/soft-delete]
  - id: A2
    what: Delete wikis in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
    dropped: The wiki is shut down in July and nothing is deleted from it before.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.moments import Moment
from amends.record import Record, given
from amends.rules.entries import called
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each action that is said to be both."""
    for number, action in enumerate(given(record.actions)):
        if action.dropped is not None and isinstance(action.done, Moment):
            yield Finding(("actions", number, "dropped"),
                          f"{called('action', action.id, number)} was dropped, and done {action.done.dated}",
                          "keep one of the two; where a part was done, make it two actions")


RULE = Rule("P508", "done-and-dropped", Level.ERROR, Scope.RECORD, check, __doc__)
