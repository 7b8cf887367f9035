"""Text that YAML takes for a comment.

## What it flags

A text without quotes in which a `#` follows a space and something follows the `#` at once. A comment that has a space
after its `#` is left alone.

## Why it matters

What stands behind the ` #` is silently dropped, and the half sentence that is left may even make sense.

## Bad

```yaml
title: Change PR #12 deletes 612 customers' sites
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
