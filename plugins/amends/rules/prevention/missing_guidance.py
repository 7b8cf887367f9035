"""A checklist item without guidance, or guidance without an item.

## What it flags

An item for which the checklist's body has no heading `## item-id`, and a heading that looks like an item's id and is none.

## Why it matters

"Restore tested?" is easily ticked. What it takes to do it, and to prove it, stands below the item's heading, and the item's page
links there.

## Bad

```text title="prevention/rollout.md"
---
title: Rollouts
stage: release
owner: platform
items:
  - id: staged-rollout
    check: Send every change to a few machines first.
    why: A faulty update that reaches everybody at once leaves nobody to notice it.
---

## staged-rolout

Begin with your own machines.
```

## Good

```text title="prevention/rollout.md"
---
title: Rollouts
stage: release
owner: platform
items:
  - id: staged-rollout
    check: Send every change to a few machines first.
    why: A faulty update that reaches everybody at once leaves nobody to notice it.
---

## staged-rollout

Begin with your own machines.

## Background

Where this comes from.
```
"""

from collections.abc import Iterator

from amends.checklist import Checklist, guided_items
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.typed import nearest
from amends.rules.rule import Rule, Scope


def check(checklist: Checklist, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each heading without its item, and for each item without its heading that no such heading stands for."""
    document = checklist.document
    headings = guided_items(document)
    unguided = [item.id for item in checklist.items if item.id and item.id not in headings]
    if not any(tuple(fault.place)[:1] == ("items",) for fault in document.faults):  # else which items there are is not known
        for heading, offset in headings.items():
            if heading in checklist.item_ids or document.body.count("```", 0, offset) % 2:
                continue
            meant = next((item for item in unguided if nearest(heading, [item])), None)
            if meant is not None:
                unguided.remove(meant)
            if meant is not None or heading == heading.lower():
                yield Finding(document.in_body(offset), f"`## {heading}` is no item of this checklist",
                              f"did you mean `{meant}`?" if meant else "add it to `items`, or begin the heading with a capital letter")
    for number, item in enumerate(checklist.items):
        if item.id in unguided:
            yield Finding(("items", number, "id"), f"the item `{item.id}` has no guidance",
                          f"write below a heading `## {item.id}` how it is done and proved")


RULE = Rule("P513", "missing-guidance", Level.WARNING, Scope.CHECKLIST, check, __doc__)
