"""A text that is no time.

## What it flags

A text where a time is expected that is neither ISO 8601 nor a date, or that names a day or an hour that does not exist.

## Why it matters

What can't be read can't be put in order, counted or drawn, and a day that does not exist is a slip of the pen for
another one.

## Bad

```yaml
times:
  started: last Friday
```

```yaml
times:
  started: 2031-02-30
```

```yaml
times:
  started: "07:38"
```

## Good

```yaml
times:
  started: 2031-04-05T09:38+02:00
```

```yaml
times:
  started: {about: 2031-04-05}
```

```yaml
times:
  started: {unknown: Nobody looked at the logs before they were rotated away.}
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("T302", "malformed-time", Level.ERROR, Scope.READING, None, __doc__)
