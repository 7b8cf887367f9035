"""A link to a place in a page that the page does not have.

## What it flags

A link to a record or a checklist, or within one, whose part behind the `#` is no heading there, no id that its author gave
(`{#id}`), no item of the checklist, and no action or commitment of the record. Ids of headings are those that Markdown makes of plain
words; where a heading holds other markup, or the site makes ids in a way of its own, letters and digits alone are compared. Links to
landing pages, to footnotes and to other files are left alone.

## Why it matters

The page opens at its top, and the reader in the middle of an incident looks for the paragraph that was meant. Most often the heading
was reworded, and the advice may be gone with it.

## Bad

```markdown
## Summary

[Soft deletion](../../prevention/destructive-changes.md#soft-deletion) would have helped.
```

```markdown
## Summary

What it took stands [below](#what-it-took).
```

## Good

```markdown
## Summary

[Soft deletion](../../prevention/destructive-changes.md#soft-delete) would have helped. What it took stands [below](#what-we-did), and
under [A1](#A1).

## What we did

Everything by hand.
```
"""

from collections.abc import Iterator
from urllib.parse import unquote

from amends.anchors import Anchors
from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.reading.links import own_anchors, resolve
from amends.rules.rule import Rule, Scope

_MADE_BY_MARKDOWN = ("fn:", "fnref:", "fnref", "__", ":~:")


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each link that leads to no place in its page."""
    for link in (*document.links, *own_anchors(document.text)):
        target, _, fragment = link.target.partition("#")
        fragment = unquote(fragment)
        if not fragment or fragment.startswith(_MADE_BY_MARKDOWN):
            continue
        path = resolve(document.path, target) if target else document.path
        anchors = corpus.anchors(path)
        if anchors is not None and not anchors.hold(fragment):
            page = path if target else "this page"
            yield Finding(document.at(link.offset), f"`{link.target}` leads to no place in {page}: it has no `#{fragment}`", _nearest(fragment, anchors))


def _nearest(fragment: str, anchors: Anchors) -> str:
    from difflib import get_close_matches  # only a dead anchor needs it

    close = get_close_matches(fragment, sorted(anchors.ids), n=1, cutoff=0.6)
    return f"did you mean `#{close[0]}`?" if close else "link to a heading that is there, or to the page alone"


RULE = Rule("F127", "dead-anchor", Level.ERROR, Scope.DOCUMENT, check, __doc__, (".md#", "](#", "](<#", "]: #", "]:#", ".md?"))
