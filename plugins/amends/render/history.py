"""What git tells of a record, on its page: when it was written, published and changed, by whom, and which due days slipped."""

from datetime import date

from markupsafe import Markup

from amends.corpus import Corpus
from amends.history import Change, History, Past, Version, What
from amends.record import Origin, Record, Status
from amends.render.composer import Composer, h
from amends.render.words import day_tag


def render_history(record: Record, corpus: Corpus, page: Composer) -> None:
    """The section at the end of a record's page; one quiet line where there is nothing to tell."""
    page.heading(2, "History of this record")
    history, past = corpus.history, corpus.history.past(record.path)
    if history.unread is not None:
        page.html(why_unread(history))
    elif past is None:
        page.html(h('<p class="am-quiet">This record is not committed yet.</p>'))
    else:
        page.html(_facts(record, past))
        if record.origin is Origin.INTERNAL and (slips := _slips(past)):
            page.html(h('<p class="am-label">What slipped</p><ul class="am-slips">{}</ul>', Markup("").join(slips)))


def why_unread(history: History) -> Markup:
    """Why nothing can be told, in a line."""
    return h('<p class="am-quiet">What git knows of it can\'t be told: {}.</p>', history.unread.value if history.unread else "")


def _facts(record: Record, past: Past) -> Markup:
    published = past.reached(record.status, Status.PUBLISHED, Status.CLOSED) if record.status.public else None
    rows = [("Written", past.created), ("Published", published), ("Last changed", past.changed)]
    told = [(label, h("{} by {}", day_tag(version.authored.date()), version.who)) for label, version in rows if isinstance(version, Version)]
    told.append(("Versions", h("{}", len(past.versions))))
    return h('<dl class="am-rows">{}</dl>', Markup("").join(h("<div><dt>{}</dt><dd>{}</dd></div>", label, value) for label, value in told))


def _slips(past: Past) -> list[Markup]:
    found = [h("<li>{}: due {}{}</li>", _name(change), slip(change), _source(change)) for part in ("promise", "action") for change in past.slips(part)]
    found += [h("<li>{} was reworded{}</li>", _name(change), _source(change))
              for change in past.of(What.WORDS, "promise") if past.was_public(change)]
    found += [h("<li>{} was taken out{}</li>", _name(change), _source(change))
              for change in past.of(What.GONE, "promise") if past.was_public(change)]
    return found


def _name(change: Change) -> str:
    return change.name[:1].upper() + change.name[1:]


def slip(change: Change) -> Markup:
    """How a due day moved: `1 Jun 2031 → 1 Sep 2031`."""
    after = day_tag(date.fromisoformat(change.after)) if change.after else h('<span class="am-unsaid">no day</span>')
    return h("{} → {}", day_tag(date.fromisoformat(change.before)), after)


def _source(change: Change) -> Markup:
    if change.version is None:
        return h(' <span class="am-quiet">not committed yet</span>')
    return h(' <span class="am-quiet">{} by {}</span>', day_tag(change.version.authored.date()), change.version.who)
