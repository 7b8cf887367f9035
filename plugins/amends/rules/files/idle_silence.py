"""A silence that keeps nothing quiet.

## What it flags

From review on, an entry of `silence` whose rule finds nothing in the record. Rules that were not run are not judged by it.

## Why it matters

What was let stand has been mended since. Left in place, the silence would hide the next finding of that rule, with a reason that is about
another one; and the list on the site tells readers of a flaw that is none.

## Bad

```yaml
silence:
  - {code: T305, why: The timeline tells the two restorations one after the other.}
```

## Good

```yaml
silence: []
```
"""

from collections.abc import Collection, Iterable, Iterator

from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.record import Record
from amends.rules.rule import Rule, Scope


def idle(records: Iterable[Record], found: Collection[tuple[Document, Rule, Finding]], ran: Collection[str]) -> Iterator[tuple[Document, Finding]]:
    """The silences of `records` under which none of what was `found` falls; `ran` are the codes of the rules that looked. Where something could
    not be read, rules may have had nothing to look at.
    """
    silencing = [record for record in records if record.silence and record.gated and not record.document.faults]
    if not silencing:
        return
    hit = {(document.path, rule.code) for document, rule, _ in found}
    for record in silencing:
        for number, silence in enumerate(record.silence):
            if silence.why and silence.code in ran and (record.path, silence.code) not in hit:
                yield record.document, Finding(("silence", number), f"{silence.code} finds nothing here, so this silence keeps nothing quiet", "take the entry out")


RULE = Rule("F130", "idle-silence", Level.WARNING, Scope.READING, None, __doc__)
