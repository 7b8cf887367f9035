"""Facts in a reader's words: times, lengths of time, states."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from markupsafe import Markup

from amends.language import N_, _, ngettext, spoken
from amends.reading.moments import ABOUT, Duration, Moment, Span
from amends.reading.typed import Absence
from amends.record import Figure, Record, Share
from amends.render.composer import h
from amends.render.terms import term

_Told = TypeVar("_Told")

ABSENT = {"none": N_("None"), "unknown": N_("Not known"), "missed": N_("Missed")}


def moment_words(moment: Moment) -> str:
    """A time as readers see it: `5 Apr 2031, 07:38 UTC`."""
    words = spoken().day(moment.day)
    if moment.instant is not None:
        words = spoken().at(words, f"{clock_words(moment)} {moment.zone}")
    if moment.by:
        return _("by {time}").format(time=words)
    return _("about {time}").format(time=words) if moment.about else words


def clock_words(moment: Moment) -> str:
    """The time of day of a moment that has one."""
    return spoken().clock(moment.instant.time()) if moment.instant is not None else ""


def figure_words(figure: Figure) -> str:
    """A number that a record tells: `1,900,000`, or `about 1,900,000`."""
    words = spoken().number(figure.value)
    return _("about {number}").format(number=words) if figure.about else words


def share_words(share: Share) -> str:
    """A part of a whole that a record tells: `0.3%`."""
    return spoken().percent(Decimal(share.text.rstrip("% ")))


def time_tag(moment: Moment) -> Markup:
    """A time that machines can read too."""
    return h('<time datetime="{}">{}</time>', moment.iso, moment_words(moment))


def day_tag(day: date) -> Markup:
    """A day that machines can read too."""
    return time_tag(Moment(day, None))


def when(value: Moment | Absence | None, unsaid: str | None = None) -> Markup:
    """A time, or why there is none; where nothing is said, `unsaid`, or that it is not yet."""
    if isinstance(value, Moment):
        return time_tag(value)
    return absent(value) if isinstance(value, Absence) else h('<span class="am-unsaid">{}</span>', _("not yet") if unsaid is None else unsaid)


def absent(value: Absence, word: str | None = None) -> Markup:
    """An author's honest no, in a `word` of its own where that says more; its reason opens at a touch."""
    return h('<details class="am-absent am-absent--{}"><summary>{}</summary>{}</details>', value.kind, word or _(ABSENT[value.kind]), value.why)


def said(value: _Told | Absence | None, shown: Callable[[_Told], Markup | str]) -> Markup | str | None:
    """What a record tells, as it is `shown`, or why it is not told; None where nothing is said."""
    if isinstance(value, Absence):
        return absent(value)
    return None if value is None or value == () else shown(value)


def length(duration: timedelta) -> str:
    """`8 min`, `1 h 24 min`, `2 days 3 h`, `12 days`."""
    minutes = round(abs(duration).total_seconds() / 60)
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    written = spoken()
    if days >= 3 or (days and not hours):
        return written.days(days + (hours >= 12))
    if days:
        return f"{written.days(days)} {written.hours(hours)}"
    if hours:
        return f"{written.hours(hours)} {written.minutes(minutes)}" if minutes else written.hours(hours)
    return written.minutes(minutes)


def allowed_words(duration: Duration) -> str:
    """A length of time that a policy or a plan sets, exactly as it sets it: `24 h`, `3 days`, `1 h 30 min`."""
    days, hours, minutes = duration.parts
    written = spoken()
    parts = (written.days(days) if days else "", written.hours(hours) if hours else "", written.minutes(minutes) if minutes else "")
    return " ".join(filter(None, parts)) or written.minutes(0)


def span(length_of: Span) -> str:
    """A length of time; a range of days where only days are known."""
    if length_of.exact:
        return length(length_of.least)
    if (near := about(length_of)) is not None:
        return near
    least, most = length_of.least.days, length_of.most.days
    if least <= 0:
        return _("up to {length}").format(length=spoken().days(most))
    if most - least <= 2 and least >= 4:
        return _("about {length}").format(length=spoken().days((least + most) // 2))
    return ngettext("{least} to {most} day", "{least} to {most} days", most).format(least=spoken().number(least), most=spoken().number(most))


def about(length_of: Span) -> str | None:
    """`about 7 h`, where the range is no wider than approximate times make it, and no wider than what lies in its middle is long; None elsewhere."""
    middle = (length_of.least + length_of.most) / 2
    if length_of.most - length_of.least > min(4 * ABOUT, abs(middle)):
        return None
    step = ABOUT if abs(middle) >= timedelta(hours=2) else timedelta(minutes=10)
    return _("about {length}").format(length=length(max(round(middle / step), 1) * step))


def severity_badge(record: Record) -> Markup:
    """The severity as a coloured word."""
    if record.severity is None:
        return h('<span class="am-badge">{}</span>', _("no severity"))
    return h('<span class="am-badge am-badge--{}">{}</span>', record.severity.value, term(record.severity))


def status_badge(record: Record) -> Markup:
    """The status as a quiet word."""
    return h('<span class="am-badge am-badge--quiet">{}</span>', term(record.status))
