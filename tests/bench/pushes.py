"""Reminders pushed side by side: at the network's limit, without any limit, and from a long queue.

Every round of every contestant is a fresh process with everything queued and due at one moment.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic, time

from tests.bench.contest import polling
from tests.bench.flood import Flood
from tests.bench.process import Process
from tests.bench.pushers import Pusher
from tests.bench.reminding import PEOPLE

ROUNDS = 3

WARM, SECONDS = 1.5, 10.0
"""At the limit: seconds of a round that are left out, after the first message, and that count."""

FAST_WARM, FAST_SECONDS = 0.5, 4.0
"""Without a limit; whoever has sent all by then is done."""

MANY = 100_000
"""Reminders of the long queue."""

LEAD = 2.0
"""Seconds until what is queued is due, besides those that queueing takes."""

PATIENCE = 30.0
"""Seconds that the first message may be late."""

LOOK = 0.1
"""Seconds between two looks at the memory."""


@dataclass(slots=True)
class Pushed:
    """What one round saw; the processor's time and the rate are those of the stretch that counts.

    ``late`` is seconds from the moment when all were due to the first message on the wire, None
    when none came.
    """

    queueing: float = 0.0
    late: float | None = None
    sent: int = 0
    seconds: float = 0.0
    cpu: float | None = None
    database: float | None = None
    refused: int = 0
    idle: float | None = None
    most: float | None = None
    """Megabytes with everything queued and nothing due, and at most while sending."""

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.sent / self.seconds if self.seconds else 0.0

    @property
    def whole_cpu(self) -> float | None:
        """With the database outside the process, where there is one."""
        return None if self.cpu is None else self.cpu + (self.database or 0.0)


@dataclass(slots=True)
class Contestant:
    """A way of pushing, and what was seen of it."""

    pusher: Pusher
    paced: list[Pushed] = field(default_factory=list)
    fast: list[Pushed] = field(default_factory=list)
    many: Pushed = field(default_factory=Pushed)


@dataclass(slots=True)
class _Wire:
    """The messages of one round as they arrive."""

    times: list[float] = field(default_factory=list)
    first: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, chat: int, text: str) -> None:
        self.times.append(time())
        self.first.set()


async def measure(pushers: Sequence[Pusher]) -> list[Contestant]:
    """All rounds, one contestant after the other in each."""
    found = [Contestant(pusher) for pusher in pushers]
    for _ in range(ROUNDS):
        for each in found:
            each.paced.append(await push(each.pusher, PEOPLE, WARM, SECONDS, lifted=False))
    for _ in range(ROUNDS):
        for each in found:
            each.fast.append(await push(each.pusher, PEOPLE, FAST_WARM, FAST_SECONDS, lifted=True))
    for each in found:
        each.many = await push(each.pusher, MANY, FAST_WARM, FAST_SECONDS, lifted=False)
    return found


async def push(pusher: Pusher, count: int, warm: float, seconds: float, *, lifted: bool) -> Pushed:
    """One round: so many reminders, watched for so long. Raises RuntimeError without a start."""
    seen, wire, flood, line = Pushed(), _Wire(), Flood(), pusher.line
    command = pusher.begin(lifted=lifted)
    line.refuse = (lambda chat: 0) if lifted else flood.refuse
    line.hear = wire.hear
    line.woken.clear()
    async with Process(*command) as process:
        await polling(pusher.name, line, process)
        due = datetime.now(UTC) + timedelta(seconds=LEAD + count / pusher.a_second)
        began = monotonic()
        await pusher.queue(count, due)
        seen.queueing = monotonic() - began
        await asyncio.sleep(max(0.0, due.timestamp() - time() - LOOK))
        seen.idle = process.megabytes()
        try:
            await asyncio.wait_for(wire.first.wait(), PATIENCE)
        except TimeoutError:
            seen.most = process.megabytes()
        else:
            seen.late = wire.times[0] - due.timestamp()
            await asyncio.sleep(warm)
            await _watch(seen, pusher, process, wire, count, seconds)
        seen.refused = flood.refused
        await process.kill()
    return seen


async def _watch(
    seen: Pushed, pusher: Pusher, process: Process, wire: _Wire, count: int, seconds: float
) -> None:
    """Count and weigh until all is sent or the time is over."""
    before, began = len(wire.times), monotonic()
    cpu, database = process.cpu(), pusher.database_cpu()
    while len(wire.times) < count and monotonic() - began < seconds:
        await asyncio.sleep(LOOK)
        held = process.megabytes()
        if held is not None:
            seen.most = max(held, seen.most or 0.0)
    seen.sent, seen.seconds = len(wire.times) - before, monotonic() - began
    seen.cpu = _since(cpu, process.cpu())
    seen.database = _since(database, pusher.database_cpu())


def _since(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
