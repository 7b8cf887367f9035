"""A message to customers of which a part is missing.

## What it flags

From review on, an entry of `response.notices` without `at`, `kind`, `by` or `via`.

## Why it matters

Whether customers were told in time, by somebody who answers for it, and where they look, is read from these four.

## Bad

```yaml
response:
  notices:
    - at: 2031-04-05T09:03Z
      words: We are looking into it.
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
      words: We are looking into it.
    - at: 2031-04-06T08:00Z
      kind: apology
      by:
        unknown: The copy of the letter that we have is not signed.
      via: [letter]
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "at": "write when it went out, with the offset",
    "kind": "write one of: first, update, apology, closure",
    "by": "write who spoke",
    "via": "list the channels, for example `[email, status-page]`",
}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of a message."""
    if not record.gated:
        return
    for number, notice in enumerate(given(record.reply.notices)):
        yield from unsaid(notice, ("response", "notices", number), f"notice {number + 1}", _PARTS)


RULE = Rule("C409", "incomplete-notice", Level.ERROR, Scope.RECORD, check, __doc__)
