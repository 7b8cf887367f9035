"""Real builds of real sites: what MkDocs writes is what is asserted on. A site that tests only read is built once for all of them."""

import gzip
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin

from amends.site.pages import Library

CASES = Path(__file__).parents[1] / "cases"
EXPLAINED = ("G605", "P501")
"""The rules that have a page where a test does not ask for all. What these pages say depends on no record, and they are most of a small site."""


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

    @property
    def held(self) -> dict[str, bytes]:
        """Every file by address, what the search's index packs unpacked."""
        files = {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        return {name: gzip.decompress(held) if held.startswith(b"\x1f\x8b") else held for name, held in files.items()}

    def messages(self, level: int) -> list[str]:
        """What the build said at `level`."""
        return [record.getMessage() for record in self.log if record.levelno == level]


class _Log(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _listening(log: list[logging.LogRecord]) -> Iterator[None]:
    handler, logger = _Log(log), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


@pytest.fixture(scope="session")
def log() -> list[logging.LogRecord]:
    """Everything that MkDocs and its plugins said in the latest build."""
    return []


@pytest.fixture(scope="session")
def copy_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Copies a corpus of tests/cases to where a test may change it, each time to another place."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(CASES / name, tmp_path_factory.mktemp("copy") / Path(name).name))

    return copy


class _Compiled(BytecodeCache):
    """The theme's templates, which MkDocs would compile anew in each build; compiled, they are the same."""

    def __init__(self) -> None:
        self.templates: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.templates:
            bucket.bytecode_from_string(self.templates[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.templates[bucket.key] = bucket.bytecode_to_string()


class _Templates(BasePlugin):
    """Has every build of the tests use the templates that one of them has compiled."""

    compiled = _Compiled()

    def on_env(self, env: Environment, **_: object) -> None:
        env.bytecode_cache = self.compiled


def _of_few_rules(*parts: Any, **named: Any) -> Library:
    library = Library(*parts, **named)
    return replace(library, rules=tuple(rule for rule in library.rules if rule.code in EXPLAINED))


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory, log: list[logging.LogRecord]) -> Callable[..., Site]:
    """Builds the site of a folder, each time in another place, as `mkdocs build` does, or shows what `mkdocs serve` would.

    All rules check; but unless a test asks for `every_rule`, few of them have a page.
    """

    def build_one(folder: Path, *, command: str = "build", every_rule: bool = False, **settings: object) -> Site:
        log.clear()
        out = tmp_path_factory.mktemp("built")
        config = load_config(str(folder / "mkdocs.yml"), site_dir=str(out), **settings)
        config.plugins["templates"] = _Templates()
        config.plugins.on_startup(command=command, dirty=False)
        with _listening(log), pytest.MonkeyPatch.context() as patch:
            if not every_rule:
                patch.setattr("amends.site.plugin.Library", _of_few_rules)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        return Site(out, list(log))

    return build_one


# Sites that are only read -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def boards(build_site: Callable[..., Site], copy_of: Callable[[str], Path]) -> Site:
    """The site of tests/cases/site as it stands, with the page of every rule."""
    return build_site(copy_of("site"), strict=True, every_rule=True)


@pytest.fixture(scope="session")
def sample(build_site: Callable[..., Site], copy_of: Callable[[str], Path]) -> Site:
    """The site of tests/cases/sample as it stands."""
    return build_site(copy_of("sample"))


@pytest.fixture(scope="session")
def words() -> Callable[[Tag | None], str]:
    """What a reader reads in a part of a page."""

    def read(part: Tag | None) -> str:
        assert part is not None
        return " ".join(part.get_text(" ").split()).replace(" .", ".").replace(" ,", ",")

    return read
