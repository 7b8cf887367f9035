"""Follow-through: every action that published records tell of, what became of it, and how long that took."""

from collections import Counter, defaultdict
from datetime import date
from enum import Enum
from typing import NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus
from amends.moments import Moment
from amends.record import Action, Origin, Progress, Record, given
from amends.render.composer import Composer, Href, h
from amends.render.facets import Facets
from amends.render.history import slip
from amends.render.ledger import rate_bar
from amends.render.register import RECENT
from amends.render.words import absent, severity_badge, span, when
from amends.typed import Absence

URI = "actions.md"
"""The page's place in the site."""


class State(str, Enum):
    """What became of an action. The value is the heading of its section."""

    OPEN = "Open"
    LATE = "Done late"
    DROPPED = "Dropped"
    ON_TIME = "Done on time"
    UNDATED = "Done, no day had been named"
    UNKNOWN = "Not known"

    @property
    def slug(self) -> str:
        """As an address has it."""
        return self.name.lower().replace("_", "-")


_KNOWN = (State.ON_TIME, State.LATE, State.DROPPED)
"""The outcomes that a rate counts: of these one can say whether the day that was named was kept."""

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
            works.sort(key=lambda work: (_day(work.action.due) or date.max, work.record.stem))
        else:
            works.sort(key=lambda work: (_day(work.action.done) or _day(work.action.due) or date.min, work.record.stem), reverse=True)
    return {state: works for state, works in states.items() if works}


def render_actions(corpus: Corpus, href: Href, page: Composer) -> None:
    """How much of what was planned was done, by team; then every action, the open ones first."""
    page.markdown("# Follow-through\n\nWhat was to be done so that it does not happen again, and what became of it.")
    states = work_by_state(corpus)
    if not states:
        page.html(h('<p class="am-empty">No published record tells of an action yet.</p>'))
        return
    page.html(_rate(states))
    page.html(h('<p class="am-chips">{}</p>', Markup(" ").join(
        h('<a class="am-chip" href="#{}">{} <b>{}</b></a>', f"state-{state.slug}", state.value, len(works)) for state, works in states.items())))
    page.html(_teams(states, corpus))
    facets = Facets({"state": "State", "owner": "Team", "service": "Service", "kind": "Kind"}, "am-actions")
    shown = {state: works if state is State.OPEN else works[:RECENT] for state, works in states.items()}
    marked = {state: [(work, facets.of(_facets(work, corpus))) for work in works] for state, works in shown.items()}
    page.html(h('{}<div id="am-actions">', facets.form()))
    for state, entries in marked.items():
        page.html(h('<section data-group id="state-{}">', state.slug))
        page.heading(2, state.value)
        for work, mark in entries:
            _card(work, mark, corpus, href, page)
        if len(entries) < len(states[state]):
            page.html(h('<p class="am-quiet">The {} latest of {:,}. Older ones stand on the pages of their records.</p>', len(entries), len(states[state])))
        page.html(Markup("</section>"))
    page.html(Markup("</div>"))


