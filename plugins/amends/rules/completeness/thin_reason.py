"""A reason that is no reason.

## What it flags

At every status except draft, the reason of a `{none: …}`, `{unknown: …}`, `{missed: …}`, of a part under `not_applicable`, of a
commitment's `broken` or an action's `dropped`, if it is a placeholder or too short to say anything: fewer than twenty letters, or
fewer than four words unless they are long ones.

## Why it matters

An honest "no" is never an error here, and that holds only as long as it is one. `{none: n/a}` is silence with brackets around it.

## Bad

```yaml
risk:
  none: n/a
```

```yaml
not_applicable:
  remedies: not needed
```

## Good

```yaml
risk:
  none: The feature was withdrawn, and nothing else uses the same code.
```

```yaml
not_applicable:
  remedies: Nobody outside the test group could sign in at the time.
```
"""

from collections.abc import Iterator
from typing import Any

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.record import Record
from amends.rules.completeness.texts import TOP_LEVEL_FREE, is_placeholder, says_little
from amends.rules.rule import Rule, Scope
from amends.typed import Absence

_GIVING_UP = ("broken", "dropped")


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each reason that says too little."""
    if not record.status.binds:
        return
    for key, value in record.document.values.items():
        if (value.__class__ is dict or value.__class__ is list) and key not in TOP_LEVEL_FREE:
            yield from _within(value, (key,), all_reasons=key == "not_applicable")


def _within(value: Any, path: Path, *, all_reasons: bool = False) -> Iterator[Finding]:
    entries = value.items() if value.__class__ is dict else enumerate(value)
    alone = value.__class__ is dict and len(value) == 1
    for key, part in entries:
        if part.__class__ is dict or part.__class__ is list:
            yield from _within(part, (*path, key))
        elif part.__class__ is str and (all_reasons or alone and key in Absence.KINDS or key in _GIVING_UP) \
                and (says_little(part) or is_placeholder(part)):
            yield Finding((*path, key), f"`{part}` is no reason for `{key}`", "say in a sentence why, so that a reader can judge it")


RULE = Rule("R209", "thin-reason", Level.ERROR, Scope.RECORD, check, __doc__)
