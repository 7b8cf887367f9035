"""The page of trust over time: each figure as a sentence, a picture, and the table behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from itertools import groupby
from math import log10
from typing import Any, NamedTuple

from markupsafe import Markup

from amends.clock import Verdict
from amends.corpus import Corpus
from amends.moments import Span
from amends.record import given
from amends.render.charts import Layer, Mark, Tick, draw_course, draw_marks, draw_stacks
from amends.render.composer import Composer, Href, h
from amends.render.words import about, length, time_tag
from amends.trust import Asking, Ending, Group, Keeping, Measured, Repeating, Series, Shares, Telling, Trust, measure_trust

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

_HARMS = {"data-loss": "Data loss", "wrong-data": "Wrong data"}


class _Kind(NamedTuple):
    """One layer of a picture and column of a table."""

    value: Enum
    tone: str
    name: str


_TELLING = (
    _Kind(Telling.FIRST, "good", "told first by us"),
    _Kind(Telling.FOUND, "fair", "found by us, told later or not known"),
    _Kind(Telling.OTHERS, "late", "customers or others were first"),
    _Kind(Telling.UNKNOWN, "unknown", "not known"),
)
_KEEPING = (
    _Kind(Keeping.ON_TIME, "good", "kept on time"),
    _Kind(Keeping.UNDATED, "fair", "kept, no day was promised"),
    _Kind(Keeping.LATE, "late", "kept late"),
    _Kind(Keeping.BROKEN, "bad", "broken"),
    _Kind(Keeping.OPEN, "open", "still open"),
    _Kind(Keeping.UNKNOWN, "unknown", "not known"),
)
_ASKING = (
    _Kind(Asking.COUNTED, "good", "asked, and the answers counted"),
    _Kind(Asking.UNCOUNTED, "fair", "asked, answers not known"),
    _Kind(Asking.NOBODY, "late", "nobody was asked"),
    _Kind(Asking.UNKNOWN, "unknown", "not known"),
)
_REPEATING = (
    _Kind(Repeating.NEW, "fair", "no earlier one recorded"),
    _Kind(Repeating.REPEAT, "bad", "happened before"),
    _Kind(Repeating.UNKNOWN, "unknown", "not known"),
)
_ENDING = (
    _Kind(Ending.HIGHER, "good", "ended higher than before"),
    _Kind(Ending.SAME, "fair", "ended the same"),
    _Kind(Ending.LOWER, "bad", "ended lower"),
    _Kind(Ending.UNKNOWN, "unknown", "not measured before, or not after"),
)
_JUDGED = (
    _Kind(Verdict.MET, "good", "within the policy's time"),
    _Kind(Verdict.LATE, "late", "later"),
    _Kind(Verdict.UNKNOWN, "open", "can't be judged"),
)

_TICKS = tuple(Tick(log10(minutes), text) for minutes, text in (
    (1, "≤ 1 min"), (10, "10 min"), (60, "1 h"), (360, "6 h"), (1440, "1 day"), (10080, "1 week"), (43200, "30 days"), (525600, "1 year"),
    (5256000, "10 years")))
_FINE_TICKS = tuple(sorted({*_TICKS, *(Tick(log10(minutes), text) for minutes, text in (
    (2, "2 min"), (5, "5 min"), (20, "20 min"), (30, "30 min"), (120, "2 h"), (240, "4 h"), (720, "12 h"), (2880, "2 days"), (5760, "4 days"),
    (20160, "2 weeks"), (86400, "60 days"), (172800, "120 days")))}))
"""For waits that are much alike."""

_Cell = Callable[[Group], Markup | str]


class _Page:
    """What every part of the page needs."""

    def __init__(self, trust: Trust, corpus: Corpus, href: Href, page: Composer) -> None:
        self.trust, self.corpus, self.href, self.page = trust, corpus, href, page
        self.unit = "year" if trust.by_years else "quarter"
        self.columns = _columns(trust.periods)

    def section(self, heading: str, anchor: str, says: Sequence[Markup], *parts: Markup) -> None:
        self.page.heading(2, f"{heading} {{: #{anchor} }}")
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
        told = ", ".join(f"{sum(layer.counts):,} {layer.name}" for layer in layers)
        return _picture(draw_stacks(f"{what} by {self.unit}: {told}.", names, layers), f"{what} by {self.unit}",
                        [(layer.tone, layer.name) for layer in layers])

    def tally(self, kinds: Sequence[_Kind], counts: Callable[[Group], Mapping[Any, int]]) -> list[tuple[str, _Cell]]:
        """The columns of a tally."""
        return [(kind.name.capitalize(), lambda group, kind=kind: _number(counts(group)[kind.value])) for kind in kinds]  # type: ignore[misc]

    def table(self, columns: Sequence[tuple[str, _Cell]], counted: Callable[[Group], int], more: Markup = Markup("")) -> Markup:  # noqa: B008 - immutable
        """The table behind a picture: all, by period, by service, by harm; a group of which nothing is counted is left out."""
        label = self.corpus.settings.vocabulary.label
        parts = [_rows("", [(Markup("All incidents"), self.trust.whole)], columns)]
        for heading, groups, name in (
            (f"By {self.unit}", self.trust.periods, lambda key: Markup("") + key),
            ("By service", self.trust.services, lambda key: h('<a href="{}">{}</a>', self.href(f"services/{key}.md"), label("services", key))),
            ("By harm", self.trust.harms, lambda key: Markup("") + _harm(key)),
        ):
            shown = [group for group in groups if counted(group)]
            most = MOST_ROWS if groups is self.trust.services else len(shown)
            parts.append(_rows(heading, [(name(group.key), group) for group in shown[:most]], columns))
            if len(shown) > most:
                parts.append(h('<tbody><tr><td colspan="{}" class="am-quiet">and {} with fewer incidents</td></tr></tbody>',
                               len(columns) + 1, len(shown) - most))
        heads = Markup("").join(h('<th scope="col" class="am-number">{}</th>', head) for head, _ in columns)
        return h('<details class="am-behind-picture"><summary>The figures, also by service and by harm</summary><div class="am-scroll" tabindex="0">'
                 '<table class="am-figures"><thead><tr><td></td>{}</tr></thead>{}</table></div>{}</details>', heads, Markup("").join(parts), more)


def render_trust(corpus: Corpus, href: Href, page: Composer) -> None:
    """The whole page."""
    page.markdown("# Trust over time")
    trust = measure_trust(corpus)
    whole = trust.whole
    if not whole.incidents:
        page.html(h('<p class="am-empty">No incident is published yet, so there is nothing to count. Start a record with '
                    '<code>amends new "Title"</code>; once it is published, this page shows whether customers were told first, promises kept, '
                    "and those affected asked whether they are satisfied.</p>"))
        return
    period = [group.key for group in trust.periods]
    since = h(" from {} to {}", period[0], period[-1]) if len(period) > 1 else h(" of {}", period[0]) if period else ""
    page.html(h('<p>Trust is earned by doing the same right thing again and again. This is what the records of {}{} say. What a record '
                "does not tell is counted as not known, never as zero; where only days are known, a length of time is a range.</p>",
                _some(len(whole.incidents), "incident"), since))
    page.html(_overview(whole))
    the = _Page(trust, corpus, href, page)
    _waits(the)
    _tellings(the)
    _promises(the)
    _satisfaction(the)
    _repeats(the)
    _scores(the)


def _overview(whole: Group) -> Markup:
    told, promises, endings = whole.told_first, whole.promises, whole.endings
    due, measured = _due(promises), sum(endings.values()) - endings[Ending.UNKNOWN]
    known = whole.repeating[Repeating.REPEAT] + whole.repeating[Repeating.NEW]
    tiles = (
        ("waits", "Customers waited for a first word", _wait(whole.wait.median) if whole.wait else "Not known",
         f"{'median; ' if whole.wait else ''}{_known(len(whole.waits), len(whole.incidents))}"),
        ("first", "Told first by us", _rate(told[True], told[True] + told[False]), _known(told[True] + told[False], len(whole.incidents))),
        ("promises", "Promises kept on time", _rate(promises[Keeping.ON_TIME], due), _known(due, sum(promises.values()))),
        ("satisfied", "Satisfied, of those asked", _percent(whole.satisfied.median) if whole.satisfied else "Not known",
         f"{'median; ' if whole.satisfied else ''}{_known(whole.asking[Asking.COUNTED], len(whole.incidents))}"),
        ("repeats", "Had happened before", _rate(whole.repeating[Repeating.REPEAT], known), _known(known, len(whole.incidents))),
        ("scores", "Scores that ended higher", _rate(endings[Ending.HIGHER], measured), _known(measured, sum(endings.values()))),
    )
    return h('<dl class="am-trust">{}</dl>', Markup("").join(
        h('<div><dt><a href="#{}">{}</a></dt><dd>{}</dd><dd class="am-quiet">{}</dd></div>', anchor, label, value, note)
        for anchor, label, value, note in tiles))


# The figures --------------------------------------------------------------------------------------------------------


def _waits(the: _Page) -> None:
    whole = the.trust.whole
    unknown = len(whole.incidents) - len(whole.waits) - whole.never_told
    says = [h("It is known for {} of {}{} The clock runs from when we knew, or from when customers began to feel it where that is not recorded.",
              _number(len(whole.waits)), _some(len(whole.incidents), "incident"),
              _also((whole.never_told, "had no message at all"), (unknown, "not known"), lead="; ") or ".")]
    if (wait := whole.wait) is not None:
        half = h("; in the middle half of the incidents it is {}", _wait(Span(wait.lower.least, wait.upper.most))) if len(whole.waits) >= 4 else ""
        says.insert(0, h("The median wait for a first word from us is <b>{}</b>{}. {}", _wait(wait.median), half,
                         _latest(the, lambda group: f"{_wait(group.wait.median)} ({_some(len(group.waits), 'incident')})" if group.wait else None)))
    the.section("How long customers waited", "waits", says, _wait_picture(the), the.table([
        ("Incidents", lambda group: _number(len(group.incidents))),
        ("Known", lambda group: _number(len(group.waits))),
        ("A quarter within", lambda group: _wait(group.wait.lower) if group.wait and len(group.waits) >= 4 else ""),
        ("Median", lambda group: _wait(group.wait.median) if group.wait else "not known"),
        ("Three quarters within", lambda group: _wait(group.wait.upper) if group.wait and len(group.waits) >= 4 else ""),
        ("Within the policy's time", lambda group: _share(group.in_time[Verdict.MET], sum(group.in_time.values()) - group.in_time[Verdict.UNKNOWN])),
        ("No message", lambda group: _number(group.never_told)),
        ("Not known", lambda group: _number(len(group.incidents) - len(group.waits) - group.never_told)),
    ], lambda group: len(group.incidents)))


def _wait_picture(the: _Page) -> Markup:
    known = sum(len(group.waits) for _, group in the.columns if group)
    if not known:
        return Markup("")
    names = [name for name, _ in the.columns]
    if known <= EACH:
        tones = {kind.value: kind.tone for kind in _JUDGED}
        marks = [Mark(place, _height(each.waited.least), _height(each.waited.most), tones[each.clock.first.verdict], _pointed(each, _wait(each.waited)))
                 for place, each in _spread_out(the.columns, lambda each: each.waited is not None) if each.waited]
        legend = [(kind.tone, kind.name) for kind in _JUDGED if any(mark.tone == kind.tone for mark in marks)]
        ranged = " A bar is a wait known only to the day." if any(mark.high > mark.low for mark in marks) else ""
        label = f"The wait for the first message, one mark for each of {_some(known, 'incident')}, on a scale from minutes to days."
        return _picture(draw_marks(label, names, marks, _ticks(marks)), f"One mark an incident, by {the.unit}.{ranged}", legend)
    told = [(place, group.wait, f"{name}: median {_wait(group.wait.median)}, of {len(group.waits):,}")
            for place, (name, group) in enumerate(the.columns) if group and group.wait]
    marks = [Mark(place, _height(wait.median.least), _height(wait.median.most), "open", title) for place, wait, title in told]
    spans = [Mark(place, _height(wait.lower.least), _height(wait.upper.most), "spans", "") for place, wait, _ in told]
    label = f"The median wait for the first message by {the.unit}, over {known:,} incidents, with the middle half of the waits."
    return _picture(draw_marks(label, names, marks, _ticks([*marks, *spans]), spans), f"By {the.unit}",
                    [("open", "median"), ("spans", "the middle half of the waits")])


def _tellings(the: _Page) -> None:
    whole = the.trust.whole
    told, found = whole.told_first, whole.found_by_us
    says = [
        h("Customers heard of it from us before anybody outside had reported it in <b>{}</b>", _of(told[True], told[True] + told[False]) or "no incident that we know of")
        + (h("; for {} it is not known. ", _number(told[None])) if told[None] else ". ")
        + _latest_rate(the, lambda group: (group.told_first[True], group.told_first[True] + group.told_first[False])),
        h("We found it ourselves in <b>{}</b>", _of(found[True], found[True] + found[False]) or "no incident that we know of")
        + (h("; for {} the finder is not known. ", _number(found[None])) if found[None] else ". ")
        + "Whether we told them first is known where the first report is recorded, or that there was none, or that others found it.",
    ]
    the.section("Who spoke first", "first", says, the.stacks("Incidents", _TELLING, lambda group: group.telling), the.table([
        ("Incidents", lambda group: _number(len(group.incidents))),
        *the.tally(_TELLING, lambda group: group.telling),
        ("Told first, where known", lambda group: _share(group.told_first[True], group.told_first[True] + group.told_first[False])),
        ("Found by us, where known", lambda group: _share(group.found_by_us[True], group.found_by_us[True] + group.found_by_us[False])),
    ], lambda group: len(group.incidents)))


def _promises(the: _Page) -> None:
    made = the.trust.whole.promises
    total = sum(made.values())
    if not total:
        the.section("Promises", "promises", [Markup("No record tells of a promise to customers yet.")])
        return
    due = _due(made)
    says = [(h("Of {} to customers, it is known of {} whether {} kept on time: <b>{}</b>. ", _some(total, "promise"), _number(due),
               "it was" if due == 1 else "they were", _of(made[Keeping.ON_TIME], due)) if due else
             h("Of {} to customers, it is known of none whether it was kept on time. ", _some(total, "promise")))
            + _latest_rate(the, lambda group: (group.promises[Keeping.ON_TIME], _due(group.promises))),
            _also((made[Keeping.UNDATED], "kept without a day that was promised"), (made[Keeping.OPEN], "still open"),
                  (made[Keeping.UNKNOWN], "not known"), lead="Besides: ")]
    the.section("Promises", "promises", says, the.stacks("Promises", _KEEPING, lambda group: group.promises), the.table([
        ("Promises", lambda group: _number(sum(group.promises.values()))),
        *the.tally(_KEEPING, lambda group: group.promises),
        ("On time, where known", lambda group: _share(group.promises[Keeping.ON_TIME], _due(group.promises))),
    ], lambda group: sum(group.promises.values())))


def _satisfaction(the: _Page) -> None:
    whole = the.trust.whole
    asking, satisfied = whole.asking, whole.satisfied
    total, counted = len(whole.incidents), whole.asking[Asking.COUNTED]
    says = [h("Those affected were asked, and their answers counted, after <b>{} of {}</b>.", _number(counted), _some(total, "incident"))
            + _also((asking[Asking.UNCOUNTED], "asked, answers not known"), (asking[Asking.NOBODY], "nobody was asked"), (asking[Asking.UNKNOWN], "not known"),
                    lead=" After the others: ")]
    if satisfied is not None:
        reached = sum(each.contacted or 0 for each in whole.incidents if each.asking is Asking.COUNTED)
        content = sum(each.satisfied or 0 for each in whole.incidents if each.asking is Asking.COUNTED)
        half = h("; in the middle half of the incidents it is {} to {}", _percent(satisfied.lower), _percent(satisfied.upper)) if counted >= 4 else ""
        says.append(h("The median share of the satisfied among those asked is <b>{}</b>{}. Taken together, {} of {} who were asked said that they are. {}",
                      _percent(satisfied.median), half, _number(content), _number(reached), _reached(whole)))
    the.section("Are they satisfied?", "satisfied", says, the.stacks("Incidents", _ASKING, lambda group: group.asking), _satisfied_picture(the), the.table([
        ("Incidents", lambda group: _number(len(group.incidents))),
        *the.tally(_ASKING, lambda group: group.asking),
        ("Asked, of those affected", lambda group: _median(group.contacted[1], group.contacted[0])),
        ("Satisfied, of those asked", lambda group: _median(group.satisfied, group.asking[Asking.COUNTED])),
    ], lambda group: len(group.incidents), _asked(the)))


def _satisfied_picture(the: _Page) -> Markup:
    counted = sum(group.asking[Asking.COUNTED] for _, group in the.columns if group)
    if not counted:
        return Markup("")
    names, ticks = [name for name, _ in the.columns], [Tick(share, f"{share}%") for share in (0, 25, 50, 75, 100)]
    if counted <= EACH:
        marks = [Mark(place, share, share, "good", _pointed(each, f"{each.satisfied:,} of {each.contacted:,} asked are satisfied"))
                 for place, each in _spread_out(the.columns, lambda each: each.satisfied_share is not None) if (share := each.satisfied_share) is not None]
        label = f"The share of satisfied customers among those asked, one mark for each of {_some(counted, 'incident')}."
        return _picture(draw_marks(label, names, marks, ticks), f"Satisfied, of those asked; one mark an incident, by {the.unit}", [])
    told = [(place, group.satisfied, f"{name}: median {_median(group.satisfied, group.asking[Asking.COUNTED])}")
            for place, (name, group) in enumerate(the.columns) if group and group.satisfied]
    marks = [Mark(place, share.median, share.median, "good", title) for place, share, title in told]
    spans = [Mark(place, share.lower, share.upper, "spans", "") for place, share, _ in told]
    label = f"The median share of satisfied customers among those asked by {the.unit}, over {counted:,} incidents, with the middle half."
    return _picture(draw_marks(label, names, marks, ticks, spans), f"Satisfied, of those asked; by {the.unit}",
                    [("good", "median"), ("spans", "the middle half of the incidents")])


def _reached(whole: Group) -> Markup:
    known, share = whole.contacted
    return h("The median share of those affected who were asked is {} (of {} where both are known).", _percent(share.median), _number(known)) if share else Markup("")


def _asked(the: _Page) -> Markup:
    """The latest incidents of which something is known, with their numbers."""
    latest = sorted((each for each in the.trust.whole.incidents if each.contacted is not None or each.satisfied is not None),
                    key=lambda each: each.record.stem, reverse=True)
    rows = Markup("").join(h('<tr><th scope="row">{}</th>{}</tr>', _link(each, the.href), Markup("").join(
        h('<td class="am-number">{}</td>', "not known" if count is None else _number(count)) for count in (each.satisfied, each.contacted, each.affected)))
        for each in latest[:MOST_ROWS])
    heads = Markup("").join(h('<th scope="col" class="am-number">{}</th>', head) for head in ("Satisfied", "Of those asked", "Of those affected"))
    some = h('<p class="am-quiet">The {} latest of {:,}.</p>', MOST_ROWS, len(latest)) if len(latest) > MOST_ROWS else ""
    return h('<div class="am-scroll" tabindex="0"><table class="am-figures"><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>{}', heads, rows, some) if rows else Markup("")


def _repeats(the: _Page) -> None:
    whole = the.trust.whole
    again, new, unknown = (whole.repeating[kind] for kind in (Repeating.REPEAT, Repeating.NEW, Repeating.UNKNOWN))
    says = [h("<b>{}</b> incidents had happened before in much the same way, as far as the records say{}. {}", _of(again, again + new) or "No",
              h("; for {} it is not known", _number(unknown)) if unknown else "",
              _latest_rate(the, lambda group: (group.repeating[Repeating.REPEAT], len(group.incidents) - group.repeating[Repeating.UNKNOWN])) if again else "")]
    the.section("Did it happen again?", "repeats", says, the.stacks("Incidents", _REPEATING, lambda group: group.repeating), the.table([
        ("Incidents", lambda group: _number(len(group.incidents))),
        *the.tally(_REPEATING, lambda group: group.repeating),
        ("Share, where known", lambda group: _share(group.repeating[Repeating.REPEAT], len(group.incidents) - group.repeating[Repeating.UNKNOWN])),
    ], lambda group: len(group.incidents), _repeated(the)))


def _repeated(the: _Page) -> Markup:
    """The latest repeats, with what they repeat."""
    repeats = [each for each in the.trust.whole.incidents if each.repeating is Repeating.REPEAT]
    repeats.sort(key=lambda each: each.record.stem, reverse=True)
    items = []
    for each in repeats[:MOST_ROWS // 2]:
        earlier = [record for stem in given(each.record.recurrence_of) if (record := the.corpus.record(stem))]
        links = Markup(", ").join(h('<a href="{}">{}</a>', the.href(record.path), record.title or record.stem) for record in earlier)
        items.append(h("<li>{}{}</li>", _link(each, the.href), h(" repeats {}", links) if links else ""))
    more = h('<p class="am-quiet">The {} latest of {:,}.</p>', len(items), len(repeats)) if len(items) < len(repeats) else ""
    return h('<ul class="am-evidence">{}</ul>{}', Markup("").join(items), more) if items else Markup("")


def _scores(the: _Page) -> None:
    endings = the.trust.whole.endings
    total = sum(endings.values())
    if not total:
        the.section("Before and after", "scores", [Markup("No record holds a score that was measured around the incident yet.")])
        return
    measured = total - endings[Ending.UNKNOWN]
    says = [h("Of {}, {} measured both before the incident and after it: <b>{}</b> ended higher than before.", _some(total, "score"),
              "one was" if measured == 1 else f"{measured:,} were", _of(endings[Ending.HIGHER], measured) or "none")
            + _also((endings[Ending.LOWER], "ended lower"), (endings[Ending.SAME], "ended the same"), (endings[Ending.UNKNOWN], "not measured before, or not after")),
            Markup("Before is the last measurement that certainly came before the incident began; after is the last of all.")]
    series = [(each, scores) for each in sorted(the.trust.whole.incidents, key=lambda each: each.record.stem, reverse=True) for scores in each.scores]
    courses = [_course(each, scores, the.href) for each, scores in series if len(scores.points) > 1 and scores.started is not None]
    the.section("Before and after", "scores", says,
                the.stacks("Scores", _ENDING, lambda group: group.endings) if total > COURSES else Markup(""),
                h('<div class="am-courses">{}</div>', Markup("").join(courses[:COURSES])) if courses else Markup(""),
                the.table([("Scores", lambda group: _number(sum(group.endings.values()))), *the.tally(_ENDING, lambda group: group.endings)],
                          lambda group: sum(group.endings.values()), _scored(series, the.href)))


def _course(each: Measured, scores: Series, href: Href) -> Markup:
    """One score drawn, with the day on which the incident began."""
    begun = scores.started.day if scores.started else scores.points[0][0].day
    points = [(float((at.day - begun).days), value, f"{text} on {at}") for at, value, text in scores.points]
    first, last = scores.points[0], scores.points[-1]
    label = f"{scores.scale}: from {first[2]} on {first[0]} to {last[2]} on {last[0]}; the incident began on {begun.isoformat()}."
    return h('<figure class="am-course"><figcaption>{}<span class="am-quiet">{}</span></figcaption>{}<p>{}</p></figure>', _link(each, href), scores.scale,
             draw_course(label, points, Tick(0, "it began")), _ended(scores))


def _ended(scores: Series) -> Markup:
    before, after = scores.before, scores.after
    if before is None or after is None:
        missing = " and ".join(word for word, point in (("before", before), ("after", after)) if point is None)
        return h('<span class="am-quiet">Not measured {} it.</span>', missing)
    return h("<b>{}</b> on {}, <b>{}</b> on {}: {}", before[2], time_tag(before[0]), after[2], time_tag(after[0]), scores.ending.value)


def _scored(series: Sequence[tuple[Measured, Series]], href: Href) -> Markup:
    rows = Markup("").join(h('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', _link(each, href), scores.scale, _ended(scores))
                           for each, scores in series[:MOST_ROWS])
    some = h('<p class="am-quiet">The {} latest of {:,}.</p>', MOST_ROWS, len(series)) if len(series) > MOST_ROWS else ""
    return h('<div class="am-scroll" tabindex="0"><table class="am-figures"><thead><tr><td></td><th scope="col">Scale</th><th scope="col">Before and after</th></tr></thead>'
             "<tbody>{}</tbody></table></div>{}", rows, some)


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
    for place, (_, group) in enumerate(columns):
        members = [each for each in group.incidents if known(each)] if group else []
        for number, each in enumerate(members, 1):
            yield place - 0.4 + 0.8 * number / (len(members) + 1), each


def _picture(drawn: Markup, caption: str, legend: Sequence[tuple[str, str]]) -> Markup:
    keys = Markup("").join(h('<li class="am-tone am-tone--{}">{}</li>', tone, name) for tone, name in legend)
    return h('<figure class="am-chart"><figcaption><span>{}</span>{}</figcaption><div class="am-scroll" tabindex="0">{}</div></figure>', caption,
             h("<ul>{}</ul>", keys) if legend else "", drawn)


def _rows(heading: str, groups: Sequence[tuple[Markup, Group]], columns: Sequence[tuple[str, _Cell]]) -> Markup:
    if not groups:
        return Markup("")
    head = h('<tr><th scope="rowgroup" colspan="{}">{}</th></tr>', len(columns) + 1, heading) if heading else ""
    return h("<tbody>{}{}</tbody>", head, Markup("").join(
        h('<tr><th scope="row">{}</th>{}</tr>', name, Markup("").join(h('<td class="am-number">{}</td>', cell(group)) for _, cell in columns))
        for name, group in groups))


def _ticks(marks: Sequence[Mark]) -> list[Tick]:
    """As much of the scale of lengths of time as the marks need."""
    low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
    for ticks in (_TICKS, _FINE_TICKS):
        first = max(place for place, tick in enumerate(ticks) if tick.value <= low)
        shown = [tick for place, tick in enumerate(ticks) if place >= first and (tick.value <= high or place == first + 1)]
        if len(shown) > 3:
            break
    return shown


def _height(wait: timedelta) -> float:
    return min(log10(max(wait.total_seconds() / 60, 1)), _TICKS[-1].value)


def _pointed(each: Measured, fact: str) -> str:
    return f"{each.record.title or each.record.stem}: {fact}"


def _link(each: Measured, href: Href) -> Markup:
    return h('<a href="{}">{}</a>', href(each.record.path), each.record.title or each.record.stem)


# Words --------------------------------------------------------------------------------------------------------------


def _wait(span: Span) -> str:
    """A length of time; where it is a range, as one."""
    least, most = (length(end).replace(" ", "\N{NO-BREAK SPACE}") for end in (span.least, span.most))
    if least == most:
        return least if span.exact else f"about {least}"
    if (near := about(span)) is not None:
        return near
    if span.least < timedelta(minutes=1):
        return f"up to {most}"
    (number, _, unit), (_, _, units) = least.partition("\N{NO-BREAK SPACE}"), most.partition("\N{NO-BREAK SPACE}")
    return f"{number} to {most}" if unit.rstrip("s") == units.rstrip("s") else f"{least} to {most}"


def _latest(the: _Page, told: Callable[[Group], str | None]) -> Markup:
    """What the last two periods of which it is known tell."""
    known = [(group.key, figure) for group in the.trust.periods if group.incidents and (figure := told(group))][-2:]
    if len(known) < 2:
        return Markup("")
    (before, earlier), (now, latest) = known
    return h("In {} it was {}, in {} {}.", now, latest, before, earlier)


def _latest_rate(the: _Page, counts: Callable[[Group], tuple[int, int]]) -> Markup:
    """The same for a part of a whole."""
    return _latest(the, lambda group: _of(*counts(group)) or None)


def _also(*counts: tuple[int, str], lead: str = " ") -> Markup:
    told = [f"{count:,} {words}" for count, words in counts if count]
    return h("{}{}.", lead, "; ".join(told)) if told else Markup("")


def _due(promises: Mapping[Keeping, int]) -> int:
    """The promises of which it is known whether they were kept on time."""
    return promises[Keeping.ON_TIME] + promises[Keeping.LATE] + promises[Keeping.BROKEN]


def _rate(part: int, whole: int) -> str:
    if not whole:
        return "Not known"
    return f"{part} of {whole}" if whole < _PERCENT_FROM else _percent(part / whole * 100)


def _of(part: int, whole: int) -> str:
    if not whole:
        return ""
    return f"{part:,} of {whole:,}" + (f" ({_percent(part / whole * 100)})" if whole >= _PERCENT_FROM else "")


def _share(part: int, whole: int) -> str:
    """A part of a whole, as short as a table wants it."""
    return (f"{_percent(part / whole * 100)} of {whole:,}" if whole >= _PERCENT_FROM else _of(part, whole)).replace(" ", "\N{NO-BREAK SPACE}")


def _known(known: int, total: int) -> str:
    return f"{known:,} of {total:,} known" if total else "nothing recorded yet"


def _median(spread: Shares | None, known: int) -> str:
    return f"{_percent(spread.median)}\N{NO-BREAK SPACE}(of\N{NO-BREAK SPACE}{known:,})" if spread else ""


def _percent(share: float) -> str:
    if 0 < share < 1:
        return "under 1%"
    return "over 99%" if 99 < share < 100 else f"{share:.0f}%"


def _number(count: int) -> str:
    return f"{count:,}"


def _some(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _harm(key: str) -> str:
    return _HARMS.get(key) or key.replace("-", " ").capitalize()
