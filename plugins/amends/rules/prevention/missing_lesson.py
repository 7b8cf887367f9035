"""A record that teaches the checklists nothing.

## What it flags

A record from review on whose severity asks for a lesson, and that names no checklist item under `teaches`, its own or an action's,
and gives no reason why not.

## Why it matters

Nobody rereads old postmortems before a change. They do go through a checklist, if it is short and each item has a reason, and this
record is such a reason.

## Bad

```yaml
actions:
  - id: A1
    what: Delete in two steps, thirty days apart.
    kind: prevent
    owner: platform
    due: 2031-06-01
teaches: []
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

```yaml
teaches:
  none: A meteorite hit the building, and no item of any checklist would have stopped it.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for a lesson and the incident teaches none."""
    finding = unmet(record, corpus.settings, "teaches")
    return () if finding is None else (finding,)


RULE = Rule("P504", "missing-lesson", Level.ERROR, Scope.RECORD, check, __doc__)
