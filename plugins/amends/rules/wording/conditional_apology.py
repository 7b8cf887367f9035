"""An apology that depends on an if.

## What it flags

In what customers were told (`words` of a notice, `promise` of a commitment, `told` of the staff): "sorry if", "if anyone was
affected", "who may have been", "sorry that you feel", and their like in every language that the site knows. Quotations, code and links
are left alone, and so are imported records.

## Why it matters

Whoever was hit knows that they were. An apology that leaves it open whether anything happened is heard as doubt in what they say, and
is worse than none. Words that were really said stay as they are: a record is no place to polish them. Such a record silences the
finding and says why; the help is for the next message.

## Bad

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: apology, by: Support, via: [email], words: We are sorry if anyone was affected by this.}
```

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: apology
      by: Support
      via: [email]
      words: We apologise to everyone who may have lost their boards this morning.
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: apology
      by: Support
      via: [email]
      words: We deleted 612 of your sites this morning, and we are sorry. If you need one of them today, call us and you go first.
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
    return said_to_customers(record, corpus, "conditional_apology", RULE.code, "makes the apology depend on an if")


RULE = Rule("W801", "conditional-apology", Level.WARNING, Scope.RECORD, check, __doc__)
