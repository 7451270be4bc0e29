"""Three bots side by side on one network, measured in turn."""

import asyncio
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import talk
from tests.bench.crowd import Crowd, Seen
from tests.bench.network import Line, Network
from tests.bench.process import Process
from tests.bench.world import install

PEOPLE = 64
"""Chats that talk at the same time in a round."""

ROUNDS = 7
WARM, SECONDS = 1.0, 4.0
"""Seconds of a round that are left out, and that count."""

STROLLERS, EVERY, STROLL = 50, 2.0, 20.0
"""The calm day: so many people, each answering once in so many seconds, for so long."""

START = 90.0
"""Seconds until a bot has to poll: importing aiogram alone may take ten."""

KNOWN = 16_000
"""People that our database and the stored one begin with: each gives eight answers."""


@dataclass(slots=True)
class Contestant:
    """One bot, and what was seen of it."""

    name: str
    process: Process
    crowd: Crowd
    rounds: list[Seen] = field(default_factory=list)
    calm: Seen = field(default_factory=Seen)
    megabytes: float | None = None


@asynccontextmanager
async def contestants() -> AsyncIterator[list[Contestant]]:
    """Ours, the usual stack, and aiogram in memory: started, polling, ended afterwards."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        network = await stack.enter_async_context(Network())
        ours, stored, memory = (network.line(f"{number}:bench") for number in (1001, 1002, 1003))
        install(folder / "ours", network.url, ours.token, KNOWN)
        commands = (
            ("ours", ours, ("tests.bench.ours", str(folder / "ours"), "0", "a_chat_second")),
            (
                "(a) aiogram, SQLAlchemy",
                stored,
                (
                    "tests.bench.stored",
                    network.url,
                    stored.token,
                    str(folder / "stored.sqlite3"),
                    str(KNOWN),
                ),
            ),
            ("(b) aiogram, memory", memory, ("tests.bench.in_memory", network.url, memory.token)),
        )
        found = []
        for name, line, command in commands:
            process = await stack.enter_async_context(Process(*command))
            await polling(name, line, process)
            found.append(Contestant(name, process, Crowd(line, process, _chats())))
        yield found


async def measure(bots: list[Contestant]) -> None:
    """All rounds, one bot after the other in each, then the calm day of each."""
    for _ in range(ROUNDS):
        for bot in bots:
            bot.rounds.append(await bot.crowd.rush(PEOPLE, WARM, SECONDS))
    for bot in bots:
        bot.calm = await bot.crowd.stroll(STROLLERS, EVERY, STROLL)
        bot.megabytes = bot.process.megabytes()


async def polling(name: str, line: Line, process: Process) -> None:
    """Wait for the first getUpdates. Raises RuntimeError when it does not come."""
    for _ in range(math.ceil(START / 0.5)):
        if process.ended:
            break
        try:
            await asyncio.wait_for(line.woken.wait(), 0.5)
        except TimeoutError:
            continue
        return
    raise RuntimeError(f"{name} does not poll\n{process.errors}")


def _chats() -> Iterator[int]:
    return iter(range(talk.FIRST_CHAT, talk.FIRST_CHAT + KNOWN))
