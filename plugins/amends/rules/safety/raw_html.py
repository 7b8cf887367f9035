"""HTML in the front matter.

## What it flags

An HTML tag, or a link to `javascript:`, in a text of the front matter. Code spans are left alone.

## Why it matters

These texts appear in lists, letters and exports, where nobody expects markup, and whoever can write a record could otherwise run a
script in the browser of everyone who reads it. The front matter takes Markdown, and that is enough.

## Bad

```yaml
customer_impact:
  summary: Their sites were gone for <b>three days</b>.
  harms: [outage]
```

```yaml
page:
  description: "[The account](javascript:alert(1))"
```

## Good

```yaml
customer_impact:
  summary: Their sites were gone for **three days**, and every `<img>` with them; fewer than 5 <10> were back at once.
  harms: [outage]
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, clipped
from amends.reading.document import Document, each_text
from amends.reading.links import without_code
from amends.rules.rule import Rule, Scope
from amends.rules.safety.html import SCRIPT_LINK, TAG
from amends.rules.texts import is_placeholder

_SIGNS = ("<", "cript:", "data:")


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each text with HTML in it."""
    front = document.front_text.lower()
    if not any(sign in front for sign in _SIGNS):
        return
    for path, text in each_text(document.values):
        if ("<" not in text and ":" not in text) or is_placeholder(text):
            continue
        plain = without_code(text)
        if (tag := TAG.search(plain)) is not None:
            yield Finding(
                document.in_value(path, tag.start(), tag[0]),
                f"`{_shown(tag[0])}` is HTML, which is not shown here",
                "write Markdown, for example **bold**; put backticks around a tag that is meant as text",
            )
        elif (link := SCRIPT_LINK.search(plain)) is not None:
            yield Finding(document.in_value(path, link.start("target"), link["target"]), f"`{_shown(link['target'])}` is a link that would run a script", "link to a page")


def _shown(text: str) -> str:
    return clipped(re.sub(r"\s+", " ", text), 40)


RULE = Rule("S701", "raw-html", Level.ERROR, Scope.DOCUMENT, check, __doc__, _SIGNS)
