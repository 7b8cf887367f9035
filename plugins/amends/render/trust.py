"""The page of trust over time: each figure as a sentence, a picture, and the table behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from itertools import groupby
from math import log10
from typing import Any, NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus
from amends.customers.clock import Verdict
from amends.customers.trust import Asking, Ending, Group, Keeping, Measured, Repeating, Series, Shares, Telling, Trust, measure_trust
from amends.language import N_, _, counted, ngettext, spoken
from amends.reading.moments import Span
from amends.record import Harm, given
from amends.render.charts import Layer, Mark, Tick, draw_course, draw_marks, draw_stacks
from amends.render.composer import Composer, Href, caption, h
from amends.render.terms import term
from amends.render.words import about, length, moment_words, time_tag

URI = "trust.md"

EACH = 150
"""Up to so many incidents each one is drawn; more are drawn as the spread of their period."""

MOST_ROWS = 40
"""How many services a table lists."""

COURSES = 6
"""How many scores are drawn one by one, the latest."""

_PERCENT_FROM = 20
"""A share of fewer is told as the two numbers it is made of."""

_GAP = "…"
"""Stands in a picture for a stretch of periods without an incident."""

class _Kind(NamedTuple):
    """One layer of a picture and column of a table."""

    value: Enum
    tone: str
    message: str

    @property
    def name(self) -> str:
        """As readers see it."""
        return _(self.message)


_TELLING = (
    _Kind(Telling.FIRST, "good", N_("told first by us")),
    _Kind(Telling.FOUND, "fair", N_("found by us, told later or not known")),
    _Kind(Telling.OTHERS, "late", N_("customers or others were first")),
    _Kind(Telling.UNKNOWN, "unknown", N_("not known")),
)
_KEEPING = (
    _Kind(Keeping.ON_TIME, "good", N_("kept on time")),
    _Kind(Keeping.UNDATED, "fair", N_("kept, no day was promised")),
    _Kind(Keeping.LATE, "late", N_("kept late")),
    _Kind(Keeping.BROKEN, "bad", N_("broken")),
    _Kind(Keeping.OPEN, "open", N_("still open")),
    _Kind(Keeping.UNKNOWN, "unknown", N_("not known")),
)
_ASKING = (
    _Kind(Asking.COUNTED, "good", N_("asked, and the answers counted")),
    _Kind(Asking.UNCOUNTED, "fair", N_("asked, answers not known")),
    _Kind(Asking.NOBODY, "late", N_("nobody was asked")),
    _Kind(Asking.UNKNOWN, "unknown", N_("not known")),
)
_REPEATING = (
    _Kind(Repeating.NEW, "fair", N_("no earlier one recorded")),
    _Kind(Repeating.REPEAT, "bad", N_("happened before")),
    _Kind(Repeating.UNKNOWN, "unknown", N_("not known")),
)
_ENDING = (
    _Kind(Ending.HIGHER, "good", N_("ended higher than before")),
    _Kind(Ending.SAME, "fair", N_("ended the same")),
    _Kind(Ending.LOWER, "bad", N_("ended lower")),
    _Kind(Ending.UNKNOWN, "unknown", N_("not measured before, or not after")),
)
_JUDGED = (
    _Kind(Verdict.MET, "good", N_("within the policy's time")),
    _Kind(Verdict.LATE, "late", N_("later")),
    _Kind(Verdict.UNKNOWN, "open", N_("can't be judged")),
)

_MINUTES = (1, 10, 60, 360, 1440, 10080, 43200, 525600, 5256000)
_FINE_MINUTES = tuple(sorted((*_MINUTES, 2, 5, 20, 30, 120, 240, 720, 2880, 5760, 20160, 86400, 172800)))
"""What the scale of waits is marked at; the finer one for waits that are much alike."""

_COUNTED = {
    "incidents": (N_("Incidents by quarter"), N_("Incidents by year")),
    "promises": (N_("Promises by quarter"), N_("Promises by year")),
    "scores": (N_("Scores by quarter"), N_("Scores by year")),
}
"""What a picture counts."""

_Cell = Callable[[Group], Markup | str]


class _Page:
    """What every part of the page needs."""

    def __init__(self, trust: Trust, corpus: Corpus, href: Href, page: Composer) -> None:
        self.trust, self.corpus, self.href, self.page = trust, corpus, href, page
        self.columns = _columns(trust.periods)

    def by_period(self, quarter: str, year: str) -> str:
        """Of two messages the one that names the periods of this page."""
        return _(year if self.trust.by_years else quarter)

    def section(self, heading: str, anchor: str, says: Sequence[Markup], *parts: Markup) -> None:
        self.page.section(2, heading, anchor)
        self.page.html(h('<div class="am-say">{}</div>', Markup("").join(h("<p>{}</p>", each) for each in says if each)))
        for part in parts:
            if part:
                self.page.html(part)

    def stacks(self, what: str, kinds: Sequence[_Kind], counts: Callable[[Group], Mapping[Any, int]]) -> Markup:
        """The picture of a tally: a layer for each kind that occurs."""
        names = [name for name, _ in self.columns]
        layers = [Layer(kind.tone, kind.name, [counts(group)[kind.value] if group else 0 for _, group in self.columns]) for kind in kinds]
        layers = [layer for layer in layers if any(layer.counts)]
        if not layers:
            return Markup("")
        told = ", ".join(f"{_number(sum(layer.counts))} {layer.name}" for layer in layers)
        caption = self.by_period(*_COUNTED[what])
        return _picture(draw_stacks(f"{caption}: {told}.", names, layers), caption, [(layer.tone, layer.name) for layer in layers])

    def tally(self, kinds: Sequence[_Kind], counts: Callable[[Group], Mapping[Any, int]]) -> list[tuple[str, _Cell]]:
        """The columns of a tally."""
        return [(kind.name[:1].upper() + kind.name[1:], lambda group, kind=kind: _number(counts(group)[kind.value])) for kind in kinds]  # type: ignore[misc]

    def table(self, name: str, columns: Sequence[tuple[str, _Cell]], size: Callable[[Group], int], more: Markup = Markup("")) -> Markup:  # noqa: B008 - immutable
        """The table behind a picture, under the name of the picture's section: all, by period, by service, by harm; a group of which nothing is counted is left out."""
        label = self.corpus.settings.vocabulary.label
        parts = [_rows("", [(h("{}", _("All incidents")), self.trust.whole)], columns)]
        for heading, groups, named in (
            (self.by_period(N_("By quarter"), N_("By year")), self.trust.periods, lambda key: Markup("") + key),
            (_("By service"), self.trust.services, lambda key: h('<a href="{}">{}</a>', self.href(f"services/{key}.md"), label("services", key))),
            (_("By harm"), self.trust.harms, lambda key: Markup("") + _harm(key)),
        ):
            shown = [group for group in groups if size(group)]
            most = MOST_ROWS if groups is self.trust.services else len(shown)
            parts.append(_rows(heading, [(named(group.key), group) for group in shown[:most]], columns))
            if len(shown) > most:
                parts.append(h('<tbody><tr><td colspan="{}" class="am-quiet">{}</td></tr></tbody>', len(columns) + 1,
                               counted("and {number} with fewer incidents", "and {number} with fewer incidents", len(shown) - most)))
        heads = Markup("").join(h('<th scope="col" class="am-number">{}</th>', head) for head, cell in columns)
        return h('<details class="am-behind-picture"><summary>{}</summary><div class="am-scroll" tabindex="0" role="region" aria-label="{}">'
                 '<table class="am-figures">{}<thead><tr><td></td>{}</tr></thead>{}</table></div>{}</details>',
                 _("The figures, also by service and by harm"), name, caption(name), heads, Markup("").join(parts), more)


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
    the = _Page(trust, corpus, href, page)
    _waits(the)
    _tellings(the)
    _promises(the)
    _satisfaction(the)
    _repeats(the)
    _scores(the)


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
    told, promises, endings = whole.told_first, whole.promises, whole.endings
    due, measured = _due(promises), sum(endings.values()) - endings[Ending.UNKNOWN]
    known = whole.repeating[Repeating.REPEAT] + whole.repeating[Repeating.NEW]
    tiles = (
        ("waits", _("Customers waited for a first word"), _wait(whole.wait.median) if whole.wait else _("Not known"),
         _of_median(whole.wait is not None, _known(len(whole.waits), len(whole.incidents)))),
        ("first", _("Told first by us"), _rate(told[True], told[True] + told[False]), _known(told[True] + told[False], len(whole.incidents))),
        ("promises", _("Promises kept on time"), _rate(promises[Keeping.ON_TIME], due), _known(due, sum(promises.values()))),
        ("satisfied", _("Satisfied, of those asked"), _percent(whole.satisfied.median) if whole.satisfied else _("Not known"),
         _of_median(whole.satisfied is not None, _known(whole.asking[Asking.COUNTED], len(whole.incidents)))),
        ("repeats", _("Had happened before"), _rate(whole.repeating[Repeating.REPEAT], known), _known(known, len(whole.incidents))),
        ("scores", _("Scores that ended higher"), _rate(endings[Ending.HIGHER], measured), _known(measured, sum(endings.values()))),
    )
    return h('<dl class="am-trust">{}</dl>', Markup("").join(
        h('<div><dt><a href="#{}">{}</a></dt><dd>{}</dd><dd class="am-quiet">{}</dd></div>', anchor, label, value, note)
        for anchor, label, value, note in tiles))


