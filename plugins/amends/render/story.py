"""An author's story, cut into its sections, each of which stays within itself."""

import re
from html.parser import HTMLParser

from amends.render.composer import without_markup

_SECTION = re.compile(r"^##[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE = re.compile(r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[\s\S]*?(?:^[ ]{0,3}(?P=fence)|\Z)|(?P<ticks>`+)(?!`)[\s\S]*?(?<!`)(?P=ticks)(?!`)|<https?://[^\s<>]+>",
                   re.MULTILINE)
_TAG = re.compile(r"<[A-Za-z/!?]")
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


def sections(body: str) -> dict[str, tuple[str, str]]:
    """The story's `##` sections by lower-case heading, in order; what stands before the first one under ''.

    A fence that a section leaves open is closed at its end; HTML that it leaves open is shown as text.
    """
    fenced = [(m.start(), m.end()) for m in _FENCE.finditer(body)]
    inside = [(fenced[n][0], fenced[n + 1][1] if n + 1 < len(fenced) else len(body)) for n in range(0, len(fenced), 2)]
    starts = [m for m in _SECTION.finditer(body) if not any(a <= m.start() < b for a, b in inside)]
    sections: dict[str, tuple[str, str]] = {}
    ends = [*(m.start() for m in starts[1:]), len(body)]
    lead = body[: starts[0].start()] if starts else body
    if lead.strip():
        sections[""] = ("", closed(lead))
    for match, end in zip(starts, ends, strict=False):
        key, number = match[1].lower(), 2
        while key in sections:
            key, number = f"{match[1].lower()} {number}", number + 1
        sections[key] = (match[1], closed(body[match.end():end]))
    return sections


def closed(text: str) -> str:
    """A part of a story that stays within itself: what it leaves open is closed, or shown as text."""
    fences = _FENCE.findall(text)
    if len(fences) % 2:
        text = f"{text.rstrip()}\n{fences[-1]}\n"
    if _TAG.search(text) and not _balanced(text):
        text = without_markup(text)
    return text.strip("\n")


def _balanced(text: str) -> bool:
    tags = _Tags()
    tags.feed(_CODE.sub("", text))
    return not tags.open and not tags.stray


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.stray = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.stray = True
