"""Filters over a list: what a reader may narrow it by. Where no script runs, the form stays hidden and the whole list stands there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from amends.language import N_, _, spoken
from amends.record import Record
from amends.render.composer import h

OF_INCIDENTS = {
    "severity": N_("Severity"), "service": N_("Service"), "factor": N_("Factor"), "harm": N_("Harm"), "year": N_("Year"), "state": N_("State"),
}
"""What incidents are narrowed by, in the register and in the search, with its label, in the order in which readers see it."""

FOR_ALL = "for-all"
"""Names the facets whatever value of which is asked for, an entry may be meant too: a checklist that names no service is for all."""


def values_of(record: Record) -> dict[str, tuple[str, ...]]:
    """What a record, and any part of it, is narrowed by, beside its year and its state."""
    return {
        "severity": (record.severity.value,) if record.severity else (),
        "service": tuple(dict.fromkeys(record.service_names)),
        "factor": record.factor_kinds,
        "harm": tuple(dict.fromkeys(harm.value for harm in record.harms)),
    }


class Facets:
    """The facets of one list on a page. Every entry is told first, so that the form can count them.

    `told` says what is counted and how many are shown, `{n}` of `{all}`. With `words`, the label of a field for words: it leaves the
    entries in which all of them stand. A menu stands by the names of its values, or in the order that `ranked` gives them. Between
    the values `by_day` an entry moves as days go by: all of them are told, and the script counts them on the day of reading. `for_all` says how
    many entries, `{n}`, are not shown though they are meant FOR_ALL values of a facet.
    """

    def __init__(self, labels: Mapping[str, str], list_id: str, told: str, words: str | None = None, ranked: Mapping[str, Sequence[str]] = {},
                 by_day: Mapping[str, Sequence[tuple[str, str]]] = {}, for_all: str | None = None) -> None:
        self._labels, self._list_id, self._told, self._words, self._ranked, self._by_day = labels, list_id, told, words, ranked, by_day
        self._for_all = for_all
        self._names: dict[tuple[str, str], str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._entries = 0

    def of(self, values: Mapping[str, Iterable[tuple[str, str]]]) -> Markup:
        """The attribute of an entry with these values and their names, by facet."""
        tokens: list[str] = []
        self._entries += 1
        for facet, pairs in values.items():
            for value, name in dict(pairs).items():
                self._names.setdefault((facet, value), name)
                self._counts[facet, value] += 1
                tokens.append(f"{facet}:{quote(value, safe='')}")
        return h('data-facets="{}"', " ".join(tokens))

    def form(self) -> Markup:
        """A field for each facet in which entries differ; empty where there is nothing to choose."""
        values = {facet: self._values(facet) for facet in self._labels}
        if not self._words and all(len(known) < 2 for known in values.values()):
            return Markup("")
        fields = [choice(facet, label, values[facet]) for facet, label in self._labels.items()]
        if self._words:
            fields.insert(0, h('<label class="am-words">{}<input type="search" name="words" autocomplete="off" spellcheck="false"></label>', self._words))
        entries = spoken().number(self._entries)
        asked = h('{} data-wider="{}"', answers(), _("Search the whole site for {words}")) if self._words else ""
        for_all = h(' data-for-all="{}"', self._for_all) if self._for_all else ""
        return h('<form class="am-filters" data-list="{}"{}{} data-told="{}" data-none="{}" data-narrowed="{}" role="search" aria-label="{}" hidden>{}'
                 '<button type="reset" class="md-button" hidden>{}</button><output>{}</output></form>',
                 self._list_id, for_all, asked, self._told, _("Nothing in the list fits. Take a filter away."),
                 _("Narrowed to: {filters}"), _("Narrow the list"), Markup("").join(fields), _("Show all"), h(self._told, n=entries, all=entries))

    def _values(self, facet: str) -> list[tuple[str, str, int]]:
        names = {value: name for (own, value), name in self._names.items() if own == facet}
        if any(value in names for value, _name in self._by_day.get(facet, ())):
            names.update(self._by_day[facet])
        known = sorted(names.items(), key=lambda pair: pair[1].casefold())
        if (order := self._ranked.get(facet)) is not None:
            known.sort(key=lambda pair: order.index(pair[0]))
        return [(quote(value, safe=""), name, self._counts[facet, value]) for value, name in known]


def answers() -> Markup:
    """The attributes that hold what is said where words were asked for that no entry, or not all of them, tells of."""
    return h(' data-word="{}" data-near="{}" data-near-without="{}" data-untold="{}" data-vague="{}"', _("“{word}”"),
             _("Nothing holds all of these words. The nearest come first."), _("Nothing in the list tells of {words}. The nearest come first."),
             _("Nothing in the list tells of {words}. Ask with another word, or show all."), _("That may be any of them. Say what you see."))


def choice(facet: str, label: str, values: Sequence[tuple[str, str, int]]) -> Markup:
    """A field with the values of a facet, their names, and how many entries have them; empty where there are none. One value is nothing to
    choose: the field shows when a link asks for it, or for another.
    """
    if not values:
        return Markup("")
    options = Markup("").join(h('<option value="{}">{} ({})</option>', value, name, spoken().number(number)) for value, name, number in values)
    return h('<label{}>{}<select name="{}"><option value="">{}</option>{}</select></label>', h(" hidden") if len(values) == 1 else "", label, facet, _("all"), options)
