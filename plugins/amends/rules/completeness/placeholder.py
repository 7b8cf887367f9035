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
from amends.diagnostics import Finding, Level, Path
from amends.document import Document
from amends.record import Record
from amends.rules.completeness.texts import OPENINGS, STANDING_IN, TOP_LEVEL_FREE, is_placeholder
from amends.rules.rule import Rule, Scope
from amends.typed import Absence

_HELP = "write what is known; where nothing is, say `{unknown: why}`, `{none: why}` or `{missed: why}`"
_BODY_MARKS = ("TODO", "TBD", "FIXME", "N/A", "orem ipsum", "???", "\n<", "\n...", "\n…", "- <", "- ...", "XXX", "todo", "tbd")
_LINE = re.compile(r"^[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+|>[ \t]*)?(?P<text>\S.*?)[ \t]*$|^[ \t]*(?P<fence>```|~~~)", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s*/?>|\s[^>]*=)|<!|</|<\?")
_RULER = re.compile(r"[-_*]+")


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each placeholder."""
    if not record.gated:
        return
    document = record.document
    if any(_holds_suspect(value) for value in document.values.values()):
        yield from _in_values(document.values, ())
    if any(mark in document.text for mark in _BODY_MARKS):
        yield from _in_body(document)


def _holds_suspect(value: Any) -> bool:
    """Whether a text in it could be a placeholder. Without paths, so that a clean record costs a few microseconds."""
    if value.__class__ is str:
        return value in STANDING_IN or (value[:1] in "<?.…_-xX" or value[:4] in OPENINGS) and is_placeholder(value)
    if value.__class__ is dict:
        value = value.values()
    return value is not None and any(_holds_suspect(part) for part in value)


def _in_values(value: Any, path: Path) -> Iterator[Finding]:
    if isinstance(value, str):
        if is_placeholder(value):
            yield Finding(path, f"`{_shown(value)}` only holds the place of `{_name(path)}`", _HELP)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _in_values(part, (*path, number))
    elif isinstance(value, dict):
        reasons = path == ("not_applicable",) or len(value) == 1 and next(iter(value)) in Absence.KINDS
        for key, part in value.items():
            if not (reasons or not path and key in TOP_LEVEL_FREE):  # a reason that is none falls under `thin-reason`
                yield from _in_values(part, (*path, key))


def _in_body(document: Document) -> Iterator[Finding]:
    fenced = False
    for match in _LINE.finditer(document.body):
        text = match["text"] or match["fence"]
        if text.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and not _RULER.fullmatch(text) and is_placeholder(text) and not _TAG.match(text):
            yield Finding(document.in_body(match.start("text")), f"`{_shown(text)}` only holds the place of a text",
                          "write the text, or take the line out")


def _name(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


RULE = Rule("R206", "placeholder", Level.ERROR, Scope.RECORD, check, __doc__)
