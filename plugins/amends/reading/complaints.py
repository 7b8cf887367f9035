"""What the YAML parser complains of, in the author's words: the trap behind it where it is a known one, and the way out."""

import re
from dataclasses import dataclass
from typing import Any

from amends.diagnostics import Fault, Position

BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""What looks like a space, and is none to YAML: copied from a wiki or a word processor."""
KEY_AND_BLANK = re.compile(f"""[ ]*(?:-[ ]+)*["']?[a-z_]+["']?[ ]?:[{BLANKS}]""")
"""A key with such a blank behind its colon."""


def explain(error: Any, text: str, first_line: int) -> Fault:
    """Turn the parser's complaint about `text`, whose first line is line `first_line` of its file, into the author's words."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return unprintable(error, text, first_line)
    lines = text.split("\n")
    complaint = _Complaint(error, lines, min(mark.line, len(lines) - 1), mark.column, first_line)
    return next(filter(None, (trap(complaint) for trap in _TRAPS)), None) or Fault(
        complaint.place, f"YAML can't be read here: {complaint.problem}", None, "yaml-syntax")


def unprintable(error: Exception, text: str, first_line: int) -> Fault:
    """A character that no YAML can hold."""
    bad = next((n for n, c in enumerate(text) if not (c.isprintable() or c in "\n\r\t")), 0)
    line = text.count("\n", 0, bad)
    column = bad - (text.rfind("\n", 0, bad) + 1)
    fact = f"YAML can't hold the control character U+{ord(text[bad]):04X}" if text else str(error)
    return Fault(Position(first_line + line, column + 1), fact, "delete it", "yaml-syntax")


def unclosed(story_line: int) -> Fault:
    """The front matter runs into the story."""
    return Fault(Position(1, 1), f"the front matter has no closing line `---`: line {story_line} is already the story",
                 "close the front matter with a line that holds `---` alone", "unclosed-front-matter")


def after_colon(place: Position) -> Fault:
    """A blank that is none to YAML, behind a key's colon."""
    return Fault(place, "a no-break space stands after the colon, so YAML takes this for one text and not for a key with its value",
                 "type a plain space in its place; such spaces come with text that is copied from a page", "yaml-syntax")


def place_of(mark: Any, first_line: int) -> Position:
    """Where the parser's mark stands in the file."""
    return Position(first_line + mark.line, mark.column + 1)


@dataclass(frozen=True, slots=True)
class _Complaint:
    """An error of the parser, and where it came upon it."""

    error: Any
    lines: list[str]
    number: int
    """Which of the lines, from 0."""
    column: int
    first_line: int

    @property
    def problem(self) -> str:
        """What the parser did not expect."""
        return getattr(self.error, "problem", None) or "this can't be read"

    @property
    def context(self) -> str:
        """What it was reading; empty where it does not say."""
        return getattr(self.error, "context", None) or ""

    @property
    def line(self) -> str:
        return self.lines[self.number]

    @property
    def before(self) -> str:
        """What stands on the line before it."""
        return self.line[: self.column]

    @property
    def sign(self) -> str:
        """The character at which it stopped; empty at a line's end."""
        return self.line[self.column : self.column + 1]

    @property
    def indent(self) -> str:
        return self.line[: len(self.line) - len(self.line.lstrip())]

    @property
    def place(self) -> Position:
        return Position(self.first_line + self.number, self.column + 1)

    @property
    def line_start(self) -> Position:
        """Where the text of the line begins."""
        return Position(self.first_line + self.number, len(self.indent) + 1)

    @property
    def beginning(self) -> Position:
        """Where what it was reading begins."""
        return place_of(self.error.context_mark, self.first_line)

    @property
    def near(self) -> list[int]:
        """The lines in which the fault may lie: this one, the one above, and the one in which it began to read."""
        began = getattr(getattr(self.error, "context_mark", None), "line", self.number)
        return [line for line in sorted({began, self.number - 1, self.number}) if 0 <= line < len(self.lines)]


# The traps ----------------------------------------------------------------------------------------------------------


def _tab(at: _Complaint) -> Fault | None:
    if "\t" not in at.indent:
        return None
    return Fault(Position(at.first_line + at.number, at.indent.index("\t") + 1), "a tab stands in the indentation",
                 "indent with spaces, two for each level", "tab-indentation")


def _blank_after_colon(at: _Complaint) -> Fault | None:
    for line in at.near:
        if (blank := KEY_AND_BLANK.match(at.lines[line])) is not None:
            return after_colon(Position(at.first_line + line, blank.end()))
    return None


_KEY_ALONE = re.compile(r" *[A-Za-z_]+$")
_GLUED = re.compile(r" *(?:-(?=[a-z_]+:\s)|(?:- +)?[a-z_]+:(?=[^\s/:]))")
"""A dash or a key's colon with no space behind it."""


def _no_space(at: _Complaint) -> Fault | None:
    if "expected" not in at.problem and _KEY_ALONE.match(at.before) is None:
        return None
    for line in at.near:
        if (glued := _GLUED.match(at.lines[line])) is not None:
            what, taken = ("colon", "for a key with its value") if glued[0][-1] == ":" else ("dash", "for an entry of the list")
            return Fault(Position(at.first_line + line, glued.end() + 1), f"no space stands after the {what}, so YAML does not take this {taken}",
                         f"put a space after the {what}", "yaml-syntax")
    return None


_KEY_LINE = re.compile(r"[a-z_]+:(?:\s|$)")


def _story(at: _Complaint) -> Fault | None:
    heading = next((n for n, earlier in enumerate(at.lines[: at.number + 1]) if earlier.startswith("## ")), None)
    if heading is None or any(_KEY_LINE.match(later) for later in at.lines[heading:]):
        return None
    return unclosed(at.first_line + heading)


_SCANNED = re.compile(r"while scanning an? (alias|anchor|tag)")
_KINDS = {"alias": ("*", "an alias"), "anchor": ("&", "an anchor"), "tag": ("!", "a tag")}


def _half_exotic(at: _Complaint) -> Fault | None:
    """Prose begins with a sign that YAML takes for an alias, an anchor or a tag, and then breaks off."""
    if (scanned := _SCANNED.search(at.context)) is not None:
        mark, (start, kind) = at.error.context_mark, _KINDS[scanned[1]]
    elif "undefined tag handle" in at.problem:
        mark, (start, kind) = at.error.problem_mark, _KINDS["tag"]
    else:
        return None
    return Fault(place_of(mark, at.first_line), f"YAML reads what begins with `{start}` as {kind}, and not as text",
                 "put the text in quotes, or write it below `>-`", "yaml-alias")


def _colon(at: _Complaint) -> Fault | None:
    if "mapping values are not allowed" not in at.problem:
        return None
    if _KEY_ALONE.match(at.before):
        return Fault(at.line_start, f"`{at.before.strip()}` is indented further than what stands above it",
                     "give the keys of one part the same indentation", "yaml-syntax")
    return Fault(at.place, "a colon followed by a space begins a new value inside this text",
                 "put the text in quotes, or write it below `>-`", "yaml-syntax")


_STARTS = {"`": "a backtick", "@": "an @", "%": "a %", "|": "a |", ">": "a >", "\t": "a tab"}


def _start(at: _Complaint) -> Fault | None:
    if "cannot start any token" not in at.problem:
        return None
    return Fault(at.place, f"a text can't begin with {_STARTS.get(at.sign, 'this character')} in YAML", "put the text in quotes, or write it below `>-`",
                 "yaml-syntax")


def _open_quote(at: _Complaint) -> Fault | None:
    if "quoted scalar" not in at.context or at.error.context_mark is None:
        return None
    return Fault(at.beginning, "the quote that opens here is never closed", "close it, or write the text below `>-`", "yaml-syntax")


def _colon_in_braces(at: _Complaint) -> Fault | None:
    if not at.context.endswith("flow mapping") or at.sign != ":":
        return None
    return Fault(at.place, "a colon followed by a space begins a new value inside this text", "put the text in quotes", "yaml-syntax")


def _open_bracket(at: _Complaint) -> Fault | None:
    if not at.context.endswith(("flow sequence", "flow mapping")) or "did not find expected" not in at.problem:
        return None
    opened = "bracket" if "sequence" in at.context else "brace"
    return Fault(at.beginning, f"the {opened} that opens here is never closed, or a comma is missing in it",
                 f"close it, or put the text in quotes if it is one that begins with a {opened}", "yaml-syntax")


def _after_quote(at: _Complaint) -> Fault | None:
    if not at.before.rstrip().endswith(('"', "'")) or not at.sign:
        return None
    return Fault(at.place, "the text goes on after its closing quote", "put the whole text in quotes of the other kind, or write it below `>-`", "yaml-syntax")


def _no_colon(at: _Complaint) -> Fault | None:
    if "could not find expected ':'" not in at.problem:
        return None
    return Fault(at.place if at.line.strip() else Position(at.first_line + max(at.number - 1, 0), 1),
                 "a line that is neither `key: value` nor a `- ` entry stands here",
                 "indent it if it goes on from the line above, or add the missing colon", "yaml-syntax")


_LEVEL = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?:(?P<key>[A-Za-z_]\w*):(?:\s|$))?")


