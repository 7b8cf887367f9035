import json
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

RECORD = "incidents/2031/2031-04-05-site-deletion.md"
NO_HISTORY = "; no git history: no repository"
CLEAN = f"2 records, 1 checklist: 0 errors, 0 warnings{NO_HISTORY}"

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def lines(text: str) -> list[str]:
    return text.splitlines()


def with_line(record: Path, old: str, new: str) -> None:
    text = record.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    record.write_text(text.replace(old, new, 1), encoding="utf-8")


# What is said, and the exit code ------------------------------------------------------------------------------------


def test_a_clean_repository_ends_with_0_and_the_count(process: Command) -> None:
    done = process("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{CLEAN}\n", "")


def test_a_finding_is_shown_with_its_place_and_remedy_and_ends_with_1(amends: Command, faulty: Path) -> None:
    done = amends("check")
    number = next(n for n, line in enumerate(lines(faulty.read_text("utf-8")), 1) if "- id: A1" in line)
    assert done.returncode == 1
    assert lines(done.stdout) == [
        f"{RECORD}:{number}:5: P501 error: action A1 has no owner",
        "  help: name the team that does it under `owner`",
        f"2 records, 1 checklist: 1 error, 0 warnings{NO_HISTORY}",
    ]


def test_json_is_one_array_on_stdout_and_the_count_goes_to_stderr(amends: Command, faulty: Path) -> None:
    done = amends("check", "--format", "json")
    (found,) = json.loads(done.stdout)
    assert list(found) == ["path", "line", "column", "code", "name", "level", "message", "help", "url"]
    assert (found["path"], found["column"], found["code"], found["name"], found["level"]) == (RECORD, 5, "P501", "unowned-action", "error")
    assert found["url"] == "https://incidents.example.org/rules/p501/"
    assert done.stderr == f"2 records, 1 checklist: 1 error, 0 warnings{NO_HISTORY}\n"
    assert done.returncode == 1


def test_one_wrong_time_is_one_finding(amends: Command, site: Path) -> None:
    with_line(site / RECORD, "  started: 2031-04-05T07:38Z", "  started: 2032-04-05T07:38Z")
    done = amends("check", "--select", "T303")
    assert lines(done.stdout)[0].split(" T303 error: ")[1] == (
        "`started` (5 Apr 2032, 07:38 UTC) comes after `first_report` (5 Apr 2031, 07:44 UTC) and 4 more of these times")
    assert lines(done.stdout)[1] == "  help: correct it"
    assert "1 error" in lines(done.stdout)[2]


def test_links_in_comments_and_to_names_with_spaces_are_right(amends: Command, site: Path) -> None:
    (site / "incidents/2031/my chart.png").write_bytes(b"")
    with_line(site / RECORD, "## Summary\n", "## Summary\n\n<!-- [gone](gone.md) -->\n\n![The queue](<my chart.png>), [that](<my chart.png>)\n\n`<!--` [gone](gone.md)\n")
    assert [line.split(" error: ")[1] for line in lines(amends("check", "--select", "F119").stdout)[:1]] == ["`gone.md` leads to no file: there is no incidents/2031/gone.md"]


def test_a_time_that_a_policy_asks_for_can_be_excused(amends: Command, site: Path) -> None:
    with_line(site / RECORD, "title:", "not_applicable: {resolved: It goes on for those who left.}\ntitle:")
    assert amends("check", "--select", "F125").returncode == 0


def test_guidance_below_a_heading_with_an_id_or_with_signs_behind_it_is_found(amends: Command, site: Path) -> None:
    checklist = site / "prevention/destructive-changes.md"
    with_line(checklist, "## soft-delete\n", "## soft-delete {#soft} ##\n")
    with_line(checklist, "## dry-run\n", "## dry-run ##\n")
    assert amends("check", "--select", "P513").returncode == 0


@pytest.mark.parametrize(("above", "help_"), [("\n", "delete the line above it"), ("\n\n", "delete the 2 lines above it"), (" ", "make the first line exactly `---`")])
def test_what_stands_above_the_front_matter_is_to_be_taken_out(amends: Command, site: Path, above: str, help_: str) -> None:
    (site / RECORD).write_text(above + (site / RECORD).read_text("utf-8"), encoding="utf-8")
    assert f"  help: {help_}" in lines(amends("check", "--select", "F102").stdout)


