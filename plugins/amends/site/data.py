"""What a build writes beside the pages: feeds, a calendar, the corpus as data, badges."""

import json
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from anybadge import Badge  # type: ignore[import-untyped]  # it ships no types
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_date

from amends.audit import audit
from amends.language import _
from amends.publishing.calendars import as_calendar, worst_incidents
from amends.publishing.export import Export
from amends.publishing.feeds import as_json_feed, as_rss, latest_news
from amends.publishing.json_schema import checklist_schema, corpus_schema, record_schema
from amends.publishing.register import as_script, register_columns
from amends.record import Record, Severity
from amends.render.browse import CALENDAR, CORPUS, FEEDS, REGISTER, SCHEMA, TABLE
from amends.render.terms import term
from amends.site.pages import Library, Pages

LOOKING_BACK = timedelta(days=366)
"""What has been due for longer is no entry in a calendar any more; the pages and the audit go on naming it."""

_COLOURS = {Severity.SEV1: "#b3261e", Severity.SEV2: "#9a4a00", Severity.SEV3: "#715900", Severity.SEV4: "#1f5f99"}


def write_data(library: Library, pages: Pages, config: MkDocsConfig) -> None:
    """Write them all; of what has no page, nothing."""
    corpus, site = library.corpus, Path(config.site_dir)
    for name, text in _feeds(library, pages, config).items():
        _write(site / name, text)
    day = date.fromisoformat(get_build_date())
    awaited = [due for due in audit(corpus, date.max).due if due.day >= day - LOOKING_BACK]
    _write(site / CALENDAR, as_calendar(awaited, corpus.settings.vocabulary, day, pages.discretion.tell, worst_incidents(corpus), partial(_address, library, pages),
                                        config.site_name))
    export = Export.of(library.everything, corpus)
    exported = {record.path for record in export.records}

    def row_name(record: Record) -> str | None:
        return str(export.cell(record.stem)) if record.path in exported else None

    _write(site / CORPUS, export.json())
    _write(site / TABLE, export.csv())
    _write(site / REGISTER, as_script(register_columns(corpus, pages.discretion.tell, lambda record: pages.url_of(record.path) or "", row_name)))
    _write(site / SCHEMA, json.dumps(corpus_schema(), indent=1))
    _write(site / "data/record.schema.json", json.dumps(record_schema(), indent=1))
    _write(site / "data/checklist.schema.json", json.dumps(checklist_schema(), indent=1))
    for record in export.records:
        page = pages.files.get_file_from_path(record.path)
        if page is not None:
            _write(site / Path(page.dest_uri).with_suffix(".json"), export.each_json[record.path])
    for severity, colour in _COLOURS.items():
        _write(site / f"badges/{severity.value}.svg", Badge(_("severity"), term(severity), default_color=colour).badge_svg_text)


def _feeds(library: Library, pages: Pages, config: MkDocsConfig) -> dict[str, str]:
    base = library.corpus.settings.site_url
    if base is None:
        return {}

    news = latest_news(library.corpus)
    about = (config.site_name, config.site_description or _("Incidents, and what became of the promises made after them"), base,
             lambda record: _address(library, pages, record.path) or base, pages.discretion.tell)
    return dict(zip(FEEDS, (as_rss(news, *about), as_json_feed(news, *about)), strict=True))


def _address(library: Library, pages: Pages, path: str) -> str | None:
    """The whole address of the page made from a file; None where nobody says at which address the site stands."""
    base = library.corpus.settings.site_url
    return urljoin(base, pages.url_of(path) or "") if base is not None else None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
