"""Lists for a home page: what is awaited from us next, what happened lately, what keeps coming back, and the way to the plans."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import TypeAlias

from markupsafe import Markup

from amends.audit import Due, Kind, audit, shortened
from amends.corpus import LANDING, Corpus
from amends.language import N_, NP_, _, counted, pgettext
from amends.record import Record, given
from amends.render import actions, ledger, risks
from amends.render.again import TITLE, plans_of
from amends.render.composer import Href, h
from amends.render.plan import PLANS, plan_id
from amends.render.register import day_words, newest_first
from amends.render.words import day_tag, severity_badge

Tell: TypeAlias = Callable[[str], str]
"""Leaves out of a text what must not be told; before the text is cut, since half a name tells as much."""

AWAITED = 6
"""How many lines of what is due a home page has."""
TOGETHER = 2
"""How many things of one kind that are due on one day stand there one by one; more share a line."""
LATELY = 5
"""How many incidents it lists."""
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


_WHERE = {
    Kind.PROMISE: ledger.URI,
    Kind.ACTION: actions.URI,
    Kind.REHEARSAL: PLANS,
    Kind.RISK: risks.URI,
}
"""The pages on which all of a kind stand."""


def render_home(corpus: Corpus, href: Href, tell: Tell) -> Markup:
    """All of it, side by side where there is room."""
    plans = len(plans_of(corpus))
    way = h('<p class="am-home__plans"><a class="md-button md-button--primary" href="{}">{}</a> <span class="am-quiet">{}</span></p>', href(PLANS), _(TITLE),
            counted("{number} plan, found by what you see", "{number} plans, found by what you see", plans)) if plans else ""
    parts = ((_("Due from us"), render_due(corpus, href, tell)), (_("What happened lately"), _lately(corpus, href)), (_("What keeps coming back"), render_repeats(corpus, href)))
    return h('{}<div class="am-home">{}</div>', way, Markup("").join(h("<section><h2>{}</h2>{}</section>", title, content) for title, content in parts))


def _lately(corpus: Corpus, href: Href) -> Markup:
    latest = newest_first(corpus.records)[:LATELY]
    if not latest:
        return h('<p class="am-empty">{}</p>', _("No incident is published yet."))
    return h('<ul class="am-evidence">{}</ul>', Markup("").join(_incident(record, href, day_words(record)) for record in latest))


def _incident(record: Record, href: Href, beside: str) -> Markup:
    return h('<li>{} <a href="{}">{}</a> <span class="am-quiet">{}</span></li>', severity_badge(record), href(record.path), record.title or record.stem, beside)


def render_due(corpus: Corpus, href: Href, tell: Tell) -> Markup:
    """What is awaited from us, the earliest day first. What is past is marked when the page is read, not when it is built."""
    awaited = sorted(audit(corpus, date.max).due, key=lambda due: (due.day, due.kind.value, due.path))
    if not awaited:
        return h('<p class="am-empty">{}</p>', _("Nothing is awaited from us."))
    lines: list[list[Due]] = []
    for _day, same in groupby(awaited, key=lambda due: (due.day, due.kind)):
        together = list(same)
        lines += [together] if len(together) > TOGETHER else [[due] for due in together]
    ways = Markup(" · ").join(h('<a href="{}">{}</a>', href(page), _(name)) for page, name in _WAYS)
    more = h('<p class="am-quiet">{}</p>', h(_("All of it: {pages}"), pages=ways)) if len(lines) > AWAITED else ""
    return h('<ul class="am-due">{}</ul>{}', Markup("").join(_row(line, corpus, href, tell) for line in lines[:AWAITED]), more)


_WAYS = ((ledger.URI, N_("Promises")), (actions.URI, N_("Follow-through")), (risks.URI, N_("Risks")))


def _row(line: Sequence[Due], corpus: Corpus, href: Href, tell: Tell) -> Markup:
    due = line[0]
    words, title = shortened(tell(due.words)), shortened(tell(due.title))
    beside = [title] if words else []
    if due.owner:
        beside.append(corpus.settings.vocabulary.label("owners", due.owner))
    if others := len(line) - 1:
        where = f"{corpus.settings.prevention}/{LANDING}" if due.kind is Kind.ITEM else _WHERE.get(due.kind)
        number = counted("and {number} more of that day", "and {number} more of that day", others)
        more = h('<a href="{}">{}</a>', href(where), number) if where else h("{}", number)
    return h('<li><span class="am-date" data-due="{}">{}</span> <span class="am-badge am-badge--quiet">{}</span> '
             '<a href="{}">{}</a> <span class="am-quiet">{}</span></li>', due.day, day_tag(due.day), pgettext(*_KINDS[due.kind]), href(due.path, _place(due, corpus)),
             words or title, more if others else " · ".join(beside))


def _place(due: Due, corpus: Corpus) -> str:
    """The anchor, on the page of its record or checklist, of what is awaited; empty where the whole page is meant."""
    match due.place:
        case ("items", int(number), *_):
            return corpus.checklist_at(due.path).items[number].id or ""
        case ("actions", int(number), *_):
            return given(corpus.record_at(due.path).actions)[number].id or ""
        case ("response", "commitments", int(number), *_):
            return given(corpus.record_at(due.path).reply.commitments)[number].id or ""
        case ("contingency_plan", int(number), *_):
            return plan_id(number)
        case ("risk", *_):
            return risks.AT_RISK
    return ""


def render_repeats(corpus: Corpus, href: Href) -> Markup:
    """Incidents that happened again, and the factors behind more than one."""
    label = corpus.settings.vocabulary.label
    again = [(record, repeats) for stem, repeats in corpus.repeats.items() if (record := corpus.record(stem)) is not None]
    again.sort(key=lambda pair: (len(pair[1]), pair[0].stem), reverse=True)
    rows = Markup("").join(
        _incident(record, href, counted("once more after {day}", "{number} times more after {day}", len(repeats), day=day_words(record)))
        for record, repeats in again[:COMING_BACK])
    repeated = ((kind, newest_first(records)) for kind, records in corpus.by_factor.items() if len(records) > 1)
    factors = sorted(repeated, key=lambda pair: (len(pair[1]), pair[1][0].stem), reverse=True)
    chips = Markup(" ").join(
        h('<a class="am-chip am-chip--factor" href="{}">{} <b>{}</b> <span class="am-quiet">{}</span></a>', href(f"factors/{kind}.md"),
          label("factors", kind), len(records), _("last {day}").format(day=day_words(records[0])))
        for kind, records in factors[:COMING_BACK])
    if not rows and not chips:
        return h('<p class="am-empty">{}</p>', _("No factor stands behind more than one incident yet."))
    more = h('<p class="am-quiet"><a href="{}">{}</a></p>', href("factors/index.md"), _("All contributing factors")) if len(factors) > COMING_BACK else ""
    return h("{}{}{}", h('<ul class="am-evidence">{}</ul>', rows) if rows else "", h('<p class="am-chips">{}</p>', chips) if chips else "", more)
