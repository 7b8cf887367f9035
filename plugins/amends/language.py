"""The reader's language: the words of the site's interface, and how days, times, numbers and lengths of time are written.

The code says its messages in English, through `_`, `ngettext` and `pgettext`, or marks them with `N_` and `NP_` where they are looked up later. What
they are in another language stands in `locale/<language>/LC_MESSAGES/amends.po`. A build says by `speak` what its readers speak; everybody else, the
command line first of all, speaks English.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent / "locale"
"""Where the words of other languages lie: a folder for each, of the form that gettext's tools know."""

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_OFTEN = 4096
"""How many days, times, numbers or lengths are remembered as they were written: records share most of theirs."""


class Language:
    """English, in which the messages stand in the code. Others inherit from it."""

    code = "en"
    """As a page names it, for example `de` or `de-CH`."""
    messages: NullTranslations = NullTranslations()

    def number(self, value: int) -> str:
        """`1,234`."""
        return f"{value:,}"

    def decimal(self, number: str) -> str:
        """`-6.9`, with the digits and the sign of `number`."""
        return number

    def percent(self, value: int | Decimal) -> str:
        """`33%` or `12.5%`, of a number from 0 to 100."""
        return f"{value}%"

    def day(self, day: date) -> str:
        """`5 Apr 2031`."""
        return f"{day.day} {day:%b %Y}"

    def long_day(self, day: date) -> str:
        """`Saturday 5 April 2031`."""
        return f"{day:%A} {day.day} {day:%B %Y}"

    def clock(self, time_of_day: time) -> str:
        """`07:38`."""
        return f"{time_of_day:%H:%M}"

    def at(self, day: str, clock: str) -> str:
        """A day and a time of day, both written already: `5 Apr 2031, 07:38 UTC`."""
        return f"{day}, {clock}"

    def days(self, number: int) -> str:
        """`12 days`."""
        return "1 day" if number == 1 else f"{number:,} days"

    def hours(self, number: int) -> str:
        """`7 h`."""
        return f"{number} h"

    def minutes(self, number: int) -> str:
        """`8 min`."""
        return f"{number} min"

    def name_of(self, code: str) -> str:
        """A language by its code: `German`, of `de`; the code itself where nobody knows it."""
        from babel import Locale

        return _name_of(code, Locale("en"))

    def kinds_of_number(self) -> dict[str, int]:
        """A number of each kind that takes a form of its own, by the names that browsers give these kinds too."""
        return {"one": 1, "other": 2}


class _Translated(Language):
    """A language with a catalogue; the rest is known to Babel. What was written once is remembered, since Babel takes its time."""

    def __init__(self, code: str, locale: "Locale", catalogue: Path) -> None:
        from babel.dates import parse_pattern

        self.code, self._locale, self.messages = code, locale, _messages_in(catalogue)
        skeletons = locale.datetime_skeletons
        self._day = parse_pattern(skeletons["yMMMd"] if "yMMMd" in skeletons else locale.date_formats["medium"])
        self._clock = locale.time_formats["short"]
        self._day_and_clock = str(locale.datetime_formats["medium"])
        for method in ("number", "percent", "day", "long_day", "clock", "days", "hours", "minutes"):
            setattr(self, method, lru_cache(maxsize=_OFTEN)(getattr(self, method)))

    def number(self, value: int) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def decimal(self, number: str) -> str:
        from babel.numbers import get_decimal_symbol

        return number.replace(".", get_decimal_symbol(self._locale))

    def percent(self, value: int | Decimal) -> str:
        from babel.numbers import format_percent

        return format_percent(Decimal(value) / 100, locale=self._locale, decimal_quantization=False)

    def day(self, day: date) -> str:
        return str(self._day.apply(day, self._locale))

    def long_day(self, day: date) -> str:
        from babel.dates import format_date

        return format_date(day, "full", self._locale)

    def clock(self, time_of_day: time) -> str:
        return str(self._clock.apply(datetime.combine(date.min, time_of_day), self._locale))

    def at(self, day: str, clock: str) -> str:
        return self._day_and_clock.replace("{1}", day).replace("{0}", clock)

    def days(self, number: int) -> str:
        return self._length(number, "day", "long")

    def hours(self, number: int) -> str:
        return self._length(number, "hour", "short")

    def minutes(self, number: int) -> str:
        return self._length(number, "minute", "short")

    def name_of(self, code: str) -> str:
        return _name_of(code, self._locale)

    def kinds_of_number(self) -> dict[str, int]:
        kinds: dict[str, int] = {}
        for number in (*range(1, 200), 0, 1_000_000):
            kinds.setdefault(self._locale.plural_form(number), number)
        return kinds

    def _length(self, number: int, unit: str, how: str) -> str:
        from babel.units import format_unit

        return format_unit(number, f"duration-{unit}", how, locale=self._locale)  # type: ignore[arg-type]  # one of its three lengths


