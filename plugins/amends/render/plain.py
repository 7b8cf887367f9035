"""Words without markup: of one Markdown text, and of a whole page of simple HTML."""

import re
import textwrap
from functools import lru_cache
from html.parser import HTMLParser

import markdown

from amends.render.composer import without_markup

WIDTH = 72
"""Columns of plain text, as mail has them."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""Control characters, which steer a terminal, and those that turn the direction of what follows or hide in it; white space aside."""

_BLOCK_START = re.compile(r"\A(?:[-+*](?= |\Z)|[-*_](?=[-*_ ]+\Z)|[#>]|\d(?=\d*[.)] )|\[(?=[^\]]*\]:))")
"""The character by which one line would begin a list, a rule, a heading, a quotation or a definition."""


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """One line of what a reader sees of a Markdown text. Links lose their targets, pictures leave their description.

    HTML in the text is no markup: it stays what it is, characters.
    """
    words = _Words()
    words.feed(markdown.markdown(_BLOCK_START.sub(lambda match: f"&#{ord(match[0])};", without_markup(_seen(text)))))
    words.close()
    return _seen("".join(words.parts))


def _seen(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


class _Words(HTMLParser):
    """Collects the words of HTML that Markdown made."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag == "br":
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain_text(html: str) -> str:
    """A page of headings, paragraphs, lists, quotations and links as plain text, wrapped; a link shows where it leads."""
    page = _Page()
    page.feed(html)
    page.close()
    page.end_block()
    return "\n".join(page.lines) + "\n"


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(("p", "ul", "ol", "li", "blockquote", "hr", "pre"))


class _Page(HTMLParser):
    """Writes one block after the other; what is inside a list or a quotation is set in."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._text = ""
        self._margins: list[str] = []
        self._marker = ""
        """What stands before the next block in place of its margin: the sign of a list's entry."""
        self._numbers: list[int | None] = []
        """For each open list the number of its last entry; None where it has bullets."""
        self._links: list[tuple[str, int]] = []
        """For each open link where it leads, and where in the text it begins."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in ("ul", "ol"):
            self._numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            number = self._numbers[-1] if self._numbers else None
            if number is not None:
                self._numbers[-1] = number + 1
            self._marker = "- " if number is None else f"{number + 1}. "
            self._margins.append(" " * len(self._marker))
        elif tag == "blockquote":
            self._margins.append("    ")
        elif tag == "br":
            self._text = f"{self._text.rstrip()}\n"
        elif tag == "hr":
            self._text = "* * *"
        elif tag == "img":
            self._text += dict(attrs).get("alt") or ""
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._text)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            target, begin = self._links.pop()
            address = target.split(":", 1)[1] if target.startswith(("mailto:", "tel:")) else target
            if address and address != self._text[begin:].strip():
                self._text += f" ({address})"
        if tag in _BLOCKS:
            self.end_block(wrapped=tag not in _HEADINGS)
        if tag in ("ul", "ol"):
            self._numbers.pop()
        elif tag in ("li", "blockquote"):
            self._margins.pop()
            self._marker = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def end_block(self, *, wrapped: bool = True) -> None:
        """Write what has been collected; a heading on one line, since a letter's is its subject. Entries of a list follow each other without a line between them."""
        text, self._text = self._text, ""
        if not text.strip():
            return
        margin = "".join(self._margins)
        first = margin[:len(margin) - len(self._marker)] + self._marker
        if self.lines and not (self._marker and self._in_list):
            self.lines.append("")
        for line in text.strip().split("\n"):
            self.lines += textwrap.wrap(line, WIDTH if wrapped else len(text) + 1, initial_indent=first, subsequent_indent=margin, break_long_words=False,
                                        break_on_hyphens=False)
            first = margin
        self._in_list, self._marker = bool(self._numbers), ""

    _in_list = False
    """Whether the block before was a list's entry."""
