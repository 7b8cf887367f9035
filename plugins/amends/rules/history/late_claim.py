"""Something that was done long before the record said so.

## What it flags

A promise or an action that stood in the record as open, from review on, and for which `kept` or `done` was then filled in more than thirty
days after the day it names. Thirty days leave room for a monthly round. What came into the record as done, or was done before the record
was at review, was never shown as open. The day on which the change was written counts, not the day on which it was merged.

## Why it matters

For all that time the site showed a promise as open, or as late, that was kept; or else the day was chosen afterwards, to be in time.
Evidence settles which of the two it was: with `evidence` beside it, the claim passes.

## Bad

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="2 2031-09-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01, kept: 2031-05-28}
```

## Good

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="2 2031-09-14"
response:
  commitments:
    - id: C1
      promise: Nothing is deleted for good within thirty days.
      to: everyone
      made: 2031-04-12
      due: 2031-06-01
      kept: 2031-05-28
      evidence: https://tracker.example.org/OPS-103
```
"""

from collections.abc import Iterator
from datetime import timedelta

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.history import History, Past, What
from amends.history.past import OPEN
from amends.reading.document import Document
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Action, Commitment, given
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope

_ROOM = timedelta(days=30)


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each claim that came late."""
    for record, past in told(corpus, history):
        if not past.of(What.SETTLED):
            continue
        for number, commitment in enumerate(given(record.reply.commitments)):
            if (message := _late("promise", "kept", commitment, commitment.kept, past)) is not None:
                yield record.document, Finding(("response", "commitments", number, "kept"), message, _HELP)
        for number, action in enumerate(given(record.actions)):
            if (message := _late("action", "done", action, action.done, past)) is not None:
                yield record.document, Finding(("actions", number, "done"), message, _HELP)


_HELP = "show under `evidence` where one can see that it was done by that day"


def _late(part: str, word: str, entry: Commitment | Action, day: Moment | Absence | None, past: Past) -> str | None:
    if not isinstance(day, Moment) or isinstance(entry.evidence, str):
        return None
    said = [change for change in past.of(What.SETTLED, part, entry.id or "") if change.after == day.day.isoformat()]
    if not said or (version := said[-1].version) is None or said[-1].before != OPEN or not said[-1].stood or not said[-1].stood.binds:
        return None
    late = version.earliest - day.day
    if late <= _ROOM:
        return None
    return f"that {said[-1].name} was {word} {day.dated} was filled in {late.days} days later, {said[-1].source}"


RULE = Rule("G608", "late-claim", Level.WARNING, Scope.HISTORY, check, __doc__)
