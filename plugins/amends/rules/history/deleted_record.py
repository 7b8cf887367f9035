"""A published record that was deleted.

## What it flags

A record that was published or closed when it was deleted, or was given another name, and whose stem no record has now, neither as its
own nor under `aliases`. A record that moved to another folder has kept its stem.

## Why it matters

People who were affected found an account there. An address that leads nowhere tells them that somebody would rather not be reminded.

## Bad

```text title="incidents/2031/2031-05-12-mail-outage.md" commit="1 2031-05-20"
---
title: Mail was down for a morning
status: published
origin: imported
severity: sev3
---
```

```text title="incidents/2031/2031-05-12-mail-outage.md" commit="2 2031-06-20 deleted"
```

## Good

```text title="incidents/2031/2031-05-12-mail-outage.md" commit="1 2031-05-20"
---
title: Mail was down for a morning
status: published
origin: imported
severity: sev3
---
```

```text title="incidents/2031/2031-05-12-mail-outage.md" commit="2 2031-06-20 deleted"
```

```text title="incidents/2031/2031-05-12-mail-was-down.md" commit="2 2031-06-20"
---
title: Mail was down for a morning
status: published
origin: imported
severity: sev3
aliases: [2031-05-12-mail-outage]
---
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus, stem_of
from amends.diagnostics import Finding, Level, Position
from amends.history import History, Past, What
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each stem that was published and leads nowhere."""
    for past in history.removed:
        if past.status and past.status.public and not _leads_somewhere(past.stem, corpus):
            last = past.versions[-1]
            by = f" by {last.who} on {last.authored.date()}" if last.new is None else ", and that is not committed yet"
            yield Document(past.path), Finding(
                Position(1, 1), f"the {past.status.value} record {past.stem} was deleted{by}, and no record has its name",
                "put it back, shortened to what may be told if it must be; or name it under `aliases` of the record that tells of it now")
    for past in history:
        for stem in past.former:
            if stem in _published_names(past) and not _leads_somewhere(stem, corpus):
                yield corpus.document(past.path), Finding(
                    ("aliases",), f"the record was published as {stem}, and nothing leads from there to its new name", f"add `{stem}` to `aliases`")


def _leads_somewhere(stem: str, corpus: Corpus) -> bool:
    return stem in corpus.paths_by_stem or stem in corpus.by_alias


def _published_names(past: Past) -> set[str]:
    """The stems under which the record was public."""
    statuses = {change.version: change.after for change in past.of(What.STATUS)}
    names, status = set(), ""
    for version in past.versions:
        status = statuses.get(version, status)
        if status in ("published", "closed"):
            names.add(stem_of(version.path))
    return names


RULE = Rule("G605", "deleted-record", Level.WARNING, Scope.HISTORY, check, __doc__)
