"""A time of day without an offset.

## What it flags

A time of day that says neither `Z` nor an offset such as `+02:00`. A bare date is always allowed.

## Why it matters

Nobody can tell later when it was: the author's clock, the server's, or the customers'. Every duration computed from it
would be a guess.

## Bad

```yaml
times:
  started: 2031-04-05T07:38
```

## Good

```yaml
times:
  started: 2031-04-05T07:38Z
```

```yaml
times:
  started: 2031-04-05
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("T301", "time-without-offset", Level.ERROR, Scope.READING, None, __doc__)
