"""A file name with another day than the incident's.

## What it flags

A record whose stem begins with another day than `times.started`, in the offset that is written there.

## Why it matters

People look for an incident by its day, in the list of files as on the site. One of the two days is wrong, and nobody can see which.

## Bad

```yaml
times:
  started: 2031-04-06T07:38Z
```

## Good

```yaml
times:
  started: 2031-04-05T07:38Z
  detected: 2031-04-05T07:46Z
```
"""

from collections.abc import Iterator

from amends.corpus import STEM, Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """A finding where the two days differ."""
    started = record.started
    if started is None:
        return
    stem, day = record.stem, started.day.isoformat()
    if not stem.startswith(day) and (shape := STEM.match(stem)) is not None:
        yield Finding(
            ("times", "started"),
            f"the incident started on {day}, but its file is named after {shape[1]}",
            f"rename the file to {day}{stem[10:]}.md, or correct the day; the day is the one in the offset written here",
        )


RULE = Rule("F118", "date-mismatch", Level.ERROR, Scope.RECORD, check, __doc__)
