"""What a record says stands on its page: every time, and every reason for which something is not told."""

import copy
import re
import shutil
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from amends.corpus import Corpus
from amends.reading.typed import Absence
from amends.record import Node, Record
from amends.render.composer import Composer
from amends.render.record import render_record
from amends.settings import load_settings

CASES = Path(__file__).parent / "cases"
COMPLETE = CASES / "sample/incidents/2031/2031-04-05-site-deletion.md"
KEYS = {"if_": "if", "from_": "from", "for_": "for"}

Place = tuple[str | int, ...]


def front_matter() -> Any:
    return yaml.load(COMPLETE.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)


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


def with_instead(place: Place, value: Any) -> Any:
    said = copy.deepcopy(front_matter())
    at = said
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return said


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], str]:
    """Makes the page of the complete record with another front matter."""
    folder = tmp_path_factory.mktemp("record") / "sample"
    shutil.copytree(CASES / "sample", folder)
    file = folder / COMPLETE.relative_to(CASES / "sample")
    story = COMPLETE.read_text(encoding="utf-8").split("---\n", 2)[2]

    def make(said: Any) -> str:
        file.write_text(f"---\n{yaml.safe_dump(said, allow_unicode=True, sort_keys=False)}---\n{story}", encoding="utf-8")
        corpus = Corpus.open(load_settings(folder / "mkdocs.yml"))
        record = next(record for record in corpus.records if record.stem == file.stem)
        page = Composer("nonce", record.path)
        render_record(record, corpus, [], lambda uri, fragment="": f"{uri}#{fragment}", page)
        return page.source + "".join(page.fragments.values())

    return make


def name(place: Place) -> str:
    return ".".join(map(str, place))


@pytest.mark.parametrize("place", [*dict.fromkeys(where_nothing_may_be_told(Record, front_matter()))], ids=name)
def test_the_reason_for_which_something_is_not_told_stands_on_the_page(page_of: Callable[[Any], str], place: Place) -> None:
    assert "Nobody wrote it into the logbook of that night." in page_of(with_instead(place, {"unknown": "Nobody wrote it into the logbook of that night."}))


@pytest.mark.parametrize("place", [*moments(front_matter())], ids=name)
def test_every_time_that_a_record_tells_stands_on_the_page(page_of: Callable[[Any], str], place: Place) -> None:
    said: Any = front_matter()
    for key in place:
        said = said[key]
    assert "17 Feb 2033" in page_of(with_instead(place, f"2033-02-17{said[10:]}"))


def test_who_reviewed_it_what_it_is_called_elsewhere_and_who_only_suffered_stand_on_the_page(page_of: Callable[[Any], str]) -> None:
    page = page_of(front_matter())
    for words in ("INC-1234", "Reviewed", "Site reliability", "collateral"):
        assert words in page
