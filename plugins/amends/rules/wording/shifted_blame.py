"""A fault that is given to somebody else.

## What it flags

In what customers were told (`words` of a notice, `promise` of a commitment, `told` of the staff): fault given to customers ("users
should have"), to suppliers as the reason ("caused by a third party"), or to one employee ("a rogue engineer"), and their like in every
language that the site knows. Quotations, code and links are left alone.

## Why it matters

Customers chose the company and not its suppliers, and they can't do anything about either. A company that points elsewhere says that
it will happen again whenever somebody else slips. Which supplier it was belongs into `root_cause`, where it helps.

## Bad

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [email], words: The outage was caused by a third-party provider.}
```

```yaml
response:
  staff:
    briefed: 2031-04-05T08:20Z
    told: That users should have kept copies of their own.
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: We rely on a network that failed this morning, and had no second one. That was our choice, and we are changing it.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope
from amends.rules.wording.speech import said_to_customers


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each such phrase."""
    return said_to_customers(record, corpus, "shifted_blame", RULE.code, "gives the fault to somebody else")


RULE = Rule("W803", "shifted-blame", Level.WARNING, Scope.RECORD, check, __doc__)
