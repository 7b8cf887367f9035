"""The promise ledger and the clocks on a record's page, as a real build shows them."""

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search"

PROMISES = """
  commitments:
    - id: C1
      promise: Search answers *within a second*, as [the checklist](../../../prevention/changes.md#one-at-a-time) has it.
      to: everyone
      made: 2031-03-03
      due: 2031-06-01
    - id: C2
      promise: An account of what happened. See [the leak](../2031-04-05-secret-leak.md).
      to: affected
      made: 2031-03-03
      due: 2031-03-10
      kept: 2031-03-09
      evidence: https://example.org/account
    - id: C3
      promise: A credit for every affected customer.
      to: affected
      made: 2031-03-03
      due: 2031-03-31
      kept: 2031-04-02
      evidence: The invoices of *April*.
    - id: C4
      promise: A telephone line for questions.
      to: Customers & <their> partners
      made: 2031-03-04
      due: 2031-03-05
      broken: We found nobody to answer it.
    - id: C5
      promise: No index is built by day.
      to: everyone
      made: 2031-03-03
      due:
        none: A standing promise, in force from the day it was made.
      kept:
        unknown: Nobody has looked at the schedule since.
    - id: C6
      promise: The oldest index is the next to go.
      to: everyone
      made: 2031-03-05
      due: 2031-05-01
    - id: C7
      promise: A page that shows how fast search is.
      to: everyone
      made: 2031-03-05
      due:
        unknown: Neither the notice nor the account names a day for it.
"""

HIDDEN = """
  commitments:
    - {id: C1, promise: Nobody will hear of this one., to: affected, made: 2031-04-06, due: 2031-05-01}
"""


def after_response(record: Path, text: str) -> None:
    """Put more into the record's response."""
    record.write_text(record.read_text(encoding="utf-8").replace("response:", f"response:{text.rstrip()}", 1), encoding="utf-8")


def with_promises(folder: Path) -> Path:
    """The repository, with promises in the record that is published, in the one that is restricted and in the draft."""
    after_response(folder / SLOW_SEARCH / "index.md", PROMISES)
    after_response(folder / "incidents/2031/2031-04-05-secret-leak.md", HIDDEN)
    draft = folder / "incidents/2031/2031-05-01-still-a-draft.md"
    draft.write_text(draft.read_text(encoding="utf-8").replace("\ntimes:", f"\nresponse:{HIDDEN.replace('hear', 'read').rstrip()}\ntimes:", 1),
                     encoding="utf-8")
    return folder


@pytest.fixture
def folder(copy_of: Callable[[str], Path]) -> Path:
    return with_promises(copy_of("site"))


@pytest.fixture(scope="module")
def site(copy_of: Callable[[str], Path], build_site: Callable):
    return build_site(with_promises(copy_of("site")), strict=True)


@pytest.fixture(scope="module")
def ledger(site) -> BeautifulSoup:
    return site.page("promises/index.html")


def section(page: BeautifulSoup, anchor: str) -> list[BeautifulSoup]:
    """The promises below one heading."""
    cards = []
    for element in page.select_one(f"h2#{anchor}").find_next_siblings():
        if element.name == "h2":
            break
        cards += [element] if "am-promise" in element.get("class", []) else []
    return cards


def test_promises_stand_by_state_with_the_open_ones_first(ledger: BeautifulSoup) -> None:
    headings = [heading.get_text().rstrip("¶") for heading in ledger.select("article h2")]
    assert headings == ["Open", "Broken", "Kept late", "Kept", "Not known"]
    assert [len(section(ledger, anchor)) for anchor in ("open", "broken", "kept-late", "kept", "not-known")] == [3, 1, 1, 1, 1]


def test_open_promises_are_sorted_by_due_date_and_those_without_one_come_last(ledger: BeautifulSoup, words: Callable) -> None:
    assert [words(card.p)[:16] for card in section(ledger, "open")] == ["The oldest index", "Search answers w", "A page that show"]


