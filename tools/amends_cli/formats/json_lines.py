"""JSON for tools that read line by line: an object a line."""

from amends.printable import as_data
from amends_cli.formats import Run
from amends_cli.formats.json_array import as_object


def render(run: Run) -> str:
    """One object a line; nothing where nothing was found."""
    return "\n".join(as_data(as_object(diagnostic)) for diagnostic in run.report.diagnostics)
