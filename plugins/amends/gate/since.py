"""Checking a change: every finding in the files that it touches, and elsewhere those that were not there before it.

A finding in a file that the change does not touch is reported when it exists now and did not exist before. Before means: the changed files as
they were at the merge base, all others as they are. Two kinds can differ there. A rule that looks at one file can only say something
else about it when what the file points at has changed; so the files that mention a changed one by name are checked both ways. The rules over the
whole corpus look both ways at what a name connects with the change (`Scope.CORPUS` promises that this is enough; for a rule of a site's own, they
look at everything). When the settings have changed, everything is checked both ways.
"""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import unquote

from amends.checklist import Checklist
from amends.corpus import LANDING, Corpus, Listing, list_folder, stem_of
from amends.diagnostics import Diagnostic
from amends.gate.baseline import Entry, let_stand
from amends.gate.change import Change
from amends.gate.check import Report, check
from amends.gate.fingerprints import fingerprints
from amends.reading.document import MAX_BYTES, Document, decode_document
from amends.reading.links import resolve
from amends.record import Record, given
from amends.rules import RULES
from amends.rules.rule import Rule, Scope
from amends.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from amends.rules.phrases import Wording

MANY = 60
"""More names than these are not looked for: everything is checked both ways instead, which takes no longer then."""


def check_since(corpus: Corpus, rules: Sequence[Rule], change: Change, settings_files: Sequence[FilePath],
                baseline: Sequence[Entry] = ()) -> Report:
    """What a change brings: all findings in what it touches, and the new ones elsewhere, without those that the baseline lets stand.

    `settings_files` are the files that the settings were read from. Raises NoChange and SettingsError.
    """
    pages = {*corpus.incidents.pages, *corpus.incidents.landing, *corpus.prevention.pages, *corpus.prevention.landing}
    touched, passed_over = set(change.files), dict(corpus.passed_over)
    chain = [os.path.relpath(path, corpus.settings.root).replace(os.sep, "/") for path in settings_files]
    everything = not touched.isdisjoint((*chain, *map(posixpath.normpath, corpus.settings.wording.values())))
    before = _before(corpus, change, chain, everything)
    pointing = connected = pages
    if before is not None and not everything:
        names, others_names = _names(touched), _names_lost_and_aliases(touched, corpus, before)
        if len(names | others_names) <= MANY:
            pointing, connected = _mentioning(corpus, pages, names, others_names)
        if not all(rule in RULES for rule in rules if rule.scope is Scope.CORPUS):
            connected = pages
    others = pointing - touched
    seen = {*(touched & pages), *(touched & passed_over.keys()), *others}
    report = check(corpus, rules, seen, across=corpus.part(connected | touched))
    old: set[Diagnostic] = set()
    if before is not None and any(found.path not in touched for found in report.diagnostics):
        old = _old(report, check(before, rules, others, across=before.part(connected | touched)), touched)
    report = let_stand(report, baseline)  # before the old ones go: which of two alike is which is told by their order
    return replace(report, diagnostics=tuple(found for found in report.diagnostics if found not in old),
                   known=tuple(found for found in report.known if found not in old), of=(len(corpus.incidents.pages), len(corpus.prevention.pages)))


def _old(report: Report, earlier: Report, touched: set[str]) -> set[Diagnostic]:
    """The findings in files that were not touched that were there before."""
    known = set(fingerprints(earlier.diagnostics))
    return {found for found, key in zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
            if found.path not in touched and key in known}


# Names ----------------------------------------------------------------------------------------------------------------


def _names(paths: Iterable[str]) -> set[str]:
    """The names under which other files point at these, in lower case."""
    names = set()
    for path in paths:
        name = posixpath.basename(path)
        names |= {stem_of(path).casefold(), name.removesuffix(".md").casefold()} if name.endswith(".md") else {name.casefold()}
    return names


