"""HTML and pictures in the story that the site takes out.

## What it flags

In the story: elements that the site takes out, such as `script`, `style`, `iframe`, `video` and `form`; attributes such as `onclick` and
`style`; links to `javascript:` or `data:`. Pictures on another host. Pictures written as `<img>` and links to other files written as
`<a href>`, whose address nothing fits to the page. Code is left alone, and so is a tag that is never closed, which is shown as text.

## Why it matters

The site removes all of these, whoever wrote them, so that a record can't run anything in a reader's browser. What the author meant
to show is then missing from the page, without a trace. The site calls no other host either: in place of a picture there stands a link.

## Bad

```markdown
## Summary

The recording: <iframe src="https://video.example.org/1234"></iframe>
```

```markdown
## Summary

<p onclick="location.reload()">Read it again.</p>
```

```markdown
## Summary

[The figures](data:text/html;base64,PGI+)
```

```markdown
## Summary

![The queue, by hour](https://charts.example.org/queue.png)
```

```markdown
## Summary

<img src="queue.png" alt="The queue, by hour">
```

```markdown
## Summary

<video src="queue.webm"></video> shows it, and <a href="queue.md">the notes</a> tell it.
```

```markdown
## Summary

![The queue, by hour][chart]

[chart]: https://charts.example.org/queue.png
```

## Good

```markdown
## Summary

The recording is [on the video site](https://video.example.org/1234). An `<iframe>` had made our page slow, and so had this:

    <script src="https://cdn.example.org/player.js"></script>
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Position, clipped
from amends.reading.document import Document
from amends.reading.links import blanked, without_code, without_indented_code
from amends.rules.rule import Rule, Scope
from amends.rules.safety.html import SCRIPT_LINK, TAKEN_OUT

_ELEMENT = re.compile(rf"<({TAKEN_OUT})(?![\w-])", re.IGNORECASE)
_VOID = frozenset(("area", "base", "embed", "link", "meta", "source", "track"))
"""Elements that need no closing tag; of others a tag that is never closed is shown as text."""
_CLOSING = re.compile(r"</([a-z]+)")
_EVENT = re.compile(r"<[a-z][a-z0-9-]*\b[^<>]*?[\s/\"'](on[a-z]+)\s*=", re.IGNORECASE)
_STYLE = re.compile(r"<(?!t[dh]\b)[a-z][a-z0-9-]*\b[^<>]*?[\s/\"'](style)=", re.IGNORECASE)
_OPENING = re.compile(r"<(?!https?:)[a-zA-Z]")
"""How whatever `_ELEMENT` and `_EVENT` find begins; an address in angle brackets does not."""
_PICTURE = re.compile(
    r"!\[[^][\n]*\]\(\s*<?(?P<remote>(?:https?:)?//[^)\s>]+)|<img\b[^<>]*?\bsrc\s*=\s*(?P<mark>[\"']?)(?P<written>(?!data:)[^\s\"'>]+)", re.IGNORECASE)
_PICTURE_ELSEWHERE = re.compile(r"!\[(?P<text>[^][\n]*)\](?:[ ]?\[(?P<label>[^][\n]*)\])?(?!\()")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*<?(?P<remote>(?:https?:)?//[^\s>]+)", re.IGNORECASE | re.MULTILINE)
_LINK = re.compile(r"<a\b[^<>]*?\shref\s*=\s*(?P<mark>[\"']?)(?P<target>(?![a-z][a-z0-9+.-]*:|[#/])[^\s\"'>]+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SCHEMES = ("javascript:", "vbscript:", "data:")


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each thing that the site will remove."""
    body = document.body
    has_tag = _OPENING.search(body) is not None
    if not has_tag and "](http" not in body and "](//" not in body and not ("![" in body and "]:" in body):
        lowered = body.lower()
        if not any(scheme in lowered for scheme in _SCHEMES):
            return
    plain = without_indented_code(without_code(body))
    plain = _COMMENT.sub(lambda comment: blanked(comment[0]), plain)
    if has_tag:
        closed = set(_CLOSING.findall(plain.lower()))
        for match in _ELEMENT.finditer(plain):
            if match[1].lower() not in _VOID | closed:
                continue
            yield Finding(
                document.in_body(match.start()),
                f"`<{match[1]}>` is taken out of the page",
                "link to it, or put it in a code block if it is meant as text",
            )
        for match in _EVENT.finditer(plain):
            yield Finding(document.in_body(match.start(1)), f"`{match[1]}` is taken out of the page: a record runs nothing", "leave it out")
        for match in _STYLE.finditer(plain):
            yield Finding(document.in_body(match.start(1)), "`style` is taken out of the page", "leave it out")
        for match in _LINK.finditer(plain):
            yield Finding(document.in_body(match.start("target")), f"`{clipped(match['target'], 30)}` is not found from an `<a>`, whose address nothing fits to the page",
                          f"write it in Markdown: `[what it tells]({clipped(match['target'], 30)})`")
    for match in _PICTURE.finditer(plain):
        yield _picture(document, match)
    if "![" in plain and "]:" in plain:
        shown = {(match["label"] or match["text"]).lower() for match in _PICTURE_ELSEWHERE.finditer(plain)}
        for match in _DEFINITION.finditer(plain):
            if match["label"].lower() in shown:
                yield _elsewhere(document.in_body(match.start("remote")), match["remote"])
    for match in SCRIPT_LINK.finditer(plain):
        target = match["target"]
        yield Finding(
            document.in_body(match.start("target")),
            f"the link to `{clipped(target, 30)}` is taken out of the page",
            "link to a page, or put a picture beside the record and link to the file",
        )


def _elsewhere(place: Position, target: str) -> Finding:
    return Finding(place, f"the picture `{clipped(target, 30)}` lies on another host, so a link stands in its place",
                   "put the picture beside the record, if you may, and show it from there")


def _picture(document: Document, match: re.Match[str]) -> Finding:
    name = "remote" if match["remote"] else "written"
    place, target = document.in_body(match.start(name)), match[name]
    if match["remote"] or target.startswith(("https:", "http:", "//")):
        return _elsewhere(place, target)
    return Finding(place, f"`{clipped(target, 30)}` is not found from an `<img>`, whose address nothing fits to the page",
                   f"write it in Markdown: `![what it shows]({clipped(target, 30)})`")


RULE = Rule("S702", "unsafe-html", Level.WARNING, Scope.DOCUMENT, check, __doc__, ("<", "![", *_SCHEMES))
