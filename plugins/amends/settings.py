"""The site's settings: what `mkdocs.yml` says under the `amends` plugin, read without MkDocs.

The file is read as MkDocs reads it (`INHERIT`, `!ENV`, `plugins` as a list or a mapping), but no Python object is ever
constructed: tags other than `!ENV` are inert.
"""

import os
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, TypeAlias

import yaml
from yaml_env_tag import construct_env_tag

from amends.diagnostics import Fault, Path, Position
from amends.reading import frontmatter
from amends.reading.moments import Duration
from amends.reading.typed import Id, Node, Reader, Text, Url, describe, nearest, without

FILE_NAME = "mkdocs.yml"

MAX_DEPTH = 200
"""Levels of nesting that are read; far more than any theme or plugin asks for."""

REQUIREMENTS = (
    "root_cause", "risk", "contingency_plan", "customer_impact", "first_notice", "apology", "staff", "prevent_action",
    "teaches", "customer_reviewer", "remedies", "follow_up", "feedback",
)
"""What a policy can ask for."""

_SEVERE = {
    "review": ["root_cause", "risk", "contingency_plan", "customer_impact", "first_notice", "apology", "staff", "prevent_action",
               "teaches", "customer_reviewer"],
    "close": ["remedies", "follow_up", "feedback"],
}

DEFAULTS: dict[str, Any] = {
    "incidents": "incidents",
    "prevention": "prevention",
    "vocabulary": {"services": {}, "owners": {}, "factors": {}, "promises": {}},
    "policy": {
        "sev1": {**_SEVERE, "first_notice": "1h", "written": "3d", "rehearsed": "180d"},
        "sev2": {**_SEVERE, "first_notice": "4h", "written": "5d", "rehearsed": "365d"},
        "sev3": {"review": ["root_cause", "risk", "contingency_plan", "customer_impact", "first_notice", "prevent_action", "teaches"],
                 "close": ["follow_up"], "first_notice": "24h", "written": "10d"},
        "sev4": {"review": ["root_cause", "risk", "contingency_plan", "customer_impact", "prevent_action"], "close": [], "written": "15d"},
        "harms": {"privacy": {"review": ["apology"]}, "safety": {"review": ["apology"], "close": ["remedies"]}},
    },
    "clocks": {},
    "letters": {},
    "wording": {},
    "paths": {},
    "contact": None,
    "fail": "errors",
}
"""The settings of a site that says nothing. A site's key replaces the key here; its other keys stay."""


class SeverityPolicy(Node):
    """What a severity requires."""

    review: tuple[Id, ...] = ()
    """Asked for from review on."""
    close: tuple[Id, ...] = ()
    """Asked for, besides, before a record is closed."""
    first_notice: Duration | None = None
    """How long after detection customers are told."""
    written: Duration | None = None
    """Working days from resolution until the record is published."""
    rehearsed: Duration | None = None
    """How old the last rehearsal of a contingency plan may be."""


class Policy(Node):
    """What each severity and harm requires."""

    sev1: SeverityPolicy
    sev2: SeverityPolicy
    sev3: SeverityPolicy
    sev4: SeverityPolicy
    harms: dict[str, SeverityPolicy]
    """What a harm adds; it never takes anything away."""


class Vocabulary(Node):
    """The site's own words: id to label. An empty one accepts any id."""

    services: dict[str, Text]
    owners: dict[str, Text]
    factors: dict[str, Text]
    promises: dict[str, Text]

    def label(self, kind: str, word: str) -> str:
        """The label of an id, or the id in words where it has none."""
        labels: dict[str, str] = getattr(self, kind)
        return labels.get(word) or word.replace("-", " ").replace("_", " ").capitalize()

    def named(self, kind: str, words: Iterable[str]) -> list[tuple[str, str]]:
        """Ids, each with its label."""
        return [(word, self.label(kind, word)) for word in words]


class SiteClock(Node):
    """A duty to report that the site knows beside those of the law: a contract's, another country's."""

    label: Text | None = None
    """What has to be reported."""
    hours: int | None = None
    """How many hours there are from awareness."""
    to: Text | None = None
    """To whom."""
    source: Url | None = None
    """Where it is written."""


class _Section(Node):
    incidents: Text
    prevention: Text
    vocabulary: Vocabulary
    policy: Policy
    clocks: dict[str, SiteClock]
    letters: dict[str, Text]
    wording: dict[str, Text]
    paths: dict[str, tuple[Text, ...]]
    contact: Text | None = None
    fail: Text


