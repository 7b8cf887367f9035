"""A repetition told the wrong way round.

## What it flags

An entry of `recurrence_of` or `plans_used` that names an incident which began after this one, and an entry of a risk's `came_true` that names
one which began before it. Only what is certain is named: two incidents of the same day pass, and so does one whose beginning is not told.

## Why it matters

What happened again, which plan was there to be used, and which risk was foreseen are told on both records' pages. The wrong way round they
are told of the wrong incident.

## Bad

```yaml
risk:
  - what: Another index may outgrow its cluster and make search slow for everybody.
    likelihood: unlikely
    consequence: major
    protection: An alarm at seventy per cent of the cluster's memory.
    owner: search
    review_by: 2031-10-01
    came_true: [2031-03-02-slow-search]
```

## Good

```yaml
recurrence_of: [2031-03-02-slow-search]
plans_used:
  - of: 2031-03-02-slow-search
    plan: 1
    worked: true
    why: Stopping the rebuilds brought search back within ten minutes.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.record import Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each incident that is on the wrong side of this one."""
    for number, stem in enumerate(given(record.recurrence_of)):
        yield from _earlier(record, corpus, stem, ("recurrence_of", number))
    for number, use in enumerate(given(record.plans_used)):
        if use.of:
            yield from _earlier(record, corpus, use.of, ("plans_used", number, "of"))
    for number, risk in enumerate(given(record.risk)):
        for entry, stem in enumerate(given(risk.came_true)):
            other = corpus.record(stem)
            if other is not None and _before(other, record):
                yield Finding(("risk", number, "came_true", entry), f"`{stem}` began on {other.started}, before this incident",
                              "name the later incident in which the risk came true; what this one repeats goes under `recurrence_of`")


def _earlier(record: Record, corpus: Corpus, stem: str, place: Path) -> Iterator[Finding]:
    other = corpus.record(stem)
    if other is not None and _before(record, other):
        yield Finding(place, f"`{stem}` began on {other.started}, after this incident",
                      "name an earlier incident here; the later of the two is the one that names the other")


def _before(one: Record, other: Record) -> bool:
    return one.started is not None and other.started is not None and one.started.before(other.started)


RULE = Rule("T309", "repeat-out-of-order", Level.ERROR, Scope.RECORD, check, __doc__)
