"""The figures of trust: what the parts of the page draw them with, and the tables that stand behind them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from itertools import groupby
from math import log10
from typing import Any, NamedTuple

from markupsafe import Markup

from amends.corpus import Corpus
from amends.customers.trust import Group, Measured, Trust
from amends.language import N_, _, counted
from amends.render.charts import Layer, Mark, Tick, draw_stacks
from amends.render.composer import Composer, Href, h, scrolling, wide_table
from amends.render.trust.words import harm_words, number_words, part_of
from amends.render.words import length

MOST_ROWS = 40
"""How many services a table lists."""

_GAP = "…"
"""Stands in a picture for a stretch of periods without an incident."""

_MINUTES = (1, 10, 60, 360, 1440, 10080, 43200, 525600, 5256000)

_FINE_MINUTES = tuple(sorted((*_MINUTES, 2, 5, 20, 30, 120, 240, 720, 2880, 5760, 20160, 86400, 172800)))
"""What the scale of waits is marked at; the finer one for waits that are much alike."""

_COUNTED = {
    "incidents": (N_("Incidents by quarter"), N_("Incidents by year")),
    "promises": (N_("Promises by quarter"), N_("Promises by year")),
    "scores": (N_("Scores by quarter"), N_("Scores by year")),
}
"""What a picture counts."""

Cell = Callable[[Group], Markup | str]


class Kind(NamedTuple):
    """One layer of a picture and column of a table."""

    value: Enum
    tone: str
    message: str

    @property
    def name(self) -> str:
        """As readers see it."""
        return _(self.message)


class Figures:
    """What every part of the page needs: what was measured, and how it is told, drawn and listed."""

    def __init__(self, trust: Trust, corpus: Corpus, href: Href, page: Composer) -> None:
        self.trust, self.corpus, self.href, self.page = trust, corpus, href, page
        self.columns = _columns(trust.periods)

    def by_period(self, quarter: str, year: str) -> str:
        """Of two messages the one that names the periods of this page."""
        return _(year if self.trust.by_years else quarter)

    def section(self, heading: str, anchor: str, says: Sequence[Markup], *parts: Markup) -> None:
        """A part of the page: its sentences, then its pictures and tables, as far as there are any."""
        self.page.section(2, heading, anchor)
        self.page.html(h('<div class="am-say">{}</div>', Markup("").join(h("<p>{}</p>", each) for each in says if each)))
        for part in parts:
            if part:
                self.page.html(part)

    def latest(self, told: Callable[[Group], str | None]) -> Markup:
        """What the last two periods of which it is known tell."""
        known = [(group.key, figure) for group in self.trust.periods if group.incidents and (figure := told(group))][-2:]
        if len(known) < 2:
            return Markup("")
        (before, earlier), (now, latest) = known
        return h(_("In {now} it was {latest}, in {before} {earlier}."), now=now, latest=latest, before=before, earlier=earlier)

    def latest_rate(self, counts: Callable[[Group], tuple[int, int]]) -> Markup:
        """The same for a part of a whole."""
        return self.latest(lambda group: part_of(*counts(group)) or None)

    def stacks(self, what: str, kinds: Sequence[Kind], counts: Callable[[Group], Mapping[Any, int]]) -> Markup:
        """The picture of a tally: a layer for each kind that occurs."""
        names = [name for name, _ in self.columns]
        layers = [Layer(kind.tone, kind.name, [counts(group)[kind.value] if group else 0 for _, group in self.columns]) for kind in kinds]
        layers = [layer for layer in layers if any(layer.counts)]
        if not layers:
            return Markup("")
        told = ", ".join(f"{number_words(sum(layer.counts))} {layer.name}" for layer in layers)
        caption = self.by_period(*_COUNTED[what])
        return picture(draw_stacks(f"{caption}: {told}.", names, layers), caption, [(layer.tone, layer.name) for layer in layers])

    def tally(self, kinds: Sequence[Kind], counts: Callable[[Group], Mapping[Any, int]]) -> list[tuple[str, Cell]]:
        """The columns of a tally."""
        return [(kind.name[:1].upper() + kind.name[1:], _cell(kind, counts)) for kind in kinds]

    def table(self, name: str, columns: Sequence[tuple[str, Cell]], size: Callable[[Group], int], more: Markup | str = "") -> Markup:
        """The table behind a picture, under the name of the picture's section: all, by period, by service, by harm; a group of which nothing is counted is left out."""
        label = self.corpus.settings.vocabulary.label
        parts = [_rows("", [(h("{}", _("All incidents")), self.trust.whole)], columns)]
        for heading, groups, named in (
            (self.by_period(N_("By quarter"), N_("By year")), self.trust.periods, lambda key: Markup("") + key),
            (_("By service"), self.trust.services, lambda key: h('<a href="{}">{}</a>', self.href(f"services/{key}.md"), label("services", key))),
            (_("By harm"), self.trust.harms, lambda key: Markup("") + harm_words(key)),
        ):
            shown = [group for group in groups if size(group)]
            most = MOST_ROWS if groups is self.trust.services else len(shown)
            parts.append(_rows(heading, [(named(group.key), group) for group in shown[:most]], columns))
            if len(shown) > most:
                parts.append(h('<tbody><tr><td colspan="{}" class="am-quiet">{}</td></tr></tbody>', len(columns) + 1,
                               counted("and {number} with fewer incidents", "and {number} with fewer incidents", len(shown) - most)))
        heads = Markup("").join(h('<th scope="col" class="am-number">{}</th>', head) for head, cell in columns)
        return h('<details class="am-behind-picture"><summary>{}</summary>{}{}</details>', _("The figures, also by service and by harm"),
                 wide_table("am-figures", name, h("<td></td>{}", heads), Markup("").join(parts)), more)


