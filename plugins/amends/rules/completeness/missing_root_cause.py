"""A record that does not tell why it happened.

## What it flags

A record from review on whose severity asks for a root cause, and whose `root_cause` lacks a summary or has no contributing factor.

## Why it matters

An incident whose source was never found comes back. Customers who are told "it is fixed" by people who cannot say what it was have
no reason to believe it. Where the source could not be found, saying so (`{unknown: why}`) is an answer; saying nothing is none.

## Bad

```yaml
root_cause: null
```

```yaml
root_cause:
  summary: The script was given the identifiers of whole sites instead of those of the retired app.
```

## Good

```yaml
root_cause:
  summary: The script was given the identifiers of whole sites instead of those of the retired app.
  factors:
    - kind: missing-validation
      what: The deletion service accepted either kind of identifier.
    - kind: destructive-operation
      what: Deletion was permanent at once.
```

```yaml
root_cause:
  unknown: The supplier went out of business before it had answered our questions.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for a root cause and none is told."""
    finding = unmet(record, corpus.settings, "root_cause")
    return () if finding is None else (finding,)


RULE = Rule("R201", "missing-root-cause", Level.ERROR, Scope.RECORD, check, __doc__)
