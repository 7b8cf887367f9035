import runpy
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.gate.check import check
from amends.rules import RULES
from amends.settings import load_settings

ROOT = Path(__file__).parent.parent.parent
synthesise: Callable[..., None] = runpy.run_path(str(ROOT / "tools" / "bench" / "synthesise.py"))["synthesise"]


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("records", [1, 5, 200])
def test_nothing_is_wrong_with_a_synthetic_corpus(tmp_path: Path, records: int) -> None:
    synthesise(tmp_path, records, seed=records)
    report = check(Corpus.open(load_settings(tmp_path / "mkdocs.yml")), RULES)
    assert report.diagnostics == ()
    assert (report.records, report.passed_over) == (records, ())


def test_the_same_seed_gives_the_same_corpus(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        synthesise(tmp_path / name, 40, seed=seed)
    assert texts(tmp_path / "one") == texts(tmp_path / "again")
    assert texts(tmp_path / "one") != texts(tmp_path / "other")


def test_the_records_are_of_a_usual_size(tmp_path: Path) -> None:
    synthesise(tmp_path, 200)
    records = [text for path, text in texts(tmp_path).items() if path.startswith("incidents/2")]
    assert 5_400 <= statistics.mean(map(len, records)) <= 6_000
    assert 45 <= statistics.median(text.split("---\n")[1].count("\n") for text in records) <= 60
