"""A promise that is both kept and broken.

## What it flags

At every status, an entry of `response.commitments` that says `broken` and a day on which it was `kept`.

## Why it matters

Nobody can count it: it would stand among the kept and among the broken promises. A promise that was kept late is kept; its dates
say how late.

## Bad

```yaml
response:
  commitments:
    - id: C1
      promise: Every customer gets a written account of what was lost.
      to: affected
      made: 2031-04-12
      due: 2031-04-30
      kept: 2031-05-04
      broken: Four days late.
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
      kept: 2031-05-04
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.moments import Moment
from amends.record import Record, given
from amends.rules.entries import called
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each promise that is said to be both."""
    for number, promise in enumerate(given(record.reply.commitments)):
        if promise.broken is not None and isinstance(promise.kept, Moment):
            yield Finding(("response", "commitments", number, "broken"),
                          f"{called('promise', promise.id, number)} is broken, and was kept {promise.kept.dated}",
                          "keep one of the two; a promise kept late is kept, and its dates tell how late")


RULE = Rule("C413", "kept-and-broken", Level.ERROR, Scope.RECORD, check, __doc__)
