"""A time that the timeline knows nothing of.

## What it flags

One of the record's `times`, known to the minute, that lies before the first or after the last entry of a timeline with at least
three entries.

## Why it matters

Front matter and story tell the same incident twice. Where they differ, one of them is wrong, most often by an hour of offset.

## Bad

```markdown
## Timeline (UTC)

- 2031-04-05T08:38Z The first site is gone.
- 2031-04-05T09:10Z The list is found to hold ids of sites.
- 2031-04-09T09:15Z Everything is back.
```

## Good

```markdown
## Timeline (UTC)

- 2031-04-05T07:31Z The script starts.
- 2031-04-05T09:10Z The list is found to hold ids of sites.
- 2031-04-09T09:15Z Everything is back.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.moments import Moment
from amends.record import Record, Times
from amends.rules.rule import Rule, Scope

_NAMES = ("triggered", "started", "first_report", "detected", "understood", "mitigated", "resolved")


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each time outside the timeline's span."""
    entries, times = record.timeline.entries, record.times
    if len(entries) < 3 or not isinstance(times, Times):
        return
    for name in _NAMES:
        moment = getattr(times, name)
        if moment.__class__ is not Moment or not moment.precise:
            continue
        if all(moment.before(entry.at) for entry in entries):
            end, side = entries[0], "before the timeline's first entry"
        elif all(entry.at.before(moment) for entry in reversed(entries)):  # nearly always the last one tells
            end, side = entries[-1], "after the timeline's last entry"
        else:
            continue
        yield Finding(
            ("times", name),
            f"`{name}` ({moment}) is {side} ({end.at})",
            "correct the one that is wrong, or add what happened then to the timeline",
        )


RULE = Rule("T306", "timeline-contradicts-times", Level.WARNING, Scope.RECORD, check, __doc__)