@dataclass(frozen=True)
class Settings:
    """Everything a site can set."""

    root: FilePath
    """The folder of the settings file, absolute."""
    incidents: str
    """The folder of the records, relative to the root."""
    prevention: str
    """The folder of the checklists, relative to the root."""
    vocabulary: Vocabulary
    policy: Policy
    fail: str
    """When findings fail a build: `errors`, `warnings` or `false`."""
    site_url: str | None = None
    """Where the site is published, with a slash at its end."""
    clocks: Mapping[str, SiteClock] = field(default_factory=dict)
    """Duties to report beside those of the law, by id."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The site's own templates of letters to customers, by language; relative to the root."""
    contact: str | None = None
    """How customers reach the company, in Markdown; it ends every letter."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """The site's own files of phrases that the rules of wording look for, by language; relative to the root."""
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Where the code of each service lies, as patterns of `.gitignore`; relative to the top of the repository that is changed."""
    own_slugs: bool = False
    """Whether the site makes the ids of its headings in a way of its own: `slugify` or `separator` of Markdown's `toc`."""
    docs: str = "docs"
    """The folder of the site's other pages, MkDocs' `docs_dir`; relative to the root."""

    def on_site(self, path: str) -> bool:
        """Whether the site holds a file that lies at this path, relative to the root."""
        return self.docs == "." or path.startswith((f"{self.incidents}/", f"{self.prevention}/", f"{self.docs}/"))


class SettingsError(Exception):
    """The settings can't be used; carries a fault for each reason, placed in the file."""

    def __init__(self, path: str, faults: list[tuple[Position, Fault]]) -> None:
        super().__init__("; ".join(fault.message for _, fault in faults))
        self.path, self.faults = path, faults

    def __str__(self) -> str:
        """One line a fault, with a help line below it where there is help."""
        lines = []
        for position, fault in self.faults:
            lines.append(f"{self.path}:{position.line}:{position.column}: {fault.message}")
            if fault.help:
                lines.append(f"  help: {fault.help}")
        return "\n".join(lines)


def find_settings(start: FilePath) -> FilePath | None:
    """The nearest `mkdocs.yml` in `start` or a folder above it."""
    start = start.resolve()
    return next((folder / FILE_NAME for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def load_settings(path: FilePath) -> Settings:
    """Read the settings in the file at `path`.

    Raises SettingsError: the file can't be read, is no YAML, or holds a key or value that Amends does not know.
    """
    path = path.resolve()
    config, read = _load(path, ())
    key, section = _section(config.get("plugins"))
    site_url = config.get("site_url")
    try:
        return read_settings(section, path.parent, str(site_url) if site_url else None, own_slugs=_own_slugs(config.get("markdown_extensions")),
                             docs=config.get("docs_dir"))
    except _Invalid as error:
        placed = [_placed(fault, (*key, *fault.place), read) for fault in error.faults]
        raise SettingsError(str(path), sorted(placed, key=lambda each: each[0])) from None


def settings_files(path: FilePath) -> tuple[FilePath, ...]:
    """The files that make the settings: the one at `path`, and those that it inherits from. Raises SettingsError."""
    return tuple(source for source, _ in _load(path.resolve(), ())[1])


def _own_slugs(extensions: Any) -> bool:
    """Whether the options of Markdown's `toc`, however its extensions are written, change the ids of headings."""
    listed = [extensions] if isinstance(extensions, Mapping) else [each for each in _listed(extensions) if isinstance(each, Mapping)]
    return any(changes_slugs(each.get("toc")) for each in listed)


def changes_slugs(toc: Any) -> bool:
    """Whether these options of Markdown's `toc` change the ids of headings."""
    return isinstance(toc, Mapping) and not {"slugify", "separator"}.isdisjoint(toc)


def read_settings(section: Mapping[str, Any], root: FilePath, site_url: str | None, *, own_slugs: bool = False, docs: Any = None) -> Settings:
    """Settings from the plugin's section. Raises ValueError naming every fault; its `faults` hold them with their paths."""
    if not isinstance(section, Mapping):
        raise _Invalid([Fault((), f"`amends` takes keys with values, not {describe(section)}",
                              "write its settings below it, one key a line")])
    texts = _texts(section)
    read, faults = _READER.read(_merge(DEFAULTS, texts))
    if faults:  # what else is wrong is looked for with the defaults in their place
        read, _ = _READER.read(_merge(DEFAULTS, without(texts, (fault.place for fault in faults))))
    faults = [*faults, *_check(read)]
    if faults:
        raise _Invalid(faults)
    url = site_url if site_url is None or site_url.endswith("/") else f"{site_url}/"
    return Settings(root, read.incidents.strip("/"), read.prevention.strip("/"), read.vocabulary, read.policy, read.fail, url, read.clocks,
                    read.letters, read.contact, read.wording, read.paths, own_slugs, _relative(docs, root) if isinstance(docs, str) else Settings.docs)


def _relative(folder: str, root: FilePath) -> str:
    return os.path.relpath(root / folder, root).replace(os.sep, "/")


def missing_template(settings: Settings) -> tuple[str, str] | None:
    """The first template of a letter that is not there: its language, and its file; None where there are all."""
    return next(((language, path) for language, path in settings.letters.items() if not (settings.root / path).is_file()), None)


class _Invalid(ValueError):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, fault.place))}: {fault.message}" + (f" ({fault.help})" if fault.help else "")
                                   for fault in faults))
        self.faults = faults


