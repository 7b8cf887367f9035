"""A person's name as the cause.

## What it flags

Anywhere in the record: a person's name as the one who forgot, broke, deleted, overlooked or ran what set it off ("Dave deleted", "caused
by Maria Lopez"). A name counts where it has a title, or begins with a given name that is known in one of the site's languages. The `by` of
a notice is left alone, and so are quotations, code, links and imported records.

## Why it matters

Records are kept for years and read by people who never met anybody in them. Whoever finds their name there as the cause will say less
the next time, and so will everybody who sees it. What made the step possible was possible for anybody in that role.

## Bad

```markdown
## Summary

Dave forgot to compare the list with the sites, and Maria Lopez ran the script over all of it.
```

```yaml
root_cause:
  summary: The list was made by a report that nobody reads. The sites were deleted by Mr Jones.
  factors:
    - {kind: validation, what: The deletion service takes the id of an app and the id of a site alike., confidence: confirmed}
    - {kind: recovery, what: Restoring hundreds of sites beside each other was never practised., confidence: confirmed}
```

## Good

```markdown
## Summary

The engineer on call ran the script over a list from another team. Maria Lopez, our managing director, apologised on the same day.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import Record
from amends.rules.rule import Rule, Scope
from amends.rules.wording.speech import persons_named


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each person whose name stands as the cause."""
    return persons_named(record, corpus, "names a person as the cause")


RULE = Rule("W807", "named-person-as-cause", Level.WARNING, Scope.RECORD, check, __doc__)
