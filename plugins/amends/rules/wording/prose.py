"""Which words of a record are its author's own: what is quoted, what is code and what is a link were said elsewhere.

What is left out keeps its length, so that every place in what remains is the place in the text.
"""

import re
from collections.abc import Iterator

from amends.diagnostics import Path
from amends.reading.document import each_text
from amends.reading.links import without_code
from amends.record import Record, Staff, given
from amends.rules.texts import TOP_LEVEL_FREE

_LETTER = r"[^\W_]"
_BLOCKS = re.compile(
    r"<!--(?:(?!<!--).)*?-->"
    r"|^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?>[^\n]*(?:\n(?![ \t]*(?:\n|\Z))[^\n]+)*"
    r"|^(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+quote\b[^\n]*(?:\n(?:(?P=indent)(?:[ ]{4}|\t)[^\n]*|[ \t]*(?=\n)))*"
    r"|<(?P<element>blockquote|q|cite)\b(?:(?!<(?P=element)\b).){0,4000}?</(?P=element)>",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
"""Comments, and the ways in which Markdown quotes whole paragraphs."""
_LINKS = re.compile(
    r"!?\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,500}\])"
    r"|^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,500}\]:[^\n]*"
    r"|<?\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+",
    re.MULTILINE | re.IGNORECASE,
)
_NEW_BLOCK = re.compile(r"\n(?=[ \t]*(?:\n|[-*+][ \t]|\d{1,9}[.)][ \t]|#|\||\Z))")
_QUOTATIONS = re.compile(
    "“[^“”\0]*”|„[^„“”\"\0]*[“”\"]|«[^«»\0]*»|»[^«»\0]*«|‹[^‹›\0]*›|\"[^\"\0]*\"|「[^「」\0]*」|『[^『』\0]*』|《[^《》\0]*》"
    rf"|‘(?:[^‘’\0]|’(?={_LETTER}))*’(?!{_LETTER})"
    rf"|(?<!{_LETTER})'(?=\S)(?:[^'\0]|(?<={_LETTER})'(?={_LETTER}))*'(?!{_LETTER})"
)
_ALL_QUOTED = re.compile("(\\s*)(?:“([^“”]*)”|„([^„“”\"]*)[“”\"]|«([^«»]*)»|»([^«»]*)«|\"([^\"]*)\")\\s*")
_NOT_NEWLINE = re.compile(r"[^\n]")

_NO_PROSE = ("by", "sources", "url", "aliases")
"""Keys whose texts are names and addresses."""


def own_words(text: str) -> str:
    """The Markdown text with a NUL for everything that was said elsewhere, and at the end of each block."""
    text = _LINKS.sub(_left_out, _BLOCKS.sub(_left_out, _marked(text, without_code(text))))
    return _QUOTATIONS.sub(_left_out, _NEW_BLOCK.sub("\0", text))


def _left_out(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub("\0", match[0])


def _marked(text: str, blanked: str) -> str:
    """`blanked` with NULs instead of the spaces that stand where the text had something else."""
    if text == blanked:
        return text
    return "".join("\0" if new == " " and old != " " else new for old, new in zip(text, blanked, strict=True))


def unquoted(text: str) -> str:
    """The text without the quotation marks around the whole of it: words that were said may be written with them."""
    match = _ALL_QUOTED.fullmatch(text)
    if match is None:
        return text
    inside = next(group for group in match.groups()[1:] if group is not None)
    return f"{match[1]} {inside}"


def told_customers(record: Record) -> Iterator[tuple[Path, str]]:
    """What customers were told, and what staff were to tell them, with the place of each."""
    response = record.reply
    texts: list[tuple[Path, object]] = [
        (("response", "notices", number, "words"), notice.words) for number, notice in enumerate(given(response.notices))]
    texts += [(("response", "commitments", number, "promise"), promise.promise) for number, promise in enumerate(given(response.commitments))]
    if isinstance(response.staff, Staff):
        texts.append((("response", "staff", "told"), response.staff.told))
    return ((path, text) for path, text in texts if isinstance(text, str))


def front_matter_prose(record: Record) -> Iterator[tuple[Path, str]]:
    """What the author wrote in the front matter, with the place of each text."""
    for key, part in record.document.values.items():
        if key not in TOP_LEVEL_FREE:
            yield from ((path, text) for path, text in each_text(part, (key,)) if path[-1] not in _NO_PROSE and path[0] != "sources")
