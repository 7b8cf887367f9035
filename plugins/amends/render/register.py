"""Lists of incidents, newest first: of a year, of a service or factor, and the latest as cards. The register itself is in `browse.py`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup

from amends.checklist import Checklist, Item
from amends.corpus import LANDING, Corpus
from amends.language import N_, _, counted, spoken
from amends.learning.lessons import taught_by
from amends.reading.typed import Absence
from amends.record import STEM_DAY, Affected, CustomerImpact, Figure, Record, Share, Times, given
from amends.render.composer import Composer, Href, caption, h, tbody, wide_table
from amends.render.plain import plain_words
from amends.render.words import absent, figure_words, severity_badge, share_words, span

RECENT = 100
"""How many incidents a list shows at once; older ones stand on the pages of their years."""

RUNNING = N_("still running")
"""How long it lasted, of an incident that began and has no end yet."""

TAUGHT = 15
"""How many items the page of a service or a factor lists."""


def newest_first(records: Iterable[Record]) -> list[Record]:
    """By the day in the stem, the latest first; those without one last."""
    return sorted(records, key=lambda record: (day_of(record), record.stem), reverse=True)


def day_of(record: Record) -> str:
    """The day in the stem, or nothing: a build that lets findings stand may hold a record whose name begins with none."""
    return record.stem[:10] if STEM_DAY.match(record.stem) else ""


def day_words(record: Record) -> str:
    """The day in the stem as prose tells it; as it stands there, where no calendar has such a day."""
    day = record.stem_day
    return spoken().day(day) if day is not None else day_of(record)


def year_of(record: Record) -> str | None:
    """The year in the stem, if there is one."""
    return day_of(record)[:4] or None


class Extent(NamedTuple):
    """How long, or how many: as it is shown, and by what it is sorted."""

    shown: str | Absence
    order: float | None
    """None for what can't be compared: not known, not told, still running."""


class Row(NamedTuple):
    """An incident as a list shows it."""

    day: str
    """When it began, as an ISO date; nothing where the stem names no day."""
    services: tuple[str, ...]
    """Their names for readers."""
    affected: Extent
    """Compared by count. Of a share nobody knows how many that are, so it comes below every count."""
    lasted: Extent
    """Compared by minutes; a range by its middle."""


def row_of(record: Record, corpus: Corpus) -> Row:
    """What a list shows of a record."""
    labels = (corpus.settings.vocabulary.label("services", name) for name in dict.fromkeys(record.service_names))
    return Row(day_of(record), tuple(labels), _affected(record), _lasted(record))


def _lasted(record: Record) -> Extent:
    times = record.times
    if isinstance(times, Absence):
        return Extent(times, None)
    if not isinstance(times, Times):
        return _UNTOLD
    started, resolved = times.started, times.resolved
    if isinstance(started, Absence):
        return Extent(started, None)
    if isinstance(resolved, Absence):
        return Extent(resolved, None)
    if started is None:
        return _UNTOLD
    if resolved is None:
        return Extent(_(RUNNING), None)
    lasted = started.until(resolved)
    return Extent(span(lasted), (lasted.least + lasted.most) / 2 / timedelta(minutes=1))


def _affected(record: Record) -> Extent:
    impact = record.customer_impact
    affected = impact.affected if isinstance(impact, CustomerImpact) else impact
    if isinstance(affected, Absence):
        return _none_affected(affected)
    if not affected:
        return _UNTOLD
    first = affected[0]
    number = _number_of(first)
    if number is None:
        return _UNTOLD
    if isinstance(number, Absence):
        return _none_affected(number)
    order = number.value if isinstance(number, Figure) else round(number.percent / 100 - 1.001, 6)
    return Extent(_number_words(number, first), order)


def _number_of(row: Affected) -> Figure | Share | Absence | None:
    return next((number for number in (row.count, row.share) if isinstance(number, (Figure, Share))), row.count or row.share)


