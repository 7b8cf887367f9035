"""A name that a list holds twice.

## What it flags

The same service, harm, channel, language, broken promise or earlier incident twice in one list of the record.

## Why it matters

Nothing is in two places of a list on purpose: one of the two was meant to be something else, or is left over from a merge. Counts and pages
take a name once, so what the other stood for is lost.

## Bad

```yaml
services:
  - web-app
  - web-app
```

```yaml
customer_impact:
  harms: [financial, data-loss, financial]
```

## Good

```yaml
services:
  - web-app
  - search
```
"""

from collections.abc import Iterable, Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.record import CustomerImpact, Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each name that stood there before."""
    yield from _repeated(("services",), (service.name for service in given(record.services)))
    yield from _repeated(("recurrence_of",), given(record.recurrence_of))
    impact = record.customer_impact
    if isinstance(impact, CustomerImpact):
        yield from _repeated(("customer_impact", "harms"), (harm.value for harm in given(impact.harms)))
        for key in ("felt_on", "languages", "promises_broken"):
            yield from _repeated(("customer_impact", key), given(getattr(impact, key)))


def _repeated(path: Path, names: Iterable[str | None]) -> Iterator[Finding]:
    seen: set[str | None] = set()
    for number, name in enumerate(names):
        if name is not None and name in seen:
            yield Finding((*path, number), f"`{name}` stands in this list already", "take one of the two out, or write what it was meant to be")
        seen.add(name)


RULE = Rule("F129", "repeated-name", Level.WARNING, Scope.RECORD, check, __doc__)
