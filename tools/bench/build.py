"""What a build costs, against plain Material on the Markdown that Amends composes: same pages, same extensions, one run.

The plain site is made from a real build: each page's composed Markdown, with Amends' own HTML in its place, becomes a file.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page
from synthesise import synthesise

from amends.site.pages import Pages


def write_plain(corpus: Path, plain: Path) -> int:
    """Write the plain site for the one in `corpus`; the number of its pages."""
    pages = 0
    source = Pages.source

    def kept(self: Pages, page: Page) -> str | None:
        nonlocal pages
        markdown = source(self, page)
        if markdown is not None:
            uri = page.file.src_uri
            text = markdown
            for word, fragment in self.fragments.get(uri, {}).items():
                text = text.replace(word, fragment.replace("\n", " "))
            target = plain / "docs" / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            pages += 1
        return markdown

    Pages.source = kept  # type: ignore[method-assign]  # during this build only
    try:
        build(load_config(str(corpus / "mkdocs.yml"), site_dir=str(plain / "reference")))
    finally:
        Pages.source = source  # type: ignore[method-assign]  # as it was
    shutil.rmtree(plain / "reference")
    (plain / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    (plain / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme: {name: material, font: false}\nnav: [index.md]\nnot_in_nav: '*'\nmarkdown_extensions: [attr_list]\n"
        "plugins: [search]\n", encoding="utf-8")
    return pages


@dataclass(frozen=True)
class Taken:
    """What one `mkdocs build` took."""

    wall: float
    """Seconds, the indexer working beside it."""
    cpu: float
    """Seconds of all processors, the indexer's among them: what a machine that has other work too still tells truly."""
    memory: int
    """The most, in MiB."""


def timed(folder: Path) -> Taken:
    """Build the site of `folder`."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, stderr=subprocess.DEVNULL,
                               env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    _, _, usage = os.wait4(process.pid, 0)
    return Taken(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def main() -> None:
    """Print a line for each build and their ratio."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=1000)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        corpus, plain = Path(name) / "corpus", Path(name) / "plain"
        synthesise(corpus, given.records)
        pages = write_plain(corpus, plain)
        pairs = [(timed(corpus), timed(plain)) for _ in range(given.runs)]
    print(f"{given.records} records, {pages} pages, median of {given.runs} pairs")
    for name, number in (("amends", 0), ("plain Material", 1)):
        taken = [pair[number] for pair in pairs]
        wall, cpu = statistics.median(each.wall for each in taken), statistics.median(each.cpu for each in taken)
        print(f"  {name:15} {wall:7.1f} s   {cpu:7.1f} s of CPU   {cpu / pages * 1000:5.1f} ms a page   {max(each.memory for each in taken)} MiB")
    walls, cpus = (statistics.median(getattr(a, kind) / getattr(b, kind) for a, b in pairs) for kind in ("wall", "cpu"))
    print(f"  ratio           {walls:7.2f}     {cpus:7.2f}")


if __name__ == "__main__":
    main()
