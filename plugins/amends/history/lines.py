"""The line of versions that each file went through, from what git logged.

What counts is what stood in the working tree of HEAD's own line, commit by commit and by first parents: a record that was reworked on a branch
before it was merged was never published in between. A merge is one step, told by the versions of the branch that led to what it brought.
Everything here is plain lists and texts, so that it can be kept as JSON and continued.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from amends.history.repository import Commit, Entry

_REVIEWED = re.compile(r"\A[^\n]*\(#\d+\)\s*(?:\n|\Z)|\AMerge pull request #\d|^(?:Reviewed|Approved)-by: *\S|^See merge request \S+!\d", re.MULTILINE)
"""What a git host writes into the commit of a reviewed change, or people do."""

_SAME_FILE = 90
"""From this likeness in percent on, a file that was renamed to another day is the same record. Two records made from one template are less alike."""

Step = list[Any]
"""A version: index of the commit, old blob, new blob, path, index of the commit by which it landed."""


class Line:
    """One file through its renames."""

    __slots__ = ("changes", "done", "former", "path", "readable", "status", "stem", "steps")

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.path = ""
        """Where it is at HEAD; empty when it is gone."""
        self.former: list[str] = []
        self.steps: list[Step] = []
        self.done = 0
        """Up to which step the changes are known."""
        self.readable = ""
        """The last of these blobs that could be read."""
        self.status = ""
        """The status in it."""
        self.changes: list[list[Any]] = []
        """Index of the step, then the fields of `changes.Raw`."""

    def kept(self) -> list[Any]:
        """The line as JSON."""
        return [self.stem, self.path, self.former, self.steps, self.done, self.readable, self.status, self.changes]

    @classmethod
    def of(cls, kept: list[Any]) -> "Line":
        """A line from JSON."""
        line = cls(kept[0])
        _, line.path, line.former, line.steps, line.done, line.readable, line.status, line.changes = kept
        return line

    @property
    def last_path(self) -> str:
        """Where it is, or was last."""
        return self.path or str(self.steps[-1][3])


class Lines:
    """All lines of a corpus, up to one commit."""

    def __init__(self, stem_of: Callable[[str], str | None]) -> None:
        self._stem_of = stem_of
        """The stem of a page of the corpus by its path, or None for a file that is no page."""
        self.commits: list[list[Any]] = []
        """Id, author, when authored, when committed, whether it says that it was reviewed."""
        self.lines: list[Line] = []
        self.begins = ""
        """When the oldest commit was written."""

    def kept(self) -> dict[str, Any]:
        """The lines as JSON."""
        return {"commits": self.commits, "lines": [line.kept() for line in self.lines], "begins": self.begins}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go on from JSON."""
        self.commits, self.begins = kept["commits"], kept["begins"]
        self.lines = [Line.of(line) for line in kept["lines"]]

    def follow(self, log: Iterable[Commit], main_line: Sequence[str]) -> None:
        """Go on through the commits of `log`, parents before children, of which those of `main_line` count."""
        alive = {line.path: line for line in self.lines if line.path}
        by_stem = {line.stem: line for line in self.lines}
        on_main = set(main_line)
        log = list(log)
        made = _Made()
        for commit in log:
            if not self.begins:
                self.begins = commit.authored
            if commit.id not in on_main:
                made.add(commit)
        for commit in log:
            if commit.id in on_main:
                index = self._index(commit)
                for entry in sorted(commit.entries, key=_order):
                    self._apply(entry, commit, index, alive, by_stem, made)

    def _index(self, commit: Commit) -> int:
        reviewed = len(commit.parents) > 1 or _REVIEWED.search(commit.message) is not None
        self.commits.append([commit.id, commit.who, commit.authored, commit.committed, reviewed])
        return len(self.commits) - 1

    def _apply(self, entry: Entry, commit: Commit, index: int, alive: dict[str, Line], by_stem: dict[str, Line], made: "_Made") -> None:
        stem, old_stem = self._stem_of(entry.path), self._stem_of(entry.old_path)
        moved = entry.status[0] == "R" and old_stem is not None
        if moved and (stem is None or not entry.new or not _is_same(entry, str(old_stem), stem)):
            if (left := alive.pop(entry.old_path, None)) is not None:
                self._step(left, index, entry.old, "", entry.old_path, commit, made)
            moved = False
        if stem is None:
            return
        old = entry.old if moved or (entry.path == entry.old_path and entry.status[0] != "R") else ""
        line = alive.pop(entry.old_path, None) if moved else alive.get(entry.path)
        if line is None:
            line = by_stem.get(stem)
            if line is None or line.path:  # a second file with a stem that is taken has a line of its own
                line = Line(stem)
                self.lines.append(line)
        if line.stem != stem:
            line.former.append(line.stem)
            line.stem = stem
        by_stem.setdefault(stem, line)
        if entry.new:
            alive[entry.path] = line
        else:
            alive.pop(entry.path, None)
        self._step(line, index, old, entry.new, entry.path, commit, made)

    def _step(self, line: Line, index: int, old: str, new: str, path: str, commit: Commit, made: "_Made") -> None:
        line.path = path if new else ""
        branch = made.way(path, old, new) if new and len(commit.parents) > 1 else []
        for step_commit, step_old, step_new, step_path in branch:
            line.steps.append([self._index(step_commit), step_old, step_new, step_path, index])
        if not branch:
            line.steps.append([index, old, new, path, index])


class _Made:
    """What commits on branches made of which blob, to tell who wrote what a merge brought."""

    def __init__(self) -> None:
        self._by_result: dict[tuple[str, str], list[tuple[Commit, Entry]]] = {}

    def add(self, commit: Commit) -> None:
        for entry in commit.entries:
            if entry.new:
                self._by_result.setdefault((entry.path, entry.new), []).append((commit, entry))

    def way(self, path: str, old: str, new: str) -> list[tuple[Commit, str, str, str]]:
        """The steps from `old` to `new`, as branches made them; none where no branch led there, as when a merge settled a conflict."""
        steps: list[tuple[Commit, str, str, str]] = []
        seen = set()
        while new != old and (path, new) not in seen:
            seen.add((path, new))
            candidates = self._by_result.get((path, new))
            if not candidates:
                return []
            commit, entry = min(candidates, key=lambda made: len(made[0].parents) > 1)  # who wrote it, rather than who merged it
            steps.append((commit, entry.old, entry.new, entry.path))
            path, new = entry.old_path, entry.old
        return steps[::-1] if new == old else []


def _order(entry: Entry) -> tuple[int, str]:
    """What goes away first: what comes at the same time may take its name."""
    return {"R": 0, "D": 1}.get(entry.status[0], 2), entry.path


def _is_same(entry: Entry, old_stem: str, stem: str) -> bool:
    return old_stem == stem or (old_stem[:10] == stem[:10] and stem[:4].isdigit()) or int(entry.status[1:] or 0) >= _SAME_FILE
