"""Front matter that is opened and never closed.

## What it flags

A file that begins with `---` and has no second line `---` that ends the front matter, or has it only somewhere in the
story.

## Why it matters

YAML would read the story as keys, or MkDocs the keys as story: the page would build, and say nothing of what was
recorded.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late

## Summary

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

RULE = Rule("F103", "unclosed-front-matter", Level.ERROR, Scope.READING, None, __doc__)
