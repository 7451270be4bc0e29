"""The commands that Telegram offers while a person types "/"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.telegram.client import Client
from bot.telegram.errors import classed


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is 1-32 of a-z 0-9 _ without the slash, ``description`` 1-256 characters."""

    name: str
    description: str


async def set_menus(client: Client, menus: Mapping[str, Sequence[Command]]) -> None:
    """Replace the menus: ``private`` and ``groups``; an empty one is taken away.

    Raises ValueError for another name, SendError when Telegram refuses.
    """
    for scope, commands in menus.items():
        try:
            await client.set_my_commands(
                [BotCommand(command.name, command.description) for command in commands],
                scope=_scope(scope),
            )
        except TelegramError as error:
            raise classed(error) from None


def _scope(name: str) -> BotCommandScope:
    match name:
        case "private":
            return BotCommandScopeAllPrivateChats()
        case "groups":
            return BotCommandScopeAllGroupChats()
        case _:
            raise ValueError(f"no such menu: {name}")
