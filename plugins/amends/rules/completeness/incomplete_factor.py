"""A contributing factor without its kind, or without what it was.

## What it flags

From review on, an entry of `root_cause.factors` without `kind` or `what`.

## Why it matters

The kind is how this incident finds its relatives: every other one with the same factor. What it was is how a reader can tell
whether they have it too.

## Bad

```yaml
root_cause:
  summary: The clean-up script was given the identifiers of whole sites.
  factors:
    - kind: missing-validation
    - what: What was deleted was gone at once.
```

## Good

```yaml
root_cause:
  summary: The clean-up script was given the identifiers of whole sites.
  factors:
    - kind: missing-validation
      what: The deletion service accepted either kind of identifier.
    - kind: destructive-operation
      what: What was deleted was gone at once.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, RootCause, given
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "kind": "name its kind, from the site's vocabulary of factors",
    "what": "write what made it possible",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of a factor."""
    cause = record.root_cause
    if not record.gated or not isinstance(cause, RootCause):
        return
    for number, factor in enumerate(given(cause.factors)):
        yield from unsaid(factor, ("root_cause", "factors", number), f"factor {number + 1}", _PARTS)


RULE = Rule("R212", "incomplete-factor", Level.ERROR, Scope.RECORD, check, __doc__)
