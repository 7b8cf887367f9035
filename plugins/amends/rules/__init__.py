"""The rules, by family. This is the only registry: a rule that stands in no tuple here does not exist."""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder

from amends.rules import completeness, customers, files, history, prevention, safety, times, wording
from amends.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *files.RULES,
    *completeness.RULES,
    *times.RULES,
    *customers.RULES,
    *prevention.RULES,
    *history.RULES,
    *safety.RULES,
    *wording.RULES,
)
"""Amends' own rules, by code."""

ENTRY_POINT = "amends.rules"
"""The group under which an installed package offers rules of a site's own: each entry names a `Rule`, or a tuple of them."""


class RuleError(Exception):
    """An installed package offers a rule that can't be used."""


def all_rules() -> tuple[Rule, ...]:
    """Amends' own rules and those of installed packages, by code.

    Packages only: a rule is never loaded from the checked-out tree, whose author may be anyone.
    Raises RuleError where an offered rule can't be loaded, or takes a code or a name that is taken.
    """
    offered = _offered()
    return tuple(sorted((*RULES, *offered), key=lambda rule: rule.code)) if offered else RULES


def _offered() -> Sequence[Rule]:
    folders = [folder for folder in sys.path if folder not in ("", os.getcwd())]  # `python -m` puts the checked-out tree there
    if not _may_hold_rules(folders):
        return ()
    from importlib.metadata import distributions

    rules: list[Rule] = []
    taken = {word: "Amends" for rule in RULES for word in (rule.code, rule.name)}
    packages = {package.name: package for package in reversed(list(distributions(path=folders)))}  # the first of a name is the one in use
    for entry in (entry for package in packages.values() for entry in package.entry_points if entry.group == ENTRY_POINT):
        try:
            loaded = entry.load()
        except Exception as error:  # foreign code may fail in any way
            raise RuleError(f"the rules of `{entry.value}` can't be loaded: {error}") from error
        for rule in loaded if isinstance(loaded, tuple) else (loaded,):
            if not isinstance(rule, Rule):
                raise RuleError(f"`{entry.value}` offers {type(rule).__name__}, not a Rule")
            for word in (rule.code, rule.name):
                if word in taken:
                    raise RuleError(f"`{entry.value}` offers the rule {word}, which {taken[word]} has already")
                taken[word] = f"`{entry.value}`"
            rules.append(rule)
    return rules


def _may_hold_rules(folders: Sequence[str]) -> bool:
    """Whether a package in one of `folders` might offer rules; False is certain.

    `importlib.metadata` knows for sure, but takes longer to import than a record takes to check. Here the files that it would read are
    searched for the group's name; where it could find packages in another way (an archive, an import hook), the answer is yes.
    """
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return True
    for folder in folders:
        try:
            names = os.listdir(folder)
        except NotADirectoryError:
            return True
        except OSError:
            continue
        if folder.endswith(".egg"):
            return True
        for name in names:
            if name.lower().endswith((".dist-info", ".egg-info")):
                try:
                    with open(f"{folder}/{name}/entry_points.txt", "rb") as file:
                        if ENTRY_POINT.encode() in file.read():
                            return True
                except OSError:
                    continue  # most packages offer nothing at all
    return False
