"""Reminders of drafts: who went silent and was not reminded yet."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, func, literal, select

from domain.draft import Draft
from domain.reminders.drafts import DRAFT_KEYS
from storage.cursor import Cursor
from storage.rows import DRAFT, draft_of, newest_open
from storage.statements import PerDialect
from storage.tables import draft, notice, person, programme


def _silent(since: ColumnElement[str]) -> Select[tuple[object, ...]]:
    # Written as domain.reminders.drafts.draft_key writes it.
    key = literal(DRAFT_KEYS) + cast(draft.c.id, Text) + literal(":") + since + literal(":")
    key += bindparam("step", type_=Text)
    return (
        select(*DRAFT)
        .join(person, person.c.id == draft.c.person)
        .join(programme, programme.c.id == draft.c.programme)
        .where(
            draft.c.closed_at.is_(None),
            draft.c.touched_at > bindparam("touched_after"),
            draft.c.touched_at <= bindparam("touched_by"),
            draft.c.id > bindparam("after"),
            draft.c.id == newest_open(person.c.id),
            person.c.reachable,
            person.c.channel.is_not(None),
            programme.c.closes >= bindparam("day"),
            ~select(notice.c.id).where(notice.c.key == key).exists(),
        )
        .order_by(draft.c.id)
        .limit(bindparam("most"))
    )


_SECONDS = 19
"""Characters of a moment up to its seconds."""

_TOUCHED = {
    "sqlite": func.replace(func.substr(draft.c.touched_at, 1, _SECONDS, type_=Text), " ", "T"),
    "postgresql": func.to_char(
        func.timezone("UTC", draft.c.touched_at), 'YYYY-MM-DD"T"HH24:MI:SS', type_=Text
    ),
}
_SILENT = PerDialect(lambda dialect: _silent(_TOUCHED[dialect]))


class Reminders:
    """What the reminding jobs ask."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def silent(
        self,
        step: int,
        touched_after: datetime,
        touched_by: datetime,
        day: date,
        after: int,
        limit: int,
    ) -> list[Draft]:
        """Drafts last touched in this time and not reminded at this step, by id.

        Only what a reminder can bring forward: the draft that its person would go on with, they
        can be written to, and the programme still takes entries on ``day``.
        """
        values = {
            "step": str(step),
            "touched_after": touched_after,
            "touched_by": touched_by,
            "day": day,
            "after": after,
            "most": limit,
        }
        return [draft_of(row) for row in self._cursor.all(_SILENT, values)]
