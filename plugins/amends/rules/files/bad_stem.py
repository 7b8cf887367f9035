"""A record whose file name is no day and no name.

## What it flags

A record whose file, or whose folder where the file is `index.md`, is not named `YYYY-MM-DD-slug` with a day that exists, and one
that lies in the folder of another year.

## Why it matters

The name is the record's identity: links, lists and addresses are made of it. It begins with the day so that the records sort by
time, and holds no counter so that two people can begin one at the same time.

## Bad

```text title="incidents/2031/late-invoices.md"
---
title: Invoices arrive a day late
---
```

```text title="incidents/2032/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
---
```

## Good

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
---
```
"""

import re
from collections.abc import Iterator
from datetime import date

from amends.corpus import STEM, Corpus
from amends.diagnostics import Finding, Level, Position
from amends.record import Record
from amends.rules.rule import Rule, Scope

_YEAR = re.compile(r"\d{4}")
_TOP = Position(1, 1)


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """A finding for a name that is no day and slug, or for the folder of another year."""
    path, stem = record.path, record.stem
    shape = STEM.match(stem)
    if shape is None:
        yield Finding(_TOP, f"`{stem}` is not a name for a record", _remedy(stem))
        return
    try:
        date.fromisoformat(shape[1])
    except ValueError:
        yield Finding(
            _TOP, f"`{shape[1]}` in the file's name is not a day that exists", "begin the name with the day on which the incident started"
        )
        return
    for folder in path.split("/")[:-1]:
        if _YEAR.fullmatch(folder) and folder != stem[:4]:
            yield Finding(_TOP, f"`{stem}` lies in the folder of {folder}", f"move it to the folder {stem[:4]}")


def _remedy(stem: str) -> str:
    day = re.match(r"(\d{4})(?:[-._]?(\d{2})[-._]?(\d{2})|[-._](\d{1,2})[-._](\d{1,2}))(?!\d)", stem)
    slug = "-".join(re.findall(r"[^\W_]+", stem[day.end() if day else 0:].lower())) or "what-happened"
    start = "-".join(part.zfill(2) for part in day.groups() if part) if day else ""
    try:
        date.fromisoformat(start)
    except ValueError:
        start = "2031-04-05"
    return f"name it by the day on which the incident started and a few words with hyphens, for example {start}-{slug}.md"


RULE = Rule("F116", "bad-stem", Level.ERROR, Scope.RECORD, check, __doc__)
