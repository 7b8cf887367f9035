"""Satisfaction before and after that can't be compared.

## What it flags

From review on, in `response.scores`: a scale that is there twice, and a scale without a point from before customers knew of the incident, as
when satisfaction was measured on one scale before and on another after it. In a closed record, besides, a scale without a point from after
it began.

## Why it matters

Whether trust came back, or ended higher than before, shows on one scale, before and after. 4.1 stars and 62 percent say nothing of each
other.

## Bad

```yaml
response:
  scores:
    - scale: CSAT
      points:
        - {at: 2031-03-31, value: 4.1}
    - scale: NPS
      points:
        - {at: 2031-07-31, value: 34}
```

```yaml
response:
  scores:
    - scale: CSAT
      points:
        - {at: 2031-03-31, value: 4.1}
    - scale: csat
      points:
        - {at: 2031-03-30, value: 4.0}
        - {at: 2031-07-31, value: 4.3}
```

## Good

```yaml
response:
  scores:
    - scale: CSAT
      points:
        - {at: 2031-03-31, value: 4.1}
        - {at: 2031-07-31, value: 4.3}
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.moments import Moment
from amends.record import Record, Status, given
from amends.rules.customers.reach import notices_to_customers
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each scale that is there twice, and for each that lacks one of its two sides."""
    scores = given(record.reply.scores)
    if not scores or not record.gated:
        return
    began = record.started
    known = [notice.at for _, notice in notices_to_customers(record) if isinstance(notice.at, Moment)][:1]
    seen: dict[str, int] = {}
    for number, series in enumerate(scores):
        place = ("response", "scores", number)
        name = " ".join((series.scale or "").lower().split())
        if name in seen:
            yield Finding((*place, "scale"), f"the scale `{series.scale}` is there twice: it is also entry {seen[name] + 1}",
                          "put all its points under one of the two")
        elif name:
            seen[name] = number
        at = [point.at for point in series.points if point.at is not None]
        if began is None or not at:
            continue
        shown = f"`{series.scale}`" if series.scale else "this scale"
        if all(moment.before(point) for moment in (began, *known) for point in at):
            yield Finding((*place, "points"), f"{shown} has no point from before the incident, so nothing can be compared with it",
                          "add the last measurement before it, on the same scale")
        elif record.status is Status.CLOSED and not any(began.before(point) for point in at):
            yield Finding((*place, "points"), f"closed, but {shown} has no point from after the incident", "measure again, on the same scale")


RULE = Rule("C419", "mixed-scale", Level.WARNING, Scope.RECORD, check, __doc__)