# The figures --------------------------------------------------------------------------------------------------------


def _waits(the: _Page) -> None:
    whole = the.trust.whole
    unknown = len(whole.incidents) - len(whole.waits) - whole.never_told
    known = counted("It is known for {known} of {number} incident", "It is known for {known} of {number} incidents", len(whole.incidents),
                    known=_number(len(whole.waits)))
    besides = _counts((whole.never_told, counted("{number} had no message at all", "{number} had no message at all", whole.never_told)),
                      (unknown, counted("{number} not known", "{number} not known", unknown)))
    says = [h("{}. {}", "; ".join(filter(None, (known, besides))),
              _("The clock runs from when we knew, or from when customers began to feel it where that is not recorded."))]
    if (wait := whole.wait) is not None:
        median = h("<b>{}</b>", _wait(wait.median))
        told = h(_("The median wait for a first word from us is {median}; in the middle half of the incidents it is {half}."), median=median,
                 half=_wait(Span(wait.lower.least, wait.upper.most))) if len(whole.waits) >= 4 else h(
            _("The median wait for a first word from us is {median}."), median=median)
        says.insert(0, h("{} {}", told, _latest(the, lambda group: counted("{wait} ({number} incident)", "{wait} ({number} incidents)", len(group.waits),
                                                                           wait=_wait(group.wait.median)) if group.wait else None)))
    the.section(N_("How long customers waited"), "waits", says, _wait_picture(the), the.table(_("How long customers waited"), [
        (_("Incidents"), lambda group: _number(len(group.incidents))),
        (_("Known"), lambda group: _number(len(group.waits))),
        (_("A quarter within"), lambda group: _wait(group.wait.lower) if group.wait and len(group.waits) >= 4 else ""),
        (_("Median"), lambda group: _wait(group.wait.median) if group.wait else _("not known")),
        (_("Three quarters within"), lambda group: _wait(group.wait.upper) if group.wait and len(group.waits) >= 4 else ""),
        (_("Within the policy's time"), lambda group: _share(group.in_time[Verdict.MET], sum(group.in_time.values()) - group.in_time[Verdict.UNKNOWN])),
        (_("No message"), lambda group: _number(group.never_told)),
        (_("Not known"), lambda group: _number(len(group.incidents) - len(group.waits) - group.never_told)),
    ], lambda group: len(group.incidents)))


