"""How a report is written: as text for people, as JSON for tools."""

import click

from amends.check import Report
from amends.diagnostics import Diagnostic, Level
from amends_cli.terminal import named, shown

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow"}


def as_text(report: Report, *, colour: bool) -> str:
    """A line a finding, `path:line:column: CODE level: message`, and a help line below it where there is help."""
    return "\n".join(_lines(diagnostic, colour=colour) for diagnostic in report.diagnostics)


def _lines(found: Diagnostic, *, colour: bool) -> str:
    place, level = f"{shown(found.path)}:{found.line}:{found.column}:", found.level.value
    help_ = "" if found.help is None else "help:"
    if colour:
        place, level = click.style(place, bold=True), click.style(level, fg=_COLOURS[found.level])
        help_ = help_ and click.style(help_, dim=True)
    line = f"{place} {found.code} {level}: {shown(found.message)}"
    return f"{line}\n  {help_} {shown(found.help)}" if found.help is not None else line


def as_json(report: Report) -> str:
    """One array, an object a finding."""
    import json  # only this format needs it

    return json.dumps([_object(diagnostic) for diagnostic in report.diagnostics], ensure_ascii=False, indent=2)


def _object(found: Diagnostic) -> dict[str, object]:
    return {
        "path": named(found.path), "line": found.line, "column": found.column, "code": found.code, "name": found.name,
        "level": found.level.value, "message": named(found.message), "help": named(found.help) if found.help else found.help,
        "url": found.url,
    }
