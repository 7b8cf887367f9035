"""An action of which a part is missing.

## What it flags

From review on, an entry of `actions` without `id`, `what` or `kind`. An entry that only says `same_as` is complete where it points.

## Why it matters

What is to be done must be plain to whoever does it. The kind tells whether it keeps this from happening again, or only makes it
shorter; the id is how others refer to it.

## Bad

```yaml
actions:
  - owner: platform
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
from amends.rules.entries import called, unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "id": "give it a name, for example A1",
    "what": "write what is to be done",
    "kind": "write one of: prevent, detect, mitigate, recover, communicate",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of an action."""
    if not record.gated:
        return
    for number, action in enumerate(given(record.actions)):
        if action.same_as is None:
            yield from unsaid(action, ("actions", number), called("action", action.id, number), _PARTS)


RULE = Rule("P510", "incomplete-action", Level.ERROR, Scope.RECORD, check, __doc__)
