"""A remedy of which a part is missing.

## What it flags

From review on, an entry of `response.remedies` without `what`, `to`, `basis` or `offered`.

## Why it matters

Giving what was owed is settling a debt; giving more is making amends. Which of the two it was, to whom, and when it was offered is
what customers remember.

## Bad

```yaml
response:
  remedies:
    - what: Three months free of charge.
      offered: 2031-04-20
```

## Good

```yaml
response:
  remedies:
    - what: Three months free of charge.
      to: affected
      basis: goodwill
      offered: 2031-04-20
      issued: 2031-05-01
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "what": "write what they got",
    "to": "write who got it: affected, everyone, or which group",
    "basis": "write `owed`, or `goodwill` for what goes beyond it",
    "offered": "write when it was offered",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of a remedy."""
    if not record.gated:
        return
    for number, remedy in enumerate(given(record.reply.remedies)):
        yield from unsaid(remedy, ("response", "remedies", number), f"remedy {number + 1}", _PARTS)


RULE = Rule("C411", "incomplete-remedy", Level.ERROR, Scope.RECORD, check, __doc__)
