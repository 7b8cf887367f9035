"""Facts in a reader's words: times, lengths of time, states."""

from datetime import date, timedelta

from markupsafe import Markup

from amends.moments import ABOUT, Moment, Span
from amends.record import Record
from amends.render.composer import h
from amends.typed import Absence

ABSENT = {"none": "None", "unknown": "Not known", "missed": "Missed"}


def time_tag(moment: Moment) -> Markup:
    """A time that machines can read too."""
    return h('<time datetime="{}">{}</time>', moment.iso, moment)


def day_tag(day: date) -> Markup:
    """A day that machines can read too."""
    return time_tag(Moment(day, None))


def when(value: Moment | Absence | None, unsaid: str = "not yet") -> Markup:
    """A time, or why there is none."""
    if isinstance(value, Moment):
        return time_tag(value)
    return absent(value) if isinstance(value, Absence) else h('<span class="am-unsaid">{}</span>', unsaid)


def absent(value: Absence) -> Markup:
    """An author's honest no; its reason opens at a touch."""
    return h('<details class="am-absent am-absent--{}"><summary>{}</summary>{}</details>', value.kind, ABSENT[value.kind], value.why)


def length(duration: timedelta) -> str:
    """`8 min`, `1 h 24 min`, `2 days 3 h`, `12 days`."""
    minutes = round(abs(duration).total_seconds() / 60)
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    if days >= 3 or (days and not hours):
        return _days(days + (hours >= 12))
    if days:
        return f"{_days(days)} {hours} h"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def span(length_of: Span) -> str:
    """A length of time; a range of days where only days are known."""
    if length_of.exact:
        return length(length_of.least)
    if (near := about(length_of)) is not None:
        return near
    least, most = length_of.least.days, length_of.most.days
    if least <= 0:
        return f"up to {_days(most)}"
    if most - least <= 2 and least >= 4:
        return f"about {_days((least + most) // 2)}"
    return f"{least} to {_days(most)}"


def about(length_of: Span) -> str | None:
    """`about 7 h`, where the range is no wider than approximate times make it; None elsewhere."""
    if length_of.most - length_of.least > 4 * ABOUT:
        return None
    middle = (length_of.least + length_of.most) / 2
    step = ABOUT if abs(middle) >= timedelta(hours=2) else timedelta(minutes=10)
    return f"about {length(max(round(middle / step), 1) * step)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def severity_badge(record: Record) -> Markup:
    """The severity as a coloured word."""
    if record.severity is None:
        return h('<span class="am-badge">no severity</span>')
    return h('<span class="am-badge am-badge--{0}">{1}</span>', record.severity.value, record.severity.value.upper())


def status_badge(record: Record) -> Markup:
    """The status as a quiet word."""
    return h('<span class="am-badge am-badge--quiet">{}</span>', record.status.value)
