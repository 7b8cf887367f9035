"""A link to a file that is not there, or not on the site.

## What it flags

A relative link, in the front matter or in the story, to a file that does not exist, to a folder, or to something outside the
repository or outside the three folders that make the site: `incidents/`, `prevention/`, and MkDocs' `docs_dir`. Links inside code are
left alone, and so are links to other hosts.

## Why it matters

The site can't lead anywhere from there, and the reader in the middle of an incident is the one who finds out.

## Bad

```markdown
## Summary

It was the [search incident of March](2031-03-02-slow-serch.md) once more.
```

```markdown
## Summary

Read [the figures](../../../elsewhere/figures.md).
```

```markdown
## Summary

The site's [settings](../../mkdocs.yml) name its services.
```

## Good

```markdown
## Summary

It was the [search incident of March](2031-03-02-slow-search.md) once more, and
[soft deletion](../../prevention/destructive-changes.md#soft-delete) would have helped.
```
"""

import posixpath
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.reading.links import resolve
from amends.rules.rule import Rule, Scope


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each relative link that leads nowhere."""
    for link in document.links:
        target = resolve(document.path, link.target)
        if target == ".." or target.startswith("../"):
            yield Finding(
                document.at(link.offset), f"`{link.target}` leads out of the repository", "link to its address on the web instead"
            )
        elif not corpus.has_file(target):
            yield Finding(
                document.at(link.offset), f"`{link.target}` leads to no file: there is no {target}", _nearest(document.path, target, corpus)
            )
        elif not corpus.settings.on_site(target):
            yield Finding(
                document.at(link.offset), f"`{link.target}` leads to {target}, which the site does not hold",
                "link to its address on the web instead, or name it without a link"
            )


def _nearest(path: str, target: str, corpus: Corpus) -> str:
    from difflib import get_close_matches  # only a dead link needs it

    folder, name = posixpath.dirname(path), posixpath.basename(target)
    by_name = {posixpath.basename(known): known for known in reversed(corpus.file_paths)}
    inside = [known for known in corpus.file_paths if known.startswith(f"{target}/")]
    if inside:
        return f"it is a folder; link to a file in it, for example `{posixpath.relpath(inside[0], folder)}`"
    close = get_close_matches(name, by_name, n=1, cutoff=0.76)
    if close:
        return f"did you mean `{posixpath.relpath(by_name[close[0]], folder)}`?"
    return "correct the path, which counts from the folder of this file, or take the link out"


RULE = Rule("F119", "dead-link", Level.ERROR, Scope.DOCUMENT, check, __doc__, ("](", "]:"))
