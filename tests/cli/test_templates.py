"""What is ready to use in CI: the templates are what their hosts take, their commands run, and nothing from outside becomes a part of a script."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"
BIN = Path(sys.executable).parent

HOSTS = {
    ROOT / "action.yml": "vendor.github-actions",
    EXAMPLES / "gitlab-ci.yml": "vendor.gitlab-ci",
    **dict.fromkeys(sorted((EXAMPLES / "github").glob("*.yml")), "vendor.github-workflows"),
}


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Every step of an action or a workflow that runs something."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    jobs = [held["runs"]] if "runs" in held else held["jobs"].values()
    yield from (step for job in jobs for step in job["steps"] if "run" in step)


STEPS = [pytest.param(step, id=f"{path.stem}-{step.get('name')}") for path, schema in HOSTS.items() if "github" in schema for step in steps(path)]


@pytest.mark.parametrize(("path", "schema"), HOSTS.items(), ids=lambda value: getattr(value, "name", value))
def test_the_host_takes_the_template(path: Path, schema: str) -> None:
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)], capture_output=True, encoding="utf-8",
                          check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("step", STEPS)
def test_nothing_from_outside_is_a_part_of_a_script(step: dict[str, Any]) -> None:
    assert "${{" not in step["run"]
    assert subprocess.run(["bash", "-n"], input=step["run"], encoding="utf-8", check=False).returncode == 0


@pytest.mark.parametrize("path", [path for path, schema in HOSTS.items() if schema == "vendor.github-workflows"], ids=lambda path: path.name)
def test_a_workflow_asks_for_no_more_than_it_needs(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"]["contents"] == "read"
    assert "pull_request_target" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in HOSTS if path.name != "action.yml"], ids=lambda path: path.name)
def test_every_template_asks_for_the_whole_history(path: Path) -> None:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "jobs" in held:
        checkouts = [step for job in held["jobs"].values() for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert [step["with"]["fetch-depth"] for step in checkouts] == [0]
    else:
        assert held["variables"]["GIT_DEPTH"] == 0


# Run for real -------------------------------------------------------------------------------------------------------


@pytest.fixture
def clone(site: Path, faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose branch brings one error in over what `origin/main` holds, as a host checks it out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "A")
        monkeypatch.setenv(f"{name}_EMAIL", "a@example.org")
    bad = faulty.read_text(encoding="utf-8")
    faulty.write_text((ROOT / "tests/cases/sample" / RECORD).read_text(encoding="utf-8"), encoding="utf-8")
    for words in (["init", "-b", "main"], ["add", "--all"], ["commit", "-m", "x"]):
        subprocess.run(["git", *words], cwd=site, check=True, capture_output=True)
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", str(site), str(folder)], check=True, capture_output=True)
    (folder / RECORD).write_text(bad, encoding="utf-8")
    subprocess.run(["git", "commit", "--all", "-m", "y"], cwd=folder, check=True, capture_output=True)
    return folder


def run(script: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script], cwd=folder, capture_output=True, encoding="utf-8",
                          check=False, env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "NO_MKDOCS_2_WARNING": "1", **environment})


def script(path: Path, name: str) -> str:
    return next(str(step["run"]) for step in steps(path) if step.get("name") == name)


@pytest.fixture
def action(clone: Path, tmp_path: Path) -> Any:
    """Run the action's check, with the inputs as a runner would give them."""
    (tmp_path / "runner" / "amends").mkdir(parents=True)
    (tmp_path / "runner" / "amends" / "bin").symlink_to(BIN)
    declared = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]

    def check(**inputs: str) -> "subprocess.CompletedProcess[str]":
        values = {name.upper(): given["default"] for name, given in declared.items()}
        values.update({name.upper(): value for name, value in inputs.items()})
        return run(script(ROOT / "action.yml", "Check"), clone, RUNNER_TEMP=str(tmp_path / "runner"), **values)
    return check


def test_the_action_annotates_what_a_pull_request_brings(action: Any) -> None:
    done = action(github_base_ref="main")
    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file={RECORD},line=")
    assert "1 of 2 records" in done.stderr


