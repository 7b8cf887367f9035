"""The corpus as data: everything as JSON, and as CSV what can be counted. Nothing of a restricted record stands in either."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache, cached_property
from typing import Any, TypeAlias

from amends.checklist import Checklist
from amends.corpus import Corpus
from amends.diagnostics import Level
from amends.discretion import Discretion
from amends.printable import as_data, in_lines
from amends.reading.moments import Duration, Moment
from amends.reading.typed import Absence, Node, rewritten
from amends.record import Affected, CustomerImpact, Figure, FollowUp, NoticeKind, Progress, Record, Score, Share, given
from amends.rules import RULES
from amends.rules.rule import Scope

Cell: TypeAlias = "str | int | float | None"

_LINES = ",\n"


@dataclass(frozen=True)
class Export:
    """What may leave the repository."""

    records: tuple[Record, ...]
    checklists: tuple[Checklist, ...]
    left_out: tuple[str, ...]
    """Files with errors in their front matter. Of such a record nobody can say whether it would be restricted if a key were spelt right."""
    discretion: Discretion
    """Leaves out of texts what names a record that is not here."""

    @classmethod
    def of(cls, corpus: Corpus, shown: Corpus | None = None) -> "Export":
        """What may leave of `corpus`; where a part of it is `shown`, no other record of it, and nothing that refers to one."""
        harmless = {rule.name for rule in RULES if rule.scope is Scope.READING and rule.level is Level.WARNING}
        parts: tuple[Record | Checklist, ...] = (*corpus.records, *corpus.checklists)
        faulty = {part.path for part in parts if any(fault.rule not in harmless for fault in part.document.faults)}
        hidden = {record.path for record in corpus.records if record.restricted or record.path in faulty}
        kept = tuple(record for record in (shown or corpus).records if record.path not in hidden)
        withheld = frozenset(record.stem for record in corpus.records).difference(record.stem for record in kept)
        return cls(
            tuple(_without(record, withheld) for record in kept) if withheld else kept,
            tuple(checklist for checklist in corpus.checklists if checklist.path not in faulty),
            tuple(sorted(faulty)),
            Discretion(corpus, (record for record in corpus.records if record.path in hidden),
                       {record.path for record in corpus.records} - hidden - {record.path for record in kept}),
        )

    def json(self) -> str:
        """Records and checklists, typed: times in ISO 8601, figures as numbers, `{about: …}` and `{none: why}` as they were said.

        What nothing is said about is left out.
        """
        checklists = [self._json({"stem": checklist.stem, "path": checklist.path, **_plain(checklist)}, checklist.path) for checklist in self.checklists]
        return f'{{"records": [\n{_LINES.join(self.each_json.values())}\n],\n"checklists": [\n{_LINES.join(checklists)}\n]}}'

    @cached_property
    def each_json(self) -> Mapping[str, str]:
        """Each record by its file, on one line, as it stands in `json`."""
        return {record.path: self._json(_record(record), record.path) for record in self.records}

    def _json(self, content: dict[str, Any], path: str) -> str:
        return _UNDECODED.sub(_byte, as_data(self._told(content, path) if self.discretion else content))

    def csv(self) -> str:
        """A row a record, under a row of column names; several values in a cell are separated by spaces.

        A cell is empty where nothing is known. No length of time is computed from days or from approximate times. The last two columns name
        those whose value the record gives as `{about: …}`, and those of which it says that they are not known.
        """
        rows = io.StringIO()
        writer = csv.writer(rows, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for record in self.records:
            writer.writerow([self.cell(column(record)) for column in _COLUMNS.values()])
        return _UNDECODED.sub(_byte, rows.getvalue())

    def cell(self, value: Cell) -> Cell:
        """A value as `csv` prints it: without names of what is withheld, never a formula, and nothing in it steers a terminal."""
        if not isinstance(value, str):
            return value
        text = in_lines(self.discretion.tell(value))
        return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text  # a spreadsheet would run it as a formula

    def _told(self, value: Any, path: str, *, own_keys: bool = False) -> Any:
        """`value`, which stands in the file at `path`, with the names of what is withheld taken out of its texts, and out of keys that are the author's
        own. An id is left out with its name: half of it would be none.
        """
        if isinstance(value, str):
            return self.discretion.tell(value, path)
        if isinstance(value, list):
            return [self._told(entry, path, own_keys=own_keys) for entry in value]
        if isinstance(value, dict):
            return {self.discretion.tell(key) if own_keys else key: self._told(part, path, own_keys=own_keys or key in _FREE)
                    for key, part in value.items() if key != "id" or own_keys or not self.discretion.names_hidden(part)}
        return value


_FREE = ("extra", "search")
"""The keys below which a site's own stand."""

