"""The register: the latest incidents, and what a reader's browser needs to narrow, sort and hand out all of them.

Where no script runs, the latest stand there as a plain table, with the way to the rest by year and to all of them as data.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _, spoken
from amends.publishing.search import FACETS as SEARCHED
from amends.publishing.search import SCALES, also_called, facets_of
from amends.reading.typed import Absence
from amends.record import Harm, Record, Severity, Status
from amends.render.composer import Href, h
from amends.render.facets import choice
from amends.render.register import RECENT, Extent, also_affected, newest_first, render_list, row_of, year_of
from amends.render.terms import state_word, term
from amends.render.words import ABSENT

REGISTER = "data/register.js"
"""Where the columns of the register lie in the site."""
TABLE = "data/incidents.csv"
"""Where the site holds what `amends export --format csv` prints."""
CORPUS = "data/corpus.json"
"""Where the site holds what `amends export` prints."""
SCHEMA = "data/corpus.schema.json"
"""Where the site holds the schema of CORPUS."""
CALENDAR = "calendar.ics"
"""Where the site holds what is awaited from us, for calendars."""
FEEDS = ("feed.xml", "feed.json")
"""Where it holds what is new, as RSS and as JSON Feed."""
DATA_FILES = (REGISTER, TABLE, CORPUS, SCHEMA, CALENDAR, *FEEDS)

FACETS = {name: label for name, label in SEARCHED.items() if name != "kind"}
"""What the register is narrowed by: what the search is, but that incidents are all of one kind."""

_FOUND = N_("Incidents: {n} of {all}")
SAYINGS = {
    "found": _FOUND,
    "shown": N_("{from} to {to} of {n}"),
    "narrowed": N_("Narrowed to: {filters}"),
    "none": N_("No incident is like this. Take a filter away, or ask with fewer words."),
    "loading": N_("Loading the register …"),
    "broken": N_("The register could not be loaded. The latest incidents stand below, the others under their years."),
    "elsewhere": N_("Look for these words in the search, which reads the records whole."),
    "left-out": N_("Not in the file, since they could not be read whole: {n}"),
}
"""What the script says, and when. Numbers take the place of the braces."""

_NEXT = ", "
"""Parts names: of two numbers beside each other a script would make one, `7 402`."""

_PLACE = "*"
"""Stands for the stem in an address; addresses are quoted and hold none."""


def render_register(corpus: Corpus, href: Href, page_of_year: Callable[[str], str], search: str | None = None) -> Markup:
    """The latest incidents, the way to the rest by year, and the form by which a script narrows them.

    `search` is the page for searching, to which the way leads from words that no incident holds; None where the site has none.
    """
    records = newest_first(corpus.records)
    if not records:
        return h('<p class="am-empty">{}</p>', h(_('No incident is published yet. Start a record with <code>amends new "Title"</code>.')))
    years = Counter(filter(None, map(year_of, records)))
    links = Markup(" ").join(h('<a class="am-chip" href="{}">{} <b>{}</b></a>', href(page_of_year(year)), year, number) for year, number in years.items())
    older = ""
    if len(records) > RECENT:
        older = h('<p class="am-quiet am-older">{}</p>', _("The {shown} latest of {all}. Older ones stand under their years.").format(
            shown=RECENT, all=spoken().number(len(records))))
    sayings = Markup(" ").join(h('data-{}="{}"', name, _(saying)) for name, saying in SAYINGS.items())
    return h('<div class="am-browse" data-register="{}" data-table="{}" data-all="{}" data-many="{}" {}{}>{}<p class="am-chips">{}</p>{}{}'
             '<p class="am-pager" hidden><button type="button" class="md-button" data-step="-1">{}</button> <span></span> '
             '<button type="button" class="md-button" data-step="1">{}</button></p>'
             '<p class="am-quiet am-live">{}</p></div>',
             href(REGISTER), href(TABLE), len(records), RECENT, sayings, h(' data-search="{}"', href(search)) if search else "", _form(records, corpus), links, render_list(records[:RECENT], corpus, href), older,
             _("Previous page"), _("Next page"), _ways_out(corpus, href))


def _ways_out(corpus: Corpus, href: Href) -> Markup:
    """What can be taken along or subscribed to. The addresses in feeds must be whole, so there are none without a `site_url`."""
    parts = [h('{} <a href="{}" download>CSV</a>, <a href="{}" download>JSON</a> (<a href="{}">{}</a>)', _("All incidents as data:"), href(TABLE), href(CORPUS),
               href(SCHEMA), _("schema")),
             h('{} <a href="{}">iCalendar</a>', _("What is awaited from us:"), href(CALENDAR))]
    if corpus.settings.site_url is not None:
        parts.append(h('{} <a href="{}">RSS</a>, <a href="{}">JSON Feed</a>', _("What is new:"), *map(href, FEEDS)))
    return Markup(" · ").join(parts)


def _form(records: Sequence[Record], corpus: Corpus) -> Markup:
    """The fields with everything that can be chosen. It stays hidden until a script shows it."""
    numbers: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for record in records:
        for facet, values in _facets(record).items():
            numbers[facet].update(values)
    fields = Markup("").join(choice(facet, _(label), [(value, name, numbers[facet][value]) for value, name in _named(facet, numbers[facet], corpus)])
                             for facet, label in FACETS.items())
    return h('<form class="am-filters" data-word="{}" role="search" aria-label="{}" hidden>'
             '<label class="am-words">{}<input type="search" name="words" autocomplete="off" spellcheck="false"></label>{}'
             '<button type="reset" class="md-button" hidden>{}</button>'
             '<button type="button" class="md-button" data-do="download">{}</button>'
             '<output>{}</output><span class="am-unseen" role="status"></span></form>', _("“{word}”"), _("Narrow the register"), _("Words of the title, a service, factor or harm, or a number"),
             fields, _("Show all"), _("Download as CSV"), h(_(_FOUND), n=spoken().number(len(records)), all=spoken().number(len(records))))


def _facets(record: Record) -> dict[str, tuple[str, ...]]:
    return {**facets_of(record), "year": tuple(filter(None, (year_of(record),))), "state": (record.status.value,)}


def _named(facet: str, values: Iterable[str], corpus: Corpus) -> list[tuple[str, str]]:
    """The values of a facet and their names, in the order in which a reader looks for them."""
    if facet == "severity":
        return [(value, term(Severity(value))) for value in sorted(values)]
    if facet == "year":
        return [(value, value) for value in sorted(values, reverse=True)]
    if facet == "state":
        return [(state.value, state_word(state)) for state in Status if state.value in set(values)]
    names = [(value, term(Harm(value))) for value in values] if facet == "harm" else corpus.settings.vocabulary.named(f"{facet}s", values)
    return sorted(names, key=lambda pair: pair[1].casefold())


def register_columns(corpus: Corpus, seen: Callable[[str], str], url_of: Callable[[Record], str], row_name: Callable[[Record], str | None]) -> str:
    """All rows of the register as JSON, the latest first, a list a column: what they show, and by what they are sorted and narrowed.

    Args:
        corpus: What may be shown.
        seen: Gives what readers may see of a text.
        url_of: The address of a record's page, relative to the site's root.
        row_name: The first cell of a record's row in the table at TABLE; None where it has no row.

    """
    records = newest_first(corpus.records)
    rows = [row_of(record, corpus) for record in records]
    facets = [_facets(record) for record in records]
    places: dict[str, int] = {}
    columns: dict[str, Any] = {
        "day": [row.day for row in rows],
        "rest": [record.stem.removeprefix(row.day) for record, row in zip(records, rows, strict=True)],
        "place": [places.setdefault(_place(url_of(record), record.stem), len(places)) for record in records],
        "title": [seen(record.title or record.stem) for record in records],
        "names": [_NEXT.join((seen(_NEXT.join((*record.aliases, *also_affected(record)))), *also_called(seen(record.title or ""))[0])) for record in records],
        "affected": [_said(row.affected, seen) for row in rows],
        "lasted": [_said(row.lasted, seen) for row in rows],
        "most": [_number(row.affected) for row in rows],
        "longest": [_number(row.lasted) for row in rows],
    }
    values: dict[str, list[tuple[str, str]]] = {}
    for facet in FACETS:
        values[facet] = _named(facet, {value for each in facets for value in each[facet]}, corpus)
        number = {value: place for place, (value, name) in enumerate(values[facet])}
        columns[facet] = [tuple(number[value] for value in each[facet]) for each in facets]
    rows_named = ((place, record.stem, row_name(record)) for place, record in enumerate(records))
    return json.dumps({
        "columns": columns,
        "places": list(places),
        "facets": values,
        "rows": {place: name for place, stem, name in rows_named if name != stem},
        "absent": {kind: _(word) for kind, word in ABSENT.items()},
        "unrated": _("no severity"),
        "scales": SCALES,
    }, ensure_ascii=False, separators=(",", ":"))


def as_script(columns: str) -> str:
    """A script that hands over JSON, for `register.js`: from disk a browser runs scripts, and fetches nothing."""
    quoted = columns.replace("\\", "\\\\").replace("'", "\\'")
    return f"window.amendsColumns='{quoted}';"


def _place(url: str, stem: str) -> str:
    """The address with a sign in place of the stem, which many share."""
    before, found, after = url.rpartition(quote(stem))
    return f"{before}{_PLACE}{after}" if found else url


def _said(extent: Extent, seen: Callable[[str], str]) -> str | list[str]:
    shown = extent.shown
    return [shown.kind, seen(shown.why)] if isinstance(shown, Absence) else seen(shown) if shown else ""


def _number(extent: Extent) -> float | None:
    """In as few digits as it needs."""
    return int(extent.order) if extent.order is not None and extent.order == int(extent.order) else extent.order
