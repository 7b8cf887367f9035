"""A heading that is made by a line below it.

## What it flags

A line of the story, or of a checklist's guidance, with a line of dashes or equals signs right below it. Markdown makes a heading of that.
Amends reads headings where they begin with `##`: the summary, the timeline, the guidance of an item. Code is left alone, and so is a line
that is drawn between two paragraphs.

## Why it matters

A timeline below such a heading is not drawn and not compared with the record's `times`, and an item's guidance is not found.

## Bad

```markdown
## Summary

The first sites were gone at 07:38.

Timeline (UTC)
--------------

- 2031-04-05T07:38Z The first site is gone.
```

## Good

```markdown
## Summary

The first sites were gone at 07:38.

---

## Timeline (UTC)

- 2031-04-05T07:38Z The first site is gone.
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, clipped
from amends.reading.document import Document
from amends.reading.links import without_code
from amends.rules.rule import Rule, Scope

_UNDERLINED = re.compile(r"(?:\A|(?:\A|\n)[ \t]*\n)(?P<words>[^\s#>|<*+=~`-][^\n|]*)\n(?:-{2,}|={2,})[ \t]*(?=\n|\Z)")


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each heading that is not read as one."""
    body = document.body
    if "\n--" not in body and "\n==" not in body:
        return
    for match in _UNDERLINED.finditer(without_code(body)):
        words = match["words"].strip()
        yield Finding(document.in_body(match.start("words")), f"`{clipped(words, 40)}` is a heading by the line below it, and is not read as one",
                      f"write `## {words if len(words) <= 40 else '…'}`, and take the line below away")


RULE = Rule("F128", "underlined-heading", Level.WARNING, Scope.DOCUMENT, check, __doc__)
