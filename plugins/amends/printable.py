"""What may be printed: texts and data without what would steer a terminal or a runner that shows them. The author of a record may be anyone."""

import re

_STEERING = "\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""What steers a terminal, or turns the direction of a line round, and JSON may hold as it is."""

_RUNNER = r"(?<=#)#(?=\[)"
"""A command to GitHub's runner wherever it stands: `##[`."""

_IN_A_LINE = re.compile(f"[\x00-\x1f{_STEERING}\ufffe\uffff]|{_RUNNER}")  # the last two no XML can hold
_IN_LINES = re.compile(f"[\x00-\x08\x0b-\x1f{_STEERING}\ufffe\uffff]|{_RUNNER}")
_IN_DATA = re.compile(f"[{_STEERING}]|{_RUNNER}")


def in_a_line(text: str) -> str:
    """A text on one line; what may not be printed stands in it as its number."""
    return _IN_A_LINE.sub(_escaped, text)


def in_lines(text: str) -> str:
    """A text with its line ends and tabs; what else may not be printed stands in it as its number."""
    return _IN_LINES.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return r"\x23" if match[0] == "#" else ascii(match[0])[1:-1]


def as_data(value: object, *, indent: int | None = None) -> str:
    """JSON; what may not be printed stands in it as its number, which those who read it take for the same character."""
    import json  # the gate's text needs none

    return _IN_DATA.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))