def test_the_action_checks_everything_elsewhere_and_takes_its_inputs(action: Any, clone: Path) -> None:
    assert "2 records, 1 checklist: 1 error" in action().stderr
    assert action(since="HEAD").returncode == 0
    assert action(format="sarif", output="found.sarif", github_base_ref="main").returncode == 1
    assert (clone / "found.sarif").read_text(encoding="utf-8").startswith("{")
    assert action(config="missing.yml").returncode == 2
    assert action(baseline="missing.txt").returncode == 2


@pytest.mark.parametrize("name", ["$(touch owned)", "`touch owned`", "main; touch owned", "main' || touch owned '", "--output=owned"])
def test_a_branch_name_is_never_run(action: Any, clone: Path, name: str) -> None:
    assert action(github_base_ref=name).returncode == 2
    assert action(since=name).returncode == 2
    assert not (clone / "owned").exists()


def test_the_gate_for_github_runs(clone: Path) -> None:
    gate = EXAMPLES / "github" / "gate.yml"
    done = run(script(gate, "What the pull request brings"), clone, BASE="main")
    assert (done.returncode, done.stdout[:8]) == (1, "::error ")
    assert run(script(gate, "Everything"), clone).returncode == 1


@dataclass
class Host:
    """A repository on GitHub, as `gh` sees it, and what it holds."""

    folder: Path

    @property
    def path(self) -> str:
        return f"{self.folder}:{BIN}:{os.environ['PATH']}"

    @property
    def held(self) -> dict[str, Any]:
        held: dict[str, Any] = json.loads((self.folder / "held.json").read_text(encoding="utf-8"))
        return held

    def run(self, script: str, clone: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        return run(script, clone, PATH=self.path, STAND_IN=str(self.folder / "held.json"), GH_REPO="acme/shop", **environment)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    folder = tmp_path / "host"
    folder.mkdir()
    stand_in = Path(__file__).with_name("stand_in_gh.py")
    (folder / "gh").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(stand_in))} "$@"\n', encoding="utf-8")
    (folder / "gh").chmod(0o755)
    comments = [{"id": 1, "user": {"login": "somebody"}, "body": "<!-- amends-advise -->\nA quotation."},
                {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "What another workflow says."}]
    issues = [{"number": 1, "label": "bug", "state": "open", "title": "A bug", "body": "It is broken."}]
    (folder / "held.json").write_text(json.dumps({"comments": comments, "issues": issues, "labels": ["bug"]}), encoding="utf-8")
    return Host(folder)


def test_the_audit_for_github_keeps_one_issue_open_while_something_is_due(clone: Path, host: Host) -> None:
    tell = script(EXAMPLES / "github" / "audit.yml", "Tell what is due").replace("amends audit", "amends audit --today \"$TODAY\"")
    (bug,) = host.held["issues"]

    def on(day: str) -> list[dict[str, Any]]:
        done = host.run(tell, clone, TODAY=day)
        assert done.returncode == 0, done.stderr
        before, *issues = host.held["issues"]
        assert before == bug
        return issues

    assert on("2031-01-01") == []
    (opened,) = on("2039-01-01")
    assert (opened["state"], opened["body"][:19]) == ("open", "# Due on 2039-01-01")
    (edited,) = on("2039-01-08")
    assert (edited["number"], edited["state"], edited["body"][:19]) == (opened["number"], "open", "# Due on 2039-01-08")
    (closed,) = on("2031-01-01")
    assert (closed["state"], closed["comment"]) == ("closed", "Nothing is due any more.")
    assert [issue["state"] for issue in on("2039-01-15")] == ["closed", "open"]
    (clone / "mkdocs.yml").unlink()
    assert host.run(tell, clone, TODAY="2039-01-01").returncode == 2


