"""A word that the site's vocabulary does not hold.

## What it flags

A service, an owner, a kind of factor or a broken promise that the site's `vocabulary` does not list, in a record or a checklist.
A vocabulary without entries accepts any word. Who does the actions of an outside account (`origin: external`) is not asked: these
are other people's teams.

## Why it matters

Lists and counts go by these words. A misspelled one makes a second service of the first, and whoever looks for the one never sees
the other.

## Bad

```yaml
services: [bords]
```

```yaml
owner: the-platform-team
```

```yaml checklist
owner: nobody-in-particular
```

## Good

```yaml
services: [boards]
owner: platform
```

```yaml checklist
owner: platform
```
"""

from collections.abc import Iterator, Mapping

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.reading.document import Document
from amends.reading.typed import nearest
from amends.record import CustomerImpact, Origin, Record, RootCause, given
from amends.rules.rule import Rule, Scope


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each word that is not known."""
    words = corpus.settings.vocabulary
    if not (words.services or words.owners or words.factors or words.promises):
        return
    part = corpus.part_at(document.path)
    if isinstance(part, Record):
        for number, service in enumerate(given(part.services)):
            yield from _word(words.services, "service", service.name, ("services", number))
        if words.owners:
            yield from _owners(part, words.owners)
        if isinstance(part.root_cause, RootCause):
            for number, factor in enumerate(given(part.root_cause.factors)):
                yield from _word(words.factors, "kind of factor", factor.kind, ("root_cause", "factors", number, "kind"))
        if isinstance(part.customer_impact, CustomerImpact):
            for number, promise in enumerate(given(part.customer_impact.promises_broken)):
                yield from _word(words.promises, "promise", promise, ("customer_impact", "promises_broken", number))
    elif isinstance(part, Checklist):
        for number, name in enumerate(given(part.services)):
            yield from _word(words.services, "service", name, ("services", number))
        yield from _word(words.owners, "owner", part.owner, ("owner",))


def _owners(record: Record, owners: Mapping[str, str]) -> Iterator[Finding]:
    yield from _word(owners, "owner", record.owner, ("owner",))
    for number, risk in enumerate(given(record.risk)):
        yield from _word(owners, "owner", risk.owner, ("risk", number, "owner"))
    for number, plan in enumerate(given(record.contingency_plan)):
        yield from _word(owners, "owner", plan.owner, ("contingency_plan", number, "owner"))
    if record.origin is not Origin.EXTERNAL:
        for number, action in enumerate(given(record.actions)):
            yield from _word(owners, "owner", action.owner, ("actions", number, "owner"))


def _word(known: Mapping[str, str], noun: str, word: object, place: Path) -> Iterator[Finding]:
    if known and isinstance(word, str) and word not in known:
        yield Finding(
            place,
            f"`{word}` is not a {noun} of this site" if noun[0] not in "aeiou" else f"`{word}` is not an {noun} of this site",
            f"{nearest(word, list(known)) or _listed(known)}; new words are added under `vocabulary` in mkdocs.yml",
        )


def _listed(known: Mapping[str, str]) -> str:
    ids = list(known)
    return f"known here: {', '.join(ids[:12])}" + (f" and {len(ids) - 12} more" if len(ids) > 12 else "")


RULE = Rule("F121", "unknown-word", Level.ERROR, Scope.DOCUMENT, check, __doc__)