def _wait_picture(the: _Page) -> Markup:
    known = sum(len(group.waits) for _, group in the.columns if group)
    if not known:
        return Markup("")
    names = [name for name, group in the.columns]
    if known <= EACH:
        tones = {kind.value: kind.tone for kind in _JUDGED}
        marks = [Mark(place, _height(each.waited.least), _height(each.waited.most), tones[each.clock.first.verdict], _pointed(each, _wait(each.waited)))
                 for place, each in _spread_out(the.columns, lambda each: each.waited is not None) if each.waited]
        legend = [(kind.tone, kind.name) for kind in _JUDGED if any(mark.tone == kind.tone for mark in marks)]
        caption = the.by_period(N_("One mark an incident, by quarter."), N_("One mark an incident, by year."))
        if any(mark.high > mark.low for mark in marks):
            caption = " ".join((caption, _("A bar is a wait known only to the day.")))
        label = counted("The wait for the first message, one mark for each of {number} incident, on a scale from minutes to days.",
                        "The wait for the first message, one mark for each of {number} incidents, on a scale from minutes to days.", known)
        return _picture(draw_marks(label, names, marks, _ticks(marks)), caption, legend)
    told = [(place, group.wait, _("{period}: median {median}, of {number}").format(period=name, median=_wait(group.wait.median), number=_number(len(group.waits))))
            for place, (name, group) in enumerate(the.columns) if group and group.wait]
    marks = [Mark(place, _height(wait.median.least), _height(wait.median.most), "open", title) for place, wait, title in told]
    spans = [Mark(place, _height(wait.lower.least), _height(wait.upper.most), "spans", "") for place, wait, title in told]
    label = the.by_period(N_("The median wait for the first message by quarter, over {number} incidents, with the middle half of the waits."),
                          N_("The median wait for the first message by year, over {number} incidents, with the middle half of the waits."))
    return _picture(draw_marks(label.format(number=_number(known)), names, marks, _ticks([*marks, *spans]), spans),
                    the.by_period(N_("By quarter"), N_("By year")), [("open", _("median")), ("spans", _("the middle half of the waits"))])


