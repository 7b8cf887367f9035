"""A text that only holds the place of another.

## What it flags

From review on, a value of the front matter, or a line of the story, that as a whole is a placeholder: `TBD`, `TODO`, `N/A`,
`FIXME`, `xxx`, `???`, `...`, lorem ipsum, a text that begins with `TODO:`, or template text in angle brackets. Prose that mentions
a TODO passes. Code is left out.

## Why it matters

A placeholder fills the field and says nothing, so everything that looks for silence passes it by. Often the honest answer is known:
`{unknown: why}`, `{none: why}` or `{missed: why}`.

## Bad

```yaml
risk:
  - what: TBD
    likelihood: possible
    consequence: major
    protection: <what protects those at risk meanwhile>
    owner: platform
    review_by: 2031-10-01
```

```markdown
## Summary

TODO: tell what happened, in three sentences.
```

## Good

```yaml
risk:
  - what: A forgotten TODO in the clean-up job deletes too much once more.
    likelihood: possible
    consequence: major
    protection:
      unknown: Nobody has looked yet at what the job's own guards would stop.
    owner: platform
    review_by: 2031-10-01
```

```markdown
## Summary

A line marked TODO: had stood in the script for two years. Everybody knew it... and nobody owned it.
```
"""

import re
from collections.abc import Iterator
from typing import Any

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path, Position, clipped
from amends.reading.document import Document
from amends.reading.typed import Absence
from amends.record import Record
from amends.rules.rule import Rule, Scope
from amends.rules.texts import TOP_LEVEL_FREE, any_may_hold_a_place, is_placeholder, may_hold_a_place

_HELP = "write what is known; where nothing is, say `{unknown: why}`, `{none: why}` or `{missed: why}`"
_MARKERS = " \t-*+>0123456789.)"
"""What may stand before the text of a line: the mark of a list entry or a quotation."""
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s*/?>|\s[^>]*=)|<!|</|<\?")
_RULER = re.compile(r"[-_*]+")


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each placeholder."""
    if not record.gated:
        return
    document = record.document
    if any_may_hold_a_place(document.texts):
        yield from _in_values(document.values, ())
    yield from _in_body(document)


def _in_values(value: Any, path: Path) -> Iterator[Finding]:
    if isinstance(value, str):
        if is_placeholder(value):
            yield Finding(path, f"`{clipped(value, 60)}` only holds the place of `{_name(path)}`", _HELP)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _in_values(part, (*path, number))
    elif isinstance(value, dict):
        reasons = path == ("not_applicable",) or (len(value) == 1 and next(iter(value)) in Absence.KINDS)
        for key, part in value.items():
            if not (reasons or (not path and key in TOP_LEVEL_FREE)):  # a reason that is none falls under `thin-reason`
                yield from _in_values(part, (*path, key))


def _in_body(document: Document) -> Iterator[Finding]:
    lines = document.body.split("\n")
    if not any_may_hold_a_place([line.lstrip(_MARKERS) or line for line in lines]):
        return
    fenced = False
    for number, line in enumerate(lines):
        text = line.lstrip(_MARKERS)
        if text[:3] in ("```", "~~~"):
            fenced = not fenced
        elif may_hold_a_place(text or line) and not fenced:
            text = (text or line.lstrip("-*+> \t")).rstrip()
            if is_placeholder(text) and not _TAG.match(text) and not _RULER.fullmatch(text):
                yield Finding(Position(document.body_line + number, line.index(text) + 1),
                              f"`{clipped(text, 60)}` only holds the place of a text",
                              "write the text, or take the line out")


def _name(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


RULE = Rule("R206", "placeholder", Level.ERROR, Scope.RECORD, check, __doc__)
