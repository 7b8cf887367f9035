"""Anchors: a link into a page is dead only where no heading, id or part of the page can be meant."""

import re
import shutil
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.anchors import RECORD_HEADINGS, slug
from amends.corpus import Corpus
from amends.rules.files import dead_anchor
from amends.settings import load_settings

SAMPLE = Path(__file__).parent / "cases" / "sample"
RENDER = Path(__file__).parents[1] / "plugins" / "amends" / "render"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"


def dead(folder: Path, body: str, setting: str = "") -> list[str]:
    """The links of a story that lead to no place."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    front = (folder / RECORD).read_text("utf-8").split("\n---\n", 1)[0]
    (folder / RECORD).write_text(f"{front}\n---\n{body}\n", encoding="utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + setting, encoding="utf-8")
    corpus = Corpus.open(load_settings(settings))
    return [finding.message.split("`")[1] for finding in dead_anchor.check(corpus.document(RECORD), corpus)]


BODY = """## Summary

## What *we* did, and `why`

## Überblick {#overview}

## Twice

## Twice

Set-off
-------

<span id="here"></span> [^1]

[^1]: A note.

"""


@pytest.mark.parametrize("target", [
    "#summary", "#what-we-did-and-why", "#overview", "#twice", "#twice_1", "#set-off", "#here", "#fn:1", "#A1", "#C1", "#customer-impact",
    "#are-they-satisfied", "../../prevention/destructive-changes.md#soft-delete", "../../prevention/destructive-changes.md", "nowhere.md#x",
    "2031-04-05-site-deletion.md#summary", "https://example.org/x.md#y",
])
def test_what_leads_somewhere_passes(target: str, tmp_path: Path) -> None:
    assert dead(tmp_path, f"{BODY}[x]({target})") == []


@pytest.mark.parametrize("target", [
    "#nowhere", "#Summary", "#überblick-2", "#C99", "../../prevention/destructive-changes.md#no-such-item", "2031-04-05-site-deletion.md#nix", "#summary_x",
])
def test_what_leads_nowhere_is_named(target: str, tmp_path: Path) -> None:
    assert dead(tmp_path, f"{BODY}[x]({target})") == [target]
    assert dead(tmp_path, f"{BODY}[x]\n\n[x]: {target}") == [target]
    assert dead(tmp_path, f"{BODY}`[x]({target})`") == []


def test_headings_in_code_are_none(tmp_path: Path) -> None:
    assert dead(tmp_path, "```\n## Deep\n```\n\n[x](#deep)") == ["#deep"]


def test_a_site_with_ids_of_its_own_making_is_asked_for_letters_and_digits_only(tmp_path: Path) -> None:
    setting = "\nmarkdown_extensions:\n  - toc:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify {}\n"
    assert dead(tmp_path, f"{BODY}## Über uns\n\n[x](#Summary) [y](#über-uns) [z](#nowhere)", setting) == ["#nowhere"]


def test_the_headings_of_a_records_page_are_those_that_it_is_made_of() -> None:
    rooms = (*(RENDER / "record").glob("*.py"), *(RENDER / f"{name}.py" for name in ("history", "clock", "likeness")))
    made = {heading for room in rooms for heading in re.findall(r"(?:section\([23], |_part\()N_\(\"([^\"]+)\"", room.read_text("utf-8"))}
    assert made == set(RECORD_HEADINGS)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs", "Pd", "Po"], exclude_characters="*_`\\\\&#"), min_size=1))
def test_a_plain_heading_has_the_id_that_markdown_gives_it(text: str) -> None:
    heading = " ".join(text.split())
    page = markdown.markdown(f"# x{heading}", extensions=["toc"])
    assert f'id="{slug("x" + heading)}"' in page