def test_the_advice_for_github_is_one_comment_of_its_own_and_goes_with_what_it_was_about(clone: Path, host: Host) -> None:
    workflow = EXAMPLES / "github" / "advise.yml"
    others = host.held["comments"]
    settings = clone / "mkdocs.yml"
    bare = settings.read_text(encoding="utf-8")

    def ask(paths: str) -> "subprocess.CompletedProcess[str]":
        held = yaml.safe_load(bare)
        held["plugins"] = [{"amends": {"paths": {"boards": [paths]}}}]
        settings.write_text(yaml.safe_dump(held), encoding="utf-8")
        return run(script(workflow, "Ask what was learned"), clone, BASE="main", GITHUB_STEP_SUMMARY=os.devnull, RUNNER_TEMP=str(host.folder))

    def comment() -> list[str]:
        done = host.run(script(workflow, "Comment"), clone, NUMBER="7", RUNNER_TEMP=str(host.folder))
        assert done.returncode == 0, done.stderr
        held = host.held["comments"]
        assert held[:2] == others
        return [each["body"] for each in held[2:]]

    assert ask("/nowhere/").returncode == 0
    assert comment() == []
    assert ask("/incidents/").returncode == 0
    (first,) = comment()
    assert first.startswith("<!-- amends-advise -->\n### Before you go on: ")
    (clone / "incidents" / "2031" / "sketch.txt").write_text("x\n", encoding="utf-8")
    assert ask("*.txt").returncode == 0
    (edited,) = comment()
    assert edited == first.replace(RECORD, "incidents/2031/sketch.txt")
    assert ask("/nowhere/").returncode == 0
    assert comment() == []


def test_without_paths_the_advice_for_github_fails_as_its_head_says(clone: Path, tmp_path: Path) -> None:
    workflow = EXAMPLES / "github" / "advise.yml"
    done = run(script(workflow, "Ask what was learned"), clone, BASE="main", GITHUB_STEP_SUMMARY=os.devnull, RUNNER_TEMP=str(tmp_path))
    assert (done.returncode, "under `paths`" in done.stderr) == (2, True)
    assert "the setting `paths`" in "".join(workflow.read_text(encoding="utf-8").splitlines(keepends=True)[:3])


@pytest.mark.parametrize("path", [EXAMPLES / "github" / "pages.yml", EXAMPLES / "gitlab-ci.yml", ROOT / "docs" / "guides" / "gate-in-ci.md"],
                         ids=lambda path: path.name)
def test_where_a_site_is_built_its_search_is_installed_first(path: Path) -> None:
    before = path.read_text(encoding="utf-8").partition("mkdocs build --strict")[0]
    assert re.findall(r"pip install (?:--quiet )?(.+?)(?:  #.*)?$", before, re.MULTILINE)[-1] == '"amends[search]"'


def test_the_template_for_gitlab_runs(clone: Path) -> None:
    held = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8"))
    (clone / ".gate").mkdir()
    (clone / ".gate" / "bin").symlink_to(BIN)
    base = subprocess.run(["git", "merge-base", "origin/main", "HEAD"], cwd=clone, check=True, capture_output=True, encoding="utf-8").stdout.strip()

    def job(name: str) -> "subprocess.CompletedProcess[str]":
        return run("\n".join(held[name]["script"]), clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)

    assert job("gate").returncode == 1
    assert RECORD in (clone / held["gate"]["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")
    assert job("everything").returncode == 1
    assert (clone / held["everything"]["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8").startswith("<?xml")
    assert job("audit").returncode in (0, 1)
    assert (clone / "digest.md").exists()


# pre-commit ---------------------------------------------------------------------------------------------------------

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_pre_commit_checks_the_files_of_a_commit(hook: dict[str, Any], site: Path, faulty: Path, clone: Path, tmp_path: Path) -> None:
    """The hook as it stands, except that pre-commit takes the command that is installed here and installs none."""
    local = {**hook, "language": "system"}
    (clone / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}), encoding="utf-8")

    def commit(path: str, text: str) -> "subprocess.CompletedProcess[str]":
        (clone / path).write_text(text, encoding="utf-8")
        return run(f"git add --all && {shlex.quote(sys.executable)} -m pre_commit run --color never", clone, PRE_COMMIT_HOME=str(tmp_path / "home"))

    other = "incidents/2031/2031-03-02-slow-search.md"
    clean = (clone / other).read_text(encoding="utf-8")
    done = commit(other, clean + "\nMore.\n")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout
    done = commit(other, re.sub(r"^severity: \w+$", "severity: sve1", clean, flags=re.MULTILINE))
    assert done.returncode == 1
    assert f"{other}:" in done.stdout
    assert "F113" in done.stdout
    assert "P501" not in done.stdout  # in a file that is not a part of the commit
    assert run(f"{shlex.quote(sys.executable)} -m pre_commit validate-manifest {shlex.quote(str(ROOT / '.pre-commit-hooks.yaml'))}", clone,
               PRE_COMMIT_HOME=str(tmp_path / "home")).returncode == 0
