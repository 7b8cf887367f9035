"""The preview, served for real: what is written while it runs is seen."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CASE = Path(__file__).parents[1] / "cases" / "sample"
RECORD = "incidents/2031/2031-04-05-site-deletion"
CHECKLIST = "prevention/destructive-changes"


class Preview:
    """`mkdocs serve` in a folder that begins without a record and without a checklist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._host = f"127.0.0.1:{free.getsockname()[1]}"
        (folder / "docs").mkdir()
        (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
        (folder / "mkdocs.yml").write_text("site_name: What we learned\ntheme: {name: material, font: false}\nplugins: [amends]\n", encoding="utf-8")
        with (folder / "log").open("w") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", self._host], cwd=folder,
                                            stdout=log, stderr=log)
        self.wait_for("", 200)

    def wait_for(self, page: str, status: int) -> None:
        """Wait until the page answers so."""
        end = time.monotonic() + 60
        while self._status(page) != status:
            assert time.monotonic() < end, (self.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.2)

    def _status(self, page: str) -> int:
        try:
            with urllib.request.urlopen(f"http://{self._host}/{page}", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def write(self, name: str) -> None:
        """Bring a file of the sample in."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CASE / f"{name}.md", self.folder / f"{name}.md")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    preview = Preview(tmp_path)
    try:
        yield preview
    finally:
        preview.process.terminate()
        preview.process.wait()


def test_a_folder_that_is_made_later_is_seen_also_when_it_was_taken_away(preview: Preview) -> None:
    preview.write(RECORD)
    preview.wait_for(f"{RECORD}/", 200)
    preview.write(CHECKLIST)
    preview.wait_for(f"{CHECKLIST}/", 200)
    shutil.rmtree(preview.folder / "prevention")
    preview.wait_for(f"{CHECKLIST}/", 404)
    preview.write(CHECKLIST)
    preview.wait_for(f"{CHECKLIST}/", 200)
    (preview.folder / f"{CHECKLIST}.md").rename(preview.folder / "prevention" / "other.md")
    preview.wait_for("prevention/other/", 200)
