"""Which updates were handled already, and the bodies of those that could not be."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from storage.cursor import Cursor
from storage.statements import insert_if_new, upsert
from storage.tables import dead_letter, inbox, raw_update

_BODY = ("key", "channel", "bot", "body", "at")
_RECORD = insert_if_new(inbox, ("key", "handled_at"))
_HANDLED = select(inbox.c.key).where(inbox.c.key == bindparam("key"))
_KEEP_DEAD = upsert(dead_letter, (*_BODY, "fault"), ("key",))
_DEAD = (
    select(*(dead_letter.c[name] for name in (*_BODY, "fault")))
    .order_by(dead_letter.c.at.desc(), dead_letter.c.key)
    .limit(bindparam("most"))
)
_COUNT_DEAD = select(func.count()).select_from(dead_letter)
_DROP_DEAD = delete(dead_letter).where(dead_letter.c.key == bindparam("key"))
_DROP_HANDLED = delete(inbox).where(inbox.c.handled_at < bindparam("before"))
_DROP_OLD_DEAD = delete(dead_letter).where(dead_letter.c.at < bindparam("before"))
_KEEP_RAW = insert_if_new(raw_update, _BODY)
_RAW = select(*(raw_update.c[name] for name in _BODY)).order_by(raw_update.c.id)
_DROP_RAW = delete(raw_update).where(raw_update.c.key == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Raw:
    """An update as it came; ``fault`` says why a dead letter could not be handled."""

    key: str
    channel: str
    bot: str
    body: bytes
    at: datetime
    fault: str = ""


class Inbox:
    """Keys of handled updates, dead letters, and updates not decoded yet."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def record(self, key: str, at: datetime) -> bool:
        """Take the key; False when it was handled already."""
        return self._cursor.run(_RECORD, {"key": key, "handled_at": at}) == 1

    def handled(self, key: str) -> bool:
        """Whether the key was taken."""
        return self._cursor.one(_HANDLED, {"key": key}) is not None

    def keep_dead(
        self, key: str, channel: str, bot: str, body: bytes, fault: str, at: datetime
    ) -> None:
        """Keep an update that failed; a second failure replaces the first."""
        self._cursor.run(
            _KEEP_DEAD,
            {"key": key, "channel": channel, "bot": bot, "body": body, "fault": fault, "at": at},
        )

    def dead_letters(self, limit: int) -> list[Raw]:
        """The latest dead letters."""
        return [Raw(*row) for row in self._cursor.all(_DEAD, {"most": limit})]

    def count_dead(self) -> int:
        """How many dead letters there are."""
        row = self._cursor.one(_COUNT_DEAD)
        return row[0] if row else 0

    def drop_dead(self, key: str) -> None:
        """Forget a dead letter, because it was handled after all."""
        self._cursor.run(_DROP_DEAD, {"key": key})

    def drop(self, before_handled: datetime, before_dead: datetime) -> int:
        """Forget keys and dead letters older than these; how many."""
        dropped = self._cursor.run(_DROP_HANDLED, {"before": before_handled})
        return dropped + self._cursor.run(_DROP_OLD_DEAD, {"before": before_dead})

    def keep_raw(self, key: str, channel: str, bot: str, body: bytes, at: datetime) -> bool:
        """Keep an update before it is decoded; False when it is kept already."""
        values = {"key": key, "channel": channel, "bot": bot, "body": body, "at": at}
        return self._cursor.run(_KEEP_RAW, values) == 1

    def raw_waiting(self) -> list[Raw]:
        """Updates kept and not decoded yet, in the order of arrival."""
        return [Raw(*row) for row in self._cursor.all(_RAW)]

    def drop_raw(self, key: str) -> None:
        """Forget an update that was decoded and handled."""
        self._cursor.run(_DROP_RAW, {"key": key})
