"""The page of trust over time: each figure as a sentence, a picture, and the table behind it."""

from markupsafe import Markup

from amends.corpus import Corpus
from amends.customers.trust import Asking, Ending, Group, Keeping, Repeating, Trust, measure_trust
from amends.language import N_, _, counted
from amends.render.composer import Composer, Href, h
from amends.render.trust.figures import Figures
from amends.render.trust.parts import PARTS, settled
from amends.render.trust.words import known_of, of_median, part_or_unknown, percent_words, wait_words

URI = "trust.md"
"""The page's place in the site."""


def render_trust(corpus: Corpus, href: Href, page: Composer) -> None:
    """The whole page."""
    page.opening(N_("Trust over time"))
    trust = measure_trust(corpus)
    whole = trust.whole
    if not whole.incidents:
        page.html(h('<p class="am-empty">{}</p>', h(_(
            'No incident is published yet, so there is nothing to count. Start a record with <code>amends new "Title"</code>; once it is published, this page '
            "shows whether customers were told first, promises kept, and those affected asked whether they are satisfied."))))
        return
    page.html(h("<p>{} {} {}</p>", _("Trust is earned by doing the same right thing again and again."), _records(trust),
                _("What a record does not tell is counted as not known, never as zero; where only days are known, a length of time is a range.")))
    page.html(_overview(whole))
    figures = Figures(trust, corpus, href, page)
    for part in PARTS:
        part(figures)


def _records(trust: Trust) -> str:
    """How many there are, and of which time."""
    period, number = [group.key for group in trust.periods], len(trust.whole.incidents)
    if len(period) > 1:
        return counted("This is what the records of {number} incident from {first} to {last} say.",
                       "This is what the records of {number} incidents from {first} to {last} say.", number, first=period[0], last=period[-1])
    if period:
        return counted("This is what the records of {number} incident of {period} say.", "This is what the records of {number} incidents of {period} say.",
                       number, period=period[0])
    return counted("This is what the records of {number} incident say.", "This is what the records of {number} incidents say.", number)


def _overview(whole: Group) -> Markup:
    """The figures of all incidents, each with the way to its part."""
    told, promises, endings = whole.told_first, whole.promises, whole.endings
    due, measured = settled(promises), sum(endings.values()) - endings[Ending.UNKNOWN]
    known = whole.repeating[Repeating.REPEAT] + whole.repeating[Repeating.NEW]
    tiles = (
        ("waits", _("Customers waited for a first word"), wait_words(whole.wait.median) if whole.wait else _("Not known"),
         of_median(whole.wait is not None, known_of(len(whole.waits), len(whole.incidents)))),
        ("first", _("Told first by us"), part_or_unknown(told[True], told[True] + told[False]), known_of(told[True] + told[False], len(whole.incidents))),
        ("promises", _("Promises kept on time"), part_or_unknown(promises[Keeping.ON_TIME], due), known_of(due, sum(promises.values()))),
        ("satisfied", _("Satisfied, of those asked"), percent_words(whole.satisfied.median) if whole.satisfied else _("Not known"),
         of_median(whole.satisfied is not None, known_of(whole.asking[Asking.COUNTED], len(whole.incidents)))),
        ("repeats", _("Had happened before"), part_or_unknown(whole.repeating[Repeating.REPEAT], known), known_of(known, len(whole.incidents))),
        ("scores", _("Scores that ended higher"), part_or_unknown(endings[Ending.HIGHER], measured), known_of(measured, sum(endings.values()))),
    )
    return h('<dl class="am-trust">{}</dl>', Markup("").join(
        h('<div><dt><a href="#{}">{}</a></dt><dd>{}</dd><dd class="am-quiet">{}</dd></div>', anchor, label, value, note)
        for anchor, label, value, note in tiles))