def _tellings(the: _Page) -> None:
    whole = the.trust.whole
    told, found = whole.told_first, whole.found_by_us
    heard = h("<b>{}</b>", _of(told[True], told[True] + told[False]) or _("no incident that we know of"))
    ours = h("<b>{}</b>", _of(found[True], found[True] + found[False]) or _("no incident that we know of"))
    says = [
        h("{} {}", h(_("Customers heard of it from us before anybody outside had reported it in {incidents}; for {unknown} it is not known."), incidents=heard,
                     unknown=_number(told[None])) if told[None] else
          h(_("Customers heard of it from us before anybody outside had reported it in {incidents}."), incidents=heard),
          _latest_rate(the, lambda group: (group.told_first[True], group.told_first[True] + group.told_first[False]))),
        h("{} {}", h(_("We found it ourselves in {incidents}; for {unknown} the finder is not known."), incidents=ours, unknown=_number(found[None]))
          if found[None] else h(_("We found it ourselves in {incidents}."), incidents=ours),
          _("Whether we told them first is known where the first report is recorded, or that there was none, or that others found it.")),
    ]
    the.section(N_("Who spoke first"), "first", says, the.stacks("incidents", _TELLING, lambda group: group.telling), the.table(_("Who spoke first"), [
        (_("Incidents"), lambda group: _number(len(group.incidents))),
        *the.tally(_TELLING, lambda group: group.telling),
        (_("Told first, where known"), lambda group: _share(group.told_first[True], group.told_first[True] + group.told_first[False])),
        (_("Found by us, where known"), lambda group: _share(group.found_by_us[True], group.found_by_us[True] + group.found_by_us[False])),
    ], lambda group: len(group.incidents)))


def _promises(the: _Page) -> None:
    made = the.trust.whole.promises
    total = sum(made.values())
    if not total:
        the.section(N_("Promises"), "promises", [h("{}", _("No record tells of a promise to customers yet."))])
        return
    due = _due(made)
    if due:
        told = h(ngettext("Of {all} promises to customers, it is known of {number} whether it was kept on time: {kept}.",
                          "Of {all} promises to customers, it is known of {number} whether they were kept on time: {kept}.", due) if total > 1 else
                 _("Of 1 promise to customers, it is known of 1 whether it was kept on time: {kept}."),
                 all=_number(total), number=_number(due), kept=h("<b>{}</b>", _of(made[Keeping.ON_TIME], due)))
    else:
        told = h("{}", counted("Of {number} promise to customers, it is known of none whether it was kept on time.",
                               "Of {number} promises to customers, it is known of none whether it was kept on time.", total))
    undated, still_open, unknown = made[Keeping.UNDATED], made[Keeping.OPEN], made[Keeping.UNKNOWN]
    besides = _counts((undated, counted("{number} kept without a day that was promised", "{number} kept without a day that was promised", undated)),
                      (still_open, counted("{number} still open", "{number} still open", still_open)),
                      (unknown, counted("{number} not known", "{number} not known", unknown)))
    says = [h("{} {}", told, _latest_rate(the, lambda group: (group.promises[Keeping.ON_TIME], _due(group.promises)))),
            h(_("Besides: {counts}."), counts=besides) if besides else Markup("")]
    the.section(N_("Promises"), "promises", says, the.stacks("promises", _KEEPING, lambda group: group.promises), the.table(_("Promises"), [
        (_("Promises"), lambda group: _number(sum(group.promises.values()))),
        *the.tally(_KEEPING, lambda group: group.promises),
        (_("On time, where known"), lambda group: _share(group.promises[Keeping.ON_TIME], _due(group.promises))),
    ], lambda group: sum(group.promises.values())))


