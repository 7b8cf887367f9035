"""What the parts of a record's page have in common: a text or an author's honest no, a card with its facts."""

import re
from collections.abc import Iterable

from markupsafe import Markup

from amends.corpus import Corpus
from amends.customers.standing import State
from amends.language import NP_, _, spoken
from amends.reading.typed import Absence
from amends.record import Figure, Origin, Record, Status
from amends.render.composer import Composer, h
from amends.render.words import absent, figure_words, said, share_words

_OPEN = re.compile(r"\{\w+\}")
"""What a message leaves open."""

STATES = {
    State.MET: NP_("point of the policy", "met"),
    State.LATE: NP_("point of the policy", "late"),
    State.UNDER_WAY: NP_("point of the policy", "under way"),
    State.OPEN: NP_("point of the policy", "open"),
    State.NOT_APPLICABLE: NP_("point of the policy", "not applicable"),
    State.NONE: NP_("point of the policy", "none"),
    State.UNKNOWN: NP_("point of the policy", "unknown"),
    State.MISSED: NP_("point of the policy", "missed"),
}
"""What the state of a point of the policy is called."""


def absence(value: object, page: Composer) -> bool:
    """Show an author's honest no, with its reason; whether there was one."""
    if not isinstance(value, Absence):
        return False
    page.html(h('<div class="am-absence am-absence--{}"><b>{}</b>', value.kind,
                {"none": _("None."), "unknown": _("Not known."), "missed": _("Missed.")}[value.kind]))
    page.text(value.why)
    page.html(Markup("</div>"))
    return True


def text_or_why(value: object, page: Composer) -> None:
    """A text, or why there is none."""
    if not absence(value, page) and isinstance(value, str):
        page.text(value)


def field(label: str, value: object, page: Composer) -> None:
    """A labelled text, or why there is none."""
    if isinstance(value, (str, Absence)):
        page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
        text_or_why(value, page)
        page.html(Markup("</div>"))


def evidence(value: object, page: Composer) -> None:
    """Where one can see it: a bare address as a short link, anything else as the author wrote it."""
    if isinstance(value, str) and re.fullmatch(r"https?://\S+", value):
        page.html(h('<div class="am-card__foot">{} <a href="{}">{}</a></div>', _("Evidence"), value, value.split("/")[2].removeprefix("www.")))
    else:
        field(_("Evidence"), value, page)


def owner_tag(owner: object, corpus: Corpus) -> Markup | str | None:
    """Who is responsible, by the name of the team, or why nobody is."""
    if isinstance(owner, Absence):
        return absent(owner)
    return h('<span class="am-team">{}</span>', corpus.settings.vocabulary.label("owners", owner)) if isinstance(owner, str) else None


def foot(*facts: tuple[str, Markup | str | None] | Markup | None) -> Markup:
    """Facts on a line: whole, or messages, each with the one value that it leaves open."""
    filled = (_filled(*fact) if isinstance(fact, tuple) else fact for fact in facts)
    shown = Markup(" · ").join(filter(None, filled))
    return h('<div class="am-card__foot">{}</div>', shown) if shown else Markup("")


def _filled(message: str, value: Markup | str | None) -> Markup | None:
    return h(_OPEN.sub("{}", _(message)), h("<b>{}</b>", value)) if value else None


def named(name: str | None) -> tuple[Markup, Markup]:
    """The anchor of a card, and what it begins with; nothing where it has no id."""
    return (h(' id="{}"', name), h("<b>{}</b> ", name)) if name else (Markup(""), Markup(""))


def listed(words: Iterable[str]) -> Markup:
    """Words in a row."""
    return Markup(", ").join(words)


def languages(codes: Iterable[str]) -> Markup:
    """Languages by their names."""
    return listed(map(spoken().name_of, codes))


def affected_words(row: object) -> Markup:
    """How many were affected, of whom and where; `row` is a row of `affected`."""
    count, whole, share = getattr(row, "count", None), getattr(row, "of", None), getattr(row, "share", None)
    unit, where = getattr(row, "unit", None) or "", getattr(row, "where", None)
    if isinstance(count, Absence):
        number = absent(count)
    elif isinstance(count, Figure):
        number = h("<b>{}</b>", figure_words(count))
        if whole is not None:
            number = h(_("{number} of {whole}"), number=number, whole=said(whole, figure_words))
    elif share is not None:
        return h("{}{}", h(_("{share} of {unit}"), share=h("<b>{}</b>", said(share, share_words)), unit=unit), h(" ({})", where) if where else "")
    else:
        return h('<span class="am-unsaid">{}</span>', _("not counted"))
    part = h(" · {}", h(_("as a share: {share}"), share=said(share, share_words))) if share is not None else ""
    return h("{} {}{}{}", number, unit, h(" ({})", where) if where else "", part)


def unsaid_word(record: Record) -> str:
    """What is said of a time of which a record says nothing: it may still come, unless the record is closed or another company's."""
    return _("not recorded") if record.origin is Origin.EXTERNAL or record.status is Status.CLOSED else _("not yet")
