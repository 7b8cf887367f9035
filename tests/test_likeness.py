import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.corpus import Corpus
from amends.learning.likeness import LIKELY, Account, Likeness
from amends.learning.likeness.words import Reading, concepts_in
from amends.settings import load_settings

ROOT = Path(__file__).parent.parent
BENCH = runpy.run_path(str(ROOT / "tools" / "bench" / "repeats.py"))
CASES = BENCH["load_cases"]()
REPORT = [case for case in CASES if case.half == "report"]

ACCOUNTS = st.lists(
    st.builds(Account, st.integers(0, 999).map(lambda number: f"2031-01-01-{number:03}"),
              st.lists(st.sampled_from([case.account.text for case in CASES]), min_size=1, max_size=3).map(" ".join),
              st.lists(st.sampled_from(["change", "capacity", "supplier"]), unique=True).map(tuple),
              st.lists(st.sampled_from(["wiki", "mail"]), unique=True).map(tuple)),
    min_size=2, max_size=12, unique_by=lambda account: account.name)


def alike(first: str, second: str, *others: str) -> float:
    """How alike two texts are among the labelled ones, and among `others`."""
    accounts = [Account("2031-01-01-first", first), Account("2031-01-02-second", second), *(case.account for case in CASES),
                *(Account(f"2031-02-{number:02}-other", other) for number, other in enumerate(others, 1))]
    return Likeness(accounts).alike("2031-01-01-first", "2031-01-02-second")


# The labelled set ---------------------------------------------------------------------------------------------------


