"""A record without severity, owner or services.

## What it flags

A record from review on that does not say its `severity`, its `owner` or its `services`.

## Why it matters

The severity decides what customers are owed; without it the policy asks for nothing. The owner is who answers when a promise falls
due. The services are how the next person finds this record before touching the same thing.

## Bad

```yaml
severity: null
```

```yaml
owner: null
```

```yaml
services: []
```

## Good

```yaml
severity: sev2
owner: platform
services: [boards]
```

```yaml
services:
  none: It happened in the canteen, and no service of ours has anything to do with it.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each of the three that is missing."""
    if not record.gated:
        return
    at = f"the record is at `{record.status.value}`"
    if record.severity is None:
        yield Finding(("severity",), f"{at}, but has no severity", "write `severity:` with sev1 (worst) to sev4")
    if record.owner is None:
        yield Finding(("owner",), f"{at}, but nobody owns it", "name the team that answers for it under `owner`")
    if record.services == ():
        yield Finding(("services",), f"{at}, but names no service",
                      "list under `services` what customers felt it on, or say `{none: why}`")


RULE = Rule("R205", "missing-basics", Level.ERROR, Scope.RECORD, check, __doc__)
