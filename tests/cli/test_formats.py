"""How a check is written: each format is what its reader expects, and carries what authors wrote as data."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest

from amends_cli.formats import FORMATS

CASES = Path(__file__).parents[1] / "cases"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"
SCHEMA = json.loads((CASES / "formats" / "sarif-2.1.0-rtm.4.json").read_text(encoding="utf-8"))
COUNT = "2 records, 1 checklist: 1 error, 0 warnings"
HOSTILE = 'severity: "sev1\\e[31m\\u202e, a: 100%\\n::error file=x::owned ##[stop-commands]x \\u2028 ]]> <b> \\uFFFE"'

Command = Callable[..., Any]


def formatted(amends: Command, form: str, *words: str, **options: Any) -> Any:
    done = amends("check", "--format", form, *words, **options)
    return json.loads(done.stdout)


def replace(record: Path, old: str, new: str) -> None:
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def hostile(site: Path) -> Path:
    """A record whose author tries to steer whatever reads the findings."""
    replace(site / RECORD, "severity: sev1", HOSTILE)
    return site / RECORD


# Each format --------------------------------------------------------------------------------------------------------


def test_concise_is_a_line_a_finding_and_the_count(amends: Command, faulty: Path) -> None:
    said = amends("check", "--format", "concise").stdout
    assert re.fullmatch(rf"{RECORD}:\d+:5: P501 error: action A1 has no owner\n{COUNT}.*\n", said)


def test_jsonl_is_an_object_a_line_and_nothing_where_all_is_well(amends: Command, site: Path, faulty: Path) -> None:
    done = amends("check", "--format", "jsonl")
    assert [json.loads(line) for line in done.stdout.splitlines()] == formatted(amends, "json")
    assert done.stderr.startswith(COUNT)
    assert amends("check", "--format", "jsonl", "--ignore", "P").stdout == ""


def test_sarif_is_valid_and_tells_rule_place_and_fingerprint(amends: Command, faulty: Path) -> None:
    log = formatted(amends, "sarif")
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (run,) = log["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    (result,) = run["results"]
    assert (rule["id"], rule["name"], rule["helpUri"]) == ("P501", "UnownedAction", "https://incidents.example.org/rules/p501/")
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("P501", 0, "error")
    assert result["message"]["text"].startswith("action A1 has no owner\nHelp: name the team")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == RECORD
    assert place["region"]["startColumn"] == 5
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_of_a_clean_run_is_valid_and_closes_what_was_open(amends: Command) -> None:
    log = formatted(amends, "sarif")
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    assert log["runs"][0]["results"] == []


def test_a_github_annotation_names_file_line_and_rule(amends: Command, faulty: Path) -> None:
    done = amends("check", "--format", "github")
    assert re.fullmatch(rf"::error file={RECORD},line=\d+,col=5,title=P501 unowned-action::action A1 has no owner%0Ahelp: name the team.*\n",
                        done.stdout)
    assert done.stderr.startswith(COUNT)


def test_gitlab_gets_what_its_report_needs(amends: Command, faulty: Path) -> None:
    (issue,) = formatted(amends, "gitlab")
    assert issue["description"].startswith("P501: action A1 has no owner; name the team")
    assert (issue["check_name"], issue["severity"], issue["location"]["path"]) == ("unowned-action", "major", RECORD)
    assert isinstance(issue["location"]["lines"]["begin"], int)
    assert len(issue["fingerprint"]) == 32


def test_junit_has_a_test_for_each_file_and_fails_those_that_fail_the_gate(amends: Command, site: Path, faulty: Path) -> None:
    (site / "incidents" / "2031" / "left-over.txt").write_text("x", encoding="utf-8")
    suites = ElementTree.fromstring(amends("check", "--format", "junit").stdout)
    (suite,) = suites
    cases = {case.get("name"): case for case in suite}
    assert (suite.get("tests"), suite.get("failures")) == ("6", "1")
    failure = cases[RECORD].find("failure")
    assert failure is not None
    assert failure.get("message") == "P501: action A1 has no owner"
    assert "help: name the team" in str(failure.text)
    assert [child.tag for child in cases["incidents/2031/left-over.txt"]] == ["system-out"]
    assert list(cases["prevention/destructive-changes.md"]) == []
    strict = ElementTree.fromstring(amends("check", "--format", "junit", "--strict").stdout)
    assert strict.get("failures") == "2"


def test_reviewdog_gets_columns_in_bytes(amends: Command, site: Path) -> None:
    with (site / RECORD).open("a", encoding="utf-8") as file:
        file.write("\nGrößer als [sonst](nowhere.md).\n")
    (found,) = formatted(amends, "json")
    told = formatted(amends, "rdjson")
    assert told["source"] == {"name": "amends"}
    (each,) = told["diagnostics"]
    assert each["location"]["range"]["start"] == {"line": found["line"], "column": found["column"] + 2}
    assert (each["severity"], each["code"]["value"]) == ("ERROR", "F119")


# What holds for all -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_what_an_author_writes_steers_neither_a_terminal_nor_a_runner_in_any_format(amends: Command, hostile: Path, form: str) -> None:
    done = amends("check", "--format", form)
    assert done.returncode == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", done.stdout)
    assert "F113" in done.stdout or "unknown-value" in done.stdout
    assert "##[" not in done.stdout
    if form in ("text", "concise", "github"):
        assert not [line for line in done.stdout.splitlines() if line.lstrip().startswith("::") and f"file={RECORD}," not in line]


def test_a_github_annotation_carries_signs_of_its_own_language_as_data(amends: Command, hostile: Path) -> None:
    command = next(line for line in amends("check", "--format", "github").stdout.splitlines() if "F113" in line)
    properties, _, text = command.removeprefix("::error ").partition("::")
    assert "a: 100%25" in text
    assert len(properties.split(",")) == 4


def test_a_path_keeps_its_signs_in_every_format(amends: Command, site: Path) -> None:
    folder = site / "incidents" / "2031, 100%: ä&<"
    folder.mkdir()
    (folder / "2031-09-01-x.md").write_text("", encoding="utf-8")
    path = f"incidents/{folder.name}/2031-09-01-x.md"
    assert f"file={path.replace('%', '%25').replace(':', '%3A').replace(',', '%2C')}," in amends("check", "--format", "github").stdout
    uris = {unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
            for result in formatted(amends, "sarif")["runs"][0]["results"]}
    assert path in uris
    assert path in {case.get("name") for case in ElementTree.fromstring(amends("check", "--format", "junit").stdout).iter("testcase")}


ALL_FORMATS = """
import sys
from amends_cli.__main__ import main
for form in sys.argv[1:]:
    sys.argv = ["amends", "check", "--format", form]
    print(form, main())
