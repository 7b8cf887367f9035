"""The page of a record: facts at a glance, the story, the four pillars, the customers' side, and what came of it."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from amends.anchors import slug
from amends.corpus import Corpus
from amends.customers.clock import customer_clock
from amends.customers.obligations import duties
from amends.customers.standing import Standing, State, owed_or_given, standings
from amends.diagnostics import Diagnostic
from amends.language import N_, NP_, _, counted, pgettext, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import (
    STEM_DAY,
    Action,
    Basis,
    Commitment,
    CustomerImpact,
    Factor,
    Feedback,
    Figure,
    Finder,
    FollowUp,
    Notice,
    NoticeKind,
    Origin,
    Plan,
    Progress,
    Record,
    Remedy,
    Reopening,
    RootCause,
    Scores,
    Staff,
    Status,
    Times,
    Visibility,
    given,
)
from amends.render.clock import render_duties, render_rhythm, told
from amends.render.composer import Composer, Href, caption, h, rows
from amends.render.evidence import known_banner
from amends.render.history import render_history
from amends.render.likeness import render_likeness
from amends.render.overdue import again_when, due_when
from amends.render.plain import plain_words
from amends.render.plan import PLANS, card_id, plan_id, render_steps, render_trials, render_uses
from amends.render.register import lasted_words
from amends.render.risks import came_true_badge, foreseen_banner, record_links, since_then
from amends.render.rules import findings_list
from amends.render.story import sections
from amends.render.terms import TO, action_word, addressee, channel, promise_word, role_word, term
from amends.render.timeline import render_timeline
from amends.render.words import (
    absent,
    allowed_words,
    figure_words,
    moment_words,
    said,
    severity_badge,
    status_badge,
    time_tag,
    when,
)

_TIMELINE = re.compile(r"timeline\b")
_OPEN = re.compile(r"\{\w+\}")
"""What a message leaves open."""

_STATES = {
    State.MET: NP_("point of the policy", "met"),
    State.LATE: NP_("point of the policy", "late"),
    State.UNDER_WAY: NP_("point of the policy", "under way"),
    State.OPEN: NP_("point of the policy", "open"),
    State.NOT_APPLICABLE: NP_("point of the policy", "not applicable"),
    State.NONE: NP_("point of the policy", "none"),
    State.UNKNOWN: NP_("point of the policy", "unknown"),
    State.MISSED: NP_("point of the policy", "missed"),
}


def render_record(record: Record, corpus: Corpus, findings: Sequence[Diagnostic], href: Href, page: Composer) -> None:
    """Compose the page of `record`; `corpus` holds the records that a reader may see, `findings` what those who write are to mend."""
    story = sections(record.document.body)
    page.title(record.title or record.stem)
    page.html(_facts(record, corpus, href) + _amends_line(record))
    _notes(record, corpus, findings, href, page)
    if "" in story:
        page.markdown(story.pop("")[1])
    summary = story.pop("summary", None)
    if summary:
        page.markdown(f"## {summary[0]}\n\n{summary[1]}")
    _impact(record, corpus, page)
    timeline = None
    if record.timeline.level == 2:  # deeper down it stays part of the section in which it was told
        timeline = story.pop(next(filter(_TIMELINE.match, story), ""), None)
    if record.timeline.parts or record.times is not None:
        page.section(2, N_("Timeline"))
        if timeline and slug(timeline[0]) != "timeline":
            page.html(h('<span id="{}"></span>', slug(timeline[0])))  # as git hosts know it
        render_timeline(record, page)
    _root_cause(record, corpus, href, page)
    _risk(record, corpus, href, page)
    _plans(record, corpus, href, page)
    _response(record, corpus, page)
    _actions(record, corpus, href, page)
    for heading, text in story.values():
        page.markdown(f"## {heading}\n\n{text}")
    _policy(record, corpus, page)
    _sources(record, page)
    render_history(record, corpus, page)
    render_likeness(record, corpus, href, page)


# At a glance --------------------------------------------------------------------------------------------------------


def _facts(record: Record, corpus: Corpus, href: Href) -> Markup:
    facts: list[tuple[str, Markup | str]] = []
    if record.started:
        facts.append((_("Began"), time_tag(record.started)))
    facts.append((_("Lasted"), h("{}{}", lasted_words(record), _back_again(record))))
    impact = record.customer_impact
    if isinstance(impact, CustomerImpact) and given(impact.affected):
        facts.append((_("Affected"), _affected(given(impact.affected)[0])))
    facts.append((_("Found first by"), _finder(record)))
    clock = customer_clock(record, corpus.settings)
    facts.append((_("Customers told"), told(clock)))
    if isinstance(record.services, Absence):
        facts.append((_("Services"), absent(record.services)))
    facts.append((_("Also known as"), ", ".join(name for name in record.aliases if not STEM_DAY.match(name))))
    shown = Markup("").join(h("<div><dt>{}</dt><dd>{}</dd></div>", label, value) for label, value in facts if value)
    roles = {str(service.name): h(' <span class="am-quiet">({})</span>', role_word(service.role)) for service in given(record.services) if service.role}
    chips = [h('<a class="am-chip" href="{}">{}{}</a>', href(f"services/{name}.md"), corpus.settings.vocabulary.label("services", name), roles.get(name, Markup("")))
             for name in dict.fromkeys(record.service_names)]
    chips += [h('<a class="am-chip am-chip--factor" href="{}">{}</a>', href(f"factors/{kind}.md"), corpus.settings.vocabulary.label("factors", kind))
              for kind in record.factor_kinds]
    outside = h('<span class="am-badge am-badge--quiet">{}</span>', _("outside account")) if record.origin is Origin.EXTERNAL else ""
    private = h('<span class="am-badge am-badge--quiet">{}</span>', _("staff only")) if record.visibility is Visibility.STAFF else ""
    kept = _("kept by {team}").format(team=corpus.settings.vocabulary.label("owners", record.owner)) if record.owner else ""
    owner = h('<span class="am-owner">{}</span>', kept) if kept else ""
    return h('<div class="am-glance"><p class="am-badges">{}{}{}{}{}</p><dl class="am-facts">{}</dl><p class="am-chips">{}</p></div>',
             severity_badge(record), status_badge(record), outside, private, owner, shown, Markup(" ").join(chips))


def _affected(row: object) -> Markup:
    count, whole, share = getattr(row, "count", None), getattr(row, "of", None), getattr(row, "share", None)
    unit, where = getattr(row, "unit", None) or "", getattr(row, "where", None)
    if isinstance(count, Absence):
        number = absent(count)
    elif isinstance(count, Figure):
        number = h("<b>{}</b>", figure_words(count))
        if whole is not None:
            number = h(_("{number} of {whole}"), number=number, whole=said(whole, figure_words))
    elif share is not None:
        return h("{}{}", h(_("{share} of {unit}"), share=h("<b>{}</b>", said(share, str)), unit=unit), h(" ({})", where) if where else "")
    else:
        return h('<span class="am-unsaid">{}</span>', _("not counted"))
    part = h(" · {}", h(_("as a share: {share}"), share=said(share, str))) if share is not None else ""
    return h("{} {}{}{}", number, unit, h(" ({})", where) if where else "", part)


def _finder(record: Record) -> Markup | str:
    by = getattr(record.times, "detected_by", None)
    if isinstance(by, Finder):
        return h('<span class="am-finder am-finder--{}">{}</span>', "us" if by.is_us else "them", term(by))
    return absent(by) if isinstance(by, Absence) else ""


def _notes(record: Record, corpus: Corpus, findings: Sequence[Diagnostic], href: Href, page: Composer) -> None:
    if findings:
        page.html(h('<div class="am-banner am-banner--findings"><p><b>{}</b></p>{}</div>', _("To mend:"), findings_list(findings)))
    if record.origin is Origin.EXTERNAL:
        page.html(h('<p class="am-quiet">{}</p>', _("Another company's incident, told from what is public. “We” and “us” are that company.")))
    if not record.status.public:
        todo = [s for s in standings(record, corpus) if s.state is State.OPEN]
        items = Markup("").join(h("<li>{}</li>", _(s.label)) for s in todo)
        lead = _("<b>This is a review.</b> It is shown in the preview only.") if record.status is Status.REVIEW else _(
            "<b>This is a draft.</b> It is shown in the preview only.")
        page.html(h('<div class="am-banner"><p>{}</p>{}</div>', h(lead), h("<p>{}</p><ul>{}</ul>", _("Still to be said for its severity:"), items) if todo else ""))
    if known := corpus.failed_controls.by_record.get(record.path):
        page.html(known_banner(known, href))
    if foreseen := corpus.foreseen.get(record.stem):
        page.html(foreseen_banner(foreseen, href))
    repeats = [r for stem in given(record.recurrence_of) if (r := corpus.record(stem))]
    if repeats:
        page.html(h('<div class="am-banner am-banner--repeat"><p><b>{}</b> {}</p></div>', _("This happened before:"),
                    record_links(repeats, href)))
    again = corpus.repeats.get(record.stem, ())
    if again:
        page.html(h('<div class="am-banner am-banner--repeat"><p><b>{}</b> {}</p></div>', _("It happened again:"),
                    record_links(again, href)))


_HONEST = {"none": N_("none"), "unknown": N_("not known"), "missed": N_("missed")}
"""How an honest no reads where there is room for no more than a word or two."""


def _back_again(record: Record) -> Markup:
    """That it came back when it was over."""
    times = len(_reopened(record))
    return h(' <span class="am-quiet">{}</span>', counted("and came back after that", "and came back {number} times after that", times)) if times else Markup("")


def _reopened(record: Record) -> tuple[Reopening, ...]:
    return given(record.times.reopened) if isinstance(record.times, Times) else ()


def _fixed(record: Record) -> Moment | str:
    """The day on which it was over, for the last time where it came back."""
    if reopened := _reopened(record):
        return reopened[-1].to or _unsaid(record)
    return record.time("resolved") or _step(getattr(record.times, "resolved", record.times), record)


def _amends_line(record: Record) -> Markup:
    """Told, owned, fixed, made up for, verified: the customers' side on one line, each step with its date or what is said instead."""
    reply = record.reply
    notices = reply.notices
    verified = reply.follow_up.verified if isinstance(reply.follow_up, FollowUp) else reply.follow_up
    steps: list[tuple[str, Moment | str]] = [
        (_("Told"), _step(next((n.at for n in given(notices)), notices), record)),
        (_("Owned"), _owned(record)),
        (_("Fixed"), _fixed(record)),
        (_("Made up for"), _made_up(record)),
        (_("Verified"), _step(verified, record)),
    ]
    if not any(isinstance(moment, Moment) for label, moment in steps):
        return Markup("")
    cells = Markup("").join(
        h('<li class="am-step am-step--{}"><b>{}</b> {}</li>', "done" if isinstance(moment, Moment) else "open", label,
          _day(moment) if isinstance(moment, Moment) else moment)
        for label, moment in steps)
    return h('<ol class="am-amends" aria-label="{}">{}</ol>', _("From telling customers to verifying that they are satisfied"), cells)


