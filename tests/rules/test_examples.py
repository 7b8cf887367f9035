"""Every rule's page is right: its headings, its code, and each example on it, run against a corpus in which nothing is wrong."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.gate.baseline import let_stand, parse_baseline, with_stale
from amends.gate.check import Report, check
from amends.rules import RULES
from amends.rules.rule import HEADINGS, Rule, Scope
from amends.settings import load_settings

SAMPLE = Path(__file__).parent.parent / "cases" / "sample"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"
CHECKLIST = "prevention/destructive-changes.md"

FAMILIES = {
    "files": "F1",
    "completeness": "R2",
    "times": "T3",
    "customers": "C4",
    "prevention": "P5",
    "history": "G6",
    "safety": "S7",
    "wording": "W8",
}
"""The rooms of the rules, and how the codes in each begin."""

FENCE = re.compile(r"^```(?P<language>\w+)(?P<rest>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMIT = re.compile(r'commit="(?P<number>\d+) (?P<day>\d{4}-\d{2}-\d{2})(?P<deleted> deleted)?"(?: clone="(?P<clone>[^"]+)")?$')
TITLE = re.compile(r'title="(?P<path>[^"()]+?)(?: \(saved as (?P<encoding>[\w-]+)\))?"')


@dataclass(frozen=True)
class Example:
    """What one example puts into the sample corpus: whole files, by path."""

    rule: Rule
    heading: str
    number: int
    files: dict[str, bytes]
    commits: "tuple[Commit, ...]" = ()
    clone: str | None = None
    """How the repository is cloned before it is looked at."""

    def __str__(self) -> str:
        return f"{self.rule.code}-{self.rule.name}-{self.heading.lower()}-{self.number}"


@dataclass
class Commit:
    """What one commit of an example does: files by path, None for one that it deletes."""

    day: str
    files: dict[str, bytes | None]


def sections(rule: Rule) -> dict[str, str]:
    """The text below each heading of a rule's page."""
    starts = list(re.finditer(r"^## (.+)$", outside_fences(rule.doc or ""), re.MULTILINE))
    ends = [match.start() for match in starts[1:]] + [None]
    return {match[1]: (rule.doc or "")[match.end() : end] for match, end in zip(starts, ends, strict=True)}


def outside_fences(text: str) -> str:
    """The text with its fences blanked out; everything else keeps its place."""
    return FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def with_keys(page: str, keys: str) -> str:
    """The page with its top-level keys replaced by those in `keys`; done on the text, so that `keys` may be no YAML at all."""
    _, front, body = page.split("---\n", 2)
    replaced = set(re.findall(r"^([A-Za-z_]\w*):", keys, re.MULTILINE))
    kept = [chunk for chunk in re.split(r"^(?=[A-Za-z_]\w*:)", front, flags=re.MULTILINE) if chunk.split(":", 1)[0] not in replaced]
    return f"---\n{keys}{''.join(kept)}---\n{body}"


def with_body(page: str, body: str) -> str:
    """The page with another story."""
    _, front, _ = page.split("---\n", 2)
    return f"---\n{front}---\n{body}"


def examples(rule: Rule, heading: str) -> Iterator[Example]:
    """The examples below one heading: each fence is one, and all fences with a title together are one."""
    record, checklist = (SAMPLE / RECORD).read_text("utf-8"), (SAMPLE / CHECKLIST).read_text("utf-8")
    titled: dict[str, bytes] = {}
    commits: list[Commit] = []
    clone: str | None = None
    number = 0
    for fence in FENCE.finditer(sections(rule)[heading]):
        language, rest, text = fence["language"], fence["rest"].strip(), fence["text"]
        if (made := COMMIT.search(rest)) is not None:
            if made["number"] == "1" and commits and commits[-1].day != made["day"]:
                number += 1
                yield history_example(rule, heading, number, commits, clone)
                commits = []
            if len(commits) < int(made["number"]):
                commits.append(Commit(made["day"], {}))
            title = TITLE.search(rest)
            path, page = (title["path"], text) if title else (RECORD, with_keys(record, text))
            commits[-1].files[path] = None if made["deleted"] else page.encode()
            clone = made["clone"] or clone
            continue
        if (title := TITLE.search(rest)) is not None:
            titled[title["path"]] = text.encode(title["encoding"] or "utf-8")
            continue
        number += 1
        if language == "markdown" and not rest:
            files = {RECORD: with_body(record, text)}
        elif language == "markdown" and rest == "checklist":
            files = {CHECKLIST: with_body(checklist, text)}
        elif language == "yaml" and not rest:
            files = {RECORD: with_keys(record, text)}
        elif language == "yaml" and rest == "checklist":
            files = {CHECKLIST: with_keys(checklist, text)}
        else:
            raise AssertionError(f"{rule.code}: the fence ```{language} {rest} has no meaning in an example")
        yield Example(rule, heading, number, {path: page.encode() for path, page in files.items()})
    if titled:
        yield Example(rule, heading, number + 1, titled)
    if commits:
        yield history_example(rule, heading, number + 1, commits, clone)


def history_example(rule: Rule, heading: str, number: int, commits: list[Commit], clone: str | None) -> Example:
    """An example that takes several versions; every file that it names counts as one that it changes."""
    return Example(rule, heading, number, {path: b"" for commit in commits for path in commit.files}, tuple(commits), clone)


