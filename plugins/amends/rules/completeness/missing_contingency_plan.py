"""A record without a plan for when it happens again.

## What it flags

A record from review on whose severity asks for a `contingency_plan`, and that has none with steps to follow.

## Why it matters

The second time, people who were not there the first time have to act within minutes. What was found out at such cost must be ready
as steps, not as a story. A disaster that has happened once is one that can be foreseen.

## Bad

```yaml
contingency_plan: []
```

```yaml
contingency_plan:
  - if: Several customers report that their whole site has disappeared.
    owner: platform
```

## Good

```yaml
contingency_plan:
  - if: Several customers report that their whole site has disappeared.
    then:
      - Stop every running deletion job before looking for the cause.
      - Restore one site end to end, have its owner confirm it, and only then run batches.
    owner: platform
    within: 24h
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for a plan and there is none."""
    finding = unmet(record, corpus.settings, "contingency_plan")
    return () if finding is None else (finding,)


RULE = Rule("R203", "missing-contingency-plan", Level.ERROR, Scope.RECORD, check, __doc__)
