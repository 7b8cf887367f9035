"""The prevention checklists: the index of every item by stage, and a page for each checklist."""

from collections.abc import Sequence

from markupsafe import Markup

from amends.checklist import Checklist, Item, Stage
from amends.corpus import Corpus, Lesson
from amends.moments import Moment
from amends.record import Record, given
from amends.render.composer import Composer, Href, h
from amends.render.words import absent, severity_badge, time_tag
from amends.typed import Absence

STAGES = {
    Stage.DESIGN: "While designing",
    Stage.BUILD: "While building",
    Stage.CHANGE: "Before a change",
    Stage.RELEASE: "Before a release",
    Stage.OPERATE: "While it runs",
    Stage.RESPOND: "When it goes wrong",
    Stage.CUSTOMERS: "Towards customers",
}


def render_index(corpus: Corpus, href: Href, page: Composer) -> None:
    """Every item by stage, with its checklist, its state and the incidents behind it."""
    if not corpus.checklists:
        page.html(h('<p class="am-empty">There is no checklist yet. Start one with <code>amends new --checklist "Title"</code>.</p>'))
        return
    stages = [stage for stage in STAGES if any(c.stage is stage for c in corpus.checklists)]
    page.html(h('<p class="am-chips">{}</p>', Markup(" ").join(
        h('<a class="am-chip" href="#{}">{} <b>{}</b></a>', _slug(STAGES[stage]), STAGES[stage],
          sum(len(c.items) for c in corpus.checklists if c.stage is stage)) for stage in stages)))
    for stage in stages:
        page.heading(2, STAGES[stage])
        for checklist in corpus.checklists:
            if checklist.stage is stage:
                _section(checklist, corpus, href, page)
    unstaged = [c for c in corpus.checklists if c.stage is None]
    if unstaged:
        page.heading(2, "Without a stage")
        for checklist in unstaged:
            _section(checklist, corpus, href, page)


    _by_service(corpus, href, page)


def _by_service(corpus: Corpus, href: Href, page: Composer) -> None:
    """The items that the incidents of each service earned, and those of checklists written for it."""
    items: dict[str, dict[str, tuple[Checklist, Item]]] = {}
    for checklist in corpus.checklists:
        for item in checklist.items:
            reference = f"{checklist.stem}/{item.id}"
            services = {name for record in _behind(corpus.lessons.get(reference, ())) for name in record.service_names}
            for service in services.union(given(checklist.services)):
                items.setdefault(service, {})[reference] = (checklist, item)
    if not items:
        return
    page.heading(2, "By service")
    label = corpus.settings.vocabulary.label
    page.html(Markup("").join(
        h('<details class="am-fold"><summary>{} <b>{}</b></summary><ul class="am-earned">{}</ul></details>', label("services", service), len(found),
          Markup("").join(h('<li><a href="{}">{}</a> <span class="am-quiet">{}</span></li>', href(checklist.path, item.id or ""), item.check or item.id,
                            checklist.title or checklist.stem) for checklist, item in found.values()))
        for service, found in sorted(items.items(), key=lambda entry: str(label("services", entry[0])))))


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _section(checklist: Checklist, corpus: Corpus, href: Href, page: Composer) -> None:
    services = given(checklist.services)
    chips = Markup(" ").join(h('<a class="am-chip" href="{}">{}</a>', href(f"services/{s}.md"), corpus.settings.vocabulary.label("services", s))
                             for s in services if s in corpus.by_service)
    page.html(h('<div class="am-checklist"><div class="am-card__head"><a href="{}"><b>{}</b></a> {}</div><ul class="am-items">',
                href(checklist.path), checklist.title or checklist.stem, chips))
    for item in checklist.items:
        lessons = corpus.lessons.get(f"{checklist.stem}/{item.id}", ())
        page.html(h('<li class="am-item"><a class="am-item__tick" href="{}" aria-label="Guidance">☐</a><div>', href(checklist.path, item.id or "")))
        page.text(item.check or item.id or "", checklist.path)
        page.html(h('<div class="am-card__foot">{} · {}</div></div></li>', _earned(lessons, href), _state(item)))
    page.html(Markup("</ul></div>"))


