"""A copy of the sample repository to work in, and the command: in this process, or where that matters in one of its own."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from amends_cli.__main__ import main

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
def amends(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command line `amends …` in this process, in the repository unless `cwd` says otherwise."""
    def run(*arguments: str, cwd: Path = site) -> "subprocess.CompletedProcess[str]":
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["amends", *arguments])
        try:
            code = main()
        finally:
            gc.enable()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)
    return run


@pytest.fixture
def process(site: Path) -> Command:
    """Run `amends` as a process of its own, in an environment with some more variables."""
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
