"""A reference to a record or an action that is not there.

## What it flags

An entry of `related`, `recurrence_of`, `plans_used` or a risk's `came_true` that names no record, a `plan` that the record has not got, a `same_as` that names
no action, and each of them where it points at the record it stands in. A `same_as` must lead to the action itself, not to an entry that only points on.

## Why it matters

Whether this has happened before, and who is doing the work, are told by these references. A wrong one hides a repetition.

## Bad

```yaml
related:
  - {to: 2031-03-02-slow-serch, as: caused-by-its-fix}
```

```yaml
recurrence_of: [2031-04-05-site-deletion]
```

```yaml
risk:
  - what: Another index may outgrow its cluster and make search slow for everybody.
    likelihood: unlikely
    consequence: major
    protection: An alarm at seventy per cent of the cluster's memory.
    owner: search
    review_by: 2031-10-01
    came_true: [2031-05-20-slow-search-again]
```

```yaml
plans_used:
  - of: 2031-03-02-slow-search
    plan: 7
    worked: true
```

```yaml
actions:
  - same_as: 2031-03-02-slow-search/A7
```

## Good

```yaml
related:
  - {to: 2031-03-02-slow-search, as: caused-by-its-fix}
recurrence_of: [2031-03-02-slow-search]
plans_used:
  - of: 2031-03-02-slow-search
    plan: 1
    worked: true
    why: Stopping the rebuilds brought search back within ten minutes.
actions:
  - same_as: 2031-03-02-slow-search/A1
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.reading.typed import nearest
from amends.record import PlanUse, Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each reference that leads nowhere, or back."""
    for number, relation in enumerate(record.related):
        if relation.to:
            yield from _stem(record, corpus, relation.to, ("related", number, "to"))
    for number, stem in enumerate(given(record.recurrence_of)):
        yield from _stem(record, corpus, stem, ("recurrence_of", number))
    for number, risk in enumerate(given(record.risk)):
        for entry, stem in enumerate(given(risk.came_true)):
            yield from _stem(record, corpus, stem, ("risk", number, "came_true", entry))
    for number, use in enumerate(given(record.plans_used)):
        if use.of:
            yield from _plan(record, corpus, use, ("plans_used", number))
    for number, action in enumerate(given(record.actions)):
        if action.same_as:
            yield from _action(record, corpus, action.same_as, ("actions", number, "same_as"))


def _stem(record: Record, corpus: Corpus, stem: str, place: Path) -> Iterator[Finding]:
    if stem == record.stem:
        yield Finding(place, f"`{stem}` is this record itself", "name the other incident, or take the entry out")
    elif stem not in corpus.paths_by_stem:
        yield Finding(
            place,
            f"there is no record `{stem}`",
            nearest(stem, list(corpus.paths_by_stem))
            or "write the record's file name without `.md`; an incident that has no record goes into the story",
        )


def _plan(record: Record, corpus: Corpus, use: PlanUse, place: Path) -> Iterator[Finding]:
    stem = use.of or ""
    if stem == record.stem or stem not in corpus.paths_by_stem:
        yield from _stem(record, corpus, stem, (*place, "of"))
    elif use.plan is not None and (other := corpus.record(stem)) is not None and not other.document.faults:
        plans = len(given(other.contingency_plan))
        if not 1 <= use.plan <= plans:
            known = "it has none" if not plans else "it has one" if plans == 1 else f"it has {plans}"
            yield Finding((*place, "plan"), f"the record {stem} has no plan {use.plan}", f"{known}; they are counted from 1")


def _action(record: Record, corpus: Corpus, reference: str, place: Path) -> Iterator[Finding]:
    stem, slash, action_id = reference.partition("/")
    if not slash:
        yield Finding(
            place,
            f"`{reference}` names no action",
            "write the record's file name, a slash and the action's id, for example 2031-03-02-slow-search/A1",
        )
    elif stem == record.stem or stem not in corpus.paths_by_stem:
        yield from _stem(record, corpus, stem, place)
    elif (found := corpus.action(reference)) is None:
        other = corpus.record(stem)
        if other is None or not other.document.broken:  # of one that can't be read nobody knows which it has
            known = [str(a.id) for a in given(other.actions) if a.id] if other else []
            yield Finding(
                place,
                f"the record {stem} has no action `{action_id}`",
                nearest(action_id, known) or (f"its actions: {', '.join(known)}" if known else "it has no actions with an id"),
            )
    elif found[1].same_as:
        yield Finding(
            place, f"`{reference}` is not done there either: it points on to `{found[1].same_as}`", f"point at `{found[1].same_as}`"
        )


RULE = Rule("F120", "unknown-record", Level.ERROR, Scope.RECORD, check, __doc__)
