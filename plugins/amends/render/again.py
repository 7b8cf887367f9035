"""It is happening again: every contingency plan, found by what one sees, for whoever is on call at night."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from amends.audit import rehearsal_due
from amends.corpus import Corpus
from amends.language import ENGLISH, N_, _, month_names, pgettext, spoken
from amends.learning.likeness import account_of
from amends.learning.likeness.words import concepts_in, dull_words, grammar_words, words_for
from amends.reading.links import LINK
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import CustomerImpact, Plan, Progress, Record, Staff, given
from amends.render.composer import Composer, Href, h
from amends.render.facets import Facets
from amends.render.overdue import due_when
from amends.render.plan import PLANS, card_id, plan_id, render_steps, render_trials, trials_of
from amends.render.register import day_words, newest_first
from amends.render.story import sections
from amends.render.tasks import leads_to_the_web
from amends.render.terms import term
from amends.render.texts import render_field
from amends.render.words import absent, allowed_words, severity_badge, when

URI = PLANS
"""The page's place in the site."""

TITLE = N_("It is happening again")

SAVED = "it-is-happening-again.html"
"""The file that holds the same plans, to be kept where the network is not needed."""

CARDS = 300
"""How many plans stand on the page in full; of the others it holds what one sees, the title, and the way to them."""

WITHOUT = 100
"""How many incidents that left no plan, the newest, are named where no plan tells of what a reader asks for."""

_ALARMS = frozenset((
    "broke", "breaks", "breaking", "broken", "cannot", "dead", "gone", "tot", "kaputt", "geht", "funktioniert", "nichts", "alles", "everything", "nothing", "anything", "please", "bitte",
    "someone", "anyone", "something", "somewhere", "mistake", "mistakenly", "accidentally", "inadvertently", "versehen", "versehentlich", "arriving", "arrive", "arrived",
    "record", "records", "list", "lists", "re", "ve", "ll", "don", "doesn", "didn", "won", "isn", "aren", "wasn", "weren", "couldn", "wouldn", "hasn", "haven",
    "cant", "wont", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "couldnt", "wouldnt", "hasnt", "havent", "get", "gets", "getting",
    "website", "websites", "webseite", "webpage", "online", "offline", "reachable", "unreachable", "erreichbar", "unerreichbar",
))
"""What people write when something is wrong, whatever it is; and what an apostrophe leaves of a word."""

_SIDE_BY_SIDE = re.compile(r"(?<![^\W_])(?=([^\W_]+)[ -]([^\W_]+))")


class Known(NamedTuple):
    """A plan, and the record that left it."""

    record: Record
    number: int
    """Which of the record's plans, from 0."""
    plan: Plan


def plans_of(corpus: Corpus) -> list[Known]:
    """All plans, those for the worst first and among them the newest."""
    found = [Known(record, number, plan) for record in newest_first(corpus.records) for number, plan in enumerate(given(record.contingency_plan))]
    return sorted(found, key=lambda known: known.record.severity.value if known.record.severity else "sev9")


