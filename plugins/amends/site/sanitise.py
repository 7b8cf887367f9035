"""What an author's Markdown may become: an allow-list that knows the markup of Material and its extensions."""

import re

import nh3

_TAGS = {
    "a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "nav", "ol",
    "p", "path", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "svg", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
}

_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "aria-describedby"},
    "a": {"href", "tabindex"},
    "col": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"checked", "disabled", "name"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "path": {"d"},
    "svg": {"viewbox", "viewBox", "xmlns", "width", "height"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}

_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "iframe", "object", "template", "noscript"},
    attributes=_ATTRIBUTES,
    tag_attribute_values={"input": {"type": {"checkbox", "radio"}}},
    filter_style_properties={"text-align"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

_FOREIGN_IMAGE = re.compile(r'<img\b([^>]*?)\bsrc="((?:https?:)?//[^"]*)"([^>]*)>')
_ALT = re.compile(r'\balt="([^"]*)"')


def sanitise(html: str) -> str:
    """The HTML that an author's Markdown became, without what could run, load from another host or leave its place."""
    if "<" not in html:
        return html
    clean = _CLEANER.clean(html)
    if 'class="mermaid"' in clean:
        # The theme would fetch its diagram library from a CDN; the diagram's source is readable as it is.
        clean = clean.replace('class="mermaid"', 'class="am-diagram"')
    if "<img" in clean and "//" in clean:
        clean = _FOREIGN_IMAGE.sub(_as_link, clean)
    return clean


def _as_link(match: re.Match[str]) -> str:
    """A picture on another host as a link to it: the site itself calls nobody."""
    alt = _ALT.search(match[1] + match[3])
    return f'<a href="{match[2]}">{(alt[1] if alt else "") or "picture"}</a>'
