"""The risk register: what is still at risk after every incident, how likely and how bad, and who watches it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus, Foreseen
from amends.language import N_, NP_, _, counted, pgettext, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Consequence, Likelihood, Record, Risk, given
from amends.render.composer import Composer, Href, h, tbody, wide_table
from amends.render.evidence import warning_banner
from amends.render.facets import Facets
from amends.render.overdue import DUE, again_when, due_facet, due_values, is_overdue, overdue_line, overdue_word
from amends.render.plain import plain_words
from amends.render.register import RECENT
from amends.render.terms import term
from amends.render.words import absent, severity_badge, when

URI = "risks.md"
"""The page's place in the site."""

CARDS = 300
"""How many open risks stand on the page with all that is known of them: the gravest. The others have a line each."""

AT_RISK = "what-is-still-at-risk"
"""The section of a record's page that tells of its risks."""

_LIKELY, _BAD = list(Likelihood), list(Consequence)


class Level(int, Enum):
    """How much a risk weighs: its likelihood and its consequence together, the gravest first."""

    EXTREME = 3
    HIGH = 2
    MEDIUM = 1
    LOW = 0

    @property
    def slug(self) -> str:
        """As an address has it."""
        return self.name.lower()

    @property
    def word(self) -> str:
        """As readers see it."""
        return pgettext(*_LEVELS[self])


_LEVELS = {
    Level.EXTREME: NP_("level of a risk", "extreme"),
    Level.HIGH: NP_("level of a risk", "high"),
    Level.MEDIUM: NP_("level of a risk", "medium"),
    Level.LOW: NP_("level of a risk", "low"),
}


class State(str, Enum):
    """Whether a risk still stands. The value is the heading of its section."""

    OPEN = N_("Open")
    UNKNOWN = N_("Nobody knows whether they still stand")
    CLOSED = N_("Closed")

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


def render_risks(corpus: Corpus, today: date, href: Href, page: Composer) -> None:
    """The open risks as a map and as cards, those first that were to be looked at before the day of the build, `today`; those that ended after them."""
    page.opening(N_("Risks"), N_("What can still go wrong after an incident, how likely it is and how bad it would be, and who watches it."))
    risks = risks_of(corpus)
    if not risks:
        page.html(h('<p class="am-empty">{}</p>', _("No published record tells of a risk yet.")))
        return
    states = {state: [kept for kept in risks if kept.state is state] for state in State}
    states[State.OPEN].sort(key=lambda kept: not is_overdue(kept.risk.review_by, today))
    shown = {state: entries if state is State.OPEN else entries[:RECENT] for state, entries in states.items()}
    page.html(overdue_line((kept.risk.review_by for kept in states[State.OPEN]), "am-risks", today))
    page.html(_heat_map(states[State.OPEN], Counter(kept.level for kept in risks)))
    facets = Facets({"level": _("Level"), "likelihood": _("Likelihood"), "consequence": _("Consequence"), "due": _("Looked at again"),
                     "owner": _("Watched by"), "service": _("Service"), "again": _("Since then"), "state": _("State")}, "am-risks", _("Risks: {n} of {all}"),
                    by_day={"due": due_values()}, ranked={"level": [level.slug for level in Level], "likelihood": _LIKELY[::-1], "consequence": _BAD[::-1],
                                                          "due": DUE, "state": [state.slug for state in State]})
    marked = {state: [(kept, facets.of(_facets(kept, corpus, today))) for kept in entries] for state, entries in shown.items()}
    page.html(h('{}<div id="am-risks" {}>', facets.form(), overdue_word()))
    for state, entries in marked.items():
        if not entries and state is not State.OPEN:
            continue
        page.html(Markup("<section data-group>"))
        page.section(2, state.value)
        if not entries:
            page.html(h('<p class="am-empty">{}</p>', _("No risk is open.")))
        if len(entries) < len(states[state]):
            page.html(h('<p class="am-quiet">{}</p>', _("The {shown} gravest of {all}. The others stand on the pages of their records.").format(
                shown=len(entries), all=spoken().number(len(states[state])))))
        for kept, mark in entries[:CARDS]:
            _card(kept, mark, corpus, href, page)
        page.html(Markup("").join(_line(kept, mark, href) for kept, mark in entries[CARDS:]) + Markup("</section>"))
    page.html(Markup("</div>"))


