"""News of the corpus for feed readers: what was published, changed and closed, as git witnesses it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timezone
from html import escape
from typing import TypeAlias

from amends.corpus import Corpus
from amends.language import N_, _, spoken
from amends.printable import in_a_line
from amends.record import CustomerImpact, Record, Status
from amends.render.plain import plain_words

Tell: TypeAlias = Callable[[str], str]

LATEST = 50
"""How many entries a feed holds."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to a record."""

    what: str
    """`New`, `Changed` or `Closed`."""
    at: datetime
    """Aware. Where git can't tell, the day on which the incident began."""
    record: Record

    def title(self, tell: Tell) -> str:
        """As a feed reader shows it, without what no XML can hold."""
        return in_a_line(_(_TITLES[self.what]).format(title=tell(self.record.title or self.record.stem)))

    def summary(self, tell: Tell) -> str:
        """What customers could not do, in their words; empty where nobody says."""
        impact = self.record.customer_impact
        return in_a_line(plain_words(tell(impact.summary))) if isinstance(impact, CustomerImpact) and isinstance(impact.summary, str) else ""


_TITLES = {"New": N_("New: {title}"), "Changed": N_("Changed: {title}"), "Closed": N_("Closed: {title}")}


def latest_news(corpus: Corpus) -> list[News]:
    """The latest first. A record is named once for each thing: published, closed, and changed last after that."""
    news = [entry for record in corpus.records if record.status.public for entry in _of(record, corpus)]
    return sorted(news, key=lambda entry: (entry.at, entry.record.stem, entry.what), reverse=True)[:LATEST]


def _of(record: Record, corpus: Corpus) -> list[News]:
    past = corpus.history.past(record.path)
    published = past.told(record.status) if past else None
    if past is None or published is None:
        return [News("New", datetime.combine(record.started.day, time(), timezone.utc), record)] if record.started else []
    closed = past.reached(record.status, Status.CLOSED) if record.status is Status.CLOSED else None
    told = [News("New", published.landed, record)]
    if closed is not None and closed.commit != published.commit and closed.landed >= published.landed:
        told.append(News("Closed", closed.landed, record))
    changed = past.changed
    if changed is not None and changed.landed > told[-1].at:
        told.append(News("Changed", changed.landed, record))
    return told


def as_rss(news: list[News], title: str, description: str, site_url: str, address: Callable[[Record], str], tell: Tell) -> str:
    """The news as RSS 2.0, whose descriptions are HTML. `address` gives a record's page; every address is absolute. `tell` leaves out of a text what must not be told."""
    from feedgenerator import Rss201rev2Feed  # type: ignore[import-untyped]  # only a build needs it

    feed = Rss201rev2Feed(title=title, link=site_url, description=description, feed_url=f"{site_url}feed.xml", language=spoken().code)
    for entry in news:
        feed.add_item(title=entry.title(tell), link=address(entry.record), description=escape(entry.summary(tell)), pubdate=entry.at, unique_id=_id(entry, address),
                      categories=entry.record.service_names)
    text: str = feed.writeString("utf-8")
    return text


def as_json_feed(news: list[News], title: str, description: str, site_url: str, address: Callable[[Record], str], tell: Tell) -> str:
    """The news as JSON Feed 1.1, as `as_rss` tells them."""
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": title, "description": description, "language": spoken().code,
        "home_page_url": site_url, "feed_url": f"{site_url}feed.json",
        "items": [{
            "id": _id(entry, address), "url": address(entry.record), "title": entry.title(tell), "content_text": entry.summary(tell),
            "date_published": entry.at.isoformat(), "tags": list(entry.record.service_names),
        } for entry in news],
    }, ensure_ascii=False, indent=1)


def _id(entry: News, address: Callable[[Record], str]) -> str:
    return f"{address(entry.record)}#{entry.what.lower()}" if entry.what != "Changed" else f"{address(entry.record)}#{entry.at.isoformat()}"
