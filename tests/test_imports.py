"""The direction of imports: `amends_cli` → core ← `amends.site`, and a gate that loads nothing heavy."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "plugins" / "amends"
COMMAND = ROOT / "tools" / "amends_cli"
SITE = PACKAGE / "site"

CORE = sorted(path for path in PACKAGE.rglob("*.py") if SITE not in path.parents)
RULE_FILES = sorted(path for path in (PACKAGE / "rules").glob("*/*.py"))

FOR_RULES = {
    "amends.anchors", "amends.checklist", "amends.corpus", "amends.customers.clock", "amends.customers.obligations", "amends.diagnostics",
    "amends.history", "amends.policy", "amends.reading.document", "amends.reading.links", "amends.reading.moments",
    "amends.reading.timeline", "amends.reading.typed", "amends.record", "amends.rules.entries", "amends.rules.rule", "amends.rules.signs",
    "amends.rules.texts", "amends.settings",
}
"""What a rule may import, beside the standard library and its own family."""


def imports(path: Path, *, anywhere: bool) -> Iterator[str]:
    """The modules that a file imports: at its top, or `anywhere` in it. What only type checkers see is left out."""
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(PACKAGE.parent if PACKAGE in path.parents else COMMAND.parent).parts[:-1]
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending.extend(node.orelse)
        elif anywhere or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            pending.extend(ast.iter_child_nodes(node))


def within(module: str, *packages: str) -> bool:
    """Whether `module` is one of `packages` or lies in one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def named(path: Path) -> str:
    """A file as a test's name shows it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CORE, ids=named)
def test_the_core_knows_neither_mkdocs_nor_a_command_line_nor_its_two_ends(path: Path) -> None:
    outside = ("mkdocs", "material", "click", "amends_cli", "amends.site")
    assert not [module for module in imports(path, anywhere=True) if within(module, *outside)]


@pytest.mark.parametrize("path", CORE, ids=named)
def test_the_core_loads_git_only_where_it_is_asked_for(path: Path) -> None:
    assert not [module for module in imports(path, anywhere=False) if within(module, "git", "gitdb")]


def test_no_parts_of_the_core_import_each_other_in_a_circle() -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for path in CORE:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        parts[own] |= {module.split(".")[1] for module in imports(path, anywhere=False) if module.startswith("amends.")} - {own}
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        pytest.fail(" ← ".join(error.args[1]))


def test_the_site_never_imports_the_command() -> None:
    found = {named(path): module for path in SITE.rglob("*.py") for module in imports(path, anywhere=True) if within(module, "amends_cli")}
    assert not found


def test_the_command_never_imports_the_site() -> None:
    found = {named(path): module for path in COMMAND.rglob("*.py") for module in imports(path, anywhere=True)
             if within(module, "amends.site", "mkdocs")}
    assert not found


@pytest.mark.parametrize("path", RULE_FILES, ids=named)
def test_a_rule_imports_what_it_judges_and_nothing_else(path: Path) -> None:
    family = f"amends.rules.{path.parent.name}"
    allowed = (*FOR_RULES, family, *sys.stdlib_module_names)
    assert not [module for module in imports(path, anywhere=False) if not within(module, *allowed) and module != "amends.rules"]


def test_loading_the_gate_loads_nothing_heavy() -> None:
    heavy = ("mkdocs", "material", "click", "git", "pydantic", "rich", "markdown", "jinja2", "nh3",
             "detect_secrets", "phonenumbers", "stdnum", "difflib")
    script = f"import sys, amends.gate.check, amends.rules, amends.settings; print(*[m for m in {heavy} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not loaded
