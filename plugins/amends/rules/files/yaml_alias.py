"""A YAML anchor, alias or tag.

## What it flags

Anything that YAML reads as `&anchor`, `*alias` or `!tag`, which is also what happens to prose that begins with one of
these characters.

## Why it matters

References inside a record save few lines and cost every reader a search; a few of them can be made to grow until memory
is full. In prose they are accidents that lose a word.

## Bad

```yaml
page:
  description: *All* sites of 612 customers were gone.
```

```yaml
owner: &team platform
```

```yaml
title: !important A script deletes 612 sites
```

## Good

```yaml
page:
  description: "*All* sites of 612 customers were gone."
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F108", "yaml-alias", Level.ERROR, Scope.READING, None, __doc__)
