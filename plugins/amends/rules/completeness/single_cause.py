"""A single cause.

## What it flags

From review on, a `root_cause` with just one factor.

## Why it matters

Whoever stops at the first cause usually stops at the last person who touched it. Something made the mistake possible, something let
it grow, something hid it: each is a place where the next one can be stopped.

## Bad

```yaml
root_cause:
  summary: The clean-up script was given the identifiers of whole sites.
  factors:
    - kind: missing-validation
      what: The deletion service accepted either kind of identifier.
```

## Good

```yaml
root_cause:
  summary: The clean-up script was given the identifiers of whole sites.
  factors:
    - kind: missing-validation
      what: The deletion service accepted either kind of identifier.
    - kind: missing-monitoring
      what: Nothing watched how many sites were being deleted.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, RootCause, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """At most one finding, where just one factor is told."""
    cause = record.root_cause
    if record.gated and isinstance(cause, RootCause) and len(given(cause.factors)) == 1:
        yield Finding(("root_cause", "factors"), "just one factor is told, and nothing happens for one reason alone",
                      "ask what made it possible, what let it grow, and why nobody saw it")


RULE = Rule("R213", "single-cause", Level.WARNING, Scope.RECORD, check, __doc__)
