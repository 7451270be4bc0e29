"""The command menu: which list a person is offered, by scope and language."""

from typing import Any

from bot.playground.telegram.refusals import bad
from bot.playground.telegram.world import BotAccount, Chat, Person

Key = tuple[str, int, int, str]

_BARE = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


def key(scope: Any, language: str) -> Key:
    """Under which key a list of commands is kept."""
    if scope is None:
        return "default", 0, 0, language
    if not isinstance(scope, dict):
        raise bad("BotCommandScope must be an Object")
    kind = str(scope.get("type", ""))
    if kind in _BARE:
        return kind, 0, 0, language
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad("unsupported type specified")
    if "chat_id" not in scope:
        raise bad("chat identifier is not specified")
    user = int(scope.get("user_id", 0)) if kind == "chat_member" else 0
    return kind, int(scope["chat_id"]), user, language


def offered(bot: BotAccount, chat: Chat, person: Person) -> list[dict[str, Any]]:
    """The first list that fits, from the narrowest scope to the widest.

    The order is that of the Bot API page, "Determining list of commands".
    """
    scopes: list[tuple[str, int, int]] = []
    if chat.kind == "private":
        scopes += [("chat", chat.id, 0), ("all_private_chats", 0, 0)]
    else:
        scopes.append(("chat_member", chat.id, person.id))
        if chat.governs(person.id):
            scopes.append(("chat_administrators", chat.id, 0))
        scopes.append(("chat", chat.id, 0))
        if chat.governs(person.id):
            scopes.append(("all_chat_administrators", 0, 0))
        scopes.append(("all_group_chats", 0, 0))
    scopes.append(("default", 0, 0))
    for scope in scopes:
        for language in (person.language, ""):
            commands = bot.commands.get((*scope, language))
            if commands:
                return commands
    return []
