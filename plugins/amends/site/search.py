"""The site's search: what of a build goes into the index, and what the reader's browser needs beside it."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from amends.corpus import LANDING
from amends.language import ENGLISH, N_, NP_, _, by_kind_of_number, month_names, pgettext, spoken
from amends.learning.likeness.words import grammar_words
from amends.publishing.search import (
    FACETS,
    PARTS,
    SCALES,
    Findable,
    Words,
    also_called,
    called_page,
    findable_checklist,
    findable_record,
    labels,
    numerals,
    parts,
    states,
    unsearched,
    with_stems,
)
from amends.record import Harm, Severity, Status
from amends.render.composer import Composer, Href, cut, h
from amends.render.rules import rule_uri
from amends.render.terms import promise_word, state_word, term
from amends.settings import Settings
from amends.site.config import theme_language
from amends.site.pagefind import Pagefind, find_binary
from amends.site.pages import Pages

log = get_plugin_logger("amends")

URI = "search/index.md"
"""The place in the site of the page for searching."""
FOLDER = "search"
"""Where the index lies in the site: `pages` and `parts` below it, and beside them what the interface says and the words that it knows."""
SCRIPT = "assets/amends/search.js"
STYLESHEET = "assets/amends/search.css"
ASSETS = (SCRIPT, STYLESHEET, *(f"assets/amends/{name}.js" for name in ("header", "page", "finder", "answers", "called", "counts", "doubts", "names", "numbers", "order", "spelling", "mark")))
TEMPLATES = Path(__file__).parent / "search"

_KINDS = {
    "incident": NP_("search", "Incidents"),
    "checklist": NP_("search", "Checklists"),
    "rule": NP_("search", "Rules"),
    "page": NP_("search", "Pages and guides"),
    "plan": NP_("search", "Plans"),
    "promise": NP_("search", "Promises"),
}
_ONE = {
    "checklist": NP_("search", "checklist"),
    "rule": NP_("search", "rule"),
    "page": NP_("search", "page"),
    "plan": NP_("search", "plan"),
    "promise": NP_("search", "promise"),
}
"""What one result of a kind is called; of an incident its severity says enough."""

_WORDS = {
    "narrow": NP_("search", "Narrow the results"),
    "clear": NP_("search", "Show all"),
    "none": NP_("search", "Nothing found. Ask with another word, or with fewer."),
    "none_narrowed": NP_("search", "Nothing found with these filters"),
    "type": NP_("search", "Type to search. ↑ and ↓ choose, Enter opens, Esc closes."),
    "begin": NP_("search", "Type to search, or choose a filter."),
    "latest": NP_("search", "The latest first"),
    "corrected": NP_("search", "Results for “{word}”."),
    "insist": NP_("search", "Search for “{word}” instead"),
    "all": NP_("search", "All results and filters"),
    "loading": NP_("search", "Searching …"),
}
"""What the script says; it fills in what stands in braces."""

_NOTES = {
    "fewer": NP_("search", "Nothing holds all of these words. Results for “{word}”."),
    "some": NP_("search", "Nothing holds all of these words. Results for “{word}”, then for others of them."),
    "named": NP_("search", "First what is called “{word}”, then what holds all of these words."),
    "fewer_phrase": NP_("search", "Nothing holds these words side by side. Results for “{word}”."),
    "some_phrase": NP_("search", "Nothing holds these words side by side. Results for “{word}”, then for others of them."),
}
"""What it says where it comes to second thoughts (`called.js`, `doubts.js`), loaded with them."""

_FROM_DISK = N_("Search needs a server: a browser does not read an index from disk. In the repository, mkdocs serve starts one.")
_BROKEN = N_("The search index could not be loaded.")

_THEIRS = "material/search"
"""The plugin whose index ours replaces, and by which the theme's templates know that there is a search."""
_NO_INDEX = '{"config":{},"docs":[]}'

_EXCLUDED = (".headerlink", "form", "svg", "script", "style", "[data-search-exclude]")
_QUIETLY = {"rule": ' data-pagefind-weight="0.1"', "page": ' data-pagefind-weight="0.5"'}
"""A rule's invented examples and the guides hold the words of incidents, and stand behind these."""
_OPENING = re.compile(r".*?</h1>\s*(?:<p>.*?</p>)?", re.DOTALL)
"""The heading of a page of ours and what it says of itself."""
_SECTION = re.compile(r"(?=<h2\b)")
_HEADING = re.compile(r"<(h[12])\b[^>]*>(.*?)</\1>", re.DOTALL)
_LINK_TO_SELF = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"(?<![^\s>])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/[^\s<]*")
"""What a link to another site shows of where it leads, which is full of words that its page does not tell of."""
_SHARP = re.compile(r"\w*ß\w*")
_PICTURE = re.compile(r'<img\b(?:[^>]*?\balt="([^"]*)")?[^>]*>')


