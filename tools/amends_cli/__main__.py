"""The `amends` command itself: its subcommands, each loaded when it is used, and what becomes of whatever they raise."""

import gc
import os
import sys
import traceback
from importlib import import_module
from typing import NoReturn

import click

from amends_cli.terminal import DEBUG, say, shown

COMMANDS = ("advise", "audit", "check", "export", "letter", "new", "rule", "schema")
"""Each lives in the module of its name, as `command`."""


class _Commands(click.Group):
    """The subcommands. None is imported before it is asked for: start-up is most of what checking one file takes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"amends_cli.{cmd_name}").command
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="amends")
def amends() -> None:
    """Incident postmortems and prevention: checked, searchable, and true to the customers' side."""


def main() -> int:
    """Run the command line and return the exit code: 0 clean, 1 findings, 2 wrong use or a fault of ours."""
    if sys.stdout is None:  # `>&-`: findings that nobody can read must not look like a clean run
        say("amends failed: standard output is closed, so nothing can be said there", err=True)
        return 2
    gc.disable()  # a process of seconds that keeps all it reads: looking for garbage takes a fifth of the time and finds none
    if (reconfigure := getattr(sys.stdout, "reconfigure", None)) is not None:
        reconfigure(errors="backslashreplace")  # a terminal that can't show a character must not stop the gate
    try:
        code: int | None = amends.main(prog_name="amends", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return 130  # as the shell says it of a command that was interrupted
    except Exception as error:  # whatever it is, the caller gets one line and exit code 2
        if DEBUG in sys.argv:
            traceback.print_exc()
        ours = "" if isinstance(error, OSError) else f", and that is our fault ({DEBUG} shows where)"
        say(shown(f"amends failed{ours}: {type(error).__name__}: {error}"), err=True)
        return 2
    return code or 0


def run() -> NoReturn:
    """The whole process: runs the command line and ends with its exit code.

    It ends without taking its memory apart, object by object: after a check of ten thousand records that is a second or two.
    """
    code = main()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:
        sys.exit(code)  # Python says what could not be written
    os._exit(code)


if __name__ == "__main__":
    run()
