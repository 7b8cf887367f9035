"""Take a picture of every kind of page of this repository's site, wide and narrow, light and dark, for people to look at."""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from browsing import KINDS_OF_PAGE, ROOT, opened_chromium, served, write_site

SPECIAL = {
    "register-narrowed": "incidents/?severity=sev1&sort=lasted&order=descending",
    "search": "search/?q=backup",
    "again-saved": "it-is-happening-again.html",
    "not-found": "404.html",
}
"""What is no kind of page of its own, and has a look of its own all the same."""

WIDTHS = {"wide": 1280, "narrow": 390}


def take(folder: Path, *, whole: bool) -> None:
    """Write `<page>-<width>-<scheme>.png` into `folder` for every page."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as built, opened_chromium() as browser:
        write_site(ROOT / "mkdocs.yml", Path(built))
        with served(Path(built)) as address:
            for scheme in ("light", "dark"):
                for word, width in WIDTHS.items():
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)

                    def keep(name: str, page: Page = page, kind: str = f"{word}-{scheme}") -> None:
                        page.screenshot(path=folder / f"{name}-{kind}.png", full_page=whole)

                    for name, url in (KINDS_OF_PAGE | SPECIAL).items():
                        page.goto(address + url, wait_until="networkidle")
                        keep(name)
                    page.goto(address, wait_until="networkidle")
                    page.keyboard.press("/")
                    page.keyboard.type("certificates")
                    page.locator(".am-search [role=option]").first.wait_for()
                    page.wait_for_load_state("networkidle")
                    keep("search-box")
                    page.close()


def main() -> None:
    """Parse the arguments and take the pictures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, default=Path("build/pictures"), help="where they go (default: %(default)s)")
    arguments.add_argument("--whole", action="store_true", help="the whole page, not only what fits the screen")
    given = arguments.parse_args()
    take(given.folder, whole=given.whole)


if __name__ == "__main__":
    main()
