"""A record whose actions prevent nothing.

## What it flags

A record from review on whose severity asks for a lasting fix, and that has no action of `kind: prevent`, none that is the same as
another record's, and no reason why not.

## Why it matters

Detecting it sooner and repairing it faster are good, and it will still happen again. Customers who live through the same thing
twice do not ask how fast the second repair was.

## Bad

```yaml
actions:
  - id: A1
    what: Alert on the rate of deletions.
    kind: detect
    owner: platform
    due: 2031-06-01
    teaches: [destructive-changes/soft-delete]
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
actions:
  none: The product was withdrawn for good, so that there is nothing left to prevent.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for an action that prevents and there is none."""
    finding = unmet(record, corpus.settings, "prevent_action")
    return () if finding is None else (finding,)


RULE = Rule("P503", "missing-prevention", Level.ERROR, Scope.RECORD, check, __doc__)
