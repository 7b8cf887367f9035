"""What came of an incident: actions and what they feed, the points of the policy, and where it is told."""

from collections.abc import Sequence

from markupsafe import Markup

from amends.corpus import Corpus
from amends.customers.clock import customer_clock
from amends.customers.standing import Standing, State, standings
from amends.language import N_, _, pgettext
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Action, Progress, Record, given
from amends.render.clock import told
from amends.render.composer import Composer, Href, caption, h
from amends.render.overdue import due_when
from amends.render.plain import plain_words
from amends.render.record.pieces import STATES, absence, evidence, field, foot, named, owner_tag, text_or_why
from amends.render.terms import action_word, term
from amends.render.words import absent, when


def render_actions(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """What was done or is to be done, and which checks it feeds."""
    if not record.actions and not record.teaches:
        return
    page.section(2, N_("Actions"))
    absence(record.actions, page)
    for action in given(record.actions):
        _action(action, corpus, href, page)
    lessons = given(record.teaches)
    if lessons:
        page.html(h('<p class="am-lessons">{}</p>', h(_("This incident also supports {items}"), items=_lessons(lessons, corpus, href))))
    field(_("What else this incident supports"), record.teaches if isinstance(record.teaches, Absence) else None, page)


def _action(action: Action, corpus: Corpus, href: Href, page: Composer) -> None:
    shown = action
    pointer: Markup | str = ""
    if action.same_as:
        other = corpus.action(action.same_as)
        if other is None:
            page.html(h('<div class="am-card"><p>{}</p></div>', _("The same as an action of another record.")))
            return
        shown = other[1]
        there = h('<a href="{}">{}</a>', href(other[0].path, shown.id or ""), other[0].title)
        pointer = h(' <span class="am-quiet">{}</span>', h(_("the same as in {record}"), record=there))
    done, state = shown.done, shown.progress
    kind = h('<span class="am-badge am-badge--quiet">{}</span>', term(shown.kind)) if shown.kind else ""
    page.html(h('<div class="am-card"{}><div class="am-card__head">{}{} <span class="am-badge am-badge--{}">{}</span>{}</div>',
                *named(action.id), kind, state.value, action_word(state), pointer))
    text_or_why(shown.what, page)
    field(_("Why it was dropped"), shown.dropped, page)
    field(_("Done?"), done if isinstance(done, Absence) else None, page)
    evidence(shown.evidence, page)
    page.html(h("{}{}</div>",
                foot((N_("Owner {team}"), owner_tag(shown.owner, corpus)), due_when(shown.due, awaited=state is Progress.OPEN),
                      (N_("done {when}"), when(done) if isinstance(done, Moment) else None),
                      (N_("Feeds {items}"), absent(shown.teaches) if isinstance(shown.teaches, Absence) else None)),
                h('<p class="am-lessons">{}</p>', h(_("Feeds {items}"), items=_lessons(given(shown.teaches), corpus, href))) if given(shown.teaches) else ""))


def _lessons(references: Sequence[str], corpus: Corpus, href: Href) -> Markup:
    links = []
    for reference in references:
        found = corpus.item(reference)
        if found is None:
            links.append(h("<code>{}</code>", reference))
        else:
            checklist, item = found
            links.append(h('<a href="{}">{}</a>', href(checklist.path, item.id or ""), plain_words(item.check or reference)))
    return Markup(" · ").join(links)


def render_policy(record: Record, corpus: Corpus, page: Composer) -> None:
    """Point by point, whether the response was equal to the impact."""
    points = standings(record, corpus)
    if not points:
        return
    page.section(2, N_("Was the response equal to the impact?"))
    asks = _("{severity} asks for").format(severity=record.severity.value) if record.severity else _("the policy asks for")
    page.html(h('<table class="am-policy">{}<thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>',
                caption(_("Was the response equal to the impact?")), asks, _("State"), _("Reason")))
    page.html(Markup("").join(_point(point, record, corpus) for point in points) + Markup("</tbody></table>"))


def _point(point: Standing, record: Record, corpus: Corpus) -> Markup:
    later = h(' <span class="am-quiet">{}</span>', _("before closing")) if point.stage == "close" else ""
    state = point.state
    word = _("not yet") if state is State.OPEN and point.stage == "close" and record.status.value != "closed" else pgettext(*STATES[state])
    return h('<tr><td>{}{}</td><td><span class="am-badge am-badge--state-{}">{}</span></td><td>{}</td></tr>', _(point.label), later,
             state.value.replace(" ", "-"), word, point.why or (told(customer_clock(record, corpus.settings)) if point.requirement == "first_notice" else ""))


def render_sources(record: Record, page: Composer) -> None:
    """Where it is told."""
    if not record.sources:
        return
    page.section(2, N_("Sources"))
    if not absence(record.sources, page):
        page.html(h('<ul class="am-sources">{}</ul>', Markup("").join(
            h('<li><a href="{}">{}</a></li>', url, url.removeprefix("https://").removeprefix("http://")) if url.startswith(("https://", "http://"))
            else h("<li>{}</li>", url) for url in given(record.sources))))
