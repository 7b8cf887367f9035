"""`amends letter`: the message to customers, from what a record says."""

from datetime import date

import click

from amends.publishing.letter import Reason, Refused, collect
from amends.publishing.letter_writing import Form, TemplateFault, UnknownLanguage, find_template, render_letter
from amends_cli.site import config_option, find_record, open_corpus, open_settings
from amends_cli.terminal import WrongUse, debug_option, say, shown


@click.command("letter")
@click.argument("word", metavar="RECORD")
@config_option
@click.option("--language", default="en", show_default=True, metavar="LANGUAGE",
              help="The language of the letter. What the record says stands in it as it was written.")
@click.option("--format", "form", type=click.Choice([form.value for form in Form]), default=Form.MARKDOWN.value, show_default=True,
              help="How the letter is written down.")
@debug_option
def command(word: str, config: str | None, language: str, form: str) -> int:
    """Print a letter to customers about RECORD: its stem, one of its aliases or its file.

    Read it before you send it. Exit code 1: the record can't honestly support a letter; standard error says what is missing.
    """
    settings = open_settings(config)
    try:
        template = find_template(settings, language)
    except (UnknownLanguage, TemplateFault) as error:
        raise WrongUse(_lines(error)) from error
    corpus = open_corpus(settings)
    record = find_record(corpus, word)
    try:
        letter = collect(record, corpus, date.today())
    except Refused as refused:
        for reason in refused.reasons:
            say(_told(reason), err=True)
        return 1
    try:
        say(render_letter(letter, template, Form(form)), newline=False)
    except TemplateFault as error:
        raise WrongUse(_lines(error)) from error
    return 0


def _lines(error: Exception) -> str:
    return "\n".join(shown(line) for line in str(error).split("\n"))


def _told(reason: Reason) -> str:
    place = shown(reason.path) + (f":{reason.position.line}:{reason.position.column}" if reason.position else "")
    return f"{place}: {shown(reason.message)}\n  help: {shown(reason.help)}"
