"""``demo`` at a terminal: the playground, until Ctrl+C."""

import asyncio
import logging
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot.demo import sample, seed, start_of
from bot.logs import set_up_logs
from bot.playground.stage import Stage
from bot.telling import say
from domain.texts import Texts

WINDOW_SYSTEMS = ("DISPLAY", "WAYLAND_DISPLAY")
"""One of these is set where windows can be shown; elsewhere a browser would fill the terminal."""


def run_playground(words: Texts, port: int, *, open_page: bool) -> None:
    """Play on made-up data in a database that is thrown away afterwards; port 0 is a free one.

    Nothing of an installation's own is read or touched.
    """
    set_up_logs(logging.ERROR, json=False)
    with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
        installation = sample(Path(folder), words)
        seed(installation, start_of(installation))
        stage = Stage(installation, Path(folder), port)
        with suppress(KeyboardInterrupt):
            asyncio.run(_play(stage, words, open_page=open_page and shows_windows(os.environ)))
    say(words("playground.stopped"))


def shows_windows(environment: Mapping[str, str]) -> bool:
    """Whether a browser would open a window of its own."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in WINDOW_SYSTEMS)


async def _play(stage: Stage, words: Texts, *, open_page: bool) -> None:
    stop = asyncio.Event()
    # Windows has no such handlers, and ends by KeyboardInterrupt.
    if sys.platform != "win32":
        for signum in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    async with stage.opened():
        say(words("playground.open", url=stage.url))
        if open_page:
            await asyncio.to_thread(webbrowser.open, stage.url)
        await stop.wait()