def test_the_labelled_incidents_are_many_and_each_can_be_looked_up() -> None:
    incidents = [each for group in yaml.safe_load(BENCH["CASES"].read_text("utf-8")) for each in group["incidents"]]
    pairs = sum(count * (count - 1) // 2 for count in Counter(case.mechanism for case in CASES).values())
    assert len(incidents) >= 60
    assert pairs >= 40
    assert len({each["id"] for each in incidents}) == len(incidents)
    assert all(each["source"].startswith(("https://", "http://")) or (ROOT / each["source"]).is_file() for each in incidents)
    assert {each["via"] for each in incidents} == {"list", "page", "title", "record"}


def test_incidents_of_one_mechanism_are_found_among_those_that_no_number_was_chosen_by() -> None:
    found = BENCH["score"](REPORT, BENCH["amends"](REPORT), 0.12)
    assert found.precision >= 0.7
    assert found.recall >= 0.5
    assert BENCH["ranking"](REPORT, BENCH["amends"](REPORT))[0] >= 0.8


@pytest.mark.parametrize(("ours", "theirs"), [("amends, text alone", "rootecho, text alone"), ("amends", "rootecho, with tags")])
def test_more_is_found_and_less_of_it_is_wrong_than_by_words_in_common(ours: str, theirs: str) -> None:
    tune = [case for case in CASES if case.half == "tune"]
    scores = [BENCH["score"](REPORT, measure(REPORT), BENCH["best_threshold"](tune, measure(tune)))
              for measure in (BENCH["MEASURES"][ours], BENCH["MEASURES"][theirs])]
    assert scores[0].precision > scores[1].precision
    assert scores[0].f1 > scores[1].f1


def test_what_is_called_a_likely_repeat_mostly_is_one_and_the_guide_says_how_often() -> None:
    found = BENCH["score"](CASES, BENCH["amends"](CASES), LIKELY)
    assert found.precision >= 0.8
    guide = (ROOT / "docs/guides/write-a-record.md").read_text("utf-8").replace("\n", " ")
    assert f"among {len(CASES)} incidents that were told in public and sorted by hand, {found.precision:.0%} of the pairs" in guide
    assert f"it would ask about {found.recall:.0%} of those that were" in guide


# Words --------------------------------------------------------------------------------------------------------------


def test_every_word_belongs_to_one_concept_and_the_concepts_stand_by_their_names() -> None:
    concepts = yaml.load((ROOT / "plugins/amends/learning/likeness/concepts.yml").read_bytes(), yaml.BaseLoader)
    counts = Counter(word for words in concepts.values() for word in words)
    assert [word for word, count in counts.items() if count > 1] == []
    assert list(concepts) == sorted(concepts)


@pytest.mark.parametrize(("word", "concept"), [
    ("bsod", "crash"), ("crashed", "crash"), ("bluescreens", "crash"), ("abgestürzt", "crash"), ("nameservers", "dns"), ("nxdomain", "dns"), ("login", "login"),
    ("Anmeldung", "login"), ("timeouts", "timeout"), ("enospc", "disk"), ("declined", "payment"), ("chargeback", "refund"), ("ransomware", "attacker"),
    ("recalled", "recall"), ("Rückruf", "recall"), ("frozen", "hang"), ("voip", "phone"),
])
def test_what_people_call_what_they_see_stands_for_one_thing(word: str, concept: str) -> None:
    assert concepts_in(word) == (concept,)


def test_inflection_and_short_forms_do_not_hide_a_repeat() -> None:
    assert alike("An expired TLS certificate.", "TLS certs were expiring.") >= LIKELY


@pytest.mark.parametrize("other", [
    "Das Zertifikat der Anmeldung war abgelaufen.",
    "Le certificat du serveur avait expiré.",
    "サーバーの証明書の有効期限が切れていた。",
    "服务器的证书过期了。",
])
def test_one_thing_told_in_two_languages_is_one_thing(other: str) -> None:
    assert alike("The certificate of the gateway had expired.", other) >= LIKELY


def test_writing_without_spaces_is_compared_by_its_pieces() -> None:
    first, second = "冷凍倉庫の温度計が凍結して誤った値を示した。", "倉庫の温度計が凍結したため荷物が傷んだ。"
    assert alike(first, second) >= LIKELY
    assert alike(first, "予約画面の文言が間違っていた。") < LIKELY


def test_a_platform_in_common_is_no_likeness() -> None:
    first = "A Kubernetes upgrade removed the network rules of every node."
    second = "A Kubernetes pod wrote its log without bound until the disk was full."
    assert alike(first, second) < LIKELY


def test_the_words_of_every_postmortem_are_no_likeness() -> None:
    first = "The service was unavailable for customers, and the team started to work on the failure of the system."
    assert alike(first, "Customers could not use the service, because the system failed, and the team fixed the problem.") == 0.0


def test_a_service_and_its_name_are_no_likeness() -> None:
    accounts = [Account("2031-01-01-a", "Billing counted every invoice twice after a holiday.", services=("billing",)),
                Account("2031-01-02-b", "Billing sent letters in Latin.", services=("billing",))]
    assert Likeness(accounts).alike("2031-01-01-a", "2031-01-02-b") == 0.0


def test_a_factor_in_common_is_no_likeness_by_itself() -> None:
    accounts = [Account("2031-01-01-a", "Invoices were counted twice.", ("change",)), Account("2031-01-02-b", "Letters went out in Latin.", ("change",))]
    assert Likeness(accounts).alike("2031-01-01-a", "2031-01-02-b") == 0.0


def test_a_service_in_common_makes_a_repeat_likelier() -> None:
    texts = ("The lift stopped because rust had eaten its cable.", "Rust in the cable of the lift was overlooked again.")
    apart, together = (Likeness([Account("2031-01-01-a", texts[0], services=("lifts",)), Account("2031-01-02-b", texts[1], services=(other,))])
                       .alike("2031-01-01-a", "2031-01-02-b") for other in ("stairs", "lifts"))
    assert 0 < apart < together


def test_the_language_is_told_by_its_commonest_words() -> None:
    reading = Reading()
    assert reading.language("Das Zertifikat für die Anmeldung war abgelaufen") == "german"
    assert reading.language("El certificado del servidor no era válido porque había caducado") == "spanish"
    assert reading.language("Kubernetes") == "english"


# Neighbours ---------------------------------------------------------------------------------------------------------

RUST = Likeness([
    Account("2031-01-01-lift", "The lift stopped because rust had eaten its cable.", ("upkeep",), ("lifts",)),
    Account("2031-02-01-lift", "Rust had eaten the cable of the second lift too.", ("upkeep",), ("lifts",)),
    Account("2031-03-01-letters", "Letters went out in Latin.", ("change",), ("letters",)),
    Account("2031-04-01-lift", "A cable that rust had weakened let a lift fall by one floor.", ("upkeep",), ("lifts",)),
])


def test_neighbours_are_earlier_or_later_and_never_the_incident_itself() -> None:
    assert {found.name for found in RUST.before("2031-02-01-lift", 5)} == {"2031-01-01-lift"}
    assert {found.name for found in RUST.after("2031-02-01-lift", 5)} == {"2031-04-01-lift"}
    assert RUST.before("2031-01-01-lift", 5) == ()
    assert RUST.before("2031-05-01-unheard-of", 5) == ()


def test_the_reason_quotes_the_words_that_count() -> None:
    found = RUST.before("2031-04-01-lift", 1)[0]
    assert (found.factors, found.services) == (("upkeep",), ("lifts",))
    assert "rust" in found.words


def test_a_repeat_that_is_known_is_not_told_again() -> None:
    likeliest = RUST.repeated("2031-04-01-lift", frozenset())
    assert likeliest is not None
    other = RUST.repeated("2031-04-01-lift", {likeliest.name})
    assert other is None or other.name != likeliest.name
    assert RUST.repeated("2031-03-01-letters", frozenset()) is None


@settings(max_examples=30, deadline=None)
@given(ACCOUNTS)
def test_likeness_is_the_same_from_both_sides_and_in_whatever_order_records_come(accounts: list[Account]) -> None:
    forwards, backwards = Likeness(accounts), Likeness(reversed(accounts))
    names = [account.name for account in accounts]
    for name in names:
        assert forwards.before(name, 9) == backwards.before(name, 9)
        assert all(found.name < name for found in forwards.before(name, 9))
        assert all(found.name > name for found in forwards.after(name, 9))
        for other in names:
            assert forwards.alike(name, other) == pytest.approx(forwards.alike(other, name))
            assert 0 <= forwards.alike(name, other) <= 1 + 1e-9


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9))
def test_texts_that_have_nothing_to_do_with_each_other_are_no_repeat(seed: int) -> None:
    chance = Random(seed)
    words = ["".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(4)) for _ in range(3000)]
    chance.shuffle(words)
    accounts = [Account(f"2031-01-01-{number:02}", " ".join(chance.sample(words, 40))) for number in range(30)]
    likeness = Likeness(accounts)
    assert all(likeness.repeated(account.name, frozenset()) is None for account in accounts)


