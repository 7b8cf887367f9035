"""A name that two records share.

## What it flags

Two records with the same stem, also where only upper and lower case differ, and an alias that is another record's stem or alias.

## Why it matters

A link, a redirect and a `same_as` can lead to one of them alone, and which one would be chance.

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
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Position
from amends.reading.document import Document
from amends.record import Record
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus) -> Iterator[tuple[Document, Finding]]:
    """One finding at each record whose stem is taken, and at each alias that is."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for stem, paths in corpus.paths_by_stem.items():
        by_stem[stem.casefold()].extend(paths)
    for paths_of_one in by_stem.values():
        for path in paths_of_one if len(paths_of_one) > 1 else ():
            other = next(p for p in paths_of_one if p != path)
            document = corpus.document(path)
            yield (
                document,
                Finding(
                    Position(1, 1),
                    f"the name `{document.stem}` is taken twice: {other} has it too",
                    "rename one of the two; its former name can stay under `aliases` only if nobody else has it",
                ),
            )
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


RULE = Rule("F117", "duplicate-stem", Level.ERROR, Scope.CORPUS, check, __doc__)
