"""The corpus: every record and checklist, found, read once, and linked both ways.

Files are found at once and read when they are first asked for, so that checking one record of ten thousand reads one
record and what it links to.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from amends.checklist import Checklist, Item, read_checklist
from amends.reading.document import Document, read_document
from amends.reading.links import resolve
from amends.reading.typed import Node
from amends.record import Action, ActionKind, PlanUse, Progress, Record, Risk, given, read_record
from amends.settings import Settings

if TYPE_CHECKING:
    from amends.anchors import Anchors
    from amends.history import History
    from amends.learning.lessons import FailedControls
    from amends.learning.likeness import Likeness
    from amends.rules.phrases import Wording

STEM = re.compile(r"(\d{4}-\d{2}-\d{2})-[^\W_]+(?:-[^\W_]+)*\Z")
LANDING = "README.md"


class PassedOver(NamedTuple):
    """A file that is no record and no checklist, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class Listing:
    """What lies in a folder of the corpus; paths are relative to the root, with forward slashes, and sorted."""

    pages: tuple[str, ...]
    """Records, or checklists."""
    landing: tuple[str, ...]
    """The folders' `README.md`."""
    templates: tuple[str, ...]
    """Markdown files whose name, or whose folder's name, begins with `_`."""
    others: tuple[str, ...]
    """Everything else."""
    links: tuple[str, ...]
    """Symbolic links, which are not followed."""

    @cached_property
    def pages_set(self) -> frozenset[str]:
        """The pages, to look one up in."""
        return frozenset(self.pages)
    unlisted: tuple[str, ...] = ()
    """Folders that could not be listed."""
    special: tuple[str, ...] = ()
    """What is no file: pipes, sockets and devices, from which reading might never end."""

    def only(self, pages: Set[str]) -> "Listing":
        """The listing with no other pages than these."""
        return replace(self, **{part: tuple(path for path in getattr(self, part) if path in pages) for part in ("pages", "landing")})


def list_folder(root: str, folder: str) -> Listing:
    """What lies in `folder` below `root`; nothing where there is no such folder. Names that begin with a dot are hidden."""
    pages: list[str] = []
    landing: list[str] = []
    templates: list[str] = []
    others: list[str] = []
    links: list[str] = []
    unlisted: list[str] = []
    special: list[str] = []
    pending = [(folder, False)]
    while pending:
        here, in_template = pending.pop()
        try:
            entries = list(os.scandir(f"{root}/{here}"))
        except FileNotFoundError:
            continue
        except OSError:
            unlisted.append(here)
            continue
        for entry in entries:
            name = entry.name
            path = f"{here}/{name}"
            if name.endswith(".md") and name[0] != "_" and name != LANDING and not in_template and entry.is_file(follow_symlinks=False):
                pages.append(path)  # nearly every file; asked first, since there may be ten thousand
                continue
            template = in_template or name[0] == "_"
            if name[0] == "." and not name.endswith(".md"):
                continue
            if entry.is_symlink():
                links.append(path)
            elif entry.is_dir():
                pending.append((path, template))
            elif not entry.is_file():
                special.append(path)
            elif not name.endswith(".md"):
                others.append(path)
            elif template:
                templates.append(path)
            else:
                (landing if name == LANDING else pages).append(path)
    return Listing(*(tuple(sorted(found)) for found in (pages, landing, templates, others, links, unlisted, special)))


def missing_folder(settings: Settings) -> tuple[str, str] | None:
    """The key and the name of a folder to which the settings give a name of its own and that is not there: a name mistyped, most likely."""
    named = (("incidents", settings.incidents), ("prevention", settings.prevention))
    return next(((key, folder) for key, folder in named if folder != key and not (settings.root / folder).is_dir()), None)


_PAGE_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def looks_like_page(path: str) -> bool:
    """Whether a file that is no record is named as if it were one, for example `2031-04-05-name.MD` or `.markdown`."""
    return path.lower().endswith(_PAGE_ENDINGS) and not path.endswith(".md")


def stem_of(path: str) -> str:
    """A file's stem, or its folder's name for an `index.md`."""
    return Document(path).stem


class Lesson(NamedTuple):
    """One reason for a checklist item: an incident, and the action by which it teaches it, if any."""

    record: Record
    action: Action | None


class Trial(NamedTuple):
    """A plan put to the test: the later incident, and what its record says of the plan."""

    record: Record
    use: PlanUse


class Foreseen(NamedTuple):
    """A risk, and the earlier incident whose record tells of it."""

    record: Record
    risk: Risk


