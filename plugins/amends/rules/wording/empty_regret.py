"""Regret that names nothing.

## What it flags

In what customers were told (`words` of a notice, `promise` of a commitment, `told` of the staff): "any inconvenience", "sorry for the
inconvenience", "we take this very seriously", "your privacy is important to us", and their like in every language that the site knows.
Quotations, code and links are left alone.

## Why it matters

Everybody has read these sentences a hundred times, and always from somebody who did not want to say more. Whoever lost a wedding's
flights was not inconvenienced. An apology counts when it names what happened to whom.

## Bad

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: apology, by: Support, via: [email], words: We apologise for any inconvenience caused.}
```

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: apology, by: Support, via: [email], words: We take the security of your data very seriously.}
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: apology
      by: The head of engineering
      via: [email]
      words: You could not reach your boards for three days, some of you with a deadline on one of them. We are sorry.
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
    return said_to_customers(record, corpus, "empty_regret", RULE.code, "names nothing that happened to anybody")


RULE = Rule("W804", "empty-regret", Level.WARNING, Scope.RECORD, check, __doc__)
