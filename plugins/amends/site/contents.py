"""The table of contents of a page on a narrow screen. The theme puts it into the menu, and there only below a page that the menu names."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from amends.language import _
from amends.render.composer import h

_IN_MENU = 'id="__toc"'
_FEW = 3
"""Fewer sections are seen without a table."""


def with_contents(output: str, page: Page, config: MkDocsConfig) -> str:
    """The whole page, with the table below its heading where the menu holds none; the stylesheet shows it where the screen is narrow."""
    before, heading, after = output.partition("</h1>")
    sections = _sections(page)
    if _IN_MENU in output or not heading or len(sections) < _FEW or "toc" in page.meta.get("hide", ()):
        return output
    options: Mapping[str, str] = config.mdx_configs.get("toc") or {}
    name = options.get("title") or _("Table of contents")
    return f"{before}{heading}{_render(sections, name)}{after}"


def _sections(page: Page) -> list[AnchorLink]:
    entries = list(page.toc)
    return entries[0].children if entries and entries[0].level == 1 else entries


def _render(sections: Iterable[AnchorLink], name: str) -> Markup:
    return h('<details class="am-contents"><summary>{}</summary><nav aria-label="{}">{}</nav></details>', name, name, _list(sections))


def _list(sections: Iterable[AnchorLink]) -> Markup:
    """Titles are HTML already, as for the theme."""
    return h("<ul>{}</ul>", Markup("").join(
        h('<li><a href="{}">{}</a>{}</li>', section.url, Markup(section.title), _list(section.children) if section.children else "")  # noqa: S704
        for section in sections))
