"""A record that does not tell what it did to customers.

## What it flags

A record from review on whose severity asks for `customer_impact`, and that lacks its `summary` or its `harms`. An empty list of
harms says that it was a near miss, which is an answer.

## Why it matters

An incident is what customers went through, not what the graphs showed. Everything that follows, from the apology to the remedy, has
to be equal to it, and nothing can be equal to what was never written down.

## Bad

```yaml
customer_impact: null
```

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
```

## Good

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
  affected: 612
  harms: [outage, data-loss]
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for the customers' side and it is not told."""
    finding = unmet(record, corpus.settings, "customer_impact")
    return () if finding is None else (finding,)


RULE = Rule("R204", "missing-customer-impact", Level.ERROR, Scope.RECORD, check, __doc__)
