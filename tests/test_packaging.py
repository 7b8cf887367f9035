"""What is shipped: what it needs is declared and has its reason, its types reach those who import it, and its sources can be tested."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
SHIPPED = [ROOT / folder for folder in PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]]


def names(requirements: Iterable[str]) -> set[str]:
    """The packages that are required, as an index has them."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower() for requirement in requirements}


def imported(path: Path) -> Iterator[str]:
    """The packages that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


NEEDED = names(PROJECT["dependencies"])
OPTIONAL = names(requirement for extra in PROJECT["optional-dependencies"].values() for requirement in extra)


def test_every_dependency_has_its_reason_and_no_other_package_does() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = contributing[contributing.index("| Package |"):].split("\n\n", 1)[0]
    told = {name.lower() for row in table.splitlines()[2:] for name in re.findall(r"`([\w-]+)`", row.split("|")[1])}
    assert told == NEEDED | OPTIONAL


def test_every_package_that_is_imported_is_declared() -> None:
    found = {module for folder in SHIPPED for path in folder.rglob("*.py") for module in imported(path)}
    foreign = found - {*(folder.name for folder in SHIPPED), *sys.stdlib_module_names}
    owners = packages_distributions()
    undeclared = {module: owners.get(module) for module in foreign if not names(owners.get(module, ())) & (NEEDED | OPTIONAL)}
    assert undeclared == {}
    assert {"mkdocs", "yaml", "markupsafe", "Stemmer"} <= foreign


def test_its_types_reach_those_who_import_it() -> None:
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "plugins" / "amends" / "py.typed").is_file()


def test_the_sources_hold_all_that_the_repository_does() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("these are the sources")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    always = {"pyproject.toml", "LICENSE", ".gitignore"}
    assert {path.split("/")[0] for path in listed} - always == set(PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
