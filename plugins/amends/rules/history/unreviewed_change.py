"""A published account that was changed and that nobody reviewed since.

## What it flags

A version of a published or closed record in which something that the one before said is no longer there: a figure, kind of harm, broken promise
or day of the customer impact, the notices, the commitments or the remedies; a kind of contributing factor; or a text of the impact,
the root cause, the notices or the remedies of which fewer than six words in ten are left. What is added, such as another notice or the day on which
a remedy arrived, is how a record grows and passes; so do corrections of a word. The change passes if somebody else is known to have looked
at it: `reviewers` has an entry of that day or later, or the commit is a merge, names a pull request as git hosts do, or says
`Reviewed-by:`. So this finds little, and what it finds was changed by one person alone.

## Why it matters

Reviewers stood for what was published. Nobody but its author stands for what it says now.

## Bad

```yaml commit="1 2031-04-22"
customer_impact:
  summary: 612 organisations opened their boards in the morning and found nothing there, most of them for three days.
  affected: 612
  harms: [outage, data-loss]
```

```yaml commit="2 2031-06-14"
customer_impact:
  summary: 612 organisations opened their boards in the morning and found nothing there, most of them for three days.
  affected: 612
  harms: [outage]
```

## Good

```yaml commit="1 2031-04-22"
customer_impact:
  summary: 612 organisations opened their boards in the morning and found nothing there, most of them for three days.
  affected: 612
  harms: [outage, data-loss]
```

```yaml commit="2 2031-06-14"
reviewers:
  - {who: sre, for: technical, on: 2031-04-20}
  - {who: support, for: customers, on: 2031-06-14}
customer_impact:
  summary: 612 organisations opened their boards in the morning and found nothing there, most of them for three days.
  affected: 612
  harms: [outage]
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.history import History, What
from amends.history.past import shortened
from amends.reading.document import Document
from amends.reading.moments import Moment
from amends.record import given
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope

_PLACES: dict[str, Path] = {part: ("response", part) for part in ("notices", "commitments", "remedies")}


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each part of which something is gone that nobody is known to have looked at; the last change of it."""
    for record, past in told(corpus, history):
        claims = [change for change in past.of(What.CLAIM) if change.stood and change.stood.public and change.version and not change.version.reviewed]
        if not claims:
            continue
        last_review = max((v.on.day for v in given(record.reviewers) if isinstance(v.on, Moment)), default=None)
        for change in {change.part: change for change in claims}.values():
            if change.version and (last_review is None or last_review < change.version.earliest):
                yield record.document, Finding(
                    _PLACES.get(change.part, (change.part,)),
                    f"`{change.part}` of the published record no longer says “{shortened(change.before)}”: changed {change.source}, and not reviewed since",
                    "have somebody else read it, and add them to `reviewers` with the day")


RULE = Rule("G610", "unreviewed-change", Level.WARNING, Scope.HISTORY, check, __doc__)
