"""A risk of which a part is missing.

## What it flags

From review on, an entry of `risk` without `what`, `likelihood` or `consequence`; and, while it stands, without `protection`,
`owner` or `review_by`.

## Why it matters

A risk that nobody watches is a wish. What protects those at risk until it is gone is the part that customers ask about first.

## Bad

```yaml
risk:
  - what: The same script still exists in two other services.
    likelihood: unlikely
    consequence: severe
```

## Good

```yaml
risk:
  - what: The same script still exists in two other services.
    likelihood: unlikely
    consequence: severe
    protection: Both are locked, and running them takes two people.
    owner: platform
    review_by: 2031-10-01
  - what: Backups of one region could not be restored in bulk.
    likelihood: possible
    consequence: major
    closed: 2031-05-02
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_ALWAYS = {
    "what": "write what could happen",
    "likelihood": "write one of: rare, unlikely, possible, likely, almost-certain",
    "consequence": "write one of: minor, moderate, major, severe, catastrophic",
}
_STANDING = {
    "protection": "write what protects those at risk meanwhile, or say `{none: why}`",
    "owner": "name the team that watches it",
    "review_by": "write the day on which it is looked at again",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of a risk."""
    if not record.gated:
        return
    for number, risk in enumerate(given(record.risk)):
        path, noun = ("risk", number), f"risk {number + 1}"
        yield from unsaid(risk, path, noun, _ALWAYS)
        if risk.closed is None:
            yield from unsaid(risk, path, noun, _STANDING)


RULE = Rule("R210", "incomplete-risk", Level.ERROR, Scope.RECORD, check, __doc__)
