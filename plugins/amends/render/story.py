"""An author's story, cut into its sections, each of which stays within itself."""

import re
from html.parser import HTMLParser
from itertools import pairwise

from amends.reading.links import blanked, without_indented_code

_SECTION = re.compile(r"^##[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE = re.compile(r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[\s\S]*?(?:^[ ]{0,3}(?P=fence)|\Z)|(?P<ticks>`+)(?!`)[\s\S]*?(?<!`)(?P=ticks)(?!`)|<https?://[^\s<>]+>|\]\(\s*<[^<>\n]*>|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<[^<>\n]*>",
                   re.MULTILINE)
_TAG = re.compile(r"<[A-Za-z/!?]")
_DEPTH = 50
"""How many elements within each other are kept apart; whoever writes more has closed none of them."""
_NEWLINE = re.compile(r"\n")
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


def sections(body: str) -> dict[str, tuple[str, str]]:
    """The story's `##` sections by lower-case heading, in order; what stands before the first one under ''.

    A fence that a section leaves open is closed at its end; a tag that it leaves open is shown as text.
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
    if _TAG.search(text):
        starts = [0, *(offset + 1 for offset in _Tags(text).unpaired), len(text) + 1]
        text = "&lt;".join(text[start:end - 1] for start, end in pairwise(starts))
    return text.strip("\n")


class _Tags(HTMLParser):
    """Finds the tags of a text that have no other: what an author wrote of them is meant as text, or was left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._open: list[tuple[str, int]] = []
        self._stray: list[int] = []
        self._lines = [0, *(match.end() for match in _NEWLINE.finditer(text))]
        self.feed(without_indented_code(_CODE.sub(lambda code: blanked(code[0]), text)))

    @property
    def unpaired(self) -> list[int]:
        """Where they begin."""
        return sorted((*self._stray, *(offset for _, offset in self._open)))

    @property
    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Here, no tag hides those behind it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "plaintext":  # after which nothing would be HTML any more
            self._stray.append(self._here)
        elif tag not in _VOID:
            self._open.append((tag, self._here))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Browsers close only what is empty by its kind, and take what follows the others for their content."""
        if tag not in _VOID and tag != "path":
            self._stray.append(self._here)

    def handle_endtag(self, tag: str) -> None:
        if not any(tag == name for name, _ in self._open[-_DEPTH:]):
            self._stray.append(self._here)
            return
        while (last := self._open.pop())[0] != tag:
            self._stray.append(last[1])
