"""The timeline drawn: what customers went through to scale, then every entry with the gaps and whatever else was written between them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from markupsafe import Markup

from amends.language import N_, _, pgettext, spoken
from amends.reading.moments import Moment
from amends.reading.typed import Absence
from amends.record import Record, Reopening, given
from amends.render.composer import Composer, h, rows
from amends.render.story import closed
from amends.render.words import absent, clock_words, length, span, time_tag

STEPS = (
    ("triggered", N_("Triggered")),
    ("started", N_("Customers feel it")),
    ("first_report", N_("First report")),
    ("detected", N_("Detected")),
    ("understood", N_("Cause understood")),
    ("mitigated", N_("Mitigated")),
    ("resolved", N_("Resolved")),
)

_PHASE_ENDS = {
    "detected": N_("until we knew"),
    "understood": N_("until the cause was clear"),
    "mitigated": N_("until the worst was over"),
    "resolved": N_("until it was over"),
}


def render_timeline(record: Record, page: Composer) -> None:
    """The phases to scale, the times of which no entry tells, then the entries, and between them at its place what is none."""
    phases = _phases(record)
    if phases:
        page.html(_strip(phases))
    moments = {(name, label): moment for name, label in STEPS if (moment := record.time(name)) is not None}
    previous: Moment | None = None
    if isinstance(record.times, Absence):
        page.html(absent(record.times))
    elif record.times is not None:
        page.html(rows([*_on_no_entry(record), *_came_back(record.times.reopened)]))
    if not record.timeline.parts:
        return
    page.html(Markup('<div class="am-timeline">'))
    for entry in record.timeline.parts:
        if isinstance(entry, str):
            page.markdown(closed(entry))
            continue
        page.html(_gap(previous, entry.at) + h(
            '<div class="am-entry"><div class="am-entry__time">{}</div><div class="am-entry__text">{}',
            _clock(previous, entry.at), _marks(entry.at, moments)))
        page.text(entry.text)
        page.html(Markup("</div></div>"))
        previous = entry.at
    page.html(Markup("</div>"))


def _on_no_entry(record: Record) -> Iterator[tuple[str, Markup]]:
    """The record's own times that fall on no entry of the timeline, and why others are not told."""
    entries = {entry.at.instant for entry in record.timeline.entries}
    for name, label in STEPS:
        time = getattr(record.times, name)
        if isinstance(time, Absence):
            yield _(label), absent(time)
        elif time is not None and (time.instant is None or time.instant not in entries):
            yield _(label), time_tag(time)


def _came_back(reopened: tuple[Reopening, ...] | Absence) -> Iterator[tuple[str, Markup]]:
    for stretch in given(reopened):
        start = time_tag(stretch.from_) if stretch.from_ else Markup("")
        yield _("Came back"), h(_("{start} to {end}"), start=start, end=time_tag(stretch.to)) if stretch.to else h(_("{start}, and lasts"), start=start)
    if isinstance(reopened, Absence):
        yield _("Came back"), absent(reopened)


def _phases(record: Record) -> Sequence[tuple[str, Moment, Moment]]:
    """The stretches between the times that are known, from when customers felt it to when it was over."""
    since = record.started
    phases = []
    for name, label in _PHASE_ENDS.items():
        moment = record.time(name)
        if since is not None and moment is not None and not moment.before(since):
            phases.append((label, since, moment))
            since = moment
    return phases


def _strip(phases: Sequence[tuple[str, Moment, Moment]]) -> Markup:
    first, last = _instant(phases[0][1]), _instant(phases[-1][2])
    whole = max((last - first).total_seconds(), 60.0)
    bars, legend = [], []
    for number, (label, start, end) in enumerate(phases):
        x = (_instant(start) - first).total_seconds() / whole * 1000
        width = max((_instant(end) - _instant(start)).total_seconds() / whole * 1000, 6.0)
        bars.append(h('<rect class="am-phase am-phase--{}" x="{:.1f}" y="0" width="{:.1f}" height="20"></rect>', number, min(x, 994.0), width))
        then = h("{} ", pgettext("timeline", "then")) if number else ""
        legend.append(h('<li class="am-phase-key am-phase-key--{}">{}<b>{}</b> {}</li>', number, then, span(start.until(end)), _(label)))
    return h('<div class="am-phases"><svg viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg><ol>{}</ol></div>',
             _("How long each phase took, to scale"), Markup("").join(bars), Markup("").join(legend))


def _instant(moment: Moment) -> datetime:
    return moment.instant or datetime(moment.day.year, moment.day.month, moment.day.day, 12, tzinfo=timezone.utc)


_WIDTHS = (timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=10))
"""From how long a time on a gap is wider by one step: minutes and weeks on one page leave no room for a scale of minutes."""


def _gap(previous: Moment | None, now: Moment) -> Markup:
    """A day change, or the time that passed where it was long: the longer, the wider."""
    passed = max(_instant(now) - _instant(previous), timedelta()) if previous is not None else timedelta()
    width = sum(passed >= step for step in _WIDTHS)
    if previous is None or previous.day != now.day:
        days = (now.day - previous.day).days if previous else 0
        later = h(' <span class="am-later">{}</span>', _("{length} later").format(length=length(timedelta(days=days)))) if days > 1 else ""
        return h('<div class="am-day am-wide-{}" role="heading" aria-level="3">{}{}</div>', width, spoken().long_day(now.day), later)
    if previous.precise and now.precise and width:
        return h('<div class="am-gap am-wide-{}">{}</div>', width, _("{length} later").format(length=length(previous.until(now).least)))
    return Markup("")


def _clock(previous: Moment | None, now: Moment) -> Markup:
    """The time of day, with its zone where that is news."""
    if now.instant is None:
        return Markup("")
    zone = now.instant.strftime("%z")
    known = previous is not None and previous.instant is not None and previous.instant.strftime("%z") == zone
    shown = "" if known else h(' <span class="am-zone">{}</span>', "UTC" if zone == "+0000" else f"UTC{zone[:3]}:{zone[3:]}")
    about = h("{} ", _("about")) if now.about else ""
    return h('{}<time datetime="{}">{}</time>{}', about, now.iso, clock_words(now), shown)


def _marks(at: Moment, moments: dict[tuple[str, str], Moment]) -> Markup:
    """The record's own times that fall on this entry."""
    here = [(name, label) for (name, label), moment in moments.items() if moment.instant is not None and moment.instant == at.instant]
    if not here:
        return Markup("")
    return h('<p class="am-marks">{}</p>', Markup(" ").join(h('<span class="am-mark am-mark--{}">{}</span>', name, _(label)) for name, label in here))
