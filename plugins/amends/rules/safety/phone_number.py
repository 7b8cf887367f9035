"""A telephone number in a record.

## What it flags

A number in international form, such as +49 or +1 and what follows, that could be somebody's, and a number of at least seven digits
that the text calls a telephone number. Dates, figures and ids are left alone.

## Why it matters

A number reaches a person, at night too, for as long as the page is online, and long after the number has gone to somebody else.
Numbers of record belong on the contact page. The finding does not repeat the whole number, because logs are published too.

## Bad

```markdown
## Summary

The customer could be reached at +1 202 555 0143 all day.
```

```markdown
## Summary

Call us (phone: 0202 5550143) before you restore anything.
```

## Good

```markdown
## Summary

At 2031-04-05T09:38+02:00 phone support had 612 calls waiting, +15 000 on a usual day; ticket 20310405123 names them.
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.document import Document
from amends.rules.rule import Rule, Scope

_INTERNATIONAL = re.compile(r"\+(?:[ ()./-]{0,2}\d){7}")
_LABELLED = re.compile(
    r"\b(?:tel(?:ephone|efon)?|phone|téléphone|mobile|fax|hotline|whatsapp)(?:[ -]number)?(?:\.:|[.:])[ ]?"
    r"(?P<number>\(?\d[\d ()/.-]{5,18}\d)(?![\w-])",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LABELS = ("hone:", "hone.", "umber:", "el:", "el.", "efon:", "obile:", "ax:", "tline:", "sapp:")
"""What comes before a number that is called one, cheap to look for."""


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each number that could be somebody's."""
    text = document.text
    if "+" in text and _INTERNATIONAL.search(text) is not None:
        yield from _international(document)
    if any(label in text for label in _LABELS):
        for match in _LABELLED.finditer(text):
            digits = sum(c.isdigit() for c in match["number"])
            if 7 <= digits <= 15 and not _DATE.match(match["number"]):
                yield _finding(document, match.start("number"), match["number"])


def _international(document: Document) -> Iterator[Finding]:
    import phonenumbers  # its tables take longer to load than a thousand records to check

    for match in phonenumbers.PhoneNumberMatcher(document.text, None):
        yield _finding(document, match.start, match.raw_string)


def _finding(document: Document, at: int, number: str) -> Finding:
    return Finding(
        document.at(at),
        f"`{number[:3]}…{number[-2:]}` is a telephone number",
        "say whom one could reach, and leave the number to the contact page",
    )


RULE = Rule("S704", "phone-number", Level.ERROR, Scope.DOCUMENT, check, __doc__)
