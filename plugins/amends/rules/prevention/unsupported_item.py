"""A checklist item that no incident supports.

## What it flags

An item of a checklist that no record names under `teaches`, its own or an action's.

## Why it matters

A checklist that grows by good ideas is soon one that nobody reads. An item is kept because it happened to somebody, and a reader
can look up to whom.

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

## staged-rollout

Begin with your own machines.
```

## Good

```yaml
teaches: [destructive-changes/soft-delete]
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus) -> Iterator[tuple[Document, Finding]]:
    """One finding for each item without a record behind it."""
    lessons = corpus.lessons
    misread = [record.document.text for record in corpus.records if record.document.faults]
    if not all(misread):
        return  # of a file that could not be opened or decoded nobody knows what it teaches
    for checklist in corpus.checklists:
        for number, item in enumerate(checklist.items):
            reference = f"{checklist.stem}/{item.id}"
            if item.id and reference not in lessons and not any(reference in text for text in misread):
                yield checklist.document, Finding(("items", number, "id"), f"no incident supports `{item.id}`",
                                                  f"name `{reference}` under `teaches` in the record it comes from, or take the item out")


RULE = Rule("P506", "unsupported-item", Level.WARNING, Scope.CORPUS, check, __doc__)
