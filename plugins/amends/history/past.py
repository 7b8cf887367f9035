"""What git tells of a record: its versions, what changed from one to the next, or the reason why that can't be known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import groupby

from amends.record import Status


class Unread(str, Enum):
    """Why the history can't be read. The value is the fact, in words that end a sentence."""

    NO_REPOSITORY = "no repository"
    NO_GIT = "git is not installed"
    BARE = "the repository has no working tree"
    UNBORN = "nothing has been committed yet"
    UNTRACKED = "git has no version of the records"
    SHALLOW = "the clone is shallow"
    PARTIAL = "the clone lacks the texts of older versions"
    FOREIGN = "git refuses the folder, which belongs to another user"
    FAILED = "git failed"

    @property
    def help(self) -> str | None:
        """What to do about it, where the history is there and only out of reach; None where there is none to read."""
        return _REMEDIES.get(self)

    @property
    def told(self) -> str:
        """The end of a count line, where something asked git in vain."""
        return f"; no git history: {self.value}"


_REMEDIES = {
    Unread.SHALLOW: "run `git fetch --unshallow`; in CI ask for the whole history: `fetch-depth: 0` for GitHub's checkout, `GIT_DEPTH: 0` in GitLab",
    Unread.PARTIAL: "clone without `--filter`, or fetch what is missing with `git fetch --refetch --no-filter`",
    Unread.FOREIGN: "if you trust it, tell git so: `git config --global --add safe.directory` with the repository's folder",
    Unread.FAILED: "`git log` and `git fsck` in the repository show what is the matter",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file, as one commit left it."""

    commit: str
    """The commit's id in hex, 40 or 64 digits."""
    who: str
    """The author's name, as `.mailmap` has it."""
    authored: datetime
    """When it was written; aware. An amended or rebased commit keeps it."""
    landed: datetime
    """When it arrived where the history was read from: the committer's time, of the merge if a merge brought it; aware."""
    old: str | None
    """The blob before; None where there was no file."""
    new: str | None
    """The blob after; None where the file was removed."""
    path: str
    """Where it was then, as the corpus names files."""
    reviewed: bool
    """Whether the commit itself says that somebody else looked at it: a merge, a pull request's number, `Reviewed-by:`."""

    @property
    def earliest(self) -> date:
        """The first day on which this can have been written, in the author's own time zone."""
        return min(self.authored.date(), self.landed.date())

    @property
    def latest(self) -> date:
        """The last day on which this can have been written, in either time zone."""
        return max(self.authored.date(), self.landed.date())


class What(str, Enum):
    """What changed between two versions."""

    STATUS = "status"
    """The status; also the first one, for which `before` is empty."""
    VISIBILITY = "visibility"
    """Whether the record is restricted; `before` and `after` are `restricted` or empty."""
    DUE = "due"
    """A due day that was set: moved, or taken away, for which `after` is empty."""
    WORDS = "words"
    """What was promised, or is to be done, beyond spaces, case and punctuation."""
    ADDED = "added"
    """An entry that the version before did not have; not told of a first version."""
    GONE = "gone"
    """An entry whose id and whose words are both gone."""
    SETTLED = "settled"
    """`kept` or `done` was filled in or changed; `after` is the day, `before` is `open` where the entry was there without one."""
    CLAIM = "claim"
    """Something that the record said is no longer there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two versions of a record."""

    what: What
    part: str
    """What changed: `promise`, `action`, or for a status and a claim the record's key, such as `customer_impact`."""
    id: str
    """The entry's id; empty where it has none, or no entry is meant."""
    before: str
    """What it was: a day as `2031-06-01`, a status, or words; empty where it was nothing."""
    after: str
    """What it became, in the same form."""
    stood: Status | None
    """The record's status before the change; None for a first version."""
    version: Version | None
    """The version that brought it; None for a change that is not committed."""

    @property
    def name(self) -> str:
        """How a message names the entry: `promise C2`, or the first words of one without an id."""
        return f"{self.part} {self.id or f'“{shortened(self.before)}”'}"

    @property
    def source(self) -> str:
        """By whom and when, for a message: ` by Ada on 2031-05-01`."""
        return f"by {self.version.who} on {self.version.authored.date()}" if self.version else "not committed yet"


OPEN = "open"
"""What an entry was that nothing had been said about."""

_NOT_WORDS = re.compile(r"[\W_]+")


def words_in(text: str) -> str:
    """A text as versions are compared: without case, punctuation and spaces that were set otherwise."""
    return _NOT_WORDS.sub(" ", text).strip().casefold()


def shortened(text: str, length: int = 60) -> str:
    """The first words of a text."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length - 1].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True, slots=True)
class Past:
    """What git knows of one file of the corpus."""

    stem: str
    path: str
    """Where it is, or was when it was removed."""
    former: tuple[str, ...]
    """The stems that it had before, the first one first."""
    versions: tuple[Version, ...]
    """From the first to the last; those of a branch stand where a merge brought them. Empty for a file that is not committed."""
    changes: tuple[Change, ...]
    """In the same order, what is not committed last. A record with one version has none: what it says is all there is."""
    removed: bool
    """Whether the file is gone."""
    status: Status | None
    """How far it had come when it was last readable; None for one with a single version that is still there."""

    @property
    def created(self) -> Version | None:
        """The first version."""
        return self.versions[0] if self.versions else None

    @property
    def changed(self) -> Version | None:
        """The last version; None where there is only one."""
        return self.versions[-1] if len(self.versions) > 1 else None

    @property
    def uncommitted(self) -> bool:
        """Whether something that rules look at has been changed and not committed."""
        return bool(self.changes) and self.changes[-1].version is None

    def reached(self, now: Status, *statuses: Status) -> Version | None:
        """The version by which the record, which is at `now`, first had one of `statuses`; None where it never had, or that is not committed."""
        steps = self.of(What.STATUS)
        if len(self.versions) == 1 and (Status(steps[0].before) if steps and steps[0].version is None else now) in statuses:
            return self.versions[0]
        return next((change.version for change in steps if change.after in statuses), None)

    def told(self, now: Status) -> Version | None:
        """The version by which the record, which is at `now`, was first told to anybody: published, and not restricted; None where it never was, or that
        is not committed.
        """
        published = self.reached(now, Status.PUBLISHED, Status.CLOSED)
        if published is None or not self.of(What.VISIBILITY):
            return published
        public = restricted = False
        steps = (change for change in self.changes if change.what in (What.STATUS, What.VISIBILITY))
        for _, together in groupby(steps, lambda change: change.version and change.version.landed):
            versions = []
            for change in together:
                versions.append(change.version)
                if change.what is What.STATUS:
                    public = Status(change.after).public
                else:
                    restricted = bool(change.after)
            if public and not restricted:
                return max((version for version in versions if version), key=self.versions.index, default=None)
        return None

    def slips(self, part: str, id_: str | None = None) -> tuple[Change, ...]:
        """The due days that were put off, or taken away, after the record had come to review; of one entry, if it is named."""
        return tuple(change for change in self.of(What.DUE, part, id_)
                     if change.stood and change.stood.binds and (not change.after or change.after > change.before))

    def was_public(self, change: Change) -> bool:
        """Whether the entry that changed stood in a published version before."""
        public = was = False
        words = words_in(change.before)
        for earlier in self.changes:
            if earlier is change or earlier.version == change.version:
                break  # a status that came with it says nothing of what stood before
            if earlier.what is What.STATUS:
                public = Status(earlier.after).public
                was = was or public
            elif earlier.what is What.ADDED and earlier.part == change.part and (earlier.id == change.id if change.id else words_in(earlier.after) == words):
                was = public
        return was or (change.stood is not None and change.stood.public)

    def claimed(self, part: str, id_: str, day: str) -> Version | None:
        """The version by which an entry was first said to be settled on that day; None where that is not known, or not committed."""
        claims = [change for change in self.of(What.SETTLED, part, id_) if change.after == day]
        if claims:
            return claims[-1].version
        return self.versions[0] if len(self.versions) == 1 and not self.uncommitted else None

    def of(self, what: What, part: str = "", id_: str | None = None) -> tuple[Change, ...]:
        """The changes of one kind, of one part, and of one entry, if these are named."""
        return tuple(c for c in self.changes if c.what is what and part in ("", c.part) and (id_ is None or c.id == id_))


class History:
    """What git knows of a corpus, or why it knows nothing. Immutable."""

    def __init__(self, pasts: Mapping[str, Past], removed: tuple[Past, ...], begins: date | None, unread: Unread | None, detail: str) -> None:
        self._pasts = pasts
        self.removed = removed
        """The records that are gone, by path, also where only the working tree lacks them."""
        self.begins = begins
        """The day of the oldest commit; None where nothing could be read."""
        self.unread = unread
        """Why nothing could be read; then there are no pasts."""
        self.detail = detail
        """What git said, where it failed."""

    @classmethod
    def none(cls, unread: Unread, detail: str = "") -> "History":
        """A history that can't be read."""
        return cls({}, (), None, unread, detail)

    def past(self, path: str) -> Past | None:
        """The past of the file at `path`; None where nothing could be read, or the file is not committed."""
        return self._pasts.get(path)

    def __iter__(self) -> Iterator[Past]:
        """The pasts of all files of the corpus that git knows."""
        return iter(self._pasts.values())
