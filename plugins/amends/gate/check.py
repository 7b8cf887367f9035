"""The gate: runs the rules over the corpus and says what it found, sorted, the same every time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amends.checklist import Checklist
from amends.corpus import Corpus, PassedOver
from amends.diagnostics import Diagnostic, Finding, Level, Path, Position, with_noun
from amends.history import Unread
from amends.reading.document import Document
from amends.record import Record
from amends.rules.files import idle_silence
from amends.rules.rule import Rule, Scope
from amends.rules.signs import Signs

_FEW = 100
"""Documents that are read sooner than a faster search for signs is made."""


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
    checked: tuple[str, ...] = ()
    """The records, checklists and landing pages that were looked at."""
    of: tuple[int, int] | None = None
    """How many records and checklists there are, where only those that a change concerns were checked."""
    known: tuple[Diagnostic, ...] = ()
    """What a baseline lets stand; not among `diagnostics`."""
    no_history: Unread | None = None
    """Why rules that ask git had nothing to look at, where nobody can do anything about it."""

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
        records, checklists = self.of or (None, None)
        line = f"{with_noun(self.records, 'record', records)}, {with_noun(self.checklists, 'checklist', checklists)}: "
        line += f"{with_noun(self.errors, 'error')}, {with_noun(self.warnings, 'warning')}"
        if self.silenced:
            line += f", {len(self.silenced)} silenced"
        if self.known:
            line += f", {len(self.known)} in the baseline"
        if self.passed_over:
            line += "; passed over: " + ", ".join(f"{path} ({why})" for path, why in self.passed_over)
        if self.no_history:
            line += self.no_history.told
        return line


def check(corpus: Corpus, rules: Sequence[Rule], paths: Iterable[str] | None = None, *, across: Corpus | None = None) -> Report:
    """Check the whole corpus, or only the files at `paths` (relative to the root) and their own outgoing links.

    Where `paths` are given, the rules over the whole corpus run only with `across`, the part of it that they then look at.
    """
    wanted = None if paths is None else set(paths)
    whole = corpus if wanted is None else across
    records, checklists = _among(wanted, corpus.incidents.pages), _among(wanted, corpus.prevention.pages)
    landing = _among(wanted, (*corpus.incidents.landing, *corpus.prevention.landing))
    documents = [*map(corpus.document, (*records, *checklists)), *map(_without_front_matter_faults, map(corpus.document, landing))]
    readable = {path for path in (*records, *checklists) if not corpus.document(path).broken}
    parts: dict[Scope, list[Record | Checklist]] = {
        Scope.RECORD: [corpus.record_at(path) for path in records if path in readable],
        Scope.CHECKLIST: [corpus.checklist_at(path) for path in checklists if path in readable],
    }
    damaged = {document.path: places for document in documents if (places := _unread_paths(document))}
    signs = Signs((sign for rule in rules for sign in rule.signs), many_texts=len(documents) > _FEW)
    held = {document.path: signs.held_by(document.text.lower()) for document in documents}

    named = {rule.name: rule for rule in rules}
    found: list[tuple[Document, Rule, Finding]] = [
        (document, named[fault.rule], fault) for document in documents for fault in document.faults if fault.rule in named]
    for rule in rules:  # one rule after the other, each over all files: faster by half than the other way round
        if rule.scope is Scope.DOCUMENT:
            for document in documents:
                if not rule.signs or not held[document.path].isdisjoint(rule.signs):
                    for finding in rule.check(document, corpus):
                        found.append((document, rule, finding))
        elif rule.scope in parts:
            for part in parts[rule.scope]:
                if not rule.signs or not held[part.path].isdisjoint(rule.signs):
                    for finding in rule.check(part, corpus):
                        if not _touches(finding, damaged.get(part.path, ())):
                            found.append((part.document, rule, finding))
        elif rule.scope is Scope.CORPUS and whole is not None:
            found += [(document, rule, finding) for document, finding in rule.check(whole)]
        elif rule.scope is Scope.WHOLE and wanted is None:
            found += [(document, rule, finding) for document, finding in rule.check(corpus)]
        elif rule.scope is Scope.HISTORY and wanted is None:
            found += [(document, rule, finding) for document, finding in rule.check(corpus, corpus.history)]

    unasked = corpus.history.unread if wanted is None and any(rule.scope is Scope.HISTORY for rule in rules) else None
    if idle_silence.RULE.name in named:
        alone = (Scope.READING, Scope.DOCUMENT, Scope.RECORD)
        ran = {rule.code for rule in rules if rule.scope in alone or (wanted is None and not (unasked and rule.scope is Scope.HISTORY))}
        records_read = [part for part in parts[Scope.RECORD] if isinstance(part, Record)]
        found += [(document, idle_silence.RULE, finding) for document, finding in idle_silence.idle(records_read, found, ran)]
    spoken, silenced = _told_apart(found, corpus)
    passed_over = corpus.passed_over
    if wanted is not None:
        reasons = dict(passed_over)
        others = sorted(wanted.difference(records, checklists, landing))
        passed_over = tuple(PassedOver(path, reasons.get(path, "not a Markdown file")) for path in others)
    unread = frozenset(document.path for document, rule, _ in found if rule.scope is Scope.READING and rule.level is Level.ERROR)
    seen = tuple(sorted((*records, *checklists, *landing)))
    no_history = unasked if unasked is not None and unasked.help is None else None
    return Report(tuple(spoken), tuple(silenced), len(records), len(checklists), passed_over, unread, seen, no_history=no_history)


def _among(wanted: set[str] | None, paths: Sequence[str]) -> Sequence[str]:
    return paths if wanted is None else [path for path in paths if path in wanted]


def _without_front_matter_faults(document: Document) -> Document:
    """A landing page needs no front matter."""
    document.faults[:] = [fault for fault in document.faults if fault.rule != "no-front-matter"]
    return document


def _unread_paths(document: Document) -> list[Path]:
    """Where values could not be read, or are missing since their keys are misspelt."""
    places = [tuple(fault.place) for fault in document.faults if not isinstance(fault.place, Position)]
    return places + [fault.meant for fault in document.faults if fault.meant]


def _touches(finding: Finding, unread: Iterable[Path]) -> bool:
    """Whether a finding is about a value that could not be read, or about something around it or in it."""
    if not unread or isinstance(finding.place, Position):
        return False
    place = tuple(finding.place)
    return any(place == path[: len(place)] or path == place[: len(path)] for path in unread)


def _told_apart(found: Iterable[tuple[Document, Rule, Finding]], corpus: Corpus) -> tuple[list[Diagnostic], list[Diagnostic]]:
    site_url = corpus.settings.site_url
    spoken: list[Diagnostic] = []
    silenced: list[Diagnostic] = []
    for document, rule, finding in found:
        record = corpus.record_at(document.path) if document.path in corpus.incidents.pages_set else None
        line, column = document.position(finding.place, of_key=rule.name == "unknown-key")
        why = next((s.why for s in record.silence if s.code == rule.code and s.why), None) if record else None
        url = f"{site_url}rules/{rule.code.lower()}/" if site_url else None
        diagnostic = Diagnostic(document.path, line, column, rule.code, rule.name, rule.level, finding.message, finding.help, url, why)
        (spoken if why is None else silenced).append(diagnostic)
    return sorted(set(spoken), key=_order), sorted(set(silenced), key=_order)


def _order(d: Diagnostic) -> tuple[str, int, int, str, str]:
    return d.path, d.line, d.column, d.code, d.message
