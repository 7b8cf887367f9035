"""Figures of the customer impact that can't be true.

## What it flags

At every status: more affected than there are (`count` above `of`; where one of them is `about`, by more than a tenth), a `share`
that `count` and `of` contradict by more than a tenth, and people affected by what `harms: []` calls a near miss.

## Why it matters

These figures decide what is owed to whom. They are added up, compared and shown; one that cannot be true makes all of them
doubtful.

## Bad

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
  harms: [outage]
  affected:
    - {count: 180000, of: 612, unit: organisations}
```

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
  harms: []
  affected: 612
```

## Good

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
  harms: [outage]
  affected:
    - {count: 612, of: 180000, share: 0.34%, unit: organisations}
```

```yaml
customer_impact:
  summary: The wrong list was noticed in the dry run, before any customer could feel it.
  harms: []
  affected: 0
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import CustomerImpact, Figure, Record, Share, given
from amends.rules.rule import Rule, Scope

_LEEWAY = 1.1
"""How far figures may part that are about right, or rounded."""


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each figure that contradicts another."""
    impact = record.customer_impact
    if not isinstance(impact, CustomerImpact):
        return
    for number, row in enumerate(given(impact.affected)):
        path = ("customer_impact", "affected", number)
        count, of, share = row.count, row.of, row.share
        if not isinstance(count, Figure):
            continue
        if isinstance(of, Figure):
            leeway = _LEEWAY if count.about or of.about else 1
            if count.value > of.value * leeway:
                yield Finding((*path, "count"), f"{count} affected, of only {of}",
                              "`count` is how many were affected, `of` how many there are in all")
            elif isinstance(share, Share) and of.value and _apart(share.percent, 100 * count.value / of.value):
                yield Finding((*path, "share"), f"the share is {share}, but {count} of {of} is {100 * count.value / of.value:.2g}%",
                              "correct the one that is wrong, or leave the share out")
        if impact.harms == () and count.value:
            yield Finding(("customer_impact", "harms"),
                          f"`harms` is empty, as for a near miss, but {count} {row.unit or 'customers'} were affected",
                          "name what it did to them under `harms`, or correct the count")
            return


def _apart(one: float, other: float) -> bool:
    """Whether two percentages differ by more than rounding."""
    return abs(one - other) > max(0.1 * max(one, other), 0.05)


RULE = Rule("R214", "impossible-impact", Level.ERROR, Scope.RECORD, check, __doc__)
