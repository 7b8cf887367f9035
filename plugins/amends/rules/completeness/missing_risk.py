"""A record that says nothing about what is still at risk.

## What it flags

A record from review on whose severity asks for `risk`, and that lists none and gives no reason for it.

## Why it matters

After the repair somebody is still exposed: those whose data was lost, those who wait for a replacement, those who run the old
version. Who they are and what protects them meanwhile must be known before anyone says that it is over.

## Bad

```yaml
risk: []
```

## Good

```yaml
risk:
  - what: The same script still exists in two other services.
    likelihood: unlikely
    consequence: severe
    protection: Both are locked, and running them takes two people.
    owner: platform
    review_by: 2031-10-01
```

```yaml
risk:
  none: The service was shut down for good the day after, and its data was handed to the customers.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for risks and none is told."""
    finding = unmet(record, corpus.settings, "risk")
    return () if finding is None else (finding,)


RULE = Rule("R202", "missing-risk", Level.ERROR, Scope.RECORD, check, __doc__)
