"""The promise ledger: every commitment to customers that a published record tells of, and what became of it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _, counted, ngettext, spoken
from amends.reading.moments import Moment, day_told
from amends.reading.typed import Absence
from amends.record import Commitment, Origin, Progress, Record, given
from amends.render.composer import Composer, Href, h
from amends.render.facets import Facets
from amends.render.history import one_after_the_other, slip, why_unread
from amends.render.overdue import DUE, due_facet, due_values, due_when, overdue_line, overdue_word
from amends.render.terms import TO, addressee, promise_word
from amends.render.texts import render_field, render_text
from amends.render.words import absent, severity_badge, when

URI = "promises.md"
"""The page's place in the site."""

STATES = {
    Progress.OPEN: N_("Open"),
    Progress.GIVEN_UP: N_("Broken"),
    Progress.LATE: N_("Kept late"),
    Progress.DONE: N_("Kept"),
    Progress.UNKNOWN: N_("Not known"),
}
"""The sections of the page, in order."""


class Promise(NamedTuple):
    """A commitment and the record that tells of it."""

    record: Record
    commitment: Commitment


def promises_by_state(corpus: Corpus) -> dict[Progress, list[Promise]]:
    """Every commitment: the open ones by due date, those without one last; the others with the latest made first."""
    found: dict[Progress, list[Promise]] = {state: [] for state in STATES}
    for record in corpus.records:
        for commitment in given(record.reply.commitments):
            found[commitment.progress].append(Promise(record, commitment))
    for state, promises in found.items():
        if state is Progress.OPEN:
            promises.sort(key=lambda promise: (day_told(promise.commitment.due) or date.max, promise.record.stem))
        else:
            promises.sort(key=lambda promise: (day_told(promise.commitment.made) or date.min, promise.record.stem), reverse=True)
    return {state: promises for state, promises in found.items() if promises}


def render_ledger(corpus: Corpus, today: date, href: Href, page: Composer) -> None:
    """The page of all promises, by what became of them. On the day of the build, `today`, some are overdue."""
    page.opening(N_("Promises"), N_("What customers were promised after an incident, and what became of it."))
    states = promises_by_state(corpus)
    if not states:
        page.html(h('<p class="am-empty">{}</p>', _("No published record tells of a promise yet.")))
        return
    page.html(_rate(states))
    page.html(overdue_line((promise.commitment.due for promise in states.get(Progress.OPEN, ())), "am-promises", today))
    if corpus.history.unread is not None:
        page.html(why_unread(corpus.history))
    page.html(h('<p class="am-chips">{}</p>', Markup(" ").join(
        h('<a class="am-chip" href="#{}">{} <b>{}</b></a>', state_slug(state), _(STATES[state]), len(promises)) for state, promises in states.items())))
    facets = Facets({"state": _("State"), "due": _("Due"), "owner": _("Kept by"), "service": _("Service"), "to": _("Promised to")}, "am-promises",
                    _("Promises: {n} of {all}"), by_day={"due": due_values()}, ranked={"state": [state_slug(state) for state in STATES], "due": DUE})
    marked = {state: [(promise, facets.of(_facets(promise, corpus, today))) for promise in promises] for state, promises in states.items()}
    page.html(h('{}<div id="am-promises" {}>', facets.form(), overdue_word()))
    for state, entries in marked.items():
        page.html(Markup("<section data-group>"))
        page.section(2, STATES[state])
        for promise, mark in entries:
            promise_card(promise, corpus, href, page, mark)
        page.html(Markup("</section>"))
    page.html(Markup("</div>"))


def _facets(promise: Promise, corpus: Corpus, today: date) -> dict[str, list[tuple[str, str]]]:
    record, commitment = promise
    named = corpus.settings.vocabulary.named
    return {
        "state": [(state_slug(commitment.progress), _(STATES[commitment.progress]))],
        "due": due_facet(commitment.due, today) if commitment.progress is Progress.OPEN else [],
        "owner": named("owners", filter(None, (record.owner,))),
        "service": named("services", record.service_names),
        "to": [(commitment.to, addressee(commitment.to))] if isinstance(commitment.to, str) else [],
    }


