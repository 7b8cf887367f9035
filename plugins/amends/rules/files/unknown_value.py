"""A value that its field does not know.

## What it flags

A value outside the list that a field allows, for example a severity of `high`.

## Why it matters

An unknown value that quietly became a default would change what the policy asks for, and who may read the page.

## Bad

```yaml
severity: high
```

```yaml
status: done
```

## Good

```yaml
severity: sev2
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F113", "unknown-value", Level.ERROR, Scope.READING, None, __doc__)
