"""What an incident behind a checklist item cost, and what is said of a control that was known and failed: plain words, and lines of a page."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from amends.learning import Evidence, FailedControl, Witness
from amends.record import Affected, CustomerImpact, Figure, Record, Share, given
from amends.render.composer import Href, h
from amends.render.words import severity_badge, span, time_tag

SHOWN = 3
"""How many incidents stand under an item before the rest is folded away."""


def cost_of(record: Record) -> str:
    """What it did to customers, in a line: `883 sites · 14 days · outage, data loss`; empty where nothing of it is known."""
    return " · ".join(filter(None, (affected(record), lasted(record), ", ".join(harm.value.replace("-", " ") for harm in record.harms))))


def affected(record: Record) -> str:
    """How many, of what: the first row that has a figure; empty where none has."""
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    return next(filter(None, map(_figure, rows)), "")


def _figure(row: Affected) -> str:
    unit = f" {' '.join(row.unit.split())}" if row.unit else ""
    if isinstance(row.count, Figure):
        return f"{row.count}{unit}"
    return f"{row.share} of{unit}" if isinstance(row.share, Share) and unit else ""


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
    more = h('<details class="am-fold"><summary>{} more</summary><ul class="am-evidence">{}</ul></details>', len(rest), Markup("").join(rest)) if rest else ""
    return shown + more


def _line(found: Evidence, failed: FailedControl | None, href: Href) -> Markup:
    record = found.record
    actions = [action.id for action in found.actions if action.id]
    link = h('<a href="{}">{}</a>', href(record.path, actions[0] if len(actions) == 1 else ""), record.title or record.stem)
    by = h(' <span class="am-quiet">{} {}</span>', "action" if len(actions) == 1 else "actions", ", ".join(actions)) if actions else ""
    cost = cost_of(record)
    return h("<li>{} {}{}{}{}</li>", severity_badge(record), link, by, h('<span class="am-cost">{}</span>', cost) if cost else "",
             h('<span class="am-known">Known already: {}.</span>', since_words(failed)) if failed else "")


def since_words(failed: FailedControl) -> Markup:
    """Since when a control was known and who says so, and where it was in force: `on this list since 3 Mar 2031, as the item says; …`."""
    return h("on this list since {}, {}; {}", time_tag(failed.since), _WITNESSES[failed.witness], in_force_words(failed))


_WITNESSES = {Witness.AUTHOR: "as the item says", Witness.GIT: "as git has it"}


def in_force_words(failed: FailedControl) -> str:
    """Where the control was in force when the incident began, as far as that is told."""
    places = [f"{' '.join((each.where or 'a place without a name').split())} since {each.on}" for each in failed.in_force]
    return f"in force in {', '.join(places)}" if places else "in force nowhere by then, as far as the item tells"


def known_banner(failed: Sequence[FailedControl], href: Href) -> Markup:
    """What a record's page says of the controls that were known when it began."""
    from amends.render.plain import plain_words  # takes longer to import than advice takes to give

    lines = Markup("").join(
        h('<li><a href="{}">{}</a> <span class="am-quiet">on the checklist <i>{}</i> since {}, {}; {}</span></li>', href(each.checklist.path, each.item.id or ""),
          plain_words(each.item.check) if each.item.check else each.reference, each.checklist.title or each.checklist.stem, time_tag(each.since),
          _WITNESSES[each.witness], in_force_words(each)) for each in failed)
    return h('<div class="am-banner am-banner--known"><p><b>This was known.</b> When it began, our checklists asked for it already:</p>'
             '<ul class="am-earned">{}</ul></div>', lines)
