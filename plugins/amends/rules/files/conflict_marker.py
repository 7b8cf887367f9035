"""A merge conflict that was committed.

## What it flags

A line of seven `<` or `>` as git leaves them in a file that two people changed.

## Why it matters

Both sides are in the file, and one of them is wrong. Nobody knows which until a person has chosen.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
---
## Summary

\u003c<<<<<< HEAD
A queue stood still for a night.
=======
A queue stood still for a day.
\u003e>>>>>> correct-the-length
```

## Good

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
---
## Summary

A queue stood still for a night.
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F104", "conflict-marker", Level.ERROR, Scope.READING, None, __doc__)
