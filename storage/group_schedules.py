"""The schedules that groups chose for themselves; who chose nothing has no row."""

from datetime import datetime, time

from sqlalchemy import bindparam, select

from domain.group import Chosen
from domain.notice import Kind
from domain.schedule import Schedule
from storage.cursor import Cursor
from storage.statements import upsert
from storage.tables import group_schedule

_SCHEDULE = (
    group_schedule.c.weekdays,
    group_schedule.c.hour,
    group_schedule.c.minute,
    group_schedule.c.since,
)
_KEY = ("group", "kind")
_CHOOSE = upsert(group_schedule, (*_KEY, "weekdays", "hour", "minute", "since"), _KEY)
_OF = select(group_schedule.c.kind, *_SCHEDULE).where(group_schedule.c.group == bindparam("group"))
_OF_KIND = select(group_schedule.c.group, *_SCHEDULE).where(
    group_schedule.c.group > bindparam("after"),
    group_schedule.c.group <= bindparam("last"),
    group_schedule.c.kind == bindparam("kind"),
)


class GroupSchedules:
    """One row a group and kind; weekdays are digits, Monday is 0."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def choose(self, group: int, kind: Kind, chosen: Chosen) -> None:
        """Keep what a group wants of a kind."""
        schedule = chosen.schedule
        values = {
            "group": group,
            "kind": kind.value,
            "weekdays": "".join(map(str, sorted(schedule.weekdays))),
            "hour": schedule.at.hour,
            "minute": schedule.at.minute,
            "since": chosen.since,
        }
        self._cursor.run(_CHOOSE, values)

    def of(self, group: int) -> dict[Kind, Chosen]:
        """What a group chose, by kind."""
        rows = self._cursor.all(_OF, {"group": group})
        return {Kind(kind): _chosen(*row) for kind, *row in rows}

    def of_kind(self, kind: Kind, after: int, last: int) -> dict[int, Chosen]:
        """What groups with these numbers, ``after`` not included, chose of one kind."""
        values = {"kind": kind.value, "after": after, "last": last}
        return {number: _chosen(*row) for number, *row in self._cursor.all(_OF_KIND, values)}


def _chosen(weekdays: str, hour: int, minute: int, since: datetime) -> Chosen:
    return Chosen(Schedule(frozenset(map(int, weekdays)), time(hour, minute)), since)