def test_json_of_a_clean_run_is_an_empty_array(amends: Command) -> None:
    assert json.loads(amends("check", "--format", "json").stdout) == []


def test_a_warning_fails_only_a_strict_check(amends: Command, site: Path) -> None:
    (site / "incidents" / "2031" / "left-over.txt").write_text("x", encoding="utf-8")
    done, strict = amends("check"), amends("check", "--strict")
    assert " F122 warning: " in done.stdout
    assert done.returncode == 0
    assert strict.returncode == 1
    assert strict.stdout == done.stdout


def test_what_is_silenced_is_only_counted(amends: Command, faulty: Path) -> None:
    with_line(faulty, "silence:\n", "silence:\n  - {code: P501, why: The team is being put together and takes it over in May.}\n")
    done = amends("check")
    assert (done.returncode, done.stdout) == (0, f"{CLEAN.removesuffix(NO_HISTORY)}, 1 silenced{NO_HISTORY}\n")


def test_the_same_check_says_the_same_twice(process: Command, faulty: Path) -> None:
    assert process("check").stdout == process("check", PYTHONHASHSEED="7").stdout


def test_a_closed_standard_output_is_told_on_the_other_one(site: Path) -> None:
    done = subprocess.run(f"{shlex.quote(sys.executable)} -m amends_cli check >&-", shell=True, cwd=site, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "amends failed: standard output is closed, so nothing can be said there\n")


def test_a_pipe_among_the_records_does_not_stop_the_check(process: Command, site: Path) -> None:
    os.mkfifo(site / "incidents" / "2031" / "2031-06-02-pipe.md")
    assert "2031-06-02-pipe.md:1:1: F122 warning: this is no file but a pipe" in process("check").stdout
    done = process("check", "incidents/2031/2031-06-02-pipe.md")
    assert done.returncode == 2
    assert done.stderr.startswith("incidents/2031/2031-06-02-pipe.md is no file, but a pipe or a device")


def test_a_letters_template_that_is_not_there_is_wrong_use(amends: Command, site: Path) -> None:
    with_line(site / "mkdocs.yml", "  - amends:\n", "  - amends:\n      letters: {en: nope.j2}\n")
    done = amends("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("there is no file `nope.j2` beside mkdocs.yml, which `letters.en` names\n  help: ")


def test_a_choice_that_leaves_no_rule_is_wrong_use(amends: Command) -> None:
    done = amends("check", "--select", "S", "--ignore", "S")
    assert (done.returncode, done.stdout) == (2, "")
    assert "leave no rule to check" in done.stderr


# Which rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--select", "F"], ["--select", "f101,R"], ["--ignore", "P501"], ["--ignore", "unowned-action"],
                                   ["--select", "P", "--ignore", "p501"], ["--ignore", "T,P"]])
def test_rules_that_are_not_chosen_say_nothing(amends: Command, faulty: Path, words: list[str]) -> None:
    assert amends("check", *words).returncode == 0


@pytest.mark.parametrize("words", [["--select", "P501"], ["--select", "unowned-action"], ["--select", "C,P"], ["--select", "F101", "--select", "P"]])
def test_rules_are_chosen_by_code_name_or_family(amends: Command, faulty: Path, words: list[str]) -> None:
    done = amends("check", *words)
    assert done.returncode == 1
    assert "P501" in done.stdout


@pytest.mark.parametrize(("word", "hint"), [("unownd-action", "did you mean `unowned-action`?"), ("P510l", "did you mean `P510`?"),
                                            ("Q", "`amends rule` lists them")])
