"""The list of networks: opens the channels that the settings name."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channel import Channel, Misconfigured, SendError
from bot.config import Config, Telegram
from domain.address import Address
from domain.texts import Texts

if TYPE_CHECKING:
    from aiohttp import web

    from bot.channel import Receive
    from bot.telegram.channel import TelegramChannel

log = logging.getLogger(__name__)

PRIVATE_MENU = ("nop", "tiep", "cuatoi", "tiendo", "duyet", "dulieu", "huongdan")
GROUP_MENU = ("progress",)


@dataclass(frozen=True, slots=True)
class Opened:
    """A channel that knows who it is. ``link`` opens a private chat, with ``{payload}`` in it;
    ``group_link`` lets a group be chosen that it is added to."""

    channel: "TelegramChannel"
    account: Telegram
    link: str
    group_link: str

    def routes(self, receive: "Receive") -> "list[web.RouteDef]":
        """What the web server has to answer for it."""
        return self.channel.routes(webhook_path(self.account), receive)


def webhook_path(account: Telegram) -> str:
    """Where on our server a bot account's updates arrive."""
    return f"/telegram/{account.bot}"


def is_group(to: Address) -> bool:
    """Whether a network paces an address as a group."""
    return to.chat.startswith(_GROUPS.get(to.channel, "\0"))


_GROUPS = {"telegram": "-", "terminal": "group:"}
"""What the ids of groups begin with (Bot API: their ids are negative)."""


async def open_channels(
    config: Config,
    now: Callable[[], datetime],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> list[Opened]:
    """Open all of them, however long the networks take. Raises Misconfigured for a wrong token."""
    return list(
        await asyncio.gather(*(_telegram(account, now, pause) for account in config.telegram))
    )


async def set_menus(opened: Opened, texts: Texts) -> None:
    """Offer the commands; a network that does not care for them is left as it is."""
    from bot.telegram.menu import Command, set_menus

    menus = {
        scope: [Command(name, texts(f"menu.{name}")) for name in names if f"menu.{name}" in texts]
        for scope, names in (("private", PRIVATE_MENU), ("groups", GROUP_MENU))
    }
    try:
        await set_menus(opened.channel.client, menus)
    except SendError as fault:
        log.warning(
            "menus_not_set", extra={"bot": opened.account.bot, "fault": type(fault).__name__}
        )


def by_name(channels: list[Channel]) -> dict[tuple[str, str], Channel]:
    """Channels as delivery looks them up."""
    return {(channel.name, channel.bot): channel for channel in channels}


def allowances(channels: Iterable[Channel]) -> dict[tuple[str, str], int]:
    """How many messages a month the networks allow, where they count them."""
    limits = {(each.name, each.bot): each.limits.a_month for each in channels}
    return {name: most for name, most in limits.items() if most}


async def _telegram(
    account: Telegram, now: Callable[[], datetime], pause: Callable[[float], Awaitable[None]]
) -> Opened:
    # Loaded only where Telegram is used: it takes most of a second.
    from bot.telegram.loading import leave_out_command_lines

    leave_out_command_lines()
    from bot.telegram.channel import TelegramChannel
    from bot.telegram.insisting import insist
    from bot.telegram.links import start_link
    from bot.telegram.webhook import Webhook

    given = account.webhook
    url = f"{given.public_url.rstrip('/')}{webhook_path(account)}" if given else ""
    channel = TelegramChannel(
        account.token,
        now=now,
        base_url=account.api_url,
        webhook=Webhook(url, given.secret) if given else None,
    )
    try:
        await insist(channel.introduce, "telegram_does_not_tell_our_name", pause)
    except Misconfigured:
        raise Misconfigured(account.bot) from None
    home = start_link(channel.username)
    return Opened(channel, account, f"{home}?start={{payload}}", f"{home}?startgroup={{payload}}")


def asking(account: Telegram) -> "TelegramChannel":
    """A channel that only asks the network about itself."""
    from bot.telegram.channel import TelegramChannel

    return TelegramChannel(account.token, now=_never, base_url=account.api_url)


def _never() -> datetime:
    raise AssertionError("nothing is taken in here")
