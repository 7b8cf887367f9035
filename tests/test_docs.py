"""The guides are true: what users can set, run and write is told in them, their examples work, and their links lead somewhere."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
import yaml

from amends.anchors import slug
from amends.corpus import Corpus
from amends.gate.check import Report, check
from amends.reading.links import relative_links, resolve
from amends.reading.typed import Node
from amends.record import Record
from amends.rules import RULES
from amends.rules.rule import Rule, Scope
from amends.settings import DEFAULTS, REQUIREMENTS, load_settings
from amends.site.pages import _DIRECTIVE
from amends_cli.__main__ import COMMANDS, amends
from amends_cli.formats.json_array import as_json
from amends_cli.formats.text import as_text

ROOT = Path(__file__).parents[1]
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
TOLD = "\n".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
SETTINGS_GUIDE = ROOT / "docs" / "guides" / "settings.md"
RECORD_GUIDE = ROOT / "docs" / "guides" / "write-a-record.md"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [*GUIDES, ROOT / "README.md", ROOT / "docs" / "index.md"]

FENCE = re.compile(r"^(?P<mark>`{3,})(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^(?P=mark)$", re.MULTILINE | re.DOTALL)
GATE_GUIDE = ROOT / "docs" / "guides" / "gate-in-ci.md"


class Example(NamedTuple):
    """A block of code in a page."""

    page: Path
    language: str
    title: str
    text: str


def examples(*pages: Path) -> Iterator[Example]:
    """The blocks of code in the pages."""
    for page in pages:
        for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
            yield Example(page, fence["language"], fence["title"] or "", fence["text"])


def whole_files(*pages: Path) -> list[Example]:
    """The examples that are whole records or checklists."""
    return [example for example in examples(*pages) if example.text.startswith("---\n")]


def checked(folder: Path, files: list[Example], rules: tuple[Rule, ...] = RULES, paths: list[str] | None = None) -> Report:
    """What the gate says of a repository that holds these examples and nothing else."""
    (folder / "mkdocs.yml").write_text("site_name: Examples\nplugins: [search, amends]\n", encoding="utf-8")
    for example in files:
        path = folder / example.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.text, encoding="utf-8")
    return check(Corpus.open(load_settings(folder / "mkdocs.yml")), rules, paths)


def told(report: Report) -> list[str]:
    return [f"{found.path}:{found.line}: {found.code} {found.message}" for found in report.diagnostics]


# What is told ---------------------------------------------------------------------------------------------------------


def setting_names(settings: Mapping[str, Any]) -> Iterator[str]:
    """The names of every setting and of the keys within it; lists of words are the reader's own."""
    for name, value in settings.items():
        yield name
        if isinstance(value, dict):
            yield from setting_names(value)