def _owned(record: Record) -> Moment | str:
    """The first apology, or why there is none."""
    notices = record.reply.notices
    apology = next((notice.at for notice in given(notices) if notice.kind is NoticeKind.APOLOGY), None)
    if apology is None and "apology" in (record.not_applicable or {}):
        return pgettext(*_STATES[State.NOT_APPLICABLE])
    return _step(apology or notices if isinstance(notices, Absence) else apology, record)


def _step(value: object, record: Record) -> Moment | str:
    if isinstance(value, Moment):
        return value
    return _(_HONEST[value.kind]) if isinstance(value, Absence) else _unsaid(record)


def _unsaid(record: Record) -> str:
    """What is said of a time of which a record says nothing: it may still come, unless the record is closed or another company's."""
    return _("not recorded") if record.origin is Origin.EXTERNAL or record.status is Status.CLOSED else _("not yet")


def _made_up(record: Record) -> Moment | str:
    """The day on which the last of what was owed had reached customers, or of what was given where nothing was; else how far that has come."""
    due = owed_or_given(record)
    issued = [remedy.issued for remedy in due if isinstance(remedy.issued, Moment)]
    offered = next((remedy.offered for remedy in due if isinstance(remedy.offered, Moment)), None)
    if issued and len(issued) == len(due):
        return max(issued, key=lambda moment: moment.day)
    if issued or any(remedy.ongoing for remedy in due):
        return _("in part")
    if offered is not None:
        return h(_("offered {day}"), day=_day(offered))
    return _step(due[0].issued if due else record.reply.remedies, record)


