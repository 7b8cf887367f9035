"""The clocks on a record's page: how long customers waited for word, the rhythm of updates, and what had to be reported to whom."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from amends.clock import CustomerClock, Verdict
from amends.obligations import Duty
from amends.render.composer import Composer, h
from amends.render.words import absent, span, time_tag, when
from amends.typed import Absence

_KEPT = {Verdict.MET: "kept", Verdict.LATE: "late", Verdict.NEVER: "never came", Verdict.UNKNOWN: "not known"}
_REPORTED = {Verdict.MET: "in time", Verdict.LATE: "late", Verdict.NEVER: "not told", Verdict.UNKNOWN: "not known"}


def told(clock: CustomerClock) -> Markup:
    """How long customers waited for the first word, beside what the policy allows; empty where it is not known."""
    first = clock.first
    if first.at is None or first.since is None or first.took is None:
        return Markup("")
    took = Markup("at once") if first.at.before(first.since) else h("{} later", span(first.took))
    limit = h(' <span class="am-quiet">(policy: within {})</span>', first.allowed) if first.allowed else ""
    before = h(', <span class="am-told-first">before anybody reported it</span>') if clock.told_first else ""
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
    silence = h('<p class="am-quiet">The longest silence between two messages: {}</p>', span(longest)) if longest else ""
    return h('<div class="am-scroll" tabindex="0"><table class="am-rhythm"><thead><tr><th>Next word promised by</th><th>It came</th><th></th></tr></thead>'
             "<tbody>{}</tbody></table></div>{}", rows, silence)


def render_duties(duties: Sequence[Duty], page: Composer) -> None:
    """A card for each duty to report."""
    for duty in duties:
        clock, obligation = duty.clock, duty.obligation
        page.html(h('<div class="am-card"><div class="am-card__head"><b>{}</b> {}</div>', clock.label, _badge(duty.verdict, _REPORTED)))
        if isinstance(obligation.why_late, str):
            page.html(Markup('<div class="am-field"><div class="am-label">Why it took so long</div>'))
            page.text(obligation.why_late)
            page.html(Markup("</div>"))
        elif isinstance(obligation.why_late, Absence):
            page.html(absent(obligation.why_late))
        page.html(h('<div class="am-card__foot">to <b>{}</b> · told {}{}{}</div></div>', clock.to, when(obligation.notified), _runs(duty), _law(duty)))


def _runs(duty: Duty) -> Markup:
    return Markup("").join(
        h(" · {} allowed", run.limit) if run.took is None
        else h(" · before {}", run.limit.since) if run.took.most < timedelta(0)
        else h(" · <b>{}</b> after {}, {} allowed", span(run.took), run.limit.since, run.limit.length)
        for run in duty.runs)


def _law(duty: Duty) -> Markup | str:
    clock = duty.clock
    if clock.source is None:
        return ""
    return h(' · <a href="{}">{}</a>', clock.source, clock.law or clock.id) if clock.source.startswith(("https://", "http://")) else h(" · {}", clock.source)


def _badge(verdict: Verdict, words: dict[Verdict, str]) -> Markup:
    kind = {Verdict.MET: "done", Verdict.LATE: "late", Verdict.NEVER: "given-up", Verdict.UNKNOWN: "quiet"}[verdict]
    return h('<span class="am-badge am-badge--{}">{}</span>', kind, words[verdict])
