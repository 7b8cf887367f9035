"""An action left open in a closed record.

## What it flags

A closed record with an action that is neither `done` nor `dropped`. An entry that says `same_as` is settled when the other record's
action is.

## Why it matters

Closing a record says that what was to be done is done. An action that stays open in a record that nobody opens again will never be
done.

## Bad

```yaml
status: closed
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
    teaches: [destructive-changes/soft-delete]
```

## Good

```yaml
status: closed
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
    done: 2031-05-28
    teaches: [destructive-changes/soft-delete]
  - id: A2
    what: Show the plan's name beside its number.
    kind: prevent
    owner: platform
    due: 2031-06-01
    dropped: The old plans were retired, so that numbers no longer stand alone.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, Status, given
from amends.rules.entries import called
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each action that a closed record leaves open."""
    if record.status is not Status.CLOSED or not record.gated:
        return
    for number, action in enumerate(given(record.actions)):
        if action.settled:
            continue
        if action.same_as is None:
            yield Finding(("actions", number, "done"), f"closed, but {called('action', action.id, number)} is neither done nor dropped",
                          "write `done:` with the day, or `dropped:` with the reason; or leave the record at `published` until it is")
        elif not corpus.behind(action).settled and corpus.behind(action).same_as is None:
            yield Finding(("actions", number, "same_as"), f"closed, but `{action.same_as}` is neither done nor dropped",
                          "leave the record at `published` until it is")


RULE = Rule("P507", "open-action", Level.ERROR, Scope.RECORD, check, __doc__)
