"""Texts of a record on a page that is not its own: as their author wrote them, or why they are not told."""

from markupsafe import Markup

from amends.reading.typed import Absence
from amends.record import Record
from amends.render.composer import Composer, h
from amends.render.words import absent


def render_text(text: str | Absence | None, record: Record, page: Composer) -> None:
    """A text; where there is none, nothing but an honest no."""
    if isinstance(text, str):
        page.text(text, record.path)
    elif isinstance(text, Absence):
        page.html(h('<div class="am-absence am-absence--{}">{}</div>', text.kind, absent(text)))


def render_field(label: str, text: str | Absence | None, record: Record, page: Composer) -> None:
    """A text below its label; nothing where nothing is said."""
    if text is not None:
        page.html(h('<div class="am-field"><div class="am-label">{}</div>', label))
        render_text(text, record, page)
        page.html(Markup("</div>"))
