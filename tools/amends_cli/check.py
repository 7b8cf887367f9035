"""`amends check`: the gate."""

import click

from amends.check import check
from amends.rules import RuleError, all_rules
from amends.rules.selection import UnknownRule, select_rules
from amends.settings import SettingsError
from amends_cli.formats import as_json, as_text
from amends_cli.site import chosen_paths, config_option, open_corpus, open_settings
from amends_cli.terminal import WrongUse, coloured, debug_option, say


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How findings are written.")
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules: a code, a family's letter or a name; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@debug_option
def command(
    paths: tuple[str, ...], config: str | None, form: str, strict: bool, select: tuple[str, ...], ignore: tuple[str, ...]
) -> int:
    """Check records and checklists: all of them, or those at PATH.

    Exit code 0: clean. 1: findings. 2: wrong use, or settings that can't be read.
    """
    try:
        rules = select_rules(all_rules(), select, ignore)
    except (RuleError, UnknownRule) as error:
        raise WrongUse(str(error)) from error
    corpus = open_corpus(open_settings(config))
    try:
        report = check(corpus, rules, chosen_paths(corpus, paths) if paths else None)
    except SettingsError as error:  # a file that the settings name, and that is read when a rule needs it
        raise WrongUse(str(error)) from error
    if form == "json":
        say(as_json(report))
    elif report.diagnostics:
        say(as_text(report, colour=coloured()))
    say(report.summary, err=form == "json")
    return 1 if report.failed(strict=strict) else 0
