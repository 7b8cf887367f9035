"""The register as data: a column for each thing by which a reader's browser narrows, sorts and hands out all incidents."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from amends.corpus import Corpus
from amends.language import _
from amends.publishing.search import SCALES, also_called
from amends.reading.typed import Absence
from amends.record import Record
from amends.render.browse import facets_of, in_order
from amends.render.facets import OF_INCIDENTS
from amends.render.register import Extent, also_affected, newest_first, row_of
from amends.render.words import ABSENT

_NEXT = ", "
"""Parts names: of two numbers beside each other a script would make one, `7 402`."""

_PLACE = "*"
"""Stands for the stem in an address; addresses are quoted and hold none."""


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
    facets = [facets_of(record) for record in records]
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
    for facet in OF_INCIDENTS:
        values[facet] = in_order(facet, {value for each in facets for value in each[facet]}, corpus)
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
