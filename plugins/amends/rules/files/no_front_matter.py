"""A record or checklist without front matter.

## What it flags

A file that does not begin with a line `---`. A folder's `README.md` needs none, and a file whose name begins with `_`
is a template.

## Why it matters

Everything that is checked, counted and found stands in the front matter. Without it the file would be published as a
page that no list knows.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md"
# Invoices arrive a day late

A queue stood still for a night.
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

RULE = Rule("F102", "no-front-matter", Level.ERROR, Scope.READING, None, __doc__)
