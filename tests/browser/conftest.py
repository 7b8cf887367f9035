"""The built site of this repository in a real browser, served by a plain file server."""

import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, sync_playwright

from amends.site.headers import POLICY

ROOT = Path(__file__).parents[2]
PAGES = ["", "incidents/", "incidents/2022/", "incidents/2022/2022-04-05-atlassian-site-deletion/", "again/", "services/", "factors/shared-fate/", "promises/", "support/",
         "risks/", "actions/", "trust/", "prevention/", "prevention/rollout/", "rules/", "rules/p501/", "guides/settings/"]
"""One of every kind."""
ARGUMENTS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `kind_of_page` runs on one page of every kind."""
    if "kind_of_page" in metafunc.fixturenames:
        metafunc.parametrize("kind_of_page", PAGES)


@pytest.fixture(scope="session")
def kinds_of_page() -> list[str]:
    """One page of every kind, for a test that goes through them all with a warm cache."""
    return PAGES


def _chromium() -> str:
    path = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        reason = "no Chromium is installed, so nothing was looked at in a browser"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served: below a sub-path, as on many hosts."""
    folder = tmp_path_factory.mktemp("served")
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder / "kb"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    policy = (folder / "kb" / POLICY).read_text(encoding="utf-8").strip()

    class Handler(http.server.SimpleHTTPRequestHandler):
        """A plain file server that sends the policy the site asks for with every page."""

        def log_message(self, *_: object) -> None:
            pass

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/kb/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Builds the site of a repository, and says where it is served until the tests end."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def run(repository: Path) -> str:
        folder = tmp_path_factory.mktemp("served")
        config = load_config(str(repository / "mkdocs.yml"), site_dir=str(folder / "kb"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/kb/"

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    executable = _chromium()
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def printed() -> Callable[..., int]:
    """On how many sheets a page is printed, blank ones included."""
    return lambda page, **options: len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(**options)))
