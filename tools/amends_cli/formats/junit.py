"""JUnit's XML, which every CI takes for the results of tests: one test a file."""

from itertools import groupby
from xml.etree import ElementTree as Xml

from amends.diagnostics import Diagnostic, Level
from amends_cli.formats import Run
from amends_cli.formats.text import line
from amends_cli.terminal import shown


def render(run: Run) -> str:
    """One suite: a file with findings that fail the gate is a failed test; warnings that don't are its output."""
    by_path = {path: list(found) for path, found in groupby(run.report.diagnostics, key=lambda diagnostic: diagnostic.path)}
    paths = sorted({*run.report.checked, *by_path})
    suite = Xml.Element("testsuite", name="amends check", tests=str(len(paths)), errors="0", skipped="0")
    failures = sum(_add(suite, path, by_path.get(path, []), run) for path in paths)
    suite.set("failures", str(failures))
    suites = Xml.Element("testsuites", name="amends", tests=str(len(paths)), failures=str(failures), errors="0")
    suites.append(suite)
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(suites, encoding="unicode")


def _add(suite: Xml.Element, path: str, found: list[Diagnostic], run: Run) -> bool:
    name = shown(f"{run.prefix}{path}")
    case = Xml.SubElement(suite, "testcase", classname="amends", name=name, file=name)
    failing = [diagnostic for diagnostic in found if run.strict or diagnostic.level is Level.ERROR]
    if failing:
        first = f"{failing[0].code}: {shown(failing[0].message)}"
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        Xml.SubElement(case, "failure", message=f"{first}{more}", type=failing[0].level.value).text = _told(failing)
    if passing := [diagnostic for diagnostic in found if diagnostic not in failing]:
        Xml.SubElement(case, "system-out").text = _told(passing)
    return bool(failing)


def _told(found: list[Diagnostic]) -> str:
    return "\n".join(line(diagnostic, colour=False) + (f"\n  help: {shown(diagnostic.help)}" if diagnostic.help else "") for diagnostic in found)
