"""Times as people know them: to the minute with an offset, to the day, or about."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from amends.reading.typed import Absence, Misfit

_SHAPE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?([Zz]|[+-]\d{2}:?\d{2})?)?\Z", re.ASCII)
_USUAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})", re.ASCII)
"""The form of nearly every time of day, apart from `_SHAPE`, whose parts take as long again to put together."""
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(:\d{2})?\Z")
_MINUTE = timedelta(minutes=1)
ABOUT = timedelta(minutes=30)
"""How far an approximate time of day may be off."""
_EXAMPLE = "write it like 2031-04-05T07:38Z or 2031-04-05T09:38+02:00, or only the day: 2031-04-05"


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took. Where only days, or approximate times, are known the two ends differ: never more precision than was written."""

    least: timedelta
    most: timedelta

    @property
    def exact(self) -> bool:
        """Whether both ends were known to the minute."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time with the precision its author gave it."""

    day: date
    """In the offset that was written."""
    instant: datetime | None
    """Aware; None where only the day is known."""
    about: bool = False
    """Whether the author said `{about: …}`: a time of day is then known to within ABOUT, either way."""
    by: bool = False
    """Whether the author said `{by: …}`: it may have been at any time before, and counts as this one, the latest that it can have been."""

    expects: ClassVar[str] = "a time"
    schema: ClassVar[dict[str, Any]] = {
        "anyOf": [
            {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?([Zz]|[+-]\d{2}:?\d{2}))?$"},
            {"type": "object", "properties": {"about": {"type": "string"}}, "required": ["about"], "additionalProperties": False},
        ]
    }

    @classmethod
    def parse(cls, value: Any) -> "Moment":
        """Read ISO 8601 text, or `{about: text}`.

        Raises Misfit: under `time-without-offset` for a time of day that no zone belongs to, else `malformed-time`.
        """
        if value.__class__ is dict and value.keys() == {"about"} and value["about"].__class__ is str:
            told = cls.parse(value["about"])
            return cls(told.day, told.instant, about=True)
        if value.__class__ is not str:
            raise Misfit("malformed-time", "a time is expected here", _EXAMPLE)
        if _USUAL.fullmatch(value) is not None and (usual := cls.exact(value)) is not None:
            return usual
        shape = _SHAPE.match(value)
        if shape is None:
            if _TIME_OF_DAY.match(value):
                raise Misfit("malformed-time", f"`{value}` is a time of day without its date", _EXAMPLE)
            raise Misfit("malformed-time", f"`{value}` is not a time", _EXAMPLE)
        day, clock, offset = shape.groups()
        if clock is not None and offset is None:
            raise Misfit("time-without-offset", f"`{value}` has a time of day but no offset, so nobody knows when it was",
                         f"add the offset: {day}T{clock}Z for UTC, or {day}T{clock}+02:00; or leave only the day: {day}")
        try:
            if clock is None:
                return cls(date.fromisoformat(day), None)
            if offset in "Zz":
                offset = "+00:00"
            elif len(offset) == 5:
                offset = f"{offset[:3]}:{offset[3:]}"
            instant = datetime.fromisoformat(f"{day}T{clock}{offset}")
        except ValueError:
            raise Misfit("malformed-time", f"`{value}` is not a date and time that exists", _EXAMPLE) from None
        return cls(instant.date(), instant)

    @classmethod
    def exact(cls, text: str) -> "Moment | None":
        """Read `2031-04-05T07:38Z`, in the time that takes; None for a day or an hour that does not exist."""
        try:
            instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return None
        return cls(instant.date(), instant)

    @property
    def precise(self) -> bool:
        """Whether this is known to the minute."""
        return self.instant is not None and not self.about

    def before(self, other: "Moment") -> bool:
        """Whether this certainly came before `other`, as far as the coarser of the two can tell."""
        if self.instant is None or other.instant is None:
            return self.day < other.day
        if self.about or other.about:
            return self.instant + self._slack(other) < other.instant
        if self.instant >= other.instant:
            return False
        return self.instant.second != 0 or other.instant - self.instant >= _MINUTE  # a time to the minute is any second of it

    def _slack(self, other: "Moment") -> timedelta:
        return ABOUT * (self.about + other.about)

    def until(self, other: "Moment") -> Span:
        """How long from this to `other`; negative where `other` came first."""
        if self.instant is not None and other.instant is not None:
            length, slack = other.instant - self.instant, self._slack(other)
            return Span(length - slack, length + slack)
        days = (other.day - self.day).days
        return Span(timedelta(days=max(days - 1, 0) if days >= 0 else days - 1), timedelta(days=days + 1))

    def __str__(self) -> str:
        """As a reader is shown it, for example `5 Apr 2031, 07:38 UTC`."""
        text = f"{self.day.day} {self.day:%b %Y}"
        if self.instant is not None:
            text += f", {self.instant:%H:%M:%S} {self.zone}" if self.instant.second else f", {self.instant:%H:%M} {self.zone}"
        return f"about {text}" if self.about else f"by {text}" if self.by else text

    @property
    def dated(self) -> str:
        """The day as a message tells it, in the form of the files: `on 2031-04-05`, or `by 2031-04-05`."""
        return f"{'by' if self.by else 'on'} {self.day}"

    @property
    def zone(self) -> str:
        """The zone of a time of day: `UTC`, `UTC+02`, `UTC+05:30`; nothing where only the day is known."""
        offset = self.instant.strftime("%z") if self.instant is not None else ""
        return "UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:]}".replace(":00", "") if offset else ""

    @property
    def iso(self) -> str:
        """Machine-readable: `2031-04-05T07:38+00:00` or `2031-04-05`."""
        return self.day.isoformat() if self.instant is None else self.instant.isoformat(timespec="minutes")


