"""SARIF 2.1.0, which GitHub, Azure DevOps, GitLab and editors take in."""

from urllib.parse import quote

from amends.diagnostics import Diagnostic, Level
from amends.gate.fingerprints import fingerprints
from amends.printable import as_data
from amends.rules.rule import Rule
from amends_cli.formats import Run
from amends_cli.terminal import named

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(run: Run) -> str:
    """One log with one run. Only the rules that found something are described, so that the file stays small."""
    found = run.report.diagnostics
    codes = sorted({diagnostic.code for diagnostic in found})
    urls = {diagnostic.code: diagnostic.url for diagnostic in found}
    by_code = {rule.code: rule for rule in run.rules}
    results = [_result(run, diagnostic, codes.index(diagnostic.code), key)
               for diagnostic, key in zip(found, fingerprints(found), strict=True)]
    driver = {"name": "Amends", "version": _version(), "rules": [_descriptor(by_code[code], urls[code]) for code in codes]}
    return as_data({"$schema": SCHEMA, "version": "2.1.0", "runs": [
        {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}, indent=2)


def _version() -> str:
    from importlib.metadata import version

    return version("amends")


def _descriptor(rule: Rule, url: str | None) -> dict[str, object]:
    text = (rule.doc or rule.summary).strip()
    described: dict[str, object] = {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": rule.level.value},
    }
    return described if url is None else {**described, "helpUri": url}


def _result(run: Run, found: Diagnostic, rule_index: int, fingerprint: str) -> dict[str, object]:
    text = named(found.message) if found.help is None else f"{named(found.message)}\nHelp: {named(found.help)}"
    artifact = {"uri": quote(f"{run.prefix}{found.path}", errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": found.code,
        "ruleIndex": rule_index,
        "level": "error" if found.level is Level.ERROR else "warning",
        "message": {"text": text},
        "locations": [{"physicalLocation": {
            "artifactLocation": artifact, "region": {"startLine": found.line, "startColumn": found.column}}}],
        "partialFingerprints": {"amends/v1": fingerprint, "primaryLocationLineHash": fingerprint},  # GitHub reads only the second name
    }
