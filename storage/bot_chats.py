"""Which chats a bot account talks in: of plans that allow only so many."""

from sqlalchemy import bindparam, select, union

from domain.address import Address
from storage.cursor import Cursor
from storage.statements import ADDRESS
from storage.tables import bound_group, conversation

_TALKING, _BOUND = (
    select(*(table.c[name] for name in ADDRESS)).where(
        table.c.channel == bindparam("channel"), table.c.bot == bindparam("bot")
    )
    for table in (conversation, bound_group)
)
_OF = union(_TALKING, _BOUND.where(bound_group.c.active)).order_by("chat").limit(bindparam("most"))

MOST = 10_000
"""More than any plan allows."""


class BotChats:
    """Everywhere that the bot has answered somebody, and where it posts."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of(self, channel: str, bot: str, most: int = MOST) -> list[Address]:
        """Private chats and groups alike; ``most`` of them."""
        rows = self._cursor.all(_OF, {"channel": channel, "bot": bot, "most": most})
        return [Address(*row) for row in rows]
