"""What must not be told: whatever names a restricted record, wherever a text stands that leaves the repository.

Its stem, its outside numbers, its title, and a link to it, of which not even the words stay.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import escape

from amends.corpus import Corpus
from amends.language import _
from amends.reading.links import resolve, without_links
from amends.record import Record

if TYPE_CHECKING:
    from amends.rules.signs import Signs

_TELLING = 12
"""Characters from which on a title is looked for; a shorter one is made of words that others use too."""

_PART = r"(?:[^\W_]|-)"
"""What a longer name goes on with; an underscore is emphasis."""


class Discretion:
    """Tells texts without what names the `hidden` records of a corpus, and without links to the files that are `absent`."""

    def __init__(self, corpus: Corpus, hidden: Iterable[Record], absent: Iterable[str] = ()) -> None:
        self._hidden = tuple(hidden)
        self._absent = frozenset(absent)
        self._paths = frozenset(record.path for record in self._hidden)
        self._corpus = corpus

    @classmethod
    def of(cls, corpus: Corpus) -> "Discretion":
        """What must not be told of the corpus, wherever it is told."""
        return cls(corpus, (record for record in corpus.records if record.restricted))

    def __bool__(self) -> bool:
        """Whether anything is hidden or absent."""
        return bool(self._hidden or self._absent)

    @cached_property
    def _names(self) -> frozenset[str]:
        """In lower case. What a record that may be named is called as well is no name of a hidden one."""
        if not self._hidden:
            return frozenset()
        titles = {title.lower() for record in self._hidden if (title := record.title or "") and len(title) >= _TELLING}
        names = {name.lower() for record in self._hidden for name in (record.stem, *record.aliases)}
        return frozenset(names | (titles - {(record.title or "").lower() for record in self._corpus.records if record.path not in self._paths}))

    @cached_property
    def _signs(self) -> "Signs":
        from amends.rules.signs import Signs  # few corpora hide anything

        return Signs({form for name in self._names for form in (name, str(escape(name)), name.replace("&", "&amp;"))}, many_texts=True)

    def names_hidden(self, text: str) -> bool:
        """Whether the text names a hidden record."""
        return self.tell(text) != text

    def tell(self, text: str, path: str | None = None) -> str:
        """A text, Markdown or HTML, without names of hidden records; with the `path` of its file also without links to their files, and to absent ones."""
        if path is not None and self._absent:
            text = without_links(text, lambda target: resolve(path, target) in self._absent, str)
        if not self._hidden:
            return text
        return self._without_names(without_links(text, lambda target: self._leads_to_hidden(target, path), lambda _words: _("(restricted)")))

    def _leads_to_hidden(self, target: str, path: str | None) -> bool:
        return (path is not None and resolve(path, target) in self._paths) or self._without_names(target) != target

    def _without_names(self, text: str) -> str:
        held = self._signs.held_by(" ".join(text.lower().split()))
        if not held:
            return text
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in sorted(held, key=len, reverse=True))  # a line may end within a title
        return re.sub(rf"(?<!{_PART})(?:{names})(?!{_PART})", _("(restricted)"), text, flags=re.IGNORECASE)
