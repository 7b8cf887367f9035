"""What an incident behind a checklist item cost, and what is said of a control that was known and failed: plain words, and lines of a page."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from amends.language import N_, _, counted, ngettext
from amends.learning.lessons import Evidence, FailedControl, Witness
from amends.reading.moments import Moment
from amends.record import Affected, CustomerImpact, Figure, Record, Share, given
from amends.render.composer import Href, h
from amends.render.terms import term
from amends.render.words import figure_words, moment_words, severity_badge, share_words, span, time_tag

SHOWN = 3
"""How many incidents stand under an item before the rest is folded away."""


def cost_of(record: Record) -> str:
    """What it did to customers, in a line: `883 sites · 14 days · outage, data loss`; empty where nothing of it is known."""
    return " · ".join(filter(None, (affected(record), lasted(record), ", ".join(map(term, record.harms)))))


def affected(record: Record) -> str:
    """How many, of what: the first row that has a figure; empty where none has."""
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    return next(filter(None, map(_figure, rows)), "")


def _figure(row: Affected) -> str:
    unit = f" {' '.join(row.unit.split())}" if row.unit else ""
    if isinstance(row.count, Figure):
        return f"{figure_words(row.count)}{unit}"
    return _("{share} of {unit}").format(share=share_words(row.share), unit=unit.strip()) if isinstance(row.share, Share) and unit else ""


def lasted(record: Record) -> str:
    """How long customers felt it; empty where that is not known."""
    started, resolved = record.started, record.time("resolved")
    return span(started.until(resolved)) if started is not None and resolved is not None else ""


# Lines of a page -----------------------------------------------------------------------------------------------------


def evidence_list(found: Sequence[Evidence], failed: Iterable[FailedControl], href: Href) -> Markup:
    """The incidents behind an item, one line each, those in which it was known already marked; empty where there are none."""
    known = {each.record.stem: each for each in failed}
    lines = [_line(each, known.get(each.record.stem), href) for each in found]
    if not lines:
        return Markup("")
    shown = h('<ul class="am-evidence">{}</ul>', Markup("").join(lines[:SHOWN]))
    rest = lines[SHOWN:]
    more = h('<details class="am-fold"><summary>{}</summary><ul class="am-evidence">{}</ul></details>', counted("{number} more", "{number} more", len(rest)),
             Markup("").join(rest)) if rest else ""
    return shown + more


def _line(found: Evidence, failed: FailedControl | None, href: Href) -> Markup:
    record = found.record
    actions = [action.id for action in found.actions if action.id]
    link = h('<a href="{}">{}</a>', href(record.path, actions[0] if len(actions) == 1 else ""), record.title or record.stem)
    by = h(' <span class="am-quiet">{}</span>', ngettext("action {names}", "actions {names}", len(actions)).format(names=", ".join(actions))) if actions else ""
    cost = cost_of(record)
    return h("<li>{} {}{}{}{}</li>", severity_badge(record), link, by, h('<span class="am-cost">{}</span>', cost) if cost else "",
             h('<span class="am-known">{}</span>', since_words(failed)) if failed else "")


def since_words(failed: FailedControl) -> Markup:
    """Since when a control was known and who says so, and where it was in force: `Known already: on this list since 3 Mar 2031, as the item says; …`."""
    return h(_(_SINCE[failed.witness]), day=time_tag(failed.since), in_force=in_force_words(failed))


_SINCE = {
    Witness.AUTHOR: N_("Known already: on this list since {day}, as the item says; {in_force}."),
    Witness.GIT: N_("Known already: on this list since {day}, as git has it; {in_force}."),
}
_ON_CHECKLIST = {
    Witness.AUTHOR: N_("on the checklist {checklist} since {day}, as the item says; {in_force}"),
    Witness.GIT: N_("on the checklist {checklist} since {day}, as git has it; {in_force}"),
}


def in_force_words(failed: FailedControl) -> str:
    """Where the control was in force when the incident began, as far as that is told."""
    places = [_("{place} since {day}").format(place=" ".join((each.where or _("a place without a name")).split()),
                                              day=moment_words(each.on) if isinstance(each.on, Moment) else "")
              for each in failed.in_force]
    return _("in force in {places}").format(places=", ".join(places)) if places else _("in force nowhere by then, as far as the item tells")


def known_banner(failed: Sequence[FailedControl], href: Href) -> Markup:
    """What a record's page says of the controls that were known when it began."""
    from amends.render.plain import plain_words  # takes longer to import than advice takes to give

    lines = Markup("").join(
        h('<li><a href="{}">{}</a> <span class="am-quiet">{}</span></li>', href(each.checklist.path, each.item.id or ""),
          plain_words(each.item.check) if each.item.check else each.reference,
          h(_(_ON_CHECKLIST[each.witness]), checklist=h("<i>{}</i>", each.checklist.title or each.checklist.stem), day=time_tag(each.since),
            in_force=in_force_words(each))) for each in failed)
    return warning_banner(h(_("<b>This was known.</b> When it began, our checklists asked for it already:")), lines)


def warning_banner(lead: Markup, lines: Markup) -> Markup:
    """What could have been heeded, at the head of a page: a sentence, and `<li>` lines."""
    return h('<div class="am-banner am-banner--known"><p>{}</p><ul class="am-earned">{}</ul></div>', lead, lines)