def _rate(states: dict[Progress, list[Promise]]) -> Markup:
    """How many were kept on time; a promise kept of which no day was named, or nobody knows which, was neither on time nor late, and stands in the bar beside them."""
    kept = sum(isinstance(promise.commitment.due, Moment) for promise in states.get(Progress.DONE, ()))
    late, broken = (len(states.get(state, ())) for state in (Progress.LATE, Progress.GIVEN_UP))
    undated = len(states.get(Progress.DONE, ())) - kept
    known = kept + late + broken
    total = sum(map(len, states.values()))
    more = counted("{number} more was kept for which no promised day is known.", "{number} more were kept for which no promised day is known.", undated) if undated else ""
    if not known:
        return h('<p class="am-rate">{} {}</p>', _("Of no promise can it be said yet whether it was kept on time."), more)
    told = h(ngettext("It is known of {known} of {all} promise whether it was kept on time: <b>{kept} of {known}</b> ({percent}).",
                      "It is known of {known} of {all} promises whether they were kept on time: <b>{kept} of {known}</b> ({percent}).", total),
             known=known, all=total, kept=kept, percent=spoken().percent(round(100 * kept / known)))
    return h('<p class="am-rate">{} {}</p>'
             '<p class="am-rate-bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg></p>',
             told, more, rate_bar((("done", kept), ("undated", undated), ("late", late), ("given-up", broken)), known + undated))


def rate_bar(parts: Sequence[tuple[str, int]], known: int) -> Markup:
    """The pieces of a bar that is 100 wide: how many of `known` came out in each way."""
    pieces, start = [], 0.0
    for kind, number in parts:
        if not number:
            continue
        width = 100 * number / known
        pieces.append(h('<rect class="am-rate--{}" x="{:.2f}" width="{:.2f}" height="8"></rect>', kind, start, width))
        start += width
    return Markup("").join(pieces)


def state_slug(state: Progress) -> str:
    """What a state is called in addresses: `not-known`."""
    return STATES[state].lower().replace(" ", "-")


def promise_card(promise: Promise, corpus: Corpus, href: Href, page: Composer, mark: Markup) -> None:
    """A promise, what became of it, and the way to its record; `mark` are attributes for the card."""
    record, commitment = promise
    state = commitment.progress
    label = corpus.settings.vocabulary.label
    chips = Markup(" ").join(h('<a class="am-chip" href="{}">{}</a>', href(f"services/{name}.md"), label("services", name))
                             for name in dict.fromkeys(record.service_names))
    page.html(h('<div class="am-card am-promise am-promise--{}" {}><div class="am-card__head"><span class="am-badge am-badge--{}">{}</span> {}</div>',
                state.value, mark, state.value, promise_word(state), chips))
    render_text(commitment.promise, record, page)
    render_field(_("Why it was broken"), commitment.broken, record, page)
    render_field(_("Kept?"), commitment.kept if isinstance(commitment.kept, Absence) else None, record, page)
    if isinstance(commitment.evidence, str) and not _ADDRESS.fullmatch(commitment.evidence):
        render_field(_("Evidence"), commitment.evidence, record, page)
    page.html(h('<div class="am-card__foot">{}</div><div class="am-card__foot">{} <a href="{}">{}</a>{}</div></div>', _facts(commitment, _slips(promise, corpus)),
                severity_badge(record), href(record.path, commitment.id or ""), record.title or record.stem,
                h(" · {}", h(_("owner {team}"), team=h("<b>{}</b>", label("owners", record.owner)))) if record.owner else ""))


_ADDRESS = re.compile(r"https?://\S+")


def _slips(promise: Promise, corpus: Corpus) -> Markup:
    """The days for which it was due before, as git tells them."""
    past = corpus.history.past(promise.record.path) if promise.record.origin is Origin.INTERNAL else None
    slips = past.slips("promise", promise.commitment.id or "") if past is not None else ()
    return one_after_the_other(slip(change) for change in slips)


def _facts(commitment: Commitment, slips: Markup) -> Markup:
    facts: list[Markup] = []
    if isinstance(commitment.to, str):
        facts.append(h(_(TO), addressee=h("<b>{}</b>", addressee(commitment.to))))
    facts.append(h(_("made {when}"), when=h("<b>{}</b>", when(commitment.made, _("on an unknown day")))))
    facts.append(due_when(commitment.due, awaited=commitment.progress is Progress.OPEN))
    if slips:
        facts.append(h(_("put off {days}"), days=slips))
    if isinstance(commitment.kept, Moment):
        facts.append(h(_("kept {when}"), when=h("<b>{}</b>", when(commitment.kept))))
    if isinstance(commitment.evidence, str) and _ADDRESS.fullmatch(commitment.evidence):
        facts.append(h('<a href="{}">{}</a>', commitment.evidence, _("evidence")))
    elif isinstance(commitment.evidence, Absence):
        facts.append(h(_("evidence {reason}"), reason=absent(commitment.evidence)))
    return Markup(" · ").join(facts)
