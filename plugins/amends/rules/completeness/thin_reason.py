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
from amends.reading.typed import Absence
from amends.record import Record
from amends.rules.rule import Rule, Scope
from amends.rules.texts import TOP_LEVEL_FREE, is_placeholder, may_hold_a_place, says_little

_GIVING_UP = ("broken", "dropped")


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each reason that says too little."""
    if not record.status.binds:
        return
    values = record.document.values
    if _worth_a_look(values):
        for key, value in values.items():
            if key not in TOP_LEVEL_FREE:
                yield from _within(value, (key,), all_reasons=key == "not_applicable")


def _worth_a_look(values: dict[str, Any]) -> bool:
    """Whether any reason could be too thin. Without paths, so that a clean record costs little."""
    pending: list[Any] = [values]
    while pending:
        part = pending.pop()
        if part.__class__ is dict:
            for key in part if len(part) == 1 else _GIVING_UP:
                if key in part and (key in Absence.KINDS or key in _GIVING_UP) and _is_thin(part[key]):
                    return True
            part = part.values()
        pending += [value for value in part if value.__class__ is dict or value.__class__ is list]
    excused = values.get("not_applicable")
    return excused.__class__ is dict and any(_is_thin(reason) for reason in excused.values())


def _within(value: Any, path: Path, *, all_reasons: bool = False) -> Iterator[Finding]:
    if value.__class__ is list:
        for number, part in enumerate(value):
            yield from _within(part, (*path, number))
    elif value.__class__ is dict:
        for key, part in value.items():
            if (all_reasons or (len(value) == 1 and key in Absence.KINDS) or key in _GIVING_UP) and _is_thin(part):
                yield Finding((*path, key), f"`{part}` is no reason for `{key}`", "say in a sentence why, so that a reader can judge it")
            else:
                yield from _within(part, (*path, key))


def _is_thin(reason: Any) -> bool:
    return reason.__class__ is str and (says_little(reason) or (may_hold_a_place(reason) and is_placeholder(reason)))


RULE = Rule("R209", "thin-reason", Level.ERROR, Scope.RECORD, check, __doc__)