def test_the_rate_counts_what_is_known(ledger: BeautifulSoup, words: Callable) -> None:
    assert words(ledger.select_one(".am-rate")) == "It is known of 3 of 7 promises whether they were kept on time: 1 of 3 (33%)."
    assert [(rect["class"], rect["width"]) for rect in ledger.select(".am-rate-bar rect")] == [
        (["am-rate--done"], "33.33"), (["am-rate--late"], "33.33"), (["am-rate--given-up"], "33.33")]


def test_a_promise_whose_day_has_passed_is_counted_and_can_be_asked_for(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch, words: Callable) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2031, 5, 2, tzinfo=timezone.utc).timestamp())))
    page = build_site(folder).page("promises/index.html")
    assert words(page.select_one(".am-overdue-count")) == "Overdue on 2 May 2031, when this page was made: 1"
    assert [words(option) for option in page.select("select[name=due] option")] == ["all", "overdue (1)", "not yet due (1)", "no day named (1)"]
    assert page.select_one("#am-promises")["data-overdue"] == "overdue"
    assert ["due:overdue" in card["data-facets"] for card in section(page, "open")] == [True, False, False]


def test_chips_lead_to_the_sections_and_to_the_services(ledger: BeautifulSoup, words: Callable) -> None:
    chips = ledger.select(".am-chips a")
    assert [(chip["href"], words(chip)) for chip in chips] == [
        ("#open", "Open 3"), ("#broken", "Broken 1"), ("#kept-late", "Kept late 1"), ("#kept", "Kept 1"), ("#not-known", "Not known 1")]
    assert all(ledger.find(id=chip["href"][1:]) for chip in chips)
    assert {chip["href"] for chip in ledger.select(".am-promise .am-chip")} == {"../services/search/"}


def test_a_promise_says_what_to_whom_made_due_kept_and_where_it_can_be_seen(ledger: BeautifulSoup, words: Callable) -> None:
    (kept,) = section(ledger, "kept")
    first, second = kept.select(".am-card__foot")
    assert words(first) == "to those affected · made 3 Mar 2031 · due 10 Mar 2031 · kept 9 Mar 2031 · evidence"
    assert first.a["href"] == "https://example.org/account"
    assert words(second) == "SEV4 Search answers in a minute & more · owner Platform"
    assert second.a["href"] == "../incidents/2031/2031-03-02-slow-search/#C2"


def test_texts_are_markdown_whose_links_lead_from_here(ledger: BeautifulSoup) -> None:
    card = section(ledger, "open")[1]
    assert card.em.get_text() == "within a second"
    assert card.select_one("p a")["href"] == "../prevention/changes/#one-at-a-time"
    assert section(ledger, "kept-late")[0].em.get_text() == "April"


def test_a_broken_promise_says_why(ledger: BeautifulSoup, words: Callable) -> None:
    (broken,) = section(ledger, "broken")
    assert "to Customers & <their> partners" in words(broken)
    assert "Why it was broken We found nobody to answer it." in words(broken)


def test_an_unknown_outcome_gives_its_reason(ledger: BeautifulSoup, words: Callable) -> None:
    (unknown,) = section(ledger, "not-known")
    assert "Nobody has looked at the schedule since." in words(unknown)
    assert "A standing promise" in words(unknown)


def test_nothing_of_a_restricted_record_or_a_draft_stands_anywhere(site) -> None:
    for address in (*site.pages, "search/search_index.json"):
        text = (site.folder / address).read_text(encoding="utf-8")
        assert "Nobody will" not in text, address
        assert "secret-leak" not in text, address
    assert "(restricted)" in site.text("promises/index.html")


def test_a_preview_shows_the_promises_of_drafts_and_never_those_of_restricted_records(folder: Path, build_site: Callable) -> None:
    text = build_site(folder, command="serve").text("promises/index.html")
    assert "Nobody will read of this one." in text
    assert "Nobody will hear of this one." not in text


def test_a_site_without_promises_says_so(boards) -> None:
    assert boards.text("promises/index.html").endswith("No published record tells of a promise yet.")


