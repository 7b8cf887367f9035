"""How a part of a whole, a share, a length of time or a number is said on the page of trust."""

from datetime import timedelta

from markupsafe import Markup

from amends.customers.trust import Shares
from amends.language import _, spoken
from amends.reading.moments import Span
from amends.record import Harm
from amends.render.composer import h
from amends.render.terms import term
from amends.render.words import about, length

_PERCENT_FROM = 20
"""A share of fewer is told as the two numbers it is made of."""


def wait_words(span: Span) -> str:
    """A length of time; where it is a range, as one."""
    least, most = (length(end).replace(" ", "\N{NO-BREAK SPACE}") for end in (span.least, span.most))
    if least == most:
        return least if span.exact else _("about {length}").format(length=least)
    if (near := about(span)) is not None:
        return near
    if span.least < timedelta(minutes=1):
        return _("up to {length}").format(length=most)
    number, unit = least.split("\N{NO-BREAK SPACE}", 1)
    same = unit.rstrip("s") == most.split("\N{NO-BREAK SPACE}", 1)[1].rstrip("s")
    return _("{least} to {most}").format(least=number if same else least, most=most)


def counts_told(*told: tuple[int, str]) -> str:
    """What is told of those of which there are any."""
    return "; ".join(words for count, words in told if count)


def some_of(shown: int, number: int) -> Markup:
    """That a list holds the latest only, where it does."""
    if number <= shown:
        return Markup("")
    return h('<p class="am-quiet">{}</p>', _("The {shown} latest of {all}.").format(shown=shown, all=number_words(number)))


def part_or_unknown(part: int, whole: int) -> str:
    """`3 of 7`, or `83%` of many; where there is no whole, that it is not known."""
    if not whole:
        return _("Not known")
    return part_of(part, whole) if whole < _PERCENT_FROM else percent_words(part / whole * 100)


def part_of(part: int, whole: int) -> str:
    """`3 of 7`, or `25 of 30 (83%)`; empty where there is no whole."""
    if not whole:
        return ""
    numbers = _("{number} of {whole}").format(number=number_words(part), whole=number_words(whole))
    return f"{numbers} ({percent_words(part / whole * 100)})" if whole >= _PERCENT_FROM else numbers


def short_part(part: int, whole: int) -> str:
    """A part of a whole, as short as a table wants it."""
    told = _("{number} of {whole}").format(number=percent_words(part / whole * 100), whole=number_words(whole)) if whole >= _PERCENT_FROM else part_of(part, whole)
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def known_of(known: int, total: int) -> str:
    """Of how many something is known."""
    return _("{known} of {all} known").format(known=number_words(known), all=number_words(total)) if total else _("nothing recorded yet")


def of_median(is_median: bool, known: str) -> str:
    """The same beside a figure that is a median, if it is."""
    return _("median; {known}").format(known=known) if is_median else known


def median_words(spread: Shares | None, known: int) -> str:
    """A median share and of how many it is, as short as a table wants it."""
    if spread is None:
        return ""
    return _("{median} (of {number})").format(median=percent_words(spread.median), number=number_words(known)).replace(" ", "\N{NO-BREAK SPACE}")


def percent_words(share: float) -> str:
    """A share from 0 to 100; never rounded to none or to all."""
    if 0 < share < 1:
        return _("under {percent}").format(percent=spoken().percent(1))
    return _("over {percent}").format(percent=spoken().percent(99)) if 99 < share < 100 else spoken().percent(round(share))


def number_words(count: int) -> str:
    """`1,234`."""
    return spoken().number(count)


def harm_words(key: str) -> str:
    """A harm, as a row begins with it."""
    words = term(Harm(key))
    return words[:1].upper() + words[1:]
