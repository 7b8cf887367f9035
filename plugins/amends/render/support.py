"""The page for those who speak with customers: what was promised and is not kept yet, and what they may say and offer."""

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _, spoken
from amends.reading.typed import Absence
from amends.record import Progress, Record, Remedy, Staff, Status, given
from amends.render.composer import Composer, Href, h
from amends.render.facets import Facets
from amends.render.ledger import promise_card, promises_by_state, state_slug
from amends.render.register import RECENT, day_words, newest_first
from amends.render.terms import TO, addressee, term
from amends.render.words import absent, severity_badge, when

URI = "support.md"
"""The page's place in the site."""

_MADE_GOOD = "how-it-was-made-good"
"""Where a record's page tells of remedies."""


def render_support(corpus: Corpus, href: Href, page: Composer) -> None:
    """Open promises, the next due first; then what staff may say and offer, the latest incident first."""
    page.opening(N_("For support"), N_("A customer is on the line. What did we promise, and what may you say and offer?"))
    promises = promises_by_state(corpus)
    open_promises = promises.get(Progress.OPEN, [])
    page.section(2, N_("Promised, and still to be kept"))
    for promise in open_promises:
        promise_card(promise, corpus, href, page, Markup(""))
    if not open_promises:
        page.html(h('<p class="am-empty">{}</p>', h(_('No promise is open. What became of the others stands in <a href="{address}">the ledger</a>.'),
                                                    address=href("promises.md"))))
    if unknown := len(promises.get(Progress.UNKNOWN, [])):
        page.html(h('<p class="am-quiet">{}</p>', h(_('Promises of which nobody knows whether they were kept: <a href="{address}">{number}</a>'),
                                                    address=f"{href('promises.md')}?state={state_slug(Progress.UNKNOWN)}", number=spoken().number(unknown))))
    given_on = [(record, remedy) for record in newest_first(corpus.records) for remedy in given(record.reply.remedies) if remedy.ongoing]
    if given_on:
        page.section(2, N_("Still given to customers"))
    for record, remedy in given_on:
        _still_given(remedy, record, href, page)
    page.section(2, N_("What you may say and offer"))
    told = [record for record in newest_first(corpus.records) if _briefing(record) is not None][:RECENT]
    if not told:
        page.html(h('<p class="am-empty">{}</p>', _("No published record says yet what our people may say and offer.")))
        return
    page.html(h("<p>{}</p>", _("Each was written for the days of its incident. An offer may be over since: ask who keeps it before you repeat it.")))
    named = corpus.settings.vocabulary.named
    facets = Facets({"service": _("Service"), "owner": _("Kept by"), "status": _("Record")}, "am-briefings", _("Incidents: {n} of {all}"),
                    ranked={"status": list(Status)})
    marked = [(record, facets.of({
        "service": named("services", record.service_names),
        "owner": named("owners", filter(None, (record.owner,))),
        "status": [(record.status.value, term(record.status))],
    })) for record in told]
    page.html(h('{}<div id="am-briefings">', facets.form()))
    for record, mark in marked:
        _card(record, mark, href, page)
    page.html(Markup("</div>"))


def _still_given(remedy: Remedy, record: Record, href: Href, page: Composer) -> None:
    page.html(h('<div class="am-card">{}', _head(record, href(record.path, _MADE_GOOD))))
    if isinstance(remedy.what, str):
        page.text(remedy.what, record.path)
    facts = [h(_(TO), addressee=h("<b>{}</b>", addressee(remedy.to)))] if isinstance(remedy.to, str) else []
    facts.append(h(_("offered {when}"), when=h("<b>{}</b>", when(remedy.offered))))
    page.html(h('<div class="am-card__foot">{}</div></div>', Markup(" · ").join(facts)))


def _head(record: Record, address: str) -> Markup:
    return h('<div class="am-card__head">{} <span class="am-date">{}</span> <a href="{}"><b>{}</b></a></div>',
             severity_badge(record), day_words(record), address, record.title or record.stem)


def _briefing(record: Record) -> Staff | None:
    staff = record.reply.staff
    return staff if isinstance(staff, Staff) and (isinstance(staff.told, str) or isinstance(staff.may_offer, str)) else None


def _card(record: Record, mark: Markup, href: Href, page: Composer) -> None:
    staff = _briefing(record)
    if staff is None:
        return
    page.html(h('<div class="am-card" {}>{}', mark, _head(record, href(record.path))))
    for heading, text in ((_("What you may say"), staff.told), (_("What you may offer"), staff.may_offer)):
        if text is not None:
            page.html(h('<div class="am-field"><div class="am-label">{}</div>', heading))
            if isinstance(text, Absence):
                page.html(absent(text))
            else:
                page.text(text, record.path)
            page.html(Markup("</div>"))
    page.html(Markup("</div>"))
