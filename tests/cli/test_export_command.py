import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from amends.corpus import Corpus
from amends.publishing.export import Export
from amends.publishing.json_schema import corpus_schema
from amends.settings import load_settings

Command = Callable[..., "subprocess.CompletedProcess[str]"]
RECORD = "incidents/2031/2031-04-05-site-deletion.md"
OTHER = "incidents/2031/2031-03-02-slow-search.md"


def records(amends: Command) -> dict[str, Any]:
    return {record["stem"]: record for record in json.loads(amends("export").stdout)["records"]}


def rows(amends: Command) -> dict[str, dict[str, str]]:
    done = amends("export", "--format", "csv")
    return {row["stem"]: row for row in csv.DictReader(io.StringIO(done.stdout))}


def with_line(record: Path, old: str, new: str) -> None:
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_corpus_is_exported_typed(process: Command) -> None:
    found = records(process)
    record = found["2031-04-05-site-deletion"]
    assert list(found) == ["2031-03-02-slow-search", "2031-04-05-site-deletion"]
    assert record["path"] == RECORD
    assert record["times"]["started"] == "2031-04-05T07:38+00:00"
    assert record["customer_impact"]["affected"] == [{"count": 612, "of": 180000, "unit": "organisations"},
                                                     {"share": {"percent": 0.3}, "unit": "requests", "where": "eu"}]
    assert record["services"] == [{"name": "boards"}, {"name": "wiki", "role": "collateral"}]
    assert record["contingency_plan"][0]["within"] == "PT24H"
    assert record["contingency_plan"][0]["if"].startswith("Several customers")
    assert record["related"] == [{"to": "2031-03-02-slow-search", "as": "caused-by-its-fix"}]
    assert record["timeline"][0]["at"].startswith("2031-04-05T")


def test_checklists_are_exported_too(amends: Command) -> None:
    (checklist,) = json.loads(amends("export").stdout)["checklists"]
    assert checklist["stem"] == "destructive-changes"
    assert {"id", "check", "why"} <= set(checklist["items"][0])


def test_absences_and_approximations_stay_as_they_were_said(amends: Command, site: Path) -> None:
    with_line(site / RECORD, "  understood: 2031-04-05T09:10Z", "  understood: {unknown: Nobody wrote down when the cause was clear.}")
    with_line(site / RECORD, "  mitigated: 2031-04-06T20:00Z", "  mitigated: {about: 2031-04-06T20:00Z}")
    with_line(site / RECORD, "  harms: [outage, data-loss]", "  harms: []")
    with_line(site / RECORD, "    done: 2031-05-28", "    done: {by: 2031-05-28}")
    record = records(amends)["2031-04-05-site-deletion"]
    assert record["actions"][0]["done"] == {"by": "2031-05-28"}
    assert record["times"]["understood"] == {"unknown": "Nobody wrote down when the cause was clear."}
    assert record["times"]["mitigated"] == {"about": "2031-04-06T20:00+00:00"}
    assert record["customer_impact"]["harms"] == []


def test_csv_holds_a_row_a_record_with_what_can_be_counted(amends: Command) -> None:
    row = rows(amends)["2031-04-05-site-deletion"]
    assert (row["severity"], row["services"], row["detected_by"]) == ("sev1", "boards wiki", "customer")
    assert (row["minutes_to_detect"], row["minutes_to_first_notice"]) == ("8", "45")
    assert (row["affected"], row["affected_of"], row["contacted"], row["satisfied"]) == ("612", "180000", "612", "540")
    assert (row["notices"], row["apologies"], row["commitments"], row["commitments_kept"], row["remedies"]) == ("4", "1", "2", "2", "2")


def test_csv_tells_what_is_approximate_and_what_is_said_to_be_unknown(amends: Command, site: Path) -> None:
    with_line(site / RECORD, "  detected_by: customer", "  detected_by: {unknown: nobody wrote it down}")
    with_line(site / RECORD, "  resolved: 2031-04-08T16:30Z", "  resolved: {about: 2031-04-08T16:30Z}")
    row = rows(amends)["2031-04-05-site-deletion"]
    assert (row["about"], row["unknown"]) == ("resolved", "detected_by")
    assert int(row["commitments"]) == sum(int(row[f"commitments_{state}"]) for state in ("kept", "broken", "unknown", "open"))


def test_csv_counts_nothing_where_a_whole_part_is_said_to_be_unknown(amends: Command, site: Path) -> None:
    text = (site / RECORD).read_text("utf-8")
    head, response = text.split("\nresponse:\n")
    _, rest = response.split("\nactions:\n")
    (site / RECORD).write_text(f"{head}\nresponse:\n  notices: {{unknown: The mail of that year is gone.}}\n  remedies: {{unknown: The mail of that year is gone.}}\n"
                               f"  commitments: {{none: Nothing was promised to anybody.}}\n  follow_up: {{unknown: Nobody wrote down whom they called.}}\nactions:\n{rest}", encoding="utf-8")
    row = rows(amends)["2031-04-05-site-deletion"]
    assert [row[name] for name in ("notices", "apologies", "remedies", "contacted", "satisfied")] == [""] * 5
    assert (row["commitments"], row["commitments_open"]) == ("0", "0")
    assert row["unknown"] == "notices remedies contacted satisfied"


