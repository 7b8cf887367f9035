"""The page of a record: facts at a glance, the story, the four pillars, the customers' side, and what came of it."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from amends.clock import customer_clock
from amends.corpus import Corpus
from amends.diagnostics import Diagnostic
from amends.moments import Moment
from amends.obligations import duties
from amends.record import (
    Action,
    Basis,
    Commitment,
    CustomerImpact,
    Factor,
    Feedback,
    Finder,
    FollowUp,
    NoticeKind,
    Plan,
    Progress,
    Record,
    RootCause,
    Staff,
    Visibility,
    given,
)
from amends.render.clock import render_duties, render_rhythm, told
from amends.render.composer import Composer, Href, h
from amends.render.evidence import known_banner
from amends.render.history import render_history
from amends.render.likeness import render_likeness
from amends.render.plan import PLANS, card_id, plan_id, render_steps, render_trials, render_uses
from amends.render.rules import findings_list
from amends.render.story import sections
from amends.render.timeline import render_timeline
from amends.render.words import absent, severity_badge, span, status_badge, time_tag, when
from amends.standing import Standing, State, standings
from amends.typed import Absence

_TIMELINE = re.compile(r"timeline\b")


def render_record(record: Record, corpus: Corpus, findings: Sequence[Diagnostic], href: Href, page: Composer) -> None:
    """Compose the page of `record`; `corpus` holds the records that a reader may see, `findings` what a build let stand."""
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
    if record.timeline.level == 2:  # deeper down it stays part of the section in which it was told
        story.pop(next(filter(_TIMELINE.match, story), ""), None)
    if record.timeline.parts or record.started:
        page.heading(2, "Timeline")
        render_timeline(record, page)
    _root_cause(record, corpus, href, page)
    _risk(record, corpus, page)
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
    started, resolved = record.started, record.time("resolved")
    if started:
        facts.append(("Began", time_tag(started)))
    if started and resolved:
        facts.append(("Customers felt it for", span(started.until(resolved))))
    impact = record.customer_impact
    if isinstance(impact, CustomerImpact) and given(impact.affected):
        facts.append(("Affected", _affected(given(impact.affected)[0])))
    facts.append(("Found first by", _finder(record)))
    clock = customer_clock(record, corpus.settings)
    facts.append(("Customers told", told(clock)))
    rows = Markup("").join(h("<div><dt>{}</dt><dd>{}</dd></div>", label, value) for label, value in facts if value)
    chips = [h('<a class="am-chip" href="{}">{}</a>', href(f"services/{name}.md"), corpus.settings.vocabulary.label("services", name))
             for name in dict.fromkeys(record.service_names)]
    chips += [h('<a class="am-chip am-chip--factor" href="{}">{}</a>', href(f"factors/{kind}.md"), corpus.settings.vocabulary.label("factors", kind))
              for kind in record.factor_kinds]
    private = h('<span class="am-badge am-badge--quiet">staff only</span>') if record.visibility is Visibility.STAFF else ""
    owner = h('<span class="am-owner">kept by {}</span>', corpus.settings.vocabulary.label("owners", record.owner)) if record.owner else ""
    return h('<div class="am-glance"><p class="am-badges">{}{}{}{}</p><dl class="am-facts">{}</dl><p class="am-chips">{}</p></div>',
             severity_badge(record), status_badge(record), private, owner, rows, Markup(" ").join(chips))


def _affected(row: object) -> Markup:
    count, whole, share = getattr(row, "count", None), getattr(row, "of", None), getattr(row, "share", None)
    unit, where = getattr(row, "unit", None) or "", getattr(row, "where", None)
    if isinstance(count, Absence):
        number = absent(count)
    elif count is not None:
        number = h("<b>{}</b>{}", count, h(" of {}", whole) if whole is not None and not isinstance(whole, Absence) else "")
    elif share is not None and not isinstance(share, Absence):
        number = h("<b>{}</b> of", share)
    else:
        return h('<span class="am-unsaid">not counted</span>')
    return h("{} {}{}", number, unit, h(" ({})", where) if where else "")


def _finder(record: Record) -> Markup | str:
    by = getattr(record.times, "detected_by", None)
    if isinstance(by, Finder):
        return h('<span class="am-finder am-finder--{}">{}</span>', "us" if by.is_us else "them", by.value.replace("-", " "))
    return absent(by) if isinstance(by, Absence) else ""


def _notes(record: Record, corpus: Corpus, findings: Sequence[Diagnostic], href: Href, page: Composer) -> None:
    if findings:
        page.html(h('<div class="am-banner am-banner--findings"><p><b>To mend:</b></p>{}</div>', findings_list(findings)))
    if not record.status.public:
        todo = [s for s in standings(record, corpus) if s.state is State.OPEN]
        items = Markup("").join(h("<li>{}</li>", s.label) for s in todo)
        page.html(h('<div class="am-banner"><p><b>This is a {}.</b> It is shown in the preview only.</p>{}</div>', record.status.value,
                    h("<p>Still to be said for its severity:</p><ul>{}</ul>", items) if todo else ""))
    if known := corpus.failed_controls.by_record.get(record.path):
        page.html(known_banner(known, href))
    repeats = [r for stem in given(record.recurrence_of) if (r := corpus.record(stem))]
    if repeats:
        page.html(h('<div class="am-banner am-banner--repeat"><p><b>This happened before:</b> {}</p></div>',
                    Markup(", ").join(h('<a href="{}">{}</a>', href(r.path), r.title) for r in repeats)))
    again = corpus.repeats.get(record.stem, ())
    if again:
        page.html(h('<div class="am-banner am-banner--repeat"><p><b>It happened again:</b> {}</p></div>',
                    Markup(", ").join(h('<a href="{}">{}</a>', href(r.path), r.title) for r in again)))


_HONEST = {"none": "none", "unknown": "not known", "missed": "missed"}
"""How an honest no reads where there is room for no more than a word or two."""


def _amends_line(record: Record) -> Markup:
    """Told, owned, fixed, made up for, verified: the customers' side on one line, each step with its date or what is said instead."""
    reply = record.reply
    notices = reply.notices
    verified = reply.follow_up.verified if isinstance(reply.follow_up, FollowUp) else reply.follow_up
    steps: list[tuple[str, Moment | str]] = [
        ("Told", _step(next((n.at for n in given(notices)), notices))),
        ("Owned", _step(next((n.at for n in given(notices) if n.kind is NoticeKind.APOLOGY), notices if isinstance(notices, Absence) else None))),
        ("Fixed", record.time("resolved") or _step(getattr(record.times, "resolved", record.times))),
        ("Made up for", _made_up(record)),
        ("Verified", _step(verified)),
    ]
    if not any(isinstance(moment, Moment) for _, moment in steps):
        return Markup("")
    cells = Markup("").join(
        h('<li class="am-step am-step--{}"><b>{}</b> {}</li>', "done" if isinstance(moment, Moment) else "open", label,
          _day(moment) if isinstance(moment, Moment) else moment)
        for label, moment in steps)
    return h('<ol class="am-amends" aria-label="From telling customers to verifying that they are satisfied">{}</ol>', cells)


