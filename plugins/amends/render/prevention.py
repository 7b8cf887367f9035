"""The prevention checklists: the index of every item by stage, service and factor, and a page for each checklist."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from amends.checklist import Adoption, Checklist, Item, Stage
from amends.corpus import Corpus
from amends.language import N_, _, counted
from amends.learning.lessons import Evidence, FailedControl, evidence
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import given
from amends.render.composer import Composer, Href, h
from amends.render.evidence import cost_of, evidence_list, warning_banner
from amends.render.facets import FOR_ALL, Facets
from amends.render.plain import plain_words
from amends.render.tasks import carried, task
from amends.render.terms import term
from amends.render.words import absent, said, time_tag, when

STAGES = {
    Stage.DESIGN: "while-designing",
    Stage.BUILD: "while-building",
    Stage.CHANGE: "before-a-change",
    Stage.RELEASE: "before-a-release",
    Stage.OPERATE: "while-it-runs",
    Stage.RESPOND: "when-it-goes-wrong",
    Stage.CUSTOMERS: "towards-customers",
}
"""The stages in their order, each with the anchor of its section."""
_LIST = "am-prevention"


class _Entry(NamedTuple):
    """An item as the index shows it."""

    checklist: Checklist
    item: Item
    behind: tuple[Evidence, ...]
    failed: tuple[FailedControl, ...]
    services: tuple[str, ...]
    """Those that the incidents behind it hit, and those that its checklist is written for."""
    factors: tuple[str, ...]
    """Those of the incidents behind it."""


def _entries(corpus: Corpus) -> list[_Entry]:
    found = []
    for checklist in corpus.checklists:
        for item in checklist.items:
            reference = f"{checklist.stem}/{item.id}"
            behind = evidence(corpus.lessons.get(reference, ()))
            services = dict.fromkeys((*given(checklist.services), *(name for each in behind for name in each.record.service_names)))
            factors = dict.fromkeys(kind for each in behind for kind in each.record.factor_kinds)
            found.append(_Entry(checklist, item, behind, corpus.failed_controls.by_item.get(reference, ()), tuple(services), tuple(factors)))
    return found


# The index ------------------------------------------------------------------------------------------------------------


def render_index(corpus: Corpus, href: Href, page: Composer) -> None:
    """Every item by stage, with the incidents behind it and what they cost, its state, and a box to tick."""
    if not corpus.checklists:
        page.html(h('<p class="am-empty">{}</p>', h(_('There is no checklist yet. Start one with <code>amends new --checklist "Title"</code>.'))))
        return
    entries = _entries(corpus)
    stages = [stage for stage in (*STAGES, None) if any(checklist.stage is stage for checklist in corpus.checklists)]
    page.html(_failed_line(entries, href))
    page.html(h('<p class="am-chips am-live">{}</p>', Markup(" ").join(
        h('<a class="am-chip" href="#{}">{} <b>{}</b></a>', _anchor(stage), _heading(stage), sum(e.checklist.stage is stage for e in entries))
        for stage in stages)))
    named = corpus.settings.vocabulary.named
    facets = Facets({"stage": _("When"), "service": _("Service"), "factor": _("Factor")}, _LIST, _("Items: {n} of {all}"), ranked={"stage": list(Stage)},
                    for_all=_("{n} more on checklists that are for all services"))
    marks = {id(entry): facets.of({
        "stage": [(entry.checklist.stage.value, _heading(entry.checklist.stage))] if entry.checklist.stage else [],
        "service": named("services", entry.services),
        "factor": named("factors", entry.factors),
        FOR_ALL: [] if entry.checklist.services else [("service", "")],
    }) for entry in entries}
    page.html(h('{}{}<div id="{}">', facets.form(), _tools(corpus, href), _LIST))
    for stage in stages:
        page.html(Markup("<section data-group>"))
        page.heading(2, f"{_heading(stage)} {{: #{_anchor(stage)} }}")
        for checklist in corpus.checklists:
            if checklist.stage is stage:
                _section(checklist, [(entry, marks[id(entry)]) for entry in entries if entry.checklist is checklist], corpus, href, page)
        page.html(Markup("</section>"))
    page.html(Markup("</div>"))
    _by_word(N_("By service"), "services", ((entry, entry.services) for entry in entries), corpus, href, page)
    _by_word(N_("By factor"), "factors", ((entry, entry.factors) for entry in entries), corpus, href, page)


def _heading(stage: Stage | None) -> str:
    return term(stage) if stage else _("Without a stage")


def _anchor(stage: Stage | None) -> str:
    return STAGES[stage] if stage else "without-a-stage"


def _failed_line(entries: Sequence[_Entry], href: Href) -> Markup:
    """Which items were known and failed all the same; empty where none did."""
    failed = [entry for entry in entries if entry.failed]
    if not failed:
        return Markup("")
    number = len({each.record.stem for entry in failed for each in entry.failed})
    lines = Markup("").join(h('<li><a href="{}">{}</a> <span class="am-quiet">{}</span></li>', href(entry.checklist.path, entry.item.id or ""), _words(entry.item),
                              _times_failed(entry.failed)) for entry in failed)
    lead = h("<b>{}</b> {} {}.", _("Known, and failed all the same:"), counted("{number} item", "{number} items", len(failed)),
             counted("in {number} incident", "in {number} incidents", number))
    return warning_banner(lead, lines)


def _times_failed(failed: Sequence[FailedControl]) -> str:
    return counted("failed once although known", "failed {number} times although known", len(failed))


def _words(item: Item) -> str:
    """What is checked, without markup: for the text of a link."""
    return plain_words(item.check) if item.check else item.id or _("an item without an id")


def _tools(corpus: Corpus, href: Href) -> Markup:
    """What a script can do with the ticks. A form, so that search does not read it."""
    return h('<form class="am-tools" data-list="{}" data-home="{}" data-ticked="{}" data-unticked="{}" data-copied="{}" data-not-copied="{}" data-nothing="{}" hidden>'
             '<button type="button" class="md-button" data-do="copy">{}</button>'
             '<button type="button" class="md-button" data-do="untick" hidden>{}</button><output aria-live="polite"></output></form>',
             _LIST, href(f"{corpus.settings.prevention}/README.md"), _("{ticked} of {all} ticked, the last on {day}"), _("Nothing is ticked any more."), _("Copied."),
             _("Copy it from here:"), _("No item is shown, so there is nothing to copy."),
             _("Copy as Markdown"), _("Untick all"))


def _section(checklist: Checklist, entries: Sequence[tuple[_Entry, Markup]], corpus: Corpus, href: Href, page: Composer) -> None:
    label, title = corpus.settings.vocabulary.label, checklist.title or checklist.stem
    chips = _services(given(checklist.services), corpus, href)
    kept = _("kept by {team}").format(team=label("owners", checklist.owner)) if isinstance(checklist.owner, str) else ""
    owner = h('<span class="am-owner">{}</span>', kept) if kept else ""
    page.html(h('<div class="am-checklist" data-group data-markdown="{}"><div class="am-card__head"><a href="{}"><b>{}</b></a> {} {}</div><ul class="am-items">',
                f"### {carried(title)}", href(checklist.path), title, owner, chips))
    for entry, mark in entries:
        item = entry.item
        page.html(h('<li class="am-item" {} data-markdown="{}">{}<div>', mark, _as_task(item, entry.behind), _box(checklist, item)))
        page.text(item.check or item.id or "", checklist.path)
        failed = h('<span class="am-badge am-badge--given-up">{}</span> ', _times_failed(entry.failed)) if entry.failed else ""
        page.html(h('{}<div class="am-card__foot">{}{}<span class="am-how"> · <a href="{}" data-guidance>{}</a></span></div></div></li>',
                    evidence_list(entry.behind, entry.failed, href) or _unsupported(), failed, _state(item), href(checklist.path, item.id or ""), _("why and how")))
    page.html(Markup("</ul></div>"))


def _as_task(item: Item, behind: Sequence[Evidence]) -> str:
    """The item in Markdown, as it is copied: what is to be done, the first of the incidents behind it with what it cost, and how to prove it."""
    lines = [task(item.check or item.id or "")]
    if behind:
        record = behind[0].record
        more = counted("{number} more", "{number} more", len(behind) - 1) if len(behind) > 1 else ""
        title, cost = carried(record.title or record.stem), "; ".join(filter(None, (carried(cost_of(record)), more)))
        lines.append(f"{_('Earned by')}: {record.stem[:10]} {title}" + (f": {cost}" if cost else ""))
    if isinstance(item.verify, str):
        lines.append(f"{_('How to prove it')}: {carried(item.verify)}")
    return "\n  <br>".join(lines)


def _unsupported() -> Markup:
    return h('<p class="am-unsaid">{}</p>', _("No incident supports this item yet."))


def _box(checklist: Checklist, item: Item) -> Markup:
    """A box to tick. It works without a script, which only remembers."""
    return h('<input type="checkbox" class="am-tick" data-tick="{}" aria-label="{}" autocomplete="off">', f"{checklist.stem}/{item.id or ''}", _words(item))


def _by_word(heading: str, kind: str, entries: Iterable[tuple[_Entry, Sequence[str]]], corpus: Corpus, href: Href, page: Composer) -> None:
    """The checklists for each service or factor, with how many of their items are; for those who can't, or don't, narrow the list.

    A script hides them while the list is narrowed, since they tell of all items.
    """
    numbers: dict[str, Counter[Checklist]] = defaultdict(Counter)
    for entry, words in entries:
        for word in words:
            numbers[word][entry.checklist] += 1
    if not numbers:
        return
    label = corpus.settings.vocabulary.label
    page.html(h('<section data-whole="{}">', _LIST))
    page.section(2, heading)
    page.html(h('<dl class="am-rows">{}</dl></section>', Markup("").join(
        h('<div><dt>{}</dt><dd class="am-chips">{}</dd></div>', label(kind, word), Markup(" ").join(
            h('<a class="am-chip" href="{}">{} <b>{}</b></a>', href(checklist.path), checklist.title or checklist.stem, number)
            for checklist, number in numbers[word].most_common()))
        for word in sorted(numbers, key=lambda word: label(kind, word)))))


def _state(item: Item) -> Markup:
    """Where it is in force and when that was proved, since when it exists, and when it is looked at again."""
    parts: list[Markup | str] = [_adopted(item)]
    if item.since is not None:
        parts.append(h(_("since {day}"), day=when(item.since)))
    if isinstance(item.review_by, Moment):
        parts.append(h('<span data-due="{}">{}</span>', item.review_by.day.isoformat(), h(_("to be looked at again by {day}"), day=time_tag(item.review_by))))
    elif isinstance(item.review_by, Absence):
        parts.append(h(_("looked at again: {reason}"), reason=absent(item.review_by)))
    return Markup(" · ").join(parts)


def _adopted(item: Item) -> Markup | str:
    if isinstance(item.adopted, Absence):
        return absent(item.adopted)
    return h(_("adopted in {places}"), places=Markup(", ").join(map(_place, item.adopted))) if item.adopted else _("not adopted anywhere yet")


def _place(adoption: Adoption) -> Markup:
    place = h("{}", adoption.where or "")
    if adoption.on is not None:
        place = h(_("{place} since {day}"), place=place, day=when(adoption.on))
    return h(_("{place}, proved {day}"), place=place, day=when(adoption.verified)) if adoption.verified is not None else place


# A checklist ----------------------------------------------------------------------------------------------------------


def _services(names: Iterable[str], corpus: Corpus, href: Href) -> Markup:
    """The services that a checklist is for; those that have a page lead there."""
    label = corpus.settings.vocabulary.label
    return Markup(" ").join(h('<a class="am-chip" href="{}">{}</a>', href(f"services/{name}.md"), label("services", name)) if name in corpus.by_service
                            else h('<span class="am-chip">{}</span>', label("services", name)) for name in names)


def render_checklist(checklist: Checklist, guidance: dict[str, str], lead: str, corpus: Corpus, href: Href, page: Composer) -> None:
    """The page of one checklist: every item with a box to tick, why, how to verify, its evidence and its guidance.

    `guidance` holds the body's sections by item id, `lead` what stands before them.
    """
    title = checklist.title or checklist.stem
    page.title(title)
    stage = term(checklist.stage) if checklist.stage else _("no stage")
    label = corpus.settings.vocabulary.label
    owner = said(checklist.owner, lambda team: label("owners", team))
    kept = h(_("kept by {team}"), team=owner) if owner else _("kept by nobody yet")
    page.html(h('<div class="am-badges"><span class="am-badge am-badge--quiet">{}</span> <span class="am-owner">{}</span></div><div class="am-chips">{}</div>', stage, kept,
                said(checklist.services, lambda names: _services(names, corpus, href)) or h('<span class="am-also am-quiet">{}</span>', _("for all services"))))
    if lead.strip():
        page.markdown(lead)
    page.html(h('{}<div id="{}" data-markdown="{}">', _tools(corpus, href), _LIST, f"### {carried(title)}"))
    for item in checklist.items:
        _item(item, guidance.get(item.id or ""), checklist, corpus, href, page)
    page.html(Markup("</div>"))
    for heading, text in guidance.items():
        if heading not in checklist.item_ids:
            page.markdown(f"## {heading}\n\n{text}")


def _item(item: Item, guidance: str | None, checklist: Checklist, corpus: Corpus, href: Href, page: Composer) -> None:
    page.heading(2, item.id or _("An item without an id"))
    reference = f"{checklist.stem}/{item.id}"
    behind, failed = evidence(corpus.lessons.get(reference, ())), corpus.failed_controls.by_item.get(reference, ())
    page.html(h('<div class="am-check" data-markdown="{}">{}<div>', _as_task(item, behind), _box(checklist, item)))
    page.text(item.check or "")
    page.html(h('<a href="{}" data-guidance hidden>{}</a></div></div>', href(checklist.path, item.id or ""), _("guidance")))
    if failed:
        page.html(h('<p class="am-failed"><span class="am-badge am-badge--given-up">{}</span></p>', _times_failed(failed)))
    for label, value in ((_("Why"), item.why), (_("How to prove it"), item.verify)):
        if isinstance(value, str):
            page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
            page.text(value)
            page.html(Markup("</div>"))
        elif isinstance(value, Absence):
            page.html(h('<div class="am-field"><div class="am-label">{}</div>{}</div>', label, absent(value)))
    if guidance:
        page.markdown(guidance)
    rows = evidence_list(behind, failed, href)
    earned = h('<div class="am-label">{}</div>{}', _("Earned by"), rows) if rows else _unsupported()
    page.html(h('<div class="am-behind">{}<div class="am-card__foot">{}</div></div>', earned, _state(item)))
