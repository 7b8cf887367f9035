"""What searching costs a reader: the theme's search and ours, side by side in a headless Chromium, on a synthetic corpus of any size.

Run it as `python tools/bench/search.py --records 500`. Both sites are real builds of the same corpus, served by a plain file server; every
figure is of a fresh browser profile, from the moment in which somebody turns to the search to the frame that shows the first result.
Absolute times drift from machine to machine: quote ratios. Ours asked with filters is asked on its own page, whose loading counts.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from synthesise import synthesise

from browsing import opened_chromium, served

QUERIES = {"an ID": None, "two common words": "customers search", "one word, two filters": "certificate", "a misspelt word": "certifcate"}
"""What is asked; None stands for the stem of a record in the middle of the corpus."""

FILTERS = {"one word, two filters": {"severity": "sev2", "kind": "incident"}}
"""What the query is narrowed by."""

OURS_ONLY = ("one word, two filters", "a misspelt word")
"""What the theme's search can't do: it would never show a result."""

_WATCH = """
addEventListener("focusin", () => { window.begun ??= performance.now(); });
new MutationObserver((_, watch) => {
  if (!document.querySelector("[role=option], .md-search-result__item, .am-find__hit")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""
"""Tells in the page itself when somebody turned to the search, and when the frame with the first result had been made: what drives the browser
takes its time too.
"""

_WITHOUT = ("import amends.site.pagefind as p; p.PACKAGES = (); from mkdocs.__main__ import cli; cli(['build', '-q', '--site-dir', %r])")
"""A build on which no indexer is found, and which so keeps the theme's search."""


@dataclass(frozen=True)
class Built:
    """What it took to build a site."""

    seconds: float
    megabytes: float
    """The most memory of one process: of the build, or of the indexer that it started, whichever held more."""


@dataclass(frozen=True)
class Asked:
    """What one query took."""

    milliseconds: float
    kilobytes: float
    """What came over the wire until the first result. What a worker fetches is not seen: the theme's search loads its whole index in one."""
    requests: int
    later: float
    """Kilobytes that came after the first result: counts."""


def build(corpus: Path, *command: str) -> Built:
    """Build the site of `corpus`. Raises RuntimeError where that fails."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=corpus, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command lines
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"the build of {corpus} failed")
    return Built(time.perf_counter() - began, usage.ru_maxrss / 1024)


def size(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def ask(browser: Browser, address: str, query: str, filters: dict[str, str]) -> Asked:
    """Ask once, with nothing in any cache."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    answers: list[tuple[float, int]] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: answers.append((time.perf_counter(), event["encodedDataLength"])))
    if filters:
        page.goto(f"{address}search/?q={query}&{'&'.join(f'{name}={value}' for name, value in filters.items())}")
    else:
        page.locator(".md-search__input").fill(query)
        page.keyboard.press("End")  # theirs looks when a key is let go
    page.wait_for_function("window.shown", timeout=300_000)
    first = time.perf_counter()
    milliseconds = page.evaluate("shown" if filters else "shown - begun")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    context.close()
    before = [size for at, size in answers if at <= first]
    return Asked(milliseconds, sum(before) / 1000, len(before), sum(size for at, size in answers if at > first) / 1000)


class Peaks:
    """Watches the most memory that processes of a name hold, in megabytes, while others work."""

    def __init__(self, name: str) -> None:
        self._name, self._stop = name, threading.Event()
        self.most = 0.0

    def __enter__(self) -> "Peaks":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            for status in Path("/proc").glob("[0-9]*/status"):
                with contextlib.suppress(OSError):
                    lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
                    if lines["Name"].strip() == self._name and "VmHWM" in lines:
                        self.most = max(self.most, int(lines["VmHWM"].split()[0]) / 1024)


def measure(site: Path, queries: dict[str, str], filters: dict[str, dict[str, str]], times: int) -> dict[str, Asked]:
    """What each query costs on a site: the median run of several."""
    with served(site, with_policy=False) as address, opened_chromium() as browser:
        asked = {}
        for name, query in queries.items():
            runs = sorted((ask(browser, address, query, filters.get(name, {})) for _ in range(times)), key=lambda each: each.milliseconds)
            asked[name] = runs[len(runs) // 2]
    return asked


def main() -> None:
    """Make the corpus and both sites, ask both, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("--times", type=int, default=3, help="how often each query is asked (default: %(default)s)")
    parser.add_argument("--ours-only", action="store_true", help="leave out the theme's search, which takes very long over many records")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-search-") as name:
        corpus, ours, theirs = (Path(name) / part for part in ("corpus", "ours", "theirs"))
        synthesise(corpus, given.records)
        stems = sorted(path.stem for path in (corpus / "incidents").glob("*/*-*.md"))
        queries = {key: query or stems[len(stems) // 2] for key, query in QUERIES.items()}
        with Peaks("pagefind") as indexer:
            built = build(corpus, "-m", "mkdocs", "build", "-q", "--site-dir", str(ours))
        index = [size(ours / "search" / part) for part in ("pages", "parts")]
        print(f"{given.records:,} records, {given.times} runs each")
        print(f"  ours    build {built.seconds:.1f} s, {built.megabytes:.0f} MiB, the indexer beside it {indexer.most:.0f} MiB; "
              f"index {index[0]:.1f} MB in pages, {index[1]:.1f} MB in parts")
        found = measure(ours, queries, FILTERS, given.times)
        reference: dict[str, Asked] = {}
        if not given.ours_only:
            plain = build(corpus, "-c", _WITHOUT % str(theirs))
            print(f"  theirs  build {plain.seconds:.1f} s, {plain.megabytes:.0f} MiB; index {size(theirs / 'search'):.1f} MB in one file")
            reference = measure(theirs, {key: query for key, query in queries.items() if key not in OURS_ONLY}, {}, given.times)
        print("| query | ours | on the wire | after that | theirs | ratio |\n|---|---|---|---|---|---|")
        for key, our in found.items():
            their = reference.get(key)
            print(f"| {key} | {our.milliseconds:.0f} ms | {our.kilobytes:.0f} KB, {our.requests} requests | {our.later:.0f} KB | "
                  + (f"{their.milliseconds:.0f} ms | {our.milliseconds / their.milliseconds:.2f} |" if their else "| |"))


if __name__ == "__main__":
    main()
