"""Two promises under one name.

## What it flags

At every status, an entry of `response.commitments` with the `id` of an earlier one.

## Why it matters

A promise is followed by its id, through the ledger and through later versions of the record. Of two with the same, one gets lost.

## Bad

```yaml
response:
  commitments:
    - {id: C1, promise: "Every customer gets a written account.", to: affected, made: 2031-04-12, due: 2031-04-30}
    - {id: C1, promise: "Deleting a site takes two people from now on.", to: everyone, made: 2031-04-12, due: 2031-06-30}
```

## Good

```yaml
response:
  commitments:
    - {id: C1, promise: "Every customer gets a written account.", to: affected, made: 2031-04-12, due: 2031-04-30}
    - {id: C2, promise: "Deleting a site takes two people from now on.", to: everyone, made: 2031-04-12, due: 2031-06-30}
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import repeated
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """One finding for each promise whose id is taken."""
    return repeated(given(record.reply.commitments), ("response", "commitments"), "the promise",
                    "give it an id of its own, for example the next free number")


RULE = Rule("C414", "duplicate-commitment", Level.ERROR, Scope.RECORD, check, __doc__)
