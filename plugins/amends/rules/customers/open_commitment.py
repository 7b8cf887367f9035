"""A promise left open in a closed record.

## What it flags

A closed record with an entry of `response.commitments` that is neither `kept` nor `broken`.

## Why it matters

Closing a record says that everything promised has been settled. A promise that quietly vanishes costs more trust than one that is
openly broken.

## Bad

```yaml
status: closed
response:
  commitments:
    - id: C1
      promise: Every customer gets a written account of what was lost.
      to: affected
      made: 2031-04-12
      due: 2031-04-30
```

## Good

```yaml
status: closed
response:
  commitments:
    - id: C1
      promise: Every customer gets a written account of what was lost.
      to: affected
      made: 2031-04-12
      due: 2031-04-30
      kept: 2031-04-29
    - id: C2
      promise: Every site can be exported in one step.
      to: everyone
      made: 2031-04-12
      due: 2031-09-30
      broken: The export of attachments turned out to need a new store, which comes next year.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, Status, given
from amends.rules.entries import called
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each promise that a closed record leaves open."""
    if record.status is not Status.CLOSED or not record.gated:
        return
    for number, promise in enumerate(given(record.reply.commitments)):
        if not promise.settled:
            yield Finding(("response", "commitments", number, "kept"),
                          f"closed, but {called('promise', promise.id, number)} is neither kept nor broken",
                          "write `kept:` with the day, or `broken:` with the reason; or leave the record at `published` until it is")


RULE = Rule("C403", "open-commitment", Level.ERROR, Scope.RECORD, check, __doc__)
