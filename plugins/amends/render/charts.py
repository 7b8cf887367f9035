"""Pictures of figures, drawn while a page is made: SVG without script, style or id, whose colours the stylesheet gives.

pygal lays out the axes and marks. What it adds for a page of its own (scripts, styles, a title, tooltip boxes) is taken out
again, so that a picture is light, the same in every build, and follows the theme.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

from markupsafe import Markup

from amends.language import _, spoken
from amends.render.composer import h

WIDTH = 680
"""Of a picture, at most; about the width of a page's text."""

_TEXT = 11
"""Height of the texts, as the stylesheet sets it too."""


class Layer(NamedTuple):
    """One colour of a stack, over all columns."""

    tone: str
    """The name of its colour in the stylesheet: `good`, `fair`, `late`, `bad`, `open`, `unknown`."""
    name: str
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Mark:
    """One value over a column; a range where its two ends differ."""

    column: float
    low: float
    high: float
    tone: str
    title: str
    """What a reader is told who points at it."""


class Tick(NamedTuple):
    """A value of an axis, and what stands there."""

    value: float
    text: str


def draw_stacks(label: str, columns: Sequence[str], layers: Sequence[Layer]) -> Markup:
    """Columns of counts, a layer on top of the other; `label` is read to those who can't see it."""
    most = max((sum(counts) for counts in zip(*(layer.counts for layer in layers), strict=True)), default=0)
    ticks = _whole_ticks(most)
    chart = _pygal().StackedBar(**_size(len(columns), 190), range=(0, ticks[-1]), y_labels=ticks, value_formatter=str)
    chart.x_labels = _shown(columns)
    for layer in layers:
        titles = (_("{period}: {number} {what}").format(period=name, number=count, what=layer.name) for name, count in zip(columns, layer.counts, strict=True))
        chart.add(layer.tone, [_titled(count, title) for count, title in zip(layer.counts, titles, strict=True)])
    return _fragment(chart, label, [layer.tone for layer in layers], scrolls=True)


def draw_marks(label: str, columns: Sequence[str], marks: Sequence[Mark], ticks: Sequence[Tick], spans: Sequence[Mark] = ()) -> Markup:
    """Values over columns: a dot, or a bar from one end of a range to the other; `spans` are thin lines behind them."""
    top = max(ticks[-1].value, *(mark.high for mark in (*marks, *spans)))
    chart = _pygal().XY(**_size(len(columns), 230), range=(ticks[0].value, top), xrange=(-0.5, len(columns) - 0.5),
                     y_labels=[{"value": tick.value, "label": tick.text} for tick in ticks], dots_size=3.5, allow_interruptions=True)
    chart.x_labels = [{"value": place, "label": text} for place, text in enumerate(_shown(columns))]
    tones = ["spans"] if spans else []
    if spans:
        chart.add("spans", [point for span in spans for point in _ends(span)], show_dots=False)
    for tone in dict.fromkeys(mark.tone for mark in marks):
        tones.append(tone)
        chart.add(tone, [point for mark in marks if mark.tone == tone for point in _ends(mark)])
    return _fragment(chart, label, tones, scrolls=True)


def draw_course(label: str, points: Sequence[tuple[float, float, str]], turning: Tick | None) -> Markup:
    """A line through points (place, value, title), and the place at which it turned, named."""
    values = [value for _, value, _ in points]
    room = (max(values) - min(values)) * 0.15 or abs(values[0]) * 0.15 or 1
    places = [place for place, _, _ in points] + ([turning.value] if turning else [])
    margin = (max(places) - min(places)) * 0.04 or 1
    chart = _pygal().XY(width=330, height=150, margin=6, show_legend=False, js=(), style=_style(), dots_size=3.5, include_x_axis=False,
                     range=(min(values) - room, max(values) + room), xrange=(min(places) - margin, max(places) + margin),
                     y_labels=[{"value": value, "label": spoken().decimal(f"{value:g}")} for value in dict.fromkeys((min(values), max(values)))])
    chart.x_labels = [{"value": turning.value, "label": turning.text}] if turning else []
    chart.add("course", [_titled((place, value), title) for place, value, title in points])
    return _fragment(chart, label, ["course"])


def _size(columns: int, height: int) -> dict[str, Any]:
    width = min(WIDTH, 110 + columns * 62)
    return {"width": width, "height": height, "margin": 6, "margin_top": 10, "show_legend": False, "js": (), "style": _style(),
            "truncate_label": 40, "include_x_axis": False, "print_values": False}


def _style() -> Any:
    from pygal.style import Style

    return Style(label_font_size=_TEXT, major_label_font_size=_TEXT)


def _pygal() -> Any:
    """The library, loaded only where something is drawn, and without what it leaves behind."""
    import pygal
    from pygal.etree import etree

    etree.to_etree()  # with lxml, where that happens to be installed, the same picture would be written in another way
    # Its finder for map plugins is of a form that Python before 3.12 warns of at every import that fails.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
    return pygal


