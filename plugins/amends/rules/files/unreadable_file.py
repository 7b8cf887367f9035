"""A file that can't be read as text.

## What it flags

A file that can't be opened, is larger than a megabyte, or is not UTF-8, and one whose name is not.

## Why it matters

A record that nobody can read is a record that nobody checks. Guessing the encoding would put wrong letters into names
and quotations.

## Bad

```text title="incidents/2031/2031-05-01-late-invoices.md (saved as Latin-1)"
---
title: Rechnungen kommen einen Tag zu spät
---
```

## Good

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Rechnungen kommen einen Tag zu spät
---
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F101", "unreadable-file", Level.ERROR, Scope.READING, None, __doc__)
