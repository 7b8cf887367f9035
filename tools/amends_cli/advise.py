"""`amends advise`: what past incidents taught, for the change that is about to be made."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from amends.checklist import Stage
from amends.corpus import Corpus
from amends.learning.advice import Advised, Asked, BadPattern, UnknownWord, advise, asked_for, published, services_touched
from amends.learning.lessons import FailedControl
from amends.printable import as_data
from amends.settings import FILE_NAME, Settings
from amends_cli.site import config_option, open_corpus, open_settings
from amends_cli.terminal import WrongUse, coloured, debug_option, named, say, shown


class Advice(NamedTuple):
    """What is told, and of how much."""

    corpus: Corpus
    asked: Asked
    items: tuple[Advised, ...]
    """Those that are shown."""
    more: int
    """How many more there are."""
    touched: dict[str, tuple[str, ...]]
    """The services that the change touches, each with the changed files that say so."""
    tell: Callable[[str, str], str]
    """Gives a text of the file at a path without what must not be told."""


@click.command("advise")
@config_option
@click.option("--since", metavar="REV", help="The services that the changes since the merge base with REV touch, as `paths` in the settings has them.")
@click.option("--service", "services", multiple=True, metavar="SERVICE", help="What customers would feel it on, by its id or its label; several mean any of them.")
@click.option("--stage", "stages", multiple=True, metavar="STAGE",
              help="design, build, change, release, operate, respond or customers; several mean any of them.")
@click.option("--factor", "factors", multiple=True, metavar="FACTOR", help="A contributing factor to guard against, by its id or its label; several mean any of them.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="How many items at most.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
              help="How it is written; markdown is for a comment on a pull request.")
@debug_option
def command(config: str | None, since: str | None, services: tuple[str, ...], stages: tuple[str, ...], factors: tuple[str, ...], limit: int,
            form: str) -> int:
    """Name the checklist items that past incidents earned, those first that are most likely to matter for a change.

    Ask with any of --since, --service, --stage and --factor. An item fits where it fits each kind that is asked for; where none does, those that fit
    some are offered, and say so. Records that are not published, and restricted ones, have no part in it. Exit code 0: told, also where there is
    nothing to tell. 2: wrong use, or settings that can't be read.
    """
    if since is None and not (services or stages or factors):
        raise WrongUse("say what is about to change\n  help: for example `amends advise --since origin/main`, or `amends advise --service NAME --stage change`")
    settings = open_settings(config)
    everything = open_corpus(settings)
    corpus = published(everything)
    touched = _touched(settings, since) if since is not None else {}
    from amends.render.terms import term  # wrong use of the options is told without it

    try:
        asked = asked_for(corpus, (*touched, *services), stages, factors, {stage: term(stage) for stage in Stage})
    except UnknownWord as error:
        raise WrongUse("\n".join(map(shown, str(error).split("\n")))) from error
    found = advise(corpus, asked)
    from amends.discretion import Discretion  # wrong use is told without it

    advice = Advice(corpus, asked, found[:limit], max(len(found) - limit, 0), touched, Discretion.of(everything).tell)
    if form == "json":
        say(_json(advice))
    elif found:
        say(_text(advice, colour=coloured()) if form == "text" else _markdown(advice))
    if found and found[0].lacks:
        say(shown(f"nothing fits all of `{_heading(advice)}`; what fits some of it is marked with what it does not fit"), err=True)
    say(shown(_summary(advice, since, limit) + _beyond(corpus, asked, found)), err=form != "text")
    return 0


def _touched(settings: Settings, since: str) -> dict[str, tuple[str, ...]]:
    """The services that the change in the repository around the working directory touches. Raises WrongUse."""
    from amends.gate.change import NoChange, read_change, top_of  # only this option calls git

    if not settings.paths:
        raise WrongUse(f"the settings do not say where the code of a service lies\n  help: write it under `paths` of the plugin in {FILE_NAME}, for "
                       "example `database: [/db/, \"*.sql\"]`; or ask with --service")
    try:
        return services_touched(read_change(top_of(Path.cwd()), since).files, settings.paths)
    except (NoChange, BadPattern) as error:
        raise WrongUse("\n".join(map(shown, str(error).split("\n")))) from error


def _summary(advice: Advice, since: str | None, limit: int) -> str:
    """The count line, and what was passed over."""
    corpus, number = advice.corpus, len(advice.items)
    whole = sum(len(checklist.items) for checklist in corpus.checklists)
    behind = len({each.record.stem for item in advice.items for each in item.evidence})
    line = f"{number} of {whole} {'item' if whole == 1 else 'items'}"
    if behind:
        line += f", earned by {behind} {'incident' if behind == 1 else 'incidents'}"
    if advice.more:
        line += f"; {advice.more} more with --limit {limit + advice.more}"
    if not number:
        line += "; nothing was learned of this yet"
        if since is not None and not advice.touched:
            line += ": what changed lies in no service that `paths` names"
    if broken := [checklist.path for checklist in corpus.checklists if checklist.document.broken]:
        line += "; passed over: " + ", ".join(f"{path} (its front matter can't be read)" for path in broken)
    return line


def _beyond(corpus: Corpus, asked: Asked, found: Sequence[Advised]) -> str:
    """How many more there are if one side of what was asked for is left out."""
    if len(asked.sides) < 2 or not found or found[0].lacks:
        return ""
    wider = {side: len(advise(corpus, asked.without(side))) - len(found) for side in asked.sides}
    return "".join(f"; {more} more whatever the {side}" for side, more in wider.items() if more)


# Words ----------------------------------------------------------------------------------------------------------------


def _heading(advice: Advice) -> str:
    """What was asked for: `Database, while making a change`."""
    label, asked = advice.corpus.settings.vocabulary.label, advice.asked
    sides = [", ".join(label("services", service) for service in asked.services), ", ".join(stage.value for stage in asked.stages),
             ", ".join(label("factors", factor) for factor in asked.factors)]
    return " · ".join(filter(None, sides))


def _because(advice: Advice) -> list[str]:
    """Which changed files led to which service."""
    label = advice.corpus.settings.vocabulary.label
    return [f"{label('services', service)}: {paths[0]}" + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")
            for service, paths in advice.touched.items()]


def _incident(advised: Advised, advice: Advice) -> tuple[str, str, str]:
    """Of the first incident behind an item: its severity and day, its title, and its cost with how many more there are."""
    from amends.render.evidence import cost_of

    record = advised.evidence[0].record
    severity = record.severity.value.upper() if record.severity else "no severity"
    more = f"and {len(advised.evidence) - 1} more" if len(advised.evidence) > 1 else ""
    cost = "; ".join(filter(None, (advice.tell(cost_of(record), record.path), more)))
    return f"{severity} {record.stem[:10]}", advice.tell(record.title or record.stem, record.path), cost


def _known(failed: Sequence[FailedControl]) -> str:
    """That it was known, since when, and how often it failed all the same."""
    last = max(failed, key=lambda each: each.began.day)
    times = f"{len(failed)} times, last " if len(failed) > 1 else ""
    return f"Known since {last.since.day}, and failed all the same: {times}in the incident that began on {last.began.day}"


def _fitting(advised: Advised) -> str:
    """Of an item that fits some of what was asked for: what it fits, and what not."""
    return f"Fits the {' and the '.join(advised.answers)}, not the {' or the '.join(advised.lacks)}."


def _text(advice: Advice, *, colour: bool) -> str:
    import textwrap  # the other formats are not wrapped
    from shutil import get_terminal_size

    from amends.render.tasks import without_own_links

    style: Callable[..., str] = click.style if colour else lambda text, **_: text
    width = min(get_terminal_size().columns, 110)

    def wrapped(text: str, first: str, rest: str = "    ") -> str:
        return textwrap.fill(shown(" ".join(without_own_links(text).split())), width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)

    lines = [style(shown(f"Before you go on: {_heading(advice)}"), bold=True), *(shown(f"  {line}") for line in _because(advice)), ""]
    for number, advised in enumerate(advice.items, 1):
        path = advised.checklist.path
        lines.append(style(wrapped(advice.tell(advised.item.check or "", path), f"{number:2}. "), bold=True))
        if advised.evidence:
            day, title, cost = _incident(advised, advice)
            lines.append(wrapped(f"{day} {title}" + (f": {cost}" if cost else ""), "    ", "      "))
        else:
            lines.append("    no incident behind it yet")
        if advised.failed:
            lines.append(style(wrapped(f"{_known(advised.failed)}.", "    "), fg="red"))
        if advised.lacks:
            lines.append(style(f"    {_fitting(advised)}", fg="yellow"))
        if isinstance(advised.item.verify, str):
            lines.append(wrapped(f"Prove it: {advice.tell(advised.item.verify, path)}", "    ", "      "))
        place = advised.checklist.document.position(("items", advised.number))
        lines += [style(shown(f"    {path}:{place.line}"), dim=True), ""]
    return "\n".join(lines[:-1])


def _markdown(advice: Advice) -> str:
    from amends.render.tasks import carried, task

    lines = [f"### Before you go on: {carried(_heading(advice))}", "", "What past incidents taught, most likely to matter first."]
    lines += ["", *(f"- {carried(line)}" for line in _because(advice))] if advice.touched else []
    for advised in advice.items:
        path, below = advised.checklist.path, []
        if advised.evidence:
            day, title, cost = _incident(advised, advice)
            below.append(f"{day} {_linked(title, advised.evidence[0].record.path, advice)}" + (f": {carried(cost)}" if cost else ""))
        if advised.failed:
            below.append(f"**{_known(advised.failed)}.**")
        if advised.lacks:
            below.append(f"*{_fitting(advised)}*")
        if isinstance(advised.item.verify, str):
            below.append(f"*Prove it:* {carried(advice.tell(advised.item.verify, path))}")
        below.append(_linked(advised.reference, path, advice, advised.item.id or ""))
        lines += ["", task(advice.tell(advised.item.check or "", path)), *(f"  <br>{line}" for line in below)]
    if advice.more:
        lines += ["", f"{advice.more} more: `amends advise --limit {len(advice.items) + advice.more}` with the same words."]
    return "\n".join(lines)


def _linked(text: str, path: str, advice: Advice, fragment: str = "") -> str:
    """A text with the address of its page, where the settings say where the site is."""
    from amends.render.tasks import carried

    words = carried(text)
    url = _url(path, advice, fragment)
    return f"[{words.replace('[', '&#91;').replace(']', '&#93;')}]({url})" if url else words


def _url(path: str, advice: Advice, fragment: str = "") -> str | None:
    from urllib.parse import quote

    site = advice.corpus.settings.site_url
    if site is None:
        return None
    page = path.removesuffix(".md")
    page = page.removesuffix("index") if page.endswith("/index") else f"{page}/"
    return f"{site}{quote(page)}" + (f"#{quote(fragment)}" if fragment else "")


def _json(advice: Advice) -> str:
    return as_data([_object(advised, advice) for advised in advice.items], indent=2)


def _object(advised: Advised, advice: Advice) -> dict[str, object]:
    from amends.render.evidence import affected, lasted

    checklist, item = advised.checklist, advised.item
    line, column = checklist.document.position(("items", advised.number))

    def said(text: object, path: str = checklist.path) -> str | None:
        return advice.tell(text, path) if isinstance(text, str) and text else None

    return {
        "item": advised.reference, "check": said(item.check), "why": said(item.why), "verify": said(item.verify),
        "checklist": said(checklist.title), "stage": checklist.stage.value if checklist.stage else None,
        "path": named(checklist.path), "line": line, "column": column, "url": _url(checklist.path, advice, item.id or ""),
        "answers": list(advised.answers), "lacks": list(advised.lacks),
        "incidents": [{
            "stem": record.stem, "title": said(record.title, record.path), "severity": record.severity.value if record.severity else None,
            "path": named(record.path), "url": _url(record.path, advice), "actions": [action.id for action in found.actions if action.id],
            "affected": said(affected(record), record.path), "lasted": lasted(record) or None, "harms": [harm.value for harm in record.harms],
        } for found in advised.evidence for record in (found.record,)],
        "known": [{"stem": failed.record.stem, "since": failed.since.iso, "witness": failed.witness.value, "began": failed.began.iso}
                  for failed in advised.failed],
    }
