"""A value of another kind than its field.

## What it flags

A list where a text is expected, a text where a number is expected, an empty text, a name with spaces in it, more than
one of `none`, `unknown` and `missed`.

## Why it matters

Every scalar is read as text and typed by its field, so that YAML's guesses can't happen: `no` stays a word, and `0123`
is not quietly 83.

## Bad

```yaml
customer_impact:
  summary: Their sites were gone.
  affected: many
```

```yaml
title: [A script, deletes 612 sites]
```

```yaml
owner: the platform team
```

## Good

```yaml
customer_impact:
  summary: Their sites were gone for up to three days.
  affected: 612
  harms: [outage]
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F114", "wrong-type", Level.ERROR, Scope.READING, None, __doc__)
