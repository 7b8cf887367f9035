"""Lists for a home page: what is awaited from us next, and what keeps coming back."""

from datetime import date

from markupsafe import Markup

from amends.audit import Due, Kind, audit
from amends.corpus import Corpus
from amends.language import NP_, _, counted, pgettext, spoken
from amends.render.composer import Href, h
from amends.render.register import day_words, newest_first
from amends.render.words import day_tag, severity_badge

AWAITED = 8
"""How many things that are due a home page lists."""
COMING_BACK = 6
"""How many factors it lists."""

_KINDS = {
    Kind.RECORD: NP_("what is awaited", "record"),
    Kind.PROMISE: NP_("what is awaited", "promise"),
    Kind.UPDATE: NP_("what is awaited", "message"),
    Kind.REPORT: NP_("what is awaited", "report"),
    Kind.ACTION: NP_("what is awaited", "action"),
    Kind.REHEARSAL: NP_("what is awaited", "rehearsal"),
    Kind.RISK: NP_("what is awaited", "risk"),
    Kind.ITEM: NP_("what is awaited", "review"),
}
"""What readers call what is due."""


def render_due(corpus: Corpus, href: Href) -> Markup:
    """What is awaited from us, the earliest day first. What is past is marked when the page is read, not when it is built."""
    awaited = sorted(audit(corpus, date.max).due, key=lambda due: (due.day, due.path))
    if not awaited:
        return h('<p class="am-empty">{}</p>', _("Nothing is awaited from us."))
    rows = Markup("").join(_row(due, corpus, href) for due in awaited[:AWAITED])
    more = ""
    if len(awaited) > AWAITED:
        more = h('<p class="am-quiet">{}</p>', h(_("The {shown} next of {all}. <code>amends audit</code> names them all."), shown=AWAITED, all=spoken().number(len(awaited))))
    return h('<ul class="am-due">{}</ul>{}', rows, more)


def _row(due: Due, corpus: Corpus, href: Href) -> Markup:
    beside = [due.title] if due.words else []
    if due.owner:
        beside.append(corpus.settings.vocabulary.label("owners", due.owner))
    return h('<li><span class="am-date" data-due="{}">{}</span> <span class="am-badge am-badge--quiet">{}</span> '
             '<a href="{}">{}</a> <span class="am-quiet">{}</span></li>', due.day, day_tag(due.day), pgettext(*_KINDS[due.kind]), href(due.path),
             due.words or due.title, " · ".join(beside))


def render_repeats(corpus: Corpus, href: Href) -> Markup:
    """Incidents that happened again, and the factors behind more than one."""
    label = corpus.settings.vocabulary.label
    again = [(record, repeats) for stem, repeats in corpus.repeats.items() if (record := corpus.record(stem)) is not None]
    again.sort(key=lambda pair: (len(pair[1]), pair[0].stem), reverse=True)
    rows = Markup("").join(
        h('<li>{} <a href="{}">{}</a> <span class="am-quiet">{}</span></li>', severity_badge(record), href(record.path),
          record.title or record.stem, counted("once more after {day}", "{number} times more after {day}", len(repeats), day=day_words(record)))
        for record, repeats in again[:COMING_BACK])
    factors = sorted(((kind, records) for kind, records in corpus.by_factor.items() if len(records) > 1), key=lambda pair: (-len(pair[1]), pair[0]))
    chips = Markup(" ").join(
        h('<a class="am-chip am-chip--factor" href="{}">{} <b>{}</b> <span class="am-quiet">{}</span></a>', href(f"factors/{kind}.md"),
          label("factors", kind), len(records), _("last {day}").format(day=day_words(newest_first(records)[0])))
        for kind, records in factors[:COMING_BACK])
    if not rows and not chips:
        return h('<p class="am-empty">{}</p>', _("No factor stands behind more than one incident yet."))
    return h("{}{}", h('<ul class="am-evidence">{}</ul>', rows) if rows else "", h('<p class="am-chips">{}</p>', chips) if chips else "")
