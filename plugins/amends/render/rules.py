"""The rules' pages, made from their docstrings, and the findings shown in a preview."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from amends.diagnostics import Diagnostic
from amends.language import N_, _
from amends.record import Record
from amends.render.composer import Composer, Href, h, tbody, wide_table
from amends.rules.rule import Rule

FAMILIES = {
    "F": "Files and front matter",
    "R": "Root cause, risk, plan and impact",
    "T": "Times",
    "C": "Customers",
    "P": "Actions and prevention",
    "G": "Git history",
    "S": "Safety",
    "W": "Wording",
}
_HEADS = Markup("").join(h('<th scope="col">{}</th>', head) for head in ("Code", "Name", "Flags", "Level"))


def rule_uri(rule: Rule) -> str:
    """The page of a rule."""
    return f"rules/{rule.code.lower()}.md"


def render_rules(rules: Sequence[Rule], silenced: Sequence[tuple[Diagnostic, Record]], href: Href, page: Composer) -> None:
    """The overview of all rules, by family, and the findings that records let stand, with their reasons."""
    page.markdown("# Rules\n\nWhat `amends check` looks for. An error fails the gate, a warning fails it under `--strict`. "
                  "A record silences a finding by code and with a reason, under `silence`.")
    families = dict.fromkeys(rule.code[0] for rule in rules)
    for family in families:
        page.heading(2, FAMILIES.get(family, f"Family {family}"))
        rows = Markup("").join(
            h('<tr><td><a href="{}">{}</a></td><td><code>{}</code></td><td>{}</td><td><span class="am-badge am-badge--{}">{}</span></td></tr>',
              href(rule_uri(rule)), rule.code, rule.name, rule.summary, rule.level.value, rule.level.value)
            for rule in rules if rule.code[0] == family)
        page.html(wide_table("am-rules", FAMILIES.get(family, family), _HEADS, tbody(rows)))
    if silenced:
        page.heading(2, "Let stand")
        page.html(h('<p>Findings that a record silences, by code and with its reason.</p><ul class="am-findings">{}</ul>', Markup("").join(
            h('<li><a href="{}">{}</a> {} in <a href="{}">{}</a>: {}</li>', href(f"rules/{d.code.lower()}.md"), d.code, _with_code(d.message),
              href(record.path), record.title or record.stem, d.silenced) for d, record in silenced)))


def render_rule(rule: Rule, href: Href, page: Composer) -> None:
    """The page of one rule."""
    lead, _, rest = (rule.doc or rule.name).strip().partition("\n")
    page.markdown(f"# {rule.code} {rule.name}")
    page.html(h('<p class="am-badges"><span class="am-badge am-badge--{0}">{0}</span> <span class="am-badge am-badge--quiet">looks at {1}</span> '
                '<a href="{2}">all rules</a></p>', rule.level.value, {"reading": "a file as it is read", "document": "any file", "record": "a record", "checklist": "a checklist",
                                   "corpus": "all files together", "whole": "all files together", "history": "what git tells"}[rule.scope.value], href("rules/index.md")))
    page.markdown(f"{lead}\n\n{_EXAMPLE.sub(_example, rest.strip())}")


_EXAMPLE = re.compile(r'^(`{3,})(\w+)[ ]+(?:title="([^"]+)"|commit=|\w+)?[^\n`]*$', re.MULTILINE)
_COMMIT = re.compile(r' commit="(\d+) (\S+)( deleted)?"(?: clone="([^"]+)")?')


def _example(fence: re.Match[str]) -> str:
    """An example's opening fence as every fence extension reads it, with the file's name and the commit above."""
    above = [f"`{fence[3]}`"] if fence[3] else []
    if (commit := _COMMIT.search(fence[0])) is not None:
        above.append(f"commit {commit[1]}, {commit[2]}{':' if not commit[3] else ' deletes it'}" + (f" (cloned with `{commit[4]}`)" if commit[4] else ""))
    opening = f"{fence[1]}{fence[2]}"
    return f"{', '.join(above)}\n\n{opening}" if above else opening


def render_findings(path: str, diagnostics: Sequence[Diagnostic], page: Composer) -> None:
    """The page that a preview shows in place of a file that can't be read."""
    page.opening(N_("This file can't be shown yet"))
    page.html(h("<p>{}</p>", h(_("<code>{path}</code> can't be read as it is. Mend what is listed here, and the page appears."), path=path)))
    page.html(findings_list(diagnostics))


def findings_list(diagnostics: Sequence[Diagnostic]) -> Markup:
    """Findings with their places, as the command shows them."""
    return h('<ul class="am-findings" lang="en">{}</ul>', Markup("").join(
        h('<li><code>{}:{}</code> <span class="am-badge am-badge--{}">{}</span> {}{}</li>', d.line, d.column, d.level.value, d.code, _with_code(d.message),
          h("<br>{}", _with_code(d.help)) if d.help else "") for d in diagnostics))


def _with_code(text: str) -> Markup:
    """A finding's words, in which backticks hold code."""
    return Markup("").join(h("<code>{}</code>", part) if number % 2 else h("{}", part) for number, part in enumerate(_CODE.split(text)))


_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
