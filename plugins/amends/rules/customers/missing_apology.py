"""An apology that was never made.

## What it flags

A record from review on whose severity or harm asks for an apology, and that has no notice with `kind: apology` and no reason for
it.

## Why it matters

A repair without an apology tells people that the fault was theirs to notice. Owning it, in plain words and by somebody who can, is
where winning trust back begins.

## Bad

```yaml
response:
  notices:
    - at: 2031-04-05T09:03Z
      kind: first
      by: Support
      to: affected
      via: [email, status-page]
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T09:03Z
      kind: first
      by: Support
      to: affected
      via: [email, status-page]
    - at: 2031-04-06T08:00Z
      kind: apology
      by: Our managing director
      to: affected
      via: [email]
      words: We deleted your sites. It was our mistake, and we are sorry.
```

```yaml
response:
  notices:
    - at: 2031-04-05T09:03Z
      kind: first
      by: Support
      to: affected
      via: [email, status-page]
not_applicable:
  apology: The outage was the carrier's, who apologised to everybody on our behalf the same evening.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks for an apology and none is recorded."""
    finding = unmet(record, corpus.settings, "apology")
    return () if finding is None else (finding,)


RULE = Rule("C402", "missing-apology", Level.ERROR, Scope.RECORD, check, __doc__)