def _satisfaction(the: _Page) -> None:
    whole = the.trust.whole
    asking, satisfied = whole.asking, whole.satisfied
    total, answered = len(whole.incidents), whole.asking[Asking.COUNTED]
    uncounted, nobody, unknown = asking[Asking.UNCOUNTED], asking[Asking.NOBODY], asking[Asking.UNKNOWN]
    others = _counts((uncounted, counted("{number} asked, answers not known", "{number} asked, answers not known", uncounted)),
                     (nobody, counted("{number} nobody was asked", "{number} nobody was asked", nobody)),
                     (unknown, counted("{number} not known", "{number} not known", unknown)))
    says = [h("{} {}", h(ngettext("Those affected were asked, and their answers counted, after <b>{answered} of {number} incident</b>.",
                                  "Those affected were asked, and their answers counted, after <b>{answered} of {number} incidents</b>.", total),
                         answered=_number(answered), number=_number(total)),
              h(_("After the others: {counts}."), counts=others) if others else "")]
    if satisfied is not None:
        reached = sum(each.contacted or 0 for each in whole.incidents if each.asking is Asking.COUNTED)
        content = sum(each.satisfied or 0 for each in whole.incidents if each.asking is Asking.COUNTED)
        median = h("<b>{}</b>", _percent(satisfied.median))
        told = h(_("The median share of the satisfied among those asked is {median}; in the middle half of the incidents it is {lower} to {upper}."),
                 median=median, lower=_percent(satisfied.lower), upper=_percent(satisfied.upper)) if answered >= 4 else h(
            _("The median share of the satisfied among those asked is {median}."), median=median)
        says.append(h("{} {} {}", told, _("Taken together, {content} of {asked} who were asked said that they are.").format(
            content=_number(content), asked=_number(reached)), _reached(whole)))
    the.section(N_("Are they satisfied?"), "satisfied", says, the.stacks("incidents", _ASKING, lambda group: group.asking), _satisfied_picture(the), the.table(_("Are they satisfied?"), [
        (_("Incidents"), lambda group: _number(len(group.incidents))),
        *the.tally(_ASKING, lambda group: group.asking),
        (_("Asked, of those affected"), lambda group: _median(group.contacted[1], group.contacted[0])),
        (_("Satisfied, of those asked"), lambda group: _median(group.satisfied, group.asking[Asking.COUNTED])),
    ], lambda group: len(group.incidents), _asked(the)))


def _satisfied_picture(the: _Page) -> Markup:
    answered = sum(group.asking[Asking.COUNTED] for name, group in the.columns if group)
    if not answered:
        return Markup("")
    names, ticks = [name for name, group in the.columns], [Tick(share, spoken().percent(share)) for share in (0, 25, 50, 75, 100)]
    if answered <= EACH:
        marks = [Mark(place, share, share, "good", _pointed(each, _("{satisfied} of {asked} asked are satisfied").format(
                    satisfied=_number(each.satisfied or 0), asked=_number(each.contacted or 0))))
                 for place, each in _spread_out(the.columns, lambda each: each.satisfied_share is not None) if (share := each.satisfied_share) is not None]
        label = counted("The share of satisfied customers among those asked, one mark for each of {number} incident.",
                        "The share of satisfied customers among those asked, one mark for each of {number} incidents.", answered)
        return _picture(draw_marks(label, names, marks, ticks), the.by_period(
            N_("Satisfied, of those asked; one mark an incident, by quarter"), N_("Satisfied, of those asked; one mark an incident, by year")), [])
    told = [(place, group.satisfied, _("{period}: median {median}").format(period=name, median=_median(group.satisfied, group.asking[Asking.COUNTED])))
            for place, (name, group) in enumerate(the.columns) if group and group.satisfied]
    marks = [Mark(place, share.median, share.median, "good", title) for place, share, title in told]
    spans = [Mark(place, share.lower, share.upper, "spans", "") for place, share, title in told]
    label = the.by_period(N_("The median share of satisfied customers among those asked by quarter, over {number} incidents, with the middle half."),
                          N_("The median share of satisfied customers among those asked by year, over {number} incidents, with the middle half."))
    return _picture(draw_marks(label.format(number=_number(answered)), names, marks, ticks, spans),
                    the.by_period(N_("Satisfied, of those asked; by quarter"), N_("Satisfied, of those asked; by year")),
                    [("good", _("median")), ("spans", _("the middle half of the incidents"))])


def _reached(whole: Group) -> Markup:
    known, share = whole.contacted
    return h(_("The median share of those affected who were asked is {median} (of {known} where both are known)."), median=_percent(share.median),
             known=_number(known)) if share else Markup("")


def _asked(the: _Page) -> Markup:
    """The latest incidents of which something is known, with their numbers."""
    latest = sorted((each for each in the.trust.whole.incidents if each.contacted is not None or each.satisfied is not None),
                    key=lambda each: each.record.stem, reverse=True)
    rows = Markup("").join(h('<tr><th scope="row">{}</th>{}</tr>', _link(each, the.href), Markup("").join(
        h('<td class="am-number">{}</td>', _("not known") if count is None else _number(count)) for count in (each.satisfied, each.contacted, each.affected)))
        for each in latest[:MOST_ROWS])
    heads = Markup("").join(h('<th scope="col" class="am-number">{}</th>', head) for head in (_("Satisfied"), _("Of those asked"), _("Of those affected")))
    some = _some_of(MOST_ROWS, len(latest))
    name = _("How many were satisfied after the latest incidents")
    return h('<div class="am-scroll" tabindex="0" role="region" aria-label="{}"><table class="am-figures">{}<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>{}',
             name, caption(name), heads, rows, some) if rows else Markup("")


