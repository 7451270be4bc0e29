"""The methods about the bot itself: who it is, its commands, what it says of itself."""

from typing import Any

from bot.playground.telegram import limits, menus, shapes
from bot.playground.telegram.call import Call
from bot.playground.telegram.refusals import bad

_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Any:
    return shapes.user(call.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": call.bot.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def log_out(call: Call) -> Any:
    """Leave the cloud server; nothing else works afterwards."""
    call.bot.logged_out = True
    return True


def close(call: Call) -> Any:
    return True


def set_my_commands(call: Call) -> Any:
    commands = call.said.items("commands")
    if len(commands) > limits.COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/")
        if not 1 <= len(name) <= 32 or not name.isascii() or not name.islower():
            raise bad("BOT_COMMAND_INVALID")
        if not name.replace("_", "").isalnum():
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_key(call)] = commands
    return True


def get_my_commands(call: Call) -> Any:
    return call.bot.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> Any:
    call.bot.commands.pop(_key(call), None)
    return True


def set_my_name(call: Call) -> Any:
    return _set(call, "name")


def get_my_name(call: Call) -> Any:
    return {"name": _get(call, "name") or call.bot.name}


def set_my_description(call: Call) -> Any:
    return _set(call, "description")


def get_my_description(call: Call) -> Any:
    return {"description": _get(call, "description")}


def set_my_short_description(call: Call) -> Any:
    return _set(call, "short_description")


def get_my_short_description(call: Call) -> Any:
    return {"short_description": _get(call, "short_description")}


def _key(call: Call) -> menus.Key:
    return menus.key(call.said.decoded("scope"), call.said.text("language_code"))


def _set(call: Call, what: str) -> bool:
    said = call.said.text(what)
    if len(said) > _LENGTHS[what]:
        raise bad(f"BOT_{what.upper()}_TOO_LONG")
    call.bot.about[what, call.said.text("language_code")] = said
    return True


def _get(call: Call, what: str) -> str:
    about = call.bot.about
    return about.get((what, call.said.text("language_code")), "") or about.get((what, ""), "")
