"""It is happening again: all plans, the file to save, and what became of a plan, as a real build shows them."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

SLOW_SEARCH = "incidents/2031/2031-03-02-slow-search"
SECRET = "incidents/2031/2031-04-05-secret-leak.md"
CARD = "2031-03-02-slow-search-1"
SAVED = "it-is-happening-again.html"

RESPONSE = """response:
  commitments:
    - {id: C1, promise: Search answers within a second., to: everyone, made: 2031-03-03, due: 2031-06-01}
    - {id: C2, promise: An account of what happened., to: everyone, made: 2031-03-03, due: 2031-03-10, kept: 2031-03-09}
  staff:
    briefed: 2031-03-02T09:00Z
    told: Search is slow, and *nothing is lost*. See [the checklist](../../../prevention/changes.md).
    may_offer: A month of the larger plan.
"""

PLANS = """contingency_plan:
  - if: Searches take longer than *ten seconds* on more than one cluster. See 2031-04-05-secret-leak.
    then:
      - Stop the index build on every cluster but one.
      - |
        Look at the queue:

        ```sh
        queue --watch "search <1>"

        queue --cluster 2031-04-05-secret-leak
        ```

        It gets shorter within ten minutes.
      - "`systemctl stop indexer`"
    owner: platform
    within: 1h
    rehearsed: 2031-03-25
  - if: The builder of indexes does not start.
    then: {unknown: Nobody has seen it often enough to know.}
    owner: platform
    rehearsed: {none: It has no steps that one could rehearse.}
"""

REPEAT = """---
title: Search is slow again
status: published
severity: sev2
origin: imported
services: [search]
owner: platform
recurrence_of: [2031-03-02-slow-search]
plans_used:
  - of: 2031-03-02-slow-search
    plan: 1
    worked: false
    why: The builds could not be stopped.
times:
  started: 2031-05-20T10:00Z
---
## Summary

