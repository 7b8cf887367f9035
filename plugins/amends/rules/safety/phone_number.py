"""A telephone number in a record.

## What it flags

A number in international form, such as +49 or +1 and what follows, that could be somebody's; one in the form of North America with
its area code in brackets; and a number of at least seven digits that the text calls a telephone number (`phone: …`, `Tel. …`, `Telefon
030 …`, "call 0171 …", "reached at …"). Dates, figures and ids are left alone, and so is a number in a national form that nothing calls
a telephone number, such as 0171 2345678 on its own: orders and tickets look the same.

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

```markdown
## Summary

The branch at (212) 664-7665 was told first; the others were called on 030 12345678.
```

## Good

```markdown
## Summary

At 2031-04-05T09:38+02:00 phone support had 612 calls waiting, +15 000 on a usual day; ticket 20310405123 names them.
```
"""

import re
from collections.abc import Iterator
from functools import cache

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope
from amends.rules.signs import Signs

_INTERNATIONAL = re.compile(r"\+[ ()./-]{0,2}[1-9](?:[ ()./-]{0,2}\d){6}")
_LABELLED = re.compile(
    r"\b(?:tel(?:ephone|efon)?|phone|téléphone|mobile|fax|hotline|whatsapp)(?:[ -]number)?(?:\.:|[.:])[ ]?"
    r"(?P<number>\(?\d[\d ()/.-]{5,18}\d)(?![\w-])",
    re.IGNORECASE,
)
_NORTH_AMERICAN = re.compile(r"\((?<![\w(+].)[2-9][0-9]{2}\)[ -]?[2-9]\d{2}[-. ]\d{4}(?![\w-])")
_CALLING = ("tel", "phone", "telephone", "telefon", "mobile", "handy", "mobil", "fax", "hotline", "whatsapp", "rufnummer", "telefonnummer", "phone number",
            "durchwahl", "call", "called", "calling", "dial", "dialed", "dialled", "ring", "rang", "phoned", "erreichbar unter", "unter der nummer",
            *(f"{word} {where}" for word in ("reach", "reached", "reachable", "call", "called") for where in ("at", "on", "under")))
"""What stands before a number in a national form, in lower case."""
_CALLED = re.compile(rf"\b(?:{'|'.join(_CALLING)})[.:]?[ ](?P<number>\(?0\d[\d ()/.-]{{4,17}}\d)(?![\w-])", re.IGNORECASE)
"""A number that begins with a zero, as at home, behind one of these words."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LABELS = ("phone:", "phone.", "éphone", "phone number", "phone-number", "tel:", "tel.", "tel number", "tel-number", "telefon", "mobile:", "mobile.", "mobile number",
           "mobile-number", "fax:", "fax.", "fax number", "fax-number", "hotline", "whatsapp",
           *(f"{word}{between}0" for word in _CALLING for between in (" ", " (", ": ", ": (", ". ", ". (")))
"""What stands before a number that is called one, in lower case."""


_PLUS = ("+ ", "+(", "+)", "+.", "+/", "+-", *(f"+{digit}" for digit in range(1, 10)))
"""How an international number begins, and hardly any offset from UTC."""
_AREAS = tuple(f"({code})" for code in range(200, 1000))
"""How a number of North America may begin."""


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each number that could be somebody's."""
    text = document.text
    if "+" in text and _INTERNATIONAL.search(text) is not None:
        yield from _international(document)
    if _labels().held_by(text.lower()):
        labelled = {match.start("number"): match["number"] for pattern in (_LABELLED, _CALLED) for match in pattern.finditer(text)}
        for at, number in sorted(labelled.items()):
            if 7 <= sum(c.isdigit() for c in number) <= 15 and not _DATE.match(number):
                yield _finding(document, at, number)
    if "(" in text:
        for match in _NORTH_AMERICAN.finditer(text):
            yield _finding(document, match.start(), match[0])


@cache
def _labels() -> Signs:
    return Signs(_LABELS)


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


RULE = Rule("S704", "phone-number", Level.ERROR, Scope.DOCUMENT, check, __doc__, (*_PLUS, *_AREAS, *_LABELS))
