"""Text that YAML takes for a comment, and entries that it takes for text.

## What it flags

A text without quotes in which a `#` follows a space and something follows the `#` at once. A comment that has a space
after its `#` is left alone. An entry of a list that is indented further than the one above it.

## Why it matters

What stands behind the ` #` is silently dropped, and the half sentence that is left may even make sense. Two steps of a plan that became one
read as if nobody had thought of the second.

## Bad

```yaml
title: Change PR #12 deletes 612 customers' sites
```

```yaml
services:
  - web-app
    - search
```

## Good

```yaml
title: "Change PR #12 deletes 612 customers' sites"
```

```yaml
owner: platform # since the reorganisation
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F111", "swallowed-text", Level.WARNING, Scope.READING, None, __doc__)