def render_again(corpus: Corpus, href: Href, page: Composer) -> None:
    """What one sees, as a list to search in; below it each plan on a card."""
    page.opening(TITLE, N_("What do we do if it happens again? Find what you see, then do what the plan says, step by step."))
    plans = plans_of(corpus)
    if not plans:
        page.html(h('<p class="am-empty">{}</p>', h(_("No published record has a contingency plan yet. Write one under <code>contingency_plan</code>."))))
        return
    page.html(h('<p class="am-live am-quiet">{}</p>', h(
        _('<a href="{address}" download>Save all plans in one file</a>: it needs no network, and prints a plan to a page.'), address=href(SAVED))))
    named = corpus.settings.vocabulary.named
    facets = Facets({"service": _("Service"), "severity": _("Severity")}, "am-seen", _("Plans: {n} of {all}"), words=_("What do you see?"))
    marked = [(known, facets.of({
        "service": named("services", known.record.service_names),
        "severity": [(known.record.severity.value, term(known.record.severity))] if known.record.severity else [],
    })) for known in plans]
    page.html(facets.form())
    records = {known.record.path: known.record for known in plans}
    told = {path: _told(record, corpus) for path, record in records.items()}
    concepts = [_concepts("\n".join(text for text in (told[known.record.path], known.plan.if_, *given(known.plan.then)) if isinstance(text, str)))
                for known in plans]
    without = [(record, _told(record, corpus)) for record in [each for each in newest_first(corpus.records) if not given(each.contingency_plan)][:WITHOUT]]
    theirs = [_concepts(text) for _record, text in without]
    words = words_for(sorted(set().union(*concepts, *theirs)))
    others = [{"title": record.title or record.stem, "href": href(record.path), "day": day_words(record), "told": text, "concepts": _counted(own)}
              for (record, text), own in zip(without, theirs, strict=True)]
    languages = ("english", ENGLISH.name_of(spoken().code))
    dull = _ALARMS | (dull_words(*languages) - (month_names() - grammar_words(*languages)))  # `may` is grammar first
    page.html(h('<ol class="am-seen" id="am-seen" role="list" data-words="{}" data-dull="{}" data-others="{}" data-others-told="{}">', _json(words),
                " ".join(sorted(dull)), _json(others), _("Incidents that tell of it, and left no plan:")))
    for place, ((known, mark), own) in enumerate(zip(marked, concepts, strict=True)):
        has_card = place < CARDS
        _entry(known, mark, own, told[known.record.path] if has_card else known.record.title or "", corpus, href, page, has_card=has_card)
    page.html(Markup("</ol>"))
    for known in plans[:CARDS]:
        _card(known, corpus, href, page)
    if len(plans) > CARDS:
        page.html(h('<p class="am-quiet">{}</p>', _(
            "The first {shown} of {all} plans stand here in full. The list above leads to the others on the pages of their records.",
        ).format(shown=CARDS, all=spoken().number(len(plans)))))


def _entry(known: Known, mark: Markup, concepts: Mapping[str, int], told: str, corpus: Corpus, href: Href, page: Composer, *, has_card: bool) -> None:
    """What one sees, and the way to what one does; `concepts` and what is `told` of the incident are what it is found by."""
    record, name = known.record, card_id(known.record, known.number)
    address = f"#{name}" if has_card else href(record.path, plan_id(known.number))
    page.html(h('<li {} data-leads="{}" data-concepts="{}" data-told="{}"><a href="{}" aria-labelledby="{}-see"></a>{}<div id="{}-see">', mark, name,
                _counted(concepts), told, address, name, severity_badge(record), name))
    _sign(known, page)
    failed = h(' <span class="am-badge am-badge--given-up">{}</span>', pgettext("plan", "did not work")) if _failed(known, corpus) else ""
    page.html(h('</div><span class="am-quiet">{}</span>{}</li>', " · ".join(_services(record, corpus)), failed))


def _told(record: Record, corpus: Corpus) -> str:
    """What a record says of its incident, to be found by: its day, its title, its summary, its tags, what it did to customers, on which services,
    why, and by which factors.
    """
    impact, label = record.customer_impact, corpus.settings.vocabulary.label
    _heading, summary = sections(record.document.body).get("summary", ("", ""))
    texts = [spoken().long_day(record.stem_day) if record.stem_day else None, account_of(record).text,
             impact.summary if isinstance(impact, CustomerImpact) else None, summary, *(record.page.tags if record.page else ()), *(label("services", name) for name in record.service_names), *(label("factors", kind) for kind in record.factor_kinds)]
    # The words of a link to another page are that page's, which a reader may not be allowed to see.
    said = "\n".join(dict.fromkeys(text for text in texts if isinstance(text, str)))
    return " ".join(LINK.sub(lambda link: link[0] if leads_to_the_web(link) else " ", said).split())


def _concepts(text: str) -> Counter[str]:
    """What a text tells of, and how often, for readers who call it by other words. What stands side by side is read as one word too: `name server`."""
    words = Counter([*text.lower().split(), *map("".join, _SIDE_BY_SIDE.findall(text.lower()))])
    found: Counter[str] = Counter()
    for word, number in words.items():
        for concept in concepts_in(word):
            found[concept] += number
    return found