def _day(moment: Moment) -> Markup:
    return h('<time datetime="{}">{}</time>', moment.iso, spoken().day(moment.day))


# The four pillars ---------------------------------------------------------------------------------------------------


def _absence(value: object, page: Composer) -> bool:
    """Show an author's honest no, with its reason; whether there was one."""
    if not isinstance(value, Absence):
        return False
    page.html(h('<div class="am-absence am-absence--{}"><b>{}</b>', value.kind,
                {"none": _("None."), "unknown": _("Not known."), "missed": _("Missed.")}[value.kind]))
    page.text(value.why)
    page.html(Markup("</div>"))
    return True


def _text(value: object, page: Composer) -> None:
    """A text, or why there is none."""
    if not _absence(value, page) and isinstance(value, str):
        page.text(value)


def _field(label: str, value: object, page: Composer) -> None:
    """A labelled text, or why there is none."""
    if isinstance(value, (str, Absence)):
        page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
        _text(value, page)
        page.html(Markup("</div>"))


def _impact(record: Record, corpus: Corpus, page: Composer) -> None:
    impact = record.customer_impact
    if impact is None:
        return
    page.section(2, N_("Customer impact"))
    if _absence(impact, page) or not isinstance(impact, CustomerImpact):
        return
    if not _absence(impact.summary, page) and isinstance(impact.summary, str):
        page.html(Markup('<div class="am-voice">'))
        page.text(impact.summary)
        page.html(Markup("</div>"))
    label = corpus.settings.vocabulary.label
    facts = (
        (_("Affected"), said(impact.affected, lambda groups: Markup("<br>").join(map(_affected, groups)))),
        (_("Harm"), h(_("none: a near miss")) if impact.harms == () else said(impact.harms, lambda harms: _listed(map(term, harms)))),
        (_("Felt on"), said(impact.felt_on, lambda channels: _listed(map(channel, channels)))),
        (_("They speak"), said(impact.languages, _spoken)),
        (_("Promises broken"), said(impact.promises_broken, lambda broken: Markup("<br>").join(label("promises", each) for each in broken))),
    )
    page.html(rows((name, fact) for name, fact in facts if fact))


