"""`amends rule`: the rules, or one explained."""

import click

from amends.rules import RuleError, all_rules
from amends.rules.rule import Rule
from amends.rules.selection import UnknownRule, find_rule
from amends_cli.terminal import WrongUse, coloured, debug_option, say


@click.command("rule")
@click.argument("word", required=False, metavar="[CODE|NAME]")
@debug_option
def command(word: str | None) -> int:
    """List the rules, or explain the one with that code or name."""
    try:
        rules = all_rules()
        say(_listed(rules) if word is None else explained(find_rule(rules, word), colour=coloured()))
    except (RuleError, UnknownRule) as error:
        raise WrongUse(str(error)) from error
    return 0


def _listed(rules: tuple[Rule, ...]) -> str:
    width = max(len(rule.name) for rule in rules)
    return "\n".join(f"{rule.code} {rule.level.value:7} {rule.name:{width}}  {rule.summary}" for rule in rules)


def explained(rule: Rule, *, colour: bool) -> str:
    """The rule's own words, with headings that a terminal can show and examples set in."""
    lines = [_heading(f"{rule.code} {rule.name} ({rule.level.value})", colour=colour), ""]
    fenced = False
    for line in (rule.doc or rule.summary).strip().split("\n"):
        if line.startswith("```"):
            fenced = not fenced
            _, _, title = line.partition('title="')
            if title:
                lines.append(f"    {title.rstrip(chr(34))}")
        elif fenced:
            lines.append(f"    {line}".rstrip())
        elif line.startswith("## "):
            lines.append(_heading(line[3:], colour=colour))
        else:
            lines.append(line)
    return "\n".join(lines)


def _heading(text: str, *, colour: bool) -> str:
    return click.style(text, bold=True) if colour else text
