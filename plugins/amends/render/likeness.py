"""Has this happened before? The part of a record's page that leads to incidents like it, and says what became of their actions."""

from collections.abc import Sequence

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _
from amends.learning.likeness import Neighbour
from amends.reading.typed import Absence
from amends.record import ActionKind, Progress, Record, given
from amends.render.composer import Composer, Href, h
from amends.render.register import day_words
from amends.render.terms import action_word
from amends.render.words import absent, severity_badge

SHOWN = 5
"""How many incidents of each kind a page lists beside those that records name."""


def render_likeness(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """The incidents that the record itself calls related; then those before and after that are most like it, with the reason.

    `corpus` holds the records that a reader may see.
    """
    named = [earlier for stem in given(record.recurrence_of) if (earlier := corpus.record(stem)) is not None]
    again = corpus.repeats.get(record.stem, ())
    related = [(other, relation.as_.replace("-", " ") if relation.as_ else _("related"))
               for relation in record.related if relation.to and (other := corpus.record(relation.to)) is not None]
    known = {record.stem, *(other.stem for other in (*named, *again)), *(other.stem for other, _ in related)}
    before = [found for found in corpus.likeness.before(record.stem, SHOWN + len(known)) if found.name not in known][:SHOWN]
    after = [found for found in corpus.likeness.after(record.stem, SHOWN + len(known)) if found.name not in known][:SHOWN]
    if related:
        page.section(2, N_("Related incidents"))
        _list(related, corpus, href, page)
    page.section(2, N_("Has this happened before?"))
    if isinstance(record.recurrence_of, Absence):
        page.html(h("<div>{}</div>", absent(record.recurrence_of)))
    _list([(earlier, _("the same, as this record says")) for earlier in named], corpus, href, page)
    _perhaps(before, corpus, href, page)
    if not (named or before):
        linked = any(other.stem < record.stem for other, _as in related)
        page.html(h("<p>{}</p>", _("Not the same, as far as the record says; the related ones stand above.") if linked else _("No earlier record tells of anything much like it.")))
    if again or after:
        page.section(2, N_("It was like this again"))
        _list([(later, _("the same, as its record says")) for later in again], corpus, href, page)
        _perhaps(after, corpus, href, page)


def _perhaps(neighbours: Sequence[Neighbour], corpus: Corpus, href: Href, page: Composer) -> None:
    """What is alike by what the records say, each with the reason why it is listed: no record claims that it is the same."""
    found = [(other, near.reason(corpus.settings.vocabulary)) for near in neighbours if (other := corpus.record(near.name)) is not None]
    if found:
        page.html(h('<p class="am-quiet">{}</p>', _("Perhaps alike, by factors, services and words. Judge for yourself:")))
        _list(found, corpus, href, page)


def _list(entries: Sequence[tuple[Record, str]], corpus: Corpus, href: Href, page: Composer) -> None:
    if not entries:
        return
    page.html(h('<ul class="am-neighbours">{}</ul>', Markup("").join(
        h('<li>{} <a href="{}">{}</a> <time datetime="{}">{}</time> <span class="am-quiet">{}</span>{}</li>', severity_badge(other), href(other.path),
          other.title or other.stem, other.stem[:10], day_words(other), reason, _outcome(other, corpus)) for other, reason in entries)))


def _outcome(record: Record, corpus: Corpus) -> Markup:
    """What became of the actions that were to prevent it: how many were done, and which were not."""
    wanted = sum(ActionKind.PREVENT in (entry.kind, corpus.behind(entry).kind) for entry in given(record.actions))
    if not wanted:
        return Markup("")
    left = list(corpus.unprevented(record))
    rest = Markup("").join(h(', {} <span class="am-badge am-badge--{}">{}</span>', reference.partition("/")[2], action.progress.value,
                             action_word(action.progress if action.progress in (Progress.GIVEN_UP, Progress.UNKNOWN) else Progress.OPEN)) for reference, action in left)
    if len(left) == wanted and all(action.progress is Progress.UNKNOWN for _reference, action in left):
        return h("<br>{}", _("It is not known whether or when anything that was to prevent it was done."))
    done = _("Of what was to prevent it, {done} of {all} done").format(done=wanted - len(left), all=wanted)
    return h("<br>{}{}", done, rest)
