"""What the rules can tell of a text without understanding it."""

import pytest

from amends.rules.texts import is_placeholder, may_hold_a_place, says_little


@pytest.mark.parametrize("text", [
    "TBD", "tbd", "Tbd.", "TODO", "todo", "N/A", "n/a", "FIXME", "xxx", "XXXXXX", "?", "???", "??????", "...", ".....", "…", "……", "-",
    "____", "TODO: ask the customers", "todo: ask", "FIXME: wrong",
    "Lorem ipsum dolor sit amet", "<what customers saw>", "<Who answers for it>",
    "To be written",
])
def test_a_text_that_only_holds_a_place_is_known(text: str) -> None:
    assert is_placeholder(text)
    assert may_hold_a_place(text)


@pytest.mark.parametrize("text", [
    "A line marked TODO: had stood there for two years.", "TODO lists were lost for 612 customers.",
    "Todos los clientes perdieron el acceso.", "Nobody knew whether N/A meant no or never.", "<https://status.example.org>",
    "<b>Down</b> for an hour", "x",
    "xx-large instances ran out",
    "Fixmestick is a product", "Loremaster's site was down", "-1", "1...2 machines", "None of the backups could be read.", "",
])
def test_prose_holds_no_place(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["Human error.", "It broke.", "n/a", "Server down again", "No customers hurt", "エラー", "数据丢失"])
def test_a_text_can_be_too_short_to_say_anything(text: str) -> None:
    assert says_little(text)


@pytest.mark.parametrize("text", [
    "The list held the ids of sites.", "Datenbankmigration löschte Kundenarchive unwiederbringlich",
    "削除ツールは二種類の識別子を受け付けた", "เครื่องมือลบข้อมูลของลูกค้าผิดราย",
])
def test_a_short_text_can_say_enough(text: str) -> None:
    assert not says_little(text)


@pytest.mark.parametrize(("step", "little"), [("Roll back.", False), ("Fix it.", True), ("Restart", True), ("再起動する", False)])
def test_a_step_may_be_shorter(step: str, little: bool) -> None:
    assert says_little(step, letters=8, words=2) is little
