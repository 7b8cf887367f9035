"""A sentence that only somebody who knows the outcome can say.

## What it flags

Anywhere in the record but in the words to customers: "should have known", "could easily have", "obviously", somebody who "failed to",
and their like in every language that the site knows. Only people fail to do something: a server that failed to start is left alone. So
are quotations, code and links, sentences that take it back ("it was not obvious"), and imported records.

## Why it matters

Afterwards the one sign that mattered stands out, and the hundred that did not are forgotten. What should have been done explains
nothing; what people saw, and why their step made sense to them, shows what has to change before the next one.

## Bad

```markdown
## Summary

The reviewers should have noticed that the list held the ids of sites. The team failed to run it on a copy first.
```

```yaml
root_cause:
  summary: The list could easily have been compared with the names of the sites before it was used.
  factors:
    - {kind: validation, what: The deletion service takes the id of an app and the id of a site alike., confidence: confirmed}
    - {kind: recovery, what: Restoring hundreds of sites beside each other was never practised., confidence: confirmed}
```

## Good

```markdown
## Summary

The review showed the script and not the list, so it was not obvious that the ids were those of sites. Two jobs failed to start. "The
reviewers should have noticed", one customer wrote.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope
from amends.rules.wording.speech import written


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each such phrase."""
    return written(record, corpus, "hindsight", "is said from hindsight", to_customers=False)


RULE = Rule("W805", "hindsight", Level.WARNING, Scope.RECORD, check, __doc__)
