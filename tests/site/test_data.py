"""What a build writes beside the pages: feeds, a calendar, data, badges, and a policy for the server."""

import csv
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup
from icalendar import Calendar

from amends.corpus import Corpus
from amends.publishing.export import Export
from amends.publishing.json_schema import corpus_schema
from amends.settings import load_settings

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search/"
BASE = "https://example.org/kb/"


@pytest.fixture
def built(boards) -> Path:
    return boards.folder


def test_the_rss_feed_names_what_is_published_with_absolute_addresses(built: Path) -> None:
    channel = ElementTree.fromstring((built / "feed.xml").read_text(encoding="utf-8")).find("channel")
    (item,) = channel.findall("item")
    assert item.findtext("title") == "New: Search answers in a minute & more"
    assert item.findtext("link") == f"{BASE}{SLOW_SEARCH}"
    assert item.findtext("description") == "I typed a word and waited for a minute."
    assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo is not None
    assert channel.findtext("language") == json.loads((built / "feed.json").read_text(encoding="utf-8"))["language"] == "en"


def test_what_an_author_wrote_is_text_in_a_feed_reader(build_site: Callable, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("site")
    record = folder / SLOW_SEARCH / "index.md"
    record.write_text(record.read_text().replace("  summary: I typed a word and waited for a *minute*.", "  summary: The page showed `<img src=x onerror=alert(1)>`.", 1))
    site = build_site(folder)
    description = ElementTree.fromstring(site.held["feed.xml"]).findtext("channel/item/description")
    html = BeautifulSoup(description, "html.parser")
    assert (html.find(True), html.get_text()) == (None, "The page showed <img src=x onerror=alert(1)>.")
    assert json.loads(site.held["feed.json"])["items"][0]["content_text"] == html.get_text()


@pytest.mark.parametrize("sign", [r"\a", r"\v", r"\e", r"\ufffe", r"\x9b"])
def test_what_no_xml_can_hold_stands_in_a_feed_as_its_number(build_site: Callable, copy_of: Callable[[str], Path], sign: str) -> None:
    folder = copy_of("site")
    record = folder / SLOW_SEARCH / "index.md"
    record.write_text(record.read_text().replace("title: Search answers in a minute & more", f'title: "Search {sign} answers"', 1)
                      .replace("  summary: I typed a word and waited for a *minute*.", f'  summary: "I typed {sign} and waited for a minute."', 1))
    number = ascii(yaml.safe_load(f'"{sign}"')).strip("'")
    site = build_site(folder)
    item = ElementTree.fromstring(site.held["feed.xml"]).find("channel/item")
    assert item.findtext("title") == f"New: Search {number} answers"
    assert item.findtext("description") in {"I typed and waited for a minute.", f"I typed {number} and waited for a minute."}
    assert json.loads(site.held["feed.json"])["items"][0]["title"] == f"New: Search {number} answers"


def test_the_json_feed_says_the_same(built: Path) -> None:
    feed = json.loads((built / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["url"], item["title"]) for item in feed["items"]] == [(f"{BASE}{SLOW_SEARCH}", "New: Search answers in a minute & more")]
    assert feed["feed_url"] == f"{BASE}feed.json"


def test_every_page_leads_to_the_feeds(boards) -> None:
    links = [link["href"] for link in boards.page(f"{SLOW_SEARCH}index.html").select('link[rel="alternate"]')]
    assert links == ["../../../feed.xml", "../../../feed.json"]


def test_without_an_address_of_the_site_there_are_no_feeds(build_site: Callable, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("site")
    settings = folder / "mkdocs.yml"
    settings.write_text("\n".join(line for line in settings.read_text().split("\n") if not line.startswith("site_url")))
    site = build_site(folder)
    assert not (site.folder / "feed.xml").exists()
    assert site.page(f"{SLOW_SEARCH}index.html").select('link[rel="alternate"]') == []


def test_the_calendar_holds_what_is_awaited(built: Path) -> None:
    calendar = Calendar.from_ical((built / "calendar.ics").read_bytes())
    days = {str(event["categories"].to_ical().decode()): event.decoded("dtstart").isoformat() for event in calendar.walk("VEVENT")}
    assert days["risk"] == "2032-01-01"
    assert days["item"] == "2032-03-20"
    assert calendar["name"] == calendar["x-wr-calname"] == "Boards"


@pytest.mark.parametrize(("day", "kinds"), [("2033-01-01", {"risk", "item"}), ("2033-01-02", {"item"})])
def test_what_has_been_due_for_more_than_a_year_is_no_entry_in_the_calendar(
    build_site: Callable, copy_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, day: str, kinds: set[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp())))
    calendar = Calendar.from_ical((build_site(copy_of("site")).folder / "calendar.ics").read_bytes())
    assert {str(event["categories"].to_ical().decode()) for event in calendar.walk("VEVENT")} & {"risk", "item"} == kinds


def test_a_bad_day_comes_back_every_year_in_the_calendar(build_site: Callable, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("site")
    record = folder / SLOW_SEARCH / "index.md"
    record.write_text(record.read_text().replace("severity: sev4", "severity: sev1"))
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - amends\n", "  - amends: {fail: false}\n"))
    calendar = Calendar.from_ical((build_site(folder).folder / "calendar.ics").read_bytes())
    (event,) = [event for event in calendar.walk("VEVENT") if "RRULE" in event]
    assert (str(event["summary"]), event.decoded("dtstart").isoformat()) == ("On this day: Search answers in a minute & more", "2031-03-02")


def test_the_corpus_stands_there_as_data_with_its_schema(built: Path) -> None:
    corpus = json.loads((built / "data/corpus.json").read_text(encoding="utf-8"))
    assert [record["stem"] for record in corpus["records"]] == ["2031-03-02-slow-search"]
    rows = list(csv.DictReader((built / "data/incidents.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["stem"] for row in rows] == ["2031-03-02-slow-search"]
    jsonschema.Draft202012Validator.check_schema(json.loads((built / "data/record.schema.json").read_text(encoding="utf-8")))
    schema = json.loads((built / "data/corpus.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(corpus, schema, jsonschema.Draft202012Validator)
    alone = json.loads((built / SLOW_SEARCH / "index.json").read_text(encoding="utf-8"))
    jsonschema.validate(alone, {"$ref": "#/$defs/Record", "$defs": schema["$defs"]}, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("folder", ["..", "cases/sample", "cases/learning", "cases/letter", "cases/audit"])
def test_every_corpus_is_data_as_the_schema_says(folder: str) -> None:
    export = Export.of(Corpus.open(load_settings(Path(__file__).parents[1] / folder / "mkdocs.yml")))
    data = json.loads(export.json())
    assert data["records"]
    jsonschema.validate(data, corpus_schema(), jsonschema.Draft202012Validator)


def test_beside_each_record_stands_its_json(built: Path) -> None:
    record = json.loads((built / SLOW_SEARCH / "index.json").read_text(encoding="utf-8"))
    assert record["title"] == "Search answers in a minute & more"
    assert sorted(path.relative_to(built).as_posix() for path in (built / "incidents").rglob("*.json")) == [f"{SLOW_SEARCH}index.json"]


def test_the_pages_lead_to_what_can_be_taken_along(boards) -> None:
    links = {link["href"] for link in boards.page("incidents/index.html").select(".am-live a")}
    assert links >= {f"../{name}" for name in ("data/incidents.csv", "data/corpus.json", "data/corpus.schema.json", "calendar.ics", "feed.xml", "feed.json")}
    assert all((boards.folder / "incidents" / link).resolve().is_file() for link in links if link.startswith("../"))
    (record,) = boards.page(f"{SLOW_SEARCH}index.html").select(".am-record-data a")
    assert (boards.folder / SLOW_SEARCH / record["href"]).is_file()


def test_an_event_names_the_incident_or_the_checklist_in_which_it_stands(built: Path) -> None:
    events = Calendar.from_ical((built / "calendar.ics").read_bytes()).walk("VEVENT")
    said = {str(event["categories"].to_ical().decode()): f"{event['summary']} {event['description']}" for event in events}
    assert "Search answers in a minute & more" in said["risk"]
    assert "Search answers" not in said["item"]


def test_an_event_leads_to_its_page(built: Path) -> None:
    events = Calendar.from_ical((built / "calendar.ics").read_bytes()).walk("VEVENT")
    assert events
    assert all(str(event["url"]).startswith(BASE) and str(event["url"]) in str(event["description"]) for event in events)


def test_there_is_a_badge_for_each_severity(built: Path) -> None:
    for severity in ("sev1", "sev2", "sev3", "sev4"):
        badge = ElementTree.fromstring((built / f"badges/{severity}.svg").read_text(encoding="utf-8"))
        assert severity.upper() in "".join(badge.itertext())


def test_nothing_restricted_stands_in_any_of_it(built: Path) -> None:
    for path in (*built.glob("feed.*"), built / "calendar.ics", *(built / "data").iterdir()):
        assert "leak" not in path.read_text(encoding="utf-8"), path.name


def test_the_page_for_addresses_that_are_gone_says_so_and_leads_on(built: Path) -> None:
    page = BeautifulSoup((built / "404.html").read_text(encoding="utf-8"), "html.parser")
    assert page.title.get_text().startswith("There is no such page - ")
    article = page.find("article")
    assert article.h1.get_text() == "There is no such page"
    assert "former names" in article.p.get_text()
    ways = [link["href"] for link in article.find_all("a")]
    assert ways
    assert [way for way in ways if not (built / way.removeprefix("/kb/")).exists()] == []


def test_the_policy_allows_no_script_that_is_not_the_sites_own(built: Path) -> None:
    policy = (built / "content-security-policy.txt").read_text(encoding="utf-8")
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval'" not in scripts.replace("wasm-unsafe-eval'", "")
    assert scripts.count("sha256-") >= 1


def test_beside_its_scripts_the_policy_lets_a_page_use_and_reach_the_site_alone(built: Path) -> None:
    policy = (built / "content-security-policy.txt").read_text(encoding="utf-8").strip()
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed.pop("script-src").split()[0] == "'self'"
    assert allowed == {
        "default-src": "'self'", "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data:", "object-src": "'none'",
        "base-uri": "'self'", "form-action": "'self'", "frame-ancestors": "'self'",
    }


def test_the_policy_knows_every_script_that_stands_in_a_page_also_in_that_for_addresses_that_are_gone(built: Path) -> None:
    policy = (built / "content-security-policy.txt").read_text(encoding="utf-8")
    pages = list(built.rglob("*.html"))
    assert built / "404.html" in pages
    inline = {script.string for page in pages for script in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("script")
              if script.string and script.string.strip() and not script.get("src") and script.get("type") in (None, "module")}
    assert [text for text in inline if b64encode(sha256(text.encode()).digest()).decode() not in policy] == []
