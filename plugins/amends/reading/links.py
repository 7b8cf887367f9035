"""Links in Markdown, as far as the gate needs them: targets and where they stand, code left out."""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]+)[^)]*\)")
"""A link or a picture, for those who change it: its words, and where it leads."""

_DEFINITION = re.compile(r"""^[ ]{0,3}\[([^\]\n]+)\]:[ \t]*<?([^\s>]+)>?(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*(?:\n|\Z)""", re.MULTILINE)
"""A line that says where links of a label lead."""
_REFERENCE = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\](?:\[([^\]\n]*)\])?(?![(\[:])")

_INLINE = re.compile(r"\]\(\s*(?P<angle><)?(?P<target>(?(angle)[^>\n]+|[^)\s>]+))")
_DEFINED = re.compile(r"\]:[ \t]*(?P<angle><)?(?P<target>(?(angle)[^>\n]+|[^\s>]+))")
_LABEL_BEFORE = re.compile(r"[ ]{0,3}\[[^\]\n^]+")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|/")
_RUN = re.compile(r"([`~])\1*")
_TICKS = re.compile(r"(`)`*")
"""What `_RUN` finds in a text without fences of tildes, in half the time."""
_COMMENT = re.compile(r"<!--[\s\S]*?-->")
_HOLDS_MORE = re.compile(r"[ ]{0,3}(?:(?:[-*+]|\d+[.)])[ \t]|!!!|\?\?\?|\[\^|:[ \t])")
"""The first line of an item, an admonition or a note, whose other paragraphs are indented."""
_NOT_NEWLINE = re.compile(r"[^\n]")


class Link(NamedTuple):
    """A relative link."""

    target: str
    """As written, for example `../2031/2031-03-02-slow-search.md#summary`."""
    offset: int
    """Where the target begins in the text."""


def without_links(text: str, leads: Callable[[str], bool], instead: Callable[[str], str]) -> str:
    """The Markdown text with something `instead` of each link and picture, made of its words, of whose target `leads` says so; also of those by
    reference, whose definitions go.
    """
    if "](" in text:
        text = LINK.sub(lambda link: instead(link[1]) if leads(link[2]) else link[0], text)
    labels = {_label(line[1]) for line in _DEFINITION.finditer(text) if leads(line[2])} if "]:" in text else ()
    if not labels:
        return text
    text = _DEFINITION.sub(lambda line: "" if _label(line[1]) in labels else line[0], text)
    return _REFERENCE.sub(lambda link: instead(link[1]) if _label(link[2] or link[1]) in labels else link[0], text)


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def relative_links(text: str) -> tuple[Link, ...]:
    """The links of a Markdown text to other files; those to other hosts and within the page are left out."""
    return _links(text, lambda target: not _EXTERNAL.match(target))


def own_anchors(text: str) -> tuple[Link, ...]:
    """The links of a Markdown text to places in its own page, for example `#summary`."""
    return _links(text, lambda target: target[0] == "#") if "(#" in text or "<#" in text or "]:" in text else ()


def _links(text: str, wanted: Callable[[str], bool]) -> tuple[Link, ...]:
    found = [Link(match["target"], match.start("target")) for match in _INLINE.finditer(text) if wanted(match["target"])]
    if "]:" in text:
        found.extend(
            Link(match["target"], match.start("target")) for match in _DEFINED.finditer(text)
            if wanted(match["target"]) and _LABEL_BEFORE.fullmatch(text, text.rfind("\n", 0, match.start()) + 1, match.start()))
    if found and "<!--" in text:
        found = _outside(found, [match.span() for match in _COMMENT.finditer(without_code(text))])
    if found and ("```" in text or "~~~" in text or any("`" in _paragraph(text, link.offset) for link in found)):
        found = _outside(found, list(_code(text)))
    return tuple(sorted(found, key=lambda link: link.offset))


def _outside(links: list[Link], spans: list[tuple[int, int]]) -> list[Link]:
    """The links that begin in none of the spans, which are in order and apart."""
    starts = [start for start, _ in spans]
    before = (bisect_right(starts, link.offset) - 1 for link in links)
    return [link for link, number in zip(links, before, strict=True) if number < 0 or link.offset >= spans[number][1]]


def _paragraph(text: str, offset: int) -> str:
    """What a code span around a place would stand in."""
    end = text.find("\n\n", offset)
    return text[text.rfind("\n\n", 0, offset) + 1:end if end >= 0 else len(text)]


def resolve(path: str, target: str) -> str:
    """The file that `target` names when it stands in the file at `path`, without fragment and query.

    Both are relative to the folder of the settings; a result that begins with `..` lies outside it.
    """
    return _from(path[:path.rfind("/") + 1], target.split("#", 1)[0].split("?", 1)[0])


@lru_cache(maxsize=1 << 15)
def _from(folder: str, target: str) -> str:
    if "%" in target:
        from urllib.parse import unquote  # few links hold a space

        target = unquote(target)
    return posixpath.normpath(posixpath.join(folder, target))


def blanked(text: str) -> str:
    """As many spaces as the text has characters, on as many lines: what stands behind it keeps its place."""
    return _NOT_NEWLINE.sub(" ", text)


def without_code(text: str) -> str:
    """The Markdown text with everything in fences and code spans blanked out; every other character keeps its place."""
    if "`" not in text and "~~~" not in text:
        return text
    parts, done = [], 0
    for start, end in _code(text):
        parts += [text[done:start], blanked(text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def without_indented_code(text: str) -> str:
    """The Markdown text with code that is code by its indentation blanked out; what is indented below an item of a list goes on with the item."""
    lines = text.split("\n")
    blank, code, within = True, False, False
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
        elif line[:4] == "    " or line[:1] == "\t":
            code = code or (blank and not within)
            if code:
                lines[number] = " " * len(line)
            blank = False
        else:
            within = _HOLDS_MORE.match(line) is not None or (within and not blank)
            blank = code = False
    return "\n".join(lines)


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Where the fences and code spans begin and end. An unclosed fence reaches to the end; an unclosed span is none."""
    unclosed: dict[int, int] = {}
    at = 0
    runs = _RUN if "~~~" in text else _TICKS
    while (run := runs.search(text, at)) is not None:
        at, length = run.end(), run.end() - run.start()
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        opens_line = not text[text.rfind("\n", 0, run.start()) + 1:run.start()].strip(" \t>")
        if length >= 3 and opens_line and (run[1] == "~" or "`" not in text[at:line_end]):
            closing = re.compile(rf"^[ \t>]*{run[1]}{{{length},}}[ \t]*$", re.MULTILINE).search(text, line_end)
            at = closing.end() if closing else len(text)
            yield run.start(), at
        elif run[1] == "`" and unclosed.get(length, -1) < run.start():
            paragraph_end = text.find("\n\n", at)
            paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
            end = next((other.end() for other in runs.finditer(text, at, paragraph_end) if other[0] == run[0]), None)
            if end is None:
                unclosed[length] = paragraph_end  # so that a page of backticks takes no quadratic time
            else:
                at = end
                yield run.start(), at
