"""A record at a glance: its facts, the customers' side on one line, and what a reader must know first."""

from collections.abc import Sequence

from markupsafe import Markup

from amends.corpus import Corpus
from amends.customers.clock import customer_clock
from amends.customers.standing import State, owed_or_given, standings
from amends.diagnostics import Diagnostic
from amends.language import N_, _, counted, pgettext, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import (
    STEM_DAY,
    CustomerImpact,
    Finder,
    FollowUp,
    NoticeKind,
    Origin,
    Record,
    Reopening,
    Status,
    Times,
    Visibility,
    given,
)
from amends.render.clock import told
from amends.render.composer import Composer, Href, h
from amends.render.evidence import known_banner
from amends.render.record.pieces import STATES, affected_words, unsaid_word
from amends.render.register import lasted_words
from amends.render.risks import foreseen_banner, record_links
from amends.render.rules import findings_list
from amends.render.terms import role_word, term
from amends.render.words import absent, severity_badge, status_badge, time_tag


def facts_of(record: Record, corpus: Corpus, href: Href) -> Markup:
    """The badges, the facts and what it is filed under."""
    facts: list[tuple[str, Markup | str]] = []
    if record.started:
        facts.append((_("Began"), time_tag(record.started)))
    facts.append((_("Lasted"), h("{}{}", lasted_words(record), _back_again(record))))
    impact = record.customer_impact
    if isinstance(impact, CustomerImpact) and given(impact.affected):
        facts.append((_("Affected"), affected_words(given(impact.affected)[0])))
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


def _finder(record: Record) -> Markup | str:
    by = getattr(record.times, "detected_by", None)
    if isinstance(by, Finder):
        return h('<span class="am-finder am-finder--{}">{}</span>', "us" if by.is_us else "them", term(by))
    return absent(by) if isinstance(by, Absence) else ""


def _back_again(record: Record) -> Markup:
    """That it came back when it was over."""
    times = len(_reopened(record))
    return h(' <span class="am-quiet">{}</span>', counted("and came back after that", "and came back {number} times after that", times)) if times else Markup("")


def _reopened(record: Record) -> tuple[Reopening, ...]:
    return given(record.times.reopened) if isinstance(record.times, Times) else ()


def render_notes(record: Record, corpus: Corpus, findings: Sequence[Diagnostic], href: Href, page: Composer) -> None:
    """What a reader must know before the story: what is to mend, whose incident it is, what was known and what happened again."""
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


def amends_line(record: Record) -> Markup:
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
        return pgettext(*STATES[State.NOT_APPLICABLE])
    return _step(apology or notices if isinstance(notices, Absence) else apology, record)


def _fixed(record: Record) -> Moment | str:
    """The day on which it was over, for the last time where it came back."""
    if reopened := _reopened(record):
        return reopened[-1].to or unsaid_word(record)
    return record.time("resolved") or _step(getattr(record.times, "resolved", record.times), record)


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


def _step(value: object, record: Record) -> Moment | str:
    if isinstance(value, Moment):
        return value
    return _(_HONEST[value.kind]) if isinstance(value, Absence) else unsaid_word(record)


def _day(moment: Moment) -> Markup:
    return h('<time datetime="{}">{}</time>', moment.iso, spoken().day(moment.day))