def _step(value: object) -> Moment | str:
    if isinstance(value, Moment):
        return value
    return _HONEST[value.kind] if isinstance(value, Absence) else "not recorded"


def _made_up(record: Record) -> Moment | str:
    """The day on which the last of what was owed had reached customers, or of what was given where nothing was; else how far that has come."""
    remedies = given(record.reply.remedies)
    due = [remedy for remedy in remedies if remedy.basis is Basis.OWED] or list(remedies)
    issued = [remedy.issued for remedy in due if isinstance(remedy.issued, Moment)]
    offered = next((remedy.offered for remedy in due if isinstance(remedy.offered, Moment)), None)
    if issued and len(issued) == len(due):
        return max(issued, key=lambda moment: moment.day)
    if issued or any(remedy.ongoing for remedy in due):
        return "in part"
    if offered is not None:
        return h("offered {}", _day(offered))
    return _step(due[0].issued if due else record.reply.remedies)


def _day(moment: Moment) -> Markup:
    return h('<time datetime="{}">{} {:%b %Y}</time>', moment.iso, moment.day.day, moment.day)


# The four pillars ---------------------------------------------------------------------------------------------------


def _absence(value: object, page: Composer) -> bool:
    """Show an author's honest no, with its reason; whether there was one."""
    if not isinstance(value, Absence):
        return False
    page.html(h('<div class="am-absence am-absence--{}"><b>{}</b>', value.kind, {"none": "None.", "unknown": "Not known.", "missed": "Missed."}[value.kind]))
    page.text(value.why)
    page.html(Markup("</div>"))
    return True


