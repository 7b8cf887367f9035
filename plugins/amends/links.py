"""Links in Markdown, as far as the gate needs them: targets and where they stand, code left out."""

import posixpath
import re
from typing import NamedTuple

_LINK = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ ]{0,3}(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<lead>\]\(\s*<?)(?P<target>[^)\s>]+)"
    r"|^(?P<define>\[[^\]\n^]+\]:\s*<?)(?P<defined>[^\s>]+)",
    re.MULTILINE,
)
_NOT_NEWLINE = re.compile(r"[^\n]")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|/")


class Link(NamedTuple):
    """A relative link."""

    target: str
    """As written, for example `../2031/2031-03-02-slow-search.md#summary`."""
    offset: int
    """Where the target begins in the text."""


def relative_links(text: str) -> tuple[Link, ...]:
    """The links of a Markdown text to other files; those to other hosts and within the page are left out."""
    if "](" not in text and "]:" not in text:
        return ()
    found = []
    for match in _LINK.finditer(text):
        target = match["target"] or match["defined"]
        if target and not _EXTERNAL.match(target):
            found.append(Link(target, match.start("target" if match["target"] else "defined")))
    return tuple(found)


def resolve(path: str, target: str) -> str:
    """The file that `target` names when it stands in the file at `path`, without fragment and query.

    Both are relative to the folder of the settings; a result that begins with `..` lies outside it.
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target.split("#", 1)[0].split("?", 1)[0]))


def without_code(text: str) -> str:
    """The Markdown text with everything in fences and code spans blanked out; every other character keeps its place."""
    if "`" not in text and "~~~" not in text:
        return text
    return _LINK.sub(lambda match: match[0] if match["fence"] is None and match["ticks"] is None else _NOT_NEWLINE.sub(" ", match[0]), text)
