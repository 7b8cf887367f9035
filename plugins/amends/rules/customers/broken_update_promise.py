"""A next message that was promised and did not come in time.

## What it flags

From review on, a notice to customers whose `next_update_by` no later notice met: the next one went out certainly later, or there is
none. What went to an authority answers no promise to customers.

## Why it matters

"More by eleven" is the smallest promise there is, made to people who look at the clock. Kept, it buys hours of patience; broken, it says that nobody
is minding them. Where it was missed, let it stand: silence the finding and say why it came about.

## Bad

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: Your site is missing and it was our doing. The next word from us comes before eleven.
      next_update_by: 2031-04-05T11:00Z
    - {at: 2031-04-05T12:40Z, kind: update, by: Support, via: [email], words: We have found the cause and stopped it.}
```

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: Your site is missing and it was our doing. The next word from us comes before eleven.
      next_update_by: 2031-04-05T11:00Z
    - {at: 2031-04-05T10:30Z, kind: update, by: Legal, to: regulator, via: [email], words: We report an outage of one hour and more.}
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: Your site is missing and it was our doing. The next word from us comes before eleven.
      next_update_by: 2031-04-05T11:00Z
    - {at: 2031-04-05T10:40Z, kind: update, by: Support, via: [email], words: We have found the cause and stopped it.}
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.customers.clock import Verdict, customer_clock
from amends.diagnostics import Finding, Level
from amends.record import Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each promise of a next message that was missed."""
    if not record.gated:
        return
    if all(notice.next_update_by is None for notice in given(record.reply.notices)):
        return
    for update in customer_clock(record, corpus.settings).updates:
        if update.verdict not in (Verdict.LATE, Verdict.NEVER):
            continue
        yield Finding(
            ("response", "notices", update.notice, "next_update_by"),
            f"the next message was promised by {update.promised}, and " + (f"came on {update.came}" if update.came else "none followed"),
            "add the message that met it, if there was one; else let this stand, and say why: `silence: [{code: C418, why: …}]`",
        )


RULE = Rule("C418", "broken-update-promise", Level.WARNING, Scope.RECORD, check, __doc__)
