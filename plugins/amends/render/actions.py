"""Follow-through: every action that published records tell of, what became of it, and how long that took."""

from collections import Counter, defaultdict
from datetime import date
from enum import Enum
from typing import NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, NP_, _, counted, ngettext, pgettext, spoken
from amends.reading.moments import Moment, day_told
from amends.reading.typed import Absence
from amends.record import Action, ActionKind, Origin, Progress, Record, given
from amends.render.composer import Composer, Href, h, tbody, wide_table
from amends.render.facets import Facets
from amends.render.history import one_after_the_other, slip
from amends.render.ledger import rate_bar
from amends.render.overdue import DUE, age_facet, age_values, due_facet, due_values, due_when, overdue_line, overdue_word
from amends.render.register import RECENT
from amends.render.terms import term
from amends.render.texts import render_field, render_text
from amends.render.words import severity_badge, span, when

URI = "actions.md"
"""The page's place in the site."""


class State(str, Enum):
    """What became of an action. The value is the heading of its section."""

    OPEN = N_("Open")
    LATE = N_("Done late")
    DROPPED = N_("Dropped")
    ON_TIME = N_("Done on time")
    UNDATED = N_("Done, no due day known")
    UNKNOWN = N_("Not known")

    @property
    def slug(self) -> str:
        """As an address has it."""
        return self.name.lower().replace("_", "-")


_KNOWN = (State.ON_TIME, State.LATE, State.DROPPED)
"""The outcomes that a rate counts: of these one can say whether the day that was named was kept."""

_WORDS = {
    State.OPEN: NP_("action", "open"),
    State.LATE: NP_("action", "done late"),
    State.DROPPED: NP_("action", "dropped"),
    State.ON_TIME: NP_("action", "done on time"),
    State.UNDATED: NP_("action", "done"),
    State.UNKNOWN: NP_("action", "not known"),
}
"""The states in as few words as a badge has room for."""

_TONES = {State.OPEN: "open", State.LATE: "late", State.DROPPED: "given-up", State.ON_TIME: "done", State.UNDATED: "done", State.UNKNOWN: "quiet"}


class Work(NamedTuple):
    """An action, and the records that count on it."""

    record: Record
    """The one in which it stands."""
    action: Action
    also: tuple[Record, ...]
    """Others, which point at it with `same_as`."""

    @property
    def state(self) -> State:
        """What became of it."""
        match self.action.progress:
            case Progress.DONE:
                return State.ON_TIME if isinstance(self.action.due, Moment) else State.UNDATED
            case Progress.LATE:
                return State.LATE
            case Progress.GIVEN_UP:
                return State.DROPPED
            case Progress.UNKNOWN:
                return State.UNKNOWN
            case _:
                return State.OPEN

    @property
    def team(self) -> str | None:
        """Who does it: its own owner, or else the record's."""
        return self.action.owner if isinstance(self.action.owner, str) else self.record.owner


def work_by_state(corpus: Corpus) -> dict[State, list[Work]]:
    """Every action once: the open ones by due date, those without one last; the others with the latest first."""
    pointing: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in corpus.records:
        for action in given(record.actions):
            if action.same_as and (found := corpus.action(action.same_as)) is not None:
                pointing[found[0].stem, found[1].id or ""].append(record)
    states: dict[State, list[Work]] = {state: [] for state in State}
    for record in corpus.records:
        for action in given(record.actions):
            if action.same_as is None:
                work = Work(record, action, tuple(pointing.get((record.stem, action.id), ())) if action.id else ())
                states[work.state].append(work)
    for state, works in states.items():
        if state is State.OPEN:
            works.sort(key=lambda work: (day_told(work.action.due) or date.max, work.record.stem))
        else:
            works.sort(key=lambda work: (day_told(work.action.done) or day_told(work.action.due) or date.min, work.record.stem), reverse=True)
    return {state: works for state, works in states.items() if works}


