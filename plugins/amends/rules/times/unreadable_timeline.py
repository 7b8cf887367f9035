"""A timeline entry whose time can't be read.

## What it flags

An entry of the section `## Timeline` that begins with a time of day without an offset or without a date, or with a day or an hour
that does not exist, and one that begins like a time in a form that is not read: `06.56`, `0310 h`, `2 June, 04:00`, `yesterday`, or a
time of a clock of twelve hours (`6:58 pm`). The offset can be given once, in the heading, and the day in a heading below it or in an
earlier entry; what a heading could say of many entries is one finding. A zone is named by its offset, as `UTC+1`: letters like `CET` say
little without the day, and `IST` is three zones. An approximate time is written `~06:52` or `about 06:52`. An item that begins
like none of these is shown as it stands, between the entries.

## Why it matters

The timeline is drawn, and compared with the record's `times`. An entry that nobody can place falls out of the drawing.

## Bad

```markdown
## Timeline

- 2031-04-05T07:38Z The first site is gone.
- 09:10 The list is found to hold ids of sites.
```

```markdown
## Timeline (UTC)

- 07:38 The first site is gone.
```

```markdown
## Timeline (UTC)

### 2031-04-05

- 07:38 The first site is gone.
- 08.10 Support hears of it.
- 9:10 pm The list is found to hold ids of sites.
```

## Good

```markdown
## Timeline (UTC)

### 2031-04-05

- 07:38 The first site is gone.
- about 08:10 Support hears of it.
- 09:10 The list is found to hold ids of sites.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """What reading the timeline could not make out."""
    return record.timeline.problems


RULE = Rule("T304", "unreadable-timeline", Level.ERROR, Scope.RECORD, check, __doc__)
