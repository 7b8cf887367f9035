"""Something that was said to be done before it can have been.

## What it flags

A promise that was said to be kept, or an action that was said to be done, on a day that lay ahead when this was committed. The commit's
later day counts, of when it was written and when it landed, and one more day for time zones; what is not committed yet has no such day.
A day before the promise was made is T308's.

## Why it matters

A plan is not a deed. The day was written down in good hope and is now counted as if it had happened.

## Bad

```yaml commit="1 2031-05-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01, kept: 2031-05-28}
```

## Good

```yaml commit="1 2031-05-28"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="2 2031-05-30"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01, kept: 2031-05-28}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.history import History, Past
from amends.reading.document import Document
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import given
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope

_ZONES = timedelta(days=1)


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each claim that was made before its day."""
    for record, past in told(corpus, history, changed=False):
        for number, commitment in enumerate(given(record.reply.commitments)):
            if (message := _impossible("promise", "kept", commitment.id, commitment.kept, past)) is not None:
                yield record.document, Finding(("response", "commitments", number, "kept"), message, _HELP)
        for number, action in enumerate(given(record.actions)):
            if (message := _impossible("action", "done", action.id, action.done, past)) is not None:
                yield record.document, Finding(("actions", number, "done"), message, _HELP)


_HELP = "name the day on which it was done, or take it out until it is"


def _impossible(part: str, word: str, id_: str | None, day: Moment | Absence | None, past: Past) -> str | None:
    if not isinstance(day, Moment):
        return None
    version = past.claimed(part, id_ or "", day.day.isoformat())
    if version is None or version.latest + _ZONES >= day.day:
        return None
    return f"{part} {id_ or ''} was said to be {word} {day.dated} by {version.who} on {version.latest} already".replace("  ", " ")


RULE = Rule("G607", "impossible-claim", Level.WARNING, Scope.HISTORY, check, __doc__)
