"""Make the pictures of the guides: `python docs/pictures/make.py http://127.0.0.1:8000`, with Parley running there."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(address: str) -> None:
    """Write board.png: the Paris talks as a reader sees them, on a light screen 1440 pixels wide."""
    path = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if path is None:
        sys.exit("The pictures need Chromium: on Debian, apt install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-GB")
        page.goto(f"{address.rstrip('/')}/n/paris-2026/")
        page.locator("#board").wait_for()
        page.screenshot(path=HERE / "board.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
