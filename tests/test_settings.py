"""The site's settings: the core reads of `mkdocs.yml` what MkDocs hands to the plugin, and places every fault in it."""

from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config

from amends.reading.moments import Duration
from amends.reading.typed import Node
from amends.settings import DEFAULTS, REQUIREMENTS, Settings, SettingsError, find_settings, load_settings, read_settings
from amends.site.plugin import AmendsPlugin

CASES = Path(__file__).parent / "cases" / "settings"


def plain(value: Any) -> Any:
    """A value in terms that can be compared; nodes are equal only to themselves."""
    if isinstance(value, Settings):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Node):
        return {name: plain(getattr(value, name)) for name in type(value).fields()}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, (Duration, Path)) else value


def through_mkdocs(path: Path) -> Settings:
    """What the plugin works with when MkDocs itself has read the file."""
    config = load_config(config_file=str(path))
    plugin = config.plugins["amends"]
    assert isinstance(plugin, AmendsPlugin)
    plugin.on_config(config)
    return plugin.settings


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_the_core_reads_what_mkdocs_gives_the_plugin(path: Path) -> None:
    assert plain(load_settings(path)) == plain(through_mkdocs(path))


@pytest.mark.parametrize("name", ["list", "env"])
def test_the_core_reads_the_environment_as_mkdocs_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMENDS_TEST_FOLDER", "from-outside")
    monkeypatch.setenv("AMENDS_TEST_URL", "https://outside.example.org")
    settings = load_settings(CASES / f"{name}.yml")
    assert plain(settings) == plain(through_mkdocs(CASES / f"{name}.yml"))
    assert settings.incidents == ("from-outside" if name == "env" else "records")


def test_an_unset_variable_leaves_its_default_and_without_one_the_settings_own() -> None:
    settings = load_settings(CASES / "env.yml")
    assert (settings.incidents, settings.prevention, settings.fail) == ("records", "checks", "errors")
    assert settings.site_url == "https://default.example.org/"


def test_a_variable_that_reads_as_a_number_is_a_folders_name_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMENDS_TEST_FOLDER", "2031")
    assert load_settings(CASES / "env.yml").incidents == "2031"


def test_an_inheriting_file_changes_single_keys() -> None:
    settings = load_settings(CASES / "inherits.yml")
    assert settings.incidents == "shared"
    assert dict(settings.vocabulary.services) == {"boards": "Boards", "wiki": "Wiki"}
    assert (str(settings.policy.sev1.first_notice), str(settings.policy.sev1.written)) == ("30m", "2d")


def test_plugins_given_as_a_list_replace_the_inherited_ones() -> None:
    settings = load_settings(CASES / "inherits_list.yml")
    assert (settings.incidents, settings.prevention) == ("incidents", "checks")


def test_tags_of_other_sections_construct_nothing() -> None:
    assert load_settings(CASES / "tags.yml").incidents == "records"


def test_a_site_that_says_nothing_has_the_defaults() -> None:
    nothing = plain(read_settings({}, CASES.resolve(), None))
    assert nothing == plain(read_settings(DEFAULTS, CASES.resolve(), None)) == plain(load_settings(CASES / "empty.yml"))


def test_a_key_replaces_that_key_and_leaves_its_neighbours() -> None:
    policy = load_settings(CASES / "list.yml").policy
    assert policy.sev2.review == ("root_cause", "apology")
    assert list(policy.sev2.close) == DEFAULTS["policy"]["sev2"]["close"]
    assert str(policy.sev2.first_notice) == "2h"
    assert str(policy.sev2.written) == "5d"
    assert set(policy.harms) == {"privacy", "safety", "financial"}


def test_a_null_is_as_good_as_silence() -> None:
    assert plain(read_settings({"policy": {"sev1": None}, "incidents": None}, Path("/"), None)) == plain(read_settings({}, Path("/"), None))


def test_the_site_url_ends_in_a_slash() -> None:
    assert load_settings(CASES / "list.yml").site_url == "https://incidents.example.org/"


def test_the_root_is_the_absolute_folder_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES.parent)
    assert load_settings(Path("settings/list.yml")).root == CASES.resolve()


def test_the_nearest_settings_upward_are_found(tmp_path: Path) -> None:
    deep = tmp_path / "incidents" / "2031"
    deep.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    assert find_settings(deep) == find_settings(tmp_path) == (tmp_path / "mkdocs.yml").resolve()


