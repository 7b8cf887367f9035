"""What of a list is overdue, and how old it is. The day of reading decides it, so that a script tells it; the page holds what was so on the day of the build."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from amends.language import N_, _, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.render.composer import h
from amends.render.words import absent, day_tag, when

DUE = ("overdue", "later", "undated")
"""What a facet of days knows, in the order of its menu."""

_DUE = {"overdue": N_("overdue"), "later": N_("not yet due"), "undated": N_("no day named")}
_AGES = {0: N_("less than 30 days"), 30: N_("30 to 90 days"), 91: N_("more than 90 days")}
"""The ages that one asks for, by the days that the youngest of them has."""


def is_overdue(due: Moment | Absence | None, today: date) -> bool:
    """Whether its day has passed; on the day itself nothing is overdue."""
    return isinstance(due, Moment) and due.day < today


def due_when(due: Moment | Absence | None, *, awaited: bool = True) -> Markup:
    """`due 3 May 2031`, or that there is no such day, and why."""
    return _by(due, N_("due {when}"), N_("no due day"), N_("due day not known"), awaited=awaited)


def again_when(review_by: Moment | Absence | None) -> Markup:
    """`looked at again by 3 May 2031`, or that there is no such day, and why."""
    return _by(review_by, N_("looked at again by {when}"), N_("no day for another look"), N_("day of another look not known"), awaited=True)


def _by(due: Moment | Absence | None, message: str, none: str, unknown: str, *, awaited: bool) -> Markup:
    if isinstance(due, Moment):
        mark = h(' data-due="{}"', due.day) if awaited else ""  # by which the script marks it once it has passed
        return h("<span{}>{}</span>", mark, h(_(message), when=h("<b>{}</b>", when(due))))
    if isinstance(due, Absence):
        said = unknown if due.kind == "unknown" else none
        return absent(due, _(said))
    return h('<span class="am-unsaid">{}</span>', _(none))


def due_facet(due: Moment | Absence | None, today: date) -> list[tuple[str, str]]:
    """The value of something that is awaited, and its name."""
    value = "undated" if not isinstance(due, Moment) else "overdue" if is_overdue(due, today) else "later"
    return [(value, _(_DUE[value]))]


def age_facet(since: date, today: date) -> list[tuple[str, str]]:
    """The value of something that began on a day, and its name."""
    value = max(days for days in _AGES if days <= max((today - since).days, 0))
    return [(str(value), _(_AGES[value]))]


def due_values() -> list[tuple[str, str]]:
    """The values between which something moves as days go by, and their names."""
    return [(value, _(_DUE[value])) for value in ("overdue", "later")]


def age_values() -> list[tuple[str, str]]:
    """All ages, the youngest first. The script takes the last that is not above the days that have gone by."""
    return [(str(days), _(name)) for days, name in _AGES.items()]


def overdue_line(awaited: Iterable[Moment | Absence | None], list_id: str, today: date) -> Markup:
    """How many entries of a list are overdue; nothing where no day is awaited."""
    days = [due.day for due in awaited if isinstance(due, Moment)]
    if not days:
        return Markup("")
    late = sum(day < today for day in days)
    message = _("Overdue on {day}, when this page was made: {n}") if late else _("Nothing was overdue on {day}, when this page was made.")
    return h('<p class="am-overdue-count" data-of="{}" data-told="{}" data-none="{}">{}</p>', list_id, _("Overdue: {n}"), _("Nothing is overdue."),
             h(message, day=day_tag(today), n=spoken().number(late)))


def overdue_word() -> Markup:
    """The attribute of a list that says what stands behind a day that has passed."""
    return h('data-overdue="{}"', _(_DUE["overdue"]))
