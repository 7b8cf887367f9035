"""A repetition that does not say what became of the plan.

## What it flags

From review on, a record that names an incident with a contingency plan under `recurrence_of`, and does not say under `plans_used` whether
that plan was used and whether it worked; and an entry of `plans_used` that does not say which plan it means, or whether it worked. Outside
accounts are left out: the plan in their record was not theirs to use.

## Why it matters

A plan is an idea until it is needed. This time it was, and nobody will ever be nearer to knowing whether it helps. If it did not, the next
ones on call should not follow it. If nobody thought of it, that is a finding too.

## Bad

```yaml
recurrence_of: [2031-03-02-slow-search]
plans_used: null
```

```yaml
recurrence_of: [2031-03-02-slow-search]
plans_used:
  - of: 2031-03-02-slow-search
```

## Good

```yaml
recurrence_of: [2031-03-02-slow-search]
plans_used:
  - of: 2031-03-02-slow-search
    worked: true
    why: Stopping the rebuilds brought search back within ten minutes.
```

```yaml
recurrence_of: [2031-03-02-slow-search]
plans_used:
  missed: Nobody on call knew that there was a plan.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.typed import Absence
from amends.record import Origin, Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each earlier incident whose plan is not judged, and for each entry that judges nothing."""
    if not (record.recurrence_of or record.plans_used) or not record.gated or record.origin is Origin.EXTERNAL:
        return
    uses = given(record.plans_used)
    for number, use in enumerate(uses):
        if use.of is None:
            yield Finding(("plans_used", number, "of"), f"entry {number + 1} of `plans_used` does not say whose plan it means",
                          "write the earlier record's file name without `.md` under `of`")
        elif use.worked is None:
            yield Finding(("plans_used", number, "worked"), f"it is not said whether the plan of {use.of} worked",
                          "write `worked: true` or `worked: false`, or why it was not used: `{none: why}`, `{missed: why}`")
    if isinstance(record.plans_used, Absence):
        return
    named = {use.of for use in uses}
    for number, stem in enumerate(given(record.recurrence_of)):
        if stem not in named and stem != record.stem and (earlier := corpus.record(stem)) is not None and given(earlier.contingency_plan):
            yield Finding(("recurrence_of", number), f"{stem} left a plan for this, and nothing says whether it was used and worked",
                          f"add to `plans_used` an entry with `of: {stem}` and `worked: true` or `worked: false`, or say why none was used: "
                          "`{none: why}`, `{missed: why}`")


RULE = Rule("P516", "unjudged-plan", Level.WARNING, Scope.RECORD, check, __doc__)
