"""Groups that the bot is to make: wished for in a turn, made by one worker of an account a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, null, select, update

from domain.group_wish import GroupWish, Wanted, WishState
from storage.cursor import Cursor
from storage.statements import insert_if_new
from storage.tables import UNDER_WAY, group_wish
from storage.types import dump, loader

_OF_ACCOUNT = (
    group_wish.c.channel == bindparam("key_channel"),
    group_wish.c.bot == bindparam("key_bot"),
)
_KEPT = (
    "unit",
    "channel",
    "bot",
    "wanted",
    "asker",
    "name",
    "members",
    "chat",
    "link",
    "known",
    "state",
    "attempts",
    "reason",
    "wished_at",
)
_WISH = (group_wish.c.id, *(group_wish.c[name] for name in _KEPT))
_ADD = insert_if_new(group_wish, (*_KEPT, "not_before", "owner"), returning="id")
_GET = select(*_WISH).where(group_wish.c.id == bindparam("id"))
_LAST = (
    select(*_WISH)
    .where(
        group_wish.c.unit == bindparam("unit"),
        *_OF_ACCOUNT,
        group_wish.c.wanted == bindparam("wanted"),
    )
    .order_by(group_wish.c.id.desc())
    .limit(1)
)
_OF_GROUP = (
    select(*_WISH)
    .where(
        *_OF_ACCOUNT,
        group_wish.c.chat == bindparam("chat"),
        group_wish.c.state == WishState.MADE.value,
    )
    .order_by(group_wish.c.id)
)
_OPEN = (
    select(group_wish.c.lease_until, group_wish.c.not_before, *_WISH)
    .where(UNDER_WAY, *_OF_ACCOUNT)
    .order_by(group_wish.c.id)
    .with_for_update()
)
_IS_MAKING = (
    select(group_wish.c.id)
    .where(UNDER_WAY, *_OF_ACCOUNT, group_wish.c.state == WishState.MAKING.value)
    .limit(1)
)
_LEASE = (
    update(group_wish)
    .where(group_wish.c.id == bindparam("key_id"))
    .values(owner=bindparam("owner"), lease_until=bindparam("until"))
)
_HELD = (
    UNDER_WAY,
    group_wish.c.id == bindparam("key_id"),
    group_wish.c.owner == bindparam("mine"),
)
_MAKING = (
    update(group_wish)
    .where(*_HELD)
    .values(
        state=WishState.MAKING.value,
        known=bindparam("names_known"),
        lease_until=bindparam("until"),
    )
)
_MADE = (
    update(group_wish)
    .where(*_HELD)
    .values(
        state=WishState.MADE.value,
        chat=bindparam("in_chat"),
        link=bindparam("by_link"),
        members=bindparam("invited"),
        reason="",
        settled_at=bindparam("at"),
        lease_until=null(),
    )
)
_LATER = (
    update(group_wish)
    .where(*_HELD)
    .values(
        state=bindparam("new_state"),
        reason=bindparam("why"),
        not_before=bindparam("later"),
        attempts=group_wish.c.attempts + literal_column("1"),
        lease_until=null(),
    )
)
_GIVE_UP = (
    update(group_wish)
    .where(*_HELD)
    .values(
        state=bindparam("new_state"),
        reason=bindparam("why"),
        settled_at=bindparam("at"),
        lease_until=null(),
    )
)
_REOPEN = (
    update(group_wish)
    .where(
        group_wish.c.id == bindparam("key_id"),
        group_wish.c.state == WishState.UNSURE.value,
    )
    .values(
        state=WishState.MAKING.value,
        asker=bindparam("by"),
        attempts=0,
        not_before=bindparam("at"),
        settled_at=null(),
    )
)

_read_ids = loader(tuple[str, ...])


class GroupWishes:
    """One row a wish; of a unit and account at most one of a kind is under way."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, wish: GroupWish) -> GroupWish | None:
        """Keep it; None while another one like it is under way."""
        row = self._cursor.one(
            _ADD,
            {
                "unit": wish.unit,
                "channel": wish.channel,
                "bot": wish.bot,
                "wanted": wish.wanted.value,
                "asker": wish.asker,
                "name": wish.name,
                "members": dump(wish.members),
                "chat": wish.chat,
                "link": wish.link,
                "known": None,
                "state": wish.state.value,
                "attempts": 0,
                "reason": "",
                "wished_at": wish.at,
                "not_before": wish.at,
                "owner": "",
            },
        )
        return replace(wish, id=row[0]) if row else None

    def get(self, id: int) -> GroupWish | None:
        """The wish."""
        row = self._cursor.one(_GET, {"id": id})
        return _wish(row) if row else None

    def last(self, unit: int, channel: str, bot: str, wanted: Wanted) -> GroupWish | None:
        """What was wished last for a unit, however that ended."""
        values = {"unit": unit, "key_channel": channel, "key_bot": bot, "wanted": wanted.value}
        row = self._cursor.one(_LAST, values)
        return _wish(row) if row else None

    def of_group(self, channel: str, bot: str, chat: str) -> list[GroupWish]:
        """What was done for a group: how it was made, and who was invited since."""
        values = {"key_channel": channel, "key_bot": bot, "chat": chat}
        return [_wish(row) for row in self._cursor.all(_OF_GROUP, values)]

    def is_making(self, channel: str, bot: str) -> bool:
        """Whether a group is being made."""
        return self._cursor.one(_IS_MAKING, {"key_channel": channel, "key_bot": bot}) is not None

    def reopen(self, id: int, by: int, at: datetime) -> bool:
        """Look once more for what the network never told of; False when it is settled."""
        return self._cursor.run(_REOPEN, {"key_id": id, "by": by, "at": at}) == 1

    def claim(
        self, channel: str, bot: str, owner: str, until: datetime, now: datetime
    ) -> GroupWish | None:
        """Take the next one, while nobody else is at work for this account.

        What may have been made goes first: until it is known, no other group of that name is begun.
        """
        rows = self._cursor.all(_OPEN, {"key_channel": channel, "key_bot": bot})
        if any(lease is not None and lease > now for lease, *_ in rows):
            return None
        wishes = [(_wish(row[2:]), row[1]) for row in rows]
        asked = {wish.name for wish, _ in wishes if wish.state is WishState.MAKING}
        free = [
            wish
            for wish, not_before in wishes
            if not_before <= now and (wish.state is WishState.MAKING or wish.name not in asked)
        ]
        if not free:
            return None
        chosen = min(free, key=lambda wish: (wish.state is not WishState.MAKING, wish.id))
        self._cursor.run(_LEASE, {"key_id": chosen.id, "owner": owner, "until": until})
        return chosen

    def making(self, id: int, owner: str, known: Sequence[str], until: datetime) -> bool:
        """The network is asked next, where these groups of that name are; False: no longer ours."""
        values = {"key_id": id, "mine": owner, "names_known": dump(tuple(known)), "until": until}
        return self._cursor.run(_MAKING, values) == 1

    def made(
        self, id: int, owner: str, chat: str, link: str, invited: Sequence[str], at: datetime
    ) -> bool:
        """It is done; False when it is no longer ours."""
        values = {
            "key_id": id,
            "mine": owner,
            "in_chat": chat,
            "by_link": link,
            "invited": dump(tuple(invited)),
            "at": at,
        }
        return self._cursor.run(_MADE, values) == 1

    def later(
        self, id: int, owner: str, state: WishState, reason: str, not_before: datetime
    ) -> bool:
        """It failed this time; False when it is no longer ours."""
        values = {"new_state": state.value, "why": reason, "later": not_before}
        return self._cursor.run(_LATER, values | {"key_id": id, "mine": owner}) == 1

    def give_up(self, id: int, owner: str, state: WishState, reason: str, at: datetime) -> bool:
        """It is not tried any more; False when it is no longer ours."""
        values = {"new_state": state.value, "why": reason, "at": at}
        return self._cursor.run(_GIVE_UP, values | {"key_id": id, "mine": owner}) == 1


def _wish(row: Sequence[Any]) -> GroupWish:
    id, unit, channel, bot, wanted, asker, name, members, chat, link, known, state, *rest = row
    attempts, reason, at = rest
    return GroupWish(
        id,
        unit,
        channel,
        bot,
        Wanted(wanted),
        asker,
        name,
        _read_ids(members),
        at,
        chat,
        link,
        None if known is None else _read_ids(known),
        WishState(state),
        attempts,
        reason,
    )
