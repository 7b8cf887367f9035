"""A page put together from Markdown that its authors wrote and HTML that is ours.

Authors' texts stay Markdown, so that the site's own extensions render them; our HTML stands in the Markdown as a
placeholder, a word with a number that nobody can guess, and takes its place only after the authors' part was sanitised.
Each stretch between two placeholders is sanitised by itself: nothing an author leaves open reaches beyond it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from markupsafe import Markup, escape

from amends.anchors import slug
from amends.language import _
from amends.reading.links import relative_links, resolve


class Href(Protocol):
    """Gives the address of a page of the site, relative to the page being made."""

    def __call__(self, uri: str, fragment: str = "") -> str:
        """The address of the page made from the file `uri`, for example `incidents/2031/2031-04-05-x.md`."""


class Composer:
    """Collects one page, top to bottom."""

    def __init__(self, nonce: str, path: str) -> None:
        self._nonce = nonce
        self._parts: list[str] = []
        self.path = path
        """The file that the page is made from; relative links in texts start there."""
        self.fragments: dict[str, Markup] = {}
        """Our HTML, by placeholder."""

    def html(self, fragment: Markup) -> None:
        """Add HTML of ours. It may open an element that a later call closes."""
        word = f"{self._nonce}x{len(self.fragments)}x"
        self.fragments[word] = fragment
        self._parts.append(word)

    def title(self, text: str) -> None:
        """Add the page's heading: plain text, in which nothing is Markdown."""
        self._parts.append(f"# {_SPECIAL.sub(lambda match: f'&#{ord(match[0])};', ' '.join(text.split()))}")

    def opening(self, heading: str, lead: str = "") -> None:
        """Begin a page of ours: its heading and what stands below, both messages."""
        self.section(1, heading)
        if lead:
            self.markdown(_(lead))

    def heading(self, level: int, text: str) -> None:
        """Add a heading that is no message of ours: an id, a label."""
        self._parts.append(f"{'#' * level} {text}")

    def section(self, level: int, message: str, anchor: str | None = None) -> None:
        """Add a heading of ours, which the table of contents shows, in the reader's language.

        Its anchor is made of the English words, so that a link to it leads there in every language.
        """
        text = _(message)
        anchor = anchor or (slug(message) if text != message else None)
        self.heading(level, f"{text} {{: #{anchor} }}" if anchor else text)

    def markdown(self, text: str) -> None:
        """Add Markdown as it is: an author's story, or ours."""
        self._parts.append(text)

    def text(self, text: str, path: str | None = None) -> None:
        """Add a text from the front matter of the file at `path` (by default this page's)."""
        self._parts.append(block(text if path is None else rebased(text, path, self.path)))

    @property
    def source(self) -> str:
        """The page as Markdown."""
        return "\n\n".join(self._parts) + "\n"


def cut(content: str, nonce: str) -> list[str]:
    """The page's HTML cut at its placeholders: authors' stretches at even places, placeholders at odd ones."""
    return re.split(rf"(?:<p>)?({nonce}x\d+x)(?:</p>)?", content)


def fill(pieces: list[str], fragments: Mapping[str, str]) -> str:
    """The pieces together again, a fragment in place of each placeholder."""
    return "".join([fragments.get(piece, "") if number % 2 else piece for number, piece in enumerate(pieces)])


_SAID_OF_ALL = (
    "am-badges", "am-amends", "am-phases", "am-marks", "am-gap", "am-label", "am-badge", "am-also", "am-banner", "am-lessons",
    "am-trial", "am-record-data",
)
"""What our own HTML says in the same words of every record: states, numbers, steps. By `resolved` nobody means every record that is."""
_NO_WORDS = re.compile(
    rf"<(svg|form|time|dt)\b.*?</\1>|<(\w+) class=\"(?:{'|'.join(_SAID_OF_ALL)})[ \"].*?(?:</\2>|\Z)|<a href=\"(?!https?:)[^>]*>.*?</a>|<[^>]*>",
    re.DOTALL)
"""A tag, or something whole that is not searched. What a picture says stands in the table behind it, what a form says in the list below, and
a link's words on the page to which it leads.
"""
_FACTS = re.compile(r'<(\w+) class="am-(?:card__foot|facts)">.*?</\1>', re.DOTALL)
_OF_ITS_OWN = re.compile(r'<span class="am-team">.*?</span>|<details\b.*?</details>', re.DOTALL)
"""What facts on a line say of this record alone: who carries something out, and why something is not told."""
_TIME_OF_DAY = re.compile(r'<div class="am-entry__time">.*?</div>', re.DOTALL)
_CLOCK = re.compile(r"(?<=>)\d\d:\d\d")
"""What is searched of the time of an entry: not `about`, nor the zone."""


