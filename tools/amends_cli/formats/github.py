"""Annotations in a pull request on GitHub: one workflow command a finding."""

from amends.diagnostics import Diagnostic
from amends_cli.formats import Run
from amends_cli.terminal import shown


def render(run: Run) -> str:
    """A line a finding, `::error file=…,line=…::message`."""
    return "\n".join(_command(run, diagnostic) for diagnostic in run.report.diagnostics)


def _command(run: Run, found: Diagnostic) -> str:
    properties = {"file": f"{run.prefix}{found.path}", "line": str(found.line), "col": str(found.column), "title": f"{found.code} {found.name}"}
    told = ",".join(f"{key}={_property(shown(value))}" for key, value in properties.items())
    text = shown(found.message) if found.help is None else f"{shown(found.message)}\nhelp: {shown(found.help)}"
    return f"::{found.level.value} {told}::{_text(text)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
