"""Front matter that is no YAML.

## What it flags

Anything that the YAML parser can't read, or reads as something else than was meant: a colon in the middle of a text, a comma in a text
between braces, a quote or bracket left open, a text that begins with a backtick, a line that is out of step.

## Why it matters

MkDocs swallows broken YAML: the page builds, the strict build passes, and all that was recorded is gone.

## Bad

```yaml
title: Outage: invoices arrive a day late
```

```yaml
title: `nightly` stands still and invoices arrive late
```

```yaml
sources: [https://blog.example.org/late-invoices
```

```yaml
response:
  staff: {briefed: 2031-04-05T08:20Z, told: We are sorry, and your data is safe.}
```

## Good

```yaml
title: "Outage: invoices arrive a day late"
```

```yaml
response:
  staff: {briefed: 2031-04-05T08:20Z, told: "We are sorry, and your data is safe."}
```

```yaml
title: >-
  `nightly` stands still and invoices arrive late
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F105", "yaml-syntax", Level.ERROR, Scope.READING, None, __doc__)
