"""The plugin's section of `mkdocs.yml`, as MkDocs hands it over; `amends.settings` gives the values their types."""

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig


class AmendsConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs registers subclasses in untyped code
    """Keys only, so that one place checks them: the gate and the build accept and refuse the same settings."""

    incidents = c.Optional(c.Type(str))
    """The folder of the records."""
    prevention = c.Optional(c.Type(str))
    """The folder of the checklists."""
    vocabulary = c.Optional(c.Type(dict))
    """The site's own words."""
    policy = c.Optional(c.Type(dict))
    """What each severity and harm requires."""
    clocks = c.Optional(c.Type(dict))
    """Duties to report beside those of the law."""
    letters = c.Optional(c.Type(dict))
    """The site's own templates of letters to customers, by language."""
    contact = c.Optional(c.Type(str))
    """How customers reach the company."""
    wording = c.Optional(c.Type(dict))
    """The site's own phrases that the rules of wording look for, by language."""
    paths = c.Optional(c.Type(dict))
    """Where the code of each service lies."""
    fail = c.Optional(c.Choice(("errors", "warnings", "false", False)))
    """When findings fail a build."""


def theme_language(config: MkDocsConfig) -> str:
    """The language of the site, as its theme writes it into every page."""
    return str(config.theme.get("language") or "en")
