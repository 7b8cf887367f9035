"""The risk register: what is still at risk after every incident, how likely and how bad, and who watches it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus
from amends.moments import Moment
from amends.record import Consequence, Likelihood, Record, Risk, given
from amends.render.composer import Composer, Href, h
from amends.render.facets import Facets
from amends.render.register import RECENT
from amends.render.words import absent, severity_badge, when
from amends.typed import Absence

URI = "risks.md"
"""The page's place in the site."""

CARDS = 300
"""How many open risks stand on the page with all that is known of them: the gravest."""

_LIKELY, _BAD = list(Likelihood), list(Consequence)


class Level(int, Enum):
    """How much a risk weighs: its likelihood and its consequence together, the gravest first."""

    EXTREME = 3
    HIGH = 2
    MEDIUM = 1
    LOW = 0

    @property
    def word(self) -> str:
        """As readers see it."""
        return self.name.lower()


class State(str, Enum):
    """Whether a risk still stands. The value is the heading of its section."""

    OPEN = "Open"
    UNKNOWN = "Nobody knows whether they still stand"
    CLOSED = "Closed"

    @property
    def slug(self) -> str:
        """As an address has it."""
        return self.name.lower()


class Kept(NamedTuple):
    """A risk, and the record that tells of it."""

    record: Record
    number: int
    """Which of the record's risks, from 0."""
    risk: Risk

    @property
    def level(self) -> Level | None:
        """None where its likelihood or its consequence is not known."""
        likelihood, consequence = self.risk.likelihood, self.risk.consequence
        if not isinstance(likelihood, Likelihood) or not isinstance(consequence, Consequence):
            return None
        return weighed(likelihood, consequence)

    @property
    def state(self) -> State:
        """Whether it still stands."""
        if self.risk.closed is None:
            return State.OPEN
        return State.UNKNOWN if isinstance(self.risk.closed, Absence) else State.CLOSED


