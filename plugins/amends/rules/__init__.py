"""The rules, by family. This is the only registry: a rule that stands in no tuple here does not exist."""

from collections.abc import Sequence

from amends.rules import completeness, customers, files, prevention, safety, times
from amends.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *files.RULES,
    *completeness.RULES,
    *times.RULES,
    *customers.RULES,
    *prevention.RULES,
    *safety.RULES,
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
    from importlib.metadata import entry_points

    rules: list[Rule] = []
    taken = {word: "Amends" for rule in RULES for word in (rule.code, rule.name)}
    for entry in entry_points(group=ENTRY_POINT):
        try:
            loaded = entry.load()
        except Exception as error:  # noqa: BLE001 - foreign code may fail in any way
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
