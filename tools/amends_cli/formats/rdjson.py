"""Reviewdog's JSON, which it turns into comments on a review, on whichever host."""

from amends.diagnostics import Diagnostic, Level
from amends.printable import as_data
from amends_cli.formats import Run
from amends_cli.terminal import named

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING"}


def render(run: Run) -> str:
    """One object with all findings."""
    return as_data({"source": {"name": "amends"}, "diagnostics": [_diagnostic(run, found) for found in run.report.diagnostics]}, indent=2)


def _diagnostic(run: Run, found: Diagnostic) -> dict[str, object]:
    text = named(found.message) if found.help is None else f"{named(found.message)}\nhelp: {named(found.help)}"
    code = {"value": found.code} if found.url is None else {"value": found.code, "url": found.url}
    start = {"line": found.line, "column": _bytes_before(run, found) + 1}
    return {
        "message": text,
        "location": {"path": named(f"{run.prefix}{found.path}"), "range": {"start": start}},
        "severity": _SEVERITIES[found.level],
        "code": code,
    }


def _bytes_before(run: Run, found: Diagnostic) -> int:
    """Reviewdog counts a column in bytes, we count it in characters."""
    if found.column == 1:
        return 0
    lines = run.corpus.document(found.path).text.split("\n")
    before = lines[found.line - 1][: found.column - 1] if found.line <= len(lines) else ""
    return max(len(before.encode("utf-8", "replace")), found.column - 1)