def weighed(likelihood: Likelihood, consequence: Consequence) -> Level:
    """The level of a risk: each of the two counts 0 to 4, and two steps of their sum make a level."""
    steps = _LIKELY.index(likelihood) + _BAD.index(consequence)
    return Level(min(max(steps - 1, 0) // 2, 3))


def risks_of(corpus: Corpus) -> list[Kept]:
    """All risks: the gravest first, those that nobody has weighed after them, and among equals the one to be looked at first."""
    found = [Kept(record, number, risk) for record in corpus.records for number, risk in enumerate(given(record.risk))]
    return sorted(found, key=lambda kept: (-1 if kept.level is None else kept.level, -_review(kept).toordinal()), reverse=True)


def _review(kept: Kept) -> date:
    return kept.risk.review_by.day if isinstance(kept.risk.review_by, Moment) else date.max


def render_risks(corpus: Corpus, href: Href, page: Composer) -> None:
    """The open risks as a map and as cards; those that ended after them."""
    page.markdown("# Risks\n\nWhat can still go wrong after an incident, how likely it is and how bad it would be, and who watches it.")
    risks = risks_of(corpus)
    if not risks:
        page.html(h('<p class="am-empty">No published record tells of a risk yet.</p>'))
        return
    states = {state: [kept for kept in risks if kept.state is state] for state in State}
    page.html(_heat_map(states[State.OPEN]))
    facets = Facets({"level": "Level", "likelihood": "Likelihood", "consequence": "Consequence", "owner": "Watched by", "service": "Service",
                     "again": "Since then", "state": "State"}, "am-risks")
    shown = {state: entries[:CARDS if state is State.OPEN else RECENT] for state, entries in states.items()}
    marked = {state: [(kept, facets.of(_facets(kept, corpus))) for kept in entries] for state, entries in shown.items()}
    page.html(h('{}<div id="am-risks">', facets.form()))
    for state, entries in marked.items():
        if not entries and state is not State.OPEN:
            continue
        page.html(Markup("<section data-group>"))
        page.heading(2, state.value)
        if not entries:
            page.html(h('<p class="am-empty">No risk is open.</p>'))
        for kept, mark in entries:
            _card(kept, mark, corpus, href, page)
        if len(entries) < len(states[state]):
            page.html(h('<p class="am-quiet">The {} gravest of {:,}. The others stand on the pages of their records.</p>', len(entries), len(states[state])))
        page.html(Markup("</section>"))
    page.html(Markup("</div>"))


def _facets(kept: Kept, corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    record, _, risk = kept
    named = corpus.settings.vocabulary.named
    return {
        "level": [(kept.level.word, kept.level.word)] if kept.level is not None else [],
        "likelihood": [(risk.likelihood.value, _words(risk.likelihood))] if isinstance(risk.likelihood, Likelihood) else [],
        "consequence": [(risk.consequence.value, _words(risk.consequence))] if isinstance(risk.consequence, Consequence) else [],
        "owner": named("owners", [risk.owner] if isinstance(risk.owner, str) else []),
        "service": named("services", record.service_names),
        "again": [("again", "it happened again")] if record.stem in corpus.repeats else [("not", "it has not happened again")],
        "state": [(kept.state.slug, {State.UNKNOWN: "not known"}.get(kept.state, kept.state.slug))],
    }


def _words(value: Likelihood | Consequence) -> str:
    return str(value.value).replace("-", " ")


def _heat_map(risks: Sequence[Kept]) -> Markup:
    """How many open risks there are of each likelihood and consequence: a table, whose colours say what its words say too."""
    if not risks:
        return Markup("")
    counts = Counter((kept.risk.likelihood, kept.risk.consequence) for kept in risks if kept.level is not None)
    head = Markup("").join(h('<th scope="col">{}</th>', _words(consequence)) for consequence in _BAD)
    rows = Markup("").join(
        h('<tr><th scope="row">{}</th>{}</tr>', _words(likelihood),
          Markup("").join(_cell(likelihood, consequence, counts[likelihood, consequence]) for consequence in _BAD))
        for likelihood in reversed(_LIKELY))
    levels = Counter(kept.level for kept in risks)
    legend = Markup("").join(h('<li class="am-heat--{}">{} {}</li>', level.word, levels[level], level.word) for level in Level)
    unweighed = h("<li>{} not weighed</li>", levels[None]) if levels[None] else ""
    return h('<figure class="am-heat"><figcaption><b>{} open {}</b><ul>{}{}</ul></figcaption><div class="am-scroll" tabindex="0"><table class="am-heat__map">'
             '<caption>How likely, and how bad it would be</caption><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div></figure>',
             len(risks), "risk" if len(risks) == 1 else "risks", legend, unweighed, head, rows)


def _cell(likelihood: Likelihood, consequence: Consequence, number: int) -> Markup:
    level = weighed(likelihood, consequence).word
    if not number:
        return h('<td class="am-heat--{0}"><span>{0}</span></td>', level)
    return h('<td class="am-heat--{0} am-heat--some"><a href="?likelihood={1}&amp;consequence={2}#am-risks" aria-label="{3} {4}, {0}"><b>{3}</b><span>{0}</span></a></td>',
             level, likelihood.value, consequence.value, number, "risk" if number == 1 else "risks")


def _card(kept: Kept, mark: Markup, corpus: Corpus, href: Href, page: Composer) -> None:
    record, _, risk = kept
    label = corpus.settings.vocabulary.label
    level = h('<span class="am-badge am-heat--{0}">{0}</span>', kept.level.word) if kept.level is not None else h('<span class="am-badge am-badge--quiet">not weighed</span>')
    repeats = corpus.repeats.get(record.stem, ())
    again = h(' <span class="am-badge am-badge--given-up">came true</span>') if repeats else ""
    page.html(h('<div class="am-card am-risk" {}><div class="am-card__head">{}{} <span class="am-quiet">{}</span></div>', mark, level, again, _weights(risk)))
    if isinstance(risk.what, Absence):
        page.html(h('<div class="am-absence am-absence--{}">{}</div>', risk.what.kind, absent(risk.what)))
    elif risk.what:
        page.text(risk.what, record.path)
    if risk.protection is not None:
        page.html(Markup('<div class="am-field"><div class="am-label">Protection meanwhile</div>'))
        if isinstance(risk.protection, Absence):
            page.html(absent(risk.protection))
        else:
            page.text(risk.protection, record.path)
        page.html(Markup("</div>"))
    if repeats:
        page.html(h('<p class="am-card__foot">The incident happened again: {}</p>', Markup(", ").join(
            h('<a href="{}">{}</a>', href(repeat.path), repeat.title or repeat.stem) for repeat in repeats)))
    owner = absent(risk.owner) if isinstance(risk.owner, Absence) else label("owners", risk.owner) if risk.owner else h('<span class="am-unsaid">nobody yet</span>')
    facts = [h("watched by <b>{}</b>", owner)]
    if kept.state is State.OPEN:
        due = h(' data-due="{}"', risk.review_by.day) if isinstance(risk.review_by, Moment) else ""
        facts.append(h("<span{}>looked at again by <b>{}</b></span>", due, when(risk.review_by, "no date")))
    else:
        facts.append(h("ended <b>{}</b>", when(risk.closed)))
    page.html(h('<div class="am-card__foot">{}</div><div class="am-card__foot">{} <a href="{}">{}</a></div></div>', Markup(" · ").join(facts),
                severity_badge(record), href(record.path, "what-is-still-at-risk"), record.title or record.stem))


def _weights(risk: Risk) -> Markup:
    """The two words that make the level, or why there is none."""
    said = [absent(value) if isinstance(value, Absence) else h("{}", _words(value)) for value in (risk.likelihood, risk.consequence) if value is not None]
    return Markup(" · ").join(said)
