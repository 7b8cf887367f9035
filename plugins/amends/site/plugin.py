"""The MkDocs plugin: brings the corpus into a site. Every hook says why it is that hook; the work is done elsewhere."""

import logging
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from amends.check import Report, check
from amends.corpus import Corpus
from amends.diagnostics import Level
from amends.record import Record
from amends.rules import RuleError, all_rules
from amends.settings import Settings, SettingsError, read_settings
from amends.site.config import AmendsConfig
from amends.site.files import STYLESHEET, add_assets, add_corpus, add_page
from amends.site.pages import Library, Pages
from amends.site.redirects import write_redirects

log = get_plugin_logger("amends")

_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING}
_NEEDED_EXTENSIONS = ("attr_list", "tables", "toc")


class AmendsPlugin(BasePlugin[AmendsConfig]):  # type: ignore[no-untyped-call]  # as for its config
    """One instance lives through all builds of `mkdocs serve`, because it has `on_startup`."""

    serving: bool = False
    settings: Settings
    library: Library
    pages: Pages

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Drafts are shown, and findings never fail the build, while somebody writes."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before anything is read: settings, what to watch, the theme's overrides, the stylesheet."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        given = {key: value for key, value in self.config.items() if value is not None}
        try:
            self.settings = read_settings(given, root, config.site_url or None)
        except ValueError as error:
            raise ConfigurationError(f"amends: {error}") from error
        for folder in (self.settings.incidents, self.settings.prevention):
            if (path := root / folder).is_dir() and str(path) not in config.watch:
                config.watch.append(str(path))
        config.theme.dirs.insert(0, str(Path(__file__).parent / "templates"))
        if config.theme.get("font") and "material/privacy" not in config.plugins and "privacy" not in config.plugins:
            config.theme["font"] = False  # the theme would have every reader's browser fetch fonts from another host
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        for extension in _NEEDED_EXTENSIONS:
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The first moment at which files can be added: read the corpus, check it, and make room for its pages."""
        corpus = Corpus.open(self.settings)
        try:
            rules = all_rules()
            report = check(corpus, rules)
        except (RuleError, SettingsError) as error:
            raise PluginError(f"amends: {error}") from error
        self._say(report)
        visible = corpus.only(lambda record: self._shown(record, report))
        self.library = Library(visible, rules, report, everything=corpus)
        self.pages = Pages(self.library, config)
        add_corpus(visible, files, config)
        for uri in tuple(self.pages.made):
            if not add_page(uri, files, config, in_nav=uri in self.pages.landing):
                self.pages.give_way(uri)
        add_assets(files, config)
        self.pages.files = files
        return files

    def _say(self, report: Report) -> None:
        for found in report.diagnostics:
            hint = f"\n  help: {found.help}" if found.help else ""
            log.log(_LEVELS[found.level], f"{found.path}:{found.line}:{found.column}: {found.code} {found.message}{hint}")
        log.info(report.summary)
        fails = {"errors": report.errors, "warnings": report.errors + report.warnings, "false": 0}[self.settings.fail]
        if fails and not self.serving:
            raise PluginError(f"amends: {report.summary}. `fail: false` in the plugin's settings builds all the same, without what can't be read.")

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
        return self.pages.finish(html, page)

    @event_priority(-100)
    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """After search has read it: our own HTML takes its place."""
        finished = self.pages.finished.pop(page.file.src_uri, None)
        if finished is not None:
            page.content = finished

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """When every page stands: redirects from former names."""
        write_redirects(self.library.corpus, self.pages, config)


