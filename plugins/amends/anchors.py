"""The places within a page that a link can lead to: its headings, the ids that authors give, and those that our own pages have."""

import html
import re
import unicodedata
from dataclasses import dataclass

from amends.checklist import Checklist
from amends.reading.links import without_code
from amends.record import Record, given

RECORD_HEADINGS = (
    "Timeline", "Customer impact", "Root cause", "Contributing factors", "What is still at risk", "If it happens again", "Towards the customers",
    "What they were told", "What was promised", "How it was made good", "Are they satisfied?", "What they said", "Satisfaction over time",
    "What our own people knew", "What had to be reported", "Actions", "Was the response equal to the impact?", "Sources", "Has this happened before?", "It was like this again", "Related incidents",
    "History of this record",
)
"""Those that the page of a record may have beside the story's own."""

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}(?!#)[ \t]*(?P<text>[^\n]*?)[ \t]*#*[ \t]*$|^(?P<over>[^\n]+)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_GIVEN = re.compile(r"\{:?[^}\n]*?#(?P<braced>[^\s}]+)|\b(?:id|name)[ \t]*=[ \t]*[\"']?(?P<html>[^\s\"'>]+)")
_MARKUP = re.compile(r"[*_`\[\]<>&:{}\\!~^=+$|]")
_TARGET = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]|<[^>]*>|\{[^}]*\}")
_NUMBER = re.compile(r"_\d+\Z")


def slug(heading: str) -> str:
    """The id that Markdown gives to a heading of plain text."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where one page can be entered."""

    ids: frozenset[str]
    """As they are written in a link."""
    alike: frozenset[str]
    """The letters and digits of headings whose id only the site's own extensions know."""

    def hold(self, fragment: str) -> bool:
        """Whether a link to `fragment` leads somewhere, as far as can be told; Markdown numbers headings of the same words."""
        first = _NUMBER.sub("", fragment)
        return fragment in self.ids or first in self.ids or not self.alike.isdisjoint((*_letters(fragment), *_letters(first)))


def anchors_of(part: Record | Checklist, *, own_slugs: bool) -> Anchors:
    """The anchors of a page; with `own_slugs` the site makes its headings' ids in a way of its own."""
    document = part.document
    ids: set[str] = set()
    headings: list[str] = []
    if isinstance(part, Checklist):
        ids.update(part.item_ids)
        headings += part.item_ids
    else:
        headings += RECORD_HEADINGS
        ids.update(commitment.id for commitment in given(part.reply.commitments) if commitment.id)
        ids.update(action.id for action in given(part.actions) if action.id)
        ids.update(f"plan-{number}" for number in range(1, len(given(part.contingency_plan)) + 1))
    ids.update(match["braced"] or match["html"] for match in _GIVEN.finditer(document.text))
    body = document.body
    for match in _HEADING.finditer(without_code(body)):  # whose places are those of the body, where the code in a heading still stands
        start = match.start("over" if match["text"] is None else "text")
        headings.append(body[start:].split("\n", 1)[0].rstrip(" \t#"))
    alike = set(_letters(part.title or document.stem))
    for heading in headings:
        if own_slugs or _MARKUP.search(heading) is not None:
            alike.update((*_letters(heading), *_letters(html.unescape(_TARGET.sub(" ", heading)))))
        else:
            ids.add(slug(heading))
    return Anchors(frozenset(ids), frozenset(alike - {""}))


def _letters(text: str) -> tuple[str, str]:
    """The letters and digits of a text, as they are and without what ASCII does not know."""
    whole = "".join(character for character in text.casefold() if character.isalnum())
    return whole, re.sub(r"[-_]", "", slug(text))