def test_an_unknown_rule_is_wrong_use_and_the_nearest_is_offered(amends: Command, word: str, hint: str) -> None:
    done = amends("check", "--ignore", word)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{word}` is no rule" in done.stderr
    assert hint in done.stderr


# Which files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paths", "count"), [
    ([RECORD], "1 record, 0 checklists"),
    ([RECORD, RECORD, "incidents/2031/2031-03-02-slow-search.md"], "2 records, 0 checklists"),
    (["prevention/destructive-changes.md"], "0 records, 1 checklist"),
    (["incidents"], "2 records, 0 checklists"),
    (["incidents/2031/", "prevention"], "2 records, 1 checklist"),
    (["incidents/README.md"], "0 records, 0 checklists"),
])
def test_a_path_may_be_a_file_or_a_folder(amends: Command, paths: list[str], count: str) -> None:
    done = amends("check", *paths)
    assert (done.returncode, done.stdout) == (0, f"{count}: 0 errors, 0 warnings\n")


def test_the_folder_of_everything_is_everything(amends: Command) -> None:
    assert amends("check", ".").stdout == f"{CLEAN}\n"


def test_a_path_is_relative_to_the_working_directory_and_shown_relative_to_the_settings(amends: Command, faulty: Path) -> None:
    done = amends("check", faulty.name, cwd=faulty.parent)
    assert done.stdout.startswith(f"{RECORD}:")
    assert lines(done.stdout)[-1].startswith("1 record, 0 checklists: 1 error")


def test_everything_is_checked_from_a_subfolder_too(amends: Command, faulty: Path) -> None:
    assert amends("check", cwd=faulty.parent).stdout == amends("check").stdout


def test_the_settings_may_be_named_from_elsewhere(amends: Command, site: Path, faulty: Path, tmp_path: Path) -> None:
    done = amends("check", "--config", "site/mkdocs.yml", f"site/{RECORD}", cwd=tmp_path)
    assert done.stdout.startswith(f"{RECORD}:")


def test_the_folder_of_the_settings_stands_for_everything(amends: Command, faulty: Path) -> None:
    assert amends("check", "../..", cwd=faulty.parent).stdout == amends("check").stdout


def test_a_path_through_a_symbolic_link_is_found(amends: Command, site: Path, faulty: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").symlink_to(site)
    assert amends("check", f"{tmp_path}/elsewhere/{RECORD}").stdout.startswith(f"{RECORD}:")
    assert amends("check", RECORD, cwd=tmp_path / "elsewhere").stdout.startswith(f"{RECORD}:")


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs", "docs/index.md", "/etc/hosts", "../outside.md", "incidents-of-others.md"])
def test_a_path_outside_the_two_folders_is_wrong_use(amends: Command, site: Path, path: str) -> None:
    (site.parent / "outside.md").write_text("x", encoding="utf-8")
    (site / "incidents-of-others.md").write_text("x", encoding="utf-8")
    done = amends("check", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path} lies outside the folders incidents and prevention" in done.stderr


def test_a_path_that_is_not_there_is_wrong_use(amends: Command) -> None:
    done = amends("check", "incidents/2031/2031-04-05-gone.md")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'incidents/2031/2031-04-05-gone.md' does not exist" in done.stderr


def test_a_file_that_is_passed_over_is_named_with_the_reason(amends: Command, site: Path) -> None:
    folder = site / "incidents" / "2031"
    (folder / "_new.md").write_text("a template", encoding="utf-8")
    (folder / "2031-05-01-linked.md").symlink_to(site / RECORD)
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    done = amends("check", "--ignore", "F122")
    assert done.stdout == (f"{CLEAN.removesuffix(NO_HISTORY)}; passed over: incidents/2031/_new.md (a template), incidents/2031/2031-05-01-linked.md "
                           f"(a symbolic link){NO_HISTORY}\n")
    named = amends("check", *(f"incidents/2031/{name}" for name in ("_new.md", "2031-05-01-linked.md", "notes.txt")))
    assert "0 records, 0 checklists: 0 errors, 0 warnings; passed over: " in named.stdout
    for why in ("_new.md (a template)", "2031-05-01-linked.md (a symbolic link)", "notes.txt (not a Markdown file)"):
        assert why in named.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_read_is_named(amends: Command, site: Path) -> None:
    closed = site / "incidents" / "2030"
    closed.mkdir(mode=0)
    try:
        assert "passed over: incidents/2030 (a folder that can't be listed)" in amends("check").stdout
    finally:
        closed.chmod(0o700)


# Settings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("settings", "said"), [
    ("extra: " + "[" * 100_000, "nested more than 200 levels deep"),
    ("plugins: [", "mkdocs.yml:2:1: this is not YAML"),
    ("plugins:\n  - amends:\n      polcy: {}\n", "mkdocs.yml:3:7: `polcy` is not a key"),
    ("plugins:\n  - amends: {incidents: ../elsewhere}\n", "lies outside the folder of the settings"),
    ("INHERIT: missing.yml\n", "mkdocs.yml:1:1: INHERIT names `missing.yml`"),
    ("plugins:\n  - amends: {incidents: postmortems}\n", "there is no folder `postmortems`"),
    ("plugins:\n  - amends: {prevention: lists}\n", "there is no folder `lists`"),
])
def test_settings_that_cannot_be_used_end_with_2(amends: Command, site: Path, settings: str, said: str) -> None:
    (site / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = amends("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_settings_at_all_end_with_2(amends: Command, site: Path) -> None:
    (site / "mkdocs.yml").unlink()
    done = amends("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("there is no mkdocs.yml here or in a folder above\n")


def test_settings_that_are_not_there_end_with_2(amends: Command) -> None:
    done = amends("check", "--config", "other.yml")
    assert done.returncode == 2
    assert "other.yml" in done.stderr


# Names and texts from anywhere --------------------------------------------------------------------------------------


def test_a_file_name_that_is_not_utf_8_is_shown_and_checked(process: Command, site: Path) -> None:
    folder = os.fsencode(site / "incidents" / "2031")
    name = b"2031-06-01-caf\xe9.md"
    with open(folder + b"/" + name, "wb") as file:
        file.write(b"---\ntitle: x\nstatus: drft\n---\n")
    done = process("check")
    assert done.returncode == 1
    assert "incidents/2031/2031-06-01-caf\\xe9.md:3:9: F113 error" in done.stdout
    paths = {found["path"] for found in json.loads(process("check", "--format", "json").stdout)}
    assert paths == {"incidents/2031/2031-06-01-caf\\xe9.md"}
    assert process("check", b"incidents/2031/" + name).stdout.startswith("incidents/2031/2031-06-01-caf\\xe9.md:")
    (site / "docs").joinpath(os.fsdecode(name)).touch()
    assert "docs/2031-06-01-caf\\xe9.md lies outside" in process("check", b"docs/" + name).stderr


def test_what_an_author_writes_cannot_steer_the_terminal(process: Command, site: Path) -> None:
    record = site / RECORD
    with_line(record, "severity: sev1", 'severity: "sev1\\e[31m\\u202ered\\nincidents/fake.md:1:1: all is well"')
    done = process("check")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert not any(line.startswith("incidents/fake.md") for line in lines(done.stdout))
    assert "\\x1b[31m" in done.stdout


def test_output_in_a_narrow_encoding_does_not_fail(process: Command, site: Path) -> None:
    with_line(site / RECORD, "severity: sev1", "severity: 重大")
    done = process("check", PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert "`\\u91cd\\u5927` is not a value of `severity`" in done.stdout


# Where the output goes ----------------------------------------------------------------------------------------------


def on_a_terminal(command: list[str], folder: Path, **environment: str) -> str:
    """What a terminal receives from the command."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=folder, stdout=theirs, env={**os.environ, "TERM": "xterm", **environment})
    os.close(theirs)
    received = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # so Linux says that the other end is closed
            break
        if not part:
            break
        received += part
    os.close(ours)
    process.wait()
    return received.decode()


def test_colours_are_for_terminals(site: Path, faulty: Path) -> None:
    command = [sys.executable, "-m", "amends_cli", "check"]
    environment = {"NO_COLOR": ""}
    assert "P501 \x1b[31merror\x1b[0m: action A1" in on_a_terminal(command, site, **environment)
    assert "\x1b" not in on_a_terminal(command, site, NO_COLOR="1")


def test_output_in_a_file_is_plain(amends: Command, site: Path, faulty: Path) -> None:
    with open(site.parent / "out.txt", "w", encoding="utf-8") as file:
        done = subprocess.run([sys.executable, "-m", "amends_cli", "check"], cwd=site, stdout=file, check=False)
    assert done.returncode == 1
    assert (site.parent / "out.txt").read_text(encoding="utf-8") == amends("check").stdout


def test_a_reader_that_leaves_is_no_fault_and_changes_no_exit_code(site: Path, faulty: Path) -> None:
    for number in range(1, 3000):
        (site / f"incidents/2031/2031-05-05-empty-{number}.md").write_text("", encoding="utf-8")
    python = shlex.quote(sys.executable)
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {python} -m amends_cli check | head -n 1"], cwd=site, capture_output=True,
                          encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert len(lines(done.stdout)) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_told_in_one_line(site: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([sys.executable, "-m", "amends_cli", "check"], cwd=site, stdout=full, stderr=subprocess.PIPE,
                              encoding="utf-8", check=False)
    assert done.returncode == 2
    assert len(lines(done.stderr)) == 1
    assert "No space left on device" in done.stderr


# Rules of installed packages ----------------------------------------------------------------------------------------

OWN_RULE = '''"""A title in capitals."""
from amends.diagnostics import Finding, Level
from amends.rules.rule import Rule, Scope


def check(record, corpus):
    if record.title and record.title.isupper():
        yield Finding(("title",), "the title shouts", "write it in lower case")
    if record.title == "raise":
        raise RuntimeError("this is\\nnot meant to be")


RULE = Rule("X901", "loud-title", Level.ERROR, Scope.RECORD, check, __doc__)
'''


def install(folder: Path, code: str = OWN_RULE, entry: str = "loud:RULE") -> str:
    """Lay a package out as an editable install does: its metadata in one folder of the path, its code in another."""
    metadata, source = folder / "metadata", folder / "source"
    (metadata / "loud-1.0.dist-info").mkdir(parents=True)
    (metadata / "loud-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: loud\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "loud-1.0.dist-info" / "entry_points.txt").write_text(f"[amends.rules]\nloud = {entry}\n", encoding="utf-8")
    source.mkdir()
    (source / "loud.py").write_text(code, encoding="utf-8")
    return f"{metadata}{os.pathsep}{source}"


def test_a_rule_of_an_installed_package_is_run(process: Command, site: Path, tmp_path: Path) -> None:
    path = install(tmp_path / "own")
    with_line(site / RECORD, "title: ", "title: HELP\n#")
    done = process("check", PYTHONPATH=path)
    assert f"{RECORD}:3:8: X901 error: the title shouts" in done.stdout
    assert process("check", "--select", "loud-title", PYTHONPATH=path).returncode == 1
    assert "X901 error   loud-title" in process("rule", PYTHONPATH=path).stdout


def test_a_rule_in_the_checked_tree_is_never_loaded(process: Command, site: Path, tmp_path: Path) -> None:
    install(tmp_path / "own", "raise SystemExit('loaded')")
    for part in ("metadata/loud-1.0.dist-info", "source/loud.py"):
        (tmp_path / "own" / part).rename(site / Path(part).name)
    assert process("check").stdout == f"{CLEAN}\n"


def test_a_package_whose_rule_cannot_be_loaded_ends_with_2(process: Command, tmp_path: Path) -> None:
    done = process("check", PYTHONPATH=install(tmp_path / "own", entry="loud:GONE"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "the rules of `loud:GONE` can't be loaded" in done.stderr


def test_a_fault_of_ours_is_one_line_and_debug_shows_where(process: Command, site: Path, tmp_path: Path) -> None:
    path = install(tmp_path / "own")
    with_line(site / RECORD, "title: ", "title: raise\n#")
    done, debugged = process("check", PYTHONPATH=path), process("check", "--debug", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (2, "")
    assert lines(done.stderr) == ["amends failed, and that is our fault (--debug shows where): RuntimeError: this is\\nnot meant to be"]
    assert debugged.returncode == 2
    assert "loud.py" in debugged.stderr


# What start-up may cost ---------------------------------------------------------------------------------------------


def test_checking_one_file_imports_nothing_heavy(site: Path) -> None:
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "amends_cli", "check", RECORD], cwd=site, capture_output=True,
                          encoding="utf-8", check=True)
    imported = {line.rsplit("|", 1)[1].strip() for line in lines(done.stderr) if line.startswith("import time:")}
    heavy = {"mkdocs", "git", "rich", "pydantic", "markdown", "jinja2", "nh3", "detect_secrets", "phonenumbers", "stdnum", "jsonschema",
             "importlib.metadata", "difflib", "json", "email", "amends.site", "amends.publishing.export", "amends.scaffold", "amends.publishing.json_schema",
             "amends_cli.export", "amends_cli.new", "amends_cli.rule", "amends_cli.schema"}
    assert "amends.record" in imported
    assert {name for name in imported if any(name == module or name.startswith(f"{module}.") for module in heavy)} == set()
