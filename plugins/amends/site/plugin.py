"""The MkDocs plugin: brings the corpus into a site. Every hook says why it is that hook; the work is done elsewhere."""

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from amends.corpus import Corpus, missing_folder
from amends.diagnostics import Level
from amends.discretion import Discretion
from amends.gate.check import Report, check
from amends.language import ENGLISH, _, language_of, speak, speaking
from amends.reading.typed import rewritten
from amends.record import Record
from amends.render import again
from amends.rules import RuleError, all_rules
from amends.settings import Settings, SettingsError, changes_slugs, missing_template, read_settings
from amends.site import search
from amends.site.config import AmendsConfig, theme_language
from amends.site.contents import with_contents
from amends.site.data import write_data
from amends.site.files import SCRIPT, STYLESHEET, add_assets, add_corpus, add_page
from amends.site.head import head_of
from amends.site.headers import POLICY, InlineScripts
from amends.site.pagefind import PagefindError
from amends.site.pages import Library, Pages
from amends.site.redirects import write_redirects
from amends.site.search import Search

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("amends")

_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING}
_NEEDED_EXTENSIONS = ("attr_list", "tables", "toc")


class AmendsPlugin(BasePlugin[AmendsConfig]):  # type: ignore[no-untyped-call]  # as for its config
    """One instance lives through all builds of `mkdocs serve`, because it has `on_startup`."""

    serving: bool = False
    """Whether this is a preview, for those who write."""
    dirty: bool = False
    """Whether a build sees only what changed."""
    settings: Settings
    library: Library
    pages: Pages
    plans_saved: bool = False
    """Whether the site has the plans as a file to keep."""
    searches: bool = False
    """Whether the site has a search of ours."""
    finding: Search | None = None
    """The search of the build that is running."""
    scripts: InlineScripts
    """What its pages run, so that a policy can allow it."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Drafts are shown, and findings never fail the build, while somebody writes."""
        self.serving, self.dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before anything is read: the language, settings, what to watch, the theme's overrides, stylesheet and script."""
        speak(language_of(theme_language(config)))
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        given = {key: value for key, value in self.config.items() if value is not None}
        try:
            self.settings = read_settings(given, root, config.site_url or None, own_slugs=changes_slugs(config.mdx_configs.get("toc")),
                                          docs=config.docs_dir)
        except ValueError as error:
            raise ConfigurationError(f"amends: {error}") from error
        if (template := missing_template(self.settings)) is not None:
            raise ConfigurationError(f"amends: there is no file `{template[1]}` in {root}; write it, or take it out of `letters.{template[0]}` of the plugin")
        for folder in (self.settings.incidents, self.settings.prevention):
            if (path := root / folder).is_dir() and str(path) not in config.watch:
                config.watch.append(str(path))
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(Path(__file__).parent / "templates"))  # the site's own win
        config.theme["amends_not_found"] = {"title": _("There is no such page"), "said": _(
            "Nothing stands at this address: it may be misspelt, or the page may have another name now. The search knows the former names of "
            "incidents; or go on from here:")}
        if config.theme.get("font") and "material/privacy" not in config.plugins and "privacy" not in config.plugins:
            config.theme["font"] = False  # the theme would have every reader's browser fetch fonts from another host
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        if SCRIPT not in config.extra_javascript:
            config.extra_javascript.insert(0, SCRIPT)
        self.searches = search.runs(config)
        if self.searches:
            search.take_the_place_of_theirs(config)
        config.mdx_configs.setdefault("toc", {}).setdefault("permalink_title", _("Permanent link"))
        for extension in _NEEDED_EXTENSIONS:
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        return config

    def on_serve(self, server: "LiveReloadServer", /, *, config: MkDocsConfig, builder: Callable[..., None]) -> "LiveReloadServer":
        """The one moment at which there is a server: the first record and the first checklist are often written while it runs."""
        from amends.site.watching import watch_for  # a build watches nothing

        watch_for((self.settings.root / folder for folder in (self.settings.incidents, self.settings.prevention)), server)
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The first moment at which files can be added: read the corpus, check it, and make room for its pages."""
        if (missing := missing_folder(self.settings)) is not None:
            key, folder = missing
            raise PluginError(f"amends: there is no folder `{folder}` in {self.settings.root}; make it, or name the right one under `{key}` of the plugin")
        corpus = Corpus.open(self.settings)
        try:
            rules = all_rules()
            with speaking(ENGLISH):  # as the command says it, and the rules' pages
                report = check(corpus, rules)
        except (RuleError, SettingsError) as error:
            raise PluginError(f"amends: {error}") from error
        self._say(report)
        self.scripts = InlineScripts()
        visible = corpus.part(_with_writable_names(corpus)).only(lambda record: self._shown(record, report))
        discretion = Discretion.of(corpus)
        if discretion:  # lists show an item's words without its links, of which not even the words may stay
            visible = visible.with_checklists(lambda checklist: rewritten(checklist, partial(discretion.tell, path=checklist.path)))
        self.library = Library(visible, rules, report, everything=corpus, preview=self.serving)
        self.pages = Pages(self.library, discretion, config)
        self.finding = self._begin_search(files, config)
        add_corpus(visible, files, config, discretion.names_hidden)
        for uri in tuple(self.pages.made):
            if not add_page(uri, files, config, in_nav=uri in self.pages.landing):
                self.pages.give_way(uri)
        self.plans_saved = again.URI in self.pages.made and add_page(again.SAVED, files, config)
        add_assets(files, config, *(search.ASSETS if self.searches else ()))
        self.pages.files = files
        return files

    def _begin_search(self, files: Files, config: MkDocsConfig) -> Search | None:
        """The search of this build; a dirty one sees a few pages only, and the index of the whole site stays as it was."""
        if not self.searches:
            return None
        search.spare_theirs(config)
        if search.has_room(files, config):
            self.pages.made[search.URI] = partial(search.render_page, self.library.corpus.settings)
            self.pages.search = search.URI
        if self.dirty:
            log.info("a dirty build leaves the search index as it was")
        return None if self.dirty else search.begin(self.pages, config)

    def _say(self, report: Report) -> None:
        for found in report.diagnostics:
            hint = f"\n  help: {found.help}" if found.help else ""
            log.log(_LEVELS[found.level], _printable(f"{found.path}:{found.line}:{found.column}: {found.code} {found.message}{hint}"))
        log.info(_printable(report.summary))
        fails = {"errors": report.errors, "warnings": report.errors + report.warnings, "false": 0}[self.settings.fail]
        if fails and not self.serving:
            raise PluginError(f"amends: {_printable(report.summary)}. `fail: false` in the plugin's settings builds all the same, without what can't be read.")

    def _shown(self, record: Record, report: Report) -> bool:
        """Whether the record has a page. What was not read whole might be restricted, so a build leaves it out."""
        if record.restricted:
            return False
        if self.serving:
            return True
        return record.status.public and not record.document.broken and record.path not in report.unread

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Thousands of records in the nav would make the build quadratic; each gets the place of its landing page instead, so
        that the tab stays active.
        """
        homes = {item.file.src_uri: item.parent or item for item in nav.pages}
        for file in files.documentation_pages():
            if file.page is not None and file.src_uri not in homes and (home := homes.get(self.pages.home_of(file.src_uri))):
                file.page.parent = home  # type: ignore[assignment]  # a page is enough: only its `active` is asked for
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """MkDocs would parse the front matter again and swallow what is broken; it is given the composed page instead."""
        return self.pages.source(page)

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Before other plugins look at the metadata: what a record hands to the theme; and the directives of hand-written pages."""
        self.pages.describe(page)
        return self.pages.with_directives(markdown, page)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Before search reads it: sanitise what the authors wrote. Of our own HTML search is given the words only, which spares it
        most of its parsing.
        """
        found = self.pages.finish(html, page)
        self._search(lambda finding: finding.add(page, html, found))
        return found

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """When every page is rendered and no file is copied yet: the plans as a file to keep. The index is made while the rest goes on."""
        self._search(Search.ask)
        file = files.get_file_from_path(again.SAVED)
        if self.plans_saved and file is not None and (text := self.pages.saved_plans()) is not None:
            file.content_string = text
            self.scripts.look_at(text)

    @event_priority(-100)
    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """After search has read it: our own HTML takes its place."""
        finished = self.pages.finished.pop(page.file.src_uri, None)
        if finished is not None:
            page.content = finished

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """When a page is whole: what its head holds of ours, which of its scripts a policy must allow, and where its menu holds no table of
        contents, one of ours.
        """
        self.scripts.look_at(output)
        return with_contents(output, page, config).replace("</head>", f"{head_of(page.url, self.settings)}</head>", 1)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """When a page that is no document is whole, as the one for addresses that are gone: which of its scripts a policy must allow."""
        self.scripts.look_at(output_content)
        return output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """When every page stands: redirects from former names, the corpus as data, and the policy for the server."""
        write_redirects(self.library.corpus, self.pages, config)
        write_data(self.library, self.pages, config)
        (Path(config.site_dir) / POLICY).write_text(f"{self.scripts.policy}\n", encoding="utf-8")
        self._search(Search.write)
        speak(ENGLISH)

    def _search(self, step: Callable[[Search], None]) -> None:
        """Take a step of the search, where there is one; where it fails, say so, and build on without."""
        if self.finding is not None:
            try:
                step(self.finding)
            except PagefindError as error:
                log.warning("the search index could not be written: %s", error)
                self.finding.stop()
                self.finding = None

    def on_build_error(self, *, error: Exception) -> None:
        """Whatever ends the build: the indexer ends with it, and nothing after it speaks the site's language."""
        speak(ENGLISH)
        if self.finding is not None:
            self.finding.stop()


def _printable(text: str) -> str:
    """A file's name may hold bytes that are not UTF-8, which no log can write."""
    return text if text.isascii() else os.fsencode(text).decode(errors="backslashreplace")


def _with_writable_names(corpus: Corpus) -> frozenset[str]:
    """The pages that a site can hold: their names are text, and are not hidden, since MkDocs leaves hidden files out."""
    listings = (corpus.incidents, corpus.prevention)
    return frozenset(path for listing in listings for path in (*listing.pages, *listing.landing)
                     if "/." not in path and (path.isascii() or _printable(path) == path))
