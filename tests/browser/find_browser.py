"""Is there a browser to test with? `python -m tests.browser.find_browser` exits with 0 when there is."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def system_browser() -> str | None:
    """The machine's own browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def _playwright_browser() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


if __name__ == "__main__":
    sys.exit(0 if system_browser() or _playwright_browser() else 1)
