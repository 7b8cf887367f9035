"""A built site in a real browser: what the tests, the pictures and the benchmarks have in common."""

import contextlib
import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, sync_playwright

from amends.site.headers import POLICY

ROOT = Path(__file__).parents[1]
"""This repository."""

KINDS_OF_PAGE = {
    "home": "",
    "register": "incidents/",
    "year": "incidents/2022/",
    "record": "incidents/2022/2022-04-05-atlassian-site-deletion/",
    "again": "again/",
    "services": "services/",
    "factor": "factors/shared-fate/",
    "promises": "promises/",
    "support": "support/",
    "risks": "risks/",
    "actions": "actions/",
    "trust": "trust/",
    "prevention": "prevention/",
    "checklist": "prevention/rollout/",
    "rules": "rules/",
    "rule": "rules/p501/",
    "guide": "guides/settings/",
}
"""One page of every kind on this repository's own site, by what it is."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic")
"""Without what a browser asks of other hosts on its own account."""


def write_site(settings: Path, folder: Path, **changes: Any) -> None:
    """Build the site of a `mkdocs.yml` into a folder, as `mkdocs build` does; `changes` replace its settings."""
    config = load_config(str(settings), site_dir=str(folder), **changes)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


@contextlib.contextmanager
def served(folder: Path, below: str = "", *, with_policy: bool = True) -> Iterator[str]:
    """The address of the site that lies in `folder / below`, from a plain file server that this machine alone reaches.

    Every answer carries the policy that the site asks for, where it asks for one, unless bytes are counted.
    """
    policy = folder / below / POLICY
    handler = type("Handler", (_Handler,), {"policy": policy.read_text(encoding="utf-8").strip() if with_policy and policy.is_file() else None})
    server = _Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{below}{below and '/'}"
    finally:
        server.shutdown()
        server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that leaves before it has its answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    policy: str | None

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Name the policy before the headers end."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


def find_chromium() -> str | None:
    """Where Chromium is installed, or None."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextlib.contextmanager
def opened_chromium() -> Iterator[Browser]:
    """Headless Chromium, as installed on this machine. Raises LookupError where there is none."""
    executable = find_chromium()
    if executable is None:
        raise LookupError("Chromium is needed; on Debian: apt install chromium")
    arguments = [*_QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*_QUIET]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
