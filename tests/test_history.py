"""What git witnesses, read from real repositories: whoever merges, rebases, renames or clones, the record's past stays what it was."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.corpus import Corpus
from amends.history import Change, History, Past, Unread, What
from amends.record import Status
from amends.settings import load_settings

STEM = "2031-04-05-site-deletion"
PATH = f"incidents/2031/{STEM}.md"
SETTINGS = "site_name: Incidents\nplugins: [search, amends]\n"


def page(status: str = "published", *, due: str = "2031-06-01", promise: str = "Nothing is deleted for good within thirty days.", kept: str = "",
         title: str = "Sites were deleted", more: str = "", story: str = "") -> str:
    """A record with one promise, long enough to be recognised under another name."""
    lines = "".join(f"{n}. What happened in the hour {n} of that day, told by those who were there.\n" for n in range(12))
    return (f"---\ntitle: {title}\nstatus: {status}\nresponse:\n  commitments:\n    - id: C1\n      promise: {promise}\n      due: {due}\n"
            f"{f'      kept: {kept}' if kept else '      to: everyone'}\n{more}---\n## Summary\n\n{story}\n\n{lines}")


class Repo:
    """A repository of records, and git as people whose settings are their own."""

    def __init__(self, folder: Path, *, site: str = "", make: tuple[str, ...] = ("-b", "main")) -> None:
        self.folder = folder
        self.site = folder / site
        if make:
            self.site.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", *make)
            self.write("mkdocs.yml", SETTINGS)
            self.write("incidents/README.md", "# Incidents\n")

    def git(self, *arguments: str, who: str = "Ada", on: str = "2031-04-06", cwd: Path | None = None, check: bool = True) -> str:
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": who,
                       "GIT_AUTHOR_EMAIL": f"{who.lower()}@example.org", "GIT_COMMITTER_NAME": who, "GIT_COMMITTER_EMAIL": f"{who.lower()}@example.org",
                       "GIT_AUTHOR_DATE": f"{on}T12:00:00+02:00", "GIT_COMMITTER_DATE": f"{on}T12:00:00+02:00"}
        done = subprocess.run(["git", "-c", "protocol.file.allow=always", *arguments], cwd=cwd or self.folder, env=environment, capture_output=True, check=check)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, text: str) -> None:
        (self.site / path).parent.mkdir(parents=True, exist_ok=True)
        (self.site / path).write_text(text, encoding="utf-8")

    def commit(self, on: str, text: str | None = None, *, who: str = "Ada", path: str = PATH, message: str = "A version") -> str:
        """Commit everything, with `text` at `path`."""
        if text is not None:
            self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", message, who=who, on=on)
        return self.git("rev-parse", "HEAD")

    @property
    def history(self) -> History:
        return Corpus.open(load_settings(self.site / "mkdocs.yml")).history

    def past(self, path: str = PATH) -> Past:
        past = self.history.past(path)
        assert past is not None
        return past


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have settings of their own."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "records")


def told(past: Past, what: What | None = None) -> list[tuple[str, str, str, str, str]]:
    """What changed, by whom and when."""
    return [(c.what.value, c.before, c.after, c.version.who if c.version else "", str(c.version.authored.date()) if c.version else "")
            for c in past.changes if what in (None, c.what)]


def seen(history: History) -> dict[str, tuple[object, ...]]:
    """Everything that a history tells."""
    return {past.path: (past.stem, past.former, past.versions, past.changes, past.removed, past.status) for past in (*history, *history.removed)}


# A line of versions -------------------------------------------------------------------------------------------------


def test_a_record_knows_who_wrote_it_who_changed_it_last_and_when(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(story="More."), who="Grace")
    past = repo.past()
    assert past.created is not None
    assert past.changed is not None
    assert (past.created.who, past.created.authored.isoformat()) == ("Ada", "2031-04-06T12:00:00+02:00")
    assert (past.changed.who, past.changed.authored.date()) == ("Grace", date(2031, 4, 7))
    assert past.versions[1].old == past.versions[0].new
    assert repo.history.begins == date(2031, 4, 6)


def test_names_are_those_of_the_mailmap_also_when_it_changes_later(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    assert repo.past().versions[0].who == "Ada"
    repo.write(".mailmap", "Ada Lovelace <ada@example.org>\n")
    assert [version.who for version in repo.past().versions] == ["Ada Lovelace"] * 2


def test_each_change_of_status_has_its_day_and_author(repo: Repo) -> None:
    for day, status, who in (("06", "draft", "Ada"), ("07", "review", "Grace"), ("09", "published", "Ada")):
        repo.commit(f"2031-04-{day}", page(status), who=who)
    assert told(repo.past(), What.STATUS) == [("status", "", "draft", "Ada", "2031-04-06"), ("status", "draft", "review", "Grace", "2031-04-07"),
                                              ("status", "review", "published", "Ada", "2031-04-09")]
    reached = repo.past().reached(Status.PUBLISHED, Status.REVIEW, Status.PUBLISHED, Status.CLOSED)
    assert reached is not None
    assert reached.authored.date() == date(2031, 4, 7)


@pytest.mark.parametrize(("versions", "day"), [
    ((("draft", ""), ("published", "")), "2031-04-02"),
    ((("published", "restricted"), ("published", "restricted"), ("published", "")), "2031-04-03"),
    ((("published", "restricted"), ("closed", "restricted"), ("closed", "staff")), "2031-04-03"),
    ((("published", "restricted"), ("published", "staff"), ("published", "restricted"), ("published", "staff")), "2031-04-02"),
    ((("draft", "staff"), ("published", "restricted"), ("published", "staff")), "2031-04-03"),
    ((("draft", "restricted"), ("draft", "staff"), ("published", "staff")), "2031-04-03"),
    ((("published", "staff"),), "2031-04-01"),
    ((("published", "restricted"),), None)])
def test_a_record_is_told_by_the_version_in_which_it_is_published_and_not_restricted(repo: Repo, versions: tuple[tuple[str, str], ...], day: str | None) -> None:
    for number, (status, visibility) in enumerate(versions, 1):
        repo.commit(f"2031-04-0{number}", page(status, more=visibility and f"visibility: {visibility}\n", story=str(number)))
    if day is None:
        repo.write(PATH, page(versions[-1][0]))
    version = repo.past().told(Status(versions[-1][0]))
    assert (version and str(version.authored.date())) == day


def test_a_merge_that_brings_a_status_and_its_restriction_tells_nothing_of_either(repo: Repo) -> None:
    repo.commit("2031-04-01", page("draft"))
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2031-04-02", page("published"))
    repo.commit("2031-04-03", page("published", more="visibility: restricted\n"))
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "Merged", "topic", on="2031-04-04")
    repo.commit("2031-04-05", page("published"))
    version = repo.past().told(Status.PUBLISHED)
    assert version is not None
    assert str(version.authored.date()) == "2031-04-05"


def test_a_due_day_that_moves_is_told_from_when_to_when(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-05-30", page(due="2031-07-01"), who="Grace")
    repo.commit("2031-06-30", page(due="2031-08-01"), who="Grace")
    past = repo.past()
    assert told(past, What.DUE) == [("due", "2031-06-01", "2031-07-01", "Grace", "2031-05-30"), ("due", "2031-07-01", "2031-08-01", "Grace", "2031-06-30")]
    assert len(past.slips("promise", "C1")) == 2
    assert past.slips("action") == ()


def test_spaces_case_and_punctuation_are_no_other_words(repo: Repo) -> None:
    repo.commit("2031-04-06", page(promise="Nothing is deleted for good, within thirty days"))
    repo.commit("2031-04-07", page(promise="nothing  is deleted for good within thirty days."))
    assert told(repo.past(), What.WORDS) == []
    repo.commit("2031-04-08", page(promise="Little is deleted for good within thirty days."))
    assert len(told(repo.past(), What.WORDS)) == 1


def test_a_promise_that_gets_another_id_is_not_gone(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page().replace("id: C1", "id: C7"))
    assert told(repo.past(), What.GONE) == []
    repo.commit("2031-04-08", page(promise="Something else altogether.").replace("id: C1", "id: C8"))
    assert [line[1] for line in told(repo.past(), What.GONE)] == ["Nothing is deleted for good within thirty days."]


def test_what_is_not_committed_is_the_newest_version(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.write(PATH, page(due="2031-07-01"))
    past = repo.past()
    assert told(past) == [("due", "2031-06-01", "2031-07-01", "", "")]
    assert past.uncommitted
    assert len(past.versions) == 1
    repo.write(PATH, page())
    assert told(repo.past()) == []


def test_a_file_that_only_looks_changed_is_not(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    os.utime(repo.site / PATH, (0, 0))
    assert told(repo.past()) == []
    (repo.site / PATH).write_bytes(page().replace("\n", "\r\n").encode())  # as a checkout on Windows has it
    assert told(repo.past()) == []


def test_a_file_that_is_not_committed_has_no_past(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.write("incidents/2031/2031-05-01-new.md", page())
    assert repo.history.past("incidents/2031/2031-05-01-new.md") is None


def test_a_version_that_can_not_be_read_is_passed_over(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", f"---\ntitle: [broken\n{page()[4:]}")
    repo.commit("2031-04-08", page(due="2031-07-01"))
    past = repo.past()
    assert len(past.versions) == 3
    assert told(past, What.DUE) == [("due", "2031-06-01", "2031-07-01", "Ada", "2031-04-08")]


# Names ----------------------------------------------------------------------------------------------------------------


def test_a_record_that_gets_another_slug_keeps_its_past(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    new = "incidents/2031/2031-04-05-customers-lost-sites.md"
    repo.git("mv", PATH, new)
    repo.commit("2031-04-08", page(due="2031-07-01"), path=new, who="Grace")
    past = repo.past(new)
    assert past.former == (STEM,)
    assert past.created is not None
    assert past.created.who == "Ada"
    assert told(past, What.DUE) == [("due", "2031-06-01", "2031-07-01", "Grace", "2031-04-08")]
    assert repo.history.removed == ()


def test_a_record_that_moves_to_a_folder_of_its_own_keeps_its_past_however_much_else_changes(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    (repo.site / PATH).unlink()
    path = f"incidents/2031/{STEM}/index.md"
    repo.commit("2031-04-08", "---\ntitle: Another\nstatus: draft\n---\n", path=path)
    past = repo.past(path)
    assert told(past, What.STATUS)[-1][1:3] == ("published", "draft")
    assert past.former == ()


def test_two_records_from_one_template_are_no_rename_of_each_other(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    (repo.site / PATH).unlink()
    other = "incidents/2031/2031-09-09-other.md"
    text = page(title="Other", promise="Something different.", story="\n".join(f"It went otherwise here, line {n}." for n in range(12)))
    repo.commit("2031-09-10", text, path=other)
    assert repo.past(other).former == ()
    assert [past.stem for past in repo.history.removed] == [STEM]


def test_a_record_that_is_deleted_is_told_with_its_status_and_who_deleted_it(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-06", page(), path="incidents/2031/2031-04-04-stays.md")
    (repo.site / PATH).unlink()
    (past,) = repo.history.removed
    assert (past.stem, past.status, past.versions[-1].new is not None) == (STEM, Status.PUBLISHED, True)
    repo.commit("2031-05-01", who="Grace")
    (past,) = repo.history.removed
    assert (past.stem, past.status, past.versions[-1].new, past.versions[-1].who) == (STEM, Status.PUBLISHED, None, "Grace")
    repo.commit("2031-05-02", page("draft"))
    assert repo.history.removed == ()
    assert told(repo.past(), What.STATUS)[-1][1:3] == ("published", "draft")


def test_two_authors_who_take_one_slug_keep_each_their_own(repo: Repo) -> None:
    repo.commit("2031-04-05", page(), path="incidents/2031/2031-01-01-first.md")
    repo.git("switch", "-qc", "grace")
    repo.commit("2031-04-06", page(title="What Grace saw", story="Graces words."), who="Grace")
    repo.git("switch", "-q", "main")
    repo.commit("2031-04-07", page(title="What Ada saw"))
    repo.git("merge", "-q", "--no-ff", "grace", on="2031-04-08", check=False)
    repo.write(PATH, page(title="What Ada saw"))
    other = "incidents/2031/2031-04-05-site-deletion-2.md"
    repo.commit("2031-04-08", page(title="What Grace saw", story="Graces words."), path=other)
    past = repo.past()
    assert past.created is not None
    assert past.created.who == "Ada"
    assert len(past.versions) == 1
    assert repo.past(other).former == ()
    assert told(repo.past()) == told(repo.past(other)) == []


# Branches -------------------------------------------------------------------------------------------------------------


def on_a_branch(repo: Repo, *texts: str, merge: tuple[str, ...] = ("--no-ff",)) -> None:
    """Publish on main, rework on a branch by Grace, day by day, and let Linus merge it."""
    repo.commit("2031-04-06", page())
    repo.git("switch", "-qc", "branch")
    for day, text in enumerate(texts, 7):
        repo.commit(f"2031-04-{day:02}", text, who="Grace")
    repo.git("switch", "-q", "main")
    repo.commit("2031-04-20", "# Other\n", path="incidents/2031/README.md")
    repo.git("merge", "-q", *merge, "branch", "-m", "Merge branch", who="Linus", on="2031-04-21")


def test_what_a_merge_brings_is_by_the_author_of_the_branch_and_landed_with_the_merge(repo: Repo) -> None:
    on_a_branch(repo, page(due="2031-07-01"), page(due="2031-07-01", story="Told."))
    past = repo.past()
    assert told(past, What.DUE) == [("due", "2031-06-01", "2031-07-01", "Grace", "2031-04-07")]
    assert [version.who for version in past.versions] == ["Ada", "Grace", "Grace"]
    assert {version.landed.date() for version in past.versions[1:]} == {date(2031, 4, 21)}
    assert all(version.reviewed for version in past.versions[1:])


def test_what_was_reworked_on_a_branch_before_it_was_merged_was_never_published(repo: Repo) -> None:
    on_a_branch(repo, page(due="2031-09-01", promise="A slip."), page())
    assert told(repo.past(), What.DUE) == []
    assert told(repo.past(), What.WORDS) == []


def test_a_branch_that_takes_a_promise_out_and_is_merged_without_it_is_one_change(repo: Repo) -> None:
    on_a_branch(repo, page(story="First.").replace("id: C1", "id: C2").replace("Nothing is", "Everything will be"))
    (gone,) = repo.past().of(What.GONE)
    assert gone.stood is Status.PUBLISHED
    assert gone.version is not None
    assert gone.version.who == "Grace"


def test_a_conflict_that_a_merge_settles_is_told_by_the_merge(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.git("switch", "-qc", "branch")
    repo.commit("2031-04-07", page(due="2031-07-01"), who="Grace")
    repo.git("switch", "-q", "main")
    repo.commit("2031-04-08", page(due="2031-08-01"))
    repo.git("merge", "-q", "branch", check=False)
    repo.commit("2031-04-09", page(due="2031-09-01"), who="Linus")
    assert told(repo.past(), What.DUE) == [("due", "2031-06-01", "2031-08-01", "Ada", "2031-04-08"), ("due", "2031-08-01", "2031-09-01", "Linus", "2031-04-09")]


def test_a_merge_that_throws_a_branch_away_changes_nothing(repo: Repo) -> None:
    on_a_branch(repo, page(due="2031-07-01"), merge=("--no-ff", "-s", "ours"))
    assert told(repo.past()) == []


def test_a_rebased_branch_keeps_its_authors_and_their_days(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.git("switch", "-qc", "branch")
    repo.commit("2031-04-07", page(due="2031-07-01"), who="Grace")
    repo.git("switch", "-q", "main")
    repo.commit("2031-04-20", "# Other\n", path="incidents/2031/README.md")
    repo.git("rebase", "-q", "main", "branch", who="Linus", on="2031-04-21")
    past = repo.past()
    assert told(past, What.DUE) == [("due", "2031-06-01", "2031-07-01", "Grace", "2031-04-07")]
    assert past.versions[-1].landed.date() == date(2031, 4, 21)
    assert not past.versions[-1].reviewed


@pytest.mark.parametrize(("message", "reviewed"), [
    ("Correct the count (#12)", True), ("Correct the count\n\nReviewed-by: Grace <grace@example.org>", True), ("Correct the count", False),
    ("Correct #12", False), ("Correct\n\nSee merge request group/records!4", True)])
def test_a_commit_may_say_that_it_was_reviewed(repo: Repo, message: str, reviewed: bool) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"), message=message)
    assert repo.past().versions[-1].reviewed is reviewed


# Kept for the next time -----------------------------------------------------------------------------------------------


def cache_of(repo: Repo) -> Path:
    (cache,) = (repo.folder / ".git").glob("amends-history-*.json")
    return cache


def test_what_was_read_is_kept_and_gone_on_from(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    first = seen(repo.history)
    kept = cache_of(repo).read_bytes()
    assert seen(repo.history) == first
    assert cache_of(repo).read_bytes() == kept
    repo.commit("2031-04-08", page(due="2031-08-01"))
    on = seen(repo.history)
    assert cache_of(repo).read_bytes() != kept
    cache_of(repo).unlink()
    assert seen(repo.history) == on


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x80\n\xff", b"[]\n[]", b"null"])
def test_a_damaged_cache_is_made_anew(repo: Repo, damage: bytes) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    first, cache = seen(repo.history), cache_of(repo)
    kept = cache.read_bytes()
    cache.write_bytes(damage)
    assert seen(repo.history) == first
    assert cache.read_bytes() == kept
    cache.write_bytes(kept.replace(b"2031-07-01", b"2031-07-02"))
    assert seen(repo.history) == first


def test_a_cache_that_can_not_be_written_does_no_harm(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    first, cache = seen(repo.history), cache_of(repo)
    cache.unlink()
    cache.mkdir()
    assert seen(repo.history) == first
    assert not list((repo.folder / ".git").glob("amends-[!h]*"))


def test_a_base_that_was_pushed_over_is_read_anew(repo: Repo) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    assert repo.past().slips("promise")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    assert not repo.past().slips("promise")
    repo.commit("2031-04-08", page(due="2031-09-01"), who="Grace")
    assert told(repo.past(), What.DUE) == [("due", "2031-06-01", "2031-09-01", "Grace", "2031-04-08")]
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")
    assert told(repo.past(), What.DUE) == [("due", "2031-06-01", "2031-09-01", "Grace", "2031-04-08")]


def test_another_branch_has_its_own_past_whatever_was_kept(repo: Repo) -> None:
    on_a_branch(repo, page(due="2031-07-01"))
    on_main = seen(repo.history)
    repo.git("switch", "-q", "branch")
    assert len(repo.past().versions) == 2
    repo.git("switch", "-q", "main")
    assert seen(repo.history) == on_main


STEPS = st.lists(st.tuples(st.sampled_from(["write", "branch", "main", "merge", "rename", "delete", "read"]), st.integers(0, 3)), max_size=12)


@settings(max_examples=12)
@given(steps=STEPS)
def test_going_on_from_what_was_kept_gives_what_reading_anew_gives(steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory) -> None:
    repo = Repo(tmp_path_factory.mktemp("any") / "records")
    repo.commit("2031-04-01", page(), path="incidents/2031/2031-04-01-a0.md")
    repo.git("branch", "other")
    for day, (step, n) in enumerate(steps, 2):
        path = f"incidents/2031/2031-04-01-a{n}.md"
        if step == "write":
            repo.commit(f"2031-04-{day:02}", page(due=f"2031-06-{day:02}", story=str(n)), path=path)
        elif step in ("branch", "main"):
            repo.git("switch", "-q", "other" if step == "branch" else "main")
        elif step == "merge":
            repo.git("merge", "-q", "-X", "theirs", "other", "-m", "Merge", check=False, on=f"2031-04-{day:02}")
            repo.commit(f"2031-04-{day:02}")
        elif step == "rename" and (repo.site / path).exists():
            repo.git("mv", "-f", path, f"incidents/2031/2031-04-01-b{n}.md")
            repo.commit(f"2031-04-{day:02}")
        elif step == "delete" and (repo.site / path).exists():
            repo.git("rm", "-q", path)
            repo.commit(f"2031-04-{day:02}")
        elif step == "read":
            assert isinstance(repo.history, History)
    went_on = seen(repo.history)
    for cache in (repo.folder / ".git").glob("amends-history-*.json"):
        cache.unlink()
    assert seen(repo.history) == went_on


# Where it can't be known ----------------------------------------------------------------------------------------------


def unread(site: Path) -> Unread | None:
    return Corpus.open(load_settings(site / "mkdocs.yml")).history.unread


def test_a_shallow_clone_tells_nothing_rather_than_something_wrong(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone", make=())
    assert clone.history.unread is Unread.SHALLOW
    assert list(clone.history) == []
    clone.git("fetch", "-q", "--unshallow")
    assert seen(clone.history) == seen(repo.history)


def test_a_clone_without_texts_asks_no_other_host_for_them(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("2031-04-06", page())
    repo.commit("2031-04-07", page(due="2031-07-01"))
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.folder}", str(tmp_path / "clone"))
    assert unread(tmp_path / "clone") is Unread.PARTIAL


def test_without_a_repository_there_is_no_history(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    assert unread(tmp_path) is Unread.NO_REPOSITORY


def test_before_the_first_commit_there_is_no_history(repo: Repo) -> None:
    assert unread(repo.site) is Unread.UNBORN


def test_records_that_git_ignores_have_no_history(repo: Repo) -> None:
    repo.write(".gitignore", "incidents/\n")
    repo.commit("2031-04-06", page())
    assert unread(repo.site) is Unread.UNTRACKED


def test_a_bare_repository_has_no_records(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2031-04-06", page())
    repo.git("clone", "-q", "--bare", str(repo.folder), str(tmp_path / "bare.git"))
    shutil.copytree(repo.site / "incidents", tmp_path / "bare.git" / "incidents")
    (tmp_path / "bare.git" / "mkdocs.yml").write_text(SETTINGS)
    assert unread(tmp_path / "bare.git") is Unread.BARE


def test_a_repository_of_somebody_else_is_not_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2031-04-06", page())
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    history = repo.history
    assert history.unread is Unread.FOREIGN
    assert "dubious ownership" in history.detail


@pytest.mark.parametrize("before", ["", "import git; "])
def test_without_git_everything_else_works(repo: Repo, tmp_path: Path, before: str) -> None:
    repo.commit("2031-04-06", page("draft"))
    script = f"import os; {before}os.environ['PATH'] = {str(tmp_path)!r}; import sys; sys.argv = ['amends', 'check']; from amends_cli.__main__ import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", script], cwd=repo.site, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("; no git history: git is not installed\n")


def test_a_damaged_repository_is_told_with_what_git_says(repo: Repo) -> None:
    commit = repo.commit("2031-04-06", page())
    (repo.folder / ".git" / "objects" / commit[:2] / commit[2:]).unlink()
    assert repo.history.unread in (Unread.FAILED, Unread.UNBORN)


# Wherever the records are ---------------------------------------------------------------------------------------------


def two_versions(repo: Repo, path: str = PATH) -> list[tuple[str, str, str, str, str]]:
    repo.commit("2031-04-06", page(), path=path)
    repo.commit("2031-04-07", page(due="2031-07-01"), path=path)
    return [("due", "2031-06-01", "2031-07-01", "Ada", "2031-04-07")]


def test_records_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "records", site="some where/déjà")
    expected = two_versions(repo)
    assert told(repo.past(), What.DUE) == expected


def test_records_in_a_repository_with_long_ids(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "records", make=("--object-format=sha256", "-b", "main"))
    expected = two_versions(repo)
    assert told(repo.past(), What.DUE) == expected
    assert len(repo.past().versions[0].commit) == 64


@pytest.mark.parametrize("path", ["incidents/2031/2031-04-05-grüße.md", "incidents/a folder/2031-04-05-x.md", "incidents/two\nlines/2031-04-05-x.md",
                                  "incidents/2031/2031-04-05-\udcff.md"])
def test_names_of_every_kind(repo: Repo, path: str) -> None:
    assert told(repo.past(path), What.DUE) == two_versions(repo, path) if (repo.site / path).exists() else two_versions(repo, path)
    assert len(told(repo.past(path), What.DUE)) == 1


def test_a_folder_above_whose_name_holds_a_line_end(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "two\nlines", site="and\nmore")
    expected = two_versions(repo)
    assert told(repo.past(), What.DUE) == expected


def test_a_working_tree_beside_the_first_has_the_past_of_its_own_branch(repo: Repo, tmp_path: Path) -> None:
    expected = two_versions(repo)
    repo.git("worktree", "add", "-q", "-b", "beside", str(tmp_path / "beside"))
    beside = Repo(tmp_path / "beside", make=())
    beside.commit("2031-04-08", page(due="2031-08-01"), who="Grace")
    assert told(beside.past(), What.DUE) == [*expected, ("due", "2031-07-01", "2031-08-01", "Grace", "2031-04-08")]
    assert told(repo.past(), What.DUE) == expected


def test_a_site_that_is_a_submodule(repo: Repo, tmp_path: Path) -> None:
    expected = two_versions(repo)
    around = Repo(tmp_path / "around")
    around.commit("2031-05-01")
    around.git("submodule", "-q", "add", f"file://{repo.folder}", "records")
    assert told(Repo(tmp_path / "around" / "records", make=()).past(), What.DUE) == expected


def test_records_that_are_a_submodule_of_the_site(tmp_path: Path) -> None:
    records = Repo(tmp_path / "records")
    expected = two_versions(records, f"2031/{STEM}.md")
    site = Repo(tmp_path / "site")
    shutil.rmtree(site.site / "incidents")
    site.git("submodule", "-q", "add", f"file://{records.folder}", "incidents")
    site.commit("2031-05-01")
    assert told(site.past(), What.DUE) == expected


def test_a_head_that_is_on_no_branch(repo: Repo) -> None:
    expected = two_versions(repo)
    repo.git("switch", "-q", "--detach", "HEAD")
    assert told(repo.past(), What.DUE) == expected
    repo.git("switch", "-q", "--detach", "HEAD~1")
    assert told(repo.past(), What.DUE) == []


def test_git_dir_as_a_hook_has_it(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = two_versions(repo)
    monkeypatch.chdir(repo.folder)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert told(repo.past(), What.DUE) == expected
    assert os.environ["GIT_INDEX_FILE"] == "nowhere"


def test_git_dir_of_another_repository_is_not_asked(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = two_versions(repo)
    other = Repo(tmp_path / "other")
    monkeypatch.chdir(other.folder)
    monkeypatch.setenv("GIT_DIR", ".git")
    assert told(repo.past(), What.DUE) == expected


def test_git_dir_that_lies_apart_from_its_working_tree(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = two_versions(repo)
    (repo.folder / ".git").rename(tmp_path / "apart.git")
    assert unread(repo.site) is Unread.NO_REPOSITORY
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "apart.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repo.folder))
    assert told(repo.past(), What.DUE) == expected


# Whose settings they are ----------------------------------------------------------------------------------------------


def test_a_users_settings_change_nothing(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_branch(repo, page(due="2031-07-01"))
    repo.git("mv", PATH, PATH.replace("site-deletion", "grüße"))
    repo.commit("2031-05-01")
    expected = seen(repo.history)
    cache_of(repo).unlink()
    names = tmp_path / "names"
    names.write_text("Nobody <ada@example.org>\n")
    config = tmp_path / "config"
    config.write_text(
        "[log]\nshowSignature = true\nfollow = true\nshowRoot = false\ndate = relative\ndecorate = full\ndiffMerges = combined\nmailmap = false\n"
        "abbrevCommit = true\n[diff]\nrenames = false\nrelative = true\nnoprefix = true\nsubmodule = log\nrenameLimit = 1\n"
        f"orderFile = {names}\n[core]\nquotePath = false\nabbrev = 4\npager = false\n[color]\nui = always\n[format]\npretty = oneline\n"
        f"[mailmap]\nfile = {names}\n[i18n]\nlogOutputEncoding = ISO-8859-1\n[status]\nrelativePaths = false\n[notes]\ndisplayRef = *\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert seen(repo.history) == expected


def test_nothing_that_the_repository_or_the_user_configured_is_run(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_versions(repo)
    ran = tmp_path / "ran"
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n")
    spy.chmod(0o755)
    repo.write(".gitattributes", "*.md diff=spy filter=spy\n")
    repo.commit("2031-04-08")
    for key in ("diff.external", "core.pager", "pager.log", "core.fsmonitor", "diff.spy.textconv", "diff.spy.command", "filter.spy.clean", "gpg.program",
                "core.sshCommand"):
        repo.git("config", key, str(spy))
    for hook in ("post-index-change", "reference-transaction", "pre-auto-gc"):
        shutil.copy(spy, repo.folder / ".git" / "hooks" / hook)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(spy))
    monkeypatch.setenv("GIT_PAGER", str(spy))
    repo.write(PATH, page(due="2031-08-01"))
    assert len(repo.past().slips("promise")) == 2
    assert not ran.exists()


def test_the_name_of_an_author_is_only_a_name(repo: Repo) -> None:
    repo.commit("2031-04-06", page(), who="<b>Ada\x01\x1f: ü\x1b[31m")
    assert "Ada" in repo.past().versions[0].who


def test_reading_changes_nothing_but_the_cache(repo: Repo) -> None:
    two_versions(repo)
    os.utime(repo.site / PATH, (0, 0))

    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in repo.folder.rglob("*") if path.is_file() and "amends-history" not in path.name}

    before = everything()
    assert isinstance(repo.history, History)
    assert everything() == before


Mutate = Callable[[Change], object]


@pytest.mark.parametrize("change", ["what", "version"])
def test_what_is_told_can_not_be_changed(repo: Repo, change: str) -> None:
    two_versions(repo)
    with pytest.raises(AttributeError):
        setattr(repo.past().changes[0], change, None)
