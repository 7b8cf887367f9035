"""`amends advise`: what it prints, which change it looks at, and how it ends."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from markdown import markdown

ROOT = Path(__file__).parents[2]
CASE = ROOT / "tests" / "cases" / "learning"
SECRET = "incidents/2031/2031-07-01-secret.md"

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Git = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository in which incidents have taught something, in place of the sample."""
    return Path(shutil.copytree(CASE, tmp_path / "learning"))


@pytest.fixture(autouse=True)
def _a_wide_terminal_and_no_configuration_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "gitconfig").write_text("[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n[protocol \"file\"]\nallow = always\n",
                                        encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def git(site: Path) -> Git:
    """Run git in the repository, whose branch `main` holds everything and whose branch `work` begins there."""
    def run(*words: str, cwd: Path = site) -> str:
        return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, encoding="utf-8").stdout
    run("init")
    run("add", "--all")
    run("commit", "--message", "x")
    run("switch", "-c", "work")
    return run


def write(path: Path, text: str = "x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# What it says ---------------------------------------------------------------------------------------------------------


def test_it_says_what_to_check_who_paid_for_it_and_how_to_prove_it(amends: Command) -> None:
    done = amends("advise", "--service", "database", "--stage", "change")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == """Before you go on: Database · change

 1. Try the change on a *copy* of the real data first, as the first incident shows.
    SEV1 2031-06-01 A second schema change locks the orders table: 12,000 customers · 4 h · outage; and 2 more
    Known since 2030-05-20, and failed all the same: in the incident that began on 2031-06-01.
    Prove it: The request for the change names the copy and how long the change took there.
    prevention/changes.md:7

 2. Make the change in one place, and wait, before it is made in the next.
    SEV1 2031-06-01 A second schema change locks the orders table: 12,000 customers · 4 h · outage
    prevention/changes.md:15
2 of 4 items, earned by 3 incidents; 1 more whatever the service; 1 more whatever the stage
"""


def test_the_list_is_short_and_says_how_much_more_there_is(amends: Command) -> None:
    done = amends("advise", "--service", "database", "--stage", "change", "--limit", "1")
    assert " 2. " not in done.stdout
    assert done.stdout.endswith("1 of 4 items, earned by 3 incidents; 1 more with --limit 2; 1 more whatever the service; 1 more whatever the stage\n")


def test_where_nothing_fits_all_it_says_so_and_marks_what_fits_some(amends: Command) -> None:
    words = ("advise", "--service", "Kiosk", "--stage", "While it runs", "--limit", "1")
    done = amends(*words)
    assert (done.returncode, done.stderr) == (0, "nothing fits all of `Kiosk · operate`; what fits some of it is marked with what it does not fit\n")
    assert done.stdout.startswith("""Before you go on: Kiosk · operate

 1. Have a spare kiosk ready before one is changed.
    SEV1 2031-06-20 Another company locks its tables: 500,000 customers · 4 h · outage
    Fits the service, not the stage.
""")
    assert "  <br>*Fits the service, not the stage.*\n" in amends(*words, "--format", "markdown").stdout
    (item,) = json.loads(amends(*words, "--format", "json").stdout)
    assert (item["item"], item["answers"], item["lacks"]) == ("kiosks/spare", ["service"], ["stage"])


def test_for_the_database_of_this_repository_the_list_is_worth_reading(amends: Command) -> None:
    done = amends("advise", "--service", "database", "--stage", "change", "--stage", "operate", "--format", "json", cwd=ROOT)
    found = [item["item"] for item in json.loads(done.stdout)]
    assert {"destructive-changes/soft-delete", "backups-and-restore/restore-tested"} <= set(found[:3])
    own = [item.partition("/")[0] in ("destructive-changes", "backups-and-restore") for item in found]
    assert own == sorted(own, reverse=True)  # what is for all services comes after what the database earned


def test_the_output_that_the_guide_shows_is_what_it_says(amends: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = _module(ROOT / "tests" / "test_docs.py")
    guide = ROOT / "docs" / "guides" / "learn-before-a-change.md"
    shown = next(example for example in docs.examples(guide) if example.title == "what it says")
    (tmp_path / "guide").mkdir()
    docs.checked(tmp_path / "guide", docs.whole_files(*docs.GUIDES))
    monkeypatch.setenv("COLUMNS", "110")
    assert amends("advise", "--service", "billing", "--stage", "operate", cwd=tmp_path / "guide").stdout == shown.text


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_of_amends", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_markdown_is_a_task_list_with_links_to_the_site(amends: Command) -> None:
    done = amends("advise", "--service", "database", "--format", "markdown")
    page = BeautifulSoup(markdown(done.stdout), "html.parser")
    assert page.h3.get_text() == "Before you go on: Database"
    assert [item.get_text().strip()[:8] for item in page.select("li")] == ["[ ] Try ", "[ ] Make", "[ ] Rest"]
    assert {link["href"] for link in page.select("a")} == {
        "https://lessons.example.org/incidents/2031/2031-06-01-second/", "https://lessons.example.org/incidents/2031/2031-06-20-outside/",
        "https://lessons.example.org/prevention/changes/#on-a-copy", "https://lessons.example.org/prevention/changes/#one-at-a-time",
        "https://lessons.example.org/prevention/databases/#restore"}
    assert done.stderr == "3 of 4 items, earned by 3 incidents\n"


def test_what_authors_wrote_opens_no_tag_calls_nobody_and_begins_no_block(amends: Command, site: Path) -> None:
    checklist = site / "prevention" / "databases.md"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace(
        "check: Restore a backup every week, and ask it questions.",
        "check: '# <script>alert(1)</script> @acme/everyone see #12, [here](../incidents/2030/2030-05-01-first.md) [there](javascript:x) and [elsewhere](https://example.org)'"), encoding="utf-8")
    line = next(line for line in amends("advise", "--service", "database", "--format", "markdown").stdout.splitlines() if "script" in line)
    assert line == "- [ ] &#35; &lt;script>alert(1)&lt;/script> @\u2060acme/everyone see #\u206012, here there and [elsewhere](https://example.org)"


def test_json_holds_everything_for_tools(amends: Command) -> None:
    done = amends("advise", "--service", "database", "--limit", "1", "--format", "json")
    (item,) = json.loads(done.stdout)
    assert (item["item"], item["path"], item["line"], item["stage"], item["answers"]) == ("changes/on-a-copy", "prevention/changes.md", 7, "change", ["service"])
    assert item["incidents"][0] == {
        "stem": "2031-06-01-second", "title": "A second schema change locks the orders table", "severity": "sev1",
        "path": "incidents/2031/2031-06-01-second.md", "url": "https://lessons.example.org/incidents/2031/2031-06-01-second/", "actions": ["A1", "A2"],
        "affected": "12,000 customers", "lasted": "4 h", "harms": ["outage"]}
    assert item["known"] == [{"stem": "2031-06-01-second", "since": "2030-05-20", "witness": "author", "began": "2031-06-01T08:00+00:00"}]


def test_where_nothing_was_learned_it_says_so_and_ends_with_0(amends: Command) -> None:
    done = amends("advise", "--factor", "capacity", "--service", "kiosk", "--stage", "customers")
    assert done.returncode == 0
    nothing = amends("advise", "--stage", "customers", "--format", "markdown")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert nothing.stderr == "0 of 4 items; nothing was learned of this yet\n"
    assert amends("advise", "--stage", "customers", "--format", "json").stdout == "[]\n"


# Restricted records ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_tells_of_a_restricted_record(amends: Command, site: Path, form: str) -> None:
    checklist = site / "prevention" / "databases.md"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace(
        "and ask it questions.", "as [the leak of seven](../incidents/2031/2031-07-01-secret.md) and 2031-07-01-secret taught."), encoding="utf-8")
    done = amends("advise", "--service", "database", "--stage", "operate", "--format", form)
    assert "(restricted)" in done.stdout
    for word in ("secret", "seven", "must not be told"):
        assert word not in done.stdout


