"""What a record or a checklist says stands on its page: every time, and every reason for which something is not told."""

import copy
import re
import shutil
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.reading.typed import Absence
from amends.record import Node, Record
from amends.render.composer import Composer
from amends.render.prevention import render_checklist
from amends.render.record import render_record
from amends.settings import load_settings

CASES = Path(__file__).parent / "cases"
RECORD = Path("incidents/2031/2031-04-05-site-deletion.md")
CHECKLIST = Path("prevention/destructive-changes.md")
KEYS = {"if_": "if", "from_": "from", "for_": "for"}

Place = tuple[str | int, ...]


def front_matter(of: Path) -> Any:
    return yaml.load((CASES / "sample" / of).read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)


def where_nothing_may_be_told(kind: type[Node], said: Mapping[str, Any], place: Place = ()) -> Iterator[Place]:
    """The keys of the front matter that may say `{unknown: why}`, of a list those of its first entry."""
    for name, allowed in typing.get_type_hints(kind).items():
        key = KEYS.get(name, name)
        if Absence in typing.get_args(allowed):
            yield *place, key
        for part in (allowed, *typing.get_args(allowed)):
            for inner in (part, *typing.get_args(part)):
                told = said.get(key)
                if isinstance(inner, type) and issubclass(inner, Node) and told:
                    entries = told if isinstance(told, list) else [told]
                    if isinstance(entries[0], dict) and (isinstance(told, list) or inner is part):
                        yield from where_nothing_may_be_told(inner, entries[0], (*place, key, 0) if isinstance(told, list) else (*place, key))


def moments(said: Any, place: Place = ()) -> Iterator[Place]:
    """Where the front matter tells a day or a time."""
    for key, value in said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ():
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:]+(Z|[+-][\d:]+))?", value):
            yield *place, key
        yield from moments(value, (*place, key))


def with_instead(of: Path, place: Place, value: Any) -> Any:
    said = at = copy.deepcopy(front_matter(of))
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return said


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Any], str]:
    """Makes the page of the record or of the checklist with another front matter."""
    folder = tmp_path_factory.mktemp("whole") / "sample"
    shutil.copytree(CASES / "sample", folder)

    def make(of: Path, said: Any) -> str:
        _, _, story = (CASES / "sample" / of).read_text(encoding="utf-8").split("---\n", 2)
        (folder / of).write_text(f"---\n{yaml.safe_dump(said, allow_unicode=True, sort_keys=False)}---\n{story}", encoding="utf-8")
        corpus = Corpus.open(load_settings(folder / "mkdocs.yml"))
        page = Composer("nonce", str(of))
        if of == RECORD:
            render_record(corpus.record_at(str(of)), corpus, [], href, page)
        else:
            render_checklist(corpus.checklist_at(str(of)), {}, "", corpus, href, page)
        return page.source + "".join(page.fragments.values())

    return make


def href(uri: str, fragment: str = "") -> str:
    return f"{uri}#{fragment}"


def name(value: object) -> str | None:
    return ".".join(map(str, value)) if isinstance(value, tuple) else None


UNKNOWN = [(of, place) for of, kind in ((RECORD, Record), (CHECKLIST, Checklist)) for place in dict.fromkeys(where_nothing_may_be_told(kind, front_matter(of)))]
TIMES = [(of, place) for of in (RECORD, CHECKLIST) for place in moments(front_matter(of))]


@pytest.mark.parametrize(("of", "place"), UNKNOWN, ids=name)
def test_the_reason_for_which_something_is_not_told_stands_on_the_page(page_of: Callable[[Path, Any], str], of: Path, place: Place) -> None:
    reason = "Nobody wrote it into the logbook of that night."
    assert reason in page_of(of, with_instead(of, place, {"unknown": reason}))


@pytest.mark.parametrize(("of", "place"), TIMES, ids=name)
def test_every_time_that_is_told_stands_on_the_page(page_of: Callable[[Path, Any], str], of: Path, place: Place) -> None:
    said: Any = front_matter(of)
    for key in place:
        said = said[key]
    assert "17 Feb 2033" in page_of(of, with_instead(of, place, f"2033-02-17{said[10:]}"))


def test_who_reviewed_it_what_it_is_called_elsewhere_and_who_only_suffered_stand_on_the_page(page_of: Callable[[Path, Any], str]) -> None:
    page = page_of(RECORD, front_matter(RECORD))
    for words in ("INC-1234", "Reviewed", "Site reliability", "collateral"):
        assert words in page


@pytest.mark.parametrize(("services", "told"), [([], "for all services"), (["boards", "search"], "Boards"), (["boards", "search"], "Search")])
def test_a_checklist_says_which_services_it_is_for(page_of: Callable[[Path, Any], str], services: list[str], told: str) -> None:
    assert told in page_of(CHECKLIST, with_instead(CHECKLIST, ("services",), services))
