"""Line ends as on Windows.

## What it flags

A file with a carriage return in it.

## Why it matters

The first person who saves the file on another system changes every line of it, and its history is lost behind that
change.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md"
---\u000d
title: Invoices arrive a day late\u000d
---\u000d
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

RULE = Rule("F110", "line-endings", Level.WARNING, Scope.READING, None, __doc__)
