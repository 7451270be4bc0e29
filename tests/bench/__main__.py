"""``make bench``: our bot beside the usual ones, measured in turn; a slow one is no failure.

``python -m tests.bench progress`` measures only progress and counting, ``pushes`` only reminders,
``zalo`` only webhooks, ``playground`` only the playground's page.
"""

import asyncio
import sys
from importlib.util import find_spec

from tests.bench import playground, pushes, report, standing, zalo
from tests.bench.contest import contestants, measure
from tests.bench.playground_report import playground as told_of_playground
from tests.bench.pushers import pushers
from tests.bench.pushes_report import pushes as told_of_pushes
from tests.bench.standing_report import standing as told
from tests.bench.startup import start
from tests.bench.zalo_report import webhooks
from tests.browser import chromium


async def main() -> None:
    """Measure and print."""
    print(report.machine(), end="\n\n", flush=True)
    if sys.argv[1:] == ["progress"]:
        print(told(standing.measure()))
        return
    if sys.argv[1:] == ["pushes"]:
        await push()
        return
    if sys.argv[1:] == ["zalo"]:
        await hook()
        return
    if sys.argv[1:] == ["playground"]:
        print(told_of_playground(await playground.measure()))
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
    print(flush=True)
    await hook()
    print(flush=True)
    if chromium.program() is None:
        print(chromium.MISSING)
        return
    print(told_of_playground(await playground.measure()))


async def push() -> None:
    """Measure and print what pushing takes."""
    async with pushers() as found:
        print(told_of_pushes(await pushes.measure(found)))


async def hook() -> None:
    """Measure and print what webhooks take."""
    async with zalo.contestants() as found:
        await zalo.measure(found)
        print(webhooks(found))


if __name__ == "__main__":
    asyncio.run(main())
