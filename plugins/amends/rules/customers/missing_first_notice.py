"""Customers whom nobody told.

## What it flags

A record from review on whose severity asks for a first notice, and that has no message under `response.notices`. Whether it went
out in time is measured, not gated.

## Why it matters

Customers forgive much that they hear from you and little that they find out. Between the first sign and the first word everybody
imagines the worst.

## Bad

```yaml
response:
  notices: []
```

```yaml
response: null
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T09:03Z
      kind: first
      by: Support
      to: affected
      via: [email, status-page]
```

```yaml
response:
  notices:
    missed: Everybody was busy with the restore, and the status page stayed green for two days.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks that customers were told and no message is recorded."""
    finding = unmet(record, corpus.settings, "first_notice")
    return () if finding is None else (finding,)


RULE = Rule("C401", "missing-first-notice", Level.ERROR, Scope.RECORD, check, __doc__)
