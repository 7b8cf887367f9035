"""A payment card's number in a record.

## What it flags

A number that has the length, the beginning, the grouping and the check digit of a payment card's.

## Why it matters

A card number in a repository is an incident of its own, and deleting the line does not take it out of the history. The finding does
not repeat the number, because logs are published too.

## Bad

```markdown
## Summary

The export showed one customer the card 4111 1111 1111 1111 of another.
```

## Good

```markdown
## Summary

The export showed one customer the card of another, ending in 1111, and the order 4111111111111112.
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope

_DIGITS_ALIKE = bytes.maketrans(b"123456789 .", b"000000000--")
_OTHER_GAPS = "\u00a0\u2007\u202f\u2010\u2011\u2012\u2013"
"""What word processors put for a space or a hyphen."""
_SHAPES = (b"0000000000000", b"0000-0000-0000-0000", b"0000-000000-0000")
"""What every card's number looks like once its digits and its gaps are all alike: found many times faster than by a pattern."""

_CARD = re.compile(
    r"(?<![\w./=%#&?-])(?:"
    r"(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6011|65\d{2}|64[4-9]\d|35\d{2})(?P<gap>[ .-]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:\d{3})?"
    r"|3[47]\d{2}(?P<gap2>[ .-]?)\d{6}(?P=gap2)\d{5}"
    r"|3(?:0[0-5]|[68]\d)\d(?P<gap3>[ .-]?)\d{6}(?P=gap3)\d{4}"
    r")(?![\w-]|[ ]\d{4}\b)"
)


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each number that could be a card's."""
    text = document.text
    if not text.isascii():
        for gap in _OTHER_GAPS:
            text = text.replace(gap, "-")
    alike = text.encode(errors="replace").translate(_DIGITS_ALIKE)
    if not any(shape in alike for shape in _SHAPES):
        return
    for match in _CARD.finditer(text):
        from stdnum import luhn  # only a number of the right shape needs it

        digits = re.sub(r"\D", "", match[0])
        if luhn.is_valid(digits):
            yield Finding(
                document.at(match.start()),
                f"a number ending in {digits[-4:]} has the form of a payment card's",
                "take it out, and treat the card as known to others: it stays in the history",
            )


RULE = Rule("S705", "card-number", Level.ERROR, Scope.DOCUMENT, check, __doc__)
