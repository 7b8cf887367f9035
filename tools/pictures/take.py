"""Take a picture of every kind of page, wide and narrow, light and dark, for people to look at.

The site in `site/` must have been built with directory URLs off (`make site`); it is read from disk.
"""

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGES = {
    "home": "index.html",
    "register": "incidents/index.html",
    "record": "incidents/2022/2022-04-05-atlassian-site-deletion.html",
    "prevention": "prevention/index.html",
    "checklist": "prevention/rollout.html",
    "services": "services/index.html",
    "factor": "factors/shared-fate.html",
    "again": "again.html",
    "again-saved": "it-is-happening-again.html",
    "risks": "risks.html",
    "actions": "actions.html",
    "promises": "promises.html",
    "support": "support.html",
    "trust": "trust.html",
    "rules": "rules/index.html",
    "rule": "rules/p501.html",
}
WIDTHS = {"wide": 1280, "narrow": 390}


def take(site: Path, folder: Path, *, whole: bool) -> None:
    """Write `<page>-<width>-<scheme>.png` into `folder` for every page that the site has."""
    folder.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        raise SystemExit("Chromium is needed; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        for scheme in ("light", "dark"):
            for word, width in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                for name, url in PAGES.items():
                    if (site / url).is_file():
                        page.goto((site / url).resolve().as_uri())
                        page.screenshot(path=folder / f"{name}-{word}-{scheme}.png", full_page=whole)
                page.close()
        browser.close()


def main() -> None:
    """Parse the arguments and take the pictures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--site", type=Path, default=Path("site"))
    arguments.add_argument("--folder", type=Path, default=Path("build/pictures"))
    arguments.add_argument("--whole", action="store_true", help="the whole page, not only what fits the screen")
    given = arguments.parse_args()
    take(given.site, given.folder, whole=given.whole)


if __name__ == "__main__":
    main()
