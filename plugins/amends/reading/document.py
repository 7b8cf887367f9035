"""A file of the corpus: front matter and body, apart, with a place for everything. Reading one never fails."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from amends.diagnostics import Fault, Path, Place, Position, clipped
from amends.reading import frontmatter
from amends.reading.links import Link, relative_links

MAX_BYTES = 1_000_000
"""A larger file is no postmortem, and is not read."""

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_STORY = re.compile(r"\s*##")
_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]+\S[^\n]*\n(?:[ \t]*\n)*)*?(?P<line>[ \t]*(?:-[ \t]+)?[a-z]\w*:(?:[ \t][^\n]*)?$)", re.MULTILINE)
"""A key, below nothing but comments and the rest of a text."""
_ALMOST_CLOSING = re.compile(r"^[ \t]*-{2,}[ \t]*$", re.MULTILINE)
_NEWLINE = re.compile(r"\n")
_UNDECODED = re.compile("[\ud800-\udfff]")
"""What Python puts in the place of a byte that is not UTF-8 in a file's name."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(eq=False)
class Document:
    """One Markdown file with front matter."""

    path: str
    """Relative to the folder of the settings, with forward slashes."""
    text: str = ""
    """The whole file, with `\\n` line ends and without a byte order mark."""
    values: dict[str, Any] = field(default_factory=dict)
    """The front matter: nested dicts, lists, text and None."""
    texts: list[str] = field(default_factory=list)
    """Every text in `values`, in order: for a look at all of them that needs no place."""
    body_offset: int = 0
    """Where in `text` the story begins."""
    faults: list[Fault] = field(default_factory=list)
    """What went wrong while reading."""
    broken: bool = False
    """Whether the front matter could not be read, so that `values` says nothing."""

    @cached_property
    def stem(self) -> str:
        """The file's stem, or its folder's name for an `index.md`."""
        parts = self.path.removesuffix(".md").split("/")
        return parts[-2] if parts[-1] == "index" and len(parts) > 1 else parts[-1]

    @property
    def front_text(self) -> str:
        """The front matter's YAML, without its fences."""
        return self.text[4:self._front_end] if self.body_offset else ""

    @property
    def _front_end(self) -> int:
        return self.text.rstrip("\n").rfind("\n", 0, self.body_offset - 1) + 1 if self.body_offset else 0

    @property
    def body(self) -> str:
        """The story."""
        return self.text[self.body_offset:]

    @property
    def prose(self) -> str:
        """Everything that its author wrote, without the keys and the escapes of the front matter, in which no place has its place."""
        return "\n".join((*self.texts, self.body))

    @cached_property
    def body_line(self) -> int:
        """The number of the story's first line, from 1."""
        return self.text.count("\n", 0, self.body_offset) + 1

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links to other files, in front matter and story."""
        return relative_links(self.text)

    def at(self, offset: int) -> Position:
        """The position of a character of `text`."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEWLINE.finditer(self.text))]

    def in_body(self, offset: int) -> Position:
        """The position of a character of `body`."""
        return self.at(self.body_offset + offset)

    def in_value(self, path: Path, start: int, words: str) -> Position:
        """The position of `words`, which stand at `start` in the text at `path` of the front matter, however the text is folded or quoted."""
        inside, written = self._spelled(path, words)
        number = bisect_left(inside, start)
        return self.at(written[number]) if number < len(written) else self.position(path)

    def _spelled(self, path: Path, words: str) -> tuple[list[int], list[int]]:
        """Where `words` stand in the text at `path`, and where in the file; kept, since one text may hold them many times."""
        known = self._spellings.get((path, words))
        if known is None:
            value, wanted = self._value(path), _as_written(words)
            known = [], []
            if isinstance(value, str) and wanted is not None:
                place = self.position(path)
                begins = self._line_starts[place.line - 1] + place.column - 1
                ends = min((self._line_starts[key.line - 1] + key.column - 1 for key, _ in self._places.values() if key > place),
                           default=self._front_end)
                known = [m.start() for m in wanted.finditer(value)], [m.start() for m in wanted.finditer(self.text, begins, ends)]
            self._spellings[path, words] = known
        return known

    @cached_property
    def _spellings(self) -> dict[tuple[Path, str], tuple[list[int], list[int]]]:
        return {}

    def position(self, place: Place, *, of_key: bool = False) -> Position:
        """Where `place` is: a text's beginning, else the key's. What is missing is placed at its parent."""
        if isinstance(place, Position):
            return place
        path: Path = ()
        for step in place:
            if step != 0 or (*path, 0) in self._places:  # else one entry stands there in place of the list
                path = (*path, step)
        place = path
        while path:
            if path in self._places:
                key, value = self._places[path]
                return value if path == place and not of_key and not isinstance(self._value(path), (dict, list)) else key
            path = path[:-1]
        return Position(1, 1)

    @cached_property
    def _places(self) -> dict[Path, tuple[Position, Position]]:
        return frontmatter.places(self.front_text, 2)

    def _value(self, path: Path) -> Any:
        value: Any = self.values
        try:
            for step in path:
                value = value[step]
        except (LookupError, TypeError):
            return None  # the front matter broke off, or a key that is given twice hides this one
        return value


