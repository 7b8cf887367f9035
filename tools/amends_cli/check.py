"""`amends check`: the gate."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.corpus import Corpus
from amends.gate.check import Report, check
from amends.rules import RuleError, all_rules
from amends.rules.rule import Rule
from amends.rules.selection import UnknownRule, select_rules
from amends.settings import FILE_NAME, SettingsError, missing_template, settings_files
from amends_cli.formats import FOR_PEOPLE, FORMATS, Run, render
from amends_cli.site import chosen_paths, config_option, open_corpus, open_settings, relative_to_root, settings_path
from amends_cli.terminal import WrongUse, coloured, debug_option, named, say, shown, write_file

if TYPE_CHECKING:
    from amends.gate.baseline import Entry


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@config_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How findings are written.")
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write them there; the terminal gets text.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("--since", metavar="REV", help="Only what changed since the merge base with REV, and what that breaks elsewhere.")
@click.option("--baseline", metavar="FILE", type=click.Path(dir_okay=False), help="Let the findings stand that this file names.")
@click.option("--update-baseline", is_flag=True, help="Write the baseline where there is none; else take out what is no longer found.")
@click.option("--fix", is_flag=True, help="First mend what can be mended without asking: byte order marks, line ends, tabs.")
@click.option("--diff", is_flag=True, help="Only show what --fix would change.")
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules: a code, a family's letter or a name; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@debug_option
def command(
    paths: tuple[str, ...], config: str | None, form: str, output: str | None, statistics: bool, since: str | None, baseline: str | None,
    update_baseline: bool, fix: bool, diff: bool, strict: bool, select: tuple[str, ...], ignore: tuple[str, ...]
) -> int:
    """Check records and checklists: all of them, or those at PATH.

    Exit code 0: clean. 1: errors, with --strict warnings too. 2: wrong use, or settings that can't be read.
    """
    if since is not None and paths:
        raise click.UsageError("--since finds the files itself; give it or PATH, not both.")
    if (fix or diff) and since is not None:
        raise click.UsageError("--fix and --diff take files: leave --since out, or name PATH.")
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE.")
    if update_baseline and (paths or since is not None or select or ignore):
        raise click.UsageError("--update-baseline needs a check of everything: leave PATH, --since, --select and --ignore out.")
    try:
        rules = select_rules(all_rules(), select, ignore)
    except (RuleError, UnknownRule) as error:
        raise WrongUse(str(error)) from error
    if not rules:
        raise WrongUse("--select and --ignore leave no rule to check\n  help: `amends rule` lists the rules")
    settings = open_settings(config)
    if (missing := missing_template(settings)) is not None:
        raise WrongUse(f"there is no file `{shown(missing[1])}` beside {FILE_NAME}, which `letters.{shown(missing[0])}` names\n"
                       "  help: write it, or take the line out")
    corpus = open_corpus(settings)
    chosen = chosen_paths(corpus, paths) if paths else None
    if fix or diff:
        from amends_cli import mending  # few checks mend

        if diff:
            number = mending.diff(corpus, chosen, rules)
            say(f"{number} file{'' if number == 1 else 's'} would be mended")
            return 1 if number else 0
        mending.fix(corpus, chosen, rules)
    known = _known(baseline, may_miss=update_baseline)
    try:
        report = check(corpus, rules, chosen) if since is None else _since(corpus, rules, since, settings_path(config), known or ())
    except SettingsError as error:  # a file that the settings name, and that is read when a rule needs it
        raise WrongUse(str(error)) from error
    if baseline is not None:
        report = _against(report, known, baseline, corpus, rules, update=update_baseline, everything=not paths and since is None)
    run = Run(report, corpus, rules, strict, coloured())
    if output is not None:
        write_file(output, render(form, Run(report, corpus, rules, strict)))
        form = "text"
    if (told := render(form, run)) or form not in (*FOR_PEOPLE, "jsonl", "github"):
        say(told)
    for_tools = form not in FOR_PEOPLE
    if statistics and report.diagnostics:
        say(_statistics(report), err=for_tools)
    say(shown(report.summary), err=for_tools)
    return 1 if report.failed(strict=strict) else 0


def _since(corpus: Corpus, rules: Sequence[Rule], revision: str, settings: Path, known: "Sequence[Entry]") -> Report:
    from amends.gate.change import NoChange, read_change  # only this option calls git
    from amends.gate.since import check_since

    try:
        sources = settings_files(settings)
        return check_since(corpus, rules, read_change(corpus.settings.root, revision, sources), sources, known)
    except NoChange as error:
        raise WrongUse("\n".join(shown(line) for line in str(error).split("\n"))) from error


def _known(baseline: str | None, *, may_miss: bool) -> "Sequence[Entry] | None":
    """The entries of the baseline; None where there is none to read."""
    if baseline is None:
        return None
    from amends.gate.baseline import UnreadableBaseline, parse_baseline  # only this option needs it

    try:
        return parse_baseline(Path(baseline).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if may_miss:
            return None
        raise WrongUse(f"there is no baseline {named(baseline)}\n  help: --update-baseline writes one with everything that is found now") from None
    except (OSError, UnicodeDecodeError, UnreadableBaseline) as error:
        raise WrongUse(f"the baseline {named(baseline)} can't be read: {shown(str(error))}") from error


def _against(report: Report, known: "Sequence[Entry] | None", baseline: str, corpus: Corpus, rules: Sequence[Rule], *, update: bool,
             everything: bool) -> Report:
    """The report without what the baseline lets stand; the baseline is written where that is asked for."""
    from amends.gate.baseline import let_stand, parse_baseline, render_baseline, with_stale

    if update:
        text = render_baseline(report, known, rules, corpus)
        write_file(baseline, text.rstrip("\n"))
        known = parse_baseline(text)
    if report.of is None:  # the check of a change has put them aside itself
        report = let_stand(report, known or ())
    if everything and not update:
        inside = relative_to_root(str(corpus.settings.root), baseline)
        report = with_stale(report, known or (), inside if inside is not None else baseline, rules, corpus)
    return report


def _statistics(report: Report) -> str:
    from collections import Counter  # only this option needs it

    counts = Counter((diagnostic.code, diagnostic.name, diagnostic.level.value) for diagnostic in report.diagnostics)
    width = max(len(str(count)) for count in counts.values())
    return "\n".join(f"{count:{width}} {code} {level} {name}" for (code, name, level), count in
                     sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
