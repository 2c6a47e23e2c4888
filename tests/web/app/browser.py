"""A real browser: the system's, or Playwright's own."""

from __future__ import annotations

import os
import shutil

NAMES = (
    "chromium-headless-shell",  # without windows: it takes half the processor time
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-site-isolation-trials",  # or each page gets a process more, for what may be opened next
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def system_browser() -> str | None:
    """The path of the system's browser, or of the one in GOALTREE_BROWSER; None for Playwright's own."""
    named = os.environ.get("GOALTREE_BROWSER")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)
