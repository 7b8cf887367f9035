"""A record that had come further than it is now.

## What it flags

A record that was published and is a draft or in review again, and one that was closed and is not any more. One that was closed again
passes; so does one that was closed, is published again, and says under `times.reopened` when the incident came back.

## Why it matters

A build leaves out what is not published: the account disappears from where people found it. And from review on the gate asks for what a
draft may leave open, so that going back is also a way past it.

## Bad

```yaml commit="1 2031-04-14"
status: published
```

```yaml commit="2 2031-05-14"
status: draft
```

## Good

```yaml commit="1 2031-04-14"
status: review
```

```yaml commit="2 2031-04-15"
status: draft
```

```yaml commit="3 2031-04-16"
status: published
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.history import History, What
from amends.reading.document import Document
from amends.record import Status, Times, given
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope

_ORDER = tuple(Status)


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each record that stands further back than it was."""
    for record, past in told(corpus, history):
        back = [change for change in past.of(What.STATUS) if change.stood and change.stood.public and _ORDER.index(change.stood) > _ORDER.index(record.status)]
        if not back or record.status is Status.CLOSED:
            continue
        if record.status is Status.PUBLISHED and isinstance(record.times, Times) and given(record.times.reopened):
            continue
        last = back[-1]
        yield record.document, Finding(("status",), f"the record was {last.before} and is {record.status.value}: it went back {last.source}",
                                       f"set it to {last.before} again once it is right, or say under `silence` why it went back")


RULE = Rule("G606", "status-went-back", Level.WARNING, Scope.HISTORY, check, __doc__)