def _repeats(the: _Page) -> None:
    whole = the.trust.whole
    again, new, unknown = (whole.repeating[kind] for kind in (Repeating.REPEAT, Repeating.NEW, Repeating.UNKNOWN))
    if again + new:
        told = h(_("<b>{repeated}</b> incidents had happened before in much the same way, as far as the records say; for {unknown} it is not known.") if unknown else
                 _("<b>{repeated}</b> incidents had happened before in much the same way, as far as the records say."),
                 repeated=_of(again, again + new), unknown=_number(unknown))
    else:
        told = h(_("<b>No</b> incidents had happened before in much the same way, as far as the records say; for {unknown} it is not known."), unknown=_number(unknown))
    says = [h("{} {}", told,
              _latest_rate(the, lambda group: (group.repeating[Repeating.REPEAT], len(group.incidents) - group.repeating[Repeating.UNKNOWN])) if again else "")]
    the.section(N_("Did it happen again?"), "repeats", says, the.stacks("incidents", _REPEATING, lambda group: group.repeating), the.table(_("Did it happen again?"), [
        (_("Incidents"), lambda group: _number(len(group.incidents))),
        *the.tally(_REPEATING, lambda group: group.repeating),
        (_("Share, where known"), lambda group: _share(group.repeating[Repeating.REPEAT], len(group.incidents) - group.repeating[Repeating.UNKNOWN])),
    ], lambda group: len(group.incidents), _repeated(the)))


