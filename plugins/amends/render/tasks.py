"""Checklist items as they leave the repository: as tasks in Markdown, for a pull request, an issue, a chat."""

import re

from amends.reading.links import LINK
from amends.render.composer import inline

_MENTION = re.compile(r"(?<![\w/.])@(?=\w)|(?<!&)[#!](?=\d)")
"""What would call a person or a team, or point at an issue, where the text is carried to."""

_APART = "\u2060"
"""Joins without being seen; with it in between, a host takes neither a mention nor a number."""


def without_own_links(text: str) -> str:
    """A front-matter text with words in place of its pictures, and of its links to anything but a page of the web."""
    if "](" not in text:
        return text
    return LINK.sub(lambda match: match[0] if leads_to_the_web(match) and match[0][0] != "!" else match[1], text)


def leads_to_the_web(link: re.Match[str]) -> bool:
    """Whether it leads to a page of the web, and to none of the site's own."""
    return link[2].startswith(("https://", "http://"))


def carried(text: str) -> str:
    """A front-matter text as one line of Markdown for another place: it begins no block, opens no tag, calls nobody, and links to nothing
    that is not there.
    """
    return _MENTION.sub(lambda match: f"{match[0]}{_APART}", inline(without_own_links(text)))


def task(text: str) -> str:
    """An item as a task that is still to be ticked."""
    return f"- [ ] {carried(text)}"
