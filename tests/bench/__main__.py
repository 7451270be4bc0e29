"""``make bench``: our bot beside the usual ones, measured in turn; a slow one is no failure.

``python -m tests.bench progress`` measures only progress and counting.
"""

import asyncio
import sys
from importlib.util import find_spec

from tests.bench import report, standing
from tests.bench.contest import contestants, measure
from tests.bench.standing_report import standing as told
from tests.bench.startup import start


async def main() -> None:
    """Measure and print."""
    print(report.machine(), end="\n\n", flush=True)
    if sys.argv[1:] == ["progress"]:
        print(told(standing.measure()))
        return
    async with contestants() as bots:
        await measure(bots)
        print(report.contest(bots), end="\n\n", flush=True)
    if find_spec("bot.cli") is None:
        print("sangkien run: not there yet")
        return
    print(report.startup(await start()), end="\n\n", flush=True)
    print(told(standing.measure()))


if __name__ == "__main__":
    asyncio.run(main())
