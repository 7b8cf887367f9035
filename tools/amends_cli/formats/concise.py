"""For people and for editors that read compilers' output: a line a finding, and no more."""

from amends_cli.formats import Run
from amends_cli.formats.text import line


def render(run: Run) -> str:
    """One line a finding: `path:line:column: CODE level: message`."""
    return "\n".join(line(diagnostic, colour=run.colour) for diagnostic in run.report.diagnostics)
