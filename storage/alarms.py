"""Who hears of what goes wrong."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.cursor import Cursor
from storage.statements import insert_if_new
from storage.tables import alarm_recipient

_ADD = insert_if_new(alarm_recipient, ("person", "since"), returning="person")
_DROP = delete(alarm_recipient).where(alarm_recipient.c.person == bindparam("person"))
_ALL = select(alarm_recipient.c.person, alarm_recipient.c.since).order_by(alarm_recipient.c.person)


class Alarms:
    """The recipients: whether each may still hear is asked again each time."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, person: int, at: datetime) -> bool:
        """Tell this person from now on; False when they are told already."""
        return self._cursor.one(_ADD, {"person": person, "since": at}) is not None

    def drop(self, person: int) -> bool:
        """Tell them no more; False when they were not told."""
        return self._cursor.run(_DROP, {"person": person}) == 1

    def recipients(self) -> list[tuple[int, datetime]]:
        """Who is told, and since when."""
        return [(person, since) for person, since in self._cursor.all(_ALL)]
