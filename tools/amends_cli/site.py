"""Which site a command works on: its settings, and the files that the command line names."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from amends.corpus import Corpus, missing_folder
from amends.record import Record
from amends.settings import FILE_NAME, Settings, SettingsError, find_settings, load_settings
from amends_cli.terminal import WrongUse, named, shown

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., Any])


def config_option(command: _COMMAND) -> _COMMAND:
    """`--config`, the settings to use instead of the nearest."""
    return click.option("--config", metavar="FILE", type=click.Path(dir_okay=False),
                        help=f"The settings; without it, the nearest {FILE_NAME} upward.")(command)


def settings_path(config: str | None) -> Path:
    """The settings file that `--config` names, or else the nearest. Raises WrongUse where there is none."""
    path = Path(config) if config is not None else find_settings(Path.cwd())
    if path is None:
        raise WrongUse(f"there is no {FILE_NAME} here or in a folder above\n  help: go to the repository of the records, or name the "
                       "settings with --config")
    return path


def open_settings(config: str | None) -> Settings:
    """The settings that `--config` names, or else the nearest. Raises WrongUse where there are none, or they can't be read."""
    try:
        return load_settings(settings_path(config))
    except SettingsError as error:
        raise WrongUse(str(error)) from error


def open_corpus(settings: Settings) -> Corpus:
    """The corpus. Raises WrongUse where a folder that the settings name is not there: a gate that sees nothing must not pass."""
    missing = missing_folder(settings)
    if missing is None and not (settings.root / settings.incidents).is_dir():
        missing = ("incidents", settings.incidents)
    if missing is not None:
        key, folder = missing
        raise WrongUse(f"there is no folder `{folder}` beside the settings, in {settings.root}\n  help: make it, or name the right one "
                       f"under `{key}` of the plugin in {FILE_NAME}")
    return Corpus.open(settings)


def chosen_paths(corpus: Corpus, paths: Sequence[str]) -> tuple[str, ...] | None:
    """The files that `paths`, relative to the working directory, stand for, relative to the settings; None for everything.

    Raises WrongUse for a path outside the two folders.
    """
    folders = (corpus.settings.incidents, corpus.settings.prevention)
    chosen: list[str] = []
    for path in paths:
        inside = relative_to_root(str(corpus.settings.root), path)
        if inside is not None and any(_holds(folder, inside) for folder in folders):
            if os.path.exists(path) and not os.path.islink(path) and not os.path.isfile(path) and not os.path.isdir(path):
                raise WrongUse(f"{named(path)} is no file, but a pipe or a device\n  help: name records or checklists")
            if not os.path.isdir(path) or os.path.islink(path):
                chosen.append(inside)
                continue
            whole = [inside]
        else:
            whole = [folder for folder in folders if inside is not None and _holds(inside, folder)]
            if len(whole) == len(folders):
                return None
            if not whole:
                raise WrongUse(f"{named(path)} lies outside the folders {folders[0]} and {folders[1]} of {corpus.settings.root}\n"
                               "  help: name records or checklists, or nothing at all to check everything")
        chosen += [known for known in corpus.markdown_paths if any(_holds(folder, known) for folder in whole)]
    return tuple(dict.fromkeys(chosen))


def find_record(corpus: Corpus, word: str) -> Record:
    """The record that `word` names: a stem, an alias, or a file relative to the working directory. Raises WrongUse."""
    paths = corpus.paths_by_stem.get(word, ())
    if not paths and os.path.exists(word):
        inside = relative_to_root(str(corpus.settings.root), word)
        paths = tuple(path for path in (inside, f"{inside}/index.md") if path in corpus.incidents.pages_set)
    if not paths:
        paths = tuple(record.path for record in corpus.by_alias.get(word, ()))
    if len(paths) == 1:
        return corpus.record_at(paths[0])
    if paths:
        raise WrongUse(f"`{shown(word)}` names more than one record: {', '.join(map(named, paths))}\n  help: name one of these files")
    raise WrongUse(f"`{shown(word)}` is no record\n  help: {_nearest_stems(word, corpus)}")


def _nearest_stems(word: str, corpus: Corpus) -> str:
    from difflib import get_close_matches  # only a miss needs it

    plain = os.path.basename(word).removesuffix(".md").lower()
    stems = list(corpus.paths_by_stem)
    near = [stem for stem in stems if plain and plain in stem.lower()][:3] or get_close_matches(plain, stems, n=3, cutoff=0.7)
    return f"did you mean {' or '.join(f'`{named(stem)}`' for stem in near)}?" if near else "name a record by its stem, an alias or its file"


def _holds(folder: str, path: str) -> bool:
    return folder in ("", path) or path.startswith(f"{folder}/")


def relative_to_root(root: str, path: str) -> str | None:
    """`path` relative to `root` with forward slashes, also where a folder on the way is a symbolic link; None outside."""
    absolute = os.path.abspath(path)
    folder, name = os.path.split(absolute)
    for candidate in (absolute, os.path.join(os.path.realpath(folder), name)):
        if candidate == root:
            return ""
        if candidate.startswith(os.path.join(root, "")):
            return os.path.relpath(candidate, root).replace(os.sep, "/")
    return None