def _number_words(number: Figure | Share, row: Affected) -> str:
    shown = figure_words(number) if isinstance(number, Figure) else share_words(number)
    return f"{shown} {row.unit or ''}".rstrip()


def also_affected(record: Record) -> list[str]:
    """How many of whom were affected beside those that a list names, and where all were: by these readers remember an incident."""
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    numbers = ((number, row) for row in rows[1:] if isinstance(number := _number_of(row), (Figure, Share)))
    return [*(_number_words(number, row) for number, row in numbers), *(row.where for row in rows if isinstance(row.where, str))]


def _none_affected(absence: Absence) -> Extent:
    return Extent(absence, 0 if absence.kind == "none" else None)


_UNTOLD = Extent("", None)


class Column(NamedTuple):
    """A column of a list, and what a reader is told when the list is sorted by it."""

    name: str
    label: str
    descending_first: bool
    """Whether the first touch puts the latest, most or longest first."""
    ascending: str
    descending: str


COLUMNS = (
    Column("began", N_("Began"), True, N_("Sorted by when they began, the earliest first."), N_("Sorted by when they began, the latest first.")),
    Column("severity", N_("Severity"), False, N_("Sorted by severity, the worst first."), N_("Sorted by severity, the slightest first.")),
    Column("title", N_("Incident"), False, N_("Sorted by title, from A to Z."), N_("Sorted by title, from Z to A.")),
    Column("affected", N_("Affected"), True, N_("Sorted by how many were affected, the fewest first."), N_("Sorted by how many were affected, the most first.")),
    Column("lasted", N_("Lasted"), True, N_("Sorted by how long they lasted, the shortest first."), N_("Sorted by how long they lasted, the longest first.")),
)


def render_list(records: Sequence[Record], corpus: Corpus, href: Href, *, sortable: bool = True) -> Markup:
    """A table of incidents, newest first. A script lets readers sort it where it is `sortable`; a part of a longer list is not."""
    rows = Markup("").join(_row(record, corpus, href) for record in records)
    if sortable:
        heads = Markup("").join(
            h('<th scope="col" data-sort="{}" data-first="{}" data-ascending="{}" data-descending="{}">{}</th>', column.name,
              "descending" if column.descending_first else "ascending", _(column.ascending), _(column.descending), _(column.label)) for column in COLUMNS)
    else:
        heads = Markup("").join(h('<th scope="col">{}</th>', _(column.label)) for column in COLUMNS)
    return wide_table("am-register", _("Incidents"), heads, tbody(rows))


def _row(record: Record, corpus: Corpus, href: Href) -> Markup:
    day, services, affected, lasted = row_of(record, corpus)
    return h('<tr><td class="am-date">{}</td><td>{}</td><td><a href="{}">{}</a><br><span class="am-quiet">{}</span></td><td{}>{}</td>'
             '<td class="am-lasted"{}>{}</td></tr>', day, severity_badge(record), href(record.path), record.title or record.stem, ", ".join(services),
             _order(affected), _shown(affected), _order(lasted), _shown(lasted))


def _order(extent: Extent) -> Markup:
    return h(' data-order="{:.12g}"', extent.order) if extent.order is not None else Markup("")


def lasted_words(record: Record) -> Markup | str:
    """How long it lasted, that it still does, or why that is not known; empty where nothing is said of it."""
    return _shown(_lasted(record))


def _shown(extent: Extent) -> Markup | str:
    return absent(extent.shown) if isinstance(extent.shown, Absence) else extent.shown


def render_recent(corpus: Corpus, href: Href, number: int = 4) -> Markup:
    """The latest incidents as cards, for a home page."""
    cards = []
    for record in newest_first(corpus.records)[:number]:
        impact = record.customer_impact
        summary = plain_words(impact.summary) if isinstance(impact, CustomerImpact) and isinstance(impact.summary, str) else ""
        cards.append(h('<a class="am-tile" href="{}"><span class="am-tile__head">{} {}</span><b>{}</b><span>{}</span></a>', href(record.path),
                       severity_badge(record), day_words(record), record.title or record.stem, summary))
    return h('<div class="am-tiles">{}</div>', Markup("").join(cards))