def _facets(work: Work, corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    named = corpus.settings.vocabulary.named
    return {
        "state": [(work.state.slug, work.state.value)],
        "owner": named("owners", filter(None, (work.team,))),
        "service": named("services", (name for record in (work.record, *work.also) for name in record.service_names)),
        "kind": [(work.action.kind.value, work.action.kind.value)] if work.action.kind else [],
    }


def _rate(states: dict[State, list[Work]]) -> Markup:
    """How many were done on time, of those of which one can say it; the others are named beside it."""
    counts = {state: len(works) for state, works in states.items()}
    known = sum(counts.get(state, 0) for state in _KNOWN)
    others = [(counts.get(State.OPEN, 0), "still open"), (counts.get(State.UNDATED, 0), "done without a day having been named"),
              (counts.get(State.UNKNOWN, 0), "of unknown outcome")]
    beside = ", ".join(f"{number} {word}" for number, word in others if number)
    more = h(" Not counted: {}.", beside) if beside else ""
    if not known:
        return h('<p class="am-rate">Of no action can it be said yet whether it was done on time.{}</p>', more)
    on_time = counts.get(State.ON_TIME, 0)
    percent = f" ({round(100 * on_time / known)} %)" if known >= counts.get(State.UNKNOWN, 0) else ""  # a share of the few would pass for one of all
    order = (State.ON_TIME, State.UNDATED, State.LATE, State.DROPPED, State.OPEN, State.UNKNOWN)
    return h('<p class="am-rate"><b>{} of {}</b> actions with a known outcome {} done on time{}.{}</p>'
             '<p class="am-rate-bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg></p>',
             on_time, known, "was" if on_time == 1 else "were", percent, more,
             rate_bar([("undated" if state is State.UNDATED else _TONES[state], counts.get(state, 0)) for state in order], sum(counts.values())))


def _teams(states: dict[State, list[Work]], corpus: Corpus) -> Markup:
    """How far each team has come, by name and not by rank; nothing where there is one team."""
    teams: dict[str | None, Counter[State]] = defaultdict(Counter)
    for state, works in states.items():
        for work in works:
            teams[work.team][state] += 1
    if len(teams) < 2:
        return Markup("")
    columns = [state for state in State if state in states]
    names = {team: corpus.settings.vocabulary.label("owners", team) if team else "nobody named" for team in teams}
    head = Markup("").join(h('<th scope="col" class="am-number">{}</th>', state.value) for state in columns)
    rows = Markup("").join(
        h('<tr><th scope="row">{}</th>{}<td class="am-number">{}</td></tr>', names[team],
          Markup("").join(h('<td class="am-number">{}</td>', counts[state] or "") for state in columns), _of_known(counts))
        for team, counts in sorted(teams.items(), key=lambda entry: (entry[0] is None, names[entry[0]].casefold())))
    return h('<details class="am-behind-picture"><summary>By team</summary><div class="am-scroll" tabindex="0"><table class="am-figures"><thead><tr><td></td>{}'
             '<th scope="col" class="am-number">On time, of known</th></tr></thead><tbody>{}</tbody></table></div></details>', head, rows)


def _of_known(counts: Counter[State]) -> str:
    known = sum(counts[state] for state in _KNOWN)
    return f"{counts[State.ON_TIME]} of {known}" if known else "–"


def _card(work: Work, mark: Markup, corpus: Corpus, href: Href, page: Composer) -> None:
    record, action, also = work
    label = corpus.settings.vocabulary.label
    kind = h(' <span class="am-badge am-badge--quiet">{}</span>', action.kind.value) if action.kind else ""
    page.html(h('<div class="am-card am-action am-action--{}" {}><div class="am-card__head"><span class="am-badge am-badge--{}">{}</span>{}</div>',
                _TONES[work.state], mark, _TONES[work.state], work.state.value.lower().split(",")[0], kind))
    _text(action.what, record, page)
    for name, text in (("Why it was dropped", action.dropped), ("Done?", action.done if isinstance(action.done, Absence) else None)):
        if text is not None:
            page.html(h('<div class="am-field"><div class="am-label">{}</div>', name))
            _text(text, record, page)
            page.html(Markup("</div>"))
    others = h('<div class="am-card__foot">also counted on by {}</div>', Markup(", ").join(
        h('<a href="{}">{}</a>', href(other.path, "actions"), other.title or other.stem) for other in also)) if also else ""
    team = h("<b>{}</b>", label("owners", work.team)) if work.team else h('<span class="am-unsaid">nobody named</span>')
    page.html(h('<div class="am-card__foot">{} · {}</div>{}<div class="am-card__foot">{} <a href="{}">{}</a></div></div>', team, _times(work, corpus),
                others, severity_badge(record), href(record.path, action.id or "actions"), record.title or record.stem))


def _text(text: str | Absence | None, record: Record, page: Composer) -> None:
    if isinstance(text, str):
        page.text(text, record.path)
    elif isinstance(text, Absence):
        page.html(h('<div class="am-absence am-absence--{}">{}</div>', text.kind, absent(text)))


def _times(work: Work, corpus: Corpus) -> Markup:
    """When it was due and done, how often the day was put off, and how old it is: from the incident on."""
    record, action, _ = work
    awaited = h(' data-due="{}"', action.due.day) if work.state is State.OPEN and isinstance(action.due, Moment) else ""
    facts = [h("<span{}>due <b>{}</b></span>", awaited, when(action.due, "no date"))]
    past = corpus.history.past(record.path) if record.origin is Origin.INTERNAL and action.id else None
    if past is not None and (slips := past.slips("action", action.id)):
        facts.append(h('<span class="am-slip">put off {}</span>', Markup(", then ").join(slip(change) for change in slips)))
    if isinstance(action.done, Moment):
        facts.append(h("done <b>{}</b>", when(action.done)))
        if record.started is not None and not action.done.before(record.started):
            facts.append(h("{} after the incident", span(record.started.until(action.done))))
    elif work.state is State.OPEN and record.started is not None:
        facts.append(h('open since the incident<span data-since="{}"></span>', record.started.day))
    return Markup(" · ").join(facts)


def _day(value: Moment | Absence | None) -> date | None:
    return value.day if isinstance(value, Moment) else None
