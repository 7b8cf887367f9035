"""Real builds of real sites: what MkDocs writes is what is asserted on."""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config

CASES = Path(__file__).parents[1] / "cases"


@dataclass
class Site:
    """A built site."""

    folder: Path
    log: list[logging.LogRecord]

    def page(self, url: str) -> BeautifulSoup:
        """The page at `url`, relative to the site's root."""
        return BeautifulSoup((self.folder / url).read_text(encoding="utf-8"), "html.parser")

    def text(self, url: str) -> str:
        """What a reader of the page's content reads."""
        return " ".join(self.page(url).select_one("article").get_text(" ").split())

    @property
    def pages(self) -> dict[str, BeautifulSoup]:
        """All pages by address."""
        return {str(path.relative_to(self.folder)): self.page(str(path.relative_to(self.folder))) for path in sorted(self.folder.rglob("*.html"))}

    def messages(self, level: int) -> list[str]:
        """What the build said at `level`."""
        return [record.getMessage() for record in self.log if record.levelno == level]


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def log() -> Iterator[list[logging.LogRecord]]:
    """Everything MkDocs and its plugins say."""
    handler = _Log()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    level, logger.level = logger.level, logging.INFO
    yield handler.records
    logger.level = level
    logger.removeHandler(handler)


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Path]:
    """Copies a corpus of tests/cases to where a test may change it."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(CASES / name, tmp_path / name))

    return copy


@pytest.fixture
def build_site(tmp_path: Path, log: list[logging.LogRecord]) -> Callable[..., Site]:
    """Builds the site of a folder, as `mkdocs build` does, or shows what `mkdocs serve` would."""

    def build_one(folder: Path, *, command: str = "build", name: str = "out", **settings: object) -> Site:
        log.clear()
        config = load_config(str(folder / "mkdocs.yml"), site_dir=str(tmp_path / name), **settings)
        config.plugins.on_startup(command=command, dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        return Site(tmp_path / name, list(log))

    return build_one
