"""A part said not to apply that no policy can ask for.

## What it flags

A key of `not_applicable` that is neither a part of the record nor something that a policy can ask for.

## Why it matters

The reason excuses nothing: the part that was meant is still missing, and the author believes that it was dealt with.

## Bad

```yaml
not_applicable:
  remedy: Nobody lost anything that could be made good.
```

## Good

```yaml
not_applicable:
  remedies: Nobody lost anything that could be made good.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.typed import nearest
from amends.record import Record, Response, Times
from amends.rules.rule import Rule, Scope
from amends.settings import REQUIREMENTS


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each key that excuses nothing."""
    if not record.not_applicable:
        return
    known = [*REQUIREMENTS, *(key for key in (*Record.fields(), *Response.fields(), *Times.fields()) if key not in REQUIREMENTS)]
    for key in record.not_applicable:
        if key not in known:
            yield Finding(("not_applicable", key), f"`{key}` is not something that a policy asks for",
                          nearest(key, known) or f"one of: {', '.join(REQUIREMENTS)}")


RULE = Rule("F125", "unknown-part", Level.ERROR, Scope.RECORD, check, __doc__)
