"""Who is there: an officer, a chair, two members who have not joined yet, and their group.

Everybody is on every network. Officer and chair are one person each in the bot's eyes, whatever
they write from; members make themselves known.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

import msgspec

from bot.packaged import packaged
from bot.playground.side import Side
from bot.terminal.payload import BOT, CHANNEL
from bot.toml_file import read_toml
from domain.address import Account
from domain.group import Group
from domain.vietnamese import fold
from storage.store import Store


class Player(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who can be played."""

    who: str
    name: str
    role: Literal["officer", "chair", "member"]


class GroupChat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The group of a unit; whoever is not among its members may join."""

    title: str
    unit: str
    by: str
    members: list[str]


class Cast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody, and what the bot is called: ``username`` where networks have such names."""

    bot: str
    username: str
    player: list[Player]
    group: GroupChat


def the_cast() -> Cast:
    """The people of the playground."""
    file = read_toml("cast.toml", packaged("playground", "cast.toml"))
    return msgspec.convert(file.raw, Cast)


def introduce(store: Store, cast: Cast, sides: Sequence[Side], now: datetime) -> None:
    """Let the bot know those who hold a role on every network, and bind the group on each.

    Until they write themselves, they are written to on the first of the networks.
    """
    unit = store.units.by_code(cast.group.unit)
    assert unit is not None
    for player in cast.player:
        person = store.people.by_account(Account(CHANNEL, BOT, fold(player.name)))
        if person is None:
            continue
        for number, side in enumerate(sides):
            store.people.link(side.account(player.who), person.id, now)
            side.acquaint(player.who)
            if number == 0:
                store.people.save(replace(person, address=side.address(player.who)))
            if player.who == cast.group.by:
                place, title = side.group_address(), cast.group.title
                store.groups.bind(Group(place, unit.id, title, bound_by=person.id, bound_at=now))