def git(root: Path, *arguments: str, day: str = "2031-01-01") -> None:
    """Run git as somebody whose settings are their own."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ada", "GIT_COMMITTER_NAME": "Ada",
                   "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_EMAIL": "ada@example.org",
                   "GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00"}
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


def looked_at(example: Example, root: Path) -> Report:
    """What the gate says of an example."""
    if not example.commits:
        return checked(root, example.files)
    source = root / "source"
    source.mkdir()
    git(source, "init", "-q")
    for number, commit in enumerate(example.commits):
        if RECORD in commit.files or (number == 0 and RECORD not in example.files):
            shutil.copytree(SAMPLE, source, dirs_exist_ok=True)
        for path, content in commit.files.items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                (source / path).unlink()
            else:
                (source / path).write_bytes(content)
        git(source, "add", "--all")
        git(source, "commit", "-q", "-m", f"Version {number + 1}", day=commit.day)
    if example.clone:
        git(root, "clone", "-q", *example.clone.split(), f"file://{source}", "clone")
        source = root / "clone"
    return check(Corpus.open(load_settings(source / "mkdocs.yml")), RULES)


def checked(root: Path, files: dict[str, bytes]) -> Report:
    """What the gate says of the sample corpus with `files` in it."""
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    corpus = Corpus.open(load_settings(root / "mkdocs.yml"))
    report = check(corpus, RULES)
    if (baseline := files.get("baseline.txt")) is None:
        return report
    entries = parse_baseline(baseline.decode())
    return with_stale(let_stand(report, entries), entries, "baseline.txt", RULES, corpus)


def told(report: Report) -> str:
    """The findings, for the message of a test that fails."""
    return "\n".join(f"{d.path}:{d.line}:{d.column}: {d.code} {d.message}" for d in report.diagnostics) or "nothing"


BAD = [example for rule in RULES for example in examples(rule, "Bad")]
GOOD = [example for rule in RULES for example in examples(rule, "Good")]


@pytest.mark.parametrize("example", BAD, ids=str)
def test_every_bad_example_is_found(example: Example, tmp_path: Path) -> None:
    report = looked_at(example, tmp_path)
    found = [d for d in (*report.diagnostics, *report.silenced) if d.code == example.rule.code]
    assert found, f"{example} was not found; the gate said:\n{told(report)}"
    assert example.clone or any(d.path in example.files for d in found), f"found only in files that the example does not change:\n{told(report)}"


@pytest.mark.parametrize("example", GOOD, ids=str)
def test_no_good_example_is_found(example: Example, tmp_path: Path) -> None:
    report = looked_at(example, tmp_path)
    assert not [d for d in (*report.diagnostics, *report.silenced) if d.code == example.rule.code], (
        f"{example} was found; the gate said:\n{told(report)}"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rules_page_has_exactly_the_headings_and_examples_under_both(rule: Rule) -> None:
    assert rule.doc is not None
    first, blank, *_ = rule.doc.split("\n")
    assert first.endswith("."), f"{rule.code} does not begin with one line that names the fault"
    assert not blank, f"{rule.code} does not begin with one line that names the fault"
    assert tuple(re.findall(r"^#+ (.+)$", outside_fences(rule.doc), re.MULTILINE)) == HEADINGS
    assert all(text.strip() for text in sections(rule).values())
    assert list(examples(rule, "Bad"))
    assert list(examples(rule, "Good"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_named_after_its_module_and_numbered_after_its_family(rule: Rule) -> None:
    places = list(Path(SAMPLE.parents[2], "plugins/amends/rules").rglob(f"{rule.name.replace('-', '_')}.py"))
    assert len(places) == 1, f"{rule.name} should be told in one module of that name"
    assert rule.code.startswith(FAMILIES[places[0].parent.name])
    assert re.fullmatch(r"[A-Z]\d{3}", rule.code)


def test_codes_and_names_are_given_once_and_the_registry_is_sorted() -> None:
    codes, names = [rule.code for rule in RULES], [rule.name for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
    by_family = [[code for code in codes if code[0] == letter] for letter in dict.fromkeys(code[0] for code in codes)]
    assert all(family == sorted(family) for family in by_family)
    assert codes == [code for family in by_family for code in family], "a family is in two places"


def test_every_module_of_a_family_is_registered() -> None:
    rooms = Path(SAMPLE.parents[2], "plugins/amends/rules")
    written = {path.stem.replace("_", "-") for path in rooms.glob("*/*.py") if "RULE = Rule(" in path.read_text("utf-8")}
    assert written == {rule.name for rule in RULES}


def test_only_rules_of_reading_have_no_function() -> None:
    assert [rule.code for rule in RULES if (rule.check is None) != (rule.scope is Scope.READING)] == []


def test_the_sample_corpus_is_clean(tmp_path: Path) -> None:
    report = checked(tmp_path, {})
    assert told(report) == "nothing"
    assert (report.records, report.checklists) == (2, 1)


def test_the_sample_record_holds_the_whole_of_format_1() -> None:
    from amends import record as format_1
    from amends.reading.typed import Node

    corpus = Corpus.open(load_settings(SAMPLE / "mkdocs.yml"))
    sample = corpus.record_at(RECORD)
    seen: dict[type[Node], set[str]] = {}

    def look(part: object) -> None:
        if isinstance(part, Node):
            said = seen.setdefault(type(part), set())
            for key in part.fields():
                value = getattr(part, key, None) if hasattr(type(part), key) or key in part.__dict__ else getattr(part, f"{key}_", None)
                if value is not None:
                    said.add(key)
                look(value)
        elif isinstance(part, tuple):
            for entry in part:
                look(entry)

    look(sample)
    states = {"broken", "dropped", "closed", "ongoing"}  # what can't be true beside what the sample says
    nodes = [kind for kind in vars(format_1).values() if isinstance(kind, type) and issubclass(kind, Node) and kind is not Node]
    unsaid = {f"{kind.__name__}.{key}" for kind in nodes for key in kind.fields() if key not in seen.get(kind, set()) and key not in states}
    assert not unsaid