def words_of(fragment: Markup) -> str:
    """A fragment's words by which one would look for it, still escaped, as one paragraph."""
    timed = _TIME_OF_DAY.sub(lambda time: " ".join(_CLOCK.findall(time[0])), fragment)
    searched = _FACTS.sub(lambda facts: " ".join(_OF_ITS_OWN.findall(facts[0])), timed)
    words = " ".join(_NO_WORDS.sub(" ", searched).split()).strip(" ·")
    return f"<p>{words}</p>" if words else ""


# Texts as Markdown --------------------------------------------------------------------------------------------------

_MARKUP = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|<https?://[^\s<>]+>|<(?=[A-Za-z/!?])", re.DOTALL)
_BLOCK_START = re.compile(r"^([ \t]*)(`{3,}|~{3,}|#{1,6}(?=[ \t])|\[[^\]\n]*\]:|\*\[|!!!|\?\?\?|=+[ \t]*$|-{2,}[ \t]*$|-*8<|:(?=[ \t]))", re.MULTILINE)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&!~^=|:@#$]")
_INLINE_START = re.compile(r"^(?:[-+*>#|:=]|\d+[.)](?=\s)|`{3}|~{3}|\[[^\]\n]*\]:|!!!|\?\?\?)")


def without_markup(text: str) -> str:
    """A text in which no angle bracket begins a tag; code and `<https://…>` stay as they are."""
    return _MARKUP.sub(lambda match: "&lt;" if match[0] == "<" else match[0], text) if "<" in text else text


def _entity(text: str) -> str:
    return f"&#{ord(text[0])};{text[1:]}"


def block(text: str) -> str:
    """A front-matter text as Markdown that stays within its place: paragraphs, lists and emphasis, but no headings,
    fences, definitions or HTML that would reach beyond it.
    """
    return _BLOCK_START.sub(lambda match: match[1] + _entity(match[2]), without_markup(text.strip()))


def inline(text: str) -> str:
    """A front-matter text as one line of Markdown that begins no block."""
    line = without_markup(" ".join(text.split()))
    return _INLINE_START.sub(lambda match: _entity(match[0]), line)


def rebased(text: str, path: str, onto: str) -> str:
    """A text of the file at `path` with its relative links as they must read in the file at `onto`."""
    links = relative_links(text)
    if not links or path == onto:
        return text
    depth = "../" * onto.count("/")
    for target, offset in reversed(links):
        fragment = target[len(target.split("#", 1)[0]):]
        text = f"{text[:offset]}{depth}{resolve(path, target)}{fragment}{text[offset + len(target):]}"
    return text


def rows(facts: Iterable[tuple[str, Markup | str]]) -> Markup:
    """Facts below each other, each with its label; empty where there is none."""
    told = Markup("").join(h("<div><dt>{}</dt><dd>{}</dd></div>", label, fact) for label, fact in facts)
    return h('<dl class="am-rows">{}</dl>', told) if told else Markup("")


def caption(words: str) -> Markup:
    """The name of a table, for those who hear the page; the others read it in the heading above."""
    return h('<caption><span class="am-unseen">{}</span></caption>', words)


def scrolling(name: str, content: Markup) -> Markup:
    """What scrolls by itself where it is too wide for the page, by keyboard too, under a name for those who hear it."""
    return h('<div class="am-scroll" tabindex="0" role="region" aria-label="{}">{}</div>', name, content)


def wide_table(kind: str, name: str, heads: Markup, bodies: Markup) -> Markup:
    """A table with a name, the cells of its head and its bodies, which scrolls by itself where it is too wide."""
    return scrolling(name, h('<table class="{}">{}<thead><tr>{}</tr></thead>{}</table>', kind, caption(name), heads, bodies))


def tbody(rows: Markup) -> Markup:
    """The body of a table."""
    return h("<tbody>{}</tbody>", rows)


def h(template: str, *values: Any, **named: Any) -> Markup:
    """HTML from a template of ours, or from a message; every value that is neither HTML already nor a number or a date is escaped.

    `Markup.format` does the same in pure Python, which took a third of the time of composing a page.
    """
    safe = [value if value.__class__ is Markup or isinstance(value, _UNESCAPED) else escape(value) for value in values]
    if named:
        named = {name: value if value.__class__ is Markup or isinstance(value, _UNESCAPED) else escape(value) for name, value in named.items()}
    return Markup(template.format(*safe, **named))  # noqa: S704 - templates are literals of this package, or of its catalogues


_UNESCAPED = (int, float, date)
