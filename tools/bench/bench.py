"""How fast the gate is: one command that makes corpora, runs `amends check` on them and prints a table.

The floor is PyYAML's CSafeLoader over the same front matter, in the same seconds: absolute times drift from machine to machine and from
minute to minute, so a check of everything is stopped ten times a second, and the floor runs until it goes on. Every figure of `check` is
a whole process on one core.
"""

import argparse
import gc
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from synthesise import synthesise

_ONE_FLOOR = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8').read().split('\\n---\\n', 1)[0], yaml.CSafeLoader)"
"""A process that does no more than load the front matter of one record."""


@dataclass(frozen=True)
class Run:
    """One process, from its start to its end."""

    seconds: float
    """By the clock, or of its core."""
    megabytes: float
    """The most memory that it held."""


def start(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Begin `command` in `folder`.

    Bytecode is kept beside the corpus, as an installation keeps it: some environments forbid Python to write it, and would measure
    the compiler.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / ".bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - our own command lines


def ended(process: "subprocess.Popen[bytes]") -> Run:
    """Wait for the process. Raises RuntimeError where it does not end with 0: what is measured must be right."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"`{process.args!r}` ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run(command: list[str], folder: Path) -> Run:
    """Run `command` in `folder`; its seconds are those of the clock on the wall."""
    started = time.perf_counter()
    done = ended(start(command, folder))
    return replace(done, seconds=time.perf_counter() - started)


def front_matter(folder: Path) -> list[str]:
    """The front matter of all records."""
    pages = sorted((folder / "incidents").glob("*/*.md"))
    return [page.read_text(encoding="utf-8")[4:].split("\n---\n", 1)[0] for page in pages]


class Floor:
    """The CSafeLoader over the same texts, again and again, a slice at a time."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._loaded, self._seconds = 0, 0.0

    def run(self, seconds: float) -> None:
        """Load texts for that long, going on where the last slice ended."""
        started = time.perf_counter()
        while (taken := time.perf_counter() - started) < seconds:
            yaml.load(self._texts[self._loaded % len(self._texts)], yaml.CSafeLoader)
            self._loaded += 1
        self._seconds += taken

    @property
    def seconds(self) -> float:
        """What all texts once take, by all slices so far."""
        return self._seconds / self._loaded * len(self._texts)


_SLICE = 0.1
"""Seconds. Long beside what it takes to stop and go on, short beside the minutes in which a machine is faster or slower."""


def against(floor: Floor, command: list[str], folder: Path) -> Run:
    """Run `command` as `run` does, stopped again and again for as long as the floor has a slice; its seconds are those of its core."""
    process = start(command, folder)
    while True:
        time.sleep(_SLICE)
        os.kill(process.pid, signal.SIGSTOP)
        seen = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        if seen is not None and seen.si_code != os.CLD_STOPPED:
            return ended(process)
        floor.run(_SLICE)
        os.kill(process.pid, signal.SIGCONT)


def measure(folder: Path, records: int, times: int) -> list[tuple[str, ...]]:
    """The rows of the table for a corpus of that many records, which is made in `folder`."""
    started = time.perf_counter()
    synthesise(folder, records)
    made = time.perf_counter() - started
    amends = [sys.executable, "-m", "amends_cli", "check", "--strict"]
    texts = front_matter(folder)
    one = sorted((folder / "incidents").glob("*/*.md"))[records // 2].relative_to(folder).as_posix()

    run([*amends, one], folder)  # the first one writes the bytecode and warms the file cache
    floor = Floor(texts)
    runs = [against(floor, amends, folder) for _ in range(max(times // 3, 1))]
    taken = statistics.mean(r.seconds for r in runs)
    rows: list[tuple[str, ...]] = [(f"{records:,}: check all", f"{taken:.2f} s, {records / taken:,.0f} records/s", f"{floor.seconds:.2f} s",
                                    f"{taken / floor.seconds:.2f}", f"{max(r.megabytes for r in runs):.0f} MiB")]

    both = [(run([*amends, one], folder), run([sys.executable, "-c", _ONE_FLOOR, one], folder)) for _ in range(times)]
    ours, theirs = (statistics.median(r.seconds for r in each) for each in zip(*both, strict=True))
    rows.append((f"{records:,}: check one", f"{ours * 1000:.0f} ms (best {min(r.seconds for r, _ in both) * 1000:.0f})",
                 f"{theirs * 1000:.0f} ms", f"{ours / theirs:.2f}", f"{max(r.megabytes for r, _ in both):.0f} MiB"))
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
    gc.disable()  # as the check does it, so that the floor has no more to do
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
