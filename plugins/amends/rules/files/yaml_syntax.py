"""Front matter that is no YAML.

## What it flags

Anything that the YAML parser can't read: a colon in the middle of a text, a quote or bracket left open, a text that
begins with a backtick, a line that is out of step.

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

## Good

```yaml
title: "Outage: invoices arrive a day late"
```

```yaml
title: >-
  `nightly` stands still and invoices arrive late
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F105", "yaml-syntax", Level.ERROR, Scope.READING, None, __doc__)