The index was built on every cluster at once, again.
"""


def write(folder: Path, path: str, old: str, new: str) -> None:
    record = folder / path
    text = record.read_text(encoding="utf-8")
    assert re.search(old, text, re.DOTALL | re.MULTILINE)
    record.write_text(re.sub(old, lambda _: new, text, count=1, flags=re.DOTALL | re.MULTILINE), encoding="utf-8")


def with_plans(folder: Path) -> Path:
    """The repository, with plans, one of which was needed again."""
    write(folder, f"{SLOW_SEARCH}/index.md", r"^response:\n", RESPONSE)
    write(folder, f"{SLOW_SEARCH}/index.md", r"^contingency_plan:.*?(?=^response:)", PLANS)
    write(folder, f"{SLOW_SEARCH}/index.md", r"severity: sev4", "severity: sev1")
    write(folder, f"{SLOW_SEARCH}/index.md", r"\A---\n", "---\norigin: imported\n")
    write(folder, SECRET, "Searches take longer", "Invoices reach whom they should not; they take longer")
    (folder / "incidents/2031/2031-05-20-slow-search-again.md").write_text(REPEAT, encoding="utf-8")
    return folder


@pytest.fixture
def folder(copy_of: Callable[[str], Path]) -> Path:
    return with_plans(copy_of("site"))


@pytest.fixture(scope="module")
def site(copy_of: Callable[[str], Path], build_site: Callable):
    return build_site(with_plans(copy_of("site")), strict=True)


@pytest.fixture(scope="module")
def page(site) -> BeautifulSoup:
    return site.page("again/index.html")


def test_what_one_sees_leads_to_the_card_with_the_steps(page: BeautifulSoup) -> None:
    entries = page.select("#am-seen > li")
    assert [entry.a["href"] for entry in entries] == [f"#{CARD}", "#2031-03-02-slow-search-2"]
    assert [entry["data-leads"] for entry in entries] == [card["id"] for card in page.select("article.am-again")]
    assert page.find(id=entries[0].a["aria-labelledby"]).get_text(strip=True).startswith("Searches take longer")
    heading = page.find(id=CARD).select_one("[role=heading]")
    assert heading.em.get_text() == "ten seconds"


def test_steps_are_numbered_and_commands_are_blocks_of_their_own(page: BeautifulSoup, words: Callable) -> None:
    steps = page.find(id=CARD).select("ol.am-steps > li")
    assert [words(step) for step in (steps[0],)] == ["Stop the index build on every cluster but one."]
    assert [code.get_text() for code in steps[1].select(".copy pre code")] == ['queue --watch "search <1>"\n\nqueue --cluster (restricted)\n']
    assert words(steps[1]).endswith("It gets shorter within ten minutes.")
    assert [code.get_text() for code in steps[2].select(".copy pre code")] == ["systemctl stop indexer\n"]


def test_a_card_says_how_long_it_may_take_who_leads_and_when_it_is_to_be_rehearsed(page: BeautifulSoup, words: Callable) -> None:
    first, second = page.select("article.am-again")
    facts = {fact.dt.get_text(): words(fact.dd) for fact in first.select("dl > div")}
    assert facts == {"Service back within": "1 h", "Decides and leads": "Platform", "Last rehearsed": "25 Mar 2031", "To be rehearsed by": "21 Sep 2031"}
    assert first.select_one("dd[data-due]")["data-due"] == "2031-09-21"
    assert "No steps. Nobody has seen it often enough to know." in words(second)
    assert second.select_one("[data-due='2031-09-21']") is None


def test_a_card_says_what_staff_may_say_and_offer_and_what_is_still_promised(page: BeautifulSoup, words: Callable) -> None:
    customers = page.find(id=CARD).select_one(".am-again__customers")
    text = words(customers)
    assert "What you may say Search is slow, and nothing is lost. See the checklist." in text
    assert "What you may offer A month of the larger plan." in text
    assert "Search answers within a second." in text
    assert "An account of what happened." not in text
    assert [link["href"] for link in customers.select("a")] == ["../prevention/changes/", "../incidents/2031/2031-03-02-slow-search/#C1"]


def test_the_record_leads_to_the_card_and_the_card_back_to_the_record(site, page: BeautifulSoup) -> None:
    assert page.find(id=CARD).select_one(".am-again__foot a")["href"] == "../incidents/2031/2031-03-02-slow-search/#plan-1"
    record = site.page(f"{SLOW_SEARCH}/index.html")
    assert [link["href"] for link in record.find(id="plan-1").select(".am-card__foot a")] == [f"../../../again/#{CARD}"]


def test_a_repetition_tells_whether_the_plan_was_used_and_worked_everywhere_it_stands(site, page: BeautifulSoup, words: Callable) -> None:
    said = "did not work Search is slow again The builds could not be stopped."
    trials = page.select(".am-trial")
    assert words(trials[0]) == said
    assert words(trials[1]) == "it happened again Search is slow again Nobody says whether this plan was used."
    assert words(site.page(f"{SLOW_SEARCH}/index.html").select_one("#plan-1 .am-trial")) == said
    again = site.page("incidents/2031/2031-05-20-slow-search-again/index.html")
    assert words(again.select_one(".am-trial")) == "did not work the plan of Search answers in a minute & more The builds could not be stopped."
    assert again.select_one(".am-trial a")["href"] == f"../../../again/#{CARD}"


def test_a_plan_that_did_not_work_says_so_before_its_steps_and_in_the_list(page: BeautifulSoup, words: Callable) -> None:
    card = page.find(id=CARD)
    assert card.select_one(".am-trial, .am-steps")["class"] == ["am-trial"]
    assert words(page.select_one(f"#am-seen > li[data-leads='{CARD}'] .am-badge--given-up")) == "did not work"


def test_an_entry_is_found_by_its_records_title_summary_impact_cause_factors_and_tags(page: BeautifulSoup) -> None:
    told = page.select_one("#am-seen > li")["data-told"]
    for words in ("Search answers in a minute & more", "Searches took a minute for two hours.", "Untested change"):
        assert words in told
    assert json.loads(page.select_one("#am-seen")["data-others"])[0]["title"] == "Search is slow again"


def test_the_words_of_a_link_to_another_record_are_not_told(folder: Path, build_site: Callable) -> None:
    write(folder, f"{SLOW_SEARCH}/index.md", r"^customer_impact:\n  summary: .*?$",
          "customer_impact:\n  summary: As slow as in [the leak of seven](../2031-04-05-secret-leak.md) and 2031-04-05-secret-leak, see [this](https://example.org).")
    told = build_site(folder).page("again/index.html").select_one("#am-seen > li")["data-told"]
    assert "seven" not in told
    assert "secret" not in told
    assert "As slow as in and (restricted), see [this](https://example.org)." in told


def test_filters_are_by_words_service_and_severity(folder: Path, build_site: Callable) -> None:
    write(folder, "incidents/2031/2031-05-20-slow-search-again.md", r"times:\n", PLANS.split("  - if: The builder")[0].replace("Searches", "Answers") + "times:\n")
    form = build_site(folder).page("again/index.html").select_one("form.am-filters")
    assert form.has_attr("hidden")
    assert [(field.name, field["name"]) for field in form.select("label:not([hidden]) :is(input, select)")] == [("input", "words"), ("select", "severity")]


def test_the_saved_file_needs_nothing_but_itself(site, page: BeautifulSoup, words: Callable) -> None:
    assert page.select_one("a[download]")["href"] == f"../{SAVED}"
    saved = site.page(SAVED)
    assert saved.select("link, img, iframe, form, article button, svg") == []
    (script,) = saved.select("script")
    assert not script.attrs
    signed = b64encode(sha256(script.string.encode()).digest()).decode()
    assert saved.select_one("meta[http-equiv]")["content"] == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{signed}'"
    assert f"'sha256-{signed}'" in (site.folder / "content-security-policy.txt").read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|@font-face", saved.style.get_text()) == []
    assert [words(step) for step in saved.select(f"[id='{CARD}'] .am-steps > li")] == [words(step) for step in page.find(id=CARD).select(".am-steps > li")]
    assert all(saved.find(id=link["href"][1:]) for link in saved.select("a[href^='#']"))
    others = {link["href"] for link in saved.select("a[href]:not([href^='#'])")}
    assert "https://example.org/kb/incidents/2031/2031-03-02-slow-search/#plan-1" in others
    assert all(address.startswith("https://example.org/kb/") for address in others)


def test_without_an_address_of_the_site_the_saved_file_has_no_dead_links(folder: Path, build_site: Callable) -> None:
    saved = build_site(folder, site_url="").page(SAVED)
    assert {link["href"][0] for link in saved.select("a[href]")} == {"#"}


def test_the_saved_file_lies_beside_the_page_also_without_directory_urls(folder: Path, build_site: Callable) -> None:
    site = build_site(folder, use_directory_urls=False)
    assert site.page("again.html").select_one("a[download]")["href"] == SAVED
    assert (site.folder / SAVED).is_file()


def test_nothing_of_a_restricted_record_stands_on_the_page_or_in_the_file(site) -> None:
    for address in (*site.pages, "search/search_index.json"):
        text = (site.folder / address).read_text(encoding="utf-8")
        assert "Invoices reach whom" not in text, address
        assert "secret-leak" not in text, address


def test_a_restricted_repetition_is_not_told_by_the_plan_it_used(folder: Path, build_site: Callable) -> None:
    write(folder, "incidents/2031/2031-05-20-slow-search-again.md", "status:", "visibility: restricted\nstatus:")
    site = build_site(folder, strict=True)
    for address in ("again/index.html", SAVED, f"{SLOW_SEARCH}/index.html"):
        assert site.page(address).select(".am-trial") == []


def test_a_repetition_of_a_restricted_record_does_not_tell_of_its_plan(folder: Path, build_site: Callable) -> None:
    write(folder, f"{SLOW_SEARCH}/index.md", "visibility: public", "visibility: restricted")
    again = build_site(folder).page("incidents/2031/2031-05-20-slow-search-again/index.html")
    assert "could not be stopped" not in again.get_text()


def test_a_site_without_plans_says_so_and_still_has_a_file(folder: Path, build_site: Callable) -> None:
    write(folder, f"{SLOW_SEARCH}/index.md", r"^contingency_plan:.*?(?=^response:)", "contingency_plan: {none: Nothing of the kind can come back.}\n")
    (folder / "incidents/2031/2031-05-20-slow-search-again.md").unlink()
    site = build_site(folder)
    assert site.text("again/index.html").endswith("Write one under contingency_plan .")
    assert "No published record has a contingency plan yet." in site.page(SAVED).get_text()


def test_a_page_that_the_sites_author_wrote_wins_and_there_is_no_file(folder: Path, build_site: Callable) -> None:
    (folder / "docs/again.md").write_text("# Ask Ada\n", encoding="utf-8")
    site = build_site(folder)
    assert site.page("again/index.html").h1.get_text().startswith("Ask Ada")
    assert not (site.folder / SAVED).exists()


def test_beyond_some_hundred_plans_the_list_leads_to_the_pages_of_the_records(folder: Path, build_site: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.render.again.CARDS", 1)
    page = build_site(folder).page("again/index.html")
    assert [entry.a["href"] for entry in page.select("#am-seen > li")] == [f"#{CARD}", "../incidents/2031/2031-03-02-slow-search/#plan-2"]
    assert len(page.select("article.am-again")) == 1


HIDDEN = """---
title: Zebra zero of the hidden record
status: published
severity: sev1
origin: imported
visibility: restricted
services: [zebra-service]
owner: zebra-team
aliases: [ZEBRA-1]
recurrence_of: [2031-03-02-slow-search]
plans_used: [{of: 2031-03-02-slow-search, worked: true, why: Zebra one worked.}]
risk:
  - {what: Zebra two may fail., likelihood: likely, consequence: severe, protection: Zebra three., owner: zebra-team, review_by: 2032-01-01}
contingency_plan:
  - {if: Zebra four is seen., then: [Stop zebra five., "`zebra six`"], owner: zebra-team, within: 1h, rehearsed: 2031-05-01}
response:
  commitments: [{id: C1, promise: Zebra seven., to: everyone, made: 2031-05-21, due: 2031-06-01}]
  staff: {briefed: 2031-05-21, told: Zebra eight., may_offer: Zebra nine.}
actions:
  - {id: A1, what: Feed zebra ten., kind: prevent, owner: zebra-team, due: 2031-06-01}
  - {same_as: 2031-03-02-slow-search/A1}
---
"""


def test_whatever_a_restricted_record_says_nothing_of_it_stands_in_any_file_of_the_site(folder: Path, build_site: Callable) -> None:
    (folder / "incidents/2031/2031-05-21-zebra.md").write_text(HIDDEN, encoding="utf-8")
    for command in ("build", "serve"):
        site = build_site(folder, command=command)
        telling = [path.relative_to(site.folder) for path in sorted(site.folder.rglob("*")) if path.is_file() and b"zebra" in path.read_bytes().lower()]
        assert telling == []