def _listed(words: Iterable[str]) -> Markup:
    return Markup(", ").join(words)


def _spoken(codes: Iterable[str]) -> Markup:
    return _listed(map(spoken().name_of, codes))


def _root_cause(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    cause = record.root_cause
    if cause is None:
        return
    page.section(2, N_("Root cause"))
    if _absence(cause, page) or not isinstance(cause, RootCause):
        return
    _text(cause.summary, page)
    _field(_("What set it off"), cause.trigger, page)
    if given(cause.factors):
        page.section(3, N_("Contributing factors"))
        for factor in given(cause.factors):
            _factor(factor, record, corpus, href, page)
    else:
        _absence(cause.factors, page)
    _field(_("Why it was not caught"), cause.why_not_caught, page)


def _factor(factor: Factor, record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    label: Markup | str = ""
    if factor.kind:
        others = len(corpus.by_factor.get(factor.kind, ())) - (record.path in corpus.incidents.pages_set)
        also = counted("also in {number} other incident", "also in {number} other incidents", others) if others else ""
        label = h('<a class="am-chip am-chip--factor" href="{}">{}</a>{}', href(f"factors/{factor.kind}.md"),
                  corpus.settings.vocabulary.label("factors", factor.kind), h(' <span class="am-also am-quiet">{}</span>', also) if also else "")
    sure = h(' <span class="am-badge am-badge--quiet">{}</span>', term(factor.confidence)) if factor.confidence else ""
    page.html(h('<div class="am-card"><div class="am-card__head">{}{}</div>', label, sure))
    _text(factor.what, page)
    _evidence(factor.evidence, page)
    page.html(Markup("</div>"))


def _evidence(value: object, page: Composer) -> None:
    """Where one can see it: a bare address as a short link, anything else as the author wrote it."""
    if isinstance(value, str) and re.fullmatch(r"https?://\S+", value):
        page.html(h('<div class="am-card__foot">{} <a href="{}">{}</a></div>', _("Evidence"), value, value.split("/")[2].removeprefix("www.")))
    else:
        _field(_("Evidence"), value, page)


def _risk(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    if not record.risk:
        return
    page.section(2, N_("What is still at risk"))
    if _absence(record.risk, page):
        return
    for risk in given(record.risk):
        badges = [h("{}: {}", _(label), absent(value)) if isinstance(value, Absence) else h('<span class="am-badge am-badge--{}">{}</span>', kind, term(value))
                  for kind, label, value in (("likelihood", N_("Likelihood"), risk.likelihood), ("consequence", N_("Consequence"), risk.consequence)) if value is not None]
        closed = h('<span class="am-badge am-badge--done">{}</span>', h(_("closed {when}"), when=when(risk.closed))) if risk.closed else ""
        page.html(h('<div class="am-card"><div class="am-card__head">{}{}{}</div>', Markup(" ").join(badges), came_true_badge(risk, corpus), closed))
        _text(risk.what, page)
        _field(_("Protection"), risk.protection, page)
        page.html(since_then(record, risk, corpus, href))
        page.html(h("{}</div>", _foot((N_("Owner {team}"), _owner(risk.owner, corpus)),
                                      again_when(risk.review_by) if risk.review_by and not risk.closed else None)))


def _owner(owner: object, corpus: Corpus) -> Markup | str | None:
    if isinstance(owner, Absence):
        return absent(owner)
    return h('<span class="am-team">{}</span>', corpus.settings.vocabulary.label("owners", owner)) if isinstance(owner, str) else None


def _foot(*facts: tuple[str, Markup | str | None] | Markup | None) -> Markup:
    """Facts on a line: whole, or messages, each with the one value that it leaves open."""
    filled = (_filled(*fact) if isinstance(fact, tuple) else fact for fact in facts)
    shown = Markup(" · ").join(filter(None, filled))
    return h('<div class="am-card__foot">{}</div>', shown) if shown else Markup("")


def _filled(message: str, value: Markup | str | None) -> Markup | None:
    return h(_OPEN.sub("{}", _(message)), h("<b>{}</b>", value)) if value else None


def _plans(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    if not (record.contingency_plan or record.plans_used):
        return
    page.section(2, N_("If it happens again"))
    render_uses(record, corpus, href, page)
    if _absence(record.contingency_plan, page):
        return
    for number, plan in enumerate(given(record.contingency_plan)):
        _plan(number, plan, record, corpus, href, page)


def _plan(number: int, plan: Plan, record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    page.html(h('<div class="am-card am-plan" id="{}">', plan_id(number)))
    _field(_("How you know"), plan.if_, page)
    if given(plan.then):
        page.html(h('<div class="am-label">{}</div>', _("What to do")))
        render_steps(given(plan.then), page)
    else:
        _absence(plan.then, page)
    page.html(_foot((N_("Carried out by {team}"), _owner(plan.owner, corpus)),
                    (N_("Service back within {length}"), said(plan.within, allowed_words)),
                    (N_("Last rehearsed {when}"), when(plan.rehearsed, _("never")))))
    render_trials(record, number, corpus, href, page)
    page.html(h('<p class="am-card__foot"><a href="{}">{}</a></p></div>', href(PLANS, card_id(record, number)), _("Open it for use")))


# Towards customers --------------------------------------------------------------------------------------------------


def _response(record: Record, corpus: Corpus, page: Composer) -> None:
    if record.response is None:
        return
    page.section(2, N_("Towards the customers"))
    if _absence(record.response, page):
        return
    reply, unsaid = record.reply, _unsaid(record)
    _part(N_("What they were told"), reply.notices, page)
    for notice in given(reply.notices):
        _notice(notice, page)
    page.html(render_rhythm(customer_clock(record, corpus.settings)))
    _part(N_("What was promised"), reply.commitments, page)
    for commitment in given(reply.commitments):
        _commitment(commitment, page)
    _part(N_("How it was made good"), reply.remedies, page)
    for remedy in given(reply.remedies):
        _remedy(remedy, unsaid, page)
    _part(N_("Are they satisfied?"), reply.follow_up, page)
    if isinstance(reply.follow_up, FollowUp):
        _follow_up(reply.follow_up, unsaid, page)
    _part(N_("What they said"), reply.feedback, page)
    if isinstance(reply.feedback, Feedback):
        _feedback(reply.feedback, unsaid, page)
    _part(N_("Satisfaction over time"), reply.scores, page)
    for scores in given(reply.scores):
        _scores(scores, page)
    _part(N_("What our own people knew"), reply.staff, page)
    if isinstance(reply.staff, Staff):
        _staff(reply.staff, unsaid, page)
    _part(N_("What had to be reported"), reply.obligations, page)
    render_duties(duties(record, corpus.settings), page)


def _part(heading: str, value: object, page: Composer) -> None:
    if value:
        page.section(3, heading)
        _absence(value, page)


def _notice(notice: Notice, page: Composer) -> None:
    kind = notice.kind.value if notice.kind else "notice"
    who = notice.by if isinstance(notice.by, str) else None
    page.html(h('<div class="am-card am-notice am-notice--{}"><div class="am-card__head"><span class="am-badge am-badge--{}">{}</span> {}{}</div>',
                kind, kind, term(notice.kind) if notice.kind else _("notice"), when(notice.at), h(" · {}", who) if who else ""))
    _text(notice.words, page)
    page.html(h("{}</div>", _foot(
        (N_("by {person}"), absent(notice.by) if isinstance(notice.by, Absence) else None),
        (TO, said(notice.to, addressee)),
        (N_("via {channels}"), said(notice.via, lambda channels: _listed(map(channel, channels)))),
        (N_("in {languages}"), said(notice.languages, _spoken)),
        (N_("next promised by {when}"), said(notice.next_update_by, time_tag)),
        (N_("to be read at {place}"), absent(notice.url)) if isinstance(notice.url, Absence)
        else h('<b><a href="{}">{}</a></b>', notice.url, _("read it")) if notice.url and notice.url.startswith(("https://", "http://")) else None)))


def _commitment(commitment: Commitment, page: Composer) -> None:
    kept, state = commitment.kept, commitment.progress
    page.html(h('<div class="am-card"{}><div class="am-card__head">{}<span class="am-badge am-badge--{}">{}</span></div>',
                *_named(commitment.id), state.value, promise_word(state)))
    _text(commitment.promise, page)
    _field(_("Why it was broken"), commitment.broken, page)
    _field(_("Kept?"), kept if isinstance(kept, Absence) else None, page)
    _evidence(commitment.evidence, page)
    page.html(h("{}</div>", _foot((TO, said(commitment.to, addressee)), (N_("made {when}"), when(commitment.made)),
                                  due_when(commitment.due, awaited=state is Progress.OPEN), (N_("kept {when}"), when(kept) if isinstance(kept, Moment) else None))))


def _named(name: str | None) -> tuple[Markup, Markup]:
    """The anchor of a card, and what it begins with; nothing where it has no id."""
    return (h(' id="{}"', name), h("<b>{}</b> ", name)) if name else (Markup(""), Markup(""))


def _remedy(remedy: Remedy, unsaid: str, page: Composer) -> None:
    basis = h('<span class="am-badge am-badge--{}">{}</span>', remedy.basis.value, term(remedy.basis)) if isinstance(remedy.basis, Basis) else ""
    page.html(h('<div class="am-card"><div class="am-card__head">{}</div>', basis))
    _text(remedy.what, page)
    page.html(h("{}</div>", _foot((TO, said(remedy.to, addressee)), (N_("owed or goodwill: {why}"), absent(remedy.basis) if isinstance(remedy.basis, Absence) else None),
                                  (N_("offered {when}"), when(remedy.offered)),
                                  (N_("issued {when}"), None if remedy.ongoing and remedy.issued is None else when(remedy.issued, unsaid)),
                                  h("<b>{}</b>", _("still given")) if remedy.ongoing else None)))


def _follow_up(follow_up: FollowUp, unsaid: str, page: Composer) -> None:
    counts = ((_("Contacted"), said(follow_up.contacted, figure_words)), (_("Satisfied"), said(follow_up.satisfied, figure_words)))
    page.html(rows([*((label, count) for label, count in counts if count), (_("Verified"), when(follow_up.verified, unsaid))]))
    _field(_("How it was measured"), follow_up.how, page)


def _feedback(feedback: Feedback, unsaid: str, page: Composer) -> None:
    page.html(rows([(_("Asked"), when(feedback.asked, unsaid))]))
    _field(_("How"), feedback.via, page)
    _field(_("What was learned"), feedback.learned, page)
    _field(_("What it changed"), feedback.changed, page)


def _scores(scores: Scores, page: Composer) -> None:
    points = [(moment_words(point.at) if isinstance(point.at, Moment) else "", spoken().decimal(point.value.text) if point.value else "")
              for point in scores.points]
    page.html(h('<p class="am-scale">{}</p>{}', scores.scale or "", rows(points)))


def _staff(staff: Staff, unsaid: str, page: Composer) -> None:
    page.html(rows([(_("Briefed"), when(staff.briefed, unsaid))]))
    _field(_("Told to say"), staff.told, page)
    _field(_("May offer"), staff.may_offer, page)


# What came of it ----------------------------------------------------------------------------------------------------


def _actions(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    if not record.actions and not record.teaches:
        return
    page.section(2, N_("Actions"))
    _absence(record.actions, page)
    for action in given(record.actions):
        _action(action, corpus, href, page)
    lessons = given(record.teaches)
    if lessons:
        page.html(h('<p class="am-lessons">{}</p>', h(_("This incident also supports {items}"), items=_lessons(lessons, corpus, href))))
    _field(_("What else this incident supports"), record.teaches if isinstance(record.teaches, Absence) else None, page)


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
                *_named(action.id), kind, state.value, action_word(state), pointer))
    _text(shown.what, page)
    _field(_("Why it was dropped"), shown.dropped, page)
    _field(_("Done?"), done if isinstance(done, Absence) else None, page)
    _evidence(shown.evidence, page)
    page.html(h("{}{}</div>",
                _foot((N_("Owner {team}"), _owner(shown.owner, corpus)), due_when(shown.due, awaited=state is Progress.OPEN),
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


def _policy(record: Record, corpus: Corpus, page: Composer) -> None:
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
    word = _("not yet") if state is State.OPEN and point.stage == "close" and record.status.value != "closed" else pgettext(*_STATES[state])
    return h('<tr><td>{}{}</td><td><span class="am-badge am-badge--state-{}">{}</span></td><td>{}</td></tr>', _(point.label), later,
             state.value.replace(" ", "-"), word, point.why or (told(customer_clock(record, corpus.settings)) if point.requirement == "first_notice" else ""))


def _sources(record: Record, page: Composer) -> None:
    if not record.sources:
        return
    page.section(2, N_("Sources"))
    if not _absence(record.sources, page):
        page.html(h('<ul class="am-sources">{}</ul>', Markup("").join(
            h('<li><a href="{}">{}</a></li>', url, url.removeprefix("https://").removeprefix("http://")) if url.startswith(("https://", "http://"))
            else h("<li>{}</li>", url) for url in given(record.sources))))
