"""What is awaited from us as a calendar that people subscribe to."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timezone
from hashlib import sha256

from icalendar import Calendar, Event, vText

from amends.audit import Due
from amends.corpus import Corpus
from amends.language import _
from amends.record import Record, Severity
from amends.render.plain import plain_words
from amends.settings import Vocabulary

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def as_calendar(awaited: Iterable[Due], vocabulary: Vocabulary, day: date, tell: Callable[[str], str], remembered: Iterable[Record] = (),
                address: Callable[[str], str | None] = lambda path: None, name: str = "") -> str:
    """An event of a whole day for each thing that is due, and one each year for each of the incidents `remembered`; nothing restricted.

    `tell` leaves out of a text what must not be told. `address` gives the page made from a file, where there is a site; elsewhere an event names the file. Programs call the calendar by its `name`, where it has one. An event keeps its name when its line, its day or its words change, so that a calendar changes it too. Nothing but `day` dates the file.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Amends//EN")
    calendar.add("version", "2.0")
    for key in ("name", "x-wr-calname") if name else ():
        calendar.add(key, vText(_plain(name)))
    seen: Counter[str] = Counter()
    for due in awaited:
        if due.restricted:
            continue
        key = "\0".join((due.kind.value, due.path, due.name))
        summary, title = replace(due, words=plain_words(tell(due.words))).told(tell), tell(due.title)
        event = _event(f"{key}{seen[key]}", due.day, summary, due.kind.value, day)
        owner = _plain(vocabulary.label("owners", due.owner)) if due.owner else _("Owned by nobody")
        _lead(event, due.path, address, *(() if title in summary else (_plain(title),)), owner)
        calendar.add_component(event)
        seen[key] += 1
    for record in remembered:
        if record.started is None or record.restricted:
            continue
        event = _event(f"anniversary\0{record.stem}", record.started.day, _("On this day: {title}").format(title=tell(record.title or record.stem)), "anniversary", day)
        event.add("rrule", {"freq": "yearly"})
        _lead(event, record.path, address)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def worst_incidents(corpus: Corpus) -> list[Record]:
    """Those that are remembered each year: published incidents of the worst severity."""
    return [record for record in corpus.records if record.severity is Severity.SEV1 and record.status.public]


def _event(key: str, on: date, summary: str, category: str, day: date) -> Event:
    event = Event()
    event.add("uid", f"{sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}@amends")
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=timezone.utc))
    event.add("dtstart", on)
    event.add("summary", _plain(summary))
    event.add("categories", [category])
    event.add("transp", "TRANSPARENT")
    return event


def _lead(event: Event, path: str, address: Callable[[str], str | None], *lines: str) -> None:
    """Say in the event where it stands, also for calendars that show no address."""
    page = address(path)
    if page is not None:
        event.add("url", page)
    event.add("description", "\n".join((*lines, page or _plain(path))))


def _plain(text: str) -> str:
    """A text without what would steer a terminal or turn a line around."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
