import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent / "cases" / "letter"
FULL = "incidents/2031/2031-06-10-lost-orders.md"

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository whose records can support letters, and some that can't."""
    return Path(shutil.copytree(CASES, tmp_path / "site"))


def files(site: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_letter_is_printed_and_nothing_is_written(process: Command, site: Path) -> None:
    before = files(site)
    done = process("letter", "2031-06-10-lost-orders")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (CASES / "expected" / "lost-orders.en.md").read_text("utf-8")
    assert files(site) == before


@pytest.mark.parametrize("word", ["2031-06-10-lost-orders", "SHOP-7", FULL, f"./{FULL}"])
def test_a_record_is_named_by_stem_alias_or_file(amends: Command, word: str) -> None:
    assert amends("letter", word).stdout.startswith("# We are sorry: what happened on 10 June 2031")


def test_a_record_in_a_folder_is_named_by_its_folder(amends: Command, site: Path) -> None:
    folder = site / FULL.removesuffix(".md")
    folder.mkdir()
    (site / FULL).rename(folder / "index.md")
    assert amends("letter", str(folder)).returncode == 0
    assert amends("letter", "2031-06-10-lost-orders").returncode == 0


@pytest.mark.parametrize(("language", "form", "expected"), [("en", "html", "lost-orders.en.html"), ("de", "markdown", "lost-orders.de.md"),
                                                            ("fr", "text", "lost-orders.fr.txt")])
def test_language_and_format_are_chosen(amends: Command, language: str, form: str, expected: str) -> None:
    done = amends("letter", "SHOP-7", "--language", language, "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (CASES / "expected" / expected).read_text("utf-8")


def test_a_record_that_supports_no_letter_is_refused_with_all_reasons(amends: Command) -> None:
    done = amends("letter", "2031-06-15-silent")
    assert (done.returncode, done.stdout) == (1, "")
    told = done.stderr.splitlines()
    assert told[2:4] == ["incidents/2031/2031-06-15-silent.md:4:9: the record is a draft: nobody else has read what it says",
                         "  help: have it read, then set `status: review` or a later one"]
    assert all(line.startswith("  help: ") for line in told[1::2])


def test_a_restricted_record_is_refused_and_nothing_of_it_told(amends: Command) -> None:
    done = amends("letter", "2031-06-12-restricted")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the record is restricted" in done.stderr
    assert "stranger" not in done.stderr.lower()


def test_a_promise_that_has_fallen_due_is_asked_after(amends: Command, site: Path) -> None:
    text = (site / FULL).read_text("utf-8")
    (site / FULL).write_text(text.replace("due: 2031-11-30", "due: 2024-11-30").replace("made: 2031-06-11\n      due: 2024", "made: 2024-06-11\n      due: 2024"),
                             encoding="utf-8")
    done = amends("letter", "SHOP-7")
    assert done.returncode == 1
    assert "promised by 30 Nov 2024, which has passed" in done.stderr


@pytest.mark.parametrize(("arguments", "said"), [
    (["lost-order"], "`lost-order` is no record\n  help: did you mean `2031-06-10-lost-orders`?"),
    (["2031-06-10-lst-ordrs"], "did you mean `2031-06-10-lost-orders`"),
    (["incidents/2031/2031-06-10-lost.md"], "did you mean `2031-06-10-lost-orders`?"),
    (["prevention/sales.md"], "`prevention/sales.md` is no record"),
    (["something else entirely"], "name a record by its stem, an alias or its file"),
    (["SHOP-7", "--language", "xx"], "no letter is written in `xx`"),
    (["SHOP-7", "--language", "it"], "letters/missing.md.j2:1: the letter's template can't be read"),
    (["SHOP-7", "--format", "pdf"], "'pdf' is not one of"),
    ([], "Missing argument 'RECORD'"),
])
def test_what_no_letter_can_be_written_for_is_wrong_use(amends: Command, arguments: list[str], said: str) -> None:
    done = amends("letter", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_name_that_two_records_share_is_no_name(amends: Command, site: Path) -> None:
    other = site / "incidents/2031/2031-06-14-late-parcels.md"
    other.write_text(other.read_text("utf-8").replace("severity: sev3", "severity: sev3\naliases: [SHOP-7]"), encoding="utf-8")
    done = amends("letter", "SHOP-7")
    assert done.returncode == 2
    assert "`SHOP-7` names more than one record: incidents/2031/2031-06-10-lost-orders.md, incidents/2031/2031-06-14" in done.stderr