_HALF_REMEMBERED = (
    "thing", "things", "stuff", "something", "sometime", "somewhere", "happen", "happens", "happened", "incident", "incidents", "last", "ago", "recently",
    "down", "spring", "summer", "autumn", "fall", "winter", "week", "weeks", "month", "months", "year", "years",
    "ding", "dings", "sache", "irgendwas", "etwas", "passiert", "passierte", "geschah", "vorfall", "vorfälle", "letzte", "letzten", "letzter", "letztes", "letztem",
    "neulich", "frühling", "frühjahr", "sommer", "herbst", "woche", "wochen", "monat", "monate", "monaten", "jahr", "jahre", "jahren",
)
"""By which people say that they remember no more of it."""


class _Unused:
    """Stands in for the index of the theme's search, which nobody would load: parsing every page for it takes a fifth of a build."""

    def add_entry_from_context(self, page: Page) -> None:
        """Leave the page out."""

    def generate_search_index(self, before: object) -> str:
        """An index of nothing."""
        return _NO_INDEX


class Search:
    """The search of one build."""

    def __init__(self, pages: Pages, config: MkDocsConfig, pagefind: Pagefind) -> None:
        self._pages, self._pagefind = pages, pagefind
        self._folder = Path(config.site_dir) / FOLDER
        self._language = theme_language(config)
        self._words = Words()
        self._names: set[tuple[str, ...]] = set()
        self._unsearched = unsearched()
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        self._index = pagefind.new_index(_EXCLUDED)
        rules = pages.library.rules
        self._rules = {rule_uri(rule): rule for rule in rules}

    def add(self, page: Page, html: str, worded: str | None) -> None:
        """Take a page into the index. `html` is its content with placeholders for our own parts, `worded` the one with the words of these
        parts, where there are any.
        """
        uri = page.file.src_uri
        if uri == URI or (page.meta.get("search") or {}).get("exclude"):
            return
        # Lists on a page that somebody wrote stand on pages of their own.
        written = "".join(cut(html, self._pages.nonce)[::2])
        html = worded or html if self._pages.is_ours(uri) else written
        found = self._findable(page, html)
        lists = uri in self._pages.made and found.kind != "rule"
        if lists:
            html = opening[0] if (opening := _OPENING.match(written)) else ""  # what follows is a list of what stands on pages of its own
        elif self._pages.library.corpus.shown_pages.get(uri) == "landing":
            html = _SECTION.split(html, maxsplit=1)[0]  # what follows is such a list
        html = _ADDRESS.sub("", _PICTURE.sub(r"\1", _LINK_TO_SELF.sub("", html)))
        if found.kind == "incident":
            html = "".join(part for part in _SECTION.split(html) if _heading(part, "h2") not in self._unsearched)
            found = replace(found, called=(*found.called, *_called(found, page)))
        text = f"{found.title} {_TAG.sub(' ', html)}"
        called, names = also_called(" ".join((text, *found.called)))
        found = replace(found, called=(*found.called, *called))
        self._names.update(names)
        if sharp := _without_sharp(html):
            html = _HEADING.sub(lambda title: f"{title[0]}<p>{sharp}</p>", html, count=1)
        self._words.add(text)
        for name, values in filters_of(found).items():
            self._counts[name].update(values)
        weight = "" if lists else _QUIETLY.get(found.kind, "")
        self._pagefind.add_page(self._index, page.url, document_of(found, html, self._language, weight))

    def ask(self) -> None:
        """When every page was taken in: ask for the index, which is made while the pages are written. Raises PagefindError."""
        index = self._pagefind.new_index()
        number = 0
        for part in parts(self._pages.library.corpus, self._pages.told):
            if (url := self._pages.url_of(part.path)) is not None:
                self._counts["kind"][part.found.kind] += 1
                number += 1
                filters = filters_of(part.found)
                self._counts["state"].update(part.found.facets["state"] if part.found.kind == "promise" else ())
                leads = part.anchor and not self._pages.discretion.names_hidden(part.anchor)
                self._pagefind.add_text(index, f"{url}#{part.anchor}" if leads else url, self._language, f"{part.text}{_without_sharp(part.text)}",
                                        meta_of(part.found), filters)
        self._pagefind.write(self._index, self._folder / "pages")
        if number:
            self._pagefind.write(index, self._folder / "parts")

    def write(self) -> None:
        """Wait for the index, and write what the interface needs. Raises PagefindError."""
        self._pagefind.finish()
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "facts.json").write_text(_json(self._facts()), encoding="utf-8")
        (self._folder / "notes.json").write_text(_json(_said(_NOTES)), encoding="utf-8")
        (self._folder / "words.txt").write_text("\n".join(with_stems(self._words.known(), ENGLISH.name_of(self._language))), encoding="utf-8")
        (self._folder / "dull.txt").write_text(_dull(), encoding="utf-8")

    def stop(self) -> None:
        """Leave it; the build has failed."""
        self._pagefind.stop()

    def _findable(self, page: Page, html: str) -> Findable:
        uri, corpus = page.file.src_uri, self._pages.library.corpus
        kind = corpus.shown_pages.get(uri)
        if kind == "record":
            found = findable_record(corpus.record_at(uri))
            day = (spoken().long_day(date.fromisoformat(found.day)),) if found.day else ()
            return replace(found, title=self._pages.discretion.tell(found.title), names=(*found.names, *day))
        if kind == "checklist":
            checklist = corpus.checklist_at(uri)
            found = findable_checklist(checklist, checklist.stem)
            return replace(found, title=self._pages.discretion.tell(found.title))
        if (rule := self._rules.get(uri)) is not None and uri in self._pages.made:
            return Findable("rule", _heading(html, "h1") or rule.code, (rule.code,))
        names, called = ((Path(uri).stem,), called_page(uri)) if uri in self._pages.made else ((), ())
        return Findable("page", _heading(html, "h1") or unescape(_TAG.sub("", str(page.title or ""))), names, called=called)

    def _facts(self) -> dict[str, Any]:
        """What the interface says, and the values that results can be narrowed by, with how many there are of each."""
        known, grammar = labels(self._pages.library.corpus), _grammar()
        named: dict[str, dict[str, str]] = {
            "kind": _said(_KINDS),
            "severity": {severity.value: term(severity) for severity in Severity},
            "harm": {harm.value: term(harm) for harm in Harm},
            "state": {**{status.value: state_word(status) for status in Status}, **{slug: promise_word(progress) for slug, progress in states().items()}},
            "year": {year: year for year in sorted(self._counts["year"], reverse=True)},
            **known,
        }
        return {
            "facets": [{"name": name, "label": _(label),
                        "values": [[value, label, self._counts[name][value]] for value, label in named[name].items()
                                   if self._counts[name][value]]}
                       for name, label in FACETS.items()],
            "promised": [*states()],
            "names": sorted(names for names in self._names if names[-1] not in numerals()),
            "numerals": numerals(),
            "scales": SCALES,
            "everywhere": " ".join(word for word in self._words.everywhere() if len(word) > 3 or word not in grammar),  # with a short word comes the grammar
            "parts": [kind for kind in PARTS if self._counts["kind"][kind]],
            "kinds": _said(_ONE),
            "words": _said(_WORDS),
            "results": by_kind_of_number("{number} result", "{number} results"),
            "language": spoken().code,
            "days": [spoken().day(date(1999, month, 28)) for month in range(1, 13)],
        }


