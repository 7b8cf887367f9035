"""How a check is written down: one format a module, each with a `render`, loaded when it is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module

from amends.corpus import Corpus
from amends.gate.check import Report
from amends.rules.rule import Rule

FORMATS = {
    "text": "text",
    "concise": "concise",
    "json": "json_array",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "rdjson": "rdjson",
}
"""What `--format` takes, and the module that writes it."""

FOR_PEOPLE = ("text", "concise")
"""The formats that end with the count line themselves; beside the others it goes to standard error."""


@dataclass(frozen=True)
class Run:
    """A check that is to be written down."""

    report: Report
    corpus: Corpus
    rules: Sequence[Rule]
    """The rules that were run."""
    strict: bool
    """Whether warnings fail."""
    colour: bool = False

    @cached_property
    def prefix(self) -> str:
        """The way from the repository's root to the folder of the settings, with a slash at its end; empty where they are the same.

        A host that shows findings in the code knows files by their path from the repository's root.
        """
        root = self.corpus.settings.root
        for folder in (root, *root.parents):
            if (folder / ".git").exists():  # a file in a worktree or a submodule
                return "" if folder == root else f"{root.relative_to(folder).as_posix()}/"
        return ""


def render(form: str, run: Run) -> str:
    """The run in that format, without a newline at its end; empty where text has nothing to say."""
    text: str = import_module(f"amends_cli.formats.{FORMATS[form]}").render(run)
    return text