_REFERENCES = ("of", "to", "same_as")
"""What an entry of a list leads to, and says nothing without."""


def _without(record: Record, stems: Set[str]) -> Record:
    """The record without what refers to those of these stems."""
    def refers(value: object) -> bool:
        return isinstance(value, str) and value.partition("/")[0] in stems

    return rewritten(record, lambda text: None if refers(text) else text,
                     lambda entry: not (isinstance(entry, Node) and any(refers(getattr(entry, name, None)) for name in _REFERENCES)))


_UNDECODED = re.compile("[\udc80-\udcff]")


def _byte(match: re.Match[str]) -> str:
    """A byte of a file's name that is not UTF-8, as text that any output can hold."""
    return f"%{ord(match[0]) - 0xDC00:02X}"


def _record(record: Record) -> dict[str, Any]:
    return {"stem": record.stem, "path": record.path, **_plain(record),
            "timeline": [{"at": _plain(entry.at), "text": entry.text} for entry in record.timeline.entries]}


@cache
def _fields(kind: type[Node]) -> tuple[tuple[str, str, bool], ...]:
    """The keys of a part, with the attribute of each and whether an empty list says something there."""
    names = {key: key if key in kind.__annotations__ else f"{key}_" for key in kind.fields()}
    return tuple((key, name, getattr(kind, name) is None) for key, name in names.items())


def _plain(value: Any) -> Any:
    """A typed value as JSON knows it; a part's fields that nothing is said about are left out."""
    if value is None or value.__class__ is str:
        return value
    if isinstance(value, Node):
        said = ((key, getattr(value, name), empty_says) for key, name, empty_says in _fields(type(value)))  # type: ignore[arg-type]  # every class is hashable
        return {key: _plain(part) for key, part, empty_says in said if part is not None and (part != () or empty_says)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Absence):
        return {value.kind: value.why}
    if isinstance(value, Moment):
        return {"about": value.iso} if value.about else {"by": value.iso} if value.by else value.iso
    if isinstance(value, Duration):
        return _iso(value.length)
    if isinstance(value, Figure):
        return {"about": value.value} if value.about else value.value
    if isinstance(value, Share):
        return {"percent": value.percent}
    if isinstance(value, Score):
        return value.value
    return value.value if isinstance(value, Enum) else value


