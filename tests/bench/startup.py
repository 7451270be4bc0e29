"""How soon ``sangkien run`` polls, and what it holds after a thousand answers."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.bench import talk
from tests.bench.contest import polling
from tests.bench.crowd import Crowd
from tests.bench.network import Network
from tests.bench.process import Process
from tests.bench.world import CONFIG, install

STARTS = 3

ANSWERS = 1000


@dataclass(frozen=True, slots=True)
class Startup:
    """``seconds`` are those of each start; the memory is that of the last one."""

    seconds: list[float]
    fresh: float | None
    megabytes: float | None
    answers: int


async def start() -> Startup:
    """Start it a few times on a database that exists, and let the last one answer."""
    seconds: list[float] = []
    people = ANSWERS // len(talk.STEPS)
    with TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary) / "run"
        async with Network() as network:
            for number in range(STARTS):
                line = network.line("1001:bench")
                if number == 0:
                    install(folder, network.url, line.token, people)
                line.woken.clear()
                began = monotonic()
                async with Process("bot", "run", "--config", str(folder / CONFIG)) as process:
                    await polling("sangkien run", line, process)
                    seconds.append(line.polled - began)
                    if number + 1 < STARTS:
                        continue
                    fresh = process.megabytes()
                    chats = iter(range(talk.FIRST_CHAT, talk.FIRST_CHAT + people))
                    answers = await Crowd(line, process, chats).everybody(people)
                    return Startup(seconds, fresh, process.megabytes(), answers)
    raise AssertionError("no start")
