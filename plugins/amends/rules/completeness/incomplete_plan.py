"""A contingency plan of which a part is missing.

## What it flags

From review on, an entry of `contingency_plan` without `if`, `then` or `owner`.

## Why it matters

A plan is found by how one knows that it is happening, is carried out step by step, and somebody keeps it true. Without any of the
three it will not be there on the night.

## Bad

```yaml
contingency_plan:
  - then:
      - Stop every running deletion job before looking for the cause.
```

## Good

```yaml
contingency_plan:
  - if: Several customers report that their whole site has disappeared.
    then:
      - Stop every running deletion job before looking for the cause.
    owner: platform
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.policy import unmet
from amends.record import Record, given
from amends.rules.entries import unsaid
from amends.rules.rule import Rule, Scope

_PARTS = {
    "if_": "write how one knows that it is happening",
    "owner": "name the team that carries it out",
}
_STEPS = {"then": "list the steps, in order"}


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each missing part of a plan."""
    if not record.gated:
        return
    for number, plan in enumerate(given(record.contingency_plan)):
        path, noun = ("contingency_plan", number), f"plan {number + 1}"
        yield from unsaid(plan, path, noun, _PARTS)
        if plan.then == () and unmet(record, corpus.settings, "contingency_plan") is None:  # else said already: no plan has steps
            yield from unsaid(plan, path, noun, _STEPS)


RULE = Rule("R211", "incomplete-plan", Level.ERROR, Scope.RECORD, check, __doc__)
