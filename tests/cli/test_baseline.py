"""`amends check --baseline`: what was there when the gate was adopted stands, nothing new does, and the file only shrinks."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

RECORD = "incidents/2031/2031-04-05-site-deletion.md"
OTHER = "incidents/2031/2031-03-02-slow-search.md"
BASELINE = ("--baseline", "known.txt")

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def spoil(site: Path, path: str, word: str = "sve1") -> None:
    text = (site / path).read_text(encoding="utf-8")
    severity = next(line for line in text.splitlines() if line.startswith("severity:"))
    (site / path).write_text(text.replace(severity, f"severity: {word}", 1), encoding="utf-8")


@pytest.fixture
def frozen(amends: Command, site: Path, faulty: Path) -> Path:
    """The baseline of a repository with one finding."""
    assert amends("check", *BASELINE, "--update-baseline").returncode == 0
    return site / "known.txt"


def test_the_first_update_writes_what_is_found_a_line_a_finding(amends: Command, frozen: Path) -> None:
    comment, entry = frozen.read_text(encoding="utf-8").splitlines()
    assert comment.startswith("# ")
    assert entry[32:] == f" {RECORD}: P501 action A1 has no owner"
    done = amends("check", *BASELINE)
    assert done.returncode == 0
    assert done.stdout.startswith("2 records, 1 checklist: 0 errors, 0 warnings, 1 in the baseline")


def test_what_the_baseline_does_not_know_fails(amends: Command, site: Path, frozen: Path) -> None:
    spoil(site, OTHER)
    done = amends("check", *BASELINE)
    assert done.returncode == 1
    assert "P501" not in done.stdout
    assert f"{OTHER}:" in done.stdout
    assert ", 1 in the baseline" in done.stdout.splitlines()[-1]


def test_an_entry_stands_for_its_finding_wherever_its_line_moves(amends: Command, faulty: Path, frozen: Path) -> None:
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("\nactions:\n", "\n# A comment.\n\nactions:\n"), encoding="utf-8")
    assert amends("check", *BASELINE).returncode == 0


def test_an_update_takes_out_what_is_mended_and_never_adds(amends: Command, site: Path, faulty: Path, frozen: Path) -> None:
    before = frozen.read_text(encoding="utf-8")
    spoil(site, OTHER)
    done = amends("check", *BASELINE, "--update-baseline")
    assert done.returncode == 1
    assert frozen.read_text(encoding="utf-8") == before
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("- id: A1\n", "- id: A1\n    owner: sre\n", 1), encoding="utf-8")
    amends("check", *BASELINE, "--update-baseline")
    assert len(frozen.read_text(encoding="utf-8").splitlines()) == 1
    spoil(site, RECORD)
    amends("check", *BASELINE, "--update-baseline")
    assert len(frozen.read_text(encoding="utf-8").splitlines()) == 1


def test_an_entry_whose_finding_is_gone_is_a_finding_at_its_line(amends: Command, faulty: Path, frozen: Path) -> None:
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("- id: A1\n", "- id: A1\n    owner: sre\n", 1), encoding="utf-8")
    done = amends("check", *BASELINE)
    assert done.returncode == 0
    assert done.stdout.startswith(f"known.txt:2:1: F126 warning: what this line lets stand is no longer found: {RECORD}: P501 action A1")
    assert amends("check", *BASELINE, "--strict").returncode == 1


@pytest.mark.parametrize("words", [[OTHER], ["--ignore", "P"], ["--select", "F"], ["--ignore", "F126"]])
def test_a_check_that_can_not_know_calls_no_entry_stale(amends: Command, faulty: Path, frozen: Path, words: list[str]) -> None:
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("- id: A1\n", "- id: A1\n    owner: sre\n", 1), encoding="utf-8")
    assert "F126" not in amends("check", *BASELINE, *words).stdout


def test_what_git_can_not_be_asked_is_kept(amends: Command, site: Path, frozen: Path) -> None:
    entry = f"{'0' * 32} {RECORD}: G602 the due day of action A1 was moved"
    with frozen.open("a", encoding="utf-8") as file:
        file.write(f"{entry}\n")
    assert "F126" not in amends("check", *BASELINE).stdout
    amends("check", *BASELINE, "--update-baseline")
    assert entry in frozen.read_text(encoding="utf-8").splitlines()
    subprocess.run(["git", "init", "--quiet"], cwd=site, check=True)
    for words in (["add", "--all"], ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "x"]):
        subprocess.run(["git", *words], cwd=site, check=True)
    assert " F126 warning: " in amends("check", *BASELINE).stdout


def test_it_holds_for_single_files_and_for_a_change_too(amends: Command, site: Path, faulty: Path, frozen: Path) -> None:
    assert amends("check", *BASELINE, RECORD).returncode == 0
    for words in (["init", "--quiet"], ["add", "--all"], ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "x"]):
        subprocess.run(["git", *words], cwd=site, check=True)
    faulty.write_text(faulty.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert amends("check", "--since", "HEAD").returncode == 1
    done = amends("check", "--since", "HEAD", *BASELINE)
    assert (done.returncode, done.stdout) == (0, "1 of 2 records, 0 of 1 checklist: 0 errors, 0 warnings, 1 in the baseline\n")


def test_two_findings_alike_are_two_entries(amends: Command, site: Path, faulty: Path) -> None:
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("---\n", "---\nrelated: [{to: 2031-01-01-none}]\nrecurrence_of: [2031-01-01-none]\n", 1)
                      .replace("\nrecurrence_of: [2031-03", "\nx: [2031-03"), encoding="utf-8")
    amends("check", *BASELINE, "--update-baseline")
    assert amends("check", *BASELINE).returncode == 0
    keys = [line.split(" ")[0] for line in (site / "known.txt").read_text(encoding="utf-8").splitlines()[1:]]
    assert len(set(keys)) == len(keys) >= 2


def test_an_entry_is_one_line_of_plain_text_whatever_an_author_wrote(amends: Command, site: Path) -> None:
    spoil(site, RECORD, '"a\\e[31m\\u202e\\nb"')
    amends("check", *BASELINE, "--update-baseline")
    text = (site / "known.txt").read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert amends("check", *BASELINE).returncode == 0


def test_a_baseline_that_is_not_there_or_is_none_ends_with_2(amends: Command, site: Path) -> None:
    done = amends("check", *BASELINE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no baseline known.txt\n  help: --update-baseline writes one" in done.stderr
    (site / "known.txt").write_text("# fine\n\nP501 is fine\n", encoding="utf-8")
    done = amends("check", *BASELINE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 3 is no entry" in done.stderr


@pytest.mark.parametrize("words", [["--update-baseline"], [*BASELINE, "--update-baseline", RECORD], [*BASELINE, "--update-baseline", "--since", "x"],
                                   [*BASELINE, "--update-baseline", "--select", "F"]])
def test_an_update_of_less_than_everything_is_wrong_use(amends: Command, site: Path, words: list[str]) -> None:
    done = amends("check", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (site / "known.txt").exists()


def test_a_machine_reads_only_what_the_baseline_does_not_let_stand(amends: Command, frozen: Path) -> None:
    assert amends("check", *BASELINE, "--format", "json").stdout == "[]\n"
