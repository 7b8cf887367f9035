"""An incident that happened again while what was to prevent it was not done.

## What it flags

From review on, an entry of `recurrence_of` whose record has an action of `kind: prevent` that is open, dropped, or not known to have been done, unless
this record takes the action up with `same_as`.

## Why it matters

The second time, it is no longer bad luck: the cause was known, the remedy was written down, and customers paid for it once more. Whoever
closes the new record should not leave the old action behind, nor invent the same one again.

## Bad

```text title="incidents/2030/2030-05-06-site-deletion.md"
---
title: A clean-up deletes 40 customers' sites
status: published
severity: sev4
services: [wiki]
owner: platform
actions:
  - {id: A1, what: Delete in two steps, kind: prevent, owner: platform, due: 2030-09-01}
---
```

```text title="incidents/2031/2031-06-07-site-deletion-again.md"
---
title: A clean-up deletes 12 customers' sites
status: published
severity: sev4
services: [wiki]
owner: platform
recurrence_of: [2030-05-06-site-deletion]
---
```

## Good

```text title="incidents/2030/2030-05-06-site-deletion.md"
---
title: A clean-up deletes 40 customers' sites
status: published
severity: sev4
services: [wiki]
owner: platform
actions:
  - {id: A1, what: Delete in two steps, kind: prevent, owner: platform, due: 2030-09-01}
---
```

```text title="incidents/2031/2031-06-07-site-deletion-again.md"
---
title: A clean-up deletes 12 customers' sites
status: published
severity: sev4
services: [wiki]
owner: platform
recurrence_of: [2030-05-06-site-deletion]
actions:
  - {id: A1, same_as: 2030-05-06-site-deletion/A1}
---
```
"""

from collections.abc import Iterator
from itertools import count

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.prevention.became import became
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each action of an earlier incident that was not done, and that this record does not take up."""
    if not record.recurrence_of or not record.gated:
        return
    ids = {action.id for action in given(record.actions)}
    free = (f"A{number}" for number in count(1) if f"A{number}" not in ids)
    taken_up = [corpus.behind(action) for action in given(record.actions) if action.same_as]
    for number, stem in enumerate(given(record.recurrence_of)):
        earlier = corpus.record(stem)
        if earlier is None or earlier.stem == record.stem or (earlier.restricted and not record.restricted):
            continue
        for reference, action in corpus.unprevented(earlier):
            if not any(action is other for other in taken_up):
                yield Finding(("recurrence_of", number), f"`{stem}` happened again, and of what was to prevent it, {became(reference, action)}",
                              f"take it up in `actions`, for example as `{{id: {next(free)}, same_as: {reference}}}`, and see it done")


RULE = Rule("P518", "repeated-with-open-actions", Level.WARNING, Scope.RECORD, check, __doc__)
