"""A due day that was put off.

## What it flags

A promise or an action that is due later than it was when the record was first at review or beyond, or for which no day is named any
more. How often the day moved, from when to when, and by whom the last time. A day that was moved back, a day that was brought forward,
and what was done by the first day pass; so does `due: {none: why}`, which gives the reason.

## Why it matters

A promise that is always due next month is never late. Each move may be right, but readers should learn that there was one and
why: give the reason under `silence`, where the site shows it.

## Bad

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="2 2031-05-30"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-09-01}
```

## Good

```yaml commit="1 2031-04-14"
status: draft
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-05-01}
```

```yaml commit="2 2031-04-15"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="3 2031-05-29"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01, kept: 2031-05-28}
```
"""

from collections.abc import Iterator, Sequence

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.history import Change, History, Past, What
from amends.reading.document import Document
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Action, Commitment, given
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope

_TIMES = {1: "once", 2: "twice"}


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each promise and action that is due later than it was."""
    for record, past in told(corpus, history):
        if not past.of(What.DUE):
            continue
        for number, commitment in enumerate(given(record.reply.commitments)):
            if (moved := _moved(commitment, commitment.kept, past, "promise")) is not None:
                yield record.document, Finding(("response", "commitments", number, "due"), *moved)
        for number, action in enumerate(given(record.actions)):
            if (moved := _moved(action, action.done, past, "action")) is not None:
                yield record.document, Finding(("actions", number, "due"), *moved)


def _moved(entry: Commitment | Action, settled: Moment | Absence | None, past: Past, part: str) -> tuple[str, str] | None:
    moves = [change for change in past.of(What.DUE, part, entry.id or "") if change.stood and change.stood.binds]
    if not moves or isinstance(entry.due, Absence):
        return None
    first, now = moves[0].before, entry.due.day.isoformat() if entry.due else ""
    if (now and now <= first) or (isinstance(settled, Moment) and settled.day.isoformat() <= first):
        return None
    return _told(moves, first, now), "say why under `silence`, so that readers know, and tell those to whom the first day was named"


def _told(moves: Sequence[Change], first: str, now: str) -> str:
    last = moves[-1]
    now_due = f"is due on {now}" if now else "has no day any more"
    return f"{last.name} was due on {first} and {now_due}: moved {_TIMES.get(len(moves), f'{len(moves)} times')}, last {last.source}"


RULE = Rule("G602", "moved-due-date", Level.WARNING, Scope.HISTORY, check, __doc__)
