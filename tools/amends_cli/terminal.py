"""How the command speaks: what may stand on a terminal, and what becomes of output that nobody reads on."""

import os
import re
import sys
from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

DEBUG = "--debug"
"""The option; the command itself asks whether it was given, since a fault can arise before the options are read."""

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|(?<=#)#(?=\\[)")
"""What steers a terminal, turns the direction of a line round, no XML can hold, or is a command to GitHub's runner wherever it stands (`##[`)."""

_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|(?<=#)#(?=\\[)")
"""What JSON may hold as it is, and the output of a command should not."""

_UNDECODED = re.compile("[\udc80-\udcff]")

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., Any])


class WrongUse(click.ClickException):
    """Wrong use, settings that can't be read, or a fault of ours: exit code 2, and nothing but the message."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message on standard error."""
        say(self.message, err=True)


def say(text: str, *, err: bool = False, newline: bool = True) -> None:
    """Print `text`. A reader that has gone away (`| head`) is no fault, and does not change the exit code."""
    stream = sys.stderr if err else sys.stdout
    try:
        click.echo(text, err=err, nl=newline)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python complains when it flushes at the end


def write_file(path: str, text: str) -> None:
    """Write `text`, and a newline at its end unless it is empty. Raises WrongUse where the file can't be written."""
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(f"{text}\n" if text else "")
    except OSError as error:
        raise WrongUse(f"{named(path)} can't be written: {error.strerror}\n  help: name a file in a folder that is there") from error


def named(path: str) -> str:
    """A file's name as text that every output can hold: a byte of it that is not UTF-8 is written as its number."""
    return path if path.isascii() else _UNDECODED.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", path)


def shown(text: str) -> str:
    """A text on one line, and without what would steer a terminal: the author of a record may be anyone."""
    return named(_UNSHOWN.sub(_escaped, text))


def _escaped(match: re.Match[str]) -> str:
    return r"\x23" if match[0] == "#" else ascii(match[0])[1:-1]


def as_data(value: object, *, indent: int | None = None) -> str:
    """JSON that may be printed: characters that would steer a terminal stand in it as their numbers."""
    import json  # the gate's text needs none

    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def coloured() -> bool:
    """Whether standard output is a terminal whose user wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def debug_option(command: _COMMAND) -> _COMMAND:
    """`--debug`, which every command takes."""
    return click.option(DEBUG, is_flag=True, expose_value=False, help="Show where a fault of Amends itself arose.")(command)
