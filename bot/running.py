"""Runs the bot until it is told to stop."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from bot.app import App
from bot.channel import Misconfigured
from bot.channels import (
    Opened,
    TokenRefused,
    group_rules,
    open_channels,
    plans,
    set_menus,
    windows,
)
from bot.config import Web
from bot.installation import Installation
from bot.serving import (
    consent_links,
    file_types,
    is_served,
    paper_links,
    pictures_of,
    serve,
)
from bot.time_and_chance import Clock, fresh_token
from domain.alarms import Alarm
from domain.house import House

log = logging.getLogger(__name__)


async def run(installation: Installation, tell: Callable[[list[Opened]], None]) -> None:
    """Run until SIGTERM or Ctrl+C; ``tell`` hears who we are. Raises TokenRefused."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    clock, web = Clock(), installation.config.web
    pictures = pictures_of(web, installation.data, fresh_token, clock)
    publish = pictures.publish if pictures else None
    opening = asyncio.create_task(
        open_channels(
            installation.config, clock, publish=publish, database_url=installation.database_url
        )
    )
    if not await _first(opening, stop):
        return
    opened = opening.result()
    house = furnished(installation.house(), web, opened)
    async with AsyncExitStack() as stack:
        for each in opened:
            # The app closes them too, unless another one holds the database and none is made.
            stack.push_async_callback(each.channel.close)
        app = App(house, installation, clock, [each.channel for each in opened])
        await stack.enter_async_context(app)
        await app.start()
        if is_served(web, opened):
            await serve(stack, web, app, opened, pictures)
        tell(opened)
        # What is loaded now stays; going through it again and again costs an answer in ten.
        gc.freeze()
        work = asyncio.ensure_future(_take_in(app, opened))
        await _first(work, stop)
    log.info("stopped")


def furnished(house: House, web: Web, opened: Sequence[Opened]) -> House:
    """The house with all that its networks are able to do and ask for."""
    return replace(
        house,
        private_links={(each.channel.name, each.channel.bot): each.link for each in opened},
        group_links={(each.channel.name, each.channel.bot): each.group_link for each in opened},
        paper_links=paper_links(web, opened),
        file_types=file_types(opened),
        plans=plans(opened),
        windows=windows(opened),
        makes_groups=group_rules(opened),
        consent_links=consent_links(web, opened),
    )


async def _take_in(app: App, opened: Sequence[Opened]) -> None:
    """Run all channels and what works unasked; the first that fails ends them all."""
    listening = list(opened)
    async with asyncio.TaskGroup() as group:
        group.create_task(app.watch())
        for each in opened:
            group.create_task(_listen(app, each, listening))
            group.create_task(set_menus(each, app.house.texts))


async def _listen(app: App, opened: Opened, listening: list[Opened]) -> None:
    """Take in what one network has for us, until it refuses our token."""
    try:
        await opened.channel.run(app.receive)
    except Misconfigured:
        listening.remove(opened)
        last = opened.ends_all or not listening
        if not last:
            where = {"channel": opened.channel.name, "bot": opened.channel.bot}
            log.error("token_refused_others_go_on", extra=where)
        # They hear of it through another bot, or once the token is mended.
        await app.alarm(Alarm.TOKEN, opened.channel.bot)
        if last:
            raise TokenRefused(opened.channel.name, opened.channel.bot) from None


async def _first(work: "asyncio.Future[Any]", stop: asyncio.Event) -> bool:
    """Wait for the work or the sign to stop; True when the work ended. Raises what it raised."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([work, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    ended = work.done()
    if not ended:
        work.cancel()
    await asyncio.gather(work, return_exceptions=not ended)
    return ended
