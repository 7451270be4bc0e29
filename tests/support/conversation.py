"""A bot that answers without handlers, and a script played to it through the real machinery."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.app import App
from bot.attempts import LEASE
from bot.installation import Installation, read_installation
from bot.packaged import operator_texts
from bot.terminal.channel import TerminalChannel
from bot.terminal.chat import chat
from bot.terminal.screen import Screen
from bot.terminal.talk import Talk
from bot.time_and_chance import Clock
from domain.action import Action
from domain.message import Button, Incoming, Outgoing
from domain.parcel import Parcel
from storage.store import Store

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

BUTTONS = ((Button("Có", Action("yes")), Button("Không", Action("no"))),)


def echo(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
    """Say back what was said; "nút" brings buttons, "hỏi" a question that a number may answer."""
    if not store.inbox.record(said.key, now):
        return []
    if said.text == "hỏng":
        raise RuntimeError("as asked")
    for file in said.files:
        store.files.expect(file, said.origin.channel, said.origin.bot, None, None, now)
    tapped = f"tapped {said.action.verb}" if said.action else ""
    kind = f"{len(said.files)} files" if said.files else said.unreadable
    words = tapped or kind or ("edited " if said.edited else "") + said.text
    say = Outgoing(words, BUTTONS if said.text in ("nút", "hỏi") else (), asks=said.text == "hỏi")
    parcel = Parcel(f"reply:{said.key}", said.origin, say, not_before=now)
    return store.parcels.add_all([parcel], "tests", now + LEASE)


async def play(
    script: str,
    folder: Path,
    *,
    respond: Callable[[Store, Incoming, datetime], list[Parcel]] | None = echo,
    buttons: bool = True,
    watch: Callable[[App], None] = lambda app: None,
) -> list[str]:
    """The lines that a terminal shows when this script is read, after the script's own."""
    words = operator_texts()
    installation = sample(folder)
    shown: list[str] = []
    screen, clock = Screen(words, shown.append), Clock(START)
    channel = TerminalChannel(screen, clock, buttons=buttons)
    house = installation.house()
    async with App(house, installation, clock, [channel], respond=respond) as app:
        await app.start(background=False)
        await chat(
            _each(script.splitlines()),
            Talk(channel, "test", "Vũ"),
            channel,
            screen,
            app.receive,
            app.settled,
            app.forward,
            echo=False,
        )
        watch(app)
    return [line.strip() for line in shown]


def sample(folder: Path) -> Installation:
    """An installation without settings that keeps everything in this folder."""
    config = folder / "config.toml"
    if not config.exists():
        config.write_text("")
    return read_installation(config, operator_texts(), {})


async def _each(lines: Sequence[str]) -> AsyncIterator[str]:
    for line in lines:
        yield line
