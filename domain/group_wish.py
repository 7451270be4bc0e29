"""Wishes for group chats that the bot makes itself, where a network lets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class WishState(StrEnum):
    """Where a wish is. ``making``: the network is being asked, or was and nobody heard what it
    said; ``unsure``: it never told."""

    WISHED = "wished"
    MAKING = "making"
    MADE = "made"
    FAILED = "failed"
    UNSURE = "unsure"


class Wanted(StrEnum):
    """What is wished for."""

    GROUP = "group"
    MEMBERS = "members"
    """More people in a group that the bot made."""


UNDER_WAY = frozenset({WishState.WISHED, WishState.MAKING})


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What a network asks of whoever makes groups there."""

    name_most: int
    """Characters of a name."""
    members_most: int
    """People invited at once."""
    within: timedelta
    """How lately somebody must have written to the bot to be invited."""


@dataclass(frozen=True, slots=True)
class GroupWish:
    """Somebody wants a group for a unit, or more people in it."""

    id: int
    """0 until stored."""
    unit: int
    channel: str
    bot: str
    wanted: Wanted
    asker: int
    name: str
    members: tuple[str, ...]
    """Their accounts on the network; once it is done, those who were invited."""
    at: datetime
    chat: str = ""
    """The group, once there is one."""
    link: str = ""
    """Joins it."""
    known: tuple[str, ...] | None = None
    """The groups of that name before the network was asked for another one; None before that."""
    state: WishState = WishState.WISHED
    attempts: int = 0
    reason: str = ""
    """Why it failed, or failed last: a code."""


def group_name(unit: str, most: int) -> str:
    """A unit's name, cut between words to what the network takes.

    >>> group_name("CĐCS Công ty Cấp nước", 100)
    'CĐCS Công ty Cấp nước'
    >>> group_name("CĐCS Công ty Cấp nước", 15)
    'CĐCS Công ty…'
    """
    name = " ".join(unit.split())
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    whole, _, _ = cut.rpartition(" ")
    return f"{whole or cut}…"


def new_group(known: Sequence[str], bound: Sequence[str], now_there: Sequence[str]) -> str:
    """The group that must have been made for us: there now, not there before, nobody's; or "".

    >>> new_group(["a"], ["b"], ["a", "b", "c"]), new_group(["a"], [], ["a"])
    ('c', '')
    """
    return next((chat for chat in now_there if chat not in {*known, *bound}), "")
