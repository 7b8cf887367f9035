import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest

from amends.checklist import Checklist
from amends.corpus import STEM
from amends.reading import frontmatter
from amends.reading.typed import Node
from amends.record import Record, Severity
from amends.scaffold import MAX_SLUG, new_checklist, new_record, slug
from amends.settings import read_settings

Command = Callable[..., "subprocess.CompletedProcess[str]"]
NOW = datetime(2031, 4, 5, 23, 30, tzinfo=timezone(timedelta(hours=2)))
SETTINGS = read_settings({}, Path("/nowhere"), None)


def suggested(text: str) -> str:
    """The front matter with every suggestion taken up as it stands."""
    front = text.split("---\n")[1]
    return re.sub(r"^( *)# (?= *(?:- |[a-z_]+:(?: |$)|<a key))", r"\1", front, flags=re.MULTILINE)


def keys(kind: type[Node], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of a part and of the parts in it, by the keys that lead to it."""
    for key, annotation in kind.fields().items():
        yield (*before, key)
        for part in parts(annotation):
            yield from keys(part, (*before, key))


def parts(annotation: Any) -> Iterator[type[Node]]:
    if get_origin(annotation) in (Union, UnionType, tuple):
        for argument in get_args(annotation):
            yield from parts(argument)
    elif isinstance(annotation, type) and issubclass(annotation, Node):
        yield annotation


def written(values: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(values, dict):
        for key, value in values.items():
            yield (*before, key)
            yield from written(value, (*before, key))
    elif isinstance(values, list):
        for value in values:
            yield from written(value, before)


# A fresh file -------------------------------------------------------------------------------------------------------


def test_a_fresh_record_is_a_valid_draft(process: Command, site: Path) -> None:
    done = process("new", "Search is slow: again", "--severity", "sev2", "--service", "boards", "--service", "wiki", "--owner", "platform")
    path = done.stdout.strip()
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"incidents/\d{4}/\d{4}-\d{2}-\d{2}-search-is-slow-again\.md", path)
    values = frontmatter.parse((site / path).read_text("utf-8").split("---\n")[1], 2).values
    assert values["title"] == "Search is slow: again"
    assert values["services"] == ["boards", "wiki"]
    assert (values["severity"], values["status"], values["owner"]) == ("sev2", "draft", "platform")
    assert values["times"] == {"started": path[15:25]}
    checked = process("check", "--strict", path)
    assert (checked.returncode, checked.stdout) == (0, "1 record, 0 checklists: 0 errors, 0 warnings\n")
    assert process("check", "--strict").returncode == 0


def test_a_record_of_which_nothing_is_known_is_a_valid_draft_too(amends: Command) -> None:
    path = amends("new", "Something").stdout.strip()
    assert amends("check", "--strict", path).returncode == 0


def test_a_fresh_checklist_has_no_errors(amends: Command, site: Path) -> None:
    done = amends("new", "--checklist", "Before a release", "--stage", "release", "--owner", "sre", "--service", "wiki")
    assert (done.returncode, done.stdout) == (0, "prevention/before-a-release.md\n")
    bare = amends("new", "--checklist", "Before anything")
    assert bare.returncode == 0
    checked = amends("check", "prevention")
    assert (checked.returncode, checked.stdout) == (0, "0 records, 3 checklists: 0 errors, 0 warnings\n")


def test_a_record_begins_on_the_day_that_was_written(amends: Command, site: Path) -> None:
    path = amends("new", "Night shift", "--started", "2031-04-05T00:30+02:00").stdout.strip()
    assert path == "incidents/2031/2031-04-05-night-shift.md"
    text = (site / path).read_text("utf-8")
    assert "started: 2031-04-05T00:30+02:00" in text
    assert "## Timeline (UTC+02:00)" in text
    assert amends("check", "--strict", path).returncode == 0


def test_nothing_is_ever_overwritten(amends: Command, site: Path) -> None:
    path = site / amends("new", "Twice").stdout.strip()
    path.write_text("mine", encoding="utf-8")
    again = amends("new", "Twice")
    assert (again.returncode, again.stdout) == (2, "")
    assert "exists already" in again.stderr
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize(("arguments", "said"), [
    (["x", "--service", "bords"], "`bords` is no service of this site\n  help: did you mean `boards`?"),
    (["x", "--owner", "nobody"], "`nobody` is no team of this site\n  help: known here: platform, sre, support"),
    (["x", "--started", "22:30"], "`22:30` is a time of day without its date"),
    (["x", "--started", "2031-04-05T22:30"], "no offset"),
    (["x", "--severity", "sev9"], "'sev9' is not one of"),
    (["x", "--stage", "build"], "--stage is for a checklist only"),
    (["x", "--checklist", "--severity", "sev1"], "--severity is for a record only"),
    (["--checklist", "!?"], "no file can be named after `!?`"),
    (["  \n "], "the title is empty"),
    ([], "Missing argument 'TITLE'"),
])
def test_what_no_record_can_be_started_with_is_wrong_use(amends: Command, site: Path, arguments: list[str], said: str) -> None:
    before = sorted(site.rglob("*"))
    done = amends("new", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert sorted(site.rglob("*")) == before


# The text -----------------------------------------------------------------------------------------------------------


def test_every_key_of_a_record_is_there_or_suggested() -> None:
    draft = new_record(SETTINGS, "Everything", now=NOW, severity=None)
    parsed = frontmatter.parse(suggested(draft.text), 2)
    assert parsed.faults == []
    assert set(keys(Record)) - set(written(parsed.values)) == set()
    assert {path for path in written(parsed.values) if path[0] not in ("extra", "page", "not_applicable")} <= set(keys(Record))


def test_every_key_of_a_checklist_is_there_or_suggested() -> None:
    parsed = frontmatter.parse(suggested(new_checklist(SETTINGS, "Everything", now=NOW).text), 2)
    assert parsed.faults == []
    assert set(keys(Checklist)) - set(written(parsed.values)) == set()


def test_a_suggestion_taken_up_as_it_stands_is_found_by_the_gate(amends: Command, site: Path) -> None:
    path = site / amends("new", "Something").stdout.strip()
    text = path.read_text("utf-8").replace("# root_cause:", "root_cause:", 1)
    text = text.replace("#   summary: <why it happened", "  summary: <why it happened", 1)
    path.write_text(text, encoding="utf-8")
    assert "R206" in amends("check", str(path)).stdout or "status: draft" in text


def test_a_record_is_written_in_block_style() -> None:
    text = suggested(new_record(SETTINGS, "Everything", now=NOW, services=["a", "b"]).text)
    assert not re.search(r"^[^#\n]*: [\[{]", text, re.MULTILINE)


@pytest.mark.parametrize("title", [
    "Plain", "A: B", "PR #12 broke it", "'quoted'", '"double" and \\ back', "- dash", "@at", "`tick`", "null", "no", "2031", "{a}", "[b]",
    "*star", "&and", "!bang", "% off", "ends with:", "Ünïcode — 日本語 🔥", "~", "? what", "| pipe", "> more", "# hash",
])
def test_any_title_survives(title: str) -> None:
    draft = new_record(SETTINGS, title, now=NOW, severity=Severity.SEV1)
    parsed = frontmatter.parse(draft.text.split("---\n")[1], 2)
    assert parsed.faults == []
    assert parsed.values["title"] == title


@pytest.mark.parametrize(("title", "expected"), [
    ("Search is slow", "search-is-slow"),
    ("Störung im Café: außer Betrieb", "storung-im-cafe-ausser-betrieb"),
    ("Customers' sites don't load", "customers-sites-dont-load"),
    ("日本語の障害", "日本語の障害"),
    ("がぎぐ 障害", "がぎぐ-障害"),
    ("Сбой поиска", "сбой-поиска"),
    ("हिन्दी", "हनद"),
    ("under_score and/or slash", "under-score-and-or-slash"),
    ("İstanbul", "istanbul"),
    ("ﬁles № ½", "files-no-1-2"),
    ("🔥", ""),
    ("../../etc/passwd", "etc-passwd"),
])
def test_a_slug_holds_the_words_of_a_title_in_any_script(title: str, expected: str) -> None:
    assert slug(title) == expected
    if expected:
        assert STEM.match(f"2031-04-05-{expected}")


def test_a_long_title_is_cut_between_words() -> None:
    assert slug("word " * 40) == "-".join(["word"] * 12)
    assert len(slug("x" * 200)) == MAX_SLUG


def test_a_record_whose_title_gives_no_slug_still_has_a_name() -> None:
    assert new_record(SETTINGS, "🔥", now=NOW).path == "incidents/2031/2031-04-05-incident.md"


def test_the_day_is_the_authors_own() -> None:
    assert new_record(SETTINGS, "Late", now=NOW).path == "incidents/2031/2031-04-05-late.md"
    assert new_record(SETTINGS, "Late", now=NOW.astimezone(timezone(timedelta(hours=9)))).path == "incidents/2031/2031-04-06-late.md"
