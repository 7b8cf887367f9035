"""A promise that reads otherwise than when it was published.

## What it flags

A commitment whose words were changed after the record was published, and are still other words. Spaces, case and punctuation do not
count, and words that were changed back pass.

## Why it matters

Those to whom it was made know the first words. A promise that is kept in its second wording may be broken in its first.

## Bad

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="2 2031-05-14"
response:
  commitments:
    - {id: C1, promise: Sites are not deleted for good within three days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

## Good

```yaml commit="1 2031-04-14"
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01}
```

```yaml commit="2 2031-05-14"
response:
  commitments:
    - {id: C1, promise: "nothing is deleted for good, within thirty days", to: everyone, made: 2031-04-12, due: 2031-06-01}
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
    """One finding for each promise with other words than it was published with."""
    for record, past in told(corpus, history):
        changes = [change for change in past.of(What.WORDS, "promise") if past.was_public(change)]
        if not changes:
            continue
        for number, commitment in enumerate(given(record.reply.commitments)):
            own = [change for change in changes if change.id == (commitment.id or "")]
            if own and isinstance(commitment.promise, str) and words_in(commitment.promise) != words_in(own[0].before):
                yield record.document, Finding(
                    ("response", "commitments", number, "promise"),
                    f"promise {commitment.id or number + 1} was published as “{shortened(own[0].before, 100)}” and was reworded {own[-1].source}",
                    "go back to the first words and make a second promise of the new ones; a slip of the pen is explained under `silence`")


RULE = Rule("G604", "reworded-promise", Level.WARNING, Scope.HISTORY, check, __doc__)