def _counted(concepts: Mapping[str, int]) -> str:
    return " ".join(f"{concept}:{number}" for concept, number in sorted(concepts.items()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sign(known: Known, page: Composer) -> None:
    """How one knows that it is happening."""
    if isinstance(known.plan.if_, str):
        page.text(known.plan.if_, known.record.path)
    else:
        page.html(h("<p>{}</p>", known.record.title or known.record.stem))


def _services(record: Record, corpus: Corpus) -> list[str]:
    return [corpus.settings.vocabulary.label("services", name) for name in dict.fromkeys(record.service_names)]


def _card(known: Known, corpus: Corpus, href: Href, page: Composer) -> None:
    record, number, plan = known
    name = card_id(record, number)
    page.html(h('<article class="am-again" id="{}" aria-labelledby="{}-if"><p class="am-again__head">{} {}</p><div class="am-again__if" id="{}-if" role="heading" aria-level="2">',
                name, name, severity_badge(record), Markup(" ").join(h('<span class="am-chip">{}</span>', service) for service in _services(record, corpus)), name))
    _sign(known, page)
    page.html(h('</div><dl class="am-again__facts">{}</dl>', _facts(known, corpus)))
    failed = _failed(known, corpus)
    if failed:  # who follows the steps knows it before
        render_trials(record, number, corpus, href, page)
    if given(plan.then):
        render_steps(given(plan.then), page, record.path)
    elif isinstance(plan.then, Absence):
        page.html(h('<div class="am-absence am-absence--{}"><p>{} {}</p></div>', plan.then.kind, _("No steps."), plan.then.why))
    else:
        page.html(h('<p class="am-unsaid">{}</p>', _("No steps are written yet.")))
    _customers(record, href, page)
    if not failed:
        render_trials(record, number, corpus, href, page)
    learned = h('<a href="{}">{}</a>', href(record.path, plan_id(number)), record.title or record.stem)
    page.html(h('<p class="am-again__foot">{} <span class="am-date">{}</span></p><button type="button" class="md-button am-print" hidden>{}</button></article>',
                h(_("Learned from {record}"), record=learned), day_words(record), _("Print this plan")))


def _failed(known: Known, corpus: Corpus) -> bool:
    """Whether the plan was used in a later incident, and did not work."""
    return any(trial.use.worked is False for trial in trials_of(known.record, known.number, corpus))


def _facts(known: Known, corpus: Corpus) -> Markup:
    record, plan = known.record, known.plan
    owner = corpus.settings.vocabulary.label("owners", plan.owner) if isinstance(plan.owner, str) else plan.owner
    facts = [(_("Service back within"), absent(plan.within) if isinstance(plan.within, Absence) else allowed_words(plan.within) if plan.within else None),
             (_("Decides and leads"), absent(owner) if isinstance(owner, Absence) else owner),
             (_("Last rehearsed"), when(plan.rehearsed, _("never")))]
    rows = [h("<div><dt>{}</dt><dd>{}</dd></div>", label, value) for label, value in facts if value]
    if (due := rehearsal_due(plan, record, corpus.settings)) is not None:
        rows.append(h('<div><dt>{}</dt><dd data-due="{}">{}</dd></div>', _("To be rehearsed by"), due, when(Moment(due, None))))
    return Markup("").join(rows)


def _customers(record: Record, href: Href, page: Composer) -> None:
    """What those who speak with customers need beside the steps."""
    staff = record.reply.staff
    texts = [(_("What you may say"), staff.told), (_("What you may offer"), staff.may_offer)] if isinstance(staff, Staff) else []
    texts = [(heading, text) for heading, text in texts if isinstance(text, str)]
    awaited = [promise for promise in given(record.reply.commitments) if promise.progress is Progress.OPEN]
    if not (texts or awaited):
        return
    page.html(Markup('<div class="am-again__customers">'))
    for heading, text in texts:
        render_field(heading, text, record, page)
    if texts:
        page.html(h('<p class="am-quiet">{}</p>', _("Written for the days of that incident. An offer may be over since: ask before you repeat it.")))
    if awaited:
        page.html(h('<div class="am-field"><div class="am-label">{}</div><ul>', _("Promised last time, not kept yet")))
        for promise in awaited:
            page.html(Markup("<li>"))
            if isinstance(promise.promise, str):
                page.text(promise.promise, record.path)
            page.html(h('<span class="am-quiet">{} · <a href="{}">{}</a></span></li>', due_when(promise.due),
                        href(record.path, promise.id or ""), _("the promise")))
        page.html(Markup("</ul></div>"))
    page.html(Markup("</div>"))
