"""The clocks on a record's page: how long customers waited for word, the rhythm of updates, and what had to be reported to whom."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from amends.customers.clock import CustomerClock, Verdict
from amends.customers.laws import Event, Limit
from amends.customers.obligations import Duty
from amends.language import N_, NP_, _, counted, pgettext, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.render.composer import Composer, h, tbody, wide_table
from amends.render.terms import TO
from amends.render.words import absent, allowed_words, span, time_tag, when

_KEPT = {Verdict.MET: NP_("next message", "kept"), Verdict.LATE: NP_("next message", "late"), Verdict.NEVER: NP_("next message", "never came"),
         Verdict.UNKNOWN: NP_("next message", "not known")}
_REPORTED = {Verdict.MET: NP_("report", "in time"), Verdict.LATE: NP_("report", "late"), Verdict.NEVER: NP_("report", "not told"),
             Verdict.UNKNOWN: NP_("report", "not known")}


def told(clock: CustomerClock) -> Markup:
    """How long customers waited for the first word, beside what the policy allows; empty where it is not known."""
    first = clock.first
    if first.at is None or first.since is None or first.took is None:
        return Markup("")
    later = _("{length} after we knew") if first.from_detection else _("{length} after it began")
    took = _("at once") if first.at.before(first.since) else later.format(length=span(first.took))
    within = _("policy: within {length}") if first.from_detection else _("policy: within {length} of knowing")
    limit = h(' <span class="am-quiet">({})</span>', within.format(length=allowed_words(first.allowed))) if first.allowed else ""
    before = h(", {}", _("before anybody reported it")) if clock.told_first else ""
    return h('<span class="am-clock--{}">{}</span>{}{}', first.verdict.value, took, before, limit)


def render_rhythm(clock: CustomerClock) -> Markup:
    """A row for each promise of a next message; empty where none was promised."""
    if not clock.updates:
        return Markup("")
    rows = Markup("").join(
        h("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", time_tag(update.promised), time_tag(update.came) if update.came else "",
          _badge(update.verdict, _KEPT))
        for update in clock.updates)
    longest = max(clock.gaps, key=lambda gap: gap.most, default=None)
    silence = h('<p class="am-quiet">{}</p>', _("The longest silence between two messages: {length}").format(length=span(longest))) if longest else ""
    name = _("Whether the next word came when it was promised")
    heads = h('<th scope="col">{}</th><th scope="col">{}</th><td></td>', _("Next word promised by"), _("It came"))
    return h("{}{}", wide_table("am-rhythm", name, heads, tbody(rows)), silence)


def render_duties(duties: Sequence[Duty], page: Composer) -> None:
    """A card for each duty to report."""
    for duty in duties:
        obligation = duty.obligation
        page.html(h('<div class="am-card"><div class="am-card__head"><b>{}</b> {}</div>', duty.clock.title, _badge(duty.verdict, _REPORTED)))
        if isinstance(obligation.why_late, str):
            page.html(h('<div class="am-field"><div class="am-label">{}</div>', _("Why it took so long")))
            page.text(obligation.why_late)
            page.html(Markup("</div>"))
        elif isinstance(obligation.why_late, Absence):
            page.html(absent(obligation.why_late))
        page.html(h('<div class="am-card__foot">{}{}{} · {}{}{}</div></div>', h(_(TO), addressee=h("<b>{}</b>", duty.clock.addressee)),
                    _since(N_("aware since {when}"), obligation.aware), _since(N_("classified {when}"), obligation.classified),
                    h(_("told {when}"), when=when(obligation.notified)), _runs(duty), _law(duty)))


def _since(message: str, event: Moment | Absence | None) -> Markup | str:
    """A fact from which a clock may run, where something is said of it."""
    return h(" · {}", h(_(message), when=when(event))) if event is not None else ""


def _runs(duty: Duty) -> Markup:
    return Markup("").join(
        h(" · {}", _(_ALLOWED[run.limit.event]).format(limit=_limit(run.limit), report=run.limit.after)) if run.took is None
        else h(" · {}", _(_BEFORE[run.limit.event]).format(report=run.limit.after)) if run.took.most < timedelta(0)
        else h(" · {}", h(_(_TOOK[run.limit.event]), length=h("<b>{}</b>", span(run.took)), limit=_limit(run.limit), report=run.limit.after))
        for run in duty.runs)


_ALLOWED = {
    Event.AWARENESS: N_("{limit} after awareness allowed"),
    Event.CLASSIFICATION: N_("{limit} after classification allowed"),
    None: N_("{limit} after the report under {report} allowed"),
}
_BEFORE = {
    Event.AWARENESS: N_("before awareness"),
    Event.CLASSIFICATION: N_("before classification"),
    None: N_("before the report under {report}"),
}
_TOOK = {
    Event.AWARENESS: N_("{length} after awareness, {limit} allowed"),
    Event.CLASSIFICATION: N_("{length} after classification, {limit} allowed"),
    None: N_("{length} after the report under {report}, {limit} allowed"),
}


def _limit(limit: Limit) -> str:
    if limit.months is not None:
        return counted("{number} month", "{number} months", limit.months)
    return spoken().hours(limit.hours or 0)


def _law(duty: Duty) -> Markup | str:
    clock = duty.clock
    if clock.source is None:
        return ""
    return h(' · <a href="{}">{}</a>', clock.source, clock.cited or clock.id) if clock.source.startswith(("https://", "http://")) else h(" · {}", clock.source)


def _badge(verdict: Verdict, words: dict[Verdict, tuple[str, str]]) -> Markup:
    kind = {Verdict.MET: "done", Verdict.LATE: "late", Verdict.NEVER: "given-up", Verdict.UNKNOWN: "quiet"}[verdict]
    return h('<span class="am-badge am-badge--{}">{}</span>', kind, pgettext(*words[verdict]))
