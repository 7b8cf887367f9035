"""Choosing rules by what people call them: a code, a family's letter, or a name."""

from collections.abc import Iterable, Sequence

from amends.rules.rule import Rule


class UnknownRule(ValueError):
    """A word that names no rule."""


def select_rules(rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that `select` names, all where it names none, without those that `ignore` names.

    Each word may name several, separated by commas. Raises UnknownRule.
    """
    wanted = {rule.code for word in select for rule in _named(rules, word)} or {rule.code for rule in rules}
    unwanted = {rule.code for word in ignore for rule in _named(rules, word)}
    return tuple(rule for rule in rules if rule.code in wanted and rule.code not in unwanted)


def find_rule(rules: Sequence[Rule], word: str) -> Rule:
    """The rule of that code or name, upper or lower case. Raises UnknownRule."""
    plain = word.strip().lower()
    found = next((rule for rule in rules if plain in (rule.code.lower(), rule.name)), None)
    if found is None:
        raise UnknownRule(_unknown(rules, word))
    return found


def _named(rules: Sequence[Rule], words: str) -> Iterable[Rule]:
    for word in words.split(","):
        plain = word.strip().lower()
        family = [rule for rule in rules if rule.code[0].lower() == plain]
        yield from family or (find_rule(rules, word),)


def _unknown(rules: Sequence[Rule], word: str) -> str:
    from amends.reading.typed import nearest  # only a mistyped word needs it

    hint = nearest(word, [name for rule in rules for name in (rule.name, rule.code)])
    return f"`{word}` is no rule\n  help: {hint or '`amends rule` lists them; a family is named by its letter'}"
