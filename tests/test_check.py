"""The gate's engine: everything in one run, sorted, silenced, counted, and nothing said twice."""

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from amends.corpus import Corpus
from amends.diagnostics import Diagnostic, Finding, Level, Position
from amends.gate.check import Report, check
from amends.reading.document import Document
from amends.record import Record
from amends.rules import RULES
from amends.rules.rule import Rule, Scope
from amends.settings import load_settings

SAMPLE = Path(__file__).parent / "cases" / "sample"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"
CHECKLIST = "prevention/destructive-changes.md"
NEW = "incidents/2031/2031-05-01-x.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the sample corpus that a test may change."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def gate(site: Path, rules: tuple[Rule, ...] = RULES, paths: list[str] | None = None) -> Report:
    """What the gate says of the site as it stands."""
    return check(Corpus.open(load_settings(site / "mkdocs.yml")), rules, paths)


def change(site: Path, path: str, *changes: tuple[str, str]) -> None:
    """Replace words of a file that stand there exactly once."""
    text = (site / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (site / path).write_text(text, encoding="utf-8")


def write(site: Path, path: str, text: str) -> None:
    """A file of the corpus."""
    (site / path).write_text(text, encoding="utf-8")


def said(report: Report) -> list[tuple[str, int, int, str]]:
    """Where what was found."""
    return [(d.path, d.line, d.column, d.code) for d in report.diagnostics]


def found(report: Report, code: str) -> list[Diagnostic]:
    """What one rule found."""
    return [d for d in report.diagnostics if d.code == code]


def test_the_sample_is_clean(site: Path) -> None:
    report = gate(site)
    assert not report.diagnostics
    assert not report.failed(strict=True)
    assert report.summary == "2 records, 1 checklist: 0 errors, 0 warnings; no git history: no repository"


def test_five_mistakes_in_one_record_are_reported_in_one_run_in_the_order_of_the_file(site: Path) -> None:
    change(site, RECORD, ("severity: sev1", "severity: sev9"), ("  started: 2031-04-05T07:38Z", "  started: 2031-04-05T07:38"),
           ("    likelihood: possible\n", ""), ("  promises_broken:", "  promises_broke:"), ("    due: 2031-07-01\n", ""))
    expected = [("severity: sev9", 11, "F113"), ("  started:", 12, "T301"), ("  promises_broke:", 3, "F112"),
                ("  - what: Another job", 5, "R210"), ("  - id: A2", 5, "P502")]
    text = (site / RECORD).read_text(encoding="utf-8").split("\n")
    line = {start: next(n for n, line in enumerate(text, 1) if line.startswith(start)) for start, _, _ in expected}
    assert said(gate(site)) == [(RECORD, line[start], column, code) for start, column, code in expected]


JUNK: tuple[Any, ...] = (
    None, "", "TBD", "0", "2031-13-01", [], ["x"], [None], [[]], {}, {"x": None}, {"none": "n/a"}, {"none": "a", "unknown": "b"})


def spoiled(values: Any, junk: Iterator[Any]) -> Iterator[Any]:
    """The values once for each place in them, with junk in that place."""
    keys = list(values) if isinstance(values, dict) else range(len(values)) if isinstance(values, list) else ()
    for key in keys:
        kept = values[key]
        values[key] = next(junk)
        yield
        values[key] = kept
        yield from spoiled(kept, junk)


@pytest.mark.parametrize("path", [RECORD, CHECKLIST])
def test_no_value_in_any_place_brings_the_gate_down(path: str, site: Path) -> None:
    _, front_matter, body = (site / path).read_text(encoding="utf-8").split("---\n", 2)
    values = yaml.load(front_matter, yaml.BaseLoader)
    corpus = Corpus.open(load_settings(site / "mkdocs.yml"))
    for _ in spoiled(values, itertools.cycle(JUNK)):
        write(site, path, f"---\n{json.dumps(values)}\n---\n{body}")
        check(Corpus(corpus.settings, corpus.incidents, corpus.prevention), RULES)


def test_findings_are_sorted_by_file_place_and_code_and_the_same_every_time(site: Path) -> None:
    faulty = "---\nstatus: published\nseverity: sev1\nowner: nobody\nextra: 1\nextra: 2\n---\n"
    for day in ("03", "01", "02"):
        write(site, f"incidents/2031/2031-05-{day}-x.md", faulty)
    first, second = gate(site), gate(site)
    keys = [(d.path, d.line, d.column, d.code, d.message) for d in first.diagnostics]
    assert keys == sorted(keys)
    assert len(keys) > 30
    assert first == second


def test_a_value_that_could_not_be_read_is_not_reported_missing_as_well(site: Path) -> None:
    change(site, RECORD, ("    owner: platform\n    due: 2031-06-01\n", "    owner: [platform, sre]\n    due: tomorrow\n"))
    assert [d.code for d in gate(site).diagnostics] == ["F114", "T302"]


def test_a_part_around_a_value_that_could_not_be_read_is_not_reported_missing(site: Path) -> None:
    change(site, RECORD, ("      kind: apology\n", "      kind: apologie\n"))
    (only,) = gate(site).diagnostics
    assert (only.code, only.help) == ("F113", "did you mean `apology`? one of: first, update, apology, closure")


def test_front_matter_that_could_not_be_read_is_one_finding(site: Path) -> None:
    change(site, RECORD, ("title: Maintenance", "title: \"Maintenance"))
    assert [d.path for d in gate(site).diagnostics if d.level is Level.ERROR and d.path == RECORD] == [RECORD]


def test_a_silenced_finding_is_listed_apart_with_its_reason(site: Path) -> None:
    change(site, RECORD, ("    likelihood: possible\n", ""),
           ("silence:\n", "silence:\n  - {code: R210, why: The likelihood is argued about in court.}\n"))
    report = gate(site)
    assert not report.diagnostics
    assert not report.failed(strict=True)
    (silenced,) = report.silenced
    assert (silenced.code, silenced.silenced) == ("R210", "The likelihood is argued about in court.")
    assert report.summary.endswith("0 errors, 0 warnings, 1 silenced; no git history: no repository")


def test_silence_without_a_reason_silences_nothing(site: Path) -> None:
    change(site, RECORD, ("    likelihood: possible\n", ""), ("silence:\n", "silence:\n  - {code: R210}\n"))
    report = gate(site)
    assert found(report, "R210")
    assert not report.silenced


def test_silence_in_one_record_leaves_the_others_alone(site: Path) -> None:
    change(site, RECORD, ("silence:\n", "silence:\n  - {code: F115, why: Titles are for others to write.}\n"))
    write(site, NEW, "---\nstatus: draft\n---\n")
    assert [d.path for d in found(gate(site), "F115")] == [NEW]


def test_the_count_line_counts_what_was_seen_and_names_what_was_passed_over(site: Path) -> None:
    write(site, NEW, "---\nstatus: draft\n---\n")
    write(site, "incidents/_record.md", "a template")
    line = "3 records, 1 checklist: 1 error, 0 warnings; passed over: incidents/_record.md (a template)"
    assert gate(site).summary == f"{line}; no git history: no repository"
    assert gate(site, tuple(rule for rule in RULES if rule.scope is not Scope.HISTORY)).summary == line


def test_a_check_of_one_file_sees_that_file_alone(site: Path) -> None:
    write(site, NEW, "---\nstatus: draft\n---\n")
    write(site, "incidents/_record.md", "a template")
    assert gate(site, paths=[RECORD]).summary == "1 record, 0 checklists: 0 errors, 0 warnings"
    assert gate(site, paths=[NEW]).summary == "1 record, 0 checklists: 1 error, 0 warnings"
    assert gate(site, paths=["incidents/_record.md"]).summary.endswith("passed over: incidents/_record.md (a template)")


def test_rules_over_the_whole_corpus_run_in_full_checks_alone(site: Path) -> None:
    change(site, RECORD, ("teaches: [destructive-changes/dry-run]", "teaches: [destructive-changes/soft-delete]"))
    assert [d.code for d in gate(site).diagnostics] == ["P506"]
    assert not gate(site, paths=[CHECKLIST]).diagnostics


def test_warnings_close_the_gate_only_where_it_is_strict(site: Path) -> None:
    change(site, CHECKLIST, ("## dry-run\n", "## Dry runs\n"))
    report = gate(site)
    assert (report.errors, report.warnings) == (0, 1)
    assert not report.failed(strict=False)
    assert report.failed(strict=True)


def test_a_landing_page_needs_no_front_matter_and_its_links_are_checked(site: Path) -> None:
    write(site, "incidents/README.md", "# Incidents\n\n[Here](2031/2031-04-05-site-deletions.md)\n")
    assert said(gate(site)) == [("incidents/README.md", 3, 8, "F119")]


def test_a_finding_names_the_rules_page_where_the_sites_address_is_known(site: Path) -> None:
    write(site, NEW, "---\nstatus: draft\n---\n")
    assert found(gate(site), "F115")[0].url == "https://incidents.example.org/rules/f115/"
    change(site, "mkdocs.yml", ("site_url: https://incidents.example.org/\n", ""))
    assert found(gate(site), "F115")[0].url is None


def test_the_same_finding_twice_is_one(site: Path) -> None:
    def twice(record: Record, corpus: Corpus) -> Iterator[Finding]:
        yield from (Finding(("title",), "seen") for _ in range(2))

    report = gate(site, (Rule("X101", "seen", Level.WARNING, Scope.RECORD, twice, None),))
    assert len(report.diagnostics) == report.records == 2


def test_a_missing_key_is_placed_at_its_parent_and_a_position_stays_what_it_is(site: Path) -> None:
    def places(record: Record, corpus: Corpus) -> Iterator[Finding]:
        yield Finding(("actions", 0, "nothing", "of", "the", "kind"), "missing")
        yield Finding(("actions", 0, "id"), "there")
        yield Finding(Position(7, 8), "somewhere")

    def one(corpus: Corpus) -> Iterator[tuple[Document, Finding]]:
        yield corpus.document("incidents/README.md"), Finding((), "whole")

    rules = (Rule("X101", "x", Level.ERROR, Scope.RECORD, places, None), Rule("X102", "y", Level.ERROR, Scope.CORPUS, one, None))
    report = gate(site, rules)
    text = (site / RECORD).read_text(encoding="utf-8").split("\n")
    line = text.index("actions:") + 2
    assert [(d.line, d.column) for d in report.diagnostics if d.path == RECORD] == [(7, 8), (line, 5), (line, 9)]
    assert (report.diagnostics[-1].path, report.diagnostics[-1].line, report.diagnostics[-1].column) == ("incidents/README.md", 1, 1)


def test_two_checklists_of_one_name_are_named_at_each(site: Path) -> None:
    checklist = next((site / "prevention").glob("[!R]*.md"))
    other = site / "prevention" / "more" / checklist.name
    other.parent.mkdir()
    shutil.copy(checklist, other)
    paths = {f"prevention/{checklist.name}", f"prevention/more/{checklist.name}"}
    assert {finding.path for finding in found(gate(site), "F117")} == paths


def test_a_record_among_the_checklists_is_told_where_it_belongs_in_one_finding(site: Path) -> None:
    shutil.move(site / RECORD, site / "prevention/2031-04-05-site-deletion.md")
    shutil.move(site / CHECKLIST, site / "incidents/2031/2031-05-01-destructive-changes.md")
    told = {finding.path: finding for finding in found(gate(site), "F112")}
    record, checklist = told["prevention/2031-04-05-site-deletion.md"], told["incidents/2031/2031-05-01-destructive-changes.md"]
    assert record.message.startswith("`status`, `severity`, `origin`, ")
    assert record.message.endswith("more: keys of a record, and this file stands among the checklists")
    assert record.help == "move the file into `incidents/` if it is a record, or take them out"
    assert checklist.message == "`stage`, `items`: keys of a checklist, and this file stands among the records"
    assert checklist.help == "move the file into `prevention/` if it is a checklist, or take them out"


def test_one_key_of_the_other_kind_hides_no_misspelt_one(site: Path) -> None:
    change(site, CHECKLIST, ("stage: change\n", "stage: change\nseverity: sev1\nownr: platform\n"))
    assert [finding.message for finding in found(gate(site), "F112")] == [
        "`severity`: a key of a record, and this file stands among the checklists", "`ownr` is not a key that is known here"]


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"---\ntitle: caf\xe9\n---\n"], ids=["utf-16", "latin-1"])
def test_a_record_that_cannot_be_read_takes_no_item_and_no_action_from_others(site: Path, raw: bytes) -> None:
    write(site, NEW, "---\ntitle: X\nactions:\n  - {id: A1, same_as: 2031-04-05-site-deletion/A1}\n---\n")
    before = said(gate(site))
    (site / RECORD).write_bytes(raw)
    assert {(path, code) for path, _line, _column, code in said(gate(site))} - {(path, code) for path, _line, _column, code in before} == {(RECORD, "F101")}


def test_a_misspelt_key_is_one_finding_and_not_also_one_that_is_missing(site: Path) -> None:
    change(site, RECORD, ("\ntitle: ", "\ntitel: "), ("\nowner: ", "\nownr: "))
    assert [(finding.code, finding.help) for finding in gate(site).diagnostics if finding.path == RECORD] == [
        ("F112", "did you mean `title`?"), ("F112", "did you mean `owner`?")]
