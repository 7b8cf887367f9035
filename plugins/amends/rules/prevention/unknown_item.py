"""A lesson that points to no item.

## What it flags

At every status, an entry of `teaches`, the record's own or an action's, that names no item of a checklist in the prevention folder.

## Why it matters

The item is where the lesson reaches people before the next change. A reference that leads nowhere teaches nobody, and looks as if
it did.

## Bad

```yaml
teaches: [destructive-changes/soft-deletes]
```

```yaml
teaches: [soft-delete]
```

## Good

```yaml
teaches: [destructive-changes/soft-delete]
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Fault, Finding, Level, Path
from amends.reading.typed import nearest
from amends.record import Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each reference that names no item."""
    for path, references in _references(record):
        for number, reference in enumerate(references):
            stem, slash, item = reference.partition("/")
            checklist = corpus.checklist(stem)
            if checklist is None:
                yield _no_checklist((*path, number), reference, stem if slash else "", corpus)
            elif item not in checklist.item_ids and not checklist.document.broken and not _misread(checklist.document.faults):
                known = nearest(item, sorted(checklist.item_ids))
                yield Finding((*path, number), f"`{reference}` is no item: the checklist `{stem}` has none called `{item}`",
                              known or f"its items: {', '.join(i.id for i in checklist.items if i.id) or 'none yet'}")


def _references(record: Record) -> Iterator[tuple[Path, tuple[str, ...]]]:
    if record.teaches:
        yield ("teaches",), given(record.teaches)
    for number, action in enumerate(given(record.actions)):
        if action.teaches:
            yield ("actions", number, "teaches"), given(action.teaches)


def _misread(faults: list[Fault]) -> bool:
    """Whether a checklist's items could not all be read; then which ones it has is not known."""
    return any(tuple(fault.place)[:1] == ("items",) for fault in faults)


def _no_checklist(path: Path, reference: str, stem: str, corpus: Corpus) -> Finding:
    if not stem:
        known = [f"{checklist.stem}/{reference}" for checklist in corpus.checklists if reference in checklist.item_ids]
        return Finding(path, f"`{reference}` does not say which checklist it belongs to",
                       f"write {' or '.join(f'`{name}`' for name in known)}" if known else "write it as `checklist/item`")
    stems = sorted(corpus.checklist_paths)
    return Finding(path, f"`{reference}` is no item: there is no checklist `{stem}`",
                   nearest(stem, stems) or f"checklists: {', '.join(stems) or 'none yet'}")


RULE = Rule("P505", "unknown-item", Level.ERROR, Scope.RECORD, check, __doc__)