def test_what_a_policy_can_ask_for_is_what_the_defaults_ask_for() -> None:
    policies = [policy for name, policy in DEFAULTS["policy"].items() if name != "harms"]
    assert {name for policy in policies for stage in ("review", "close") for name in policy[stage]} == set(REQUIREMENTS)


@pytest.mark.parametrize(("name", "expected"), [
    ("unknown_key", ["5:7: `incident` is not a key that is known here", "  help: did you mean `incidents`?"]),
    ("section", ["3:5: `amends` takes keys with values, not `records`", "  help: write its settings below it, one key a line"]),
    ("list", ["1:1: the settings are not keys with values"]),
    ("latin1", ["1:1: the settings can't be read: the file is not UTF-8"]),
    ("orphan", ["1:1: INHERIT names `nowhere.yml`, and there is no such file"]),
    ("no_yaml", ["5:1: this is not YAML: found unexpected end of stream"]),
    ("inherits", ["1:1: in parent.yml:4:5, `never` is not a value of `fail`", "  help: one of: errors, warnings, false"]),
    ("missing", ["1:1: the settings can't be read: No such file or directory"]),
])
def test_a_fault_is_placed_in_the_file(name: str, expected: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(CASES / "faults" / f"{name}.yml")
    place = f"{CASES.resolve() / 'faults' / name}.yml"
    assert str(caught.value).split("\n") == [line if line.startswith("  ") else f"{place}:{line}" for line in expected]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(CASES / "faults" / "many.yml")
    assert [tuple(position) for position, _ in caught.value.faults] == [(4, 5), (7, 30), (8, 9), (10, 9), (11, 5)]
    told = str(caught.value)
    for word in ("`../elsewhere` lies outside", "`apologies` is not something a policy can ask for", "`soon` is not a length of time",
                 "did you mean `privacy`?", "`never` is not a value of `fail`"):
        assert word in told


def test_inheriting_in_a_circle_is_told() -> None:
    with pytest.raises(SettingsError, match="INHERIT goes round in a circle"):
        load_settings(CASES / "faults" / "circle_a.yml")


def test_the_plugin_refuses_what_the_core_refuses() -> None:
    with pytest.raises(ValueError, match="did you mean `privacy`"):
        read_settings({"policy": {"harms": {"privasy": {"review": ["apology"]}}}}, Path("/"), None)


@pytest.mark.parametrize(("records", "checklists"), [
    ("incidents", "incidents"), ("records", "records/checks"), ("a/b", "./a"), ("a", "a//b/"), (".", "prevention"),
])
def test_records_and_checklists_have_each_their_own_folder(records: str, checklists: str) -> None:
    with pytest.raises(ValueError, match=r"are the same folder|lie in one another"):
        read_settings({"incidents": records, "prevention": checklists}, Path("/"), None)


def test_folders_whose_names_begin_alike_are_two() -> None:
    assert read_settings({"incidents": "records", "prevention": "records-checks"}, Path("/"), None).prevention == "records-checks"


SHAPES = ("[]", "''", "3", "[a]", "{a: [b]}", "{a: {b: {c: d}}}", "{sev1: []}", "{harms: []}", "{services: [billing]}", "{services: {billing: [a]}}", "{paths: 3}", "true")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", [*DEFAULTS, "unknown"])
def test_a_key_of_the_wrong_shape_is_told_at_its_place_and_never_a_fault_of_ours(key: str, shape: str, tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text(f"site_name: x\nplugins:\n  - amends:\n      contact: []\n      {key}: {shape}\n" if key != "contact" else
                    f"site_name: x\nplugins:\n  - amends:\n      paths: []\n      {key}: {shape}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load_settings(path)
    assert all(place.line in (4, 5) for place, _ in raised.value.faults)


@pytest.mark.parametrize("line", ["plugins: 3", "plugins: text", "plugins: [[amends]]", "markdown_extensions: 3", "markdown_extensions: {toc: 3}"])
def test_what_mkdocs_refuses_by_itself_leaves_the_settings_at_their_defaults(line: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{line}\n", encoding="utf-8")
    assert load_settings(tmp_path / "mkdocs.yml").incidents == "incidents"