def _facets(kept: Kept, corpus: Corpus, today: date) -> dict[str, list[tuple[str, str]]]:
    record, risk = kept.record, kept.risk
    named = corpus.settings.vocabulary.named
    since = "came-true" if came_true(risk, corpus) else "again" if record.stem in corpus.repeats else "not"
    return {
        "level": [(kept.level.slug, kept.level.word)] if kept.level is not None else [],
        "likelihood": [(risk.likelihood.value, term(risk.likelihood))] if isinstance(risk.likelihood, Likelihood) else [],
        "consequence": [(risk.consequence.value, term(risk.consequence))] if isinstance(risk.consequence, Consequence) else [],
        "due": due_facet(risk.review_by, today) if kept.state is State.OPEN else [],
        "owner": named("owners", [risk.owner] if isinstance(risk.owner, str) else []),
        "service": named("services", record.service_names),
        "again": [(since, _(_SINCE[since]))],
        "state": [(kept.state.slug, pgettext(*_STATES[kept.state]))],
    }


_SINCE = {"came-true": N_("it came true"), "again": N_("it happened again"), "not": N_("it has not happened again")}
"""What happened after the record told of it, and how readers are told."""

_STATES = {State.OPEN: NP_("risk", "open"), State.UNKNOWN: NP_("risk", "not known"), State.CLOSED: NP_("risk", "closed")}


def _heat_map(risks: Sequence[Kept], of_all: Mapping[Level | None, int]) -> Markup:
    """How many open risks there are of each likelihood and consequence: a table, whose colours say what its words say too.

    `of_all` counts the risks of each level, whether open or not: as many as the filters below count.
    """
    if not risks:
        return Markup("")
    counts = Counter((kept.risk.likelihood, kept.risk.consequence) for kept in risks if kept.level is not None)
    head = Markup("").join(h('<th scope="col">{}</th>', term(consequence)) for consequence in _BAD)
    rows = Markup("").join(
        h('<tr><th scope="row">{}</th>{}</tr>', term(likelihood),
          Markup("").join(_cell(likelihood, consequence, counts[likelihood, consequence]) for consequence in _BAD))
        for likelihood in reversed(_LIKELY))
    axes = _("How likely, and how bad it would be")  # seen below the table, where a caption would move while the rows arrive
    levels = Counter(kept.level for kept in risks)
    legend = Markup("").join(h('<li class="am-heat--{}">{}</li>', level.slug, _counted(level, levels[level], of_all.get(level, 0))) for level in Level)
    unweighed = h("<li>{}</li>", counted("{number} not weighed", "{number} not weighed", levels[None])) if levels[None] else ""
    return h('<figure class="am-heat"><figcaption><b>{}</b><ul>{}{}</ul></figcaption>{}<p class="am-heat__axes" aria-hidden="true">{}</p></figure>',
             counted("{number} open risk", "{number} open risks", len(risks)), legend, unweighed, wide_table("am-heat__map", axes, h("<td></td>{}", head), tbody(rows)), axes)


def _counted(level: Level, still_open: int, of_all: int) -> str:
    """How many risks of a level are open, and of how many where others are not."""
    message = _("{level}: {number} of {all} open") if of_all > still_open else _("{level}: {number} open")
    return message.format(level=level.word, number=spoken().number(still_open), all=spoken().number(of_all))


def _cell(likelihood: Likelihood, consequence: Consequence, number: int) -> Markup:
    level = weighed(likelihood, consequence)
    if not number:
        return h('<td class="am-heat--{}"><span>{}</span></td>', level.slug, level.word)
    return h('<td class="am-heat--{} am-heat--some"><a href="?likelihood={}&amp;consequence={}&amp;state=open#am-risks" aria-label="{}"><b>{}</b><span>{}</span></a></td>',
             level.slug, likelihood.value, consequence.value, counted("{number} {level}: open risk", "{number} {level}: open risks", number, level=level.word), number, level.word)


def _line(kept: Kept, mark: Markup, href: Href) -> Markup:
    """A risk in one line, which leads to where all of it stands."""
    what = plain_words(kept.risk.what) if isinstance(kept.risk.what, str) else _("a risk")
    return h('<div class="am-risk-line" {}>{} <a href="{}">{}</a> <span class="am-quiet">{} · {}</span></div>', mark, _level(kept), href(kept.record.path, AT_RISK), what,
             again_when(kept.risk.review_by), kept.record.title or kept.record.stem)


