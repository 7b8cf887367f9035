"""A promise that stood in a published record and is gone.

## What it flags

A commitment that a published or closed record held in an earlier version, and of which neither the id nor the words are there now.
A promise that only got another id, or other words under its id, is still there (G604 looks at the words). What was in a draft or a
review, or only in versions of a branch that were never merged like that, was never published.

## Why it matters

Customers were told. A promise that is taken out of the record is not taken back; it is broken where nobody looks for it.

## Bad

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
    - {id: C2, promise: The full account is public by the end of April., to: everyone, made: 2031-04-12, due: 2031-04-30}
```

```yaml commit="2 2031-05-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

## Good

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
    - {id: C2, promise: The full account is public by the end of April., to: everyone, made: 2031-04-12, due: 2031-04-30}
```

```yaml commit="2 2031-05-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
    - id: C2
      promise: The full account is public by the end of April.
      to: everyone
      made: 2031-04-12
      due: 2031-04-30
      broken: Two of the partners asked for more time to close the same hole.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.history import History, What, words_in
from amends.history.past import shortened
from amends.reading.document import Document
from amends.record import given
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each published promise that the record no longer holds."""
    for record, past in told(corpus, history):
        gone = {(change.id or words_in(change.before)): change for change in past.of(What.GONE, "promise") if past.was_public(change)}
        if not gone:
            continue
        commitments = given(record.reply.commitments)
        ids, words = {c.id for c in commitments}, {words_in(c.promise) for c in commitments if isinstance(c.promise, str)}
        for change in gone.values():
            if change.id not in ids and words_in(change.before) not in words:
                quoted = f" (“{shortened(change.before)}”)" if change.id and change.before else ""
                yield record.document, Finding(("response", "commitments"), f"{change.name}{quoted} stood in the published record and is gone: {change.source}",
                                               "put it back, with `kept` and the day, or with `broken` and the reason")


RULE = Rule("G603", "vanished-promise", Level.ERROR, Scope.HISTORY, check, __doc__)
