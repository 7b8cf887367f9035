"""How fast the gate is: one command that makes corpora, runs `amends check` on them and prints a table.

The floor is PyYAML's CSafeLoader over the same front matter, in the same run: absolute times drift from machine to machine and from
minute to minute, ratios hold. Every figure of `check` is a whole process, from the shell's point of view, on one core.
"""

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from synthesise import synthesise

_ONE_FLOOR = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8').read().split('\\n---\\n', 1)[0], yaml.CSafeLoader)"
"""A process that does no more than load the front matter of one record."""


@dataclass(frozen=True)
class Run:
    """One process, from its start to its end."""

    seconds: float
    megabytes: float
    """The most memory that it held."""


def run(command: list[str], folder: Path) -> Run:
    """Run `command` in `folder`. Raises RuntimeError where it does not end with 0: what is measured must be right.

    Bytecode is kept beside the corpus, as an installation keeps it: some environments forbid Python to write it, and would measure
    the compiler.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / ".bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - our own command lines
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"`{' '.join(command)}` ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024)


def front_matter(folder: Path) -> list[str]:
    """The front matter of all records."""
    pages = sorted((folder / "incidents").glob("*/*.md"))
    return [page.read_text(encoding="utf-8")[4:].split("\n---\n", 1)[0] for page in pages]


def load_all(texts: Iterable[str]) -> float:
    """The seconds that the CSafeLoader takes over `texts`."""
    gc.collect()
    gc.disable()
    started = time.perf_counter()
    for text in texts:
        yaml.load(text, yaml.CSafeLoader)
    seconds = time.perf_counter() - started
    gc.enable()
    return seconds


def side_by_side(ours: Callable[[], Run], floor: Callable[[], float], times: int) -> tuple[list[Run], list[float]]:
    """Both, in turn, so that a slow minute of the machine falls on both alike."""
    runs, floors = [], []
    for _ in range(times):
        floors.append(floor())
        runs.append(ours())
    return runs, floors


def measure(folder: Path, records: int, times: int) -> list[tuple[str, ...]]:
    """The rows of the table for a corpus of that many records, which is made in `folder`."""
    started = time.perf_counter()
    synthesise(folder, records)
    made = time.perf_counter() - started
    amends = [sys.executable, "-m", "amends_cli", "check", "--strict"]
    texts = front_matter(folder)
    one = sorted((folder / "incidents").glob("*/*.md"))[records // 2].relative_to(folder).as_posix()

    run([*amends, one], folder)  # the first one writes the bytecode and warms the file cache
    runs, floors = side_by_side(lambda: run(amends, folder), lambda: load_all(texts), max(times // 3, 1))
    taken, floor = statistics.median(r.seconds for r in runs), statistics.median(floors)
    rows: list[tuple[str, ...]] = [(f"{records:,}: check all", f"{taken:.2f} s, {records / taken:,.0f} records/s", f"{floor:.2f} s",
                                    f"{taken / floor:.2f}", f"{max(r.megabytes for r in runs):.0f} MiB")]

    load_one = [sys.executable, "-c", _ONE_FLOOR, one]
    runs, floors = side_by_side(lambda: run([*amends, one], folder), lambda: run(load_one, folder).seconds, times)
    taken, floor = statistics.median(r.seconds for r in runs), statistics.median(floors)
    rows.append((f"{records:,}: check one", f"{taken * 1000:.0f} ms (best {min(r.seconds for r in runs) * 1000:.0f})",
                 f"{floor * 1000:.0f} ms", f"{taken / floor:.2f}", f"{max(r.megabytes for r in runs):.0f} MiB"))
    rows.append((f"{records:,}: made in", f"{made:.2f} s", "", "", ""))
    return rows


def table(rows: list[tuple[str, ...]]) -> str:
    """The rows in Markdown, with columns as wide as what stands in them."""
    head = ("corpus", "amends check", "CSafeLoader", "ratio", "peak memory")
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = [head, tuple("-" * width for width in widths), *rows]
    return "\n".join("| " + " | ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)) + " |" for line in lines)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--records", type=int, action="append", help="the size of a corpus; may be repeated (default: 1000 and 10000)")
    parser.add_argument("--times", type=int, default=9, help="how often one is checked; all are a third as often (default: %(default)s)")
    arguments = parser.parse_args()
    rows: list[tuple[str, ...]] = []
    for records in arguments.records or (1_000, 10_000):
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
            rows += measure(Path(folder), records, arguments.times)
    print(table(rows))


if __name__ == "__main__":
    main()