def _said(messages: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Messages in the reader's language."""
    return {name: pgettext(*message) for name, message in messages.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def filters_of(found: Findable) -> dict[str, tuple[str, ...]]:
    """What the index narrows it by."""
    return {"kind": (found.kind,), **{name: values for name, values in found.facets.items() if values}}


def _grammar() -> frozenset[str]:
    return grammar_words("english", ENGLISH.name_of(spoken().code))


def _dull() -> str:
    """What says little of what is looked for: a line of grammar, one of what is remembered by half, and one of months that are grammar too."""
    grammar, months = _grammar(), month_names()
    return "\n".join(" ".join(sorted(words)) for words in (grammar - months, _HALF_REMEMBERED, grammar & months))


def _called(found: Findable, page: Page) -> tuple[str, ...]:
    """What its data calls an incident: `sev1`, `expired-certificate`, tags. Readers write it as they read it there."""
    ids = (value for name in ("severity", "factor", "harm", "service") for value in found.facets.get(name, ()))
    return tuple(dict.fromkeys(map(str, (*ids, *page.meta.get("tags", ()), page.meta.get("description") or ""))))


def _without_sharp(text: str) -> str:
    """The words that hold an ß as they are written where nobody has one; `finder.js` asks for these."""
    return "".join(f" {word.replace('ß', 'ss')}" for word in sorted(set(_SHARP.findall(text)))) if "ß" in text else ""


def meta_of(found: Findable) -> dict[str, str]:
    """What a result shows, and what it is called."""
    meta = {"title": found.title, "names": " ".join(found.names), "called": " ".join(found.called), "day": found.day or ""}
    if found.kind == "rule":  # `C420 voiceless-apology` is not what somebody looks for who asks for apologies
        meta |= {"title": found.names[0], "shown": found.title}
    return {name: value for name, value in meta.items() if value}


def document_of(found: Findable, html: str, language: str, weight: str) -> str:
    """A page of nothing but what is searched, with the attribute that tells how much its words weigh. Values stand in attributes, where no sign in them means anything."""
    head = [f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">' for name, value in meta_of(found).items()]
    head += [f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">' for name, values in filters_of(found).items() for value in values]
    return f'<html lang="{escape(language)}"><head>{"".join(head)}</head><body data-pagefind-body{weight}>{html or f"<h1>{escape(found.title)}</h1>"}</body></html>'


def runs(config: MkDocsConfig) -> bool:
    """Whether the site has a search, and a machine on which the indexer runs; where it does not, the log says so."""
    plugin = _theirs(config)
    if plugin is None or not plugin.config.get("enabled", True):
        return False
    if find_binary() is not None:
        return True
    log.info("Pagefind is not installed, so the site has the theme's own search, without filters and slow where there are many records; "
             "`pip install 'amends[search]'` brings it")
    return False


def take_the_place_of_theirs(config: MkDocsConfig) -> None:
    """Put our search box, its script and its looks in the place of the theme's."""
    config.theme.dirs.insert(0, str(TEMPLATES))
    config.theme["amends_search"] = {"from_disk": _(_FROM_DISK), "broken": _(_BROKEN)}
    for ours, listed in ((STYLESHEET, config.extra_css), (SCRIPT, config.extra_javascript)):
        if ours not in listed:
            listed.insert(1, ours)


def spare_theirs(config: MkDocsConfig) -> None:
    """Keep the theme's search from making an index that nobody loads. Its plugin stays: by it the templates know that there is a search."""
    _theirs(config).search_index = _Unused()


def has_room(files: Files, config: MkDocsConfig) -> bool:
    """Whether the page for searching has a place; one that the site's author wrote there wins."""
    place = File.generated(config, URI, content="").dest_uri
    return all(file.dest_uri != place for file in files)


def begin(pages: Pages, config: MkDocsConfig) -> "Search | None":
    """Begin the search of a build."""
    binary = find_binary()
    return Search(pages, config, Pagefind(binary)) if binary is not None else None


def _theirs(config: MkDocsConfig) -> Any:
    return config.plugins.get(_THEIRS)


def _heading(html: str, level: str) -> str:
    """The text of the first heading, where it is of that level."""
    found = _HEADING.search(html)
    return unescape(_TAG.sub("", _LINK_TO_SELF.sub("", found[2]))).strip() if found is not None and found[1] == level else ""


def render_page(settings: Settings, href: Href, page: Composer) -> None:
    """The page for searching: the same search with room for filters and all results, under an address that carries both."""
    page.opening(N_("Search"))
    page.html(h('<div class="am-find" hidden><form class="am-find__form" role="search"><input type="search" name="q" aria-label="{0}" placeholder="{0}" '
                'autocapitalize="off" autocorrect="off" autocomplete="off" spellcheck="false" enterkeyhint="search"></form>'
                '<div class="am-search__facets" role="group"></div><p class="am-find__meta" role="status"></p>'
                '<p class="am-search__note" hidden></p><ol class="am-find__list" role="list"></ol>'
                '<button type="button" class="md-button am-find__more" hidden>{1}</button></div>'
                "<noscript><p>{2}</p></noscript>", _("Search incidents, checklists, plans and promises"), _("Show more"),
                h(_('Searching needs JavaScript. The lists of <a href="{incidents}">incidents</a> and <a href="{checklists}">checklists</a> do not.'),
                  incidents=href(f"{settings.incidents}/{LANDING}"), checklists=href(f"{settings.prevention}/{LANDING}"))))