def _titled(value: object, title: str) -> dict[str, object]:
    return {"value": value, "formatter": lambda value: title}


def _ends(mark: Mark) -> list[object]:
    ends: list[object] = [_titled((mark.column, mark.low), mark.title)]
    if mark.high > mark.low:
        ends.append(_titled((mark.column, mark.high), mark.title))
    return [*ends, (mark.column, None)]


def _shown(columns: Sequence[str]) -> list[str]:
    """The columns' labels; where there are too many, those of each year's first quarter, as the year, or every second and so on."""
    if len(columns) * 58 <= WIDTH:
        return list(columns)
    if any(" Q" in name for name in columns):
        return [name.removesuffix(" Q1") if name.endswith(" Q1") else "" for name in columns]
    step = ceil(len(columns) * 36 / WIDTH)
    return [name if place % step == 0 else "" for place, name in enumerate(columns)]


def _whole_ticks(most: int) -> list[int]:
    """From 0 to `most` or just above it, at most five steps of a round number each."""
    step = next(factor * 10**power for power in range(12) for factor in (1, 2, 5) if factor * 10**power * 5 >= most)
    return list(range(0, max(ceil(most / step), 1) * step + 1, step))


# Out of pygal's page, into ours -------------------------------------------------------------------------------------

_NUMBER = re.compile(r"-?\d+\.\d+")
_WHOLE = re.compile(r"\d+")
_SERIES = re.compile(r"series serie-(\d+)")
_KEPT_CLASSES = {"axis", "x", "y", "line"}
_UNUSED = {"background", "tooltip-overlay", "text-overlay", "titles"}


def _fragment(chart: Any, label: str, tones: Sequence[str], *, scrolls: bool = False) -> Markup:
    axis = Markup("")

    def ours(root: Any) -> Any:
        nonlocal axis
        picture = _plain(root, label, tones)
        if scrolls:
            axis = _axis(picture)
        return picture

    chart.add_xml_filter(ours)
    return Markup(chart.render(is_unicode=True, disable_xml_declaration=True)) + axis  # noqa: S704 - the library escapes every text


def _axis(picture: Any) -> Markup:
    """What the values of a picture are, once more: it stays where it is while a narrow screen scrolls through the columns."""
    plot = picture.find("g")
    across, _down = _WHOLE.findall(plot.get("transform"))
    texts = plot.findall("g[@class='axis y']/text")
    return h('<svg class="am-axis" width="{}" height="{}" aria-hidden="true"><rect width="100%" height="100%"></rect><g transform="{}">{}</g></svg>',
             across, picture.get("height"), plot.get("transform"), Markup("").join(h('<text x="{}" y="{}">{}</text>', text.get("x"), text.get("y"), text.text) for text in texts))


def _plain(root: Any, label: str, tones: Sequence[str]) -> Any:
    _prune(root, tones)
    _, _, width, height = root.get("viewBox").split()
    root.attrib.pop("id", None)
    root.attrib.update({"width": width, "height": height, "class": "am-picture", "role": "img", "aria-label": label})
    return root


def _prune(element: Any, tones: Sequence[str]) -> None:
    for place, child in reversed(list(enumerate(element))):
        classes = set(child.get("class", "").split()) if isinstance(child.tag, str) else _UNUSED  # a comment's tag is no text
        if classes & _UNUSED or child.tag in ("defs", "title") or (child.tag == "desc" and "value" not in classes):
            element.remove(child)
            continue
        _tidy(child, classes, tones)
        _prune(child, tones)
        if child.tag == "desc":
            child.tag = "title"
        elif child.tag == "g" and not len(child):
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            _fold(element, place, child)


def _fold(element: Any, place: int, group: Any) -> None:
    """Put in a group's place what it holds, a mark with its title in it; a mark of no height is left out."""
    element.remove(group)
    mark = group[0] if len(group) == 2 and group[1].tag == "title" else None
    if mark is not None:
        mark.append(group[1])
    if mark is None or float(mark.get("height", 1)) >= 0.05:
        for offset, inner in enumerate([mark] if mark is not None else list(group)):
            element.insert(place + offset, inner)


def _tidy(element: Any, classes: set[str], tones: Sequence[str]) -> None:
    attributes = dict(element.attrib)
    series = _SERIES.match(attributes.get("class", ""))
    element.attrib.clear()
    for name, value in attributes.items():
        if name == "class":
            value = f"am-tone am-tone--{tones[int(series[1])]}" if series else " ".join(sorted(classes & _KEPT_CLASSES))
        elif name in ("rx", "ry") and value == "0":
            continue
        else:
            value = _NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value)
        if value:
            element.set(name, value)
