"""A name that two records, or two checklists, share.

## What it flags

Two records or two checklists with the same stem, also where only upper and lower case differ, and an alias that is another record's stem or
alias.

## Why it matters

A link, a redirect, a `same_as` and a `teaches` can lead to one of them alone, and which one would be chance.

## Bad

```text title="incidents/2031/2031-04-05-site-deletion/index.md"
---
title: Maintenance script deletes 612 customers' sites
---
```

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
aliases: [INC-1234]
---
```

## Good

```text title="incidents/2031/2031-05-01-late-invoices.md"
---
title: Invoices arrive a day late
aliases: [INC-1240]
---
```
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from amends.corpus import Corpus, stem_of
from amends.diagnostics import Finding, Level, Position
from amends.reading.document import Document
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus) -> Iterator[tuple[Document, Finding]]:
    """One finding at each record whose stem is taken, and at each alias that is."""
    by_stem = _folded((stem, path) for stem, paths in corpus.paths_by_stem.items() for path in paths)
    yield from _taken_twice(corpus, by_stem, "rename one of the two; its former name can stay under `aliases` only if nobody else has it")
    yield from _taken_twice(corpus, _folded((stem_of(path), path) for path in corpus.prevention.pages), "rename one of the two; records refer to its items by that name")
    owners: dict[str, Record] = {}
    for record in corpus.records:
        for number, alias in enumerate(record.aliases):
            taken = by_stem.get(alias.casefold())
            earlier = owners.setdefault(alias.casefold(), record)
            if taken is not None:
                fact = "this record's own name" if record.path in taken else f"the name of {taken[0]}"
            elif earlier is not record:
                fact = f"an alias of {earlier.path} too"
            else:
                continue
            yield record.document, Finding(("aliases", number), f"the alias `{alias}` is {fact}", "take it out of one of the two")


def _folded(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Paths by their stems, whatever their upper and lower case."""
    found: dict[str, list[str]] = defaultdict(list)
    for stem, path in named:
        found[stem.casefold()].append(path)
    return found


def _taken_twice(corpus: Corpus, by_stem: Mapping[str, Sequence[str]], remedy: str) -> Iterator[tuple[Document, Finding]]:
    for paths in by_stem.values():
        for path in paths if len(paths) > 1 else ():
            other = next(p for p in paths if p != path)
            document = corpus.document(path)
            yield document, Finding(Position(1, 1), f"the name `{document.stem}` is taken twice: {other} has it too", remedy)


RULE = Rule("F117", "duplicate-stem", Level.ERROR, Scope.CORPUS, check, __doc__)
