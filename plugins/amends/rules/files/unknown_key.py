"""A key that format 1 does not know.

## What it flags

A key of the front matter that has no meaning where it stands. A site's own keys go under `extra`, where nothing is
checked. The keys of a record in a checklist, and the other way round, are one finding: the file is in the wrong folder.

## Why it matters

A misspelled key is silence that looks like an answer: the author has written it, and nobody will ever see it.

## Bad

```yaml
visability: restricted
```

## Good

```yaml
visibility: restricted
```

```yaml
extra: {ticket: OPS-1}
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F112", "unknown-key", Level.ERROR, Scope.READING, None, __doc__)
