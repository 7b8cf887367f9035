"""A file that begins with a byte order mark.

## What it flags

The invisible character U+FEFF at the beginning of a file, as some editors on Windows write it.

## Why it matters

Other tools don't see the front matter behind it, and a comparison shows a change in a line that looks the same.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md"
\ufeff---
title: Invoices arrive a day late
---
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

RULE = Rule("F109", "byte-order-mark", Level.WARNING, Scope.READING, None, __doc__)