"""


def test_every_format_says_the_same_twice(site: Path, faulty: Path) -> None:
    one, two = (subprocess.run([sys.executable, "-c", ALL_FORMATS, *FORMATS], cwd=site, env={**os.environ, "PYTHONHASHSEED": seed},
                               capture_output=True, encoding="utf-8", check=True).stdout for seed in ("1", "7"))
    assert one == two
    assert all(f"\n{form} 1\n" in one for form in FORMATS)


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit", "rdjson"])
def test_formats_for_a_host_name_files_from_the_root_of_the_repository(amends: Command, site: Path, faulty: Path, form: str) -> None:
    (site.parent / ".git").mkdir()
    assert f"site/{RECORD}" in amends("check", "--format", form).stdout
    assert amends("check").stdout.startswith(f"{RECORD}:")


def fingerprints(amends: Command) -> list[str]:
    return [result["partialFingerprints"]["amends/v1"] for result in formatted(amends, "sarif")["runs"][0]["results"]]


def test_a_fingerprint_stays_when_lines_move_and_alike_findings_have_their_own(amends: Command, site: Path, faulty: Path) -> None:
    (before,) = fingerprints(amends)
    replace(faulty, "\nactions:\n", "\n# A comment, and then another.\n\nactions:\n")
    assert fingerprints(amends) == [before]
    replace(faulty, "\nactions:\n", "\nactions:\n  - id: A1\n    what: Ask before anything is deleted for good.\n    kind: prevent\n    due: 2031-09-01\n"
                    "    done: 2031-08-01\n")
    found = fingerprints(amends)
    assert before in found
    assert len(set(found)) == len(found) >= 3


# Where it goes ------------------------------------------------------------------------------------------------------


def test_output_goes_to_a_file_and_text_to_the_terminal(amends: Command, site: Path, faulty: Path) -> None:
    plain = amends("check")
    done = amends("check", "--format", "sarif", "--output", "found.sarif")
    assert (done.stdout, done.stderr, done.returncode) == (plain.stdout, "", 1)
    assert (site / "found.sarif").read_text(encoding="utf-8") == amends("check", "--format", "sarif").stdout


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_written_also_where_nothing_was_found(amends: Command, site: Path, form: str) -> None:
    assert amends("check", "--format", form, "--output", "found").returncode == 0
    assert (site / "found").read_text(encoding="utf-8") == ("" if form in ("text", "concise", "jsonl", "github")
                                                            else amends("check", "--format", form).stdout)


def test_a_file_that_cannot_be_written_ends_with_2(amends: Command, faulty: Path) -> None:
    done = amends("check", "--output", "no/such/folder/found.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("no/such/folder/found.txt can't be written: No such file or directory\n")


def test_statistics_count_the_findings_of_each_rule(amends: Command, site: Path, faulty: Path) -> None:
    for name in ("a", "b"):
        (site / "incidents" / f"{name}.txt").write_text("x", encoding="utf-8")
    done = amends("check", "--statistics")
    *_, first, second, last = done.stdout.splitlines()
    assert (first, second) == ("2 F122 warning stray-file", "1 P501 error unowned-action")
    assert last.startswith("2 records, 1 checklist: 1 error, 2 warnings")
    assert "2 F122 warning stray-file" in amends("check", "--statistics", "--format", "json").stderr
    assert amends("check", "--statistics", "--ignore", "F,P").stdout.count("\n") == 1


def test_a_format_is_loaded_only_where_it_is_chosen(process: Command, site: Path, faulty: Path) -> None:
    script = ("import sys; sys.argv = ['amends', 'check', '" + RECORD + "']; from amends_cli.__main__ import main; main(); "
              "print([name for name in sys.modules if name.startswith('amends_cli.formats.') or name in ('json', 'xml', 'hashlib')])")
    done = subprocess.run([sys.executable, "-c", script], cwd=site, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "['amends_cli.formats.text']"
