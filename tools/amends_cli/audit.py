"""`amends audit`: what has fallen due."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

import click

from amends.audit import Audit, Due, audit, shortened
from amends.learning.lessons import FailedControl
from amends.printable import as_data
from amends.settings import Vocabulary
from amends_cli.site import config_option, open_corpus, open_settings
from amends_cli.terminal import coloured, debug_option, named, say, shown


@click.command("audit")
@config_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day to look from, as 2031-04-05; else today.")
@click.option("--within", type=click.IntRange(0, 36500), metavar="DAYS", help="Name also what falls due in the DAYS after that day.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown", "ics"]), default="text", show_default=True,
              help="How it is written; markdown is for an issue or a message, ics for a calendar.")
@debug_option
def command(config: str | None, today: datetime | None, within: int | None, form: str) -> int:
    """Name what is due: promises, actions, records, rehearsals and reviews, by who is asked for it.

    Below it stand the known controls that failed: checklist items that were there when an incident began, until its record is closed.
    What restricted records await is marked, and left out of markdown and ics, which are made to be passed on; so are their names. Exit code 0: nothing is due,
    whatever --within names. 1: something is, on the day or before. 2: wrong use, or settings that can't be read.
    """
    settings = open_settings(config)
    corpus = open_corpus(settings)
    found = audit(corpus, today.date() if today else date.today(), within)
    if form == "json":
        say(_json(found))
    elif form in ("markdown", "ics"):
        from amends.discretion import Discretion  # only what is passed on needs it

        tell = Discretion.of(corpus).tell
        if form == "markdown":
            say(_markdown(found, settings.vocabulary, tell))
        else:
            from amends.publishing.calendars import as_calendar  # only this format needs it

            say(as_calendar((*found.due, *found.soon), settings.vocabulary, found.today, tell), newline=False)
        known = found.known if form == "markdown" else ()
        if withheld := sum(due.restricted for due in (*found.due, *found.soon)) + sum(failed.record.restricted for failed in known):
            say(f"left out of the {form}: {withheld} in restricted records, which text and json name", err=True)
    elif found.due or found.soon or found.known:
        say(_text(found, settings.vocabulary, colour=coloured()))
    if found.unread is not None and found.unread.help is not None:
        say(f"known controls that failed may be missing: since when some items exist, only git knows, and {found.unread.value}\n  help: {found.unread.help}", err=True)
    say(shown(found.summary), err=form != "text")
    return 1 if found.due else 0


def _by_owner(listed: Iterable[Due], vocabulary: Vocabulary) -> list[tuple[str, Sequence[Due]]]:
    """What is due and what will be, under the names of those who are asked for it."""
    ordered = sorted(listed, key=lambda due: (due.owner is None, due.owner or ""))  # stable: the audit's order stays
    return [(vocabulary.label("owners", owner) if owner else "Owned by nobody", list(group))
            for owner, group in groupby(ordered, key=lambda due: due.owner)]


def _text(found: Audit, vocabulary: Vocabulary, *, colour: bool) -> str:
    style: Callable[..., str] = click.style if colour else lambda text, **_: text
    lines = []
    for owner, group in _by_owner((*found.due, *found.soon), vocabulary):
        lines.append(style(shown(owner), bold=True))
        for due in group:
            state = style(_when(due, found), fg="red" if due.day < found.today else "yellow")
            lines.append(f"  {shown(due.path)}:{due.position.line}:{due.position.column}: {state}: {shown(due.what)}{' (restricted)' if due.restricted else ''}")
    lines += [style(_KNOWN, bold=True)] if found.known else []
    for failed in found.known:
        line, column = failed.record.document.position(failed.place)
        lines.append(f"  {shown(failed.record.path)}:{line}:{column}: {shown(_failed(failed))}{' (restricted)' if failed.record.restricted else ''}")
    return "\n".join(lines)


_KNOWN = "Known controls that failed"


def _failed(failed: FailedControl, tell: Callable[[str], str] = str) -> str:
    from amends.render.tasks import without_own_links  # few audits find one

    check, title, *places = (" ".join(without_own_links(tell(text or "")).split())
                             for text in (failed.item.check, failed.record.title, *(adoption.where for adoption in failed.in_force)))
    there = f"was there since {failed.since.day}" + (f", in force in {', '.join(places)}" if places else "")
    return f"{failed.reference} {there}: {shortened(check)} On {failed.began.day}: {title or failed.record.stem}"


def _when(due: Due, found: Audit) -> str:
    days = (found.today - due.day).days
    if days == 0:
        return f"due {due.day}, today"
    number = f"{abs(days)} day{'s' if abs(days) != 1 else ''}"
    return f"due {due.day}, {number} ago" if days > 0 else f"due {due.day}, in {number}"


def _json(found: Audit) -> str:
    return as_data([_object(due, found) for due in (*found.due, *found.soon)], indent=2)


def _object(due: Due, found: Audit) -> dict[str, object]:
    return {
        "path": named(due.path), "line": due.position.line, "column": due.position.column, "kind": due.kind.value, "owner": due.owner,
        "due": due.day.isoformat(), "overdue": due.day < found.today, "days": (found.today - due.day).days,
        "message": named(due.what), "restricted": due.restricted,
    }


def _markdown(found: Audit, vocabulary: Vocabulary, tell: Callable[[str], str]) -> str:
    from amends.render.tasks import carried, without_own_links  # only this format is carried elsewhere

    lines = [f"# Due on {found.today}"]
    listed = [due for due in (*found.due, *found.soon) if not due.restricted]
    for owner, group in _by_owner(listed, vocabulary):
        lines += ["", f"## {carried(shown(owner))}", ""]
        lines += [f"- [ ] **{_when(due, found)}**: {carried(shown(due.told(lambda text: without_own_links(tell(text)))))}  \n      `{shown(due.path)}:{due.position.line}`" for due in group]
    lines += [] if listed else ["", "Nothing that may be told here; where the records are, `amends audit` names the rest." if found.due else "Nothing."]
    known = [failed for failed in found.known if not failed.record.restricted]
    lines += ["", f"## {_KNOWN}", ""] if known else []
    lines += [f"- {carried(shown(_failed(failed, tell)))}  \n  `{shown(failed.record.path)}:{failed.record.document.position(failed.place)[0]}`" for failed in known]
    return "\n".join(lines)