# The corpus ---------------------------------------------------------------------------------------------------------


def test_a_check_of_single_files_does_not_pay_for_it() -> None:
    script = ("import sys; from pathlib import Path; from amends.gate.check import check; from amends.corpus import Corpus; from amends.rules import RULES; "
              "from amends.settings import load_settings; corpus = Corpus.open(load_settings(Path(sys.argv[1]))); "
              "check(corpus, RULES, corpus.incidents.pages[:1]); print('Stemmer' in sys.modules)")
    told = subprocess.run([sys.executable, "-c", script, str(ROOT / "mkdocs.yml")], capture_output=True, text=True, check=True).stdout
    assert told == "False\n"


def test_a_restricted_record_is_like_none(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [amends]\n", "utf-8")
    folder = tmp_path / "incidents" / "2031"
    folder.mkdir(parents=True)
    told = "root_cause: {summary: The lift stopped because rust had eaten its cable.}\n---\n"
    (folder / "2031-01-01-lift.md").write_text(f"---\ntitle: The lift stops\nvisibility: restricted\n{told}", "utf-8")
    (folder / "2031-02-01-lift.md").write_text(f"---\ntitle: The lift stops\nvisibility: staff\n{told}", "utf-8")
    (folder / "2031-03-01-lift.md").write_text(f"---\ntitle: The lift stops\nvisibility: staff\n{told}", "utf-8")
    likeness = Corpus.open(load_settings(tmp_path / "mkdocs.yml")).likeness
    assert [found.name for found in likeness.before("2031-03-01-lift", 5)] == ["2031-02-01-lift"]
    assert likeness.before("2031-01-01-lift", 5) == likeness.after("2031-01-01-lift", 5) == ()
