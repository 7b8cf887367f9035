"""How the command speaks: what may stand on a terminal, and what becomes of output that nobody reads on."""

import os
import re
import sys
from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

from amends.printable import in_a_line

DEBUG = "--debug"
"""The option; the command itself asks whether it was given, since a fault can arise before the options are read."""

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
    """A text on one line, and without what would steer a terminal."""
    return named(in_a_line(text))


def coloured() -> bool:
    """Whether standard output is a terminal whose user wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def debug_option(command: _COMMAND) -> _COMMAND:
    """`--debug`, which every command takes."""
    return click.option(DEBUG, is_flag=True, expose_value=False, help="Show where a fault of Amends itself arose.")(command)
