"""`amends check --since`: what a change touches and what it breaks elsewhere, in real repositories."""

import json
import os
import re
import shutil
import stat
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLOW = "incidents/2031/2031-03-02-slow-search.md"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"
CHECKLIST = "prevention/destructive-changes.md"

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Git = Callable[..., str]


@pytest.fixture(autouse=True)
def _no_configuration_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "gitconfig").write_text("[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n[protocol \"file\"]\nallow = always\n",
                                        encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in [name for name in os.environ if name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")]:
        monkeypatch.delenv(name)


@pytest.fixture
def git(site: Path) -> Git:
    """Run git in the repository, whose branch `main` holds the clean sample and whose branch `work` begins there."""
    def run(*words: str, cwd: Path = site) -> str:
        return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, encoding="utf-8").stdout
    run("init")
    commit(run)
    run("switch", "-c", "work")
    return run


def commit(git: Git, *, message: str = "x") -> None:
    git("add", "--all")
    git("commit", "--message", message)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def spoil(file: Path, word: str = "sve1") -> None:
    """One error in a record: F113, at its severity."""
    file.write_text(re.sub(r"^severity: \w+$", f"severity: {word}", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE), encoding="utf-8")


def codes(done: "subprocess.CompletedProcess[str]") -> list[tuple[str, str]]:
    """Each finding as its file and code."""
    assert done.returncode in (0, 1), done.stderr
    return [(match[1], match[2]) for line in done.stdout.splitlines() if (match := re.match(r"(\S.*?):\d+:\d+: (\w+) ", line))]


# What is checked ----------------------------------------------------------------------------------------------------


def test_nothing_changed_is_nothing_checked(amends: Command, git: Git) -> None:
    done = amends("check", "--since", "main")
    assert (done.returncode, done.stdout) == (0, "0 of 2 records, 0 of 1 checklist: 0 errors, 0 warnings\n")


@pytest.mark.parametrize("state", ["committed", "staged", "unstaged", "untracked"])
def test_a_change_is_checked_in_whatever_state_it_is(amends: Command, site: Path, git: Git, state: str) -> None:
    file = site / SLOW
    if state == "untracked":
        file = site / "incidents/2031/2031-09-09 Über uns.md"
        file.write_text("", encoding="utf-8")
    else:
        spoil(file)
    if state in ("committed", "staged"):
        git("add", "--all")
    if state == "committed":
        git("commit", "--message", "x")
    done = amends("check", "--since", "main")
    assert {path for path, _ in codes(done)} == {file.relative_to(site).as_posix()}
    assert done.stdout.splitlines()[-1].startswith("1 of 3 records" if state == "untracked" else "2 of 2 records")  # one points at it


def test_what_was_wrong_before_fails_no_change_that_does_not_touch_it(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    spoil(site / RECORD)
    replace(site / RECORD, "## Summary", "See [nowhere](gone.md).\n\n## Summary")
    commit(git)
    git("switch", "-c", "later")
    replace(site / SLOW, "title: ", "title: Indeed, ")
    assert codes(amends("check", "--since", "main")) == []
    assert len(codes(amends("check"))) >= 2


def test_all_findings_of_a_touched_file_count_also_the_old_ones(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    spoil(site / SLOW)
    commit(git)
    git("switch", "-c", "later")
    replace(site / SLOW, "title: ", "title: Indeed, ")
    assert (SLOW, "F113") in codes(amends("check", "--since", "main"))


def test_what_the_other_branch_did_meanwhile_does_not_count(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    spoil(site / RECORD)
    commit(git)
    git("switch", "work")
    replace(site / SLOW, "title: ", "title: Indeed, ")
    commit(git)
    assert codes(amends("check", "--since", "main")) == []
    git("merge", "main")
    assert (RECORD, "F113") not in codes(amends("check", "--since", "main"))
    assert (RECORD, "F113") in codes(amends("check", "--since", "HEAD~1"))


# What it breaks elsewhere -------------------------------------------------------------------------------------------


def test_a_record_that_goes_breaks_those_that_point_at_it(amends: Command, site: Path, git: Git) -> None:
    (site / SLOW).unlink()
    done = amends("check", "--since", "main")
    assert (RECORD, "F120") in codes(done)
    assert done.stdout.splitlines()[-1].startswith("1 of 1 record, ")


def test_a_record_that_is_renamed_breaks_those_that_point_at_its_old_name(amends: Command, site: Path, git: Git) -> None:
    git("mv", SLOW, "incidents/2031/2031-03-02-very-slow-search.md")
    commit(git)
    assert (RECORD, "F120") in codes(amends("check", "--since", "main"))


def test_a_checklist_item_that_is_renamed_breaks_those_that_it_teaches(amends: Command, site: Path, git: Git) -> None:
    text = (site / CHECKLIST).read_text(encoding="utf-8")
    (site / CHECKLIST).write_text(text.replace("soft-delete", "soft-deletion"), encoding="utf-8")
    found = codes(amends("check", "--since", "main"))
    assert (RECORD, "P505") in found
    assert (CHECKLIST, "P506") in found  # in the file that was touched


def test_the_last_support_of_an_item_that_goes_is_found_in_the_checklist_that_was_not_touched(amends: Command, site: Path, git: Git) -> None:
    for record in (SLOW, RECORD):
        text = (site / record).read_text(encoding="utf-8")
        (site / record).write_text(re.sub(r"destructive-changes/[\w-]+", "", text), encoding="utf-8")
    assert (CHECKLIST, "P506") in codes(amends("check", "--since", "main"))


def test_an_action_that_goes_breaks_a_record_that_stands_for_it(amends: Command, site: Path, git: Git) -> None:
    text = (site / SLOW).read_text(encoding="utf-8")
    (site / SLOW).write_text(text.replace("id: A1", "id: A9"), encoding="utf-8")
    before = "same_as: 2031-03-02-slow-search/A1" in (site / RECORD).read_text(encoding="utf-8")
    assert ((RECORD, "F120") in codes(amends("check", "--since", "main"))) is before


def test_a_file_that_goes_breaks_links_and_a_link_that_goes_leaves_a_file_behind(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    (site / "incidents/2031/figures of may.csv").write_text("1,2\n", encoding="utf-8")
    replace(site / RECORD, "## Summary", "[Figures](figures%20of%20may.csv).\n\n## Summary")
    commit(git)
    git("switch", "-c", "later")
    (site / "incidents/2031/figures of may.csv").unlink()
    assert codes(amends("check", "--since", "main")) == [(RECORD, "F119")]
    git("restore", ".")
    replace(site / RECORD, "[Figures](", "[Numbers](https://example.org/#")
    assert ("incidents/2031/figures of may.csv", "F122") in codes(amends("check", "--since", "main"))


def test_a_name_that_is_taken_is_found_at_both_and_also_as_an_alias(amends: Command, site: Path, git: Git) -> None:
    folder = site / "incidents/2032"
    folder.mkdir()
    shutil.copy(site / SLOW, folder / "2031-03-02-Slow-search.md")
    found = codes(amends("check", "--since", "main"))
    assert (SLOW, "F117") in found


def test_changed_settings_check_everything_and_name_what_is_new(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    replace(site / RECORD, "## Summary", "See [nowhere](gone.md).\n\n## Summary")
    commit(git)
    git("switch", "-c", "later")
    (site / "mkdocs.yml").write_text((site / "mkdocs.yml").read_text(encoding="utf-8").replace(
        "promises: {uptime:", "promises: {uptimes:"), encoding="utf-8")
    done = amends("check", "--since", "main")
    found = codes(done)
    assert (RECORD, "F121") in found
    assert (RECORD, "F119") not in found
    assert done.stdout.splitlines()[-1].startswith("2 of 2 records, 1 of 1 checklist")


def test_a_file_that_the_settings_inherit_from_counts_as_settings(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    (site / "base.yml").write_text("site_name: x\n", encoding="utf-8")
    settings = site / "mkdocs.yml"
    settings.write_text("INHERIT: base.yml\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    commit(git)
    git("switch", "-c", "later")
    (site / "base.yml").write_text("site_name: y\n", encoding="utf-8")
    done = amends("check", "--since", "main")
    assert (done.returncode, done.stdout.splitlines()[-1][:14]) == (0, "2 of 2 records")


def test_the_files_that_the_settings_name_are_found_as_they_were(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    (site / "letters").mkdir()
    for name in ("one", "two"):
        (site / "letters" / f"{name}.md.j2").write_text("Dear customers,\n", encoding="utf-8")
    replace(site / "mkdocs.yml", "- amends:", "- amends:\n      letters: {en: letters/one.md.j2, de: letters/two.md.j2}")
    spoil(site / SLOW)
    commit(git)
    git("switch", "-c", "later")
    (site / "letters" / "one.md.j2").unlink()
    replace(site / "mkdocs.yml", "letters: {en: letters/one.md.j2, de: letters/two.md.j2}", "contact: Write to us.")
    assert codes(amends("check", "--since", "main")) == []


def test_where_there_were_no_settings_everything_is_new(amends: Command, site: Path, git: Git) -> None:
    git("switch", "--orphan", "old")
    git("checkout", "main", "--", "incidents", "prevention")
    spoil(site / SLOW)
    commit(git)
    git("checkout", "main", "--", "mkdocs.yml", "docs")
    assert codes(amends("check", "--since", "HEAD")) == codes(amends("check", "--ignore", "G")) != []


def test_a_finding_over_the_corpus_can_be_silenced_in_a_file_that_was_not_touched(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    replace(site / SLOW, "title: ", "silence:\n  - {code: F117, why: The two are being merged into one this week.}\ntitle: ")
    commit(git)
    git("switch", "-c", "later")
    (site / "incidents/2032").mkdir()
    shutil.copy(site / SLOW, site / "incidents/2032/2031-03-02-Slow-search.md")
    assert (SLOW, "F117") not in codes(amends("check", "--since", "main"))


def _write(path: str, text: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return change


def _edit(path: str, pattern: str, new: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        if (site / path).exists():
            (site / path).write_text(re.sub(pattern, new, (site / path).read_text(encoding="utf-8")), encoding="utf-8")
    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "an item renamed": _edit(CHECKLIST, "soft-delete", "soft-deletion"),
    "lessons lost": _edit(RECORD, r"destructive-changes/[\w-]+", "destructive-changes/other"),
    "lessons lost there too": _edit(SLOW, r"destructive-changes/[\w-]+", "destructive-changes/other"),
    "actions renamed": _edit(SLOW, r"id: A\d", "id: A9"),
    "a record gone": lambda site: (site / SLOW).unlink(missing_ok=True),
    "a checklist gone": lambda site: (site / CHECKLIST).unlink(missing_ok=True),
    "an alias taken": _edit(SLOW, "^---\n", "---\naliases: [INC-1234, 2031-04-05-site-deletion]\n"),
    "a name taken": _write("incidents/2032/2031-04-05-SITE-deletion.md", "---\ntitle: x\n---\n"),
    "a picture gone": lambda site: (site / "incidents/2031/a%20b.png").unlink(missing_ok=True),
    "a link gone": _edit(RECORD, r"a%2520b\.png", "https://example.org"),
    "settings": _edit("mkdocs.yml", "uptime:", "uptimes:"),
    "another folder": _edit("mkdocs.yml", "- amends:", "- amends:\n      prevention: docs"),
}


@pytest.mark.parametrize("first", CHANGES)
def test_it_finds_what_two_full_checks_say_is_new(amends: Command, site: Path, git: Git, first: str, tmp_path: Path) -> None:
    """The definition itself, by the long way: everything in touched files, and elsewhere what a check of the base does not find."""
    def all_found(folder: Path, *words: str) -> Counter[tuple[str, str, str]]:
        said = json.loads(amends("check", "--format", "json", "--ignore", "G", *words, cwd=folder).stdout)
        return Counter((found["path"], found["code"], found["message"]) for found in said)

    git("switch", "main")
    (site / "incidents/2031/a%20b.png").write_text("x", encoding="utf-8")
    replace(site / RECORD, "## Summary", "![Picture](a%2520b.png) and [nowhere](gone.md).\n\n## Summary")
    replace(site / SLOW, "title: ", "related: [{to: 2031-01-01-nothing}]\ntitle: ")
    commit(git)
    base = Path(shutil.copytree(site, tmp_path / "base"))
    for second in list(CHANGES)[list(CHANGES).index(first):]:
        git("reset", "--hard")
        git("clean", "-fd")
        CHANGES[first](site)
        CHANGES[second](site)
        touched = set(filter(None, git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames").split("\0")))
        paths = {entry[3:] for entry in touched}
        now, before = all_found(site), all_found(base)
        here = Counter({found: number for found, number in now.items() if found[0] in paths})
        elsewhere = Counter({found: number for found, number in (now - before).items() if found[0] not in paths})
        assert all_found(site, "--since", "HEAD") == here + elsewhere, f"{first} and {second}"


# Whatever a repository looks like -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2031-09-09-größe.md", "2031-09-09-with space.md", "2031-09-09-new\nline.md", "2031-09-09-\"quote\".md"])
def test_a_name_may_hold_any_sign(amends: Command, site: Path, git: Git, name: str) -> None:
    (site / "incidents/2031" / name).write_text("", encoding="utf-8")
    assert amends("check", "--since", "main").stdout.splitlines()[-1].startswith("1 of 3 records")
    commit(git)
    assert amends("check", "--since", "main").stdout.splitlines()[-1].startswith("1 of 3 records")
    (site / "incidents/2031" / name).unlink()
    commit(git)
    assert amends("check", "--since", "HEAD~1").stdout.splitlines()[-1].startswith("0 of 2 records")


def test_the_corpus_may_lie_in_a_folder_of_the_repository(amends: Command, tmp_path: Path, site: Path) -> None:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    (tmp_path / "other.txt").write_text("x", encoding="utf-8")
    (tmp_path / "base.yml").write_text("site_name: x\n", encoding="utf-8")
    settings = site / "mkdocs.yml"
    settings.write_text("INHERIT: ../base.yml\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    git("init")
    commit(git)
    (tmp_path / "other.txt").write_text("y", encoding="utf-8")
    spoil(site / SLOW)
    found = codes(amends("check", "--since", "HEAD"))
    assert (SLOW, "F113") in found
    assert {path for path, _ in found} == {SLOW}
    (tmp_path / "base.yml").write_text("site_name: y\n", encoding="utf-8")
    assert amends("check", "--since", "HEAD").stdout.splitlines()[-1].startswith("2 of 2 records, 1 of 1 checklist")


def test_a_repository_that_hashes_with_sha_256_is_read(amends: Command, site: Path, git: Git) -> None:
    shutil.rmtree(site / ".git")
    git("init", "--object-format=sha256")
    commit(git)
    (site / SLOW).unlink()
    assert (RECORD, "F120") in codes(amends("check", "--since", "HEAD"))


def test_a_submodule_is_a_repository_of_its_own(amends: Command, site: Path, git: Git, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git("init", cwd=outer)
    git("submodule", "add", f"file://{site}", "records", cwd=outer)
    spoil(outer / "records" / SLOW)
    assert (SLOW, "F113") in codes(amends("check", "--since", "HEAD", cwd=outer / "records"))


def test_a_worktree_and_a_detached_head_are_read(amends: Command, site: Path, git: Git, tmp_path: Path) -> None:
    git("worktree", "add", "--detach", str(tmp_path / "tree"), "main")
    spoil(tmp_path / "tree" / SLOW)
    assert (SLOW, "F113") in codes(amends("check", "--since", "main", cwd=tmp_path / "tree"))
    assert codes(amends("check", "--since", "main")) == []


def test_a_base_that_was_rewritten_is_compared_from_the_commit_that_is_left_in_common(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    spoil(site / SLOW, "one")
    commit(git)
    git("switch", "-c", "later")
    git("branch", "--force", "main", "HEAD~1")
    assert (SLOW, "F113") in codes(amends("check", "--since", "main"))


def test_a_conflict_that_is_not_resolved_is_a_finding_and_no_fault(amends: Command, site: Path, git: Git) -> None:
    replace(site / SLOW, "title: ", "title: One ")
    commit(git)
    git("switch", "main")
    replace(site / SLOW, "title: ", "title: Two ")
    commit(git)
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "work")
    assert (SLOW, "F104") in codes(amends("check", "--since", "HEAD"))


def test_the_users_configuration_changes_nothing(amends: Command, site: Path, git: Git, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    (site / ".gitattributes").write_text("*.md diff=spy\n", encoding="utf-8")
    spoil(site / SLOW)
    (site / "incidents/2031/2031-09-09-ä.md").write_text("", encoding="utf-8")
    plain = amends("check", "--since", "main").stdout
    for key, value in {"core.fsmonitor": str(hook), "core.pager": str(hook), "diff.external": str(hook), "diff.spy.textconv": str(hook),
                       "diff.spy.command": str(hook), "core.hooksPath": str(tmp_path), "color.ui": "always", "diff.noprefix": "true",
                       "diff.renames": "copies", "core.quotePath": "true", "diff.relative": "true", "diff.orderFile": "none",
                       "diff.ignoreSubmodules": "none", "core.excludesFile": str(tmp_path / "excludes")}.items():
        git("config", key, value)
    (tmp_path / "excludes").write_text("*.md\n", encoding="utf-8")
    (tmp_path / "post-index-change").symlink_to(hook)
    assert amends("check", "--since", "main").stdout == plain
    assert not (tmp_path / "ran").exists()


# Where it can't be known --------------------------------------------------------------------------------------------


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    _, help_ = done.stderr.rstrip("\n").split("\n")
    assert help_.startswith("  help: ")
    return done.stderr


@pytest.mark.parametrize("revision", ["nowhere", "origin/main", "--output=x", "", "HEAD^{tree}", "main\nx"])
def test_a_revision_that_is_not_there_ends_with_2(amends: Command, git: Git, site: Path, revision: str) -> None:
    refused(amends("check", f"--since={revision}"))
    assert not (site / "x").exists()


def test_a_shallow_clone_without_the_merge_base_says_what_to_fetch(amends: Command, site: Path, git: Git, tmp_path: Path) -> None:
    replace(site / SLOW, "title: ", "title: One ")
    commit(git)
    git("switch", "main")
    replace(site / RECORD, "title: ", "title: Two ")
    commit(git)
    subprocess.run(["git", "clone", "--depth=1", "--no-single-branch", "--branch=work", f"file://{site}", str(tmp_path / "shallow")], check=True,
                   capture_output=True)
    said = refused(amends("check", "--since", "origin/main", cwd=tmp_path / "shallow"))
    assert "have no commit in common" in said
    assert "git fetch --unshallow" in said
    assert "fetch-depth: 0" in said
    assert "git fetch --unshallow" in refused(amends("check", "--since", "main~1", cwd=tmp_path / "shallow"))


def test_unrelated_histories_end_with_2(amends: Command, site: Path, git: Git) -> None:
    git("switch", "--orphan", "other")
    git("checkout", "main", "--", ".")
    commit(git, message="another beginning")
    assert "have no commit in common" in refused(amends("check", "--since", "main"))


def test_without_a_repository_or_a_commit_it_ends_with_2(amends: Command, site: Path) -> None:
    assert "is in no git repository" in refused(amends("check", "--since", "main"))
    subprocess.run(["git", "init"], cwd=site, check=True, capture_output=True)
    assert "there is no commit yet" in refused(amends("check", "--since", "main"))


def test_a_repository_that_git_refuses_to_read_ends_with_2(amends: Command, site: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git("config", "core.bare", "true")
    assert "git can't compare: " in refused(amends("check", "--since", "main"))
    git("config", "core.bare", "false")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own way to test what it does in somebody else's repository
    assert "git refuses to read the repository: fatal: detected dubious ownership" in refused(amends("check", "--since", "main"))


def test_a_changed_file_of_phrases_counts_as_settings(amends: Command, site: Path, git: Git) -> None:
    git("switch", "main")
    phrases = site / "wording.yml"
    shutil.copy(ROOT / "plugins/amends/rules/wording/phrases/de.yml", phrases)
    replace(site / "mkdocs.yml", "- amends:", "- amends:\n      wording: {nl: ./wording.yml}")
    commit(git)
    git("switch", "-c", "later")
    phrases.write_text(phrases.read_text(encoding="utf-8") + "# Changed.\n", encoding="utf-8")
    assert amends("check", "--since", "main").stdout.splitlines()[-1].startswith("2 of 2 records, 1 of 1 checklist")


def test_without_git_it_ends_with_2(amends: Command, git: Git, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "there is no program `git`" in refused(amends("check", "--since", "main"))


def test_a_path_beside_it_is_wrong_use(amends: Command, git: Git) -> None:
    done = amends("check", "--since", "main", SLOW)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_partial_clone_fetches_nothing_and_is_told_as_what_it_is(git: Git, site: Path, amends: Command, tmp_path: Path) -> None:
    spoil(site / RECORD)
    commit(git)
    git("config", "uploadpack.allowFilter", "true")
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--filter=blob:none", f"file://{site}", str(clone))
    lacking = [word for word in git("rev-list", "--objects", "--all", "--missing=print", cwd=clone).split() if word.startswith("?")]
    done = amends("check", "--since", "origin/main", cwd=clone)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "this clone is partial, and lacks what changed files held before\n  help: clone without --filter\n"
    assert lacking == [word for word in git("rev-list", "--objects", "--all", "--missing=print", cwd=clone).split() if word.startswith("?")]
    assert lacking


def test_a_hook_whose_variables_point_elsewhere_changes_nothing(git: Git, site: Path, amends: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spoil(site / RECORD)
    commit(git)
    said = amends("check", "--since", "main").stdout
    assert "F113" in said
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(site / ".git"))
    assert amends("check", "--since", "main").stdout == said
