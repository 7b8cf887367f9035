"""The indexer: Pagefind's binary, told over its pipe what to index while MkDocs builds, and asked for the index at the end.

Its own Python wrapper waits a tenth of a second for each answer; here nobody waits until the end.
"""

import base64
import contextlib
import importlib
import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
"""The packages that bring the binary."""

_NOT_NEEDED = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")
"""Interfaces that Pagefind brings; ours takes their place."""


class PagefindError(Exception):
    """The indexer could not do what it was asked; the text says why."""


@cache
def find_binary() -> Path | None:
    """Where the binary lies; None where no package brings one that runs on this machine."""
    for package in PACKAGES:
        with contextlib.suppress(ImportError, OSError, subprocess.SubprocessError):
            binary = Path(importlib.import_module(package).get_executable())
            subprocess.run([str(binary), "--version"], check=True, capture_output=True, timeout=60)  # noqa: S603 - the package's own binary
            return binary
    return None


class Pagefind:
    """One run of the indexer, with several indexes in it."""

    def __init__(self, binary: Path) -> None:
        try:
            self._process = subprocess.Popen([str(binary), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - likewise
        except OSError as error:
            raise PagefindError(str(error)) from error
        self._indexes = self._sent = self._answered = 0
        self._folders: dict[int, Path] = {}
        """Where the files go that come in answer to a message, by its number."""
        self._faults: list[str] = []
        self._ended = False
        self._news = threading.Condition()
        # Answers are read as they come: with nobody at its end the pipe would fill up, and both sides would wait forever.
        self._answers = threading.Thread(target=self._read, daemon=True)
        self._answers.start()

    def new_index(self, exclude: Sequence[str] = ()) -> int:
        """Begin an index, in which elements that match `exclude` are left out; its number."""
        self._send({"type": "NewIndex", "config": {"exclude_selectors": list(exclude)}})
        self._indexes += 1
        return self._indexes - 1

    def add_page(self, index: int, url: str, html: str) -> None:
        """Add a page."""
        self._send({"type": "AddFile", "index_id": index, "url": url, "file_contents": html})

    def add_text(self, index: int, url: str, language: str, text: str, meta: Mapping[str, str], filters: Mapping[str, Sequence[str]]) -> None:
        """Add a text that is no page by itself."""
        self._send({"type": "AddRecord", "index_id": index, "url": url, "language": language, "content": text, "meta": dict(meta),
                    "filters": {name: list(values) for name, values in filters.items()}})

    def write(self, index: int, folder: Path) -> None:
        """Ask for the files of an index; they stand in `folder` after `finish`.

        They come over the pipe and are written here: told to write them, it answers before they are whole.
        """
        self._folders[self._sent + 1] = folder
        self._send({"type": "GetFiles", "index_id": index})

    def finish(self) -> None:
        """Wait until everything is done. Raises PagefindError where something was not done."""
        with self._news:
            self._news.wait_for(lambda: self._answered == self._sent or self._ended)
        done = self._answered == self._sent
        self.stop()
        if self._faults or not done:
            raise PagefindError(self._fault)

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._answers.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _send(self, payload: Mapping[str, Any]) -> None:
        self._sent += 1
        message = json.dumps({"message_id": self._sent, "payload": payload}).encode()
        try:
            self._process.stdin.write(base64.b64encode(message) + b",")  # type: ignore[union-attr]  # it was started with a pipe
            self._process.stdin.flush()  # type: ignore[union-attr]  # likewise
        except (OSError, ValueError) as error:
            raise PagefindError(self._fault) from error

    @property
    def _fault(self) -> str:
        return self._faults[0] if self._faults else "it ended before its work was done"

    def _read(self) -> None:
        """Read the answers, each followed by a comma, and keep what went wrong."""
        pieces: list[bytes] = []
        while read := self._process.stdout.read1(1 << 16):  # type: ignore[union-attr]  # it was started with a pipe
            *ends, rest = read.split(b",")
            for end in ends:
                self._hear(json.loads(base64.b64decode(b"".join((*pieces, end)))))
                pieces = []
            pieces.append(rest)
        with self._news:
            self._ended = True
            self._news.notify()

    def _hear(self, answer: Mapping[str, Any]) -> None:
        said = answer["payload"]
        fault = str(said.get("message")) if said["type"] == "Error" else None
        if "files" in said:
            try:
                _write(said["files"], self._folders[answer["message_id"]])
            except OSError as error:
                fault = str(error)
        with self._news:
            self._faults += [fault] if fault is not None else []
            self._answered += 1
            self._news.notify()


def _write(files: Sequence[Mapping[str, str]], folder: Path) -> None:
    for file in files:
        if not any(fnmatch(file["path"], pattern) for pattern in _NOT_NEEDED):
            path = folder / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(file["content"]))