def _as_written(words: str) -> re.Pattern[str] | None:
    """The words as they may stand in YAML: over several lines, and between quotes of either kind. None where there are none."""
    escaped = (re.escape(word).replace('"', r'\\?"').replace("'", "''?") for word in words.split())
    regex = r"\\?\s+".join(escaped)
    return re.compile(regex) if regex else None


def read_document(root: FilePath, path: str) -> Document:
    """Read the file at `path` below `root`; whatever is wrong with it becomes a fault of the document."""
    try:
        with open(f"{root}/{path}", "rb") as file:  # a Path object a file would show in the gate's time
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(path, Position(1, 1), f"the file can't be read: {error.strerror}", "see that it is there and may be read")
    document = decode_document(path, raw)
    if not path.isascii() and _UNDECODED.search(path) is not None:
        document.faults.append(Fault(Position(1, 1), "the file's name, or its folder's, is not UTF-8, so no page can be made of it",
                                     "rename it, for example to 2031-04-05-what-happened.md", "unreadable-file"))
    return document


def decode_document(path: str, raw: bytes) -> Document:
    """Take a file's bytes apart; whatever is wrong with them becomes a fault of the document."""
    if len(raw) > MAX_BYTES:
        return _unreadable(path, Position(1, 1), f"the file is larger than {MAX_BYTES // 1000} kB, so it was not read",
                           "a record tells a story; keep logs and data elsewhere and link to them")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode()
        line = good.count("\n") + 1
        encoding = "UTF-16" if raw[:2] in _UTF16 else "another encoding, perhaps Latin-1 or Windows-1252"
        return _unreadable(path, Position(line, len(good) - (good.rfind("\n") + 1) + 1),
                           f"the byte 0x{raw[error.start]:02X} is not UTF-8; the file looks like {encoding}",
                           "save the file as UTF-8")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        place = Position(line, text.index("\0") - (text.rfind("\n", 0, text.index("\0")) + 1) + 1)
        if 10 * text.count("\0") < len(text):
            return _unreadable(path, place, "a NUL character stands here, which no text holds", "delete it")
        return _unreadable(path, place, "the file holds NUL bytes, so it is UTF-16 or no text at all", "save the file as UTF-8")
    return parse_document(path, text)


def _unreadable(path: str, place: Position, message: str, help_: str) -> Document:
    return Document(path, faults=[Fault(place, message, f"{help_}; nothing else of the file is checked until then", "unreadable-file")], broken=True)


