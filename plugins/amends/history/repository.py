"""Asks git for the history of a corpus, in a handful of calls for all of it.

Everything goes through GitPython, which is imported when a history is read and not before.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from amends.git_calls import COMMAND, ENVIRONMENT, RAW_DIFF, appointed, is_partial, own_variables
from amends.history.past import Unread

if TYPE_CHECKING:
    from git.cmd import Git
    from git.exc import CommandError

_FORMAT = "--format=" + "%x00".join(("%H", "%P", "%aN", "%aI", "%cI", "%B", ""))
_FIELDS = 6
"""Of a commit, in the order of the format."""

FILE_MODES = (b"100644", b"100755")
"""Symbolic links and submodules are no records."""


class Unreadable(Exception):
    """The history can't be read."""

    def __init__(self, why: Unread, detail: str = "") -> None:
        super().__init__(why.value)
        self.why, self.detail = why, detail


class Entry(NamedTuple):
    """What a commit did to one file. Blobs are empty where there was, or is, no file."""

    status: str
    """`A`, `M`, `D`, `T`, or `R` with the likeness in percent, for example `R092`."""
    old: str
    new: str
    old_path: str
    path: str


class Commit(NamedTuple):
    """A commit that touched the corpus, and what it did to it: a merge, in comparison with its first parent."""

    id: str
    parents: tuple[str, ...]
    who: str
    authored: str
    committed: str
    message: str
    entries: tuple[Entry, ...]


