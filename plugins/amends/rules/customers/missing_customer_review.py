"""A record that nobody read with the customers' eyes.

## What it flags

A record from review on whose severity asks for a reviewer on behalf of the customers, and that has none with `for: customers`.

## Why it matters

Engineers write for engineers. Somebody who speaks with customers every day sees at once which promise is missing and which sentence
will hurt.

## Bad

```yaml
reviewers:
  - {who: sre, for: technical, on: 2031-04-20}
```

## Good

```yaml
reviewers:
  - {who: sre, for: technical, on: 2031-04-20}
  - {who: support, for: customers, on: 2031-04-21}
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for a customer-side reviewer and there is none."""
    finding = unmet(record, corpus.settings, "customer_reviewer")
    return () if finding is None else (finding,)


RULE = Rule("C405", "missing-customer-review", Level.ERROR, Scope.RECORD, check, __doc__)