def _repeated(the: _Page) -> Markup:
    """The latest repeats, with what they repeat."""
    repeats = [each for each in the.trust.whole.incidents if each.repeating is Repeating.REPEAT]
    repeats.sort(key=lambda each: each.record.stem, reverse=True)
    items = []
    for each in repeats[:MOST_ROWS // 2]:
        earlier = [record for stem in given(each.record.recurrence_of) if (record := the.corpus.record(stem))]
        links = Markup(", ").join(h('<a href="{}">{}</a>', the.href(record.path), record.title or record.stem) for record in earlier)
        link = _link(each, the.href)
        items.append(h("<li>{}</li>", h(_("{record} repeats {earlier}"), record=link, earlier=links) if links else link))
    more = _some_of(len(items), len(repeats))
    return h('<ul class="am-evidence">{}</ul>{}', Markup("").join(items), more) if items else Markup("")


def _scores(the: _Page) -> None:
    endings = the.trust.whole.endings
    total = sum(endings.values())
    if not total:
        the.section(N_("Before and after"), "scores", [h("{}", _("No record holds a score that was measured around the incident yet."))])
        return
    measured = total - endings[Ending.UNKNOWN]
    higher = h("<b>{}</b>", _of(endings[Ending.HIGHER], measured) or _("none"))
    if total > 1:
        told = h(ngettext("Of {all} scores, one was measured both before the incident and after it: {higher} ended higher than before.",
                          "Of {all} scores, {number} were measured both before the incident and after it: {higher} ended higher than before.", measured),
                 all=_number(total), number=_number(measured), higher=higher)
    else:
        told = h(ngettext("Of 1 score, one was measured both before the incident and after it: {higher} ended higher than before.",
                          "Of 1 score, {number} were measured both before the incident and after it: {higher} ended higher than before.", measured),
                 number=_number(measured), higher=higher)
    lower, same, unmeasured = endings[Ending.LOWER], endings[Ending.SAME], endings[Ending.UNKNOWN]
    others = _counts((lower, counted("{number} ended lower", "{number} ended lower", lower)),
                     (same, counted("{number} ended the same", "{number} ended the same", same)),
                     (unmeasured, counted("{number} not measured before, or not after", "{number} not measured before, or not after", unmeasured)))
    says = [h("{} {}", told, f"{others}." if others else ""),
            h("{}", _("Before is the last measurement that certainly came before the incident began; after is the last of all."))]
    series = [(each, scores) for each in sorted(the.trust.whole.incidents, key=lambda each: each.record.stem, reverse=True) for scores in each.scores]
    courses = [_course(each, scores, the.href) for each, scores in series if len(scores.points) > 1 and scores.started is not None]
    the.section(N_("Before and after"), "scores", says,
                the.stacks("scores", _ENDING, lambda group: group.endings) if total > COURSES else Markup(""),
                h('<div class="am-courses">{}</div>', Markup("").join(courses[:COURSES])) if courses else Markup(""),
                the.table(_("Before and after"), [(_("Scores"), lambda group: _number(sum(group.endings.values()))), *the.tally(_ENDING, lambda group: group.endings)],
                          lambda group: sum(group.endings.values()), _scored(series, the.href)))


def _course(each: Measured, scores: Series, href: Href) -> Markup:
    """One score drawn, with the day on which the incident began."""
    begun = scores.started.day if scores.started else scores.points[0][0].day
    points = [(float((at.day - begun).days), value, _("{score} on {day}").format(score=text, day=moment_words(at))) for at, value, text in scores.points]
    first, last = scores.points[0], scores.points[-1]
    label = _("{scale}: from {first} on {first_day} to {last} on {last_day}; the incident began on {began}.").format(
        scale=scores.scale, first=first[2], first_day=moment_words(first[0]), last=last[2], last_day=moment_words(last[0]), began=spoken().day(begun))
    return h('<figure class="am-course"><figcaption>{}<span class="am-quiet">{}</span></figcaption>{}<p>{}</p></figure>', _link(each, href), scores.scale,
             draw_course(label, points, Tick(0, _("it began"))), _ended(scores))


def _ended(scores: Series) -> Markup:
    before, after = scores.before, scores.after
    if before is None or after is None:
        missing = _("Not measured after it.") if before is not None else _("Not measured before it.") if after is not None else _("Not measured before and after it.")
        return h('<span class="am-quiet">{}</span>', missing)
    return h(_(_COURSES[scores.ending]), before=h("<b>{}</b>", before[2]), before_day=time_tag(before[0]), after=h("<b>{}</b>", after[2]), after_day=time_tag(after[0]))


_COURSES = {
    Ending.HIGHER: N_("{before} on {before_day}, {after} on {after_day}: higher"),
    Ending.SAME: N_("{before} on {before_day}, {after} on {after_day}: the same"),
    Ending.LOWER: N_("{before} on {before_day}, {after} on {after_day}: lower"),
    Ending.UNKNOWN: N_("{before} on {before_day}, {after} on {after_day}: not known"),
}


def _scored(series: Sequence[tuple[Measured, Series]], href: Href) -> Markup:
    rows = Markup("").join(h('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', _link(each, href), scores.scale, _ended(scores))
                           for each, scores in series[:MOST_ROWS])
    name = _("Scores before and after incidents")
    return h('<div class="am-scroll" tabindex="0" role="region" aria-label="{}"><table class="am-figures">{}<thead><tr><td></td><th scope="col">{}</th><th scope="col">{}</th></tr>'
             "</thead><tbody>{}</tbody></table></div>{}", name, caption(name), _("Scale"), _("Before and after"), rows, _some_of(MOST_ROWS, len(series)))


# Pictures and tables ------------------------------------------------------------------------------------------------


def _columns(periods: Sequence[Group]) -> list[tuple[str, Group | None]]:
    """The columns of a picture; more than three empty periods in a row become one gap."""
    columns: list[tuple[str, Group | None]] = []
    for empty, run in groupby(periods, key=lambda group: not group.incidents):
        groups = list(run)
        columns += [(_GAP, None)] if empty and len(groups) > 3 else [(group.key, group) for group in groups]
    return columns


def _spread_out(columns: Sequence[tuple[str, Group | None]], known: Callable[[Measured], bool]) -> Iterable[tuple[float, Measured]]:
    """The incidents of each column side by side within it."""
    for place, (_name, group) in enumerate(columns):
        members = [each for each in group.incidents if known(each)] if group else []
        for number, each in enumerate(members, 1):
            yield place - 0.4 + 0.8 * number / (len(members) + 1), each


def _picture(drawn: Markup, caption: str, legend: Sequence[tuple[str, str]]) -> Markup:
    keys = Markup("").join(h('<li class="am-tone am-tone--{}">{}</li>', tone, name) for tone, name in legend)
    return h('<figure class="am-chart"><figcaption><span>{}</span>{}</figcaption><div class="am-scroll" tabindex="0" role="region" aria-label="{}">{}</div></figure>', caption,
             h("<ul>{}</ul>", keys) if legend else "", caption, drawn)


def _rows(heading: str, groups: Sequence[tuple[Markup, Group]], columns: Sequence[tuple[str, _Cell]]) -> Markup:
    if not groups:
        return Markup("")
    head = h('<tr><th scope="rowgroup" colspan="{}">{}</th></tr>', len(columns) + 1, heading) if heading else ""
    return h("<tbody>{}{}</tbody>", head, Markup("").join(
        h('<tr><th scope="row">{}</th>{}</tr>', name, Markup("").join(h('<td class="am-number">{}</td>', cell(group)) for head, cell in columns))
        for name, group in groups))


def _ticks(marks: Sequence[Mark]) -> list[Tick]:
    """As much of the scale of lengths of time as the marks need."""
    low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
    for minutes in (_MINUTES, _FINE_MINUTES):
        ticks = [Tick(log10(each), _tick(each)) for each in minutes]
        first = max(place for place, tick in enumerate(ticks) if tick.value <= low)
        shown = [tick for place, tick in enumerate(ticks) if place >= first and (tick.value <= high or place == first + 1)]
        if len(shown) > 3:
            break
    return shown


def _tick(minutes: int) -> str:
    """What stands at a mark of the scale."""
    if minutes == 1:
        return f"≤ {length(timedelta(minutes=1))}"
    if minutes % 525_600 == 0:
        return counted("{number} year", "{number} years", minutes // 525_600)
    if minutes % 10_080 == 0:
        return counted("{number} week", "{number} weeks", minutes // 10_080)
    return length(timedelta(minutes=minutes))


def _height(wait: timedelta) -> float:
    return min(log10(max(wait.total_seconds() / 60, 1)), log10(_MINUTES[-1]))


def _pointed(each: Measured, fact: str) -> str:
    return f"{each.record.title or each.record.stem}: {fact}"


def _link(each: Measured, href: Href) -> Markup:
    return h('<a href="{}">{}</a>', href(each.record.path), each.record.title or each.record.stem)


# Words --------------------------------------------------------------------------------------------------------------


def _wait(span: Span) -> str:
    """A length of time; where it is a range, as one."""
    least, most = (length(end).replace(" ", "\N{NO-BREAK SPACE}") for end in (span.least, span.most))
    if least == most:
        return least if span.exact else _("about {length}").format(length=least)
    if (near := about(span)) is not None:
        return near
    if span.least < timedelta(minutes=1):
        return _("up to {length}").format(length=most)
    number, unit = least.split("\N{NO-BREAK SPACE}", 1)
    same = unit.rstrip("s") == most.split("\N{NO-BREAK SPACE}", 1)[1].rstrip("s")
    return _("{least} to {most}").format(least=number if same else least, most=most)


def _latest(the: _Page, told: Callable[[Group], str | None]) -> Markup:
    """What the last two periods of which it is known tell."""
    known = [(group.key, figure) for group in the.trust.periods if group.incidents and (figure := told(group))][-2:]
    if len(known) < 2:
        return Markup("")
    (before, earlier), (now, latest) = known
    return h(_("In {now} it was {latest}, in {before} {earlier}."), now=now, latest=latest, before=before, earlier=earlier)


def _latest_rate(the: _Page, counts: Callable[[Group], tuple[int, int]]) -> Markup:
    """The same for a part of a whole."""
    return _latest(the, lambda group: _of(*counts(group)) or None)


def _counts(*told: tuple[int, str]) -> str:
    """What is told of those of which there are any."""
    return "; ".join(words for count, words in told if count)


def _some_of(shown: int, number: int) -> Markup:
    """That a list holds the latest only, where it does."""
    if number <= shown:
        return Markup("")
    return h('<p class="am-quiet">{}</p>', _("The {shown} latest of {all}.").format(shown=shown, all=_number(number)))


def _due(promises: Mapping[Keeping, int]) -> int:
    """The promises of which it is known whether they were kept on time."""
    return promises[Keeping.ON_TIME] + promises[Keeping.LATE] + promises[Keeping.BROKEN]


def _rate(part: int, whole: int) -> str:
    if not whole:
        return _("Not known")
    return _of(part, whole) if whole < _PERCENT_FROM else _percent(part / whole * 100)


def _of(part: int, whole: int) -> str:
    if not whole:
        return ""
    numbers = _("{number} of {whole}").format(number=_number(part), whole=_number(whole))
    return f"{numbers} ({_percent(part / whole * 100)})" if whole >= _PERCENT_FROM else numbers


def _share(part: int, whole: int) -> str:
    """A part of a whole, as short as a table wants it."""
    told = _("{number} of {whole}").format(number=_percent(part / whole * 100), whole=_number(whole)) if whole >= _PERCENT_FROM else _of(part, whole)
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def _known(known: int, total: int) -> str:
    return _("{known} of {all} known").format(known=_number(known), all=_number(total)) if total else _("nothing recorded yet")


def _of_median(is_median: bool, known: str) -> str:
    return _("median; {known}").format(known=known) if is_median else known


def _median(spread: Shares | None, known: int) -> str:
    if spread is None:
        return ""
    return _("{median} (of {number})").format(median=_percent(spread.median), number=_number(known)).replace(" ", "\N{NO-BREAK SPACE}")


def _percent(share: float) -> str:
    if 0 < share < 1:
        return _("under {percent}").format(percent=spoken().percent(1))
    return _("over {percent}").format(percent=spoken().percent(99)) if 99 < share < 100 else spoken().percent(round(share))


def _number(count: int) -> str:
    return spoken().number(count)


def _harm(key: str) -> str:
    words = term(Harm(key))
    return words[:1].upper() + words[1:]
