"""`amends audit`: what has fallen due."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

import click

from amends.audit import Audit, Due, audit
from amends.settings import Vocabulary
from amends_cli.site import config_option, open_corpus, open_settings
from amends_cli.terminal import coloured, debug_option, named, say, shown


@click.command("audit")
@config_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day to look from, as 2031-04-05; else today.")
@click.option("--within", type=click.IntRange(0, 36500), metavar="DAYS", help="Name also what falls due from that day until DAYS later.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
              help="How it is written; markdown is for an issue or a message.")
@debug_option
def command(config: str | None, today: datetime | None, within: int | None, form: str) -> int:
    """Name what has fallen due: promises, actions, records, rehearsals and reviews, by who is asked for it.

    What restricted records await is marked, and left out of markdown, which is made to be passed on. Exit code 0: nothing is due,
    whatever --within names. 1: something is. 2: wrong use, or settings that can't be read.
    """
    settings = open_settings(config)
    found = audit(open_corpus(settings), today.date() if today else date.today(), within)
    if form == "json":
        say(_json(found))
    elif form == "markdown":
        say(_markdown(found, settings.vocabulary))
        if withheld := sum(due.restricted for due in (*found.overdue, *found.soon)):
            say(f"left out of the markdown: {withheld} in restricted records, which the other formats name", err=True)
    elif found.overdue or found.soon:
        say(_text(found, settings.vocabulary, colour=coloured()))
    say(shown(found.summary), err=form != "text")
    return 1 if found.overdue else 0


def _by_owner(listed: Iterable[Due], vocabulary: Vocabulary) -> list[tuple[str, Sequence[Due]]]:
    """What is due and what will be, under the names of those who are asked for it."""
    ordered = sorted(listed, key=lambda due: (due.owner is None, due.owner or ""))  # stable: the audit's order stays
    return [(vocabulary.label("owners", owner) if owner else "Owned by nobody", list(group))
            for owner, group in groupby(ordered, key=lambda due: due.owner)]


def _text(found: Audit, vocabulary: Vocabulary, *, colour: bool) -> str:
    style: Callable[..., str] = click.style if colour else lambda text, **_: text
    lines = []
    for owner, group in _by_owner((*found.overdue, *found.soon), vocabulary):
        lines.append(style(shown(owner), bold=True))
        for due in group:
            state = style(_when(due, found), fg="red" if due.day < found.today else "yellow")
            lines.append(f"  {shown(due.path)}:{due.line}:{due.column}: {state}: {shown(due.what)}{' (restricted)' if due.restricted else ''}")
    return "\n".join(lines)


def _when(due: Due, found: Audit) -> str:
    days = (found.today - due.day).days
    if days == 0:
        return f"due {due.day}, today"
    number = f"{abs(days)} day{'s' if abs(days) != 1 else ''}"
    return f"due {due.day}, {number} ago" if days > 0 else f"due {due.day}, in {number}"


def _json(found: Audit) -> str:
    import json  # only this format needs it

    return json.dumps([_object(due, found) for due in (*found.overdue, *found.soon)], ensure_ascii=False, indent=2)


def _object(due: Due, found: Audit) -> dict[str, object]:
    return {
        "path": named(due.path), "line": due.line, "column": due.column, "kind": due.kind.value, "owner": due.owner,
        "due": due.day.isoformat(), "overdue": due.day < found.today, "days": (found.today - due.day).days,
        "message": named(due.what), "restricted": due.restricted,
    }


def _markdown(found: Audit, vocabulary: Vocabulary) -> str:
    from amends.render.composer import inline  # its text must begin no block and open no tag

    lines = [f"# Due on {found.today}"]
    listed = [due for due in (*found.overdue, *found.soon) if not due.restricted]
    for owner, group in _by_owner(listed, vocabulary):
        lines += ["", f"## {inline(owner)}", ""]
        lines += [f"- [ ] **{_when(due, found)}**: {inline(shown(due.what))}  \n      `{shown(due.path)}:{due.line}`" for due in group]
    return "\n".join(lines if listed else [*lines, "", "Nothing."])
