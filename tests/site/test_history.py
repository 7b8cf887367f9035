"""What git tells, on the pages of a real build: facts for readers, names as names, and nothing of what is restricted."""

import json
import logging
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

URL = "incidents/2031/2031-04-05-site-deletion/index.html"
RECORD = "incidents/2031/2031-04-05-site-deletion.md"


@pytest.fixture
def commit() -> Callable[..., None]:
    """Commits everything in a folder."""

    def run(folder: Path, on: str, who: str = "Ada") -> None:
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": f"{on}T12:00:00Z",
                       "GIT_COMMITTER_DATE": f"{on}T12:00:00Z", "GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": who,
                       "GIT_COMMITTER_EMAIL": "a@example.org"}
        for arguments in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "A version")):
            subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)

    return run


def change(folder: Path, *changes: tuple[str, str]) -> None:
    text = (folder / RECORD).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / RECORD).write_text(text, encoding="utf-8")


SLIP = ("      due: 2031-06-01\n      kept: 2031-05-28\n", "      due: 2031-09-17\n")


def test_a_records_page_tells_when_it_was_written_published_and_changed_and_what_slipped(
        copy_of: Callable[[str], Path], build_site: Callable, commit: Callable[..., None]) -> None:
    folder = copy_of("sample")
    change(folder, ("status: published", "status: draft"))
    commit(folder, "2031-04-10")
    change(folder, ("status: draft", "status: published"))
    commit(folder, "2031-04-11", who="Grace <script>alert(1)</script> & Co")
    change(folder, SLIP)
    commit(folder, "2031-05-20", who="Linus")
    site = build_site(folder)
    page = site.page(URL)
    assert any(heading.get_text(" ").startswith("History of this record") for heading in page.find_all("h2"))
    text = site.text(URL)
    assert "Written 10 Apr 2031 by Ada" in text
    assert "Published 11 Apr 2031 by Grace" in text
    assert "Last changed 20 May 2031 by Linus" in text
    assert "Promise C1: due 1 Jun 2031 → 17 Sep 2031 20 May 2031 by Linus" in text
    assert not page.select("article script")
    assert "put off 1 Jun 2031 → 17 Sep 2031" in site.text("promises/index.html")
    warnings = site.messages(logging.WARNING)
    assert any("G602" in message for message in warnings)


def test_a_record_that_was_restricted_is_new_to_readers_on_the_day_on_which_it_is_told(
        copy_of: Callable[[str], Path], build_site: Callable, commit: Callable[..., None]) -> None:
    folder = copy_of("sample")
    change(folder, ("visibility: staff", "visibility: restricted"))
    commit(folder, "2031-04-10")
    change(folder, ("visibility: restricted", "visibility: staff"))
    commit(folder, "2031-05-20", who="Grace")
    site = build_site(folder)
    assert "Published 20 May 2031 by Grace" in site.text(URL)
    (new,) = (item for item in json.loads(site.held["feed.json"])["items"] if item["url"].endswith("site-deletion/") and item["title"].startswith("New"))
    assert new["date_published"].startswith("2031-05-20")


def test_where_there_is_no_history_one_quiet_line_says_why(sample) -> None:
    assert "What git knows of it can't be told: no repository." in sample.text(URL)


def test_the_history_of_a_restricted_record_stands_nowhere(
        copy_of: Callable[[str], Path], build_site: Callable, commit: Callable[..., None]) -> None:
    folder = copy_of("sample")
    text = (folder / RECORD).read_text(encoding="utf-8")
    (folder / RECORD).unlink()
    commit(folder, "2031-04-09")
    (folder / RECORD).write_text(text, encoding="utf-8")
    commit(folder, "2031-04-10", who="Marvin the Unnamed")
    change(folder, ("visibility: staff", "visibility: restricted"), SLIP)
    commit(folder, "2031-05-20", who="Marvin the Unnamed")
    site = build_site(folder)
    for url, page in site.pages.items():
        assert "17 Sep 2031" not in page.get_text(), url
        assert "Marvin" not in page.get_text(), url
    assert "Marvin" not in (site.folder / "search/search_index.json").read_text(encoding="utf-8")


def test_the_page_of_a_rule_shows_the_commits_of_its_examples(sample) -> None:
    page, text = sample.page("rules/g605/index.html"), sample.text("rules/g605/index.html")
    assert "incidents/2031/2031-05-12-mail-outage.md , commit 1, 2031-05-20:" in text
    assert "commit 2, 2031-06-20 deletes it" in text
    assert "commit=" not in text
    assert len(page.select("article pre")) == 5