def _cell(kind: Kind, counts: Callable[[Group], Mapping[Any, int]]) -> Cell:
    return lambda group: number_words(counts(group)[kind.value])


def _columns(periods: Sequence[Group]) -> list[tuple[str, Group | None]]:
    """The columns of a picture; more than three empty periods in a row become one gap."""
    columns: list[tuple[str, Group | None]] = []
    for empty, run in groupby(periods, key=lambda group: not group.incidents):
        groups = list(run)
        columns += [(_GAP, None)] if empty and len(groups) > 3 else [(group.key, group) for group in groups]
    return columns


def _rows(heading: str, groups: Sequence[tuple[Markup, Group]], columns: Sequence[tuple[str, Cell]]) -> Markup:
    if not groups:
        return Markup("")
    head = h('<tr><th scope="rowgroup" colspan="{}">{}</th></tr>', len(columns) + 1, heading) if heading else ""
    return h("<tbody>{}{}</tbody>", head, Markup("").join(
        h('<tr><th scope="row">{}</th>{}</tr>', name, Markup("").join(h('<td class="am-number">{}</td>', cell(group)) for head, cell in columns))
        for name, group in groups))


def side_by_side(columns: Sequence[tuple[str, Group | None]], known: Callable[[Measured], bool]) -> Iterable[tuple[float, Measured]]:
    """The incidents of each column side by side within it."""
    for place, (_name, group) in enumerate(columns):
        members = [each for each in group.incidents if known(each)] if group else []
        for number, each in enumerate(members, 1):
            yield place - 0.4 + 0.8 * number / (len(members) + 1), each


def picture(drawn: Markup, caption: str, legend: Sequence[tuple[str, str]]) -> Markup:
    """What was drawn, with its caption, and the names of its tones."""
    keys = Markup("").join(h('<li class="am-tone am-tone--{}">{}</li>', tone, name) for tone, name in legend)
    return h('<figure class="am-chart"><figcaption><span>{}</span>{}</figcaption>{}</figure>', caption, h("<ul>{}</ul>", keys) if legend else "", scrolling(caption, drawn))


def ticks_for(marks: Sequence[Mark]) -> list[Tick]:
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


def height_of(wait: timedelta) -> float:
    """Where a wait stands on that scale."""
    return min(log10(max(wait.total_seconds() / 60, 1)), log10(_MINUTES[-1]))


def pointed_at(each: Measured, fact: str) -> str:
    """What is said of the incident at whose mark a reader points."""
    return f"{each.record.title or each.record.stem}: {fact}"


def link_to(each: Measured, href: Href) -> Markup:
    """The way to an incident."""
    return h('<a href="{}">{}</a>', href(each.record.path), each.record.title or each.record.stem)
