"""A promise to customers of which a part is missing.

## What it flags

From review on, an entry of `response.commitments` without `id`, `promise`, `to`, `made` or `due`.

## Why it matters

A promise can be kept when one knows what was promised to whom, and by when. Its id is how later work, and later records, refer to
it.

## Bad

```yaml
response:
  commitments:
    - promise: Every customer gets a written account of what was lost.
      made: 2031-04-12
```

## Good

```yaml
response:
  commitments:
    - id: C1
      promise: Every customer gets a written account of what was lost.
      to: affected
      made: 2031-04-12
      due: 2031-04-30
    - id: C2
      promise: Deleting a site will always take two people.
      to: everyone
      made: 2031-04-12
      due:
        none: A standing promise, in force from the day it was made.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import called, unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "id": "give it a name, for example C1",
    "promise": "write what was promised",
    "to": "write to whom: affected, everyone, partners",
    "made": "write when it was promised",
    "due": "write by when; a promise without an end may say `{none: why}`",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of a promise."""
    if not record.gated:
        return
    for number, promise in enumerate(given(record.reply.commitments)):
        yield from unsaid(promise, ("response", "commitments", number), called("promise", promise.id, number), _PARTS)


RULE = Rule("C410", "incomplete-commitment", Level.ERROR, Scope.RECORD, check, __doc__)
