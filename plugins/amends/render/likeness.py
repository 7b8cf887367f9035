"""Has this happened before? The part of a record's page that leads to incidents like it, and says what became of their actions."""

from collections.abc import Sequence

from markupsafe import Markup

from amends.corpus import Corpus
from amends.language import N_, _
from amends.learning.likeness import Neighbour
from amends.record import ActionKind, Progress, Record, given
from amends.render.composer import Composer, Href, h
from amends.render.terms import action_word
from amends.render.words import severity_badge

SHOWN = 5
"""How many incidents of each kind a page lists beside those that records name."""


def render_likeness(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """The incidents before and after that are most like `record`, with the reason; those that the records themselves name come first.

    `corpus` holds the records that a reader may see.
    """
    named = [earlier for stem in given(record.recurrence_of) if (earlier := corpus.record(stem)) is not None]
    again = corpus.repeats.get(record.stem, ())
    related = [(other, relation.as_.replace("-", " ") if relation.as_ else _("related"))
               for relation in record.related if relation.to and (other := corpus.record(relation.to)) is not None]
    known = {record.stem, *(other.stem for other in (*named, *again)), *(other.stem for other, _ in related)}
    before = [found for found in corpus.likeness.before(record.stem, SHOWN + len(known)) if found.name not in known][:SHOWN]
    after = [found for found in corpus.likeness.after(record.stem, SHOWN + len(known)) if found.name not in known][:SHOWN]
    page.section(2, N_("Has this happened before?"))
    if named or before:
        _list([*((earlier, _("the same, as this record says")) for earlier in named), *_told(before, corpus)], corpus, href, page)
    else:
        page.html(h("<p>{}</p>", _("No earlier record tells of anything much like it.")))
    if again or after:
        page.section(2, N_("It was like this again"))
        _list([*((later, _("the same, as its record says")) for later in again), *_told(after, corpus)], corpus, href, page)
    if related:
        page.section(2, N_("Related incidents"))
        _list(related, corpus, href, page)


def _told(neighbours: Sequence[Neighbour], corpus: Corpus) -> list[tuple[Record, str]]:
    """The records, each with the reason why it is listed."""
    return [(other, found.reason(corpus.settings.vocabulary)) for found in neighbours if (other := corpus.record(found.name)) is not None]


def _list(entries: Sequence[tuple[Record, str]], corpus: Corpus, href: Href, page: Composer) -> None:
    page.html(h('<ul class="am-neighbours">{}</ul>', Markup("").join(
        h('<li>{} <a href="{}">{}</a> <time datetime="{}">{}</time> <span class="am-quiet">{}</span>{}</li>', severity_badge(other), href(other.path),
          other.title or other.stem, other.stem[:10], other.stem[:10], reason, _outcome(other, corpus)) for other, reason in entries)))


def _outcome(record: Record, corpus: Corpus) -> Markup:
    """What became of the actions that were to prevent it: how many were done, and which were not."""
    wanted = sum(ActionKind.PREVENT in (entry.kind, corpus.behind(entry).kind) for entry in given(record.actions))
    if not wanted:
        return Markup("")
    left = list(corpus.unprevented(record))
    rest = Markup("").join(h(', {} <span class="am-badge am-badge--{}">{}</span>', reference.partition("/")[2], action.progress.value,
                             action_word(action.progress if action.progress in (Progress.GIVEN_UP, Progress.UNKNOWN) else Progress.OPEN)) for reference, action in left)
    done = _("Of what was to prevent it, {done} of {all} done").format(done=wanted - len(left), all=wanted)
    return h("<br>{}{}", done, rest)