@pytest.mark.parametrize("name", sorted(set(setting_names(DEFAULTS))))
def test_every_setting_is_told(name: str) -> None:
    assert f"`{name}`" in TOLD or re.search(rf"^ +{re.escape(name)}:", SETTINGS_GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_every_setting_has_a_row_in_the_table_of_settings(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", SETTINGS_GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_point_that_a_policy_can_ask_for_is_told(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", SETTINGS_GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_defaults_in_the_guide_are_the_defaults() -> None:
    shown = next(example for example in examples(SETTINGS_GUIDE) if example.title == "mkdocs.yml (the defaults)")
    (plugin,) = yaml.safe_load(shown.text)["plugins"]
    assert plugin["amends"] == DEFAULTS


@pytest.mark.parametrize("scope", sorted({*Scope} - {Scope.READING}))
def test_every_scope_that_a_rule_of_ones_own_can_have_is_told(scope: Scope) -> None:
    assert re.search(rf"^\| `{scope.name}` \|", SETTINGS_GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("page", [ROOT / "docs" / "guides" / "index.md", ROOT / "README.md"], ids=lambda page: page.name)
def test_every_command_is_told(name: str, page: Path) -> None:
    assert re.search(rf"^\| `amends {name}\b", page.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_commands_that_are_told_are_there_and_take_the_options_that_are_told() -> None:
    context = amends.make_context("amends", ["--help"], resilient_parsing=True)
    spoken = [line for page in (*PAGES, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md")
              for line in re.findall(r"amends ([a-z]+\b[^`\n|]*)", code(page.read_text(encoding="utf-8")))]
    assert spoken
    for line in spoken:
        name, *words = line.split()
        command = amends.get_command(context, name)
        assert command is not None, f"`amends {line}` is told, and there is no such command"
        known = {option for parameter in command.params for option in parameter.opts}
        assert not [word for word in words if word.startswith("--") and word not in known], line


def code(text: str) -> str:
    """What stands in code spans and in blocks of commands, a line each."""
    blocks = [match["text"] for match in FENCE.finditer(text) if match["language"] == "sh"]
    return "\n".join([*re.findall(r"(?<!`)`([^`\n]+)`(?!`)", FENCE.sub("", text)), *blocks])


@pytest.mark.parametrize("key", Record.fields())
def test_every_key_of_a_record_is_told(key: str) -> None:
    guide = RECORD_GUIDE.read_text(encoding="utf-8")
    assert re.search(rf"^(?:\| |#+ .*)`{key}`", guide, re.MULTILINE)


def parts(kind: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every key of the parts of a record, with the keys that lead to its part."""
    for key, annotation in kind.fields().items():
        if path:
            yield path, key
        pending = [annotation]
        while pending:
            part = pending.pop()
            pending.extend(get_args(part))
            if isinstance(part, type) and issubclass(part, Node):
                yield from parts(part, (*path, key))


def sections(text: str) -> dict[str, str]:
    """What stands under each heading, with the headings below it."""
    found = re.finditer(r"^(?P<level>#+) (?P<heading>[^\n]*)\n(?=(?P<text>.*?)(?:^(?!(?P=level)#)#+ |\Z))", text, re.MULTILINE | re.DOTALL)
    return {section["heading"]: section["text"] for section in found}


def told_of(path: tuple[str, ...]) -> str:
    """Where the guide tells of a part: its section, its row and where that leads; or else where it tells of what holds the part."""
    guide = RECORD_GUIDE.read_text(encoding="utf-8")
    by_anchor = {slug(heading): text for heading, text in sections(guide).items()}
    text = ""
    for key in path:
        within = text or guide
        row = "\n".join(re.findall(rf"^\| `{key}` \|.*", within, re.MULTILINE))
        own = [below for heading, below in sections(within).items() if f"`{key}`" in heading]
        text = "\n".join((row, *own, *(by_anchor[anchor] for anchor in re.findall(r"\(#([\w-]+)\)", row)))).strip() or text
    return text


@pytest.mark.parametrize(("path", "key"), sorted(set(parts(Record))), ids=lambda part: ".".join(part) if isinstance(part, tuple) else part)
def test_every_key_of_its_parts_is_told_where_the_part_is(path: tuple[str, ...], key: str) -> None:
    assert re.search(rf"`{key}[`:]|^[ -]*{key}:|[{{ ]{key}: ", told_of(path), re.MULTILINE)


@pytest.mark.parametrize("directive", re.findall(r"\w+", re.search(r"\(([\w|]+)\)", _DIRECTIVE.pattern)[1]))  # type: ignore[index]  # it matches
def test_every_directive_is_told_and_none_is_carried_out_where_it_is_told(directive: str) -> None:
    assert f"`<!-- amends:{directive} -->`" in TOLD
    assert not any(_DIRECTIVE.search(guide.read_text(encoding="utf-8")) for guide in GUIDES)


# What is shown --------------------------------------------------------------------------------------------------------


def test_the_whole_records_and_checklists_of_the_guides_are_clean(tmp_path: Path) -> None:
    files = whole_files(*GUIDES)
    assert all(example.title for example in files), "a whole record needs the name of its file as title"
    report = checked(tmp_path, files)
    assert told(report) == []
    assert (report.records, report.checklists) == (1, 1)


def test_the_shortened_record_of_the_readme_is_clean(tmp_path: Path) -> None:
    files = whole_files(ROOT / "README.md")
    assert [example.title for example in files]
    assert told(checked(tmp_path, files)) == []


@pytest.mark.parametrize("example", [each for each in examples(*PAGES) if each.title == "mkdocs.yml"], ids=lambda each: each.page.name)
def test_the_settings_that_are_shown_can_be_used(example: Example, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(example.text, encoding="utf-8")
    load_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize("example", [each for each in examples(*PAGES) if each.language == "yaml" and not each.title], ids=lambda each: each.page.name)
def test_the_parts_of_records_that_are_shown_are_well_formed(example: Example, tmp_path: Path) -> None:
    path = "incidents/2031/2031-06-02-a-part.md"
    part = Example(example.page, "markdown", path, f"---\ntitle: A part\n{example.text}---\n")
    faults = [line for line in told(checked(tmp_path, [part], paths=[path]))
              if not re.search(r": (?:P505|F120) ", line)]  # what the part points at is not there
    assert faults == []


def test_the_rule_of_a_sites_own_that_is_shown_works(tmp_path: Path) -> None:
    source = next(example.text for example in examples(SETTINGS_GUIDE) if example.title == "acme_amends_rules.py")
    package: dict[str, Any] = {}
    exec(compile(source, "acme_amends_rules.py", "exec"), package)
    (record,) = [example for example in whole_files(*GUIDES) if example.title.startswith("incidents/")]
    worse = record._replace(text=record.text.replace("severity: sev3", "severity: sev1"))
    assert told(checked(tmp_path, [record], package["RULES"])) == []
    (found,) = checked(tmp_path, [worse], package["RULES"]).diagnostics
    assert (found.code, found.name) == ("X901", "unposted-outage")


def test_the_finding_that_is_shown_is_what_the_gate_says(tmp_path: Path) -> None:
    files = [example._replace(text=example.text.replace("    kind: prevent\n    owner: payments\n", "    kind: prevent\n"))
             for example in whole_files(*GUIDES)]
    report = checked(tmp_path, files)
    shown = {example.language: example.text for example in examples(GATE_GUIDE)}
    assert shown["text"] == f"{as_text(report, colour=False)}\n{report.summary.removesuffix('; no git history: no repository')}\n"
    assert shown["json"] == f"{as_json(report)}\n"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_link_leads_to_a_file(name: str) -> None:
    links = relative_links((ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link.target for link in links if not (ROOT / resolve(name, link.target)).is_file()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_folder_and_module_that_is_named_is_there(name: str) -> None:
    spans = re.findall(r"`((?:plugins|tools|tests|docs|\.ci)/[\w./-]+|[a-z_]+\.py)`", (ROOT / name).read_text(encoding="utf-8"))
    assert spans
    assert [span for span in spans if not ((ROOT / span).exists() or list((ROOT / "plugins" / "amends").rglob(span)))] == []


# What those who carry it on are told ----------------------------------------------------------------------------------


def test_every_target_of_the_makefile_is_told() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert [target for target in phony[1].split() if f"`make {target}`" not in CONTRIBUTING and f"make {target}\n" not in CONTRIBUTING] == []


def test_every_measurement_is_told() -> None:
    scripts = {path.name for path in (ROOT / "tools" / "bench").glob("*.py")} - {"bench.py"}  # which `make bench` runs
    assert [name for name in sorted(scripts) if f"tools/bench/{name}" not in CONTRIBUTING] == []
