"""A letter from its facts: a Jinja template in a language writes Markdown, from which HTML and plain text derive.

Facts are data. Whatever a template prints is first made literal Markdown, so that no text of a record becomes a link, a heading, HTML or
template code; only the template's own words and the settings' `contact` are markup.
"""

import re
from dataclasses import dataclass
from enum import Enum
from html import escape
from pathlib import Path

import markdown
import nh3
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from amends.publishing.letter import Letter
from amends.reading.moments import Moment
from amends.reading.typed import nearest
from amends.render.plain import plain_text
from amends.settings import FILE_NAME, Settings

_FOLDER = Path(__file__).parent / "letters"
_ENDING = ".md.j2"


class Form(str, Enum):
    """How a letter is written down."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"


class UnknownLanguage(ValueError):
    """A language that no letter is written in."""


class TemplateFault(ValueError):
    """A template that no letter can be written from; says file, line and what is wrong."""

    def __init__(self, path: str, line: int, message: str, remedy: str | None = None) -> None:
        super().__init__(f"{path}:{line}: {message}" + (f"\n  help: {remedy}" if remedy else ""))


@dataclass(frozen=True)
class LetterTemplate:
    """The words around the facts, in one language."""

    language: str
    path: str
    """Relative to the folder of the settings; the file's name alone where it is one of ours."""
    source: str


def languages(settings: Settings) -> tuple[str, ...]:
    """The languages that letters are written in: ours and the site's."""
    return tuple(sorted({path.name.removesuffix(_ENDING) for path in _FOLDER.glob(f"*{_ENDING}")} | set(settings.letters)))


def find_template(settings: Settings, language: str) -> LetterTemplate:
    """The site's template for `language`, or else ours. Raises UnknownLanguage and TemplateFault."""
    known = languages(settings)
    if language not in known:
        raise UnknownLanguage(f"no letter is written in `{language}`\n  help: {nearest(language, list(known)) or 'known here: ' + ', '.join(known)}; "
                              f"a template of your own goes under `letters` of the plugin in {FILE_NAME}")
    own = settings.letters.get(language)
    path, file = (own, settings.root / own) if own is not None else (f"{language}{_ENDING}", _FOLDER / f"{language}{_ENDING}")
    try:
        return LetterTemplate(language, path, file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TemplateFault(path, 1, f"the letter's template can't be read: {error.strerror}",
                            f"`letters` of the plugin in {FILE_NAME} names it for `{language}`") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TemplateFault(path, line, "the letter's template is not UTF-8", "save it as UTF-8") from None


def render_letter(letter: Letter, template: LetterTemplate, form: Form) -> str:
    """The letter. Raises TemplateFault."""
    locale = _locale(template)
    text = _written(letter, template, locale)
    if not text.startswith("# "):
        raise TemplateFault(template.path, 1, "the letter has no subject", "begin the template with it, as a heading: `# Our apology for …`")
    if form is Form.MARKDOWN:
        return text
    html = _CLEANER.clean(markdown.markdown(text))
    if form is Form.TEXT:
        return plain_text(html)
    subject = " ".join(plain_text(html.partition("</h1>")[0]).split())
    direction = ' dir="rtl"' if locale.text_direction == "rtl" else ""
    return _PAGE.format(language=escape(template.language), direction=direction, subject=escape(subject), html=html.strip())


_CLEANER = nh3.Cleaner(
    tags={"a", "blockquote", "br", "em", "h1", "h2", "h3", "hr", "li", "ol", "p", "strong", "ul"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

_PAGE = """\
<!doctype html>
<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{subject}</title>
<style>
body {{ max-width: 38rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; }}
h1 {{ font-size: 1.35rem; line-height: 1.3; }}
blockquote {{ margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid #bbb; }}
li {{ margin: .4rem 0; }}
</style>
</head>
<body>
{html}
</body>
</html>
"""


# From template to Markdown ------------------------------------------------------------------------------------------


def _written(letter: Letter, template: LetterTemplate, locale: Locale) -> str:
    environment = _environment(locale)
    try:
        code = environment.compile(template.source, template.path, template.path)
        written = Template.from_code(environment, code, environment.make_globals(None)).render(letter=letter)
    except TemplateSyntaxError as error:
        raise TemplateFault(template.path, error.lineno, f"the template can't be read: {error.message}") from None
    except Exception as error:  # a template may raise anything; whoever wrote it wants to know where
        raise TemplateFault(template.path, _line(error, template.path), f"the template fails: {error}",
                            "a template is given `letter`, and the filters `sentence`, `date`, `clock` and `zone`") from error
    return _EMPTY_LINES.sub("\n\n", written).strip() + "\n"


_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def _environment(locale: Locale) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True, finalize=_literal, undefined=StrictUndefined, trim_blocks=True,
                                                lstrip_blocks=True)
    del environment.filters["safe"]  # a fact is never markup
    # "19. Juli" must neither break at a line's end nor begin a numbered list.
    environment.filters["date"] = lambda moment: _ORDINAL.sub("\\1\u00a0", format_date(_moment(moment).day, "long", locale))
    environment.filters["clock"] = lambda moment: (
        format_time(instant, "short", instant.tzinfo, locale) if (instant := _moment(moment).instant) else "")
    environment.filters["zone"] = _zone
    environment.filters["sentence"] = _sentence
    return environment


_ORDINAL = re.compile(r"\A(\d+\.) ")


def _locale(template: LetterTemplate) -> Locale:
    try:
        # The site writes days before months; a site that wants them the American way says en-US.
        return Locale.parse("en_GB" if template.language == "en" else template.language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        raise TemplateFault(template.path, 1, f"nothing is known of how dates are written in `{template.language}`",
                            f"name the language under `letters` of the plugin in {FILE_NAME} by its ISO 639 code, as en, de or pt-BR") from None


def _moment(value: object) -> Moment:
    if not isinstance(value, Moment):
        raise TypeError("this time is not known; ask for it first: {% if letter.resolved %}")
    return value


def _zone(moment: object) -> str:
    instant = _moment(moment).instant
    if instant is None:
        return ""
    offset = instant.strftime("%z")
    return "UTC" if offset == "+0000" else f"UTC{offset[0]}{int(offset[1:3])}{'' if offset[3:] == '00' else ':' + offset[3:]}"


def _sentence(text: str) -> str:
    return text if text.rstrip(_CLOSING)[-1:] in _ENDS else f"{text}."


_CLOSING = ")]\"'”’»"
_ENDS = frozenset(".!?…:;。！？؟।")
"""Characters that end a sentence, and those that may stand after them."""


def _line(error: Exception, path: str) -> int:
    line, traceback = 1, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == path:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


# Literal Markdown ---------------------------------------------------------------------------------------------------

_ENTITY = re.compile(r"[<>]|&(?=[#\w])|~~|\A[=~]")
_INLINE = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|(?!\A)#(?=#*\Z)")
_BLOCK_START = re.compile(r"\A(\d{0,9})(#|[-+](?=[-+ ]|\Z)|[.)](?= |\Z))")


def _literal(value: object) -> Markup:
    """What a template prints, as Markdown that means these very characters, wherever on a line they come to stand."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise UndefinedError("this is not known; ask for it first, as in {% if promise.due %}")
    text = _ENTITY.sub(_entity, str(value.value if isinstance(value, Enum) else value))
    return Markup(_BLOCK_START.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", text)))  # noqa: S704 - escaped just now


def _entity(match: re.Match[str]) -> str:
    return "".join(_NAMED.get(character, f"&#{ord(character)};") for character in match[0])


_NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
