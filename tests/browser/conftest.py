"""The built site of this repository in a real browser, served by a plain file server."""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import KINDS_OF_PAGE, ROOT, find_chromium, opened_chromium, served, write_site


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `kind_of_page` runs on one page of every kind."""
    if "kind_of_page" in metafunc.fixturenames:
        metafunc.parametrize("kind_of_page", KINDS_OF_PAGE.values())


@pytest.fixture(scope="session")
def kinds_of_page() -> list[str]:
    """One page of every kind, for a test that goes through them all with a warm cache."""
    return list(KINDS_OF_PAGE.values())


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Builds the site of a repository, and says where it is served until the tests end: below a sub-path, as on many hosts."""
    with contextlib.ExitStack() as servers:

        def run(repository: Path, **changes: object) -> str:
            folder = tmp_path_factory.mktemp("served")
            write_site(repository / "mkdocs.yml", folder / "kb", **changes)
            return servers.enter_context(served(folder, "kb"))

        yield run


@pytest.fixture(scope="session")
def address(serve: Callable[..., str]) -> str:
    """Where this repository's site is served."""
    return serve(ROOT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    if find_chromium() is None:
        reason = "no Chromium is installed, so nothing was looked at in a browser"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with opened_chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def printed() -> Callable[..., int]:
    """On how many sheets a page is printed, blank ones included."""
    return lambda page, **options: len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(**options)))