def render_actions(corpus: Corpus, today: date, href: Href, page: Composer) -> None:
    """How much of what was planned was done, by team; then every action, the open ones first. On the day of the build, `today`, some are overdue."""
    page.opening(N_("Follow-through"), N_("What was to be done so that it does not happen again, and what became of it."))
    states = work_by_state(corpus)
    if not states:
        page.html(h('<p class="am-empty">{}</p>', _("No published record tells of an action yet.")))
        return
    page.html(_rate(states))
    page.html(overdue_line((work.action.due for work in states.get(State.OPEN, ())), "am-actions", today))
    page.html(h('<p class="am-chips">{}</p>', Markup(" ").join(
        h('<a class="am-chip" href="#{}">{} <b>{}</b></a>', f"state-{state.slug}", _(state.value), len(works)) for state, works in states.items())))
    page.html(_teams(states, corpus))
    facets = Facets({"state": _("State"), "due": _("Due"), "age": _("Open for"), "owner": _("Team"), "service": _("Service"), "kind": _("Kind")},
                    "am-actions", _("Actions: {n} of {all}"), by_day={"due": due_values(), "age": age_values()},
                    ranked={"state": [state.slug for state in State], "due": DUE, "age": [value for value, _name in age_values()], "kind": list(ActionKind)})
    shown = {state: works if state is State.OPEN else works[:RECENT] for state, works in states.items()}
    marked = {state: [(work, facets.of(_facets(work, corpus, today))) for work in works] for state, works in shown.items()}
    page.html(h('{}<div id="am-actions" {}>', facets.form(), overdue_word()))
    for state, entries in marked.items():
        page.html(h('<section data-group id="state-{}">', state.slug))
        page.section(2, state.value)
        if len(entries) < len(states[state]):
            page.html(h('<p class="am-quiet">{}</p>', _("The {shown} latest of {all}. Older ones stand on the pages of their records.").format(
                shown=len(entries), all=spoken().number(len(states[state])))))
        for work, mark in entries:
            _card(work, mark, corpus, href, page)
        page.html(Markup("</section>"))
    page.html(Markup("</div>"))


def _facets(work: Work, corpus: Corpus, today: date) -> dict[str, list[tuple[str, str]]]:
    named = corpus.settings.vocabulary.named
    is_open, began = work.state is State.OPEN, work.record.started
    return {
        "state": [(work.state.slug, _(work.state.value))],
        "due": due_facet(work.action.due, today) if is_open else [],
        "age": age_facet(began.day, today) if is_open and began is not None else [],
        "owner": named("owners", filter(None, (work.team,))),
        "service": named("services", (name for record in (work.record, *work.also) for name in record.service_names)),
        "kind": [(work.action.kind.value, term(work.action.kind))] if work.action.kind else [],
    }


def _rate(states: dict[State, list[Work]]) -> Markup:
    """How many were done on time, of those of which one can say it; the others are named beside it."""
    counts = {state: len(works) for state, works in states.items()}
    known = sum(counts.get(state, 0) for state in _KNOWN)
    still_open, undated, unknown = (counts.get(state, 0) for state in (State.OPEN, State.UNDATED, State.UNKNOWN))
    beside = ", ".join(filter(None, (
        counted("{number} still open", "{number} still open", still_open) if still_open else "",
        counted("{number} done for which no due day is known", "{number} done for which no due day is known", undated) if undated else "",
        counted("{number} of which it is not known whether or when", "{number} of which it is not known whether or when", unknown) if unknown else "")))
    more = _("Not counted: {counts}.").format(counts=beside) if beside else ""
    if not known:
        return h('<p class="am-rate">{} {}</p>', _("Of no action can it be said yet whether it was done on time."), more)
    on_time, total = counts.get(State.ON_TIME, 0), sum(counts.values())
    if known >= unknown:
        told = h(ngettext("It is known of {known} of {all} action whether it was done on time: <b>{done} of {known}</b> ({percent}).",
                          "It is known of {known} of {all} actions whether they were done on time: <b>{done} of {known}</b> ({percent}).", total),
                 known=known, all=total, done=on_time, percent=spoken().percent(round(100 * on_time / known)))
    else:  # a share of the few would pass for one of all
        told = h(ngettext("It is known of {known} of {all} action whether it was done on time: <b>{done} of {known}</b>.",
                          "It is known of {known} of {all} actions whether they were done on time: <b>{done} of {known}</b>.", total),
                 known=known, all=total, done=on_time)
    order = (State.ON_TIME, State.UNDATED, State.LATE, State.DROPPED, State.OPEN, State.UNKNOWN)
    return h('<p class="am-rate">{} {}</p>'
             '<p class="am-rate-bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg></p>', told, more,
             rate_bar([("undated" if state is State.UNDATED else _TONES[state], counts.get(state, 0)) for state in order], total))


