"""The list of networks: opens the channels that the settings name."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.bots import ReminderTemplate, Telegram, Webhook, Zalo, ZaloOA
from bot.channel import Channel, Misconfigured, Rendered, SendError
from bot.config import Config
from bot.zalo_oa import assumptions as zalo_oa
from domain.address import Address
from domain.group_wish import GroupRules
from domain.plan import Plan
from domain.texts import Texts
from domain.window import TemplateSpec, Window

if TYPE_CHECKING:
    from aiohttp import web

    from bot.channel import Receive
    from bot.telegram.channel import TelegramChannel
    from bot.zalo.channel import ZaloChannel

log = logging.getLogger(__name__)

PRIVATE_MENU = ("nop", "tiep", "cuatoi", "tiendo", "duyet", "dulieu", "huongdan")
GROUP_MENU = ("progress",)

Pause = Callable[[float], Awaitable[None]]
Publish = Callable[[Rendered], str]


class TokenRefused(Misconfigured):
    """A network does not know the token of a bot account."""

    def __init__(self, network: str, bot: str) -> None:
        super().__init__(bot)
        self.network = network


@dataclass(frozen=True, slots=True)
class Opened:
    """A channel that knows who it is. ``link`` opens a private chat, with ``{payload}`` in it;
    ``group_link`` lets a group be chosen that it is added to; "" where there are none."""

    channel: Channel
    account: Telegram | Zalo | ZaloOA
    called: str
    """How the operator knows it: ``Telegram @sangkien_bot``."""
    routes: "Callable[[Receive], list[web.RouteDef]]"
    """What the web server has to answer for it."""
    link: str = ""
    group_link: str = ""
    offer: Callable[[Texts], Awaitable[None]] | None = None
    """Offers the commands, where the network has menus. Raises SendError."""
    ends_all: bool = True
    """Whether all stop when its token is refused while it works."""
    grant: Callable[[str], Awaitable[None]] | None = None
    """Takes the code of an administrator's consent, where the network asks for one."""


def webhook_path(account: Telegram | Zalo | ZaloOA) -> str:
    """Where on our server a bot account's updates arrive."""
    return f"/{_NETWORKS[type(account)]}/{account.bot}"


def is_group(to: Address) -> bool:
    """Whether a network paces an address as a group."""
    return to.chat.startswith(_GROUPS.get(to.channel, "\0"))


_NETWORKS = {Telegram: "telegram", Zalo: "zalo", ZaloOA: "zalo_oa"}

_GROUPS = {"telegram": "-", "terminal": "group:", "zalo": "group:", "zalo_oa": "group:"}
"""What groups' chats begin with. Telegram's ids of groups are negative (Bot API); Zalo's look
like those of people, so its channel writes it in front of them."""


async def open_channels(
    config: Config,
    now: Callable[[], datetime],
    pause: Pause = asyncio.sleep,
    publish: Publish | None = None,
    database_url: str = "",
) -> list[Opened]:
    """Open all of them, however long Telegram takes. Raises TokenRefused for a wrong token.

    ``publish`` puts a picture where a network can fetch it; without it those show none. The
    database keeps the tokens of Official Accounts.
    """
    opening = [
        *(_telegram(account, now, pause) for account in config.telegram),
        *(_zalo(account, now, pause, publish) for account in config.zalo),
        *(_zalo_oa(account, now, database_url) for account in config.zalo_oa),
    ]
    return list(await asyncio.gather(*opening))


async def set_menus(opened: Opened, texts: Texts) -> None:
    """Offer the commands; a network that does not care for them is left as it is."""
    if opened.offer is None:
        return
    try:
        await opened.offer(texts)
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


def plans(opened: Iterable[Opened]) -> dict[tuple[str, str], Plan]:
    """What the networks' plans allow, where they allow only so much."""
    return {
        (each.channel.name, each.channel.bot): Plan(
            each.called, each.account.people, each.account.groups, each.account.messages
        )
        for each in opened
        if isinstance(each.account, Zalo)
    }


def windows(opened: Iterable[Opened]) -> dict[tuple[str, str], Window]:
    """How long the networks let us write after somebody's last word, where they limit it."""
    return {
        (each.channel.name, each.channel.bot): Window(
            each.called,
            zalo_oa.WRITTEN_TO_FREELY,
            zalo_oa.WRITTEN_TO_AT_ALL,
            each.account.paid,
            _spec(each.account.template),
        )
        for each in opened
        if isinstance(each.account, ZaloOA)
    }