def parse_document(path: str, text: str) -> Document:
    """Take `text` apart. What it holds never raises."""
    faults: list[Fault] = []
    if text.startswith("\ufeff"):
        faults.append(Fault(Position(1, 1), "the file begins with a byte order mark", "save it as UTF-8 without BOM", "byte-order-mark"))
        text = text.lstrip("\ufeff")
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        faults.append(Fault(Position(line, text.index("\r") - (text.rfind("\n", 0, text.index("\r")) + 1) + 1),
                            "a line ends in a carriage return, as on Windows",
                            "save the file with LF line ends, or let git do it: `* text=auto eol=lf` in .gitattributes", "line-endings"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")

    if not text.startswith("---\n") and text != "---":
        return Document(path, text, faults=[*faults, _no_front_matter(text)], broken=True)
    closing = _closing(text)
    if closing is None:
        faults.append(_never_closed(text))
        return Document(path, text, faults=faults, broken=True)
    body_offset = min(closing.end() + 1, len(text))
    document = Document(path, text, body_offset=body_offset, faults=faults)
    if (more := _more(text, body_offset)) is not None:
        faults.append(Fault(document.at(closing.start()), f"the front matter ends here, and what reads as more of it comes after that: `{clipped(more, 40)}`",
                            f"take this `{closing[0].strip()}` out; if the story begins here, begin it with a heading", "unclosed-front-matter"))
        document.broken = True
        return document
    if "<<<<<<<" in text or ">>>>>>>" in text:
        markers = [match.start() for match in _CONFLICT.finditer(text)]
        faults.extend(Fault(document.at(marker), "a merge conflict is left unresolved here",
                            "keep one side, delete the marker lines, and commit the result", "conflict-marker") for marker in markers)
        if any(marker < body_offset for marker in markers):
            document.broken = True
            return document
    parsed = frontmatter.parse(text[4:closing.start()], 2)
    document.values, document.texts, document.broken = parsed.values, parsed.texts, parsed.broken
    faults.extend(parsed.faults)
    if parsed.broken:
        faults[-1] = replace(faults[-1], help="; ".join(filter(None, (faults[-1].help, "the rest of the front matter is read once this is mended"))))
    return document


def _never_closed(text: str) -> Fault:
    almost = _ALMOST_CLOSING.search(text, 4)
    near = f"; line {text.count(chr(10), 0, almost.start()) + 1} holds `{almost[0]}`" if almost is not None else ""
    return Fault(Position(1, 1), f"the front matter is opened here and never closed{near}",
                 "close it with a line that holds `---` alone, and no space before it", "unclosed-front-matter")


def _more(text: str, offset: int) -> str | None:
    """The first key between the line that closes the front matter and another such line, with no heading on the way."""
    if _STORY.match(text, offset) is not None or (again := _CLOSING.search(text, offset)) is None:
        return None
    between = text[offset:again.start()]
    key = _KEY.match(between) if "\n##" not in between else None
    return key["line"].strip() if key is not None else None


def _closing(text: str) -> re.Match[str] | None:
    """The line that closes the front matter. What it begins with is looked for first, since a search for the line tries every place."""
    found: re.Match[str] | None = None
    for sign in ("\n---", "\n..."):
        end = found.start() if found is not None else len(text)
        at = text.find(sign, 3, end)
        while at >= 0:
            if (line := _CLOSING.match(text, at + 1)) is not None:
                found = line
                break
            at = text.find(sign, at + 1, end)
    return found


def _no_front_matter(text: str) -> Fault:
    if not text.strip():
        return Fault(Position(1, 1), "the file is empty", "start a record with `amends new \"Title\"`", "no-front-matter")
    lines = text.split("\n")
    first = next(n for n, line in enumerate(lines) if line.strip())
    if lines[first].strip().startswith("---"):
        fact = (f"the front matter must open with `---` alone on line 1, not `{lines[first].strip()[:20]}` on line {first + 1}" if first
                else f"line 1 must be `---` alone, not `{lines[first][:20]}`")
        above = "the line" if first == 1 else f"the {first} lines"
        mend = f"delete {above} above it" if lines[first].rstrip() == "---" else "make the first line exactly `---`"
        return Fault(Position(first + 1, 1), fact, mend, "no-front-matter")
    return Fault(Position(1, 1), "the file has no front matter", "begin the file with a line `---`, then `title: …`, then `---`; "
                 "a name that begins with `_` marks a template instead", "no-front-matter")


def each_text(values: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a front matter, with its path."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from each_text(value, (*path, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from each_text(value, (*path, number))
    elif isinstance(values, str):
        yield path, values
