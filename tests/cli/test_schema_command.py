import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from amends.publishing.json_schema import checklist_schema, record_schema
from amends.reading.document import read_document

Command = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parent.parent.parent
RECORDS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("incidents/*/*.md"))
CHECKLISTS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("prevention/[a-z]*.md"))


class EditorLoader(yaml.SafeLoader):
    """YAML as an editor's language server reads it: by version 1.2, which knows numbers, true, false and null, and no dates."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("int", "float", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(path: str) -> dict[str, Any]:
    text = (ROOT / path).read_text(encoding="utf-8").split("---\n")[1]
    values: dict[str, Any] = yaml.load(text, EditorLoader)
    return values


OF_RECORDS, OF_CHECKLISTS = Draft202012Validator(record_schema()), Draft202012Validator(checklist_schema())


def errors(schema: Draft202012Validator, values: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(values)]


@pytest.mark.parametrize("path", RECORDS)
def test_every_real_record_fits_the_schema(path: str) -> None:
    assert errors(OF_RECORDS, loaded(path)) == []
    assert errors(OF_RECORDS, read_document(ROOT, path).values) == []


@pytest.mark.parametrize("path", CHECKLISTS)
def test_every_real_checklist_fits_the_schema(path: str) -> None:
    assert errors(OF_CHECKLISTS, loaded(path)) == []
    assert errors(OF_CHECKLISTS, read_document(ROOT, path).values) == []


def test_there_are_real_records_to_try() -> None:
    assert len(RECORDS) >= 10
    assert len(CHECKLISTS) >= 5


@pytest.mark.parametrize("wrong", [
    {"titel": "x"},
    {"status": "done"},
    {"severity": 1},
    {"times": {"started": "22:30"}},
    {"times": {"started": "2031-04-05T07:38"}},
    {"times": {"started": {"by": "2031-04-05"}}},
    {"risk": {"nothing": "to tell"}},
    {"risk": {"none": "nothing", "unknown": "nothing"}},
    {"aliases": "INC-1"},
    {"owner": "two words"},
    {"customer_impact": {"affected": [{"count": -1}]}},
    {"customer_impact": {"affected": [{"share": "many"}]}},
    {"contingency_plan": [{"within": "soon"}]},
    {"response": {"notices": [{"kind": "hello"}]}},
    {"actions": [{"id": "A1", "whom": "x"}]},
])
def test_a_wrong_record_does_not_fit(wrong: dict[str, Any]) -> None:
    assert errors(OF_RECORDS, {"title": "x", **wrong}) != []


@pytest.mark.parametrize("right", [
    {},
    {"title": 2031, "status": None},
    {"risk": {"none": "nothing was left at risk after that"}},
    {"times": {"started": {"unknown": "the sources do not say"}, "detected": {"about": "2031-04-05"}}},
    {"services": ["boards", {"name": "wiki", "role": "collateral"}]},
    {"customer_impact": {"affected": 612}},
    {"customer_impact": {"affected": {"count": {"about": 612}}, "harms": []}},
    {"customer_impact": {"affected": {"about": 612}}},
    {"customer_impact": {"affected": [{"about": 612}]}},
    {"response": {"scores": [{"scale": "NPS", "points": [{"at": "2031-04-05", "value": -12.5}]}]}},
    {"contingency_plan": [{"if": "it happens", "within": "1h30m"}]},
    {"actions": [{"done": {"by": "2031-04-05"}}, {"done": "2031-04-05"}]},
    {"response": {"commitments": [{"kept": {"by": "2031-04-05"}}]}},
    {"page": {"search": {"exclude": True}}, "extra": {"jira": ["OPS-1"]}},
])
def test_what_the_gate_takes_the_schema_takes(right: dict[str, Any]) -> None:
    assert errors(OF_RECORDS, right) == []


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(record_schema())
    Draft202012Validator.check_schema(checklist_schema())


def test_every_key_says_what_it_holds() -> None:
    schema = record_schema()
    parts = [schema, *(part for part in schema["$defs"].values() if part.get("properties") and part["properties"].keys() not in ({"about"}, {"by"}))]
    silent = [key for part in parts for key, value in part["properties"].items() if not value.get("description")]
    assert silent == []
    assert schema["properties"]["reviewers"]["description"] == "Who read it before publication."


def test_the_command_prints_the_schema_without_settings(process: Command, tmp_path: Path) -> None:
    assert json.loads(process("schema", cwd=tmp_path).stdout) == record_schema()
    assert json.loads(process("schema", "--checklist", cwd=tmp_path).stdout) == checklist_schema()
