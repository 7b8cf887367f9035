"""A judgement of people in place of an explanation.

## What it flags

Anywhere in the record: "careless", "negligent", "human error", "incompetent", "a rookie mistake", and their like in every language that
the site knows. Quotations, code and links are left alone, and so are sentences that take it back ("nobody was careless", "human error is
not a cause"), and imported records.

## Why it matters

Where blame is given, the next slip is hidden. And it ends the search: people can be told to take care, which they did already; what
made the slip likely, and what let it through, can be changed.

## Bad

```markdown
## Summary

The outage was caused by human error.
```

```yaml
root_cause:
  summary: A careless clean-up job was run over a list that nobody had looked at in a year.
  factors:
    - {kind: validation, what: The deletion service takes the id of an app and the id of a site alike., confidence: confirmed}
    - {kind: recovery, what: Restoring hundreds of sites beside each other was never practised., confidence: confirmed}
```

## Good

```markdown
## Summary

Nobody was careless, and human error is never where we stop. The tool takes either kind of id and does not say which of the two it
deletes. Newspapers wrote of „menschliches Versagen“ all the same.
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
    return written(record, corpus, "blame", "judges people and explains nothing", to_customers=True)


RULE = Rule("W806", "blame", Level.WARNING, Scope.RECORD, check, __doc__)