def _tell_where_it_belongs(document: Document, kind: type[Node], folder: str) -> None:
    """Make one fault of all keys that only the other `kind` of file has, which has its place in `folder`."""
    strangers = [fault for fault in document.faults if fault.rule == "unknown-key" and len(fault.place) == 1 and fault.place[0] in kind.fields()]
    if strangers:
        names = ", ".join(f"`{fault.place[0]}`" for fault in strangers[:4]) + (f" and {len(strangers) - 4} more" if len(strangers) > 4 else "")
        other, this = ("checklist", "record") if kind is Checklist else ("record", "checklist")
        keys, them = ("a key", "it") if len(strangers) == 1 else ("keys", "them")
        told = replace(strangers[0], message=f"{names}: {keys} of a {other}, and this file stands among the {this}s",
                       help=f"move the file into `{folder}/` if it is a {other}, or take {them} out")
        document.faults[:] = [told, *(fault for fault in document.faults if fault not in strangers)]


class Corpus:
    """All records and checklists of a site. Immutable: what is derived is derived once."""

    def __init__(self, settings: Settings, incidents: Listing, prevention: Listing, read: "_Read | None" = None) -> None:
        self.settings = settings
        self.incidents, self.prevention = incidents, prevention
        self._read = read or _Read({}, {}, {}, whole=self)

    @classmethod
    def open(cls, settings: Settings) -> "Corpus":
        """The corpus in the folders that the settings name."""
        root = str(settings.root)
        return cls(settings, list_folder(root, settings.incidents), list_folder(root, settings.prevention))

    # Reading -------------------------------------------------------------------------------------------------------

    def document(self, path: str) -> Document:
        """The file at `path`, read once."""
        document = self._read.documents.get(path)
        if document is None:
            document = self._read.documents[path] = read_document(self.settings.root, path)
        return document

    def record_at(self, path: str) -> Record:
        """The record in the file at `path`, read once; empty where its front matter is broken."""
        record = self._read.records.get(path)
        if record is None:
            record = self._read.records[path] = read_record(self.document(path))
            _tell_where_it_belongs(record.document, Checklist, self.settings.prevention)
        return record

    def checklist_at(self, path: str) -> Checklist:
        """The checklist in the file at `path`, read once; empty where its front matter is broken."""
        checklist = self._read.checklists.get(path)
        if checklist is None:
            checklist = self._read.checklists[path] = read_checklist(self.document(path))
            _tell_where_it_belongs(checklist.document, Record, self.settings.incidents)
        return checklist

    def part_at(self, path: str) -> Record | Checklist | None:
        """The record or checklist in the file at `path`, or None where it is neither."""
        if path in self._record_paths:
            return self.record_at(path)
        return self.checklist_at(path) if path in self._checklist_pages else None

    @cached_property
    def _record_paths(self) -> frozenset[str]:
        return frozenset(self.incidents.pages)

    @cached_property
    def _checklist_pages(self) -> frozenset[str]:
        return frozenset(self.prevention.pages)

    # Finding -------------------------------------------------------------------------------------------------------

    @cached_property
    def paths_by_stem(self) -> Mapping[str, tuple[str, ...]]:
        """The records' files by stem; more than one where a stem is taken twice."""
        paths: dict[str, tuple[str, ...]] = {path[path.rfind("/") + 1:-3]: (path,) for path in self.incidents.pages}
        if len(paths) == len(self.incidents.pages) and "index" not in paths:
            return MappingProxyType(paths)
        paths = {}
        for path in self.incidents.pages:
            name = path[path.rfind("/") + 1:-3]
            stem = name if name != "index" else stem_of(path)
            paths[stem] = (*paths.get(stem, ()), path)
        return MappingProxyType(paths)

    @cached_property
    def checklist_paths(self) -> Mapping[str, str]:
        """The checklists' files by stem."""
        return MappingProxyType({stem_of(path): path for path in reversed(self.prevention.pages)})

    def has_file(self, path: str) -> bool:
        """Whether there is a file at `path`, in the corpus or beside it. A folder is none."""
        return path in self._record_paths or path in self._checklist_pages or os.path.isfile(f"{self.settings.root}/{path}")

    @property
    def file_paths(self) -> tuple[str, ...]:
        """Every file in the two folders that something can link to."""
        listings = (self.incidents, self.prevention)
        return tuple(path for listing in listings for part in (listing.pages, listing.landing, listing.others) for path in part)

    def record(self, stem: str) -> Record | None:
        """The record of that stem."""
        paths = self.paths_by_stem.get(stem)
        return self.record_at(paths[0]) if paths else None

    def checklist(self, stem: str) -> Checklist | None:
        """The checklist of that stem."""
        path = self.checklist_paths.get(stem)
        return self.checklist_at(path) if path else None

    def item(self, reference: str) -> tuple[Checklist, Item] | None:
        """The item that `checklist/item` names."""
        stem, _, item_id = reference.partition("/")
        checklist = self.checklist(stem)
        item = next((i for i in checklist.items if i.id == item_id), None) if checklist else None
        return (checklist, item) if checklist and item else None

    def action(self, reference: str) -> tuple[Record, Action] | None:
        """The action that `stem/A1` names."""
        stem, _, action_id = reference.partition("/")
        record = self.record(stem)
        action = next((a for a in given(record.actions) if a.id == action_id), None) if record else None
        return (record, action) if record and action else None

    def behind(self, action: Action) -> Action:
        """The action that an entry stands for with `same_as`; the entry itself where it stands for none, or for one that is not there."""
        seen: set[str] = set()
        while action.same_as is not None and action.same_as not in seen:
            seen.add(action.same_as)
            other = self.action(action.same_as)
            if other is None:
                break
            action = other[1]
        return action

    def unprevented(self, record: Record) -> Iterator[tuple[str, Action]]:
        """The actions that were to prevent that `record` happens again and were not done, each as it stands where it is kept, and as `stem/A1`."""
        for number, entry in enumerate(given(record.actions), 1):
            action = self.behind(entry)
            if ActionKind.PREVENT in (entry.kind, action.kind) and action.progress not in (Progress.DONE, Progress.LATE):
                yield f"{record.stem}/{entry.id or number}", action

    def anchors(self, path: str) -> "Anchors | None":
        """The places in the record or checklist at `path` that a link can lead to; None where it is neither, or can't be read."""
        known = self._read.anchors
        if path not in known:
            from amends.anchors import anchors_of  # few links lead into a page

            part = self.part_at(path)
            known[path] = None if part is None or part.document.broken else anchors_of(part, own_slugs=self.settings.own_slugs)
        return known[path]

    @cached_property
    def wording(self) -> "Wording":
        """The phrases that the rules of wording look for, read when the first of them asks. Raises SettingsError."""
        from amends.rules.phrases import load_wording  # a run without those rules needs none

        return load_wording(self.settings)

    @cached_property
    def likeness(self) -> "Likeness":
        """Which incidents are like which; restricted ones are like none."""
        from amends.learning.likeness import Likeness, account_of  # only full checks and pages ask

        return Likeness(account_of(record) for record in self.records if not record.restricted)

    @property
    def history(self) -> "History":
        """What git knows of the records, or why it knows nothing; asked once, when the first needs it."""
        if self._read.history is None:
            from amends.history.reading import read_history  # a check of single files needs none

            self._read.history = read_history(self._read.whole or self)
        return self._read.history

    # Everything ----------------------------------------------------------------------------------------------------

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All records, by path."""
        return tuple(self.record_at(path) for path in self.incidents.pages)

    @cached_property
    def checklists(self) -> tuple[Checklist, ...]:
        """All checklists, by path."""
        return tuple(self.checklist_at(path) for path in self.prevention.pages)

    def only(self, keep: Callable[[Record], bool]) -> "Corpus":
        """The corpus without the records that `keep` turns down: no list, link or count of it knows them."""
        pages = tuple(record.path for record in self.records if keep(record))
        return Corpus(self.settings, replace(self.incidents, pages=pages), self.prevention, self._read)

    def part(self, pages: Set[str]) -> "Corpus":
        """The corpus with no other pages than these; what it holds is read once for both."""
        return Corpus(self.settings, self.incidents.only(pages), self.prevention.only(pages), self._read)

    def with_checklists(self, changed: Callable[[Checklist], Checklist]) -> "Corpus":
        """The corpus with each checklist as `changed` gives it."""
        checklists = {path: changed(self.checklist_at(path)) for path in self.prevention.pages}
        return Corpus(self.settings, self.incidents, self.prevention, replace(self._read, checklists=checklists))

    @cached_property
    def by_factor(self) -> Mapping[str, tuple[Record, ...]]:
        """The records by kind of contributing factor."""
        return grouped(self.records, lambda record: record.factor_kinds)

    @cached_property
    def by_service(self) -> Mapping[str, tuple[Record, ...]]:
        """The records by service."""
        return grouped(self.records, lambda record: record.service_names)

    @cached_property
    def repeats(self) -> Mapping[str, tuple[Record, ...]]:
        """The later incidents that repeat one, by its stem."""
        return grouped(self.records, lambda record: given(record.recurrence_of))

    @cached_property
    def foreseen(self) -> Mapping[str, tuple[Foreseen, ...]]:
        """The risks that came true in an incident, by its stem."""
        risks = (Foreseen(record, risk) for record in self.records for risk in given(record.risk))
        return grouped(risks, lambda foreseen: given(foreseen.risk.came_true))

    @cached_property
    def trials(self) -> Mapping[str, tuple[Trial, ...]]:
        """What later incidents say of the plans of one, by its stem."""
        found: dict[str, list[Trial]] = defaultdict(list)
        for record in self.records:
            for use in given(record.plans_used):
                if use.of:
                    found[use.of].append(Trial(record, use))
        return MappingProxyType({stem: tuple(trials) for stem, trials in found.items()})

    @cached_property
    def by_alias(self) -> Mapping[str, tuple[Record, ...]]:
        """The records by outside number or former stem."""
        return grouped(self.records, lambda record: record.aliases)

    @cached_property
    def lessons(self) -> Mapping[str, tuple[Lesson, ...]]:
        """The incidents behind each checklist item, by `checklist/item`."""
        found: dict[str, list[Lesson]] = defaultdict(list)
        for record in self.records:
            seen = set()
            for action in given(record.actions):
                for reference in given(action.teaches):
                    seen.add(reference)
                    found[reference].append(Lesson(record, action))
            for reference in given(record.teaches):
                if reference not in seen:
                    found[reference].append(Lesson(record, None))
        return MappingProxyType({reference: tuple(lessons) for reference, lessons in found.items()})

    @cached_property
    def failed_controls(self) -> "FailedControls":
        """The checklist items that were there when an incident began that they should have prevented."""
        from amends.learning.lessons import find_failed_controls  # the gate needs none

        return find_failed_controls(self)

    @cached_property
    def used_files(self) -> frozenset[str]:
        """The files that a record, a checklist or a landing page links to."""
        return self.used_files_of((*self.incidents.pages, *self.incidents.landing, *self.prevention.pages, *self.prevention.landing))

    def used_files_of(self, paths: Iterable[str]) -> frozenset[str]:
        """The files that the files at `paths` link to."""
        return frozenset(resolve(path, link.target) for path in paths for link in self.document(path).links)

    @cached_property
    def shown_pages(self) -> Mapping[str, str]:
        """What each page of the corpus is, by path: `record`, `checklist` or `landing`."""
        kinds = dict.fromkeys((*self.incidents.landing, *self.prevention.landing), "landing")
        kinds.update(dict.fromkeys(self.incidents.pages, "record"))
        kinds.update(dict.fromkeys(self.prevention.pages, "checklist"))
        return MappingProxyType(kinds)

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """The files that are neither checked nor published, though they look as if they were."""
        return tuple(
            PassedOver(path, why)
            for listing in (self.incidents, self.prevention)
            for paths, why in ((listing.templates, "a template"), (listing.links, "a symbolic link"),
                               (tuple(filter(looks_like_page, listing.others)), "its name does not end in .md"),
                               (listing.unlisted, "a folder that can't be listed"), (listing.special, "no file"))
            for path in paths
        )

    @property
    def markdown_paths(self) -> tuple[str, ...]:
        """Every Markdown file of the two folders, and whatever may pass for one without being a file."""
        return tuple(path for listing in (self.incidents, self.prevention)
                     for path in (*listing.pages, *listing.landing, *listing.templates, *listing.links, *listing.special))


@dataclass
class _Read:
    """What was read so far, by path; shared between a corpus and the parts of it that `only` makes."""

    documents: dict[str, Document]
    records: dict[str, Record]
    checklists: dict[str, Checklist]
    anchors: "dict[str, Anchors | None]" = field(default_factory=dict)
    whole: "Corpus | None" = None
    """The corpus that others were made from by `only`."""
    history: "History | None" = None


_Entry = TypeVar("_Entry")


def grouped(entries: Iterable[_Entry], keys: Callable[[_Entry], Iterable[str]]) -> Mapping[str, tuple[_Entry, ...]]:
    """Entries under each of their keys, in the order in which they came; the keys sorted."""
    groups: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        for key in keys(entry):
            groups[key].append(entry)
    return MappingProxyType({key: tuple(groups[key]) for key in sorted(groups)})
