"""What the register costs a reader: how heavy its file of columns is, and how soon a filter or another order stands there, in a headless Chromium.

Run it as `python tools/bench/register.py --records 10000`. A small site is built; its page of all incidents and the files beside it are then
made from the large corpus, since building the pages of all its records would add nothing to what is measured.
"""

import argparse
import gzip
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page
from synthesise import synthesise

from amends.corpus import Corpus
from amends.publishing.export import Export
from amends.publishing.register import as_script, register_columns
from amends.record import Record
from amends.render.browse import REGISTER, TABLE, render_register
from amends.settings import load_settings
from browsing import opened_chromium, served, write_site

STEPS = {
    "a severity": "form => { form.severity.value = 'sev2'; form.severity.dispatchEvent(new Event('change')) }",
    "and a service": "form => { form.service.value = 'boards'; form.service.dispatchEvent(new Event('change')) }",
    "every filter away": "form => form.reset()",
    "a word": "form => { form.words.value = 'certif'; form.words.dispatchEvent(new Event('input')) }",
    "another word": "form => { form.words.value = 'slow wiki'; form.words.dispatchEvent(new Event('input')) }",
    "no word": "form => { form.words.value = ''; form.words.dispatchEvent(new Event('input')) }",
    "by title": "form => document.querySelector('[data-sort=title] button').click()",
    "by title, other way": "form => document.querySelector('[data-sort=title] button').click()",
    "by length": "form => document.querySelector('[data-sort=lasted] button').click()",
    "by affected": "form => document.querySelector('[data-sort=affected] button').click()",
    "by severity": "form => document.querySelector('[data-sort=severity] button').click()",
    "next page": "form => document.querySelector('[data-step=\"1\"]').click()",
}
"""What a reader does, as a script on the form."""

_CHANGED = """(form, step) => new Promise((done) => {
  const body = document.querySelector('.am-browse tbody');
  const begun = performance.now();
  new MutationObserver((_, seen) => { seen.disconnect(); body.getBoundingClientRect(); done(performance.now() - begun); }).observe(body, { childList: true });
  eval(step)(form);
})"""


def make(folder: Path, records: int) -> None:
    """The site of a few records with the register of many."""
    synthesise(folder / "few", 3, 1)
    synthesise(folder / "many", records, 1)
    write_site(folder / "few" / "mkdocs.yml", folder / "site")
    corpus = Corpus.open(load_settings(folder / "many" / "mkdocs.yml")).only(lambda record: record.status.public)
    site = folder / "site"

    def href(uri: str, fragment: str = "") -> str:
        return f"../{uri.removesuffix('.md')}{fragment and '#'}{fragment}"

    def url(record: Record) -> str:
        return f"{record.path.removesuffix('.md')}/"

    page = site / "incidents" / "index.html"
    head, _, rest = page.read_text(encoding="utf-8").partition('<div class="am-browse"')
    tail = rest.partition("JSON</a></p></div>")[2]
    page.write_text(f"{head}{render_register(corpus, href, 'incidents/{}'.format)}{tail}", encoding="utf-8")
    began = time.perf_counter()
    (site / REGISTER).write_text(as_script(register_columns(corpus, str, url, lambda record: record.stem)), encoding="utf-8")
    print(f"{len(corpus.records):,} records; columns made in {time.perf_counter() - began:.2f} s")
    (site / TABLE).write_text(Export.of(corpus).csv(), encoding="utf-8")
    for name in (REGISTER, TABLE, "incidents/index.html"):
        content = (site / name).read_bytes()
        print(f"{name:24} {len(content) / 1024:8.0f} KiB, with gzip {len(gzip.compress(content)) / 1024:6.0f} KiB")


def measure(page: Page, times: int) -> None:
    """Each step some times over: the middle one and the slowest, in milliseconds."""
    form = page.locator(".am-browse form")
    taken: dict[str, list[float]] = {name: [] for name in STEPS}
    for _ in range(times):
        page.reload()
        form.locator("button[data-do]").focus()
        page.wait_for_load_state("networkidle")
        for name, step in STEPS.items():
            taken[name].append(form.evaluate(f"(form, step) => ({_CHANGED})(form, step)", step))
    for name, each in taken.items():
        print(f"{name:24} {statistics.median(each):6.0f} ms, at most {max(each):6.0f} ms")
    print(f"{'elements on the page':24} {page.evaluate('document.querySelectorAll(`*`).length'):6}")


def main() -> None:
    """Make the site, look at it, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--records", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--times", type=int, default=5, help="how often each step is taken (default: %(default)s)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, opened_chromium() as browser:
        make(Path(name), arguments.records)
        with served(Path(name, "site")) as address:
            page = browser.new_page(bypass_csp=True)
            page.goto(f"{address}incidents/")
            measure(page, arguments.times)


if __name__ == "__main__":
    main()
