"""What the law gives the author of a record how much time to report, and to whom: data, a file each in `clocks/`, with source and version."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amends.language import N_, _
from amends.reading import frontmatter
from amends.reading.moments import Moment

_FOLDER = Path(__file__).parent / "clocks"


class Event(str, Enum):
    """What a clock can run from."""

    AWARENESS = "awareness"
    """That we became aware of it."""
    CLASSIFICATION = "classification"
    """That it was classified as major."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time there is, and from when. A clock with several is met when all of them are."""

    event: Event | None
    """What it runs from; None where it runs from an earlier report."""
    after: str | None
    """The clock whose notification it runs from."""
    hours: int | None
    months: int | None
    """Calendar months, counted in days: a month has run out when the day of the same number is over."""
    unless_later: Event | None
    """The event that takes the limit away when it comes only after the limit has run out."""

    def ends(self, since: Moment) -> date:
        """The last day on which it can still be met, taking the latest time that `since` may mean."""
        if self.months is not None:
            return _months_later(since.day, self.months)
        begins = since.instant if since.instant is not None and not since.about else datetime.combine(since.day, time.max)
        try:
            return (begins + timedelta(hours=self.hours or 0)).date()
        except OverflowError:
            return date.max  # a mistyped year must not stop the gate

    def __str__(self) -> str:
        """In a reader's words, for example `72 h after awareness`."""
        return f"{self.length} after {self.since}"

    @property
    def length(self) -> str:
        """How much time there is, in a reader's words."""
        if self.months is not None:
            return "1 month" if self.months == 1 else f"{self.months} months"
        return f"{self.hours} h"

    @property
    def since(self) -> str:
        """What it runs from, in a reader's words."""
        return self.event.value if self.event else f"the report under {self.after}"


@dataclass(frozen=True, slots=True)
class Clock:
    """What has to be told to whom, and in what time."""

    id: str
    label: str
    to: str
    law: str | None
    """Title and article; None for a clock of the site's own."""
    version: str | None
    """The day of the text that was read."""
    source: str | None
    """Where the text stands."""
    limits: tuple[Limit, ...]
    """None where the law names no figure."""

    @property
    def title(self) -> str:
        """The label, in the reader's language where the clock is one of ours."""
        return _(_WORDS[self.id][0]) if self.law is not None else self.label

    @property
    def addressee(self) -> str:
        """To whom it goes, in the same way."""
        return _(_WORDS[self.id][1]) if self.law is not None else self.to

    @property
    def cited(self) -> str | None:
        """The law, as it is cited in the reader's language."""
        return _(_WORDS[self.id][2]) if self.law is not None else None


_DORA = N_("Regulation (EU) 2022/2554 (DORA), Art. 19, with Delegated Regulation (EU) 2025/301, Art. 5 of the delegated regulation")
_WORDS = {
    "dora-19-initial": (N_("Initial notification of a major incident"), N_("the competent authority"), _DORA),
    "dora-19-intermediate": (N_("Intermediate report on a major incident"), N_("the competent authority"), _DORA),
    "dora-19-final": (N_("Final report on a major incident"), N_("the competent authority"), _DORA),
    "gdpr-33": (N_("Notification of a personal data breach"), N_("the supervisory authority"),
                N_("Regulation (EU) 2016/679 (General Data Protection Regulation), Art. 33(1)")),
    "gdpr-34": (N_("Communication of a personal data breach"), N_("the people concerned"),
                N_("Regulation (EU) 2016/679 (General Data Protection Regulation), Art. 34(1)")),
    "nis2-23-early-warning": (N_("Early warning of a significant incident"), N_("the CSIRT or the competent authority"),
                N_("Directive (EU) 2022/2555 (NIS 2), Art. 23(4)(a)")),
    "nis2-23-notification": (N_("Notification of a significant incident"), N_("the CSIRT or the competent authority"),
                N_("Directive (EU) 2022/2555 (NIS 2), Art. 23(4)(b)")),
    "nis2-23-final-report": (N_("Final report on a significant incident"), N_("the CSIRT or the competent authority"),
                N_("Directive (EU) 2022/2555 (NIS 2), Art. 23(4)(d)")),
}
"""`label` and `to` of the clocks in `clocks/`, and the law that they are in, marked as messages."""


@cache
def clocks_of_law() -> Mapping[str, Clock]:
    """The clocks that Amends knows, by id."""
    known: dict[str, Clock] = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        said: Any = frontmatter.parse(path.read_text(encoding="utf-8"), 1).values
        known.update({id_: Clock(id_, clock["label"], clock["to"], f"{said['law']}, {clock['article']}", said["version"], said["source"],
                                 tuple(map(_limit, clock["limits"]))) for id_, clock in said["clocks"].items()})
    return MappingProxyType(known)


def _limit(said: Mapping[str, str]) -> Limit:
    return Limit(
        Event(said["from"]) if "from" in said else None, said.get("after"), int(said["hours"]) if "hours" in said else None,
        int(said["months"]) if "months" in said else None, Event(said["unless_later"]) if "unless_later" in said else None)


def _months_later(day: date, months: int) -> date:
    """The day of the same number, or the last of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))