def _out_of_step(at: _Complaint) -> Fault | None:
    """The line stands at none of the indentations above it."""
    line = _LEVEL.match(at.line)
    if line is None or not (line["dash"] or line["key"]):
        return None
    keys: dict[int, str] = {}
    entries: dict[int, str] = {}
    lowest = max(map(len, at.lines))
    for earlier in reversed(at.lines[:at.number]):
        above = _LEVEL.match(earlier)
        if above is None or not (above["dash"] or above["key"]):
            continue
        outer, inner = len(above["indent"]), len(above["indent"]) + len(above["dash"] or "")
        if above["key"] and inner <= lowest and inner not in keys:
            keys[inner] = f"by {inner} to put it beside `{above['key']}`"
        if above["dash"] and outer <= lowest and outer not in entries:
            entries[outer] = f"by {outer} to begin another entry"
        lowest = min(lowest, outer)
    fitting, here = (entries if line["dash"] else keys), len(line["indent"])
    if not fitting or here in fitting:
        return None
    what = "this entry" if line["dash"] else f"`{line['key']}`"
    return Fault(at.line_start, f"{what} is indented by {here}, which fits nothing above it", f"indent it {', or '.join(fitting.values())}", "yaml-syntax")


def _structure(at: _Complaint) -> Fault | None:
    if "did not find expected" not in at.problem:
        return None
    missing = at.problem.removeprefix("did not find ").replace("<", "").replace(">", "")
    return Fault(at.place, f"the structure breaks here: {missing} is missing",
                 "look for an indentation that does not match the lines above, or a quote, bracket or brace left open", "yaml-syntax")


_TRAPS = (_tab, _blank_after_colon, _no_space, _story, _half_exotic, _colon, _start, _open_quote, _colon_in_braces, _open_bracket, _after_quote, _no_colon,
          _out_of_step, _structure)
"""Of several that fit, the first one tells: what it names is surer, or mends the others too."""
