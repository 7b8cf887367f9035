"""The register: the latest incidents, and the form by which a script narrows, sorts and hands out all of them; their columns are in `publishing/register.py`.

Where no script runs, the latest stand there as a plain table, with the way to the rest by year and to all of them as data.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _, spoken
from amends.record import Harm, Record, Severity, Status
from amends.render.composer import Href, h
from amends.render.facets import OF_INCIDENTS, choice, values_of
from amends.render.register import RECENT, newest_first, render_list, year_of
from amends.render.terms import state_word, term

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
    numbers: dict[str, Counter[str]] = {facet: Counter() for facet in OF_INCIDENTS}
    for record in records:
        for facet, values in facets_of(record).items():
            numbers[facet].update(values)
    fields = Markup("").join(choice(facet, _(label), [(value, name, numbers[facet][value]) for value, name in in_order(facet, numbers[facet], corpus)])
                             for facet, label in OF_INCIDENTS.items())
    return h('<form class="am-filters" data-word="{}" role="search" aria-label="{}" hidden>'
             '<label class="am-words">{}<input type="search" name="words" autocomplete="off" spellcheck="false"></label>{}'
             '<button type="reset" class="md-button" hidden>{}</button>'
             '<button type="button" class="md-button" data-do="download">{}</button>'
             '<output>{}</output><span class="am-unseen" role="status"></span></form>', _("“{word}”"), _("Narrow the register"), _("Words of the title, a service, factor or harm, or a number"),
             fields, _("Show all"), _("Download as CSV"), h(_(_FOUND), n=spoken().number(len(records)), all=spoken().number(len(records))))


def facets_of(record: Record) -> dict[str, tuple[str, ...]]:
    """What a record is narrowed by in the register."""
    return {**values_of(record), "year": tuple(filter(None, (year_of(record),))), "state": (record.status.value,)}


def in_order(facet: str, values: Iterable[str], corpus: Corpus) -> list[tuple[str, str]]:
    """The values of a facet and their names, in the order in which a reader looks for them."""
    if facet == "severity":
        return [(value, term(Severity(value))) for value in sorted(values)]
    if facet == "year":
        return [(value, value) for value in sorted(values, reverse=True)]
    if facet == "state":
        return [(state.value, state_word(state)) for state in Status if state.value in set(values)]
    names = [(value, term(Harm(value))) for value in values] if facet == "harm" else corpus.settings.vocabulary.named(f"{facet}s", values)
    return sorted(names, key=lambda pair: pair[1].casefold())
