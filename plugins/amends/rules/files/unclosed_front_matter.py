"""Front matter that is never closed, or closed too early.

## What it flags

A file that begins with `---` and has no second line `---` that ends the front matter, or has it only somewhere in the
story. And one whose front matter is closed by a `---` in its middle: keys stand below it, and a second `---` below these, with no
heading on the way.

## Why it matters

YAML would read the story as keys, or MkDocs the keys as story: the page would build, and say nothing of what was
recorded. `visibility: restricted` below a stray `---` is a line of the story, which anybody reads. Such a record is not published.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late

## Summary

A queue stood still for a night.
```

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
---
visibility: restricted
---

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