def render_year(year: str, corpus: Corpus, href: Href, page: Composer) -> None:
    """The page of one year."""
    records = [record for record in newest_first(corpus.records) if year_of(record) == year]
    page.title(_("Incidents of {year}").format(year=year))
    page.html(render_list(records, corpus, href))


def render_group(heading: str, narrowed: str, records: Sequence[Record], corpus: Corpus, href: Href, page: Composer) -> None:
    """The page of one service or factor: its incidents, and what the checklists learned from them.

    `narrowed` is the query by which the register shows the same incidents.
    """
    page.title(heading)
    page.html(h("<p>{}</p>", counted("{number} incident", "{number} incidents", len(records))))
    page.html(render_list(newest_first(records)[:RECENT], corpus, href, sortable=len(records) <= RECENT))
    if len(records) > RECENT:
        latest = _("The {shown} latest of {all}.").format(shown=RECENT, all=spoken().number(len(records)))
        page.html(h('<p class="am-quiet">{} <a href="{}?{}">{}</a></p>', latest, href(f"{corpus.settings.incidents}/{LANDING}"), narrowed,
                    _("All of them stand in the register.")))
    taught = _taught(records, corpus)
    if taught:
        page.section(2, N_("What they taught"))
        page.html(h('<ul class="am-earned">{}</ul>', Markup("").join(
            h('<li><a href="{}">{}</a> <span class="am-quiet">{}{}</span></li>', href(checklist.path, item.id or ""), plain_words(item.check or item.id or ""),
              checklist.title or checklist.stem, h(" · {}", counted("taught by {number} of them", "taught by {number} of them", number)) if number > 1 else "") for number, checklist, item in taught[:TAUGHT])))
    if len(taught) > TAUGHT:
        page.html(h('<p class="am-quiet">{}</p>', h(
            _('The {shown} that most of them taught, of {all}. All stand in <a href="{address}">the checklists</a>.'), shown=TAUGHT,
            all=spoken().number(len(taught)), address=href(f"{corpus.settings.prevention}/README.md"))))


def _taught(records: Sequence[Record], corpus: Corpus) -> list[tuple[int, Checklist, Item]]:
    """The items that these incidents taught, with how many of them did: those that most did first."""
    numbers = Counter(reference for record in records for reference in taught_by(record))
    found = ((numbers[reference], reference, *item) for reference in numbers if (item := corpus.item(reference)) is not None)
    return [(number, checklist, item) for number, _, checklist, item in sorted(found, key=lambda each: (-each[0], each[1]))]


def render_groups(heading: str, lead: str, groups: Mapping[str, Sequence[Record]], label: Callable[[str], str], uri: Callable[[str], str],
                  href: Href, page: Composer) -> None:
    """The overview of all services, or of all factors, those with most incidents first. `heading` and `lead` are messages."""
    page.opening(heading, lead)
    order = sorted(groups, key=lambda key: (-len(groups[key]), key))
    most = max((len(group) for group in groups.values()), default=1)
    rows = Markup("").join(
        h('<tr><th scope="row"><a href="{}">{}</a></th><td class="am-number">{}</td><td class="am-bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
          '<rect width="{:.1f}" height="8"></rect></svg></td><td class="am-quiet am-date">{}</td></tr>',
          href(uri(key)), label(key), len(groups[key]), len(groups[key]) / most * 100, day_of(newest_first(groups[key])[0]))
        for key in order)
    page.html(h('<table class="am-groups">{}<thead><tr><td></td><th scope="col">{}</th><td></td><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
                caption(_(heading)), _("Incidents"), _("Latest"), rows))
