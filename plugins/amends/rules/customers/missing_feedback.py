"""A record closed without what customers said about it.

## What it flags

A closed record whose severity asks for `response.feedback`, and that has none and gives no reason for it.

## Why it matters

People who took the trouble to complain have told you what to change, for nothing. What they said, and what it changed, is how they
learn that they were heard.

## Bad

```yaml
status: closed
response:
  feedback: null
```

## Good

```yaml
status: closed
response:
  feedback:
    asked: 2031-05-10
    via: Calls with thirty of the affected organisations.
    learned: They would rather have had one honest estimate than ten updates without one.
    changed: Updates now name the next time, and an estimate as soon as there is one.
```

```yaml
status: closed
response:
  feedback:
    unknown: The shop was closed before anybody asked, and its letters are not kept.
```
"""

from collections.abc import Iterable

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterable[Finding]:
    """At most one finding, where the policy asks what customers said and nothing is said."""
    finding = unmet(record, corpus.settings, "feedback")
    return () if finding is None else (finding,)


RULE = Rule("C408", "missing-feedback", Level.ERROR, Scope.RECORD, check, __doc__)
