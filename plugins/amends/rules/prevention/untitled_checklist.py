"""A checklist without its title or its stage.

## What it flags

A checklist without `title` or `stage`.

## Why it matters

People look for a checklist by what they are about to do. The stage says when it is used; without one it is listed nowhere.

## Bad

```yaml checklist
title: null
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

from collections.abc import Iterable

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "title": "write what it is about",
    "stage": "write one of: design, build, change, release, operate, respond, customers",
}


def check(checklist: Checklist, corpus: Corpus) -> Iterable[Finding]:
    """One finding for each of the two that is missing."""
    return unsaid(checklist, (), "the checklist", _PARTS)


RULE = Rule("P515", "untitled-checklist", Level.ERROR, Scope.CHECKLIST, check, __doc__)
