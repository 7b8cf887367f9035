"""A history that is there and can't be read.

## What it flags

A clone without the whole history, as CI makes it by default, and a repository that git refuses to read. Without any repository, or
before the first commit, there is nothing to read: then the last line of the check says so, and nothing is flagged.

## Why it matters

Whether a promise was moved, reworded or dropped stands in no record; only git tells. In a shallow clone every file seems to have been
written yesterday, so nothing is concluded from one at all, and the rules of this family are silent. In CI, ask for the whole history:
`fetch-depth: 0` for GitHub's checkout, `GIT_DEPTH: 0` in GitLab.

## Bad

```yaml commit="1 2031-04-14" clone="--depth 1"
status: published
```

```yaml commit="2 2031-05-02" clone="--depth 1"
status: closed
```

## Good

```yaml commit="1 2031-04-14"
status: published
```

```yaml commit="2 2031-05-02"
status: closed
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Position
from amends.history import History
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding, on the folder of the records, where the history can be had and was not."""
    if history.unread is None or history.unread.help is None:
        return
    said = f" (git says: {history.detail})" if history.detail else ""
    yield Document(corpus.settings.incidents), Finding(
        Position(1, 1), f"the history of the records can't be read: {history.unread.value}{said}", history.unread.help)


RULE = Rule("G601", "unread-history", Level.WARNING, Scope.HISTORY, check, __doc__)