def test_no_length_of_time_is_made_from_days(amends: Command, site: Path) -> None:
    with_line(site / RECORD, "  resolved: 2031-04-08T16:30Z", "  resolved: 2031-04-08")
    row = rows(amends)["2031-04-05-site-deletion"]
    assert (row["resolved"], row["minutes_to_resolve"]) == ("2031-04-08", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_spreadsheet_runs_nothing_that_an_author_wrote(amends: Command, site: Path, sign: str) -> None:
    with_line(site / RECORD, "title: Maintenance script deletes 612 customers' sites", f'title: "{sign}HYPERLINK(1)"')
    assert rows(amends)["2031-04-05-site-deletion"]["title"] == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_begins_as_a_formula_does_and_every_other_stays_as_it_is(site: Path, sign: str) -> None:
    export = Export.of(Corpus.open(load_settings(site / "mkdocs.yml")))
    assert export.cell(f"{sign}1+1") == f"'{sign}1+1"
    assert [export.cell(value) for value in (f"1{sign}1", "", -1, None)] == [f"1{sign}1", "", -1, None]


def test_what_an_author_writes_steers_no_terminal(amends: Command, site: Path) -> None:
    with_line(site / RECORD, "title: Maintenance script deletes 612 customers' sites", 'title: "\\e[31m\\x9b2J\\u202e\\u2028\\x7f red"')
    for form in ("json", "csv"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", amends("export", "--format", form).stdout)
    assert records(amends)["2031-04-05-site-deletion"]["title"] == "\x1b[31m\x9b2J\u202e\u2028\x7f red"
    assert rows(amends)["2031-04-05-site-deletion"]["title"] == r"\x1b[31m\x9b2J\u202e\u2028\x7f red"


def test_nothing_of_a_restricted_record_is_exported(amends: Command, site: Path) -> None:
    with_line(site / OTHER, "visibility: staff", "visibility: restricted")
    with_line(site / RECORD, "  trigger: The clean-up script", "  trigger: After [the slow search](2031-03-02-slow-search.md) the clean-up script")
    title = next(line for line in (site / OTHER).read_text("utf-8").splitlines() if line.startswith("title: ")).removeprefix("title: ")
    with_line(site / RECORD, "## Summary\n", f"## Summary\n\nSee 2031-03-02-slow-search, {title}.\n")
    for form in ("json", "csv"):
        done = amends("export", "--format", form)
        assert done.returncode == 0
        assert "slow-search" not in done.stdout
        assert title not in done.stdout
    record = records(amends)["2031-04-05-site-deletion"]
    assert "related" not in record
    assert record["root_cause"]["trigger"].startswith("After (restricted) the clean-up script")


def test_a_list_of_which_all_is_restricted_says_nothing_rather_than_that_there_is_nothing(amends: Command, site: Path) -> None:
    with_line(site / OTHER, "visibility: staff", "visibility: restricted\naliases: [INC-77]")
    with_line(site / RECORD, "recurrence_of: []", "recurrence_of: [2031-03-02-slow-search]")
    actions = len(records(amends)["2031-04-05-site-deletion"]["actions"])
    with_line(site / RECORD, "actions:\n", "actions:\n  - {same_as: 2031-03-02-slow-search/A1}\n")
    record = records(amends)["2031-04-05-site-deletion"]
    assert not {"recurrence_of", "plans_used"} & record.keys()
    assert len(record["actions"]) == actions
    row = rows(amends)["2031-04-05-site-deletion"]
    assert (row["recurrence_of"], row["actions"]) == ("", str(actions))


def test_what_is_called_like_a_restricted_record_is_exported_without_that_name(amends: Command, site: Path) -> None:
    with_line(site / OTHER, "visibility: staff", "visibility: restricted\naliases: [INC-77]")
    with_line(site / RECORD, "actions:\n", "actions:\n  - {id: INC-77, what: Ask before anything is deleted., kind: prevent, owner: platform, due: 2031-05-01}\n")
    with_line(site / RECORD, "extra: {jira: OPS-1}", "extra: {INC-77: {INC-77: like INC-77}}")
    data = json.loads(amends("export").stdout)
    assert "INC-77" not in json.dumps(data)
    jsonschema.validate(data, corpus_schema(), jsonschema.Draft202012Validator)
    (record,) = data["records"]
    assert record["extra"] == {"(restricted)": {"(restricted)": "like (restricted)"}}
    assert record["actions"][0]["what"] == "Ask before anything is deleted."


def test_a_record_that_might_be_restricted_is_left_out_and_named(amends: Command, site: Path) -> None:
    for line in ("visibilty: restricted", "visibility: restrictd", "visibility: [restricted"):
        text = (site / OTHER).read_text("utf-8")
        with_line(site / OTHER, "visibility: staff", line)
        for form in ("json", "csv"):
            done = amends("export", "--format", form)
            assert done.returncode == 1
            assert done.stderr == f"left out, because `amends check` finds errors in their front matter: {OTHER}\n"
            assert "slow-search" not in done.stdout
        (site / OTHER).write_text(text, encoding="utf-8")


def test_the_export_can_be_cut_short(site: Path) -> None:
    import shlex
    import sys

    command = f"set -o pipefail; {shlex.quote(sys.executable)} -m amends_cli export | head -c 10"
    done = subprocess.run(["bash", "-c", command], cwd=site, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"records"', "")