def group_rules(opened: Iterable[Opened]) -> dict[tuple[str, str], GroupRules]:
    """What the networks ask of whoever makes groups, where our bots do."""
    rules = GroupRules(zalo_oa.GROUP_NAME_MOST, zalo_oa.INVITED_AT_ONCE, zalo_oa.INVITED_WITHIN)
    return {
        (each.channel.name, each.channel.bot): rules
        for each in opened
        if isinstance(each.account, ZaloOA) and each.account.gmf_asset
    }


def _spec(template: ReminderTemplate | None) -> TemplateSpec | None:
    if template is None:
        return None
    return TemplateSpec(template.id, template.fields, zalo_oa.FILLINGS_MOST)


async def _telegram(account: Telegram, now: Callable[[], datetime], pause: Pause) -> Opened:
    # Loaded only where Telegram is used: it takes most of a second.
    from bot.telegram.loading import leave_out_command_lines

    leave_out_command_lines()
    from bot.insisting import insist
    from bot.telegram import webhook
    from bot.telegram.channel import TelegramChannel
    from bot.telegram.links import start_link
    from bot.telegram.menu import Command, set_menus

    given = account.webhook
    channel = TelegramChannel(
        account.token,
        now=now,
        base_url=account.api_url,
        webhook=webhook.Webhook(_public(account, given), given.secret) if given else None,
        pause=pause,
    )
    try:
        await insist(channel.introduce, "telegram_does_not_tell_our_name", pause)
    except Misconfigured:
        raise TokenRefused(channel.name, account.bot) from None

    async def offer(texts: Texts) -> None:
        menus = {
            scope: [
                Command(name, texts(f"menu.{name}")) for name in names if f"menu.{name}" in texts
            ]
            for scope, names in (("private", PRIVATE_MENU), ("groups", GROUP_MENU))
        }
        await set_menus(channel.client, menus)

    home, path = start_link(channel.username), webhook_path(account)
    return Opened(
        channel,
        account,
        f"Telegram @{channel.username}",
        lambda receive: channel.routes(path, receive),
        f"{home}?start={{payload}}",
        f"{home}?startgroup={{payload}}",
        offer,
    )


async def _zalo(
    account: Zalo, now: Callable[[], datetime], pause: Pause, publish: Publish | None
) -> Opened:
    from bot.zalo import webhook
    from bot.zalo.channel import ZaloChannel

    given = account.webhook
    channel = ZaloChannel(
        account.token,
        now=now,
        name=account.name,
        base_url=account.api_url,
        webhook=webhook.Webhook(_public(account, given), given.secret) if given else None,
        publish=publish,
        a_month=account.messages,
        pause=pause,
    )
    try:
        await channel.introduce()
    except Misconfigured:
        raise TokenRefused(channel.name, account.bot) from None
    except SendError as fault:
        # It works without, and an outage there keeps no other network waiting.
        asked = {"bot": account.bot, "fault": str(fault)}
        log.warning("zalo_does_not_tell_who_we_are", extra=asked)
    path = webhook_path(account)
    return Opened(
        channel,
        account,
        f"Zalo {channel.shown}",
        lambda receive: channel.routes(path, receive),
        ends_all=False,
    )


async def _zalo_oa(account: ZaloOA, now: Callable[[], datetime], database_url: str) -> Opened:
    from bot.zalo_oa.channel import ZaloOAChannel
    from bot.zalo_oa.groups import Gmf
    from bot.zalo_oa.tokens import Tokens

    # Its tables are made after this: it asks Zalo who it is once it runs.
    tokens = Tokens(account, database_url, now)
    channel = ZaloOAChannel(
        account.bot,
        tokens,
        app_id=account.app_id,
        webhook_secret=account.webhook_secret,
        now=now,
        name=account.name,
        buttons=account.buttons,
        gmf=Gmf(account.gmf_asset, account.gmf_admin),
        base_url=account.api_url,
    )
    path = webhook_path(account)
    return Opened(
        channel,
        account,
        f"Zalo OA {channel.shown}",
        lambda receive: channel.routes(path, receive),
        zalo_oa.CHAT_LINK.format(oa=account.bot),
        ends_all=False,
        grant=tokens.grant,
    )


def _public(account: Telegram | Zalo, given: Webhook) -> str:
    """Where the network reaches our server."""
    return f"{given.public_url.rstrip('/')}{webhook_path(account)}"


def asking(account: Telegram) -> "TelegramChannel":
    """A channel that only asks Telegram about itself."""
    from bot.telegram.channel import TelegramChannel

    return TelegramChannel(account.token, now=_never, base_url=account.api_url)


def asking_zalo(account: Zalo) -> "ZaloChannel":
    """A channel that only asks Zalo about itself."""
    from bot.zalo.channel import ZaloChannel

    return ZaloChannel(account.token, now=_never, name=account.name, base_url=account.api_url)


def _never() -> datetime:
    raise AssertionError("nothing is taken in here")