def _iso(length: timedelta) -> str:
    """A length of time in ISO 8601, in hours and minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return f"PT{hours}H{minutes}M" if minutes else f"PT{hours}H"


# What can be counted ------------------------------------------------------------------------------------------------


def _time(name: str) -> Callable[[Record], Cell]:
    def column(record: Record) -> Cell:
        moment = record.time(name)
        return moment.iso if moment else None
    return column


def _minutes(since: Moment | None, until: Moment | None) -> Cell:
    if since is None or until is None:
        return None
    span = since.until(until)
    return int(span.least.total_seconds()) // 60 if span.exact else None


def _first_notice(record: Record) -> Moment | None:
    times = [notice.at for notice in given(record.reply.notices) if isinstance(notice.at, Moment)]
    return times[0] if times else None


def _detected_by(record: Record) -> Cell:
    finder = getattr(record.times, "detected_by", None)
    return finder.value if isinstance(finder, Enum) else None


def _affected(record: Record) -> Affected | None:
    impact = record.customer_impact
    rows = given(impact.affected) if isinstance(impact, CustomerImpact) else ()
    return rows[0] if rows else None


def _figure(value: object) -> Cell:
    return value.value if isinstance(value, Figure) else None


def _follow_up(name: str) -> Callable[[Record], Cell]:
    def column(record: Record) -> Cell:
        follow_up = record.reply.follow_up
        return _figure(getattr(follow_up, name)) if isinstance(follow_up, FollowUp) else None
    return column


def _is_about(value: object) -> bool:
    return isinstance(value, Moment | Figure) and value.about


def _is_unknown(value: object) -> bool:
    return isinstance(value, Absence) and value.kind == "unknown"


def _values(record: Record) -> dict[str, object]:
    """What the record says of each column with one value and of each list that is counted: the value, or that there is none to be had."""
    affected, follow_up, impact = _affected(record), record.reply.follow_up, record.customer_impact
    affected_at_all = impact.affected if isinstance(impact, CustomerImpact) else impact
    values = {name: getattr(record.times, name, record.times) for name in ("started", "detected", "detected_by", "mitigated", "resolved")}
    values |= {name: getattr(affected, name.removeprefix("affected_"), affected_at_all) for name in ("affected_count", "affected_of")}
    values["affected"] = values.pop("affected_count")
    values |= {name: getattr(follow_up, name, follow_up) for name in ("contacted", "satisfied")}
    return values | {name: entries(record) for name, entries in _LISTS.items()}


def _naming_columns(record: Record, test: Callable[[object], bool]) -> str:
    """The columns for whose value the test holds."""
    values = _values(record)
    return " ".join(name for name in _COLUMNS if name in values and test(values[name]))


_LISTS: dict[str, Callable[[Record], object]] = {
    "notices": lambda r: r.reply.notices,
    "commitments": lambda r: r.reply.commitments,
    "remedies": lambda r: r.reply.remedies,
    "actions": lambda r: r.actions,
    "risks": lambda r: r.risk,
    "plans": lambda r: r.contingency_plan,
    "recurrence_of": lambda r: r.recurrence_of,
}
"""What is counted as it stands."""


def _number(name: str, test: Callable[[Any], bool] = lambda entry: True) -> Callable[[Record], Cell]:
    """How many entries of a list the test holds for; nothing where they are said to be unknown."""
    def column(record: Record) -> Cell:
        entries = _LISTS[name](record)
        return None if entries is None or _is_unknown(entries) else sum(map(test, given(entries)))  # type: ignore[arg-type]  # every one is a list or an absence
    return column


def _lessons(record: Record) -> int:
    taught = [*given(record.teaches), *(item for action in given(record.actions) for item in given(action.teaches))]
    return len(set(taught))


_COLUMNS: dict[str, Callable[[Record], Cell]] = {
    "stem": lambda r: r.stem,
    "title": lambda r: r.title,
    "status": lambda r: r.status.value,
    "severity": lambda r: r.severity.value if r.severity else None,
    "origin": lambda r: r.origin.value,
    "visibility": lambda r: r.visibility.value,
    "owner": lambda r: r.owner,
    "services": lambda r: " ".join(r.service_names),
    "factors": lambda r: " ".join(r.factor_kinds),
    "harms": lambda r: " ".join(harm.value for harm in r.harms),
    "started": _time("started"),
    "detected": _time("detected"),
    "detected_by": _detected_by,
    "mitigated": _time("mitigated"),
    "resolved": _time("resolved"),
    "minutes_to_detect": lambda r: _minutes(r.started, r.time("detected")),
    "minutes_to_first_notice": lambda r: _minutes(r.time("detected"), _first_notice(r)),
    "minutes_to_mitigate": lambda r: _minutes(r.started, r.time("mitigated")),
    "minutes_to_resolve": lambda r: _minutes(r.started, r.time("resolved")),
    "affected": lambda r: _figure(getattr(_affected(r), "count", None)),
    "affected_of": lambda r: _figure(getattr(_affected(r), "of", None)),
    "affected_unit": lambda r: getattr(_affected(r), "unit", None),
    "notices": _number("notices"),
    "apologies": _number("notices", lambda notice: notice.kind is NoticeKind.APOLOGY),
    "commitments": _number("commitments"),
    "commitments_kept": _number("commitments", lambda promise: isinstance(promise.kept, Moment)),
    "commitments_broken": _number("commitments", lambda promise: promise.broken is not None),
    "commitments_unknown": _number("commitments", lambda promise: promise.progress is Progress.UNKNOWN),
    "commitments_open": _number("commitments", lambda promise: not promise.settled),
    "remedies": _number("remedies"),
    "contacted": _follow_up("contacted"),
    "satisfied": _follow_up("satisfied"),
    "actions": _number("actions"),
    "actions_done": _number("actions", lambda action: isinstance(action.done, Moment)),
    "actions_dropped": _number("actions", lambda action: action.dropped is not None),
    "actions_unknown": _number("actions", lambda action: action.progress is Progress.UNKNOWN),
    "actions_open": _number("actions", lambda action: not action.settled and action.same_as is None),
    "risks": _number("risks"),
    "risks_open": _number("risks", lambda risk: risk.closed is None),
    "plans": _number("plans"),
    "lessons": _lessons,
    "recurrence_of": _number("recurrence_of"),
    "about": lambda r: _naming_columns(r, _is_about),
    "unknown": lambda r: _naming_columns(r, _is_unknown),
}
