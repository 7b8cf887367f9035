"""`amends schema`: JSON Schema of the front matter, for editors."""

import json

import click

from amends.publishing.json_schema import checklist_schema, record_schema
from amends_cli.terminal import debug_option, say


@click.command("schema")
@click.option("--checklist", is_flag=True, help="Of a checklist instead of a record.")
@debug_option
def command(checklist: bool) -> int:
    """Print the JSON Schema of a record's front matter."""
    say(json.dumps(checklist_schema() if checklist else record_schema(), ensure_ascii=False, indent=2))
    return 0
