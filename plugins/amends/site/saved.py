"""All contingency plans in one file that needs nothing but itself: no network, no other file. It brings the one script that finds a plan by
what one sees; without it the whole list stands there.

A copy that somebody saved is there when the network is not, opens from the disk of any phone, and can be mailed or printed. A service
worker would keep the page only for those who had opened it before, could show them an old plan while the new one is in reach, and stays in
their browsers when the site no longer has it. So there is none.
"""

from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import nh3
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_date

from amends.language import _, spoken
from amends.render.composer import h
from amends.render.facets import answers
from amends.render.overdue import overdue_word
from amends.site.config import theme_language

_HERE = Path(__file__).parent
_STYLE = _HERE / "saved.css"
_SCRIPTS = (_HERE / "static/assets/amends/questions.js", _HERE / "saved.js")

_TAGS = {
    "a", "abbr", "article", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "i", "ins", "kbd",
    "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "time",
    "tr", "u", "ul", "var",
}

_PAGE = """<!doctype html>
<html lang="{0}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{7}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{1}: {2}</title>
<style>
{3}</style>
</head>
<body>
<main>
{8}
{4}
</main>
<footer>{5} {6}</footer>
<script>{9}</script>
</body>
</html>
"""


def render_saved(html: str, title: str, url: str, config: MkDocsConfig) -> str:
    """The file, from the page's `html`; `url` is the page's address on the site, to which links lead where the site's own is known."""
    base = urljoin(config.site_url, url) if config.site_url else None

    def address(tag: str, attribute: str, value: str) -> str | None:
        if tag != "a" or attribute != "href" or value.startswith(("#", "https://", "http://")):
            return value
        return urljoin(base, value) if base else None

    cleaner = nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags={"script", "style", "form", "button", "svg", "nav"},
        attributes={"*": {"class", "id", "role", "aria-labelledby", "aria-level", "lang"}, "a": {"href"},
                    "ol": {"data-words", "data-dull"}, "li": {"data-leads", "data-concepts", "data-told"}, "time": {"datetime"}, "dd": {"data-due"},
                    "span": {"data-due"}, "details": {"open"}},
        attribute_filter=address,
        url_schemes={"http", "https"},
        link_rel=None,
    )
    made = spoken().day(date.fromisoformat(get_build_date()))
    copy = _("A copy of the plans of {site} as they stood on {day}. They may have changed since.").format(site=config.site_name, day=made)
    present = h(_("The present ones: {address}"), address=h('<a href="{0}">{0}</a>', base)) if base else ""
    words = (theme_language(config), title, config.site_name)
    style, body = (Markup(part) for part in (_STYLE.read_text(encoding="utf-8"), cleaner.clean(html)))  # noqa: S704 - ours, and cleaned
    script = "".join(path.read_text(encoding="utf-8") for path in _SCRIPTS)
    signed = b64encode(sha256(script.encode()).digest()).decode()
    return h(_PAGE, *words, style, body, copy, present, signed, _ask(html), Markup(script))  # noqa: S704 - ours


def _ask(html: str) -> Markup:
    """The field for what one sees, which the script shows."""
    return h('<div class="am-ask" role="search" data-told="{}"{} {} hidden><label>{} <input type="search" autocomplete="off"></label> '
             '<button type="button" hidden>{}</button><output></output></div>',
             _("Plans: {n} of {all}").replace("{all}", str(html.count(" data-leads="))), answers(), overdue_word(), _("What do you see?"), _("Show all"))
