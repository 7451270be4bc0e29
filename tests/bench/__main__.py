"""``make bench``: our bot beside the usual ones, measured in turn; a slow one is no failure."""

import asyncio
from importlib.util import find_spec

from tests.bench import report
from tests.bench.contest import contestants, measure
from tests.bench.startup import start


async def main() -> None:
    """Measure and print."""
    print(report.machine(), end="\n\n", flush=True)
    async with contestants() as bots:
        await measure(bots)
        print(report.contest(bots), end="\n\n", flush=True)
    if find_spec("bot.cli") is None:
        print("sangkien run: not there yet")
        return
    print(report.startup(await start()))


if __name__ == "__main__":
    asyncio.run(main())
