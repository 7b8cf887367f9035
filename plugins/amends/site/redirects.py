"""Redirects from a record's outside numbers and former stems to its page."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from amends.corpus import Corpus
from amends.render.composer import h
from amends.site.config import theme_language
from amends.site.pages import Pages

_SAFE = re.compile(r"[^\W_][\w.-]*\Z")

_PAGE = """<!doctype html>
<html lang="{2}">
<head>
<meta charset="utf-8">
<title>{0}</title>
<link rel="canonical" href="{1}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={1}">
</head>
<body><p><a href="{1}">{0}</a></p></body>
</html>
"""


def write_redirects(corpus: Corpus, pages: Pages, config: MkDocsConfig) -> None:
    """Write a page for every alias: a former stem beside the record, an outside number below the incidents' folder.

    An alias that is no plain file name, or whose place is taken, gets none: the register still finds it by search.
    """
    for record in corpus.records:
        target = pages.url_of(record.path)
        for alias in record.aliases:
            if target is None or not _SAFE.match(alias):
                continue
            folder = record.path.rsplit("/", 2 if record.path.endswith("/index.md") else 1)[0]
            for home in dict.fromkeys((folder, corpus.settings.incidents)):
                url = f"{home}/{alias}/" if config.use_directory_urls else f"{home}/{alias}.html"
                place = Path(config.site_dir) / (f"{url}index.html" if config.use_directory_urls else url)
                if not place.exists():
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_text(h(_PAGE, pages.discretion.tell(record.title or record.stem), get_relative_url(target, url), theme_language(config)), encoding="utf-8")
