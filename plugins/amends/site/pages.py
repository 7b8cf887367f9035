"""Which pages the plugin makes, and from what."""

import posixpath
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_date, get_relative_url

from amends.checklist import Checklist
from amends.corpus import LANDING, Corpus
from amends.discretion import Discretion
from amends.gate.check import Report
from amends.language import ENGLISH, N_, _
from amends.reading.links import relative_links, resolve, without_code, without_links
from amends.record import Record
from amends.render import actions, again, ledger, risks, support, trust
from amends.render.browse import DATA_FILES, render_register
from amends.render.composer import Composer, Href, cut, fill, h, words_of
from amends.render.home import render_due, render_home, render_repeats
from amends.render.prevention import render_checklist, render_index
from amends.render.record import render_record
from amends.render.register import render_group, render_groups, render_recent, render_year, year_of
from amends.render.rules import render_findings, render_rule, render_rules, rule_uri
from amends.render.story import sections
from amends.rules.rule import Rule
from amends.site.config import theme_language
from amends.site.sanitise import sanitise
from amends.site.saved import render_saved

_DIRECTIVE = re.compile(r"^[ \t]*<!--[ \t]*amends:(register|index|home|recent|due|repeats)[ \t]*-->[ \t]*$", re.MULTILINE)
_ID = re.compile(r' id="([^"]+)"')
_SNIPPET = re.compile(r"^([ \t]*)(;*-+8<-+)", re.MULTILINE)


Maker: TypeAlias = Callable[[Href, Composer], None]
"""Composes a page that has no file."""


@dataclass(frozen=True)
class Library:
    """What a build shows."""

    corpus: Corpus
    """The records that have a page."""
    rules: tuple[Rule, ...]
    report: Report
    everything: Corpus
    """All records, so that links to those without a page can be told from dead ones."""
    preview: bool = False
    """Whether those who write look at it: then each record's page shows its findings, which tell other readers nothing."""