def _teams(states: dict[State, list[Work]], corpus: Corpus) -> Markup:
    """How far each team has come, by name and not by rank; nothing where there is one team."""
    teams: dict[str | None, Counter[State]] = defaultdict(Counter)
    for state, works in states.items():
        for work in works:
            teams[work.team][state] += 1
    if len(teams) < 2:
        return Markup("")
    columns = [state for state in State if state in states]
    names = {team: corpus.settings.vocabulary.label("owners", team) if team else _("nobody named") for team in teams}
    head = Markup("").join(h('<th scope="col" class="am-number">{}</th>', _(state.value)) for state in columns)
    rows = Markup("").join(
        h('<tr><th scope="row">{}</th>{}<td class="am-number">{}</td></tr>', names[team],
          Markup("").join(h('<td class="am-number">{}</td>', counts[state] or "") for state in columns), _of_known(counts))
        for team, counts in sorted(teams.items(), key=lambda entry: (entry[0] is None, names[entry[0]].casefold())))
    heads = h('<td></td>{}<th scope="col" class="am-number">{}</th>', head, _("On time, where known"))
    return h('<details class="am-behind-picture"><summary>{}</summary>{}</details>', _("By team"), wide_table("am-figures", _("Actions by team"), heads, tbody(rows)))


def _of_known(counts: Counter[State]) -> str:
    known = sum(counts[state] for state in _KNOWN)
    return _("{number} of {whole}").format(number=counts[State.ON_TIME], whole=known) if known else "–"


def _card(work: Work, mark: Markup, corpus: Corpus, href: Href, page: Composer) -> None:
    record, action, also = work
    label = corpus.settings.vocabulary.label
    kind = h(' <span class="am-badge am-badge--quiet">{}</span>', term(action.kind)) if action.kind else ""
    page.html(h('<div class="am-card am-action am-action--{}" {}><div class="am-card__head"><span class="am-badge am-badge--{}">{}</span>{}</div>',
                _TONES[work.state], mark, _TONES[work.state], pgettext(*_WORDS[work.state]), kind))
    render_text(action.what, record, page)
    render_field(_("Why it was dropped"), action.dropped, record, page)
    render_field(_("Done?"), action.done if isinstance(action.done, Absence) else None, record, page)
    others = h('<div class="am-card__foot">{}</div>', h(_("also counted on by {records}"), records=Markup(", ").join(
        h('<a href="{}">{}</a>', href(other.path, "actions"), other.title or other.stem) for other in also))) if also else ""
    team = h("<b>{}</b>", label("owners", work.team)) if work.team else h('<span class="am-unsaid">{}</span>', _("nobody named"))
    page.html(h('<div class="am-card__foot">{} · {}</div>{}<div class="am-card__foot">{} <a href="{}">{}</a></div></div>', team, _times(work, corpus),
                others, severity_badge(record), href(record.path, action.id or "actions"), record.title or record.stem))


def _times(work: Work, corpus: Corpus) -> Markup:
    """When it was due and done, how often the day was put off, and how old it is: from the incident on."""
    record, action = work.record, work.action
    facts = [due_when(action.due, awaited=work.state is State.OPEN)]
    past = corpus.history.past(record.path) if record.origin is Origin.INTERNAL and action.id else None
    if past is not None and (slips := past.slips("action", action.id)):
        facts.append(h(_("put off {days}"), days=one_after_the_other(slip(change) for change in slips)))
    if isinstance(action.done, Moment):
        facts.append(h(_("done {when}"), when=h("<b>{}</b>", when(action.done))))
        if record.started is not None and not action.done.by and not action.done.before(record.started):
            facts.append(h(_("{length} after the incident"), length=span(record.started.until(action.done))))
    elif work.state is State.OPEN and record.started is not None:
        facts.append(h('<span lang="{}" data-since="{}" data-for="{}">{}</span>', spoken().code, record.started.day, _("open since the incident: {length}"), _("open since the incident")))
    return Markup(" · ").join(facts)
