"""Lists of incidents: the register, newest first and by year, and the pages of services and factors."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from amends.checklist import Checklist, Item
from amends.corpus import Corpus
from amends.learning import taught_by
from amends.moments import Moment
from amends.record import CustomerImpact, Record, given
from amends.render.composer import Composer, Href, h
from amends.render.words import absent, severity_badge, span
from amends.typed import Absence

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)

RECENT = 100
"""How many incidents the register's first page lists; older ones stand on the pages of their years."""

TAUGHT = 15
"""How many items the page of a service or a factor lists."""


def newest_first(records: Iterable[Record]) -> list[Record]:
    """By the day in the stem, the latest first; those without one last."""
    return sorted(records, key=lambda record: (day_of(record), record.stem), reverse=True)


def day_of(record: Record) -> str:
    """The day in the stem, or nothing: a build that lets findings stand may hold a record whose name begins with none."""
    return record.stem[:10] if _DAY.match(record.stem) else ""


def year_of(record: Record) -> str | None:
    """The year in the stem, if there is one."""
    return day_of(record)[:4] or None


def render_list(records: Sequence[Record], corpus: Corpus, href: Href) -> Markup:
    """A table of incidents."""
    rows = Markup("").join(_row(record, corpus, href) for record in records)
    return h('<div class="am-scroll" tabindex="0"><table class="am-register"><thead><tr><th>Began</th><th>Severity</th><th>Incident</th>'
             "<th>Affected</th><th>Lasted</th></tr></thead><tbody>{}</tbody></table></div>", rows)


def _row(record: Record, corpus: Corpus, href: Href) -> Markup:
    started, resolved = record.started, record.time("resolved")
    labels = ", ".join(corpus.settings.vocabulary.label("services", name) for name in dict.fromkeys(record.service_names))
    unknown = next((time for time in (getattr(record.times, "started", None), getattr(record.times, "resolved", None)) if isinstance(time, Absence)), None)
    lasted = span(started.until(resolved)) if isinstance(started, Moment) and isinstance(resolved, Moment) else absent(unknown) if unknown else ""
    return h('<tr><td class="am-date">{}</td><td>{}</td><td><a href="{}">{}</a><br><span class="am-quiet">{}</span></td><td>{}</td><td class="am-lasted">{}</td></tr>',
             day_of(record), severity_badge(record), href(record.path), record.title or record.stem, labels, _affected(record), lasted)


def _affected(record: Record) -> Markup | str:
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    if not rows:
        return ""
    first = rows[0]
    number = first.count or first.share
    if isinstance(number, Absence):
        return absent(number)
    return h("{} {}", number, first.unit or "") if number else ""


def render_register(corpus: Corpus, href: Href, page_of_year: Callable[[str], str]) -> Markup:
    """The latest incidents, and the way to the rest by year."""
    records = newest_first(corpus.records)
    if not records:
        return h('<p class="am-empty">No incident is published yet. Start a record with <code>amends new "Title"</code>.</p>')
    years: dict[str, int] = {}
    for year in map(year_of, records):
        if year is not None:
            years[year] = years.get(year, 0) + 1
    links = Markup(" ").join(h('<a class="am-chip" href="{}">{} <b>{}</b></a>', href(page_of_year(year)), year, number) for year, number in years.items())
    more = ""
    if len(records) > RECENT:
        more = h('<p class="am-quiet">The {} latest of {:,}. Older ones stand under their years.</p>', RECENT, len(records))
    return h('<p class="am-chips">{}</p>{}{}', links, render_list(records[:RECENT], corpus, href), more)


def render_recent(corpus: Corpus, href: Href, number: int = 4) -> Markup:
    """The latest incidents as cards, for a home page."""
    cards = []
    for record in newest_first(corpus.records)[:number]:
        impact = record.customer_impact
        summary = impact.summary if isinstance(impact, CustomerImpact) and isinstance(impact.summary, str) else ""
        cards.append(h('<a class="am-tile" href="{}"><span class="am-tile__head">{} {}</span><b>{}</b><span>{}</span></a>', href(record.path),
                       severity_badge(record), day_of(record), record.title or record.stem, summary))
    return h('<div class="am-tiles">{}</div>', Markup("").join(cards))


def render_year(year: str, corpus: Corpus, href: Href, page: Composer) -> None:
    """The page of one year."""
    records = [record for record in newest_first(corpus.records) if year_of(record) == year]
    page.markdown(f"# Incidents of {year}")
    page.html(render_list(records, corpus, href))


def render_group(heading: str, records: Sequence[Record], corpus: Corpus, href: Href, page: Composer) -> None:
    """The page of one service or factor: its incidents, and what the checklists learned from them."""
    page.title(heading)
    page.html(h("<p>{} {}</p>", len(records), "incident" if len(records) == 1 else "incidents"))
    page.html(render_list(newest_first(records)[:RECENT], corpus, href))
    if len(records) > RECENT:
        page.html(h('<p class="am-quiet">The {} latest of {:,}.</p>', RECENT, len(records)))
    taught = _taught(records, corpus)
    if taught:
        page.heading(2, "What they taught")
        page.html(h('<ul class="am-earned">{}</ul>', Markup("").join(
            h('<li><a href="{}">{}</a> <span class="am-quiet">{}{}</span></li>', href(checklist.path, item.id or ""), item.check or item.id or "",
              checklist.title or checklist.stem, f" · taught by {number} of them" if number > 1 else "") for number, checklist, item in taught[:TAUGHT])))
    if len(taught) > TAUGHT:
        page.html(h('<p class="am-quiet">The {} that most of them taught, of {:,}. All stand in <a href="{}">the checklists</a>.</p>', TAUGHT, len(taught),
                    href(f"{corpus.settings.prevention}/README.md")))


def _taught(records: Sequence[Record], corpus: Corpus) -> list[tuple[int, Checklist, Item]]:
    """The items that these incidents taught, with how many of them did: those that most did first."""
    numbers = Counter(reference for record in records for reference in taught_by(record))
    found = ((numbers[reference], reference, *item) for reference in numbers if (item := corpus.item(reference)) is not None)
    return [(number, checklist, item) for number, _, checklist, item in sorted(found, key=lambda each: (-each[0], each[1]))]


def render_groups(heading: str, lead: str, groups: Mapping[str, Sequence[Record]], label: Callable[[str], str], uri: Callable[[str], str],
                  href: Href, page: Composer) -> None:
    """The overview of all services, or of all factors, those with most incidents first."""
    page.markdown(f"# {heading}\n\n{lead}")
    order = sorted(groups, key=lambda key: (-len(groups[key]), key))
    most = max((len(group) for group in groups.values()), default=1)
    rows = Markup("").join(
        h('<tr><td><a href="{}">{}</a></td><td class="am-number">{}</td><td class="am-bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
          '<rect width="{:.1f}" height="8"></rect></svg></td><td class="am-quiet">{}</td></tr>',
          href(uri(key)), label(key), len(groups[key]), len(groups[key]) / most * 100, day_of(newest_first(groups[key])[0]))
        for key in order)
    page.html(h('<table class="am-groups"><thead><tr><th></th><th>Incidents</th><th></th><th>Latest</th></tr></thead><tbody>{}</tbody></table>', rows))
