"""JSON for tools: one array."""

from amends.diagnostics import Diagnostic
from amends.gate.check import Report
from amends.printable import as_data
from amends_cli.formats import Run
from amends_cli.terminal import named


def render(run: Run) -> str:
    """The report as one array."""
    return as_json(run.report)


def as_json(report: Report) -> str:
    """One array, an object a finding."""
    return as_data([as_object(diagnostic) for diagnostic in report.diagnostics], indent=2)


def as_object(found: Diagnostic) -> dict[str, object]:
    """The finding as JSON says it."""
    return {
        "path": named(found.path), "line": found.line, "column": found.column, "code": found.code, "name": found.name,
        "level": found.level.value, "message": named(found.message), "help": named(found.help) if found.help else found.help,
        "url": found.url,
    }
