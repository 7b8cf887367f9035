"""For people: a line a finding, and its help below it."""

import click

from amends.diagnostics import Diagnostic, Level
from amends.gate.check import Report
from amends_cli.formats import Run
from amends_cli.terminal import shown

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow"}


def render(run: Run) -> str:
    """The report as text."""
    return as_text(run.report, colour=run.colour)


def as_text(report: Report, *, colour: bool) -> str:
    """A line a finding, `path:line:column: CODE level: message`, and a help line below it where there is help."""
    return "\n".join(_with_help(diagnostic, colour=colour) for diagnostic in report.diagnostics)


def line(found: Diagnostic, *, colour: bool) -> str:
    """The finding in one line."""
    place, level = f"{shown(found.path)}:{found.line}:{found.column}:", found.level.value
    if colour:
        place, level = click.style(place, bold=True), click.style(level, fg=_COLOURS[found.level])
    return f"{place} {found.code} {level}: {shown(found.message)}"


def _with_help(found: Diagnostic, *, colour: bool) -> str:
    if found.help is None:
        return line(found, colour=colour)
    word = click.style("help:", dim=True) if colour else "help:"
    return f"{line(found, colour=colour)}\n  {word} {shown(found.help)}"
