"""Contestant: our bot, put together as ``sangkien run`` does, with some of its limits lifted.

Where everybody answers at once, one message a second to each would be all there is to measure.
The pace is still kept account of. Reads: FOLDER AHEAD LIMIT..., the seconds that its clock is ahead
of ours and the names of the limits to lift.
"""

import asyncio
import logging
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGTERM
from typing import Any

from bot.app import App
from bot.channels import open_channels
from bot.logs import set_up_logs
from bot.time_and_chance import Clock
from tests.bench.world import installation

LIFTED = 1_000_000.0
"""Messages; more than anybody sends."""


async def run(folder: Path, ahead: timedelta, lifted: Iterable[str]) -> None:
    """Answer and push until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(SIGTERM, stop.set)
    set_up_logs(logging.INFO, json=True)
    ours, clock = installation(folder), Clock(datetime.now(UTC) + ahead)
    (opened,) = await open_channels(ours.config, clock)
    channel = opened.channel
    limits: dict[str, Any] = dict.fromkeys(lifted, LIFTED)
    channel.limits = replace(channel.limits, **limits)
    async with App(ours.house(), ours, clock, [channel]) as app:
        await app.start()
        polling = asyncio.create_task(channel.run(app.receive))
        await stop.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), timedelta(seconds=float(sys.argv[2])), sys.argv[3:]))
