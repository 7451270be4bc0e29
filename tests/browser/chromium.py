"""Where a browser is found, and how it is started to reach nothing but this machine."""

import shutil

from playwright.async_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

MISSING = "no Chromium here; on Debian: apt-get install chromium"

QUIET = (
    "--no-sandbox",  # who runs as root, as in a container, gets no other
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without these it asks its maker's servers at every start."""


def program() -> str | None:
    """The path of a browser that is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


async def launch(playwright: Playwright) -> Browser:
    """Start it, without a window. Raises playwright's Error where there is none."""
    return await playwright.chromium.launch(executable_path=program(), args=QUIET)
