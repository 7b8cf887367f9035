"""A follow-up whose figures do not add up.

## What it flags

At every status: more satisfied than contacted, or more contacted than affected, counted against the first row of
`customer_impact.affected`, wherever both are exact. In a closed record, besides: a follow-up that does not say `contacted`,
`satisfied` or `verified`, and gives no reason.

## Why it matters

"540 are satisfied" means something of 612 and little of 100,000. Closing a record rests on these figures.

## Bad

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
  affected: 612
  harms: [outage]
response:
  follow_up: {contacted: 540, satisfied: 612, verified: 2031-05-30}
```

```yaml
status: closed
response:
  follow_up:
    contacted: 540
    verified: 2031-05-30
```

## Good

```yaml
customer_impact:
  summary: For six hours nobody could open a board, and edits made in that time were lost.
  affected: 612
  harms: [outage]
response:
  follow_up: {contacted: 612, satisfied: 540, verified: 2031-05-30}
```

```yaml
status: closed
response:
  follow_up:
    contacted: 540
    satisfied:
      unknown: The letters asked for a call back, and calls were not counted.
    verified: 2031-05-30
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import CustomerImpact, Figure, FollowUp, Record, Status, given
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_PATH = ("response", "follow_up")
_AGAINST = "follow-up is counted against the first row of `customer_impact.affected`: correct one of the two"
_PARTS = {
    "contacted": "write how many were asked, or say `{unknown: why}`",
    "satisfied": "write how many said that they are satisfied, or say `{unknown: why}`",
    "verified": "write when they were asked, or say `{unknown: why}`",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each pair of figures that contradict each other; at closed, for each that is missing."""
    follow_up = record.reply.follow_up
    if not isinstance(follow_up, FollowUp):
        return
    contacted, satisfied, affected = _exact(follow_up.contacted), _exact(follow_up.satisfied), _affected(record)
    if satisfied is not None and contacted is not None and satisfied > contacted:
        yield Finding((*_PATH, "satisfied"), f"{satisfied:,} are satisfied, of only {contacted:,} contacted",
                      "correct the one that is wrong, or say `{unknown: why}`")
    if affected is not None and contacted is not None and contacted > affected:
        yield Finding((*_PATH, "contacted"), f"{contacted:,} were contacted, of only {affected:,} affected",
                      f"{_AGAINST}, or put the group that was asked first")
    if affected is not None and contacted is None and satisfied is not None and satisfied > affected:
        yield Finding((*_PATH, "satisfied"), f"{satisfied:,} are satisfied, of only {affected:,} affected",
                      _AGAINST)
    if record.status is Status.CLOSED and record.gated:
        yield from unsaid(follow_up, _PATH, "closed, but the follow-up", _PARTS)


def _exact(figure: object) -> int | None:
    return figure.value if isinstance(figure, Figure) and not figure.about else None


def _affected(record: Record) -> int | None:
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    return _exact(rows[0].count) if rows else None


RULE = Rule("C412", "unreconciled-follow-up", Level.ERROR, Scope.RECORD, check, __doc__)
