"""`amends export`: the corpus as JSON or CSV."""

import click

from amends.publishing.export import Export
from amends_cli.site import config_option, open_corpus, open_settings
from amends_cli.terminal import debug_option, named, say


@click.command("export")
@config_option
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True,
              help="Everything as JSON, or what can be counted as CSV, a row a record.")
@debug_option
def command(config: str | None, form: str) -> int:
    """Print the corpus as data. Restricted records stand nowhere in it.

    Exit code 1: a file could not be read whole and was left out; the last line on standard error names it.
    """
    export = Export.of(open_corpus(open_settings(config)))
    say(export.json() if form == "json" else export.csv(), newline=form == "json")
    if export.left_out:
        say("left out, because `amends check` finds errors in their front matter: "
            + ", ".join(named(path) for path in export.left_out), err=True)
    return 1 if export.left_out else 0
