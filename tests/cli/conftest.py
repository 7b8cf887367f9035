"""A copy of the sample repository to work in, and the real command in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "cases" / "sample"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository of records in which nothing is wrong, with room above it for files that are none of its business."""
    folder = tmp_path / "site"
    shutil.copytree(SAMPLE, folder)
    return folder


@pytest.fixture
def amends(site: Path) -> Command:
    """Run `amends` with some arguments, in the repository unless `cwd` says otherwise."""
    def run(*arguments: str | bytes, cwd: Path = site, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, "-m", "amends_cli", *arguments], cwd=cwd, env={**os.environ, **environment},
                              capture_output=True, encoding="utf-8", errors="strict", check=False)
    return run


@pytest.fixture
def faulty(site: Path) -> Path:
    """The record, with an action that nobody owns: one error."""
    record = site / RECORD
    text = record.read_text(encoding="utf-8")
    owner = next(line for line in text.split("\nactions:\n")[1].split("\n") if line.strip().startswith("owner:"))
    head, tail = text.split("\nactions:\n")
    record.write_text(head + "\nactions:\n" + tail.replace(owner + "\n", "", 1), encoding="utf-8")
    return record