class Repository:
    """The repository around a folder, as far as the two folders of a corpus go."""

    def __init__(self, git: "Git", base: str, folders: Sequence[tuple[str, str]]) -> None:
        self._git = git
        self._folders = folders
        self._pathspecs = [inside or "." for inside, _ in folders]
        bare, tree, shallow = _answers(git, "--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository")
        if (bare, tree) != ("false", "true"):
            raise Unreadable(Unread.BARE)
        try:
            self.head = os.fsdecode(_run(git, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").rstrip(b"\n"))
        except Unreadable as error:
            raise Unreadable(Unread.UNBORN, error.detail) from error
        if shallow == "true":
            raise Unreadable(Unread.SHALLOW)
        self.place, self._top, git_dir = _answers(git, "--show-prefix", "--show-toplevel", "--git-dir")
        self._git_dir = os.path.join(base, git_dir)

    place: str
    """The folder of the settings within the repository, with a slash at its end; empty at its top."""

    @classmethod
    def around(cls, root: str, folders: Sequence[str]) -> "Repository":
        """The repository that holds `folders`, relative to `root`. Raises Unreadable."""
        if not _worth_asking(root):
            raise Unreadable(Unread.NO_REPOSITORY)
        try:
            from git.cmd import Git  # takes longer to import than a record takes to check
        except ImportError as error:  # GitPython itself refuses to be imported where there is no git
            raise Unreadable(Unread.NO_GIT, str(error).strip().split("\n", 1)[0]) from error
        base, inside = root, [(folder, folder) for folder in folders]
        if os.path.lexists(f"{root}/{folders[0]}/.git"):  # the records are a submodule
            base, inside = f"{root}/{folders[0]}", [("", folders[0])]
        git = Git(base)
        git.update_environment(**ENVIRONMENT, **appointed(base))
        return cls(git, base, inside)

    def cache_path(self, name: str) -> str:
        """Where a file of ours may lie: in the git directory, of this working tree alone."""
        return os.path.join(self._git_dir, name)

    def mailmap(self) -> bytes:
        """The mapping of names that git uses; empty where there is none."""
        try:
            with open(f"{self._top}/.mailmap", "rb") as file:
                return file.read()
        except OSError:
            return b""

    def main_line(self, since: str | None) -> list[str] | None:
        """The commits from HEAD on, by first parents, the oldest first: those that the working tree itself went through.

        Only those that touched the corpus; with `since`, all after that commit, or None where it is not one of them.
        """
        if since is None:
            return self._bytes("rev-list", "--first-parent", "--reverse", "HEAD", "--", *self._pathspecs).decode().split()
        if since == self.head:
            return []
        try:
            lines = self._bytes("rev-list", "--first-parent", "--parents", "--reverse", "HEAD", f"^{since}").decode().splitlines()
        except Unreadable:
            return None  # a commit that is no longer there
        commits = [line.split() for line in lines]
        return [commit[0] for commit in commits] if commits and commits[0][1:2] == [since] else None

    def log(self, since: str | None) -> Iterator[Commit]:
        """Every commit that touched the corpus, after `since` if given, parents before children."""
        raw = self._bytes("log", "--full-history", "--topo-order", "--reverse", "--diff-merges=first-parent", "-M", *RAW_DIFF, "--no-decorate", "--no-notes",
                          "--no-show-signature", "--encoding=UTF-8", _FORMAT, "HEAD", *([f"^{since}"] if since else ()), "--", *self._pathspecs)
        words = raw.split(b"\0")
        at, end = 0, len(words) - 1
        while True:
            while at < end and not words[at].strip(b"\n"):
                at += 1  # between a commit and what it did, and after one that did nothing
            if at + _FIELDS > end:
                return
            fields = words[at:at + _FIELDS]
            at += _FIELDS
            while at < end and not words[at].strip(b"\n"):
                at += 1
            entries = []
            while at < end and (meta := words[at].lstrip(b"\n")).startswith(b":"):
                renamed = meta.rsplit(b" ", 1)[1][:1] in (b"R", b"C")
                entries.append(self._entry(meta, words[at + 1], words[at + 1 + renamed]))
                at += 2 + renamed
            id_, parents, who, authored, committed, message = (field.decode("utf-8", "replace") for field in fields)
            yield Commit(id_.lstrip("\n"), tuple(parents.split()), who, authored, committed, message, tuple(entries))

    def texts(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each blob with its content, in order, read one after the other from one process; None where it is missing. Raises Unreadable."""
        from git.exc import CommandError

        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{blob}\n" for blob in blobs).encode())
            asked.seek(0)
            with own_variables():
                process: Any = self._git.execute([*COMMAND, "cat-file", "--batch", "--buffer"], istream=asked, as_process=True)
            out = process.stdout
            while header := out.readline():
                name, *rest = header.decode().split()
                if len(rest) != 2:
                    yield name, None
                    continue
                content = out.read(int(rest[1]) + 1)
                yield name, content[:-1]
            try:
                process.wait()
            except CommandError as error:  # in a partial clone, what is missing ends it
                raise _unreadable(error) from error

    def _entry(self, meta: bytes, old_path: bytes, path: bytes) -> Entry:
        old_mode, new_mode, old, new, status = meta[1:].split(b" ")
        return Entry(status.decode(), old.decode() if old_mode in FILE_MODES else "", new.decode() if new_mode in FILE_MODES else "",
                     self._named(old_path), self._named(path))

    def _named(self, path: bytes) -> str:
        """A file as the corpus names it."""
        inside = os.fsdecode(path)[len(self.place):]
        if len(self._folders) == 1 and not self._folders[0][0]:
            return f"{self._folders[0][1]}/{inside}"
        return inside

    def _bytes(self, *arguments: str) -> bytes:
        return _run(self._git, *arguments)


def _run(git: "Git", *arguments: str) -> bytes:
    from git.exc import CommandError, GitCommandNotFound

    try:
        with own_variables():
            said: Any = git.execute([*COMMAND, *arguments], stdout_as_string=False, strip_newline_in_stdout=False)
    except GitCommandNotFound as error:
        raise Unreadable(Unread.NO_GIT) from error
    except CommandError as error:
        raise _unreadable(error) from error
    return bytes(said)


def _unreadable(error: "CommandError") -> Unreadable:
    detail = str(error.stderr).strip().removeprefix("stderr: ").strip(" '\n")
    lines = detail.split("\n")
    return Unreadable(_reason(detail), next((line for line in lines if line.startswith("fatal: ")), lines[0]).removeprefix("fatal: "))


def _answers(git: "Git", *questions: str) -> list[str]:
    """What `git rev-parse` answers to each, in one call unless a folder's name holds a line end."""
    said = os.fsdecode(_run(git, "rev-parse", *questions)).split("\n")
    if len(said) == len(questions) + 1:
        return said[:-1]
    return [os.fsdecode(_run(git, "rev-parse", question)[:-1]) for question in questions]


def _reason(detail: str) -> Unread:
    if "not a git repository" in detail:
        return Unread.NO_REPOSITORY
    if "dubious ownership" in detail or "unsafe repository" in detail:
        return Unread.FOREIGN
    if is_partial(detail):
        return Unread.PARTIAL
    return Unread.FAILED


def _worth_asking(root: str) -> bool:
    """Whether there may be a repository around `root`; what is not in one is not worth loading GitPython for."""
    if os.environ.get("GIT_DIR"):
        return True
    folder = os.path.realpath(root)
    while True:
        if os.path.lexists(f"{folder}/.git") or os.path.isfile(f"{folder}/HEAD"):
            return True
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
