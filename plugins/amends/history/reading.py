"""Reads the history of a corpus: from what was kept the last time, what git has logged since, and the texts that this takes."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from amends.history import changes
from amends.history.changes import Facts, Raw, between, facts_in, facts_of, front_of, text_of
from amends.history.lines import Line, Lines
from amends.history.past import Change, History, Past, Unread, Version, What
from amends.history.repository import Repository, Unreadable
from amends.record import Status

if TYPE_CHECKING:
    from amends.corpus import Corpus

CACHE = "amends-history-1-{}.json"
"""The file in the git directory, by a digest of the corpus' folders; the number is that of the file's form."""


def read_history(corpus: "Corpus") -> History:
    """The history of the corpus up to HEAD, and what the working tree changes in it. Never raises: why nothing can be read is part of it."""
    settings = corpus.settings
    try:
        repository = Repository.around(str(settings.root), (settings.incidents, settings.prevention))
        lines = _lines(repository, corpus)
        if not any(line.path for line in lines.lines):
            return History.none(Unread.UNTRACKED)
        return _Teller(repository, lines, corpus).history()
    except Unreadable as error:
        return History.none(error.why, error.detail)


def _lines(repository: Repository, corpus: "Corpus") -> Lines:
    """The lines up to HEAD, with their changes; kept for the next time where that is possible."""
    settings = corpus.settings
    folders = json.dumps([repository.place, settings.incidents, settings.prevention])
    path = repository.cache_path(CACHE.format(hashlib.sha256(folders.encode("utf-8", "surrogateescape")).hexdigest()[:8]))
    key = [changes.VERSION, folders, hashlib.sha256(repository.mailmap()).hexdigest()]
    lines = Lines(_stems(settings.incidents, settings.prevention))
    kept = _load(path, key)
    since: str | None = None
    main_line: list[str] | None = None
    if kept is not None and (main_line := repository.main_line(kept["head"])) is not None:
        since = kept["head"]
        lines.restore(kept)
    if main_line is None:
        main_line = repository.main_line(None)
    if main_line or since is None:
        lines.follow(repository.log(since), main_line or ())
        _tell_changes(lines, repository, corpus)
        _save(path, {"key": key, "head": repository.head, **lines.kept()})
    return lines


def _stems(incidents: str, prevention: str) -> Callable[[str], str | None]:
    """What gives the stem of a page by its path; None for a file that is no page."""
    from amends.corpus import LANDING, stem_of

    def stem(path: str) -> str | None:
        for folder in (incidents, prevention):
            if path.startswith(f"{folder}/"):
                *around, name = path[len(folder) + 1:].split("/")
                if not name.endswith(".md") or name == LANDING or any(part[:1] in ("_", ".") for part in around) or name[0] == "_":
                    return None
                return stem_of(path) if folder == incidents else path
        return None

    return stem


# Kept for the next time ---------------------------------------------------------------------------------------------


def _load(path: str, key: list[Any]) -> dict[str, Any] | None:
    """What was kept; None where there is nothing, or it is damaged, or it was kept of something else."""
    try:
        with open(path, "rb") as file:
            digest, _, body = file.read().partition(b"\n")
        kept = json.loads(body) if digest.decode() == hashlib.sha256(body).hexdigest() else None
    except (OSError, ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) and kept.get("key") == key else None


def _save(path: str, kept: dict[str, Any]) -> None:
    body = json.dumps(kept, separators=(",", ":")).encode()  # escapes whatever a path may hold
    try:
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(path), prefix="amends-", delete=False) as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    except OSError:
        return  # a repository that can't be written to is read anew each time
    try:
        os.replace(file.name, path)
    except OSError:
        os.unlink(file.name)


# What changed -------------------------------------------------------------------------------------------------------


def _tell_changes(lines: Lines, repository: Repository, corpus: "Corpus") -> None:
    """Compare the versions of the records that have more than one, or are gone, as far as that has not been done."""
    pending = [line for line in lines.lines
               if line.done < len(line.steps) and (len(line.steps) > 1 or not line.path) and line.last_path.startswith(f"{corpus.settings.incidents}/")]
    wanted = (blob for line in pending for blob in _blobs(line))
    texts = repository.texts(wanted)
    for line in pending:
        read = {}
        for blob in _blobs(line):
            name, raw = next(texts, (blob, None))
            if raw is None:
                raise Unreadable(Unread.PARTIAL, f"{name} is missing")
            read[blob] = text_of(raw)
        _tell_line(line, read, _at_hand(line, corpus))
    for _ in texts:
        pass  # so that git comes to its end


def _blobs(line: Line) -> list[str]:
    new = [step[2] for step in line.steps[line.done:]]
    return [blob for blob in dict.fromkeys((line.readable, *new)) if blob]


def _at_hand(line: Line, corpus: "Corpus") -> dict[str, Facts | None]:
    """What the working tree says, by its front matter: the record has been read already, and most often it is the last version."""
    if line.path not in corpus.incidents.pages_set:
        return {}
    record = corpus.record_at(line.path)
    return {} if record.document.broken else {front_of(record.document.text): facts_of(record)}


def _tell_line(line: Line, texts: dict[str, str | None], facts: dict[str, Facts | None]) -> None:
    fronts = {blob: front_of(text) for blob, text in texts.items() if text is not None}

    def said(blob: str) -> Facts | None:
        front = fronts.get(blob)
        if front is None:
            return None
        if front not in facts:  # most versions change the story, or nothing that is compared
            facts[front] = facts_in(line.last_path, f"{front}---\n")
        return facts[front]

    def compared(old: str, new: str) -> list[Raw]:
        if old and new and fronts.get(old) == fronts.get(new):
            return []
        later = said(new)
        return between(said(old) if old else None, later) if later is not None else []

    steps = list(enumerate(line.steps))[line.done:]
    while steps:
        landed = steps[0][1][4]
        together = [step for step in steps if step[1][4] == landed]
        steps = steps[len(together):]
        last, (_, _, new, _, _) = together[-1]
        if not new or said(new) is None:
            continue
        for raw in compared(line.readable, new):
            line.changes.append([_brought(raw, together, line.readable, compared) if len(together) > 1 else last, *raw])
        line.readable = new
    line.done = len(line.steps)
    final = said(line.readable) if line.readable else None
    line.status = final.status if final else line.status


def _brought(raw: Raw, together: list[tuple[int, Any]], before: str, compared: Callable[[str, str], list[Raw]]) -> int:
    """Which of the steps that a merge brought made the change: the last that ended the same way."""
    for index, step in reversed(together):
        if any(own[:3] == raw[:3] and own.after == raw.after for own in compared(step[1] or before, step[2])):
            return int(index)
    return int(together[-1][0])


# Told ---------------------------------------------------------------------------------------------------------------


class _Teller:
    """Makes a history of lines and of what the working tree changes in them."""

    def __init__(self, repository: Repository, lines: Lines, corpus: "Corpus") -> None:
        self._repository, self._lines, self._corpus = repository, lines, corpus
        self._times: dict[str, datetime] = {}

    def history(self) -> History:
        corpus, pages = self._corpus, {*self._corpus.incidents.pages, *self._corpus.prevention.pages}
        at: dict[str, Line] = {line.path: line for line in self._lines.lines if line.path in pages}
        gone = [line for line in self._lines.lines if line.path not in pages]
        moved = set()
        for line in gone:
            if line.path and (path := self._moved(line, at)) is not None:
                at[path] = line
                moved.add(id(line))
        gone = [line for line in gone if id(line) not in moved]
        uncommitted = dict(self._uncommitted({path: at[path] for path in corpus.incidents.pages if path in at and not self._clean(path, at[path])}))
        pasts = {path: self._past(line, path, uncommitted.get(path, ()), removed=False) for path, line in at.items()}
        records = [line for line in gone if line.last_path.startswith(f"{corpus.settings.incidents}/")]
        statuses = self._last_statuses(records)
        removed = tuple(sorted((self._past(line, line.last_path, (), removed=True, status=statuses.get(id(line))) for line in records),
                               key=lambda past: past.path))
        begins = self._time(self._lines.begins).date() if self._lines.begins else None
        return History(pasts, removed, begins, None, "")

    def _moved(self, line: Line, at: dict[str, Line]) -> str | None:
        """Where the working tree has the record that HEAD has elsewhere: under its stem, or that as an alias."""
        paths = self._corpus.paths_by_stem.get(line.stem, ()) or tuple(record.path for record in self._corpus.by_alias.get(line.stem, ()))
        return next((path for path in paths if path not in at), None)

    def _clean(self, path: str, line: Line) -> bool:
        """Whether the working tree certainly has what HEAD has. Git itself would run filters that somebody configured, to find out."""
        raw = self._corpus.document(path).text.encode()
        blob = _head_blob(line)
        digest = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
        return digest(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest() == blob

    def _uncommitted(self, lines: dict[str, Line]) -> Iterator[tuple[str, list[Raw]]]:
        """What the working tree changes in the files at these paths."""
        committed = self._repository.texts(map(_head_blob, lines.values())) if lines else ()
        for path, (_, raw) in zip(lines, committed, strict=True):
            text = text_of(raw) if raw is not None else None
            record = self._corpus.record_at(path)
            if text is None or record.document.broken:
                continue
            if (old := facts_in(path, text)) is not None:
                yield path, between(old, facts_of(record))

    def _last_statuses(self, lines: list[Line]) -> dict[int, str]:
        """The status of records that the working tree lacks and whose versions were never compared, since they have but one."""
        unknown = {_head_blob(line): line for line in lines if not line.status and line.path}
        found = {}
        for blob, raw in self._repository.texts(unknown) if unknown else ():
            text = text_of(raw) if raw is not None else None
            facts = facts_in(unknown[blob].last_path, text) if text is not None else None
            if facts is not None:
                found[id(unknown[blob])] = facts.status
        return found

    def _past(self, line: Line, path: str, uncommitted: "list[Raw] | tuple[()]", *, removed: bool, status: str | None = None) -> Past:
        versions = tuple(self._version(step) for step in line.steps)
        told = [_change(Raw(*raw), versions[step]) for step, *raw in line.changes]
        told += [_change(raw, None) for raw in uncommitted]
        status = status or line.status
        return Past(line.stem, path, tuple(line.former), versions, tuple(told), removed, Status(status) if status else None)

    def _version(self, step: list[Any]) -> Version:
        index, old, new, path, landed = step
        id_, who, authored, committed, reviewed = self._lines.commits[index]
        arrived = self._lines.commits[landed]
        return Version(id_, who, self._time(authored or committed), self._time(arrived[3]), old or None, new or None, path, reviewed or arrived[4])

    def _time(self, text: str) -> datetime:
        """A time as git writes it; one that no calendar has counts as the beginning of time, as git itself has it."""
        time = self._times.get(text)
        if time is None:
            try:
                time = datetime.fromisoformat(f"{text[:-1]}+00:00" if text.endswith("Z") else text)
            except ValueError:
                time = datetime.fromtimestamp(0, timezone.utc)
            self._times[text] = time = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
        return time


def _head_blob(line: Line) -> str:
    return next((str(step[2]) for step in reversed(line.steps) if step[2]), "")


def _change(raw: Raw, version: Version | None) -> Change:
    return Change(What(raw.what), raw.part, raw.id, raw.before, raw.after, Status(raw.stood) if raw.stood else None, version)
