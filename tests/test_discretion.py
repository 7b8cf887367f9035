"""What names a restricted record is told by nobody, and nothing else is left out."""

from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.discretion import Discretion
from amends.settings import load_settings

RECORD = "---\ntitle: {title}\nstatus: published\nvisibility: {visibility}\naliases: [{alias}]\n---\n## Summary\n"


@pytest.fixture
def discretion(tmp_path: Path) -> Discretion:
    """Of a corpus with three restricted records and one that is not."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Told\nplugins: [search, amends]\n", encoding="utf-8")
    for stem, title, visibility, alias in (
        ("2031-04-05-leak", "One customer's bills & letters", "restricted", "INC-1"),
        ("2031-04-06-twin", "Search answers in a minute", "restricted", "INC-2"),
        ("2031-04-07-short", "Slow mail", "restricted", "INC-3"),
        ("2031-04-05-leak-in-the-roof", "Search answers in a minute", "staff", "INC-12"),
    ):
        path = tmp_path / f"incidents/2031/{stem}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD.format(title=title, visibility=visibility, alias=alias), encoding="utf-8")
    (tmp_path / "prevention").mkdir()
    return Discretion.of(Corpus.open(load_settings(tmp_path / "mkdocs.yml")))


@pytest.mark.parametrize(("text", "told"), [
    ("As in 2031-04-05-leak.", "As in (restricted)."),
    ("As in INC-1, inc-1 and Inc-1.", "As in (restricted), (restricted) and (restricted)."),
    ("It was “One customer's bills & letters” again", "It was “(restricted)” again"),
    ("It was <b>One customer's bills &amp; letters</b> again", "It was <b>(restricted)</b> again"),
    ("It was <b>One customer&#39;s bills &amp; letters</b> again", "It was <b>(restricted)</b> again"),
    ("See [what we know](https://kb.example.org/2031-04-05-leak/).", "See (restricted)."),
    ("![how it looked](../2031-04-05-leak/leak.png)", "(restricted)"),
    ("See [what we know][l], ![a picture][L] and [l].\n\n[l]: ../2031/2031-04-05-leak.md 'Words of it'\n", "See (restricted), (restricted) and (restricted).\n\n"),
    ("As in _INC-1_, __INC-1__ and **2031-04-05-leak**.", "As in _(restricted)_, __(restricted)__ and **(restricted)**."),
    ("It was One customer's\nbills & letters again", "It was (restricted) again"),
])
def test_its_stem_its_numbers_its_title_and_links_by_its_name_are_not_told(discretion: Discretion, text: str, told: str) -> None:
    assert discretion.tell(text) == told
    assert discretion.names_hidden(text)


def test_a_link_to_its_file_loses_its_words_too(discretion: Discretion) -> None:
    assert discretion.tell("See [the bills](../2031/2031-04-05-leak.md#summary).", "incidents/2031/other.md") == "See (restricted)."


@pytest.mark.parametrize("text", [
    "INC-12 and 2031-04-05-leak-in-the-roof are told.", "[The roof](2031-04-05-leak-in-the-roof.md)", "Search answers in a minute", "The mail was slow: slow mail.",
    "INC-10, XINC-1, INC-1a",
])
def test_what_names_another_or_is_made_of_common_words_is_told(discretion: Discretion, text: str) -> None:
    assert discretion.tell(text, "incidents/2031/other.md") == text
    assert not discretion.names_hidden(text)


def test_where_nothing_is_hidden_all_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Told\nplugins: [search, amends]\n", encoding="utf-8")
    (tmp_path / "incidents").mkdir()
    (tmp_path / "prevention").mkdir()
    discretion = Discretion.of(Corpus.open(load_settings(tmp_path / "mkdocs.yml")))
    assert not discretion
    assert discretion.tell("[a](b.md) INC-1", "incidents/c.md") == "[a](b.md) INC-1"
