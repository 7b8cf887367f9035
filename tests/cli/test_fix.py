"""`amends check --fix`: what is safe to mend is mended, and not a byte beside it."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

RECORD = "incidents/2031/2031-04-05-site-deletion.md"
CHECKLIST = "prevention/destructive-changes.md"

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def tabbed(text: bytes) -> bytes:
    """The record with its times indented by tabs."""
    head, tail = text.split(b"\ntimes:\n")
    times, rest = tail.split(b"\n\n", 1)
    return head + b"\ntimes:\n" + re.sub(rb"^(?:  )+(?=\S)", lambda match: b"\t" * (len(match[0]) // 2), times, flags=re.MULTILINE) + b"\n\n" + rest


SPOILT = {
    "byte-order-mark": lambda text: b"\xef\xbb\xbf" + text,
    "line-endings": lambda text: text.replace(b"\n", b"\r\n"),
    "tab-indentation": tabbed,
    "byte-order-mark, line-endings": lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("names", SPOILT)
def test_what_can_be_mended_is_mended_to_the_byte(amends: Command, site: Path, names: str) -> None:
    record = site / RECORD
    clean = record.read_bytes()
    record.write_bytes(SPOILT[names](clean))
    assert amends("check", "--strict").returncode == 1
    done = amends("check", "--fix", "--strict")
    assert record.read_bytes() == clean
    assert done.stderr == f"mended {RECORD}: {names}\n"
    assert done.returncode == 0
    assert amends("check", "--fix").stderr == ""


def test_all_else_stays_comments_blanks_and_the_files_mode(amends: Command, site: Path) -> None:
    record = site / RECORD
    text = record.read_bytes().replace(b"title: ", b"# A comment with\ttabs  \ntitle:   ", 1) + b"\n\tcode\n\n\n"
    record.write_bytes(text.replace(b"\n", b"\r\n"))
    record.chmod(0o640)
    amends("check", "--fix")
    assert record.read_bytes() == text
    assert record.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in record.parent.iterdir() if path.name.startswith(".amends")] == []


def test_tabs_are_left_where_what_was_meant_is_a_guess(amends: Command, site: Path) -> None:
    record = site / RECORD
    text = tabbed(record.read_bytes()).replace(b"\ttriggered", b"\ttrigered", 1)
    record.write_bytes(text)
    assert amends("check", "--fix").returncode == 1
    assert record.read_bytes() == text


def test_what_the_record_silences_and_what_is_not_chosen_is_left(amends: Command, site: Path) -> None:
    record = site / RECORD
    windows = record.read_bytes().replace(b"\n", b"\r\n")
    silenced = windows.replace(b"silence:\r\n", b"silence:\r\n  - {code: F110, why: Our ticket system writes these files on Windows.}\r\n", 1)
    for text, words in ((windows, ["--ignore", "F110"]), (windows, ["--select", "F109"]), (windows, [CHECKLIST]), (silenced, [])):
        record.write_bytes(text)
        amends("check", "--fix", *words)
        assert record.read_bytes() == text, words


def test_checklists_and_landing_pages_are_mended_too_and_templates_are_not(amends: Command, site: Path) -> None:
    files = [site / path for path in (CHECKLIST, "incidents/README.md")]
    template = site / "incidents" / "_template.md"
    template.write_bytes(b"a\r\n")
    before = [file.read_bytes() for file in files]
    for file, text in zip(files, before, strict=True):
        file.write_bytes(text.replace(b"\n", b"\r\n"))
    assert amends("check", "--fix").returncode == 0
    assert [file.read_bytes() for file in files] == before
    assert template.read_bytes() == b"a\r\n"


@pytest.mark.parametrize("raw", [b"---\ntitle: caf\xe9\r\n---\r\n", "---\r\ntitle: x\r\n---\r\n".encode("utf-16"), b"---\r\n\0---\r\n",
                                 b"\r\n" * 600_000], ids=["latin-1", "utf-16", "nul", "large"])
def test_a_file_that_can_not_be_read_is_left(amends: Command, site: Path, raw: bytes) -> None:
    (site / RECORD).write_bytes(raw)
    assert amends("check", "--fix").returncode == 1
    assert (site / RECORD).read_bytes() == raw


def test_a_diff_shows_and_changes_nothing(amends: Command, site: Path) -> None:
    record = site / RECORD
    spoilt = b"\xef\xbb\xbf" + record.read_bytes().replace(b"severity: sev1\n", b"severity: sev1\r\n", 1)
    record.write_bytes(spoilt)
    done = amends("check", "--diff")
    assert record.read_bytes() == spoilt
    assert done.returncode == 1
    assert "-severity: sev1\\r\n" in done.stdout
    assert "+severity: sev1\n" in done.stdout
    assert done.stdout.endswith("1 file would be mended\n")
    assert amends("check", "--diff", CHECKLIST).stdout == "0 files would be mended\n"
    assert amends("check", "--diff", "--fix").returncode == 1
    assert record.read_bytes() == spoilt


def test_nothing_is_written_outside_the_repository(amends: Command, site: Path, tmp_path: Path) -> None:
    (site / "incidents").rename(tmp_path / "elsewhere")
    (site / "incidents").symlink_to(tmp_path / "elsewhere")
    record = tmp_path / "elsewhere" / "2031" / Path(RECORD).name
    windows = record.read_bytes().replace(b"\n", b"\r\n")
    record.write_bytes(windows)
    done = amends("check", "--fix")
    assert (done.returncode, done.stdout) == (2, "")
    assert "leads out of" in done.stderr
    assert record.read_bytes() == windows


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_can_not_be_written_ends_with_2(amends: Command, site: Path) -> None:
    record = site / RECORD
    record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))
    record.parent.chmod(0o500)
    try:
        assert "can't be mended" in amends("check", "--fix").stderr
    finally:
        record.parent.chmod(0o700)
