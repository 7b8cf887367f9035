"""The four pillars of a record: whom it hit, why, what is still at risk, and what to do if it happens again."""


from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _, counted
from amends.reading.typed import Absence
from amends.record import CustomerImpact, Factor, Plan, Record, RootCause, given
from amends.render.composer import Composer, Href, h, rows
from amends.render.overdue import again_when
from amends.render.plan import PLANS, card_id, plan_id, render_steps, render_trials, render_uses
from amends.render.record.pieces import absence, affected_words, evidence, field, foot, languages, listed, owner_tag, text_or_why
from amends.render.risks import came_true_badge, since_then
from amends.render.terms import channel, term
from amends.render.words import absent, allowed_words, said, when


def render_impact(record: Record, corpus: Corpus, page: Composer) -> None:
    """Whom it hit and how, in customers' words."""
    impact = record.customer_impact
    if impact is None:
        return
    page.section(2, N_("Customer impact"))
    if absence(impact, page) or not isinstance(impact, CustomerImpact):
        return
    if not absence(impact.summary, page) and isinstance(impact.summary, str):
        page.html(Markup('<div class="am-voice">'))
        page.text(impact.summary)
        page.html(Markup("</div>"))
    label = corpus.settings.vocabulary.label
    facts = (
        (_("Affected"), said(impact.affected, lambda groups: Markup("<br>").join(map(affected_words, groups)))),
        (_("Harm"), h(_("none: a near miss")) if impact.harms == () else said(impact.harms, lambda harms: listed(map(term, harms)))),
        (_("Felt on"), said(impact.felt_on, lambda channels: listed(map(channel, channels)))),
        (_("They speak"), said(impact.languages, languages)),
        (_("Promises broken"), said(impact.promises_broken, lambda broken: Markup("<br>").join(label("promises", each) for each in broken))),
    )
    page.html(rows((name, fact) for name, fact in facts if fact))


def render_root_cause(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """Why it happened, and why nothing caught it."""
    cause = record.root_cause
    if cause is None:
        return
    page.section(2, N_("Root cause"))
    if absence(cause, page) or not isinstance(cause, RootCause):
        return
    text_or_why(cause.summary, page)
    field(_("What set it off"), cause.trigger, page)
    if given(cause.factors):
        page.section(3, N_("Contributing factors"))
        for factor in given(cause.factors):
            _factor(factor, record, corpus, href, page)
    else:
        absence(cause.factors, page)
    field(_("Why it was not caught"), cause.why_not_caught, page)


def _factor(factor: Factor, record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    label: Markup | str = ""
    if factor.kind:
        others = len(corpus.by_factor.get(factor.kind, ())) - (record.path in corpus.incidents.pages_set)
        also = counted("also in {number} other incident", "also in {number} other incidents", others) if others else ""
        label = h('<a class="am-chip am-chip--factor" href="{}">{}</a>{}', href(f"factors/{factor.kind}.md"),
                  corpus.settings.vocabulary.label("factors", factor.kind), h(' <span class="am-also am-quiet">{}</span>', also) if also else "")
    sure = h(' <span class="am-badge am-badge--quiet">{}</span>', term(factor.confidence)) if factor.confidence else ""
    page.html(h('<div class="am-card"><div class="am-card__head">{}{}</div>', label, sure))
    text_or_why(factor.what, page)
    evidence(factor.evidence, page)
    page.html(Markup("</div>"))


def render_risk(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """What may still go wrong, and what protects against it."""
    if not record.risk:
        return
    page.section(2, N_("What is still at risk"))
    if absence(record.risk, page):
        return
    for risk in given(record.risk):
        badges = [h("{}: {}", _(label), absent(value)) if isinstance(value, Absence) else h('<span class="am-badge am-badge--{}">{}</span>', kind, term(value))
                  for kind, label, value in (("likelihood", N_("Likelihood"), risk.likelihood), ("consequence", N_("Consequence"), risk.consequence)) if value is not None]
        closed = h('<span class="am-badge am-badge--done">{}</span>', h(_("closed {when}"), when=when(risk.closed))) if risk.closed else ""
        page.html(h('<div class="am-card"><div class="am-card__head">{}{}{}</div>', Markup(" ").join(badges), came_true_badge(risk, corpus), closed))
        text_or_why(risk.what, page)
        field(_("Protection"), risk.protection, page)
        page.html(since_then(record, risk, corpus, href))
        page.html(h("{}</div>", foot((N_("Owner {team}"), owner_tag(risk.owner, corpus)),
                                      again_when(risk.review_by) if risk.review_by and not risk.closed else None)))


def render_plans(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """What to do if it happens again, and how that went when it was done."""
    if not (record.contingency_plan or record.plans_used):
        return
    page.section(2, N_("If it happens again"))
    render_uses(record, corpus, href, page)
    if absence(record.contingency_plan, page):
        return
    for number, plan in enumerate(given(record.contingency_plan)):
        _plan(number, plan, record, corpus, href, page)


def _plan(number: int, plan: Plan, record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    page.html(h('<div class="am-card am-plan" id="{}">', plan_id(number)))
    field(_("How you know"), plan.if_, page)
    if given(plan.then):
        page.html(h('<div class="am-label">{}</div>', _("What to do")))
        render_steps(given(plan.then), page)
    else:
        absence(plan.then, page)
    page.html(foot((N_("Carried out by {team}"), owner_tag(plan.owner, corpus)),
                    (N_("Service back within {length}"), said(plan.within, allowed_words)),
                    (N_("Last rehearsed {when}"), when(plan.rehearsed, _("never")))))
    render_trials(record, number, corpus, href, page)
    page.html(h('<p class="am-card__foot am-live"><a href="{}">{}</a></p></div>', href(PLANS, card_id(record, number)), _("Open it for use")))
