"""Our own people learned of it after the customers.

## What it flags

`response.staff.briefed` that is certainly later than the first notice to customers. Two bare dates that are equal pass.

## Why it matters

Whoever answers the telephone is the company. Customers who know more than the person they ask lose trust in both, and the person who
was left to guess can offer nothing. Where it was so, let it stand: silence the finding and say why it came about.

## Bad

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [email], words: Your site is missing and it was our doing.}
  staff: {briefed: 2031-04-05T11:00Z, told: What has happened and that the data is safe., may_offer: A month without a bill.}
```

## Good

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [email], words: Your site is missing and it was our doing.}
  staff: {briefed: 2031-04-05T08:20Z, told: What has happened and that the data is safe., may_offer: A month without a bill.}
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.moments import Moment
from amends.record import Record, Staff
from amends.rules.customers.reach import notices_to_customers
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding where the customers certainly knew first."""
    staff = record.reply.staff
    if not isinstance(staff, Staff) or not isinstance(staff.briefed, Moment):
        return
    for _, notice in notices_to_customers(record):
        if isinstance(notice.at, Moment) and notice.at.before(staff.briefed):
            yield Finding(
                ("response", "staff", "briefed"),
                f"staff were briefed ({staff.briefed}) after customers had been told ({notice.at})",
                "correct it if a time is wrong; next time, brief whoever customers will ask before the message goes out",
            )
            return


RULE = Rule("C417", "briefed-after-customers", Level.WARNING, Scope.RECORD, check, __doc__)
