"""GitLab's Code Quality report, which a merge request shows."""

from amends.diagnostics import Diagnostic, Level
from amends.gate.fingerprints import fingerprints
from amends.printable import as_data
from amends_cli.formats import Run
from amends_cli.terminal import named

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor"}


def render(run: Run) -> str:
    """One array, an object a finding."""
    found = run.report.diagnostics
    return as_data([_issue(run, diagnostic, key) for diagnostic, key in zip(found, fingerprints(found), strict=True)], indent=2)


def _issue(run: Run, found: Diagnostic, fingerprint: str) -> dict[str, object]:
    text = named(found.message) if found.help is None else f"{named(found.message)}; {named(found.help)}"
    return {
        "type": "issue",
        "description": f"{found.code}: {text}",
        "check_name": found.name,
        "categories": ["Style"],
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.level],
        "location": {"path": named(f"{run.prefix}{found.path}"), "lines": {"begin": found.line}},
    }
