"""``make bench``: our bot beside the usual ones, measured in turn; a slow one is no failure.

``python -m tests.bench progress`` measures only progress and counting, ``python -m tests.bench
pushes`` only reminders.
"""

import asyncio
import sys
from importlib.util import find_spec

from tests.bench import pushes, report, standing
from tests.bench.contest import contestants, measure
from tests.bench.pushers import pushers
from tests.bench.pushes_report import pushes as told_of_pushes
from tests.bench.standing_report import standing as told
from tests.bench.startup import start


async def main() -> None:
    """Measure and print."""
    print(report.machine(), end="\n\n", flush=True)
    if sys.argv[1:] == ["progress"]:
        print(told(standing.measure()))
        return
    if sys.argv[1:] == ["pushes"]:
        await push()
        return
    async with contestants() as bots:
        await measure(bots)
        print(report.contest(bots), end="\n\n", flush=True)
    if find_spec("bot.cli") is None:
        print("sangkien run: not there yet")
        return
    print(report.startup(await start()), end="\n\n", flush=True)
    print(told(standing.measure()), end="\n\n", flush=True)
    await push()


async def push() -> None:
    """Measure and print what pushing takes."""
    async with pushers() as found:
        print(told_of_pushes(await pushes.measure(found)))


if __name__ == "__main__":
    asyncio.run(main())
