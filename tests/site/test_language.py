"""The interface in the reader's language: real builds in German, and in a language of which every word is marked."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup, NavigableString, Tag

from amends import language
from amends.corpus import Corpus
from amends.language import ENGLISH, language_of, spoken
from amends.reading.document import each_text
from amends.settings import load_settings

Build = Callable[..., Any]

THEME = {"name": "material", "font": False}
MARKED = "eo"
"""A language that Material and Babel know and Amends does not: the words that this test gives it are the English ones in brackets."""
RECORD = "incidents/2031/2031-04-05-site-deletion/index.html"


# A language of which every word is marked -----------------------------------------------------------------------------


def marked(message: str) -> str:
    """The message with each stretch of words in brackets; what it leaves open, and its tags, stand outside them."""
    return "".join(part if part[:1] in ("<", "{") or not re.search(r"\w", part) else f"⟦{part}⟧" for part in re.split(r"(<[^>]*>|\{\w+\})", message))


@pytest.fixture
def all_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue in which every word is marked, where Amends looks for catalogues."""
    german = language.CATALOGUES / "de" / "LC_MESSAGES" / "amends.po"
    with german.open("rb") as file:
        known = read_po(file)
    catalogue = Catalog(locale=MARKED)
    for message in known:
        if message.id:
            catalogue.add(message.id, marked(message.id) if isinstance(message.id, str) else tuple(map(marked, message.id)), context=message.context)
    place = tmp_path / "locale" / MARKED / "LC_MESSAGES" / "amends.po"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(language, "CATALOGUES", tmp_path / "locale")
    language_of.cache_clear()
    yield
    language_of.cache_clear()


OF_THE_FORMAT = {"severity", "status", "origin", "visibility", "detected_by", "harms", "felt_on", "confidence", "likelihood", "consequence", "basis", "stage", "for"}
"""Keys whose values are words of the format, which readers see in their language."""


def told_by_authors(folder: Path) -> tuple[set[str], str]:
    """Every value that authors and the settings tell, and all their prose."""
    corpus = Corpus.open(load_settings(folder / "mkdocs.yml"))
    values, prose = {"Sample incidents"}, []
    for part in (*corpus.records, *corpus.checklists):
        values.update((part.stem, part.path))
        for path, text in each_text(part.document.values):
            keys = {key for key in path if isinstance(key, str)}
            if not keys & OF_THE_FORMAT and not (path[-1] == "kind" and path[0] != "root_cause"):
                values.update((plain(text), plain(text.replace("-", " "))))
                prose.append(text)
        prose.append(part.document.body)
    prose += [corpus.document(path).body for listing in (corpus.incidents, corpus.prevention) for path in listing.landing]
    vocabulary = corpus.settings.vocabulary
    for kind in ("services", "owners", "factors", "promises"):
        values.update(map(plain, getattr(vocabulary, kind).values()))
        values.update(vocabulary.label(kind, value) for value in list(values))
    values.update(text for clock in corpus.settings.clocks.values() for text in (clock.label, clock.to) if text)
    values -= {"affected", "everyone", "partners", "regulator", "en", "de", "email", "status-page", "status page"}
    return values, plain("\n".join(prose))


