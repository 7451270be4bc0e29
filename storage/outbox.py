"""What waits in the outbox for its time."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.cursor import Cursor
from storage.tables import UNSENT, parcel

_NEXT = select(func.min(parcel.c.not_before)).where(
    UNSENT,
    parcel.c.channel == bindparam("channel"),
    parcel.c.bot == bindparam("bot"),
    parcel.c.not_before > bindparam("after"),
)


class Outbox:
    """The parcels that are not sent yet, looked at and not touched."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def next_due(self, channel: str, bot: str, after: datetime) -> datetime | None:
        """When the next parcel of a bot account may leave that may not leave yet."""
        row = self._cursor.one(_NEXT, {"channel": channel, "bot": bot, "after": after})
        return row[0] if row else None