def test_promises_of_which_no_outcome_is_known_have_no_rate(copy_of: Callable, build_site: Callable, words: Callable) -> None:
    folder = copy_of("site")
    after_response(folder / SLOW_SEARCH / "index.md", HIDDEN)
    page = build_site(folder, strict=True).page("promises/index.html")
    assert words(page.select_one(".am-rate")) == "Of no promise can it be said yet whether it was kept on time."
    assert page.select_one(".am-rate-bar") is None


def test_a_ledger_that_the_sites_author_wrote_wins(copy_of: Callable, build_site: Callable) -> None:
    folder = copy_of("site")
    (folder / "docs/promises.md").write_text("# Our word\n", encoding="utf-8")
    assert build_site(folder).page("promises/index.html").h1.get_text().startswith("Our word")


# Clocks on the record's page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "reported", "said", "verdict"), [
    ("sev3", "", "40 min after we knew (policy: within 24 h)", "met"),
    ("sev3", "  first_report: {none: Not one customer wrote to us about it.}\n", "40 min after we knew, before anybody reported it (policy: within 24 h)", "met"),
    ("sev4", "", "40 min after we knew", "unknown"),
])
def test_the_facts_tell_how_long_customers_waited_beside_what_the_policy_allows(
    copy_of: Callable, build_site: Callable, words: Callable, severity: str, reported: str, said: str, verdict: str
) -> None:
    folder = copy_of("site")
    record = folder / SLOW_SEARCH / "index.md"
    record.write_text(record.read_text(encoding="utf-8").replace("severity: sev4", f"severity: {severity}").replace(
        "times:\n", f"times:\n{reported}"), encoding="utf-8")
    facts = build_site(folder, strict=True).page(f"{SLOW_SEARCH}/index.html").select_one(".am-facts")
    assert [words(div.dd) for div in facts.select(".am-facts > div") if div.dt.get_text() == "Customers told"] == [said]
    assert facts.select_one(f".am-clock--{verdict}")


def test_the_rhythm_of_promised_updates_stands_under_what_customers_were_told(sample, words: Callable) -> None:
    table = sample.page("incidents/2031/2031-04-05-site-deletion/index.html").select_one("table.am-rhythm")
    assert [[words(cell) for cell in row.select("td")] for row in table.select("tbody tr")] == [
        ["5 Apr 2031, 11:00 UTC", "5 Apr 2031, 10:40 UTC", "kept"]]
    assert table.find_previous("h3").get_text().startswith("What they were told")
    assert "The longest silence between two messages: about 6 days" in sample.text("incidents/2031/2031-04-05-site-deletion/index.html")
    assert sample.page("incidents/2031/2031-03-02-slow-search/index.html").select_one("table.am-rhythm") is None


def test_duties_to_report_say_whether_they_were_met_and_by_which_law(sample, words: Callable) -> None:
    page = sample.page("incidents/2031/2031-04-05-site-deletion/index.html")
    gdpr, dora = page.select_one("#what-had-to-be-reported").find_next_siblings(class_="am-card")[:2]
    assert words(gdpr).startswith("Notification of a personal data breach in time to the supervisory authority · told 6 Apr 2031, 15:00 UTC "
                                  "· 1 day 7 h after awareness, 72 h allowed")
    assert gdpr.a["href"] == "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
    assert "late" in words(dora.select_one(".am-badge"))
    assert "5 h 30 min after classification, 4 h allowed" in words(dora)
    assert "had to be compared by hand" in words(dora)


def test_a_promise_without_a_day_was_kept_neither_on_time_nor_late(copy_of: Callable, build_site: Callable, words: Callable) -> None:
    folder = copy_of("site")
    undated = PROMISES.replace("      due: 2031-03-10\n", "      due: {none: No day was named for the account.}\n")
    after_response(folder / SLOW_SEARCH / "index.md", undated)
    page = build_site(folder, strict=True).page("promises/index.html")
    assert words(page.select_one(".am-rate")) == (
        "It is known of 2 of 7 promises whether they were kept on time: 0 of 2 (0%). 1 more was kept for which no promised day is known.")
    assert [(rect["class"], rect["width"]) for rect in page.select(".am-rate-bar rect")] == [
        (["am-rate--undated"], "33.33"), (["am-rate--late"], "33.33"), (["am-rate--given-up"], "33.33")]