def plain(text: str) -> str:
    """A text without Markdown's marks, its words apart by one space."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`#>|\[\]]+|\(https?:[^)]*\)|^[ \t]*(?:-|\d+\.) ", " ", text, flags=re.MULTILINE).split())


WRITTEN = re.compile(
    r"(?:[\d.,:+/%×≤→↑↓·–—…\s()“”\-]|\d+-a|UTC|Q\d|SEV\d|[PAC]\d+|[\w-]+(?:\.[\w-]+)+|\d+[hmd]"
    r"|\b(?:[hm]|min|tagoj?|horoj?|minutoj?|lundo|mardo|merkredo|ĵaŭdo|vendredo|sabato|dimanĉo|de|la|angla|germana"
    r"|jan(?:uaro)?|feb(?:ruaro)?|mar(?:to)?|apr(?:ilo)?|maj(?:o)?|jun(?:io)?|jul(?:io)?|aŭg(?:usto)?|sep(?:tembro)?|okt(?:obro)?|nov(?:embro)?|dec(?:embro)?)\b)*\Z",
    re.IGNORECASE)
"""What is no message: numbers, days, times and languages as Babel writes them, the codes of severities and entries, the names of hosts."""

ALLOWED = (
    "Regulation (EU) ",  # the titles of laws
    "CSV", "JSON", "RSS", "iCalendar", "JSON Feed",  # the names of forms
)


def words_left(page: BeautifulSoup, values: set[str], prose: str) -> list[str]:
    """What a reader of our parts sees, or hears, that neither is marked nor was told by an author."""
    article = page.select_one("article") or page.body
    assert article is not None
    left = []
    for node in article.find_all(string=True):
        parent = node.parent
        if type(node) is not NavigableString or parent is None or parent.name in ("script", "style", "time") or "headerlink" in parent.get("class", ()):
            continue
        if parent.find_parent(class_="am-findings") is not None:  # as the command says them
            continue
        left += [stretch for stretch in stretches(str(node), values) if not told(stretch, parent, values, prose)]
    for element in article.find_all(True):
        for name in ("aria-label", "title", "placeholder", "data-ticked", "data-copied", "data-not-copied", "data-for"):
            if element.get(name) and element.name != "a":
                left += [f"{name}: {stretch}" for stretch in stretches(str(element[name]), values) if not told(stretch, element, values, prose)]
    return left


def stretches(text: str, values: set[str]) -> list[str]:
    """The unmarked stretches of a text that hold words of no value."""
    found = []
    for stretch in re.split(r"⟦[^⟦⟧]*⟧", text):
        stretch = " ".join(re.sub(r"\{\w+\}", " ", stretch).split())
        if not WRITTEN.match(stretch) and not stretch.startswith(ALLOWED) and stretch.strip(" ·,;:.()“”") not in values:
            found.append(stretch)
    return found


def told(stretch: str, parent: Tag, values: set[str], prose: str) -> bool:
    """Whether an author told it: a value, several in a row, a stretch of prose, or a part of a paragraph that is prose."""
    parts = [part.strip(" .()“”") for part in re.split(r"[·,;:]|, | \(", stretch)]
    if all(not part or part in values or (f" {part} " in f" {prose} " and f"“{part}”" in stretch) or re.sub(r"^[\d\s.%]+", "", part) in values or WRITTEN.match(part) for part in parts):
        return True
    if len(stretch.split()) > (1 if parent.name in ("a", "code", "em") else 2) and plain(stretch) in prose:
        return True
    block = parent.find_parent(["p", "li", "td", "dd", "summary", "h1", "h2", "h3"]) if parent.name not in ("p", "li", "td", "dd", "h1", "h2", "h3") else parent
    return block is not None and "⟦" not in block.get_text() and plain(" ".join(block.get_text().split())).strip("¶ ") in prose


OURS = ("incidents/", "prevention/", "again/", "promises/", "support/", "risks/", "actions/", "trust/", "services/", "factors/", "search/")


@pytest.mark.parametrize(("case", "command"), [("sample", "build"), ("learning", "build"), ("audit", "serve")])
def test_every_word_of_ours_is_looked_up_in_the_readers_language(build_site: Build, copy_of: Callable[[str], Path], all_marked: None, case: str,
                                                                  command: str) -> None:
    folder = copy_of(case)
    site = build_site(folder, command=command, theme={**THEME, "language": MARKED})
    values, prose = told_by_authors(folder)
    found = {url: left for url, page in site.pages.items() if url.startswith(OURS) if (left := words_left(page, values, prose))}
    assert found == {}
    facts, notes = (json.loads(file.read_text(encoding="utf-8")) if (file := site.folder / "search" / name).is_file() else {} for name in ("facts.json", "notes.json"))
    for word in (*facts.get("words", {}).values(), *facts.get("kinds", {}).values(), *facts.get("results", {}).values(), *notes.values()):
        assert word.startswith(("⟦", "{number}⟦"))


# German ---------------------------------------------------------------------------------------------------------------


def words(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def test_a_site_in_german_speaks_german_on_every_page_of_ours(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    site = build_site(copy_of("sample"), theme={**THEME, "language": "de"})
    record = site.page(RECORD)
    assert record.html["lang"] == "de"
    glance = {words(row.dt): words(row.dd) for row in record.select(".am-facts > div")}
    assert glance["Beginn"] == "5. Apr. 2031, 07:38 UTC"
    assert glance["Betroffen"] == "612 von 180.000 organisations"
    assert glance["Kunden unterrichtet"] == "45 Min., nachdem wir davon wussten (Vorgabe: binnen 1 Std.)"
    assert [words(heading).removesuffix(" ¶") for heading in record.select("article h2")][:4] == ["Summary", "Folgen für die Kunden", "Zeitverlauf", "Ursache"]
    assert words(record.select_one("#C1 .am-badge")) == "gehalten"
    assert record.select_one("#what-is-still-at-risk") is not None
    first = record.select_one(".am-notice--first")
    assert words(first.select_one(".am-badge")) == "erste Nachricht"
    assert words(first.select_one(".am-card__foot")).startswith("an Betroffene · über E-Mail, Statusseite · auf Englisch, Deutsch")
    impact = {words(row.dt): words(row.dd) for row in record.select(".am-rows > div")}
    assert (impact["Gespürt bei"], impact["Ihre Sprachen"]) == ("Web, Mobilgeräte", "Englisch, Deutsch")
    title = {url: words(site.page(f"{url}index.html").h1).removesuffix(" ¶")
             for url in ("again/", "promises/", "support/", "risks/", "actions/", "trust/", "services/", "factors/", "incidents/2031/")}
    assert title == {"again/": "Es geschieht wieder", "promises/": "Zusagen", "support/": "Für den Kundendienst", "risks/": "Risiken",
                     "actions/": "Was daraus wurde", "trust/": "Vertrauen im Lauf der Zeit", "services/": "Dienste", "factors/": "Beitragende Faktoren",
                     "incidents/2031/": "Vorfälle 2031"}
    assert [words(head) for head in site.page("incidents/index.html").select(".am-register th")] == ["Beginn", "Schwere", "Vorfall", "Betroffen", "Dauer"]
    assert "--am-overdue:\" · überfällig\"" in str(record.head)
    assert words(site.page("it-is-happening-again.html").footer).startswith("Eine Kopie der Pläne von Sample incidents")
    assert "Neu: " in (site.folder / "feed.xml").read_text(encoding="utf-8")
    courses = site.page("trust/index.html").select_one(".am-courses")
    assert words(courses.select_one("p")) == "4,1 am 31. März 2031 , 4,3 am 31. Juli 2031 : höher"
    assert {"4,1", "4,3"} < {words(text) for text in courses.select("text")}
    assert not re.search(r"4\.[13]", str(courses.select_one("svg")["aria-label"]))


def test_links_to_a_heading_of_ours_lead_there_in_german_too(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    site = build_site(copy_of("sample"), theme={**THEME, "language": "de"})
    for url in ("risks", "actions", "prevention", "promises"):
        page = site.page(f"{url}/index.html")
        for link in page.select("article a[href*='#']"):
            there, _, anchor = str(link["href"]).partition("#")
            if there.startswith(("?", "http")):
                continue
            target = (site.folder / url / there / "index.html") if there else site.folder / url / "index.html"
            assert BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser").find(id=anchor) is not None, link["href"]


def test_a_build_leaves_no_language_behind(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("sample")
    build_site(folder, name="german", theme={**THEME, "language": "de"})
    assert spoken() is ENGLISH
    site = build_site(folder, name="english")
    assert "Lasted" in site.text(RECORD)
    assert "Zeitverlauf" not in site.text(RECORD)


def test_a_build_that_fails_leaves_no_language_behind(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-04-05-site-deletion.md"
    record.write_text(record.read_text(encoding="utf-8").replace("severity: sev1", "severity: sev9"), encoding="utf-8")
    with pytest.raises(SystemExit):
        build_site(folder, theme={**THEME, "language": "de"})
    assert spoken() is ENGLISH


def test_findings_are_told_in_english_under_a_german_heading(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-04-05-site-deletion.md"
    record.write_text(record.read_text(encoding="utf-8").replace("severity: sev1", "severity: sev9"), encoding="utf-8")
    site = build_site(folder, command="serve", theme={**THEME, "language": "de"})
    assert words(site.page(RECORD).select_one(".am-banner--findings p")) == "Zu beheben:"
    assert "is not a value of severity" in words(site.page(RECORD).select_one(".am-findings"))


def test_what_is_said_in_english_on_a_german_site_is_marked_as_english(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("sample")
    record = folder / "incidents/2031/2031-04-05-site-deletion.md"
    record.write_text(record.read_text(encoding="utf-8").replace("severity: sev1", "severity: sev9"), encoding="utf-8")
    site = build_site(folder, command="serve", theme={**THEME, "language": "de"})
    assert site.page(RECORD).select_one(".am-findings")["lang"] == "en"
    for url in ("rules/index.html", "rules/p501/index.html"):
        assert site.page(url).h1.find_parent(lang=True)["lang"] == "en", url


def test_a_language_without_a_catalogue_is_english_days_and_all(build_site: Build, copy_of: Callable[[str], Path]) -> None:
    site = build_site(copy_of("sample"), theme={**THEME, "language": "fr"})
    page = site.page(RECORD)
    assert page.html["lang"] == "fr"
    assert words(page.select_one(".am-facts")).startswith("Began 5 Apr 2031, 07:38 UTC")
