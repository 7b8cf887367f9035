"""A place where customers felt it, and no notice reached them there.

## What it flags

From review on, an entry of `customer_impact.felt_on` for which no notice to customers used a channel that reaches people there. On `web`,
`mobile`, `app`, `api`, `desktop` and `email` that is nearly every one; at a counter (`in-person`), on the `phone` and with a `product` in their
hands people read no status page: there it takes people, calls, letters, posters, press, radio or television. Words of a site's own, for
places and for channels, are left alone.

## Why it matters

Those who stand at a counter are not those who follow the company online, and often those who need it most. A message that is only where
they are not has not been given.

## Bad

```yaml
customer_impact:
  summary: People stood before closed branches, and nobody there knew when they could come back for their money.
  affected: 612
  harms: [outage]
  felt_on: [web, in-person]
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [status-page, social-media], words: Our branches stay closed today.}
```

## Good

```yaml
customer_impact:
  summary: People stood before closed branches, and nobody there knew when they could come back for their money.
  affected: 612
  harms: [outage]
  felt_on: [web, in-person]
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [status-page, in-person], words: Our branches stay closed today.}
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import CustomerImpact, Record, given
from amends.rules.customers.reach import KNOWN, REACHES, notices_to_customers
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each place where nobody was reached."""
    impact = record.customer_impact
    if not record.gated or not isinstance(impact, CustomerImpact) or not given(impact.felt_on):
        return
    used = {channel.lower() for _, notice in notices_to_customers(record) for channel in given(notice.via)}
    if not used or not used <= KNOWN:
        return
    for number, place in enumerate(given(impact.felt_on)):
        reaching = REACHES.get(place.lower())
        if reaching is not None and used.isdisjoint(reaching):
            yield Finding(
                ("customer_impact", "felt_on", number),
                f"customers felt it on `{place}`, where none of the notices reached them ({', '.join(sorted(used))})",
                f"what reaches them there: {', '.join(sorted(reaching))}; add the notice that did, if there was one",
            )


RULE = Rule("C416", "uncovered-channel", Level.WARNING, Scope.RECORD, check, __doc__)