def _names_lost_and_aliases(touched: Set[str], now: Corpus, before: Corpus) -> set[str]:
    """The aliases that touched records have or had, and the names of what the touched files pointed at before and point at no more."""
    names: set[str] = set()
    links: dict[Corpus, set[str]] = {before: set(), now: set()}
    references: dict[Corpus, set[str]] = {before: set(), now: set()}
    for corpus in (before, now):
        for path in touched & corpus.shown_pages.keys():
            links[corpus].update(resolve(path, link.target) for link in corpus.document(path).links)
            if isinstance(part := corpus.part_at(path), Record):
                names.update(alias.casefold() for alias in part.aliases)
                references[corpus].update(_references(part))
    names |= _names(links[before] - links[now])
    return names | {reference.partition("/")[0].casefold() for reference in references[before] - references[now]}


def _references(record: Record) -> Iterator[str]:
    yield from given(record.recurrence_of)
    yield from (stem for risk in given(record.risk) for stem in given(risk.came_true))
    yield from (use.of for use in given(record.plans_used) if use.of)
    yield from (relation.to for relation in record.related if relation.to)
    yield from given(record.teaches)
    for action in given(record.actions):
        yield from given(action.teaches)
        if action.same_as:
            yield action.same_as


def _mentioning(corpus: Corpus, pages: Iterable[str], names: Set[str], others: Set[str]) -> tuple[set[str], set[str]]:
    """The pages that mention one of `names`; and those that mention, or bear, one of either."""
    pointing, connected, either = set(), set(), names | others
    for path in pages:
        text = _searched(corpus, path)
        if any(name in text for name in names):
            pointing.add(path)
        elif any(name in text for name in others) or not either.isdisjoint(_names((path,))):
            connected.add(path)
    return pointing, pointing | connected


def _searched(corpus: Corpus, path: str) -> str:
    """What a page says, in lower case, also where a link or a text in quotes writes it with escapes; read without being parsed."""
    try:
        with open(f"{corpus.settings.root}/{path}", "rb") as file:
            text = file.read(MAX_BYTES + 1).decode("utf-8", "replace")
    except OSError:
        return ""  # the check itself says so
    if "\\" in text:
        text += corpus.document(path).prose
    if "%" in text:
        text += unquote(text)
    return text.casefold()


# Before ---------------------------------------------------------------------------------------------------------------


def _before(now: Corpus, change: Change, chain: Sequence[str], everything: bool) -> "_Before | None":
    """The corpus before the change; None where it had no settings that can be used, so that everything is new."""
    settings: Settings = now.settings
    wording: Wording | None = None
    if everything:
        with TemporaryDirectory() as folder:
            try:
                settings, wording = _settings_before(now.settings, change, chain, FilePath(folder))
            except SettingsError:
                return None
    folders = (settings.incidents, settings.prevention)
    listings = (now.incidents, now.prevention) if folders == (now.settings.incidents, now.settings.prevention) else (
        list_folder(str(settings.root), settings.incidents), list_folder(str(settings.root), settings.prevention))
    read = [path for path in change.files if path.endswith(".md") and any(path.startswith(f"{folder}/") for folder in folders)]
    incidents, prevention = (_listed_before(listing, folder, change) for listing, folder in zip(listings, folders, strict=True))
    return _Before(now, settings, incidents, prevention, change, change.contents(read), wording)


def _settings_before(now: Settings, change: Change, chain: Sequence[str], folder: FilePath) -> "tuple[Settings, Wording]":
    """The settings and the phrases as they were, read from a folder in which their files lie as they lay."""
    from amends.rules.phrases import load_wording  # few changes touch the settings

    names = dict.fromkeys((*chain, *(path for path in change.files if path.endswith((".yml", ".yaml")))))
    texts = _laid_out(names, now, change, folder)
    named = dict.fromkeys(name for text in texts for name in _FILE_NAME.findall(text.decode("utf-8", "replace")) if ".." not in name.split("/"))
    _laid_out(named, now, change, folder)
    before = load_settings(_place(folder, chain[0]))
    return replace(before, root=now.root), load_wording(before)