def day_told(value: Moment | Absence | None) -> date | None:
    """The day of a time, where it is told."""
    return value.day if isinstance(value, Moment) else None


_DONE = frozenset(("yes", "true", "done", "y", "ok", "x", "ja"))


class Completion(Moment):
    """When something was finished. Often nobody knows the day any more, and still that it was done: `{by: 2031-04-05}`."""

    __slots__ = ()

    expects: ClassVar[str] = "the time at which it was done"
    schema: ClassVar[dict[str, Any]] = {
        "anyOf": [
            *Moment.schema["anyOf"],
            {"type": "object", "properties": {"by": {"type": "string"}}, "required": ["by"], "additionalProperties": False},
        ]
    }

    @classmethod
    def parse(cls, value: Any) -> "Completion":
        """Read what `Moment` reads, or `{by: text}`. Raises Misfit, as Moment does."""
        if value.__class__ is dict and value.keys() == {"by"} and value["by"].__class__ is str:
            told = Moment.parse(value["by"])
            return cls(told.day, told.instant, by=True)
        if value.__class__ is str and value.lower() in _DONE:
            raise Misfit("malformed-time", f"`{value}` does not say when it was done",
                         "write the day; where nobody knows it any more, one by which it was done: {by: 2031-04-05}")
        told = super().parse(value)
        return cls(told.day, told.instant, told.about)


_DURATION = re.compile(r"(?=\d)(?:(\d{1,5})w)?\s*(?:(\d{1,5})d)?\s*(?:(\d{1,5})h)?\s*(?:(\d{1,5})m(?:in)?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as the settings and plans write it: `30m`, `24h`, `3d`, `2w`, `1h30m`."""

    length: timedelta
    text: str

    expects: ClassVar[str] = "a length of time"
    schema: ClassVar[dict[str, Any]] = {"type": "string", "minLength": 1, "pattern": r"^(\d+w)?\s*(\d+d)?\s*(\d+h)?\s*(\d+m(in)?)?$"}

    @classmethod
    def parse(cls, value: Any) -> "Duration":
        """Raises Misfit under `wrong-type`."""
        match = _DURATION.match(value) if value.__class__ is str and value else None
        if match is None:
            shown = f"`{value}`" if value.__class__ is str else "this"
            raise Misfit("wrong-type", f"{shown} is not a length of time", "write it like 30m, 24h, 3d, 2w or 1h30m")
        weeks, days, hours, minutes = (int(n or 0) for n in match.groups())
        return cls(timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes), value)

    @property
    def days(self) -> int:
        """Whole days."""
        return self.length.days

    @property
    def parts(self) -> tuple[int, int, int]:
        """Days, hours and minutes, as they were written: `24h` stays hours. Weeks are told in days."""
        match = _DURATION.match(self.text)
        weeks, days, hours, minutes = (int(number or 0) for number in match.groups()) if match is not None else (0, 0, 0, 0)
        return 7 * weeks + days, hours, minutes

    def __str__(self) -> str:
        """As it was written."""
        return self.text
