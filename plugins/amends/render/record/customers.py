"""What a record tells of the customers' side: what they were told and promised, how it was made good, and whether they are satisfied."""


from amends.corpus import Corpus
from amends.customers.clock import customer_clock
from amends.customers.obligations import duties
from amends.language import N_, _, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Basis, Commitment, Feedback, FollowUp, Notice, Progress, Record, Remedy, Scores, Staff, given
from amends.render.clock import render_duties, render_rhythm
from amends.render.composer import Composer, h, rows
from amends.render.overdue import due_when
from amends.render.record.pieces import absence, evidence, field, foot, languages, listed, named, text_or_why, unsaid_word
from amends.render.terms import TO, addressee, channel, promise_word, term
from amends.render.words import absent, figure_words, moment_words, said, time_tag, when


def render_response(record: Record, corpus: Corpus, page: Composer) -> None:
    """What customers were told and promised, how it was made good, and whether they are satisfied."""
    if record.response is None:
        return
    page.section(2, N_("Towards the customers"))
    if absence(record.response, page):
        return
    reply, unsaid = record.reply, unsaid_word(record)
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
        absence(value, page)


def _notice(notice: Notice, page: Composer) -> None:
    kind = notice.kind.value if notice.kind else "notice"
    who = notice.by if isinstance(notice.by, str) else None
    page.html(h('<div class="am-card am-notice am-notice--{}"><div class="am-card__head"><span class="am-badge am-badge--{}">{}</span> {}{}</div>',
                kind, kind, term(notice.kind) if notice.kind else _("notice"), when(notice.at), h(" · {}", who) if who else ""))
    text_or_why(notice.words, page)
    page.html(h("{}</div>", foot(
        (N_("by {person}"), absent(notice.by) if isinstance(notice.by, Absence) else None),
        (TO, said(notice.to, addressee)),
        (N_("via {channels}"), said(notice.via, lambda channels: listed(map(channel, channels)))),
        (N_("in {languages}"), said(notice.languages, languages)),
        (N_("next promised by {when}"), said(notice.next_update_by, time_tag)),
        (N_("to be read at {place}"), absent(notice.url)) if isinstance(notice.url, Absence)
        else h('<b><a href="{}">{}</a></b>', notice.url, _("read it")) if notice.url and notice.url.startswith(("https://", "http://")) else None)))


def _commitment(commitment: Commitment, page: Composer) -> None:
    kept, state = commitment.kept, commitment.progress
    page.html(h('<div class="am-card"{}><div class="am-card__head">{}<span class="am-badge am-badge--{}">{}</span></div>',
                *named(commitment.id), state.value, promise_word(state)))
    text_or_why(commitment.promise, page)
    field(_("Why it was broken"), commitment.broken, page)
    field(_("Kept?"), kept if isinstance(kept, Absence) else None, page)
    evidence(commitment.evidence, page)
    page.html(h("{}</div>", foot((TO, said(commitment.to, addressee)), (N_("made {when}"), when(commitment.made)),
                                  due_when(commitment.due, awaited=state is Progress.OPEN), (N_("kept {when}"), when(kept) if isinstance(kept, Moment) else None))))


def _remedy(remedy: Remedy, unsaid: str, page: Composer) -> None:
    basis = h('<span class="am-badge am-badge--{}">{}</span>', remedy.basis.value, term(remedy.basis)) if isinstance(remedy.basis, Basis) else ""
    page.html(h('<div class="am-card"><div class="am-card__head">{}</div>', basis))
    text_or_why(remedy.what, page)
    page.html(h("{}</div>", foot((TO, said(remedy.to, addressee)), (N_("owed or goodwill: {why}"), absent(remedy.basis) if isinstance(remedy.basis, Absence) else None),
                                  (N_("offered {when}"), when(remedy.offered)),
                                  (N_("issued {when}"), None if remedy.ongoing and remedy.issued is None else when(remedy.issued, unsaid)),
                                  h("<b>{}</b>", _("still given")) if remedy.ongoing else None)))


def _follow_up(follow_up: FollowUp, unsaid: str, page: Composer) -> None:
    counts = ((_("Contacted"), said(follow_up.contacted, figure_words)), (_("Satisfied"), said(follow_up.satisfied, figure_words)))
    page.html(rows([*((label, count) for label, count in counts if count), (_("Verified"), when(follow_up.verified, unsaid))]))
    field(_("How it was measured"), follow_up.how, page)


def _feedback(feedback: Feedback, unsaid: str, page: Composer) -> None:
    page.html(rows([(_("Asked"), when(feedback.asked, unsaid))]))
    field(_("How"), feedback.via, page)
    field(_("What was learned"), feedback.learned, page)
    field(_("What it changed"), feedback.changed, page)


def _scores(scores: Scores, page: Composer) -> None:
    points = [(moment_words(point.at) if isinstance(point.at, Moment) else "", spoken().decimal(point.value.text) if point.value else "")
              for point in scores.points]
    page.html(h('<p class="am-scale">{}</p>{}', scores.scale or "", rows(points)))


def _staff(staff: Staff, unsaid: str, page: Composer) -> None:
    page.html(rows([(_("Briefed"), when(staff.briefed, unsaid))]))
    field(_("Told to say"), staff.told, page)
    field(_("May offer"), staff.may_offer, page)
