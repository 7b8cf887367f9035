"""A record closed without a word on how it was made good.

## What it flags

A closed record whose severity or harm asks for remedies, and that lists none under `response.remedies` and gives no reason for it.

## Why it matters

What was lost is given back, and something beyond it says that the relation is worth more than the invoice. Where nothing was given,
a reader should learn why.

## Bad

```yaml
status: closed
response:
  remedies: []
```

## Good

```yaml
status: closed
response:
  remedies:
    - what: Three months free of charge for every affected organisation.
      to: affected
      basis: goodwill
      offered: 2031-04-20
      issued: 2031-05-01
```

```yaml
status: closed
not_applicable:
  remedies: The affected feature was a free trial, which ran on for everybody afterwards.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks how it was made good and nothing is said."""
    finding = unmet(record, corpus.settings, "remedies")
    return () if finding is None else (finding,)


RULE = Rule("C406", "missing-remedies", Level.ERROR, Scope.RECORD, check, __doc__)