class Pages:
    """The pages of one build: composed when MkDocs asks for their source, filled when it has rendered them."""

    def __init__(self, library: Library, discretion: Discretion, config: MkDocsConfig) -> None:
        self.library = library
        self.discretion = discretion
        self.nonce = f"amends{secrets.token_hex(8)}"
        self.fragments: dict[str, dict[str, Markup]] = {}
        """Our HTML by page and placeholder, from the time a page is composed until it is filled."""
        self.finished: dict[str, str] = {}
        """Whole pages, from the time search is given its version until the template is."""
        self.files: Files
        self.search: str | None = None
        """The page for searching, where the site has one."""
        self._config = config
        settings = library.corpus.settings
        self._incidents, self._prevention = settings.incidents, settings.prevention
        self.landing = tuple(
            f"{folder}/{LANDING}" for folder, listing in ((self._incidents, library.corpus.incidents), (self._prevention, library.corpus.prevention))
            if f"{folder}/{LANDING}" not in listing.landing)
        """Landing pages that nobody wrote."""
        self.made = self._made()
        self._unpublished = library.everything.incidents.pages_set - library.corpus.incidents.pages_set

    def give_way(self, uri: str) -> None:
        """Leave the page at `uri` to the site's author, who wrote one there."""
        del self.made[uri]

    def is_ours(self, uri: str) -> bool:
        """Whether the page is composed here, rather than written in `docs_dir`."""
        return uri in self.made or self._kind(uri) is not None

    def home_of(self, uri: str) -> str:
        """The page of the nav under which a page that is not in the nav belongs."""
        if uri.startswith(f"{self._prevention}/"):
            return f"{self._prevention}/{LANDING}"
        if uri.startswith("rules/"):
            return "rules/index.md"
        return f"{self._incidents}/{LANDING}"

    # Making --------------------------------------------------------------------------------------------------------

    def _made(self) -> dict[str, Maker]:
        corpus, rules, today = self.library.corpus, self.library.rules, date.fromisoformat(get_build_date())
        made: dict[str, Maker] = {uri: self._make_incidents if uri.startswith(f"{self._incidents}/") else self._make_prevention for uri in self.landing}
        made.update({self.year_uri(year): partial(render_year, year, corpus) for year in sorted(filter(None, set(map(year_of, corpus.records))))
                     if self.year_uri(year) not in corpus.shown_pages})
        for plural, facet, heading, lead, groups in (
            ("services", "service", N_("Services"), N_("What customers felt it on."), corpus.by_service),
            ("factors", "factor", N_("Contributing factors"), N_("What made it possible, across incidents. There is never one cause."), corpus.by_factor),
        ):
            label = partial(corpus.settings.vocabulary.label, plural)
            made[f"{plural}/index.md"] = partial(render_groups, heading, lead, groups, label, (plural + "/{}.md").format)
            made.update({f"{plural}/{key}.md": partial(render_group, label(key), urlencode({facet: key}), records, corpus) for key, records in groups.items()})
        made[ledger.URI] = partial(ledger.render_ledger, corpus, today)
        made[support.URI] = partial(support.render_support, corpus)
        made[again.URI] = partial(again.render_again, corpus)
        made[risks.URI] = partial(risks.render_risks, corpus, today)
        made[actions.URI] = partial(actions.render_actions, corpus, today)
        made[trust.URI] = partial(trust.render_trust, corpus)
        made["rules/index.md"] = partial(render_rules, rules, [(d, corpus.record_at(d.path)) for d in self.library.report.silenced if d.path in corpus.incidents.pages_set])
        made.update({rule_uri(rule): partial(render_rule, rule) for rule in rules})
        return made

    def _make_incidents(self, href: Href, page: Composer) -> None:
        page.opening(N_("Incidents"))
        page.html(render_register(self.library.corpus, href, self.year_uri, self.search))

    def _make_prevention(self, href: Href, page: Composer) -> None:
        page.opening(N_("Prevention"))
        render_index(self.library.corpus, href, page)

    def year_uri(self, year: str) -> str:
        """The page of a year, or the landing page that somebody wrote for its folder."""
        written = f"{self._incidents}/{year}/{LANDING}"
        return written if written in self.library.corpus.incidents.landing else f"{self._incidents}/{year}/index.md"

    def source(self, page: Page) -> str | None:
        """The page's Markdown, composed; None for a page that is not ours."""
        uri = page.file.src_uri
        composer = Composer(self.nonce, uri)
        kind = self._kind(uri)
        if uri in self.made:
            self.made[uri](self._href(page), composer)
        elif kind == "landing":
            return self.library.everything.document(uri).body
        elif kind == "record":
            self._compose_record(self.library.corpus.record_at(uri), composer, page)
        elif kind == "checklist":
            self._compose_checklist(self.library.corpus.checklist_at(uri), composer, page)
        else:
            return None
        self._keep(composer)
        return self.told(self._with_links_to_docs(self._without_includes(composer.source), uri), uri)

    def _with_links_to_docs(self, markdown: str, uri: str) -> str:
        """Links to files in `docs_dir`, which a reader of the repository follows by its name, and a reader of the site without."""
        folder = f"{posixpath.relpath(self._config.docs_dir, self.library.corpus.settings.root)}/"
        if folder not in markdown or folder.startswith("."):
            return markdown
        parts, done = [], 0
        for link in relative_links(markdown):
            target = resolve(uri, link.target)
            if target.startswith(folder) and self.files.get_file_from_path(target.removeprefix(folder)) is not None:
                _path, sign, place = link.target.partition("#")
                parts += [markdown[done:link.offset], posixpath.relpath(target.removeprefix(folder), posixpath.dirname(uri)), sign, place]
                done = link.offset + len(link.target)
        return "".join((*parts, markdown[done:]))

    def _without_includes(self, markdown: str) -> str:
        """An include of the snippets extension is shown as it stands: it could bring in any file of the repository."""
        if "8<-" in markdown and "pymdownx.snippets" in self._config.markdown_extensions:
            return _SNIPPET.sub(r"\1;\2", markdown)
        return markdown

    def _kind(self, uri: str) -> str | None:
        return self.library.corpus.shown_pages.get(uri)

    def _compose_record(self, record: Record, composer: Composer, page: Page) -> None:
        findings = [d for d in self.library.report.diagnostics if d.path == record.path]
        if record.document.broken:
            render_findings(record.path, findings, composer)
        else:
            render_record(record, self.library.corpus, findings if self.library.preview else (), self._href(page), composer)
            if not record.document.faults:
                composer.html(h('<p class="am-record-data am-quiet am-live">{} <a href="{}" download>JSON</a></p>', _("This record as data:"),
                                Path(page.file.dest_uri).with_suffix(".json").name))

    def _compose_checklist(self, checklist: Checklist, composer: Composer, page: Page) -> None:
        if checklist.document.broken:
            render_findings(checklist.path, [d for d in self.library.report.diagnostics if d.path == checklist.path], composer)
            return
        story = sections(checklist.document.body)
        lead = story.pop("", ("", ""))[1]
        guidance = {bare if (bare := heading.partition("{")[0].rstrip(" #")) in checklist.item_ids else heading: text for heading, text in story.values()}
        render_checklist(checklist, guidance, lead, self.library.corpus, self._href(page), composer)

    def with_directives(self, markdown: str, page: Page) -> str:
        """Put a placeholder where a hand-written page asks for a list; a landing page that does not ask gets it at its end."""
        uri = page.file.src_uri
        if uri in self.made or self._kind(uri) in ("record", "checklist"):
            return markdown
        composer = Composer(self.nonce, uri)
        done = 0
        for asked in _DIRECTIVE.finditer(without_code(markdown)):
            composer.markdown(markdown[done:asked.start()])
            self._list(asked[1], composer, page)
            done = asked.end()
        composer.markdown(markdown[done:])
        default = {f"{self._incidents}/{LANDING}": "register", f"{self._prevention}/{LANDING}": "index"}.get(uri)
        if not done and default:
            self._list(default, composer, page)
        self._keep(composer)
        return self.told(composer.source, uri)

    def _keep(self, composer: Composer) -> None:
        """Keep the fragments of a page until it is filled, with what authors say in them of restricted records taken out."""
        if composer.fragments:
            self.fragments[composer.path] = {word: Markup(self.discretion.tell(html)) for word, html in composer.fragments.items()}  # noqa: S704 - they are ours

    def _list(self, name: str, composer: Composer, page: Page) -> None:
        corpus, href = self.library.corpus, self._href(page)
        if name == "index":
            render_index(corpus, href, composer)
        elif name == "register":
            composer.html(render_register(corpus, href, self.year_uri, self.search))
        else:
            tell = self.discretion.tell
            lists: dict[str, Callable[[Corpus, Href], Markup]] = {
                "home": partial(render_home, tell=tell), "recent": render_recent, "due": partial(render_due, tell=tell), "repeats": render_repeats,
            }
            composer.html(lists[name](corpus, href))

    def describe(self, page: Page) -> None:
        """Hand the theme what a record says about its page, and take generated pages out of reach of the edit button."""
        uri = page.file.src_uri
        kind = self._kind(uri)
        if uri in self.made:
            page.edit_url = None
        if kind == "record":
            record = self.library.corpus.record_at(uri)
            page.meta.update(_meta(record, self.discretion.tell))
        elif kind == "checklist":
            page.meta["title"] = str(escape(self.discretion.tell(self.library.corpus.checklist_at(uri).title or page.file.name)))

    def finish(self, html: str, page: Page) -> str | None:
        """The page for search, sanitised and with the words of our HTML; the whole page waits in `finished`."""
        uri = page.file.src_uri
        fragments = self.fragments.pop(uri, None)
        if fragments is None:
            return sanitise(html) if self.is_ours(uri) else None
        pieces = cut(html, self.nonce)
        if self.is_ours(uri):
            pieces[::2] = map(sanitise, pieces[::2])
        whole = fill(pieces, fragments)
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(*map(_ID.findall, fragments.values()))  # MkDocs follows links to them, and knows only those of the Markdown
        foreign = uri in self.made and uri.startswith("rules/") and theme_language(self._config) != ENGLISH.code
        self.finished[uri] = f'<div lang="{ENGLISH.code}">{whole}</div>' if foreign else whole
        return fill(pieces, {word: words_of(fragment) for word, fragment in fragments.items()})

    def saved_plans(self) -> str | None:
        """The page of all plans as a file to keep; None where the site's author wrote that page."""
        page = self.files.get_file_from_path(again.URI)
        html = self.finished.get(again.URI) if again.URI in self.made else None
        return render_saved(html, _(again.TITLE), page.url, self._config) if page is not None and html is not None else None

    # Links ---------------------------------------------------------------------------------------------------------

    def _href(self, page: Page) -> Href:
        """Addresses relative to `page`."""

        def href(uri: str, fragment: str = "") -> str:
            if uri in DATA_FILES:
                return get_relative_url(uri, page.url)
            file = self.files.get_file_from_path(uri)
            address = get_relative_url(file.url, page.url) if file is not None else "#"
            return f"{address}#{fragment}" if fragment and file is not None else address

        return href

    def url_of(self, uri: str) -> str | None:
        """The address of a page, relative to the site's root."""
        file = self.files.get_file_from_path(uri)
        return file.url if file is not None else None

    def told(self, markdown: str, uri: str) -> str:
        """Links to records without a page become plain text; of a restricted one not even the name or the text stays."""
        markdown = self.discretion.tell(markdown, uri)
        if self._unpublished and any(resolve(uri, link.target) in self._unpublished for link in relative_links(markdown)):
            markdown = without_links(markdown, lambda target: resolve(uri, target) in self._unpublished, str)
        return markdown


def _meta(record: Record, tell: Callable[[str], str]) -> dict[str, object]:
    """Themes print metadata as it is, so what a record says is escaped here."""
    meta: dict[str, object] = {"title": str(escape(tell(record.title or record.stem)))}
    if (settings := record.page) is not None:
        if settings.description:
            meta["description"] = str(escape(tell(settings.description)))
        if settings.tags:
            meta["tags"] = [str(escape(tell(tag))) for tag in settings.tags]
        if settings.search and settings.search.get("exclude") == "true":
            meta["search"] = {"exclude": True}
    return meta
