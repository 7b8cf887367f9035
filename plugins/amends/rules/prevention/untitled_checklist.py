"""A checklist without its title or its stage.

## What it flags

A checklist without `title` or `stage`, or whose title is a placeholder such as `TBD`.

## Why it matters

People look for a checklist by what they are about to do. The stage says when it is used; without one it is listed nowhere.

## Bad

```yaml checklist
title: null
```

```yaml checklist
title: TBD
```

```yaml checklist
stage: null
```

## Good

```yaml checklist
title: Destructive changes
stage: change
```
"""

from collections.abc import Iterator

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.rules.entries import stood_in, unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "title": "write what it is about",
    "stage": "write one of: design, build, change, release, operate, respond, customers",
}


def check(checklist: Checklist, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each of the two that is missing."""
    yield from unsaid(checklist, (), "the checklist", _PARTS)
    yield from stood_in(checklist, (), {"title": _PARTS["title"]})


RULE = Rule("P515", "untitled-checklist", Level.ERROR, Scope.CHECKLIST, check, __doc__)
