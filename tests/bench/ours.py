"""Contestant: our bot, put together as ``sangkien run`` does, with some of its limits lifted.

What its settings say of webhooks is served; otherwise it polls.

Where everybody answers at once, one message a second to each would be all there is to measure.
The pace is still kept account of. Reads: FOLDER AHEAD LIMIT..., the seconds that its clock is ahead
of ours and the names of the limits to lift.
"""

import asyncio
import logging
import sys
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGTERM
from typing import Any

from bot.app import App
from bot.channels import open_channels
from bot.logs import set_up_logs
from bot.pacing import Rate
from bot.serving import is_served, serve
from bot.time_and_chance import Clock
from bot.zalo_oa import client
from tests.bench.world import installation

LIFTED = 1_000_000.0
"""Messages; more than anybody sends."""

CALLS = "calls"
"""Stands for what the app of an Official Account may call in a minute."""


async def run(folder: Path, ahead: timedelta, lifted: Iterable[str]) -> None:
    """Answer and push until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(SIGTERM, stop.set)
    set_up_logs(logging.INFO, json=True)
    ours, clock = installation(folder), Clock(datetime.now(UTC) + ahead)
    names = set(lifted)
    if CALLS in names:
        client.PACE = Rate(0.0, 1)
    (opened,) = await open_channels(ours.config, clock, database_url=ours.database_url)
    channel = opened.channel
    limits: dict[str, Any] = dict.fromkeys(names - {CALLS}, LIFTED)
    channel.limits = replace(channel.limits, **limits)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(App(ours.house(), ours, clock, [channel]))
        await app.start()
        if is_served(ours.config.web, [opened]):
            await serve(stack, ours.config.web, app, [opened])
        listening = asyncio.create_task(channel.run(app.receive))
        await stop.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), timedelta(seconds=float(sys.argv[2])), sys.argv[3:]))
