"""A tab in the indentation of the front matter.

## What it flags

A line of the front matter that is indented with a tab.

## Why it matters

YAML allows spaces alone. A tab looks like the right number of spaces in one editor and like another number in the next.

## Bad

```yaml
times:
\u0009started: 2031-04-05T07:38Z
```

## Good

```yaml
times:
  started: 2031-04-05T07:38Z
  detected: 2031-04-05T07:46Z
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F106", "tab-indentation", Level.ERROR, Scope.READING, None, __doc__)
