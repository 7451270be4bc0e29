"""``chat``, and ``demo`` where nobody types: the bot in the terminal."""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path

from bot.app import App
from bot.installation import Installation
from bot.logs import set_up_logs
from bot.terminal.channel import TerminalChannel
from bot.terminal.chat import chat
from bot.terminal.screen import Screen
from bot.terminal.talk import Talk
from bot.time_and_chance import Clock, fresh_name
from domain.texts import Texts

PROMPT = "› "


def run_chat(installation: Installation, name: str, *, buttons: bool) -> None:
    """Talk on the installation's own database, in the world's time."""
    set_up_logs(logging.ERROR, json=False)
    words = installation.words
    lines = _typed(words("chat.hello")) if sys.stdin.isatty() else _from(sys.stdin)
    asyncio.run(_talk(installation, Clock(), lines, name or words("chat.you"), {}, buttons=buttons))


def run_demo(words: Texts) -> None:
    """Play the written conversation on made-up data, in a database that is thrown away."""
    from bot.demo import names, sample, script, seed, start_of

    set_up_logs(logging.ERROR, json=False)
    with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
        # Nothing of an installation's own is read or touched.
        installation = sample(Path(folder), words)
        start = start_of(installation)
        seed(installation, start)
        lines = _from(script())
        _write(words("demo.about", now=f"{start:%H:%M %d/%m/%Y}"))
        talk = _talk(installation, Clock(start), lines, words("chat.you"), names())
        asyncio.run(talk)


async def _talk(
    installation: Installation,
    clock: Clock,
    lines: AsyncIterator[str],
    name: str,
    names: Mapping[str, str],
    *,
    buttons: bool = True,
) -> None:
    """``names`` are what people are called who have not spoken yet, by chat."""
    words = installation.words
    screen = Screen(words, _write)
    channel = TerminalChannel(screen, clock, buttons=buttons)
    channel.names.update(names)
    async with App(installation.house(), installation, clock, [channel]) as app:
        typed = sys.stdin.isatty()
        await app.start(background=typed)
        await chat(
            lines,
            Talk(channel, fresh_name(), name),
            channel,
            screen,
            app.receive,
            app.settled,
            app.forward if clock.movable else None,
            echo=not typed,
        )


async def _from(lines: Iterable[str]) -> AsyncIterator[str]:
    """Lines that are already there."""
    for line in lines:
        yield line.rstrip("\n")


async def _typed(hello: str) -> AsyncIterator[str]:
    """Lines as somebody types them, until they end."""
    _write(hello)
    while True:
        try:
            yield await asyncio.to_thread(input, PROMPT)
        except (EOFError, KeyboardInterrupt):
            _write("")
            return


def _write(line: str) -> None:
    """Show it at once: whoever reads a pipe waits for it."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
