"""What a build writes beside the pages: feeds, a calendar, the corpus as data, badges."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from anybadge import Badge  # type: ignore[import-untyped]
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_date, get_relative_url

from amends.audit import audit
from amends.calendars import as_calendar, worst_incidents
from amends.export import Export
from amends.feeds import as_json_feed, as_rss, latest_news
from amends.json_schema import checklist_schema, record_schema
from amends.record import Record, Severity
from amends.render.composer import h
from amends.settings import Settings
from amends.site.pages import Library, Pages

FEEDS = {"feed.xml": ("application/rss+xml", "What is new (RSS)"), "feed.json": ("application/feed+json", "What is new (JSON Feed)")}
"""The feeds, with their media types and titles. Their addresses must be absolute, so there are none without a `site_url`."""

_COLOURS = {Severity.SEV1: "#b3261e", Severity.SEV2: "#9a4a00", Severity.SEV3: "#715900", Severity.SEV4: "#1f5f99"}


def write_data(library: Library, pages: Pages, config: MkDocsConfig) -> None:
    """Write them all; of what has no page, nothing."""
    corpus, site = library.corpus, Path(config.site_dir)
    for name, text in _feeds(library, pages, config).items():
        _write(site / name, pages.without_names(text))
    day = date.fromisoformat(get_build_date())
    awaited = (replace(due, what=pages.without_names(due.what)) for due in audit(corpus, date.max).due)
    _write(site / "calendar.ics", as_calendar(awaited, corpus.settings.vocabulary, day, worst_incidents(corpus)))
    export = Export.of(library.everything)  # which knows what is not to be named
    export = replace(export, records=tuple(record for record in export.records if record.path in corpus.incidents.pages_set))
    _write(site / "data/corpus.json", export.json())
    _write(site / "data/incidents.csv", export.csv())
    _write(site / "data/record.schema.json", json.dumps(record_schema(), indent=1))
    _write(site / "data/checklist.schema.json", json.dumps(checklist_schema(), indent=1))
    for record in export.records:
        page = pages.files.get_file_from_path(record.path)
        if page is not None:
            _write(site / Path(page.dest_uri).with_suffix(".json"), export.record_json(record))
    for severity, colour in _COLOURS.items():
        _write(site / f"badges/{severity.value}.svg", Badge("severity", severity.value.upper(), default_color=colour).badge_svg_text)


def feed_links(url: str, settings: Settings) -> Markup:
    """What the head of the page at `url` says of the feeds; nothing where there are none."""
    if settings.site_url is None:
        return Markup("")
    return Markup("").join(h('<link rel="alternate" type="{}" title="{}" href="{}">', kind, title, get_relative_url(name, url))
                           for name, (kind, title) in FEEDS.items())


def _feeds(library: Library, pages: Pages, config: MkDocsConfig) -> dict[str, str]:
    base = library.corpus.settings.site_url
    if base is None:
        return {}

    def address(record: Record) -> str:
        return urljoin(base, pages.url_of(record.path) or "")

    news = latest_news(library.corpus)
    about = (config.site_name, config.site_description or "Incidents, and what became of the promises made after them", base, address)
    return {"feed.xml": as_rss(news, *about), "feed.json": as_json_feed(news, *about)}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
