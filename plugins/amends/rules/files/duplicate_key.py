"""A key that is given twice.

## What it flags

The same key twice in one mapping of the front matter.

## Why it matters

YAML keeps the last one and says nothing: what was written first is lost, and often it was the longer of the two.

## Bad

```yaml
title: Maintenance script deletes 612 customers' sites
owner: platform
owner: sre
```

## Good

```yaml
title: Maintenance script deletes 612 customers' sites
owner: platform
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F107", "duplicate-key", Level.ERROR, Scope.READING, None, __doc__)
