"""What the head of every page holds of ours."""

from markupsafe import Markup
from mkdocs.utils import get_relative_url

from amends.language import N_, _
from amends.render.browse import FEEDS
from amends.render.composer import h
from amends.settings import Settings

_ABOUT_FEEDS = (("application/rss+xml", N_("What is new (RSS)")), ("application/feed+json", N_("What is new (JSON Feed)")))
"""The media types and titles of FEEDS. Their addresses must be absolute, so there are none without a `site_url`."""

_MARKS = {"--am-overdue": N_("overdue"), "--am-due-today": N_("today")}
"""What the stylesheet puts behind a day. The day of reading decides it, so that the words can't stand in the page."""


def head_of(url: str, settings: Settings) -> Markup:
    """What stands in the head of the page at `url`."""
    return _words() + _feed_links(url, settings)


def _words() -> Markup:
    marks = ";".join(f'{name}:" · {_(word)}"' for name, word in _MARKS.items())
    return Markup("<style>:root{" + marks + "}</style>")  # noqa: S704 - words of the catalogue


def _feed_links(url: str, settings: Settings) -> Markup:
    """The way to the feeds; nothing where there are none."""
    if settings.site_url is None:
        return Markup("")
    return Markup("").join(h('<link rel="alternate" type="{}" title="{}" href="{}">', kind, _(title), get_relative_url(name, url))
                           for name, (kind, title) in zip(FEEDS, _ABOUT_FEEDS, strict=True))
