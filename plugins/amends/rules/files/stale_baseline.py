"""A line of the baseline for a finding that is no longer there.

## What it flags

A line of the file given as `--baseline` whose finding has been mended, so that it lets nothing stand any more. Only a check of everything can tell.

## Why it matters

A baseline is a debt that shrinks. A line that stays behind would let the same fault in again, and nobody would see it come.

## Bad

```text title="baseline.txt"
0123456789abcdef0123456789abcdef incidents/2031/2031-04-05-site-deletion.md: P501 action A1 has no owner
```

## Good

```text title="baseline.txt"
# Findings that were there when the gate was adopted.
```
"""

from amends.diagnostics import Level
from amends.rules.rule import Rule, Scope

RULE = Rule("F126", "stale-baseline", Level.WARNING, Scope.READING, None, __doc__)
