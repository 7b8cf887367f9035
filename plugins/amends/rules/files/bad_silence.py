"""A silence without a code that exists, or without a reason.

## What it flags

An entry of `silence` without `code`, with the code of no rule, without `why`, or with a reason that says nothing.

## Why it matters

A silenced finding is listed on the site together with its reason. The reason is for the reader who wonders why this was let stand.

## Bad

```yaml
silence:
  - {code: T999, why: The timeline tells the two restorations one after the other.}
```

```yaml
silence:
  - code: T305
```

```yaml
silence:
  - {code: T305, why: no need}
```

## Good

```yaml
silence:
  - {code: T305, why: The timeline tells the two restorations one after the other.}
```
"""

from collections.abc import Iterator
from functools import cache

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.typed import nearest
from amends.record import Record
from amends.rules.rule import Rule, Scope
from amends.rules.texts import is_placeholder, says_little


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each part of an entry that is missing or says nothing."""
    if not record.silence:
        return
    names = _names()
    for number, silence in enumerate(record.silence):
        if silence.code is None:
            yield Finding(
                ("silence", number, "code"),
                "this silence does not say which finding it is about",
                "write the rule's code under `code`, for example T305",
            )
        elif silence.code not in names:
            by_name = next((code for code, name in names.items() if name == silence.code), None)
            yield Finding(
                ("silence", number, "code"),
                f"there is no rule `{silence.code}`",
                f"the code of {silence.code} is {by_name}" if by_name else nearest(silence.code, list(names)) or "`amends rule` lists them",
            )
        if silence.why is None:
            yield Finding(
                ("silence", number, "why"), f"nothing says why {silence.code or 'this finding'} is let stand", "give the reason under `why`"
            )
        elif is_placeholder(silence.why) or says_little(silence.why, letters=15, words=3):
            yield Finding(
                ("silence", number, "why"),
                f"`{silence.why}` does not say why {silence.code or 'this finding'} is let stand",
                "write a sentence for the reader who wonders",
            )


@cache
def _names() -> dict[str, str]:
    from amends.rules import all_rules  # the registry imports this module

    return {rule.code: rule.name for rule in all_rules()}


RULE = Rule("F123", "bad-silence", Level.ERROR, Scope.RECORD, check, __doc__)