def _field(label: str, value: object, page: Composer) -> None:
    """A labelled text, or why there is none."""
    if isinstance(value, Absence):
        page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
        _absence(value, page)
        page.html(Markup("</div>"))
    elif isinstance(value, str):
        page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
        page.text(value)
        page.html(Markup("</div>"))


def _impact(record: Record, corpus: Corpus, page: Composer) -> None:
    impact = record.customer_impact
    if impact is None:
        return
    page.heading(2, "Customer impact")
    if _absence(impact, page) or not isinstance(impact, CustomerImpact):
        return
    if not _absence(impact.summary, page) and isinstance(impact.summary, str):
        page.html(Markup('<div class="am-voice">'))
        page.text(impact.summary)
        page.html(Markup("</div>"))
    rows: list[tuple[str, Markup]] = []
    if given(impact.affected):
        rows.append(("Affected", Markup("<br>").join(_affected(row) for row in given(impact.affected))))
    harms = impact.harms
    if isinstance(harms, tuple):
        rows.append(("Harm", _words(harm.value for harm in harms) if harms else Markup("none: a near miss")))
    if given(impact.felt_on):
        rows.append(("Felt on", _words(given(impact.felt_on))))
    if given(impact.languages):
        rows.append(("They speak", _words(given(impact.languages))))
    if given(impact.promises_broken):
        labels = [corpus.settings.vocabulary.label("promises", p) for p in given(impact.promises_broken)]
        rows.append(("Promises broken", Markup("<br>").join(labels)))
    page.html(_table(rows))


def _words(words: Iterable[str]) -> Markup:
    return Markup(", ").join(word.replace("-", " ") for word in words)


def _table(rows: Sequence[tuple[str, Markup | str]]) -> Markup:
    if not rows:
        return Markup("")
    return h('<dl class="am-rows">{}</dl>', Markup("").join(h("<div><dt>{}</dt><dd>{}</dd></div>", label, value) for label, value in rows))


