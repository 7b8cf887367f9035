"""The corpus as files of a MkDocs site."""

import os
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from rcssmin import cssmin
from rjsmin import jsmin

from amends.corpus import LANDING, Corpus, stem_of

STATIC = Path(__file__).parent / "static"
STYLESHEET = "assets/amends/amends.css"
SCRIPT = "assets/amends/amends.js"
REGISTER = "assets/amends/register.js"
"""What `amends.js` loads on pages that hold a list of incidents."""
QUESTIONS = "assets/amends/questions.js"
"""What it loads where a list is asked in words."""
TICKS = "assets/amends/ticks.js"
"""What it loads where a page has checklists to go through."""
DRAWER = "assets/amends/drawer.js"
"""What it loads on a narrow screen."""


def add_corpus(corpus: Corpus, files: Files, config: MkDocsConfig, names_hidden: Callable[[str], bool]) -> None:
    """Bring in every page of the corpus, its landing pages, and the pictures they use, but for one of which `names_hidden` says that its path tells of
    what is hidden. Records come by their names, which begin with a day, so that whatever takes the pages in as they come has them by time.
    """
    root = str(corpus.settings.root)
    landing = (*corpus.incidents.landing, *corpus.prevention.landing)
    pages = (*sorted(corpus.incidents.pages, key=stem_of), *corpus.prevention.pages)
    assets = (path for path in _used_assets(corpus, (*pages, *landing)) if not names_hidden(path))
    ours = [_file(path, root, config) for path in (*landing, *pages, *assets)]
    tabs = {f"{folder}/{LANDING}" for folder in (corpus.settings.incidents, corpus.settings.prevention)}
    # An explicit inclusion would bypass `exclude_docs`; so MkDocs decides first, and only what it includes is lowered.
    set_exclusions(ours, config)
    for file in ours:
        if file.inclusion is InclusionLevel.INCLUDED and file.src_uri not in tabs:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        _put(file, files)


def add_page(uri: str, files: Files, config: MkDocsConfig, *, in_nav: bool = False) -> bool:
    """Add a page that the plugin makes; whether there was room: a page that the site's author wrote at that place wins."""
    if files.get_file_from_path(uri) is not None:
        return False
    level = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    files.append(File.generated(config, uri, content="", inclusion=level))
    return True


def add_assets(files: Files, config: MkDocsConfig, *more: str) -> None:
    """Add the stylesheet and the scripts, and `more` beside them, without their comments: every reader loads them, and few read them."""
    for asset in (STYLESHEET, SCRIPT, REGISTER, QUESTIONS, TICKS, DRAWER, *more):
        text = (STATIC / asset).read_text(encoding="utf-8")
        content = cssmin(text) if asset.endswith(".css") else jsmin(text)
        _put(File.generated(config, asset, content=content, inclusion=InclusionLevel.NOT_IN_NAV), files)


def _file(path: str, root: str, config: MkDocsConfig) -> File:
    file = File(path, root, config.site_dir, config.use_directory_urls)
    # Relative to `docs_dir`, where MkDocs' `edit_uri` points; `urljoin` resolves the dots.
    file.edit_uri = f"{os.path.relpath(root, config.docs_dir)}/{path}".replace(os.sep, "/")
    return file


def _put(file: File, files: Files) -> None:
    known = files.get_file_from_path(file.src_uri)
    if known is not None:
        files.remove(known)
    files.append(file)


def _used_assets(corpus: Corpus, pages: tuple[str, ...]) -> list[str]:
    """The files other than Markdown that a page of the corpus links to, below the two folders."""
    others = {*corpus.incidents.others, *corpus.prevention.others}
    if not others:
        return []
    return sorted(others & corpus.used_files_of(pages))