_READER = Reader(_Section)


class _Loader(yaml.CSafeLoader):
    """The safe loader, with `!ENV` as MkDocs resolves it, and every other tag inert."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


_Read: TypeAlias = list[tuple[FilePath, str]]
"""The files that were read, the inheriting one before the one it inherits from, with their text."""


def _load(path: FilePath, heirs: tuple[FilePath, ...]) -> tuple[dict[str, Any], _Read]:
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_depths(text)
        config = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, see above
    except OSError as error:
        raise _unusable(path, Position(1, 1), f"the settings can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _unusable(path, Position(1, 1), "the settings can't be read: the file is not UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        raise _unusable(path, place, f"this is not YAML: {getattr(error, 'problem', None) or error}") from None
    if config is None:
        return {}, [(path, text)]
    if not isinstance(config, dict):
        raise _unusable(path, Position(1, 1), "the settings are not keys with values")
    parent = config.pop("INHERIT", None)
    if parent is None:
        return config, [(path, text)]
    source = (path.parent / str(parent)).resolve()
    if source in heirs or source == path:
        raise _unusable(path, _inherit(text), f"INHERIT goes round in a circle at `{parent}`")
    if not source.is_file():
        raise _unusable(path, _inherit(text), f"INHERIT names `{parent}`, and there is no such file")
    import mergedeep  # what MkDocs merges with; only inheriting sites need it

    inherited, read = _load(source, (*heirs, path))
    return dict(mergedeep.merge(inherited, config)), [(path, text), *read]


def _refuse_depths(text: str) -> None:
    """Raise YAMLError where the text is nested so deeply that composing it, which recurses in C, would end the process."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark: Any = event.start_mark
                raise yaml.MarkedYAMLError(problem=f"this is nested more than {MAX_DEPTH} levels deep", problem_mark=mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _unusable(path: FilePath, place: Position, message: str) -> SettingsError:
    return SettingsError(str(path), [(place, Fault((), message))])


def _inherit(text: str) -> Position:
    return frontmatter.places(text, 1).get(("INHERIT",), (Position(1, 1), Position(1, 1)))[0]


def _placed(fault: Fault, path: Path, read: _Read) -> tuple[Position, Fault]:
    """The fault's place in the settings file; one that stands in an inherited file is told at `INHERIT`, with its own place in words."""
    (_, text), *inherited = read
    places = frontmatter.places(text, 1)
    if path not in places:
        for source, source_text in inherited:
            if (found := frontmatter.places(source_text, 1).get(path)) is not None:
                line, column = found[0]
                return _inherit(text), Fault(fault.place, f"in {source.name}:{line}:{column}, {fault.message}", fault.help, fault.rule)
    return _position(places, path), fault


def _section(plugins: Any) -> tuple[Path, Any]:
    """Where the plugin's section stands, and what it says."""
    if isinstance(plugins, Mapping):
        return ("plugins", "amends"), plugins.get("amends") or {}
    for number, plugin in enumerate(_listed(plugins)):
        if isinstance(plugin, Mapping) and "amends" in plugin:
            return ("plugins", number, "amends"), plugin["amends"] or {}
    return ("plugins",), {}


def _listed(value: Any) -> Sequence[Any]:
    """A list as it is; anything else, of which MkDocs says that it is none, as an empty one."""
    return value if isinstance(value, list) else ()


def _texts(value: Any) -> Any:
    """Every scalar as text, the way records are read."""
    if isinstance(value, Mapping):
        return {str(key): _texts(item) for key, item in value.items() if not (key == "enabled" and isinstance(item, bool))}
    if isinstance(value, (list, tuple)):
        return [_texts(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _merge(defaults: dict[str, Any], given: Any) -> Any:
    if not isinstance(given, dict):
        return given if given is not None else defaults
    return {**defaults, **{key: _merge(defaults[key], value) if isinstance(defaults.get(key), dict) else value
                           for key, value in given.items() if value is not None}}


def _check(section: _Section) -> list[Fault]:
    faults = []
    if section.fail not in ("errors", "warnings", "false"):
        faults.append(Fault(("fail",), f"`{section.fail}` is not a value of `fail`", "one of: errors, warnings, false"))
    for key in ("incidents", "prevention"):
        folder = getattr(section, key)
        if os.path.isabs(folder) or ".." in folder.split("/"):
            faults.append(Fault((key,), f"`{folder}` lies outside the folder of the settings", "name a folder beside mkdocs.yml"))
    records, checklists = (f"{posixpath.normpath(folder.strip('/'))}/" for folder in (section.incidents, section.prevention))
    if "./" in (records, checklists) or records.startswith(checklists) or checklists.startswith(records):
        fact = "are the same folder" if records == checklists else "lie in one another"
        faults.append(Fault(("prevention",), f"the records' `{section.incidents}` and the checklists' `{section.prevention}` {fact}",
                            "give each a folder of its own, for example `incidents` and `prevention`"))
    policies: list[tuple[Path, SeverityPolicy]] = [
        (("policy", name), getattr(section.policy, name)) for name in ("sev1", "sev2", "sev3", "sev4")]
    policies += [(("policy", "harms", harm), policy) for harm, policy in section.policy.harms.items()]
    for path, policy in policies:
        for stage in ("review", "close"):
            faults.extend(
                Fault((*path, stage, n), f"`{name}` is not something a policy can ask for",
                      nearest(name, list(REQUIREMENTS)) or f"one of: {', '.join(REQUIREMENTS)}")
                for n, name in enumerate(getattr(policy, stage)) if name not in REQUIREMENTS)
    from amends.record import Harm  # the record's words; imported here because record.py is not needed to read settings

    known = [harm.value for harm in Harm]
    faults.extend(Fault(("policy", "harms", harm), f"`{harm}` is not a harm", nearest(harm, known) or f"one of: {', '.join(known)}")
                  for harm in section.policy.harms if harm not in known)
    faults += [*_check_files("letters", section.letters), *_check_files("wording", section.wording)]
    services = list(section.vocabulary.services)
    faults.extend(Fault(("paths", service), f"`{service}` is no service of the vocabulary", nearest(service, services) or f"one of: {', '.join(services)}")
                  for service in section.paths if services and service not in services)
    return [*faults, *_check_clocks(section.clocks)] if section.clocks else faults


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)


def _check_files(key: str, files: Mapping[str, str]) -> list[Fault]:
    faults = [Fault((key, language), f"`{language}` is not a language", "put `no` in quotes: YAML takes it for false" if language == "False"
                    else "write it like en, de or pt-BR") for language in files if not _LANGUAGE.fullmatch(language)]
    faults.extend(Fault((key, language), f"`{path}` lies outside the folder of the settings", "name a file beside mkdocs.yml or below")
                  for language, path in files.items() if os.path.isabs(path) or ".." in path.split("/"))
    return faults


def _check_clocks(clocks: Mapping[str, SiteClock]) -> list[Fault]:
    from amends.customers.laws import clocks_of_law  # the laws are read only where they are asked for

    faults = [Fault(("clocks", id_), f"the clock `{id_}` does not say `{key}`", f"write `{key}` below it")
              for id_, clock in clocks.items() for key in ("label", "hours", "to") if getattr(clock, key) is None]
    faults.extend(Fault(("clocks", id_), f"`{id_}` is a clock of the law, which no site changes", "give yours another id")
                  for id_ in clocks if id_ in clocks_of_law())
    return faults


def _position(places: Mapping[Path, tuple[Position, Position]], path: Path) -> Position:
    while path and path not in places:
        path = path[:-1]
    return places[path][0] if path else Position(1, 1)
