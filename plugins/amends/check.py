"""The gate: runs the rules over the corpus and says what it found, sorted, the same every time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amends.corpus import Corpus, PassedOver
from amends.diagnostics import Diagnostic, Finding, Level, Path, Position
from amends.document import Document
from amends.record import Record
from amends.rules.rule import Rule, Scope


@dataclass(frozen=True)
class Report:
    """What a check saw and found."""

    diagnostics: tuple[Diagnostic, ...]
    """Sorted by file, place and code; silenced ones apart."""
    silenced: tuple[Diagnostic, ...]
    records: int
    """How many records were checked."""
    checklists: int
    """How many checklists were checked."""
    passed_over: tuple[PassedOver, ...]
    unread: frozenset[str]
    """The files in which something could not be read."""

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(d.level is Level.ERROR for d in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return sum(d.level is Level.WARNING for d in self.diagnostics)

    def failed(self, *, strict: bool) -> bool:
        """Whether the gate closes."""
        return bool(self.errors or (strict and self.warnings))

    @property
    def summary(self) -> str:
        """The count line: `62 records, 11 checklists: 2 errors, 1 warning`, with what was passed over."""
        line = f"{_count(self.records, 'record')}, {_count(self.checklists, 'checklist')}: {_count(self.errors, 'error')}, {_count(self.warnings, 'warning')}"
        if self.silenced:
            line += f", {len(self.silenced)} silenced"
        if self.passed_over:
            line += "; passed over: " + ", ".join(f"{path} ({why})" for path, why in self.passed_over)
        return line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def check(corpus: Corpus, rules: Sequence[Rule], paths: Sequence[str] | None = None) -> Report:
    """Check the whole corpus, or only the files at `paths` (relative to the root) and their own outgoing links."""
    by_scope: dict[Scope, list[Rule]] = {scope: [rule for rule in rules if rule.scope is scope] for scope in Scope}
    named = {rule.name: rule for rule in rules}
    wanted = None if paths is None else set(paths)
    found: list[tuple[Document, Rule, Finding]] = []
    silences: dict[str, Record] = {}
    counted = {"record": 0, "checklist": 0}

    def look_at(document: Document, part: object, scope: Scope) -> None:
        for fault in document.faults:
            if (rule := named.get(fault.rule)) is not None:
                found.append((document, rule, fault))
        for rule in by_scope[Scope.DOCUMENT]:
            for finding in rule.check(document, corpus):
                found.append((document, rule, finding))
        if document.broken or part is None:
            return
        unread = _unread_paths(document)
        for rule in by_scope[scope]:
            for finding in rule.check(part, corpus):
                if not unread or not _touches(finding, unread):
                    found.append((document, rule, finding))

    records, checklists = _among(wanted, corpus.incidents.pages), _among(wanted, corpus.prevention.pages)
    landing = _among(wanted, (*corpus.incidents.landing, *corpus.prevention.landing))
    for path in records:
        record = corpus.record_at(path)
        counted["record"] += 1
        if record.silence:
            silences[path] = record
        look_at(record.document, record, Scope.RECORD)
    for path in checklists:
        checklist = corpus.checklist_at(path)
        counted["checklist"] += 1
        look_at(checklist.document, checklist, Scope.CHECKLIST)
    for path in landing:
        look_at(_without_front_matter_faults(corpus.document(path)), None, Scope.DOCUMENT)
    if wanted is None:
        for rule in by_scope[Scope.CORPUS]:
            found.extend((document, rule, finding) for document, finding in rule.check(corpus))

    spoken, silenced = _told_apart(found, silences, corpus.settings.site_url)
    passed_over = corpus.passed_over
    if wanted is not None:
        reasons = dict(passed_over)
        others = sorted(wanted.difference(records, checklists, landing))
        passed_over = tuple(PassedOver(path, reasons.get(path, "not a Markdown file")) for path in others)
    unread = frozenset(document.path for document, rule, _ in found if rule.scope is Scope.READING and rule.level is Level.ERROR)
    return Report(tuple(spoken), tuple(silenced), counted["record"], counted["checklist"], passed_over, unread)


def _among(wanted: set[str] | None, paths: Sequence[str]) -> Sequence[str]:
    return paths if wanted is None else [path for path in paths if path in wanted]


def _without_front_matter_faults(document: Document) -> Document:
    """A landing page needs no front matter."""
    document.faults[:] = [fault for fault in document.faults if fault.rule != "no-front-matter"]
    return document


def _unread_paths(document: Document) -> list[Path]:
    return [tuple(fault.place) for fault in document.faults if not isinstance(fault.place, Position)]


def _touches(finding: Finding, unread: Iterable[Path]) -> bool:
    """Whether a finding is about a value that could not be read, or about something around it or in it."""
    if isinstance(finding.place, Position):
        return False
    place = tuple(finding.place)
    return any(place == path[: len(place)] or path == place[: len(path)] for path in unread)


def _told_apart(
    found: Iterable[tuple[Document, Rule, Finding]], silences: dict[str, Record], site_url: str | None
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    spoken: list[Diagnostic] = []
    silenced: list[Diagnostic] = []
    for document, rule, finding in found:
        line, column = document.position(finding.place, of_key=rule.name == "unknown-key")
        record = silences.get(document.path)
        why = next((s.why for s in record.silence if s.code == rule.code and s.why), None) if record else None
        url = f"{site_url}rules/{rule.code.lower()}/" if site_url else None
        diagnostic = Diagnostic(document.path, line, column, rule.code, rule.name, rule.level, finding.message, finding.help, url, why)
        (spoken if why is None else silenced).append(diagnostic)
    return sorted(set(spoken), key=_order), sorted(set(silenced), key=_order)


def _order(d: Diagnostic) -> tuple[str, int, int, str, str]:
    return d.path, d.line, d.column, d.code, d.message
