"""Our own people, left without a word.

## What it flags

A record from review on whose severity asks for `response.staff`, and that does not say when they were `briefed`.

## Why it matters

Whoever answers the phone is the company. Someone who hears of the incident from the caller can neither explain nor offer anything,
and the caller notices.

## Bad

```yaml
response:
  staff:
    told: Apologise, take the address, promise a call back within the day.
```

## Good

```yaml
response:
  staff:
    briefed: 2031-04-05T08:40Z
    told: Apologise, take the address, promise a call back within the day.
    may_offer: A month free of charge, without asking anybody.
```

```yaml
response:
  staff:
    missed: The shops learned of it from their customers, the morning after.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks what our own people knew and nothing is said."""
    finding = unmet(record, corpus.settings, "staff")
    return () if finding is None else (finding,)


RULE = Rule("C404", "missing-staff-briefing", Level.ERROR, Scope.RECORD, check, __doc__)
