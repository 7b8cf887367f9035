"""A timeline that jumps back in time.

## What it flags

An entry of the timeline that certainly comes before the entry above it.

## Why it matters

A reader takes the entry above for what came before. Where an entry jumps back, either its time is a slip, or midnight has passed
unnoticed.

## Bad

```markdown
## Timeline (UTC)

- 2031-04-05T23:50Z The first sites are back.
- 00:20 Everything is checked.
```

## Good

```markdown
## Timeline (UTC)

- 2031-04-05T23:50Z The first sites are back.
- 2031-04-06T00:20Z Everything is checked.
```
"""

from collections.abc import Iterator
from itertools import pairwise

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each entry that comes before the one above it."""
    entries = record.timeline.entries
    for above, entry in pairwise(entries):
        if entry.at.before(above.at):
            yield Finding(
                entry.position,
                f"this entry ({entry.at}) comes before the one above it ({above.at})",
                "put the entries in order; after midnight, write the new day into the entry or into a heading",
            )


RULE = Rule("T305", "timeline-out-of-order", Level.WARNING, Scope.RECORD, check, __doc__)
