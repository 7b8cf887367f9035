"""What has changed since a revision, as git knows it: every file that differs, and what it held before.

The commits that only the other side has made do not count: the comparison is with the merge base. Uncommitted and untracked files count.

Git is called as it is, without GitPython: importing that takes longer than these four calls.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from amends.git_calls import COMMAND, ENVIRONMENT, RAW_DIFF, appointed, is_partial, own_variables

_DIFF = ("diff", *RAW_DIFF, "--no-renames", "--no-relative")
_FILE, _LINK = "100", "120"
"""How the modes of files and of symbolic links begin."""
_PARTIAL = "this clone is partial, and lacks what changed files held before\n  help: clone without --filter"


class NoChange(Exception):
    """What has changed can't be known; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a changed file was before."""

    mode: str
    """Git's mode, six digits; zeros where there was nothing."""
    blob: str
    """Git's name for what it held; zeros where there was nothing."""

    @property
    def is_file(self) -> bool:
        """Whether it was a file, and no link, folder or submodule."""
        return self.mode.startswith(_FILE)

    @property
    def is_link(self) -> bool:
        """Whether it was a symbolic link."""
        return self.mode.startswith(_LINK)


NOTHING = Before("000000", "")


@dataclass(frozen=True)
class Change:
    """Everything that differs from the merge base."""

    root: FilePath
    """The folder of the settings."""
    files: Mapping[str, Before]
    """By path relative to `root`, with forward slashes (`../` where it lies above), what each changed file was."""

    def contents(self, paths: Sequence[str]) -> dict[str, bytes]:
        """What those of the changed files held before that were files. Raises NoChange where git does not have it."""
        blobs = {path: self.files[path].blob for path in paths if self.files[path].is_file}
        if not blobs:
            return {}
        try:
            out = _git(self.root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs.values()).encode())
        except _Refused as refused:
            if is_partial(refused.said):
                raise NoChange(_PARTIAL) from None
            raise NoChange(f"git can't read what was there before: {refused.line}\n  help: mend that, or leave --since out") from None
        held: dict[str, bytes] = {}
        at = 0
        for path in blobs:
            end = out.index(b"\n", at)
            words = out[at:end].split()
            if len(words) != 3:
                raise NoChange(_PARTIAL)
            size = int(words[2])
            held[path] = out[end + 1:end + 1 + size]
            at = end + 2 + size
        return held


def top_of(folder: FilePath) -> FilePath:
    """The top of the repository whose working tree holds `folder`. Raises NoChange."""
    try:
        return FilePath(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))
    except _Refused as refused:
        fact = f"{folder} is in no git repository" if "not a git repository" in refused.said else f"git refuses to read the repository: {refused.line}"
        raise NoChange(f"{fact}\n  help: leave --since out, or run it in a clone") from None


def read_change(root: FilePath, revision: str, beside: Sequence[FilePath] = ()) -> Change:
    """What has changed below `root`, and in the files `beside` it, since HEAD and `revision` went different ways.

    Raises NoChange: there is no git or no repository, no such revision, or no commit that both have in common.
    """
    try:
        return _read_change(root, _merge_base(root, revision), beside)
    except _Refused as refused:
        raise NoChange(f"git can't compare: {refused.line}\n  help: mend that, or leave --since out") from None


def _read_change(root: FilePath, base: str, beside: Sequence[FilePath]) -> Change:
    prefix = os.fsdecode(_git(root, "rev-parse", "--show-prefix"))[:-1]
    top = root
    for _ in filter(None, prefix.split("/")):
        top = top.parent
    others = [os.path.relpath(path, root) for path in beside if not path.is_relative_to(root) and path.is_relative_to(top)]
    files: dict[str, Before] = {}
    fields = _git(root, *_DIFF, base, "--", ".", *others).split(b"\0")
    for entry, path in zip(fields[::2], fields[1::2], strict=False):
        mode, _, blob, _, status = entry.decode()[1:].split(" ")
        name = _relative(os.fsdecode(path), prefix)
        if name not in files or status != "U":  # a file in conflict has a second entry, which knows nothing
            files[name] = NOTHING if status in "AU" else Before(mode, blob)
    untracked = _git(root, "ls-files", "-z", "--others", "--exclude-per-directory=.gitignore", "--", ".").split(b"\0")
    for path in untracked:
        if path and not path.endswith(b"/"):  # a repository of its own
            files.setdefault(os.fsdecode(path), NOTHING)
    return Change(root, files)


def _relative(path: str, prefix: str) -> str:
    if path.startswith(prefix):
        return path[len(prefix):]
    return os.path.relpath(path, prefix).replace(os.sep, "/")


def _merge_base(root: FilePath, revision: str) -> str:
    if revision.startswith("-") or not revision.isprintable() or not revision:
        raise NoChange(f"`{revision.encode('unicode_escape').decode()}` is no revision\n  help: name a branch, a tag or a commit, for example origin/main")
    try:
        found = _git(root, "merge-base", revision, "HEAD")
    except _Refused as refused:
        raise NoChange(_why_not(root, revision, refused)) from None
    return found.decode().strip()


def _why_not(root: FilePath, revision: str, refused: "_Refused") -> str:
    """In one line why there is no merge base, and below it what to do."""
    if not _says(root, "rev-parse", "--git-dir"):
        if "not a git repository" in refused.said:
            return f"{root} is in no git repository\n  help: leave --since out, or check in a clone"
        return f"git refuses to read the repository: {refused.line}\n  help: mend that, or leave --since out"
    shallow = _says(root, "rev-parse", "--is-shallow-repository") == "true"
    deeper = "this clone is shallow: fetch the whole history (`git fetch --unshallow`; in CI `fetch-depth: 0`, or `GIT_DEPTH: 0`)"
    if not _says(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
        return "there is no commit yet\n  help: leave --since out"
    if not _says(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"):
        return f"git knows no revision `{revision}`\n  help: " + (deeper if shallow else f"fetch it first, or mind the spelling: a branch of "
                                                                  f"the server is `origin/{revision.rsplit('/', 1)[-1]}`")
    return f"`{revision}` and HEAD have no commit in common\n  help: " + (deeper if shallow else "name a revision that this branch began from")


class _Refused(Exception):
    """Git ended with an error."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said

    @property
    def line(self) -> str:
        """The first line of what it said."""
        return (self.said.strip().splitlines() or ["it does not say why"])[0]


def _says(root: FilePath, *words: str) -> str:
    """What git answers; nothing where it refuses."""
    try:
        return _git(root, *words).decode("utf-8", "replace").strip()
    except _Refused:
        return ""


def _git(root: FilePath, *words: str, given: bytes | None = None) -> bytes:
    with own_variables():
        environment = {**os.environ, **ENVIRONMENT}
    environment.update(appointed(str(root)))
    try:
        done = subprocess.run((*COMMAND, *words), cwd=root, env=environment, input=given if given is not None else b"",  # noqa: S603 - our words
                              capture_output=True, check=False)
    except FileNotFoundError:
        raise NoChange("there is no program `git` here\n  help: install it, or leave --since out") from None
    if done.returncode != 0:
        raise _Refused(done.stderr.decode("utf-8", "replace"))
    return done.stdout
