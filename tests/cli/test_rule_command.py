import subprocess
from collections.abc import Callable

import pytest

from amends.rules import RULES
from amends.rules.rule import Rule
from amends_cli.rule import explained

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def test_all_rules_are_listed_with_what_they_find(process: Command) -> None:
    done = process("rule")
    assert done.returncode == 0
    assert [line.split()[:3] for line in done.stdout.splitlines()] == [[rule.code, rule.level.value, rule.name] for rule in RULES]


@pytest.mark.parametrize("word", ["P501", "p501", "unowned-action"])
def test_one_rule_is_explained_in_full(amends: Command, word: str) -> None:
    text = amends("rule", word).stdout
    assert text.startswith("P501 unowned-action (error)\n\nAn action that nobody owns.\n")
    assert [heading for heading in ("What it flags", "Why it matters", "Bad", "Good") if f"\n{heading}\n" in text] == [
        "What it flags", "Why it matters", "Bad", "Good"]
    assert "\n    actions:\n      - id: A1\n" in text
    assert "```" not in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_can_be_explained(rule: Rule) -> None:
    text = explained(rule, colour=False)
    assert "```" not in text
    assert len(text.splitlines()) > 10


def test_an_unknown_rule_is_wrong_use(amends: Command) -> None:
    done = amends("rule", "open-comitment")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "`open-comitment` is no rule\n  help: did you mean `open-commitment`?\n"


def test_the_rules_need_no_settings(amends: Command, tmp_path: object) -> None:
    assert amends("rule", "P501", cwd=tmp_path).returncode == 0


def test_the_command_tells_what_it_can_do(amends: Command) -> None:
    done = amends("--help")
    assert done.returncode == 0
    for name in ("check", "export", "new", "rule", "schema"):
        assert f"\n  {name} " in done.stdout
    assert amends("--version").stdout.startswith("amends, version ")
    assert amends("chekc").returncode == 2
