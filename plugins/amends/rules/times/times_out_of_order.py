"""Times that contradict each other.

## What it flags

Two of a record's `times` that can't both be right. What triggered an incident comes before its start, the start before it was
reported or detected, these before it was understood or mitigated, and all of them before it was resolved. A stretch of `reopened`
ends after it began, and begins after the incident was over. Equal times pass, and so does what only a finer time could contradict.

## Why it matters

How long customers waited is computed from these times. One slip of the pen makes a wait of minutes out of one of hours.

## Bad

```yaml
times:
  started: 2031-04-05T07:38Z
  detected: 2031-04-05T06:46Z
```

```yaml
times:
  started: 2031-04-05T07:38Z
  resolved: 2031-04-08T16:30Z
  reopened:
    - {from: 2031-04-09T08:00Z, to: 2031-04-09T07:15Z}
```

## Good

```yaml
times:
  started: 2031-04-05T07:38Z
  detected: 2031-04-05
  resolved: 2031-04-05
```
"""

from collections import Counter
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.moments import Moment
from amends.record import Record, Times, given
from amends.rules.rule import Rule, Scope

_STEPS = (("triggered",), ("started",), ("first_report", "detected"), ("understood", "mitigated"), ("resolved",))
"""What comes after what; times of one step have no order between them."""


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each time that comes before one it must follow."""
    times = record.times
    if not isinstance(times, Times):
        return
    earlier: list[tuple[str, Moment]] = []
    against: list[tuple[str, str]] = []
    for step in _STEPS:
        here = [(name, moment) for name in step if (moment := getattr(times, name)).__class__ is Moment]
        for name, moment in here:
            against += [(known, name) for known, before in reversed(earlier) if moment.before(before)]
        earlier += here
    if against:
        yield from _told_once(against, dict(earlier))
    if times.reopened:
        yield from _reopened(times)


def _told_once(against: list[tuple[str, str]], moments: dict[str, Moment]) -> Iterator[Finding]:
    """The fewest times that are at odds with the others, and with which: a wrong year is one mistake. `against` are pairs, the one to come first
    before the other.
    """
    while against:
        counts = Counter(name for pair in against for name in reversed(pair))
        name, count = counts.most_common(1)[0]
        others = [first if name == second else second for first, second in against if name in (first, second)]
        word = "before" if (others[0], name) in against else "after"
        more = f" and {count - 1} more of these times" if count > 1 else ""
        yield Finding(("times", name), f"`{name}` ({moments[name]}) comes {word} `{others[0]}` ({moments[others[0]]}){more}",
                      "correct it" if count > 1 else "correct the one that is wrong")
        against = [pair for pair in against if name not in pair]


def _reopened(times: Times) -> Iterator[Finding]:
    over = [m for m in (times.mitigated, times.resolved) if isinstance(m, Moment)]
    for number, stretch in enumerate(given(times.reopened)):
        if stretch.from_ is None:
            continue
        if stretch.to is not None and stretch.to.before(stretch.from_):
            yield Finding(
                ("times", "reopened", number, "to"),
                f"it was over again ({stretch.to}) before it came back ({stretch.from_})",
                "correct the one that is wrong",
            )
        if over and all(stretch.from_.before(end) for end in over):
            yield Finding(
                ("times", "reopened", number, "from"),
                f"it came back ({stretch.from_}) before it was over for the first time",
                "`resolved` is when it was over for the first time, or for good where `mitigated` tells the first",
            )


RULE = Rule("T303", "times-out-of-order", Level.ERROR, Scope.RECORD, check, __doc__)