def _root_cause(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    cause = record.root_cause
    if cause is None:
        return
    page.heading(2, "Root cause")
    if _absence(cause, page) or not isinstance(cause, RootCause):
        return
    if not _absence(cause.summary, page) and isinstance(cause.summary, str):
        page.text(cause.summary)
    _field("What set it off", cause.trigger, page)
    if given(cause.factors):
        page.heading(3, "Contributing factors")
        for factor in given(cause.factors):
            _factor(factor, record, corpus, href, page)
    else:
        _absence(cause.factors, page)
    _field("Why it was not caught", cause.why_not_caught, page)


def _factor(factor: Factor, record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    label: Markup | str = ""
    if factor.kind:
        others = len([r for r in corpus.by_factor.get(factor.kind, ()) if r.stem != record.stem])
        label = h('<a class="am-chip am-chip--factor" href="{}">{}</a>{}', href(f"factors/{factor.kind}.md"),
                  corpus.settings.vocabulary.label("factors", factor.kind),
                  h(' <span class="am-quiet">also in {} other {}</span>', others, "incident" if others == 1 else "incidents") if others else "")
    sure = h(' <span class="am-badge am-badge--quiet">{}</span>', factor.confidence.value) if factor.confidence else ""
    page.html(h('<div class="am-card"><div class="am-card__head">{}{}</div>', label, sure))
    if not _absence(factor.what, page) and isinstance(factor.what, str):
        page.text(factor.what)
    _evidence(factor.evidence, page)
    page.html(Markup("</div>"))


def _evidence(value: object, page: Composer) -> None:
    """Where one can see it: a bare address as a short link, anything else as the author wrote it."""
    if isinstance(value, str) and re.fullmatch(r"https?://\S+", value):
        page.html(h('<div class="am-card__foot">Evidence <a href="{}">{}</a></div>', value, value.split("/")[2].removeprefix("www.")))
    else:
        _field("Evidence", value, page)


def _risk(record: Record, corpus: Corpus, page: Composer) -> None:
    if not record.risk:
        return
    page.heading(2, "What is still at risk")
    if _absence(record.risk, page):
        return
    for risk in given(record.risk):
        badges = [h('<span class="am-badge am-badge--{}">{}</span>', kind, value.value.replace("-", " "))
                  for kind, value in (("likelihood", risk.likelihood), ("consequence", risk.consequence))
                  if value is not None and not isinstance(value, Absence)]
        closed = h('<span class="am-badge am-badge--done">closed {}</span>', when(risk.closed)) if risk.closed else ""
        page.html(h('<div class="am-card"><div class="am-card__head">{}{}</div>', Markup(" ").join(badges), closed))
        if not _absence(risk.what, page) and isinstance(risk.what, str):
            page.text(risk.what)
        _field("Protection", risk.protection, page)
        page.html(h("{}</div>", _foot(("Owner", _owner(risk.owner, corpus)), ("Looked at again", when(risk.review_by) if risk.review_by else None))))


def _owner(owner: object, corpus: Corpus) -> Markup | str | None:
    if isinstance(owner, Absence):
        return absent(owner)
    return corpus.settings.vocabulary.label("owners", owner) if isinstance(owner, str) else None


def _foot(*facts: tuple[str, Markup | str | None]) -> Markup:
    shown = Markup(" · ").join(h("{} <b>{}</b>", label, value) for label, value in facts if value)
    return h('<div class="am-card__foot">{}</div>', shown) if shown else Markup("")


def _plans(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    if not (record.contingency_plan or record.plans_used):
        return
    page.heading(2, "If it happens again")
    render_uses(record, corpus, href, page)
    if _absence(record.contingency_plan, page):
        return
    for number, plan in enumerate(given(record.contingency_plan)):
        _plan(number, plan, record, corpus, href, page)


def _plan(number: int, plan: Plan, record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    page.html(h('<div class="am-card am-plan" id="{}">', plan_id(number)))
    _field("How you know", plan.if_, page)
    if given(plan.then):
        page.html(Markup('<div class="am-label">What to do</div>'))
        render_steps(given(plan.then), page)
    else:
        _absence(plan.then, page)
    rehearsed = when(plan.rehearsed, "never")
    page.html(_foot(("Carried out by", _owner(plan.owner, corpus)),
                    ("Service back within", str(plan.within) if plan.within and not isinstance(plan.within, Absence) else None),
                    ("Last rehearsed", rehearsed)))
    render_trials(record, number, corpus, href, page)
    page.html(h('<p class="am-card__foot"><a href="{}">Open it for use</a></p></div>', href(PLANS, card_id(record, number))))


# Towards customers --------------------------------------------------------------------------------------------------


def _response(record: Record, corpus: Corpus, page: Composer) -> None:
    if record.response is None:
        return
    page.heading(2, "Towards the customers")
    if _absence(record.response, page):
        return
    reply = record.reply
    _part("What they were told", reply.notices, page)
    for notice in given(reply.notices):
        kind = notice.kind.value if notice.kind else "notice"
        who = notice.by if isinstance(notice.by, str) else None
        page.html(h('<div class="am-card am-notice am-notice--{}"><div class="am-card__head"><span class="am-badge am-badge--{}">{}</span> {}{}</div>',
                    kind, kind, kind, when(notice.at), h(" · {}", who) if who else ""))
        if not _absence(notice.words, page) and isinstance(notice.words, str):
            page.text(notice.words)
        page.html(h("{}</div>", _foot(
            ("to", notice.to if isinstance(notice.to, str) else None),
            ("via", _words(given(notice.via)) if given(notice.via) else None),
            ("in", _words(given(notice.languages)) if given(notice.languages) else None),
            ("next promised by", time_tag(notice.next_update_by) if isinstance(notice.next_update_by, Moment) else None),
            ("", h('<a href="{}">read it</a>', notice.url) if isinstance(notice.url, str) and notice.url.startswith(("https://", "http://")) else None))))
    page.html(render_rhythm(customer_clock(record, corpus.settings)))
    _part("What was promised", reply.commitments, page)
    for commitment in given(reply.commitments):
        _commitment(commitment, page)
    _part("How it was made good", reply.remedies, page)
    for remedy in given(reply.remedies):
        basis = h('<span class="am-badge am-badge--{0}">{0}</span>', remedy.basis.value) if remedy.basis and not isinstance(remedy.basis, Absence) else ""
        page.html(h('<div class="am-card"><div class="am-card__head">{}</div>', basis))
        if not _absence(remedy.what, page) and isinstance(remedy.what, str):
            page.text(remedy.what)
        page.html(h("{}</div>", _foot(("to", remedy.to if isinstance(remedy.to, str) else None), ("offered", when(remedy.offered)),
                                      ("issued", "goes on" if remedy.ongoing else when(remedy.issued)))))
    _part("Are they satisfied?", reply.follow_up, page)
    if isinstance(reply.follow_up, FollowUp):
        up = reply.follow_up
        rows = [(label, absent(value) if isinstance(value, Absence) else str(value)) for label, value in
                (("Contacted", up.contacted), ("Satisfied", up.satisfied)) if value is not None]
        rows.append(("Verified", when(up.verified)))
        page.html(_table(rows))
        _field("How it was measured", up.how, page)
    _part("What they said", reply.feedback, page)
    if isinstance(reply.feedback, Feedback):
        page.html(_table([("Asked", when(reply.feedback.asked))]))
        _field("How", reply.feedback.via, page)
        _field("What was learned", reply.feedback.learned, page)
        _field("What it changed", reply.feedback.changed, page)
    if given(reply.scores):
        page.heading(3, "Satisfaction over time")
        for scores in given(reply.scores):
            rows = [(str(point.at), str(point.value)) for point in scores.points]
            page.html(h('<p class="am-label">{}</p>{}', scores.scale, _table(rows)))
    _part("What our own people knew", reply.staff, page)
    if isinstance(reply.staff, Staff):
        page.html(_table([("Briefed", when(reply.staff.briefed))]))
        _field("Told to say", reply.staff.told, page)
        _field("May offer", reply.staff.may_offer, page)
    _part("What had to be reported", reply.obligations, page)
    render_duties(duties(record, corpus.settings), page)


def _part(heading: str, value: object, page: Composer) -> None:
    if value:
        page.heading(3, heading)
        _absence(value, page)


def _commitment(commitment: Commitment, page: Composer) -> None:
    kept, due = commitment.kept, commitment.due
    state = commitment.progress
    word = {Progress.DONE: "kept", Progress.LATE: "kept late", Progress.GIVEN_UP: "broken", Progress.OPEN: "open", Progress.UNKNOWN: "not known"}[state]
    page.html(h('<div class="am-card" id="{}"><div class="am-card__head"><b>{}</b> <span class="am-badge am-badge--{}">{}</span></div>',
                commitment.id or "", commitment.id or "", state.value, word))
    if not _absence(commitment.promise, page) and isinstance(commitment.promise, str):
        page.text(commitment.promise)
    _field("Why it was broken", commitment.broken, page)
    _field("Kept?", kept if isinstance(kept, Absence) else None, page)
    _evidence(commitment.evidence, page)
    page.html(h("{}</div>", _foot(("to", commitment.to if isinstance(commitment.to, str) else None), ("made", when(commitment.made)),
                                  ("due", when(due, "no date")), ("kept", when(kept) if isinstance(kept, Moment) else None))))


# What came of it ----------------------------------------------------------------------------------------------------


def _actions(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    if not record.actions and not record.teaches:
        return
    page.heading(2, "Actions")
    _absence(record.actions, page)
    for action in given(record.actions):
        _action(action, corpus, href, page)
    lessons = given(record.teaches)
    if lessons:
        page.html(h('<p class="am-lessons">This incident also supports {}</p>', _lessons(lessons, corpus, href)))
    elif not given(record.actions):
        _absence(record.teaches, page)


def _action(action: Action, corpus: Corpus, href: Href, page: Composer) -> None:
    shown = action
    pointer: Markup | str = ""
    if action.same_as:
        other = corpus.action(action.same_as)
        if other is None:
            page.html(h('<div class="am-card"><p>The same as an action of another record.</p></div>'))
            return
        shown = other[1]
        pointer = h(' <span class="am-quiet">the same as in <a href="{}">{}</a></span>', href(other[0].path, shown.id or ""), other[0].title)
    done, state = shown.done, shown.progress
    word = {Progress.DONE: "done", Progress.LATE: "done late", Progress.GIVEN_UP: "dropped", Progress.OPEN: "open", Progress.UNKNOWN: "not known"}[state]
    kind = h('<span class="am-badge am-badge--quiet">{}</span>', shown.kind.value) if shown.kind else ""
    page.html(h('<div class="am-card" id="{}"><div class="am-card__head"><b>{}</b> {} <span class="am-badge am-badge--{}">{}</span>{}</div>',
                action.id or "", action.id or "", kind, state.value, word, pointer))
    if not _absence(shown.what, page) and isinstance(shown.what, str):
        page.text(shown.what)
    _field("Why it was dropped", shown.dropped, page)
    _field("Done?", done if isinstance(done, Absence) else None, page)
    _evidence(shown.evidence, page)
    page.html(h("{}{}</div>",
                _foot(("Owner", _owner(shown.owner, corpus)), ("due", when(shown.due, "no date")), ("done", when(done) if isinstance(done, Moment) else None)),
                h('<p class="am-lessons">Feeds {}</p>', _lessons(given(shown.teaches), corpus, href)) if given(shown.teaches) else ""))


def _lessons(references: Sequence[str], corpus: Corpus, href: Href) -> Markup:
    links = []
    for reference in references:
        found = corpus.item(reference)
        if found is None:
            links.append(h("<code>{}</code>", reference))
        else:
            checklist, item = found
            links.append(h('<a href="{}">{}</a>', href(checklist.path, item.id or ""), item.check or reference))
    return Markup(" · ").join(links)


def _policy(record: Record, corpus: Corpus, page: Composer) -> None:
    points = standings(record, corpus)
    if not points:
        return
    page.heading(2, "Was the response equal to the impact?")
    page.html(h('<table class="am-policy"><thead><tr><th>{} asks for</th><th>State</th><th>Reason</th></tr></thead><tbody>',
                record.severity.value if record.severity else "the policy"))
    page.html(Markup("").join(_point(point, record, corpus) for point in points) + Markup("</tbody></table>"))


def _point(point: Standing, record: Record, corpus: Corpus) -> Markup:
    later = Markup(' <span class="am-quiet">before closing</span>') if point.stage == "close" else ""
    state = point.state
    word = "not yet" if state is State.OPEN and point.stage == "close" and record.status.value != "closed" else state.value
    return h('<tr><td>{}{}</td><td><span class="am-badge am-badge--state-{}">{}</span></td><td>{}</td></tr>', point.label, later,
             state.value.replace(" ", "-"), word, point.why or (told(customer_clock(record, corpus.settings)) if point.requirement == "first_notice" else ""))


def _sources(record: Record, page: Composer) -> None:
    if not record.sources:
        return
    page.heading(2, "Sources")
    if not _absence(record.sources, page):
        page.html(h('<ul class="am-sources">{}</ul>', Markup("").join(
            h('<li><a href="{}">{}</a></li>', url, url.removeprefix("https://").removeprefix("http://")) if url.startswith(("https://", "http://"))
            else h("<li>{}</li>", url) for url in given(record.sources))))