_LEVELS = 16
"""How many levels a file of the settings may lie above their folder."""

_FILE_NAME = re.compile(r"[^\s\"'\[\]{},]+\.\w+")
"""What may name a file in settings: a letter, phrases. What does not is not there, and so does no harm."""


def _laid_out(names: Iterable[str], now: Settings, change: Change, folder: FilePath) -> list[bytes]:
    """What those of the files that were there held, each written to its place in `folder`."""
    names = [name for name in names if name.count("../") <= _LEVELS and not name.startswith("/")]
    held = change.contents([name for name in names if name in change.files])
    for name in names:
        if name not in change.files and (now.root / name).is_file():
            held[name] = (now.root / name).read_bytes()
    for name, content in held.items():
        place = _place(folder, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return list(held.values())


def _place(folder: FilePath, name: str) -> FilePath:
    """Where the file lies whose name is relative to the root, which lies so deep in `folder` that `../` does not lead out of it."""
    return FilePath(os.path.normpath(folder.joinpath(*"r" * _LEVELS, name)))


def _listed_before(listing: Listing, folder: str, change: Change) -> Listing:
    """What lay in a folder: what lies there now, without what was added, and with what was removed."""
    changed = [path for path in change.files if path.startswith(f"{folder}/")]
    if not changed:
        return listing
    parts: dict[str, list[str]] = {name: [path for path in getattr(listing, name) if path not in change.files]
                                   for name in ("pages", "landing", "templates", "others", "links")}
    for path in changed:
        kind = _kind(path[len(folder) + 1:], change.files[path].is_link)
        if kind and (change.files[path].is_file or change.files[path].is_link):
            parts[kind].append(path)
    return Listing(**{name: tuple(sorted(paths)) for name, paths in parts.items()}, unlisted=listing.unlisted)


def _kind(path: str, is_link: bool) -> str | None:
    """In which part of its listing a path stands, as `list_folder` has it; None where it is hidden."""
    *folders, name = path.split("/")
    if any(part.startswith(".") for part in folders) or (name.startswith(".") and not name.endswith(".md")):
        return None
    if is_link:
        return "links"
    if not name.endswith(".md"):
        return "others"
    if any(part.startswith("_") for part in (*folders, name)):
        return "templates"
    return "landing" if name == LANDING else "pages"


class _Before(Corpus):
    """The corpus before a change: changed files hold what they held, all others are read once for both."""

    def __init__(self, now: Corpus, settings: Settings, incidents: Listing, prevention: Listing, change: Change,
                 contents: Mapping[str, bytes], wording: "Wording | None") -> None:
        super().__init__(settings, incidents, prevention)
        self._now, self._change, self._contents, self._wording = now, change, contents, wording
        self._same_folders = (settings.incidents, settings.prevention) == (now.settings.incidents, now.settings.prevention)

    def document(self, path: str) -> Document:
        if path not in self._change.files:
            return self._now.document(path) if self._same_folders else super().document(path)
        if path not in self._read.documents:
            self._read.documents[path] = decode_document(path, self._contents.get(path, b""))
        return self._read.documents[path]

    def record_at(self, path: str) -> Record:
        return self._now.record_at(path) if self._shared(path) else super().record_at(path)

    def checklist_at(self, path: str) -> Checklist:
        return self._now.checklist_at(path) if self._shared(path) else super().checklist_at(path)

    def part(self, pages: Set[str]) -> Corpus:
        part = _Before(self._now, self.settings, self.incidents.only(pages), self.prevention.only(pages), self._change, self._contents,
                       self._wording)
        part._read = self._read
        return part

    def _shared(self, path: str) -> bool:
        return path not in self._change.files and self._same_folders

    def has_file(self, path: str) -> bool:
        if (before := self._change.files.get(path)) is not None:
            return before.is_file
        return self._now.has_file(path)

    @property
    def wording(self) -> "Wording":
        return self._wording or self._now.wording
