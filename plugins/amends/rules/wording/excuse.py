"""An excuse in what customers were told.

## What it flags

In what customers were told (`words` of a notice, `promise` of a commitment, `told` of the staff): "beyond our control",
"unprecedented", "nobody could have foreseen", "higher than expected demand", "teething problems", and their like in every language that
the site knows. Quotations, code and links are left alone, and so is a sentence that takes the phrase back ("this was not beyond our
control").

## Why it matters

However true it is, it asks those who were hit to understand the company, when it was the company's turn to understand them. Say what
happened, in figures; the reader judges how rare it was.

## Bad

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: Due to circumstances beyond our control your boards can't be opened.
```

```yaml
response:
  staff:
    briefed: 2031-04-05T08:20Z
    told: That the load was unprecedented.
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: None of this was beyond our control. Three times as many of you came as on the busiest day before, and we had room for twice.
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
    return said_to_customers(record, corpus, "excuse", RULE.code, "is heard as an excuse")


RULE = Rule("W802", "excuse", Level.WARNING, Scope.RECORD, check, __doc__)
