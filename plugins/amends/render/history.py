"""What git tells of a record, on its page: when it was written, published and changed, by whom, and which due days slipped."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from amends.corpus import Corpus
from amends.history import Change, History, Past, Unread, Version, What
from amends.history.past import shortened
from amends.language import N_, _
from amends.record import Origin, Record, Reviewer, given
from amends.render.composer import Composer, h, rows
from amends.render.terms import term
from amends.render.words import day_tag, when


def render_history(record: Record, corpus: Corpus, page: Composer) -> None:
    """The section at the end of a record's page; one quiet line where there is nothing to tell."""
    page.section(2, N_("History of this record"))
    history, past = corpus.history, corpus.history.past(record.path)
    reviewed = [(_("Reviewed"), Markup("<br>").join(_reviewed(reviewer, corpus) for reviewer in given(record.reviewers)))] if given(record.reviewers) else []
    page.html(rows([*reviewed, *(_facts(record, past) if history.unread is None and past is not None else ())]))
    if history.unread is not None:
        page.html(why_unread(history))
    elif past is None:
        page.html(h('<p class="am-quiet">{}</p>', _("This record is not committed yet.")))
    elif record.origin is Origin.INTERNAL and (slips := _slips(past)):
        page.html(h('<p class="am-label">{}</p><ul class="am-slips">{}</ul>', _("What slipped"), Markup("").join(slips)))


def _reviewed(reviewer: Reviewer, corpus: Corpus) -> Markup:
    who = corpus.settings.vocabulary.label("owners", reviewer.who) if reviewer.who else ""
    by = h(_("{day} by {person}"), day=when(reviewer.on), person=who) if reviewer.on else h("{}", who)
    return h('{} <span class="am-quiet">{}</span>', by, term(reviewer.for_)) if reviewer.for_ else by


def why_unread(history: History) -> Markup:
    """Why nothing can be told, in a line."""
    return h('<p class="am-quiet">{}</p>', _(_UNREAD[history.unread])) if history.unread is not None else Markup("")


_UNREAD = {
    Unread.NO_REPOSITORY: N_("What git knows of it can't be told: no repository."),
    Unread.NO_GIT: N_("What git knows of it can't be told: git is not installed."),
    Unread.BARE: N_("What git knows of it can't be told: the repository has no working tree."),
    Unread.UNBORN: N_("What git knows of it can't be told: nothing has been committed yet."),
    Unread.UNTRACKED: N_("What git knows of it can't be told: git has no version of the records."),
    Unread.SHALLOW: N_("What git knows of it can't be told: the clone is shallow."),
    Unread.PARTIAL: N_("What git knows of it can't be told: the clone lacks the texts of older versions."),
    Unread.FOREIGN: N_("What git knows of it can't be told: git refuses the folder, which belongs to another user."),
    Unread.FAILED: N_("What git knows of it can't be told: git failed."),
}


def _facts(record: Record, past: Past) -> list[tuple[str, Markup]]:
    published = past.told(record.status) if record.status.public else None
    versions = [(_("Written"), past.created), (_("Published"), published), (_("Last changed"), past.changed)]
    told = [(label, _by(version)) for label, version in versions if isinstance(version, Version)]
    return [*told, (_("Versions"), h("{}", len(past.versions)))]


def _slips(past: Past) -> list[Markup]:
    found = [_slip(_("Promise {name}: due {days}"), change) for change in past.slips("promise")]
    found += [_slip(_("Action {name}: due {days}"), change) for change in past.slips("action")]
    found += [_slip(_("Promise {name} was reworded"), change) for change in past.of(What.WORDS, "promise") if past.was_public(change)]
    found += [_slip(_("Promise {name} was taken out"), change) for change in past.of(What.GONE, "promise") if past.was_public(change)]
    return found


def _slip(message: str, change: Change) -> Markup:
    days = slip(change) if change.what is What.DUE else ""
    source = _by(change.version) if change.version is not None else _("not committed yet")
    return h('<li>{} <span class="am-quiet">{}</span></li>', h(message, name=change.id or f"“{shortened(change.before)}”", days=days), source)


def _by(version: Version) -> Markup:
    return h(_("{day} by {person}"), day=day_tag(version.authored.date()), person=version.who)


def slip(change: Change) -> Markup:
    """How a due day moved: `1 Jun 2031 → 1 Sep 2031`."""
    after = day_tag(date.fromisoformat(change.after)) if change.after else h('<span class="am-unsaid">{}</span>', _("no day"))
    return h("{} → {}", day_tag(date.fromisoformat(change.before)), after)


def one_after_the_other(slips: Iterable[Markup]) -> Markup:
    """How a due day moved several times."""
    told = Markup("")
    for each in slips:
        told = h(_("{slips}, then {slip}"), slips=told, slip=each) if told else each
    return told
