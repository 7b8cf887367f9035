"""A record without its story.

## What it flags

From review on, a record whose body is empty, or has no `## Summary`, or one with nothing below it that a reader sees.

## Why it matters

The front matter is for counting and checking. People read the story, most of them only its summary, and it is what search finds.

## Bad

```markdown
```

```markdown
## Timeline (UTC)

- 2031-04-05T07:38Z The script starts.
```

```markdown
## Summary

<!-- What happened, in three sentences. -->

## Timeline (UTC)

- 2031-04-05T07:38Z The script starts.
```

## Good

```markdown
## Summary

A maintenance script deleted the sites of 612 customers. They were back after two weeks.
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Position
from amends.record import Record
from amends.rules.rule import Rule, Scope

_USUAL = "\n## Summary"
_NOTHING_SEEN = re.compile(r"<!--.*?-->", re.DOTALL)
_SUMMARY = re.compile(r"^##[ \t]+summary\b", re.IGNORECASE | re.MULTILINE)


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """At most one finding, where the story or its summary is missing."""
    document = record.document
    if not record.gated:
        return
    usual = document.text.find(_USUAL, document.body_offset - 1)
    if usual >= 0:
        below = document.text[usual + len(_USUAL):]
        if below.lstrip()[:1] in ("", "#", "<") and not _NOTHING_SEEN.sub("", below).split("\n## ", 1)[0].strip():
            yield Finding(document.at(usual + 1), "the summary is empty", "tell in a few sentences what happened")
    elif not document.body.strip():
        yield Finding(Position(document.body_line, 1), "the record has no story",
                      "tell below the front matter what happened; begin with `## Summary`")
    elif not _SUMMARY.search(document.body):
        yield Finding(Position(document.body_line, 1), "the story has no `## Summary`",
                      "tell in a few sentences what happened, under `## Summary`")


RULE = Rule("R215", "missing-story", Level.WARNING, Scope.RECORD, check, __doc__)