ENGLISH = Language()

_SPOKEN: ContextVar[Language] = ContextVar("language", default=ENGLISH)


@lru_cache(maxsize=8)
def language_of(code: str) -> Language:
    """The language that a theme calls `code`: `de-CH` is written as in Switzerland, with the words of `de`; English where there are none."""
    parts = code.replace("-", "_").split("_") if _CODE.match(code) else []
    for length in range(len(parts), 0, -1):
        catalogue = CATALOGUES / "_".join(parts[:length]) / "LC_MESSAGES" / "amends.po"
        if catalogue.is_file() and (locale := _locale("_".join(parts), parts[0])) is not None:
            return _Translated(code, locale, catalogue)
    return ENGLISH


def languages() -> list[str]:
    """The languages that there is a catalogue for, beside English."""
    return sorted(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/amends.po"))


def _name_of(code: str, told_in: "Locale") -> str:
    parts = code.replace("-", "_")
    own = _locale(parts)
    name = told_in.languages.get(parts) or (own.get_display_name(told_in) if own is not None else None)
    return str(name) if name else code


def _locale(*names: str) -> "Locale | None":
    """What Babel knows by the first of these names that it knows."""
    from babel import Locale, UnknownLocaleError

    for name in names:
        try:
            return Locale.parse(name)
        except (ValueError, UnknownLocaleError):
            continue
    return None


def _messages_in(catalogue: Path) -> GNUTranslations:
    """The messages of a catalogue. It is compiled here, so that no other file has to be kept in step with it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)


def speak(language: Language) -> None:
    """Say everything in this language from now on."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything in this language for a while."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> Language:
    """The language in which everything is said."""
    return _SPOKEN.get()


def month_names() -> frozenset[str]:
    """The names of the months in English and in the reader's language, in lower case."""
    from babel.dates import get_month_names

    return frozenset(name.lower() for code in ("en", spoken().code) for name in get_month_names(locale=code).values())


# Messages -----------------------------------------------------------------------------------------------------------


def _(message: str) -> str:
    """A message in the language that is spoken. What it leaves open stands in braces, with a name: fill it with `h`, or with `format`."""
    return _SPOKEN.get().messages.gettext(message)


def ngettext(one: str, more: str, number: int) -> str:
    """A message that tells a number: of the forms that the language has, the one for this number."""
    return _SPOKEN.get().messages.ngettext(one, more, number)


def pgettext(context: str, message: str) -> str:
    """A message of few words that means something else elsewhere."""
    return _SPOKEN.get().messages.pgettext(context, message)


def N_(message: str) -> str:
    """Mark a message that is looked up when it is needed."""
    return message


def NP_(context: str, message: str) -> tuple[str, str]:
    """Mark a message with its context; `pgettext(*marked)` looks it up."""
    return context, message


def counted(one: str, more: str, number: int, **named: object) -> str:
    """A message that tells a number, with `{number}` and the others that it leaves open filled in."""
    return ngettext(one, more, number).format(number=spoken().number(number), **named)


def by_kind_of_number(one: str, more: str) -> dict[str, str]:
    """All forms of a message that tells a number, by what `Intl.PluralRules` calls the kinds of numbers."""
    return {kind: ngettext(one, more, number) for kind, number in spoken().kinds_of_number().items()}