def _level(kept: Kept) -> Markup:
    if kept.level is None:
        return h('<span class="am-badge am-badge--quiet">{}</span>', _("not weighed"))
    return h('<span class="am-badge am-heat--{}">{}</span>', kept.level.slug, kept.level.word)


def _card(kept: Kept, mark: Markup, corpus: Corpus, href: Href, page: Composer) -> None:
    record, risk = kept.record, kept.risk
    label = corpus.settings.vocabulary.label
    page.html(h('<div class="am-card am-risk" {}><div class="am-card__head">{}{} <span class="am-quiet">{}</span></div>', mark, _level(kept),
                came_true_badge(risk, corpus), _weights(risk)))
    if isinstance(risk.what, Absence):
        page.html(h('<div class="am-absence am-absence--{}">{}</div>', risk.what.kind, absent(risk.what)))
    elif risk.what:
        page.text(risk.what, record.path)
    if risk.protection is not None:
        page.html(h('<div class="am-field"><div class="am-label">{}</div>', _("Protection meanwhile")))
        if isinstance(risk.protection, Absence):
            page.html(absent(risk.protection))
        else:
            page.text(risk.protection, record.path)
        page.html(Markup("</div>"))
    page.html(since_then(record, risk, corpus, href))
    owner = absent(risk.owner) if isinstance(risk.owner, Absence) else label("owners", risk.owner) if risk.owner else h(
        '<span class="am-unsaid">{}</span>', _("nobody yet"))
    facts = [h(_("watched by {team}"), team=h("<b>{}</b>", owner))]
    if kept.state is State.OPEN:
        facts.append(again_when(risk.review_by))
    else:
        facts.append(h(_("ended {when}"), when=h("<b>{}</b>", when(risk.closed))))
    page.html(h('<div class="am-card__foot">{}</div><div class="am-card__foot">{} <a href="{}">{}</a></div></div>', Markup(" · ").join(facts),
                severity_badge(record), href(record.path, AT_RISK), record.title or record.stem))


def came_true(risk: Risk, corpus: Corpus) -> list[Record]:
    """The later incidents in which it came true."""
    return [later for stem in given(risk.came_true) if (later := corpus.record(stem)) is not None]


def came_true_badge(risk: Risk, corpus: Corpus) -> Markup:
    """That it came true; empty where nobody says so."""
    return h(' <span class="am-badge am-badge--given-up">{}</span>', _("it came true")) if came_true(risk, corpus) else Markup("")


def since_then(record: Record, risk: Risk, corpus: Corpus, href: Href) -> Markup:
    """In which later incident it came true; or that `record`'s incident happened again, and what is said of this risk. Empty where it did not."""
    if later := came_true(risk, corpus):
        return h('<p class="am-card__foot">{}</p>', h(_("It came true: {records}"), records=record_links(later, href)))
    repeats = corpus.repeats.get(record.stem, ())
    if not repeats:
        return h('<div class="am-card__foot">{}</div>', h(_("It came true: {records}"), records=absent(risk.came_true))) if isinstance(risk.came_true, Absence) else Markup("")
    said = absent(risk.came_true) if isinstance(risk.came_true, Absence) else h(
        '<span class="am-unsaid">{}</span>', _("Nobody says whether this risk came true."))
    return h('<div class="am-card__foot">{} {}</div>', h(_("The incident happened again: {records}."), records=record_links(repeats, href)), said)


def record_links(records: Iterable[Record], href: Href) -> Markup:
    """The titles of records on one line, each leading to its page."""
    return Markup(", ").join(h('<a href="{}">{}</a>', href(record.path), record.title or record.stem) for record in records)


def foreseen_banner(foreseen: Sequence[Foreseen], href: Href) -> Markup:
    """What a record's page says of the risks that came true in its incident."""
    lines = Markup("").join(
        h('<li><a href="{}">{}</a> <span class="am-quiet">{}</span></li>', href(each.record.path, AT_RISK),
          plain_words(each.risk.what) if isinstance(each.risk.what, str) else _("a risk"), each.record.title or each.record.stem) for each in foreseen)
    return warning_banner(h(_("<b>This was foreseen.</b> An earlier record told of the risk:")), lines)


def _weights(risk: Risk) -> Markup:
    """The two words that make the level, or why there is none."""
    said = [absent(value) if isinstance(value, Absence) else h("{}", term(value)) for value in (risk.likelihood, risk.consequence) if value is not None]
    return Markup(" · ").join(said)
