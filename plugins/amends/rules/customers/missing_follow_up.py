"""A record closed without asking those affected.

## What it flags

A closed record whose severity asks for `response.follow_up`, and that has none and gives no reason for it.

## Why it matters

An incident is over when the customers say so, not when the graphs do. Nobody knows whether they are satisfied until they were
asked.

## Bad

```yaml
status: closed
response:
  follow_up: null
```

## Good

```yaml
status: closed
response:
  follow_up:
    contacted: 612
    satisfied: 540
    verified: 2031-05-30
    how: A call to every organisation by its own contact person.
```

```yaml
status: closed
response:
  follow_up:
    missed: Nobody asked them within the first half year, and later it would have been odd.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for a follow-up and nothing is said."""
    finding = unmet(record, corpus.settings, "follow_up")
    return () if finding is None else (finding,)


RULE = Rule("C407", "missing-follow-up", Level.ERROR, Scope.RECORD, check, __doc__)