def test_a_word_that_only_a_restricted_record_uses_is_unknown(amends: Command, site: Path) -> None:
    settings = site / "mkdocs.yml"
    settings.write_text("plugins: [amends]\n", encoding="utf-8")
    record = site / SECRET
    record.write_text(record.read_text(encoding="utf-8").replace("services: [database]", "services: [takeover]"), encoding="utf-8")
    done = amends("advise", "--service", "takeovr")
    assert done.returncode == 2
    assert "did you mean" not in done.stderr
    assert "`takeover`" not in done.stderr


# A change -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["committed", "staged", "unstaged", "untracked"])
def test_a_change_is_looked_at_in_whatever_state_it_is(amends: Command, site: Path, git: Git, state: str) -> None:
    write(site / "db" / "tables.txt")
    if state != "untracked":
        git("add", "--all")
    if state in ("committed", "unstaged"):
        git("commit", "--message", "x")
    if state == "unstaged":
        git("switch", "main")
        git("merge", "work")
        git("switch", "-c", "more")
        write(site / "db" / "tables.txt", "y")
    done = amends("advise", "--since", "main")
    assert done.stdout.startswith("Before you go on: Database\n  Database: db/tables.txt\n\n 1. Try the change"), done.stderr


def test_what_only_the_other_branch_changed_does_not_count(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    write(site / "db" / "tables.txt")
    git("add", "--all")
    git("commit", "--message", "x")
    git("switch", "work")
    write(site / "kiosk" / "screen.txt")
    assert amends("advise", "--since", "main").stdout.startswith("Before you go on: Kiosk\n")


def test_what_changed_is_joined_with_what_is_asked_for(amends: Command, site: Path, git: Git) -> None:
    for name in ("db/a.txt", "db/b.txt", "db/c.txt"):
        write(site / name)
    said = amends("advise", "--since", "main", "--service", "web", "--stage", "change").stdout
    assert said.startswith("Before you go on: Database, Web · change\n  Database: db/a.txt and 2 more\n")
    assert "- Database: db/a.txt and 2 more" in amends("advise", "--since", "main", "--format", "markdown").stdout.splitlines()


def test_a_change_that_touches_no_service_says_so(amends: Command, site: Path, git: Git) -> None:
    write(site / "README.md")
    done = amends("advise", "--since", "main")
    assert (done.returncode, done.stdout) == (
        0, "0 of 4 items; nothing was learned of this yet: what changed lies in no service that `paths` names\n")


def test_patterns_count_from_the_top_of_the_repository_whose_change_it_is(amends: Command, site: Path, tmp_path: Path, git: Git) -> None:
    code = tmp_path / "code"
    write(code / "db" / "tables.txt")
    git("init", cwd=code)
    git("add", "--all", cwd=code)
    git("commit", "--message", "x", cwd=code)
    write(code / "db" / "tables.txt", "y")
    (code / "deep").mkdir()
    done = amends("advise", "--since", "HEAD", "--config", str(site / "mkdocs.yml"), cwd=code / "deep")
    assert "  Database: db/tables.txt\n" in done.stdout


def test_a_name_of_a_branch_is_never_run_or_taken_for_an_option(amends: Command, site: Path, git: Git) -> None:
    for name in ("$(touch owned)", "--output=owned", "main; touch owned"):
        assert amends("advise", f"--since={name}").returncode == 2
    assert not (site / "owned").exists()


# Wrong use ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "message"), [
    ([], "say what is about to change\n  help: "),
    (["--limit", "3"], "say what is about to change\n  help: "),
    (["--service", "databse"], "`databse` is no service that the records, the checklists or the settings know\n  help: did you mean `database`?"),
    (["--stage", "chang"], "`chang` is no stage"),
    (["--factor", "\x1b[31m"], "\\x1b[31m"),
    (["--since", "nowhere"], "git knows no revision `nowhere`\n  help: "),
])
def test_wrong_use_ends_with_2_and_says_what_to_do(amends: Command, git: Git, words: list[str], message: str) -> None:
    done = amends("advise", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_without_a_repository_it_says_so(amends: Command) -> None:
    done = amends("advise", "--since", "main")
    assert done.returncode == 2
    assert "is in no git repository\n  help: " in done.stderr


def test_without_a_map_it_says_what_to_write(amends: Command, site: Path, git: Git) -> None:
    settings = site / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").split("      paths:")[0], encoding="utf-8")
    done = amends("advise", "--since", "main")
    assert done.returncode == 2
    assert done.stderr.startswith("the settings do not say where the code of a service lies\n  help: write it under `paths`")


def test_in_a_shallow_clone_it_says_what_to_fetch(amends: Command, site: Path, git: Git, tmp_path: Path) -> None:
    write(site / "db" / "tables.txt")
    git("add", "--all")
    git("commit", "--message", "x")
    clone = tmp_path / "clone"
    git("clone", "--depth", "1", "--branch", "work", f"file://{site}", str(clone), cwd=tmp_path)
    done = amends("advise", "--since", "origin/main", cwd=clone)
    assert done.returncode == 2
    assert "this clone is shallow" in done.stderr


@pytest.mark.parametrize(("old", "new", "message"), [
    ("[/db/, \"*.sql\"]", "[\"!\"]", "`paths.database` holds a pattern that is none"),
    ("        database: [/db/", "        databse: [/db/", "`databse` is no service of the vocabulary\n  help: did you mean `database`?"),
    ("[/db/, \"*.sql\"]", "/db/", "`database` takes a list"),
])
def test_a_map_that_is_wrong_is_named(amends: Command, site: Path, git: Git, old: str, new: str, message: str) -> None:
    settings = site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert old in text
    settings.write_text(text.replace(old, new), encoding="utf-8")
    done = amends("advise", "--since", "main")
    assert done.returncode == 2
    assert message in done.stderr


def test_a_checklist_that_can_not_be_read_is_named(amends: Command, site: Path) -> None:
    write(site / "prevention" / "broken.md", "---\ntitle: [\n---\n")
    assert amends("advise", "--stage", "change").stdout.endswith("; passed over: prevention/broken.md (its front matter can't be read)\n")


def test_start_up_loads_nothing_that_the_question_does_not_need() -> None:
    code = ("import sys; sys.argv = ['amends', 'advise', '--stage', 'change']; from amends_cli.__main__ import main; main();"
            "print(sorted({'mkdocs', 'git', 'pathspec', 'markdown', 'subprocess'} & set(sys.modules)), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code], cwd=CASE, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == "[]\n"
