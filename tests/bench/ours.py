"""Contestant: our bot, put together as ``sangkien run`` does, with the pace per chat lifted.

Everybody answers at once here, and one message a second to each would be all there is to measure.
The pace is still kept account of. Reads: FOLDER.
"""

import asyncio
import logging
import sys
from dataclasses import replace
from pathlib import Path
from signal import SIGTERM

from bot.app import App
from bot.channels import open_channels
from bot.logs import set_up_logs
from bot.time_and_chance import Clock
from tests.bench.world import installation

A_CHAT_SECOND = 1000.0


async def run(folder: Path) -> None:
    """Answer until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(SIGTERM, stop.set)
    set_up_logs(logging.INFO, json=True)
    ours, clock = installation(folder), Clock()
    (opened,) = await open_channels(ours.config, clock)
    channel = opened.channel
    channel.limits = replace(channel.limits, a_chat_second=A_CHAT_SECOND)
    async with App(ours.house(), ours, clock, [channel]) as app:
        await app.start()
        polling = asyncio.create_task(channel.run(app.receive))
        await stop.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
