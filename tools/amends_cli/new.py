"""`amends new`: a record or a checklist to start from."""

from datetime import datetime

import click

from amends.checklist import Stage
from amends.reading.moments import Moment
from amends.reading.typed import Misfit
from amends.record import Severity
from amends.scaffold import Unusable, new_checklist, new_record
from amends_cli.site import config_option, open_settings
from amends_cli.terminal import WrongUse, debug_option, say


class _Time(click.ParamType):  # type: ignore[type-arg]  # generic in some versions of click only
    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        try:
            return Moment.parse(value)
        except Misfit as misfit:
            self.fail(f"{misfit.message}; {misfit.help}", param, ctx)


@click.command("new")
@click.argument("title")
@config_option
@click.option("--checklist", is_flag=True, help="Start a checklist instead of a record.")
@click.option("--severity", type=click.Choice([severity.value for severity in Severity]), help="How bad it is for customers.")
@click.option("--service", "services", multiple=True, metavar="ID", help="A service that customers felt it on; may be repeated.")
@click.option("--owner", metavar="TEAM", help="The team that answers for it.")
@click.option("--started", type=_Time(), help="When customers began to feel it, as 2031-04-05T09:38+02:00 or 2031-04-05; else today.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), help="When the checklist is used.")
@debug_option
def command(
    title: str, config: str | None, checklist: bool, severity: str | None, services: tuple[str, ...], owner: str | None,
    started: Moment | None, stage: str | None
) -> int:
    """Start a postmortem, or a checklist, called TITLE: what is known is filled in, comments guide through the rest."""
    for option, value, for_checklists in (("--severity", severity, False), ("--started", started, False), ("--stage", stage, True)):
        if value is not None and checklist is not for_checklists:
            raise click.UsageError(f"{option} is for a {'checklist' if for_checklists else 'record'} only.")
    settings = open_settings(config)
    now = datetime.now().astimezone()
    try:
        if checklist:
            draft = new_checklist(settings, title, now=now, stage=Stage(stage) if stage else None, services=services, owner=owner)
        else:
            draft = new_record(settings, title, now=now, severity=Severity(severity) if severity else None, services=services, owner=owner,
                               started=started)
    except Unusable as error:
        raise WrongUse(str(error)) from error
    file = settings.root / draft.path
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(draft.text)
    except FileExistsError:
        raise WrongUse(f"{draft.path} exists already\n  help: choose another title; nothing was written") from None
    say(draft.path)
    return 0
