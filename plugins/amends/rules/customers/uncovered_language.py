"""A language of those affected that no notice used.

## What it flags

From review on, a language under `customer_impact.languages` in which no notice went out, among those to customers. `en-GB` and `en` are one
language. Where a notice says that its languages are unknown, nothing is flagged.

## Why it matters

An apology in a language that one doesn't read is no apology. Who wasn't told in their language learned it from the press, or from
somebody who wanted their password.

## Bad

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [email], languages: [en], words: Your site is missing and it was our doing.}
```

## Good

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: first, by: Support, via: [email], languages: [en-GB], words: Your site is missing and it was our doing.}
    - {at: 2031-04-05T10:40Z, kind: update, by: Support, via: [email], languages: [en, de], words: We have found the cause and stopped it.}
```

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      languages:
        unknown: The archive keeps the English letter only, and the German office has closed.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.typed import Absence
from amends.record import CustomerImpact, Record, given
from amends.rules.customers.reach import notices_to_customers
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each language that no notice used."""
    impact = record.customer_impact
    if not record.gated or not isinstance(impact, CustomerImpact) or not given(impact.languages):
        return
    notices = [notice for _, notice in notices_to_customers(record)]
    if not notices or any(isinstance(notice.languages, Absence) for notice in notices):
        return
    used = {_plain(language) for notice in notices for language in given(notice.languages)}
    for number, language in enumerate(given(impact.languages)):
        if _plain(language) not in used:
            yield Finding(
                ("customer_impact", "languages", number),
                f"some of those affected speak `{language}`, and no notice is said to have used it",
                "write under `languages` of each notice in which ones it went out, or there `{unknown: why}`",
            )


def _plain(language: str) -> str:
    return language.lower().replace("_", "-").split("-", 1)[0]


RULE = Rule("C415", "uncovered-language", Level.WARNING, Scope.RECORD, check, __doc__)
