from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

RECORD = """\
---
title: {title}
status: published
origin: imported
severity: sev4
services: [wiki]
owner: platform
visibility: {visibility}
{more}root_cause:
  summary: {summary}
actions:
  - {{id: A1, what: Renew what expires on its own., kind: prevent, owner: platform, due: 2030-09-01{done}}}
  - {{id: A2, what: Watch what is about to expire., kind: prevent, owner: platform, due: 2030-09-01, done: 2030-08-01}}
---
"""

FIRST, SECOND, THIRD = "2030-05-06-payments-refused", "2031-06-07-sign-in-refused", "2031-08-09-mail-refused"


def wrote(folder: Path, stem: str, title: str, summary: str, *, visibility: str = "staff", more: str = "", done: str = "") -> None:
    path = folder / "incidents" / stem[:4] / f"{stem}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RECORD.format(title=title, summary=summary, visibility=visibility, more=more, done=done), "utf-8")


def three(folder: Path, **first: str) -> None:
    wrote(folder, FIRST, "Payments are refused", "The TLS certificate of the payment gateway expired on a holiday.", **first)
    wrote(folder, SECOND, "Sign-in is refused", "The cert of the sign-in gateway had expired during the night.", done=", done: 2031-07-01")
    wrote(folder, THIRD, "Mail is refused", "The dishwasher in the data centre leaked onto a switch.", done=", done: 2031-09-01")


PERHAPS = "Perhaps alike, by factors, services and words. Judge for yourself:"


def below(page: BeautifulSoup, heading: str) -> str:
    """What stands below a heading, until the next; nothing where there is no such heading."""
    found = next((h2 for h2 in page.select("article h2") if h2.get_text().startswith(heading)), None)
    parts = []
    for after in found.find_next_siblings() if found else ():
        if after.name == "h2" or "am-record-data" in after.get("class", ()):
            break
        parts.append(after.get_text(" "))
    return " ".join(" ".join(parts).split())


def test_a_page_leads_to_the_earlier_incident_with_the_reason_and_what_became_of_its_actions(copy_of: Callable, build_site: Callable) -> None:
    folder = copy_of("sample")
    three(folder)
    site = build_site(folder)
    before = below(site.page(f"incidents/2031/{SECOND}/index.html"), "Has this happened before?")
    assert before.startswith(f"{PERHAPS} SEV4 Payments are refused 6 May 2030 same service, Wiki;")
    assert "“cert”, “expired”" in before
    assert before.endswith("Of what was to prevent it, 1 of 2 done, A1 open")
    again = below(site.page(f"incidents/2030/{FIRST}/index.html"), "It was like this again")
    assert again.startswith(f"{PERHAPS} SEV4 Sign-in is refused 7 Jun 2031 same service, Wiki;")
    assert again.endswith("Of what was to prevent it, 2 of 2 done")
    assert below(site.page(f"incidents/2031/{THIRD}/index.html"), "Has this happened before?") == "No earlier record tells of anything much like it."


def test_what_a_record_names_comes_first_and_once(copy_of: Callable, build_site: Callable) -> None:
    folder = copy_of("sample")
    three(folder)
    wrote(folder, SECOND, "Sign-in is refused", "The cert of the sign-in gateway had expired.", more=f"recurrence_of: [{FIRST}]\n", done=", done: 2031-07-01")
    site = build_site(folder)
    before = below(site.page(f"incidents/2031/{SECOND}/index.html"), "Has this happened before?")
    assert before.startswith("SEV4 Payments are refused 6 May 2030 the same, as this record says")
    assert before.count("Payments are refused") == 1
    again = below(site.page(f"incidents/2030/{FIRST}/index.html"), "It was like this again")
    assert again.startswith("SEV4 Sign-in is refused 7 Jun 2031 the same, as its record says")


def test_what_a_record_calls_related_stands_above_what_is_perhaps_alike(copy_of: Callable, build_site: Callable) -> None:
    folder = copy_of("sample")
    three(folder)
    wrote(folder, SECOND, "Sign-in is refused", "The cert of the sign-in gateway had expired.", more=f"related: [{{to: {THIRD}, as: caused-by-its-fix}}]\n", done=", done: 2031-07-01")
    page = build_site(folder).page(f"incidents/2031/{SECOND}/index.html")
    headings = [heading.get_text().rstrip("¶") for heading in page.select("article h2")]
    assert headings.index("Related incidents") < headings.index("Has this happened before?")
    assert below(page, "Related incidents").startswith("SEV4 Mail is refused 9 Aug 2031 caused by its fix")


def test_a_restricted_incident_is_nobodys_neighbour(copy_of: Callable, build_site: Callable) -> None:
    folder = copy_of("sample")
    three(folder, visibility="restricted")
    site = build_site(folder)
    assert below(site.page(f"incidents/2031/{SECOND}/index.html"), "Has this happened before?") == "No earlier record tells of anything much like it."
    assert not [url for url, page in site.pages.items() if FIRST in str(page) or "Payments are refused" in str(page)]