def _earned(lessons: Sequence[Lesson], href: Href) -> Markup:
    records = _behind(lessons)
    if not records:
        return Markup('<span class="am-unsaid">no incident behind it yet</span>')
    return h("earned by {}", Markup(", ").join(h('<a href="{}">{}</a>', href(r.path), _short(r)) for r in records))


def _behind(lessons: Sequence[Lesson]) -> list[Record]:
    return list({lesson.record.stem: lesson.record for lesson in lessons}.values())


def _short(record: Record) -> str:
    title = record.title or record.stem
    return title if len(title) <= 70 else f"{title[:67].rsplit(' ', 1)[0]}…"


def _state(item: Item) -> Markup:
    if isinstance(item.adopted, Absence):
        adopted: Markup | str = absent(item.adopted)
    else:
        adopted = "adopted in " + ", ".join(a.where or "" for a in item.adopted) if item.adopted else "not adopted anywhere yet"
    since = h(" · since {}", time_tag(item.since)) if isinstance(item.since, Moment) else ""
    return h("{}{}", adopted, since)


def render_checklist(checklist: Checklist, guidance: dict[str, str], lead: str, corpus: Corpus, href: Href, page: Composer) -> None:
    """The page of one checklist: every item with why, how to verify, its evidence and its guidance.

    `guidance` holds the body's sections by item id, `lead` what stands before them.
    """
    page.title(checklist.title or checklist.stem)
    stage = STAGES[checklist.stage] if checklist.stage else "no stage"
    owner = corpus.settings.vocabulary.label("owners", checklist.owner) if isinstance(checklist.owner, str) else "nobody yet"
    page.html(h('<p class="am-badges"><span class="am-badge am-badge--quiet">{}</span> <span class="am-owner">kept by {}</span></p>', stage, owner))
    if lead.strip():
        page.markdown(lead)
    for item in checklist.items:
        _item(item, guidance.get(item.id or ""), checklist, corpus, href, page)
    for heading, text in guidance.items():
        if heading not in checklist.item_ids:
            page.markdown(f"## {heading}\n\n{text}")


def _item(item: Item, guidance: str | None, checklist: Checklist, corpus: Corpus, href: Href, page: Composer) -> None:
    page.heading(2, item.id or "An item without an id")
    page.html(Markup('<div class="am-check"><span class="am-item__tick" aria-hidden="true">☐</span><div>'))
    page.text(item.check or "")
    page.html(Markup("</div></div>"))
    for label, value in (("Why", item.why), ("How to prove it", item.verify)):
        if isinstance(value, str):
            page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
            page.text(value)
            page.html(Markup("</div>"))
        elif isinstance(value, Absence):
            page.html(h('<div class="am-field"><div class="am-label">{}</div>{}: {}</div>', label, absent(value), value.why))
    if guidance:
        page.markdown(guidance)
    lessons = corpus.lessons.get(f"{checklist.stem}/{item.id}", ())
    rows = Markup("").join(
        h('<li>{} <a href="{}">{}</a>{}</li>', severity_badge(lesson.record), href(lesson.record.path, (lesson.action.id or "") if lesson.action else ""),
          lesson.record.title or lesson.record.stem, h(' <span class="am-quiet">action {}</span>', lesson.action.id) if lesson.action else "")
        for lesson in lessons)
    behind = h('<div class="am-label">Earned by</div><ul class="am-evidence">{}</ul>', rows) if rows else Markup(
        '<p class="am-unsaid">No incident supports this item yet.</p>')
    page.html(h('<div class="am-behind">{}<div class="am-card__foot">{}</div></div>', behind, _state(item)))
