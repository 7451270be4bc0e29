"""Reminders: whose draft or returned entry has waited so long, and was not reminded of yet."""

from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
)

from domain.draft import Draft
from domain.initiative import Initiative, Status
from domain.reminders.drafts import DRAFT_KEYS
from domain.reminders.returned import RETURNED_KEYS
from domain.reminders.steps import Step
from storage.cursor import Cursor
from storage.initiatives import ENTRY, entry_of
from storage.rows import DRAFT, draft_of, newest_open
from storage.statements import PerDialect
from storage.tables import (
    campaign,
    draft,
    initiative,
    initiative_move,
    notice,
    person,
    programme,
    unit_closure,
)
from storage.types import Moment

_IN_CAMPAIGN = (
    select(literal_column("1"))
    .select_from(campaign)
    .join(unit_closure, unit_closure.c.ancestor == campaign.c.unit)
    .where(
        unit_closure.c.descendant == draft.c.unit,
        campaign.c.closed_at.is_(None),
        campaign.c.starts <= bindparam("day"),
        campaign.c.ends >= bindparam("day"),
    )
    .correlate(draft)
    .exists()
)
"""Whether a campaign runs over the draft's unit."""


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
_SILENT = {
    None: PerDialect(lambda dialect: _silent(_TOUCHED[dialect])),
    False: PerDialect(lambda dialect: _silent(_TOUCHED[dialect]).where(~_IN_CAMPAIGN)),
    True: PerDialect(lambda dialect: _silent(_TOUCHED[dialect]).where(_IN_CAMPAIGN)),
}

_LATER = initiative_move.alias("later")
_LAST_MOVE = (
    select(func.max(_LATER.c.id))
    .where(_LATER.c.initiative == initiative.c.id)
    .correlate(initiative)
    .scalar_subquery()
)
# Written as domain.reminders.returned.returned_key writes it.
_RETURNED_KEY = (
    literal(RETURNED_KEYS)
    + cast(initiative_move.c.id, Text)
    + literal(":")
    + bindparam("step", type_=Text)
)
_RETURNED = (
    select(initiative_move.c.id, initiative_move.c.at, *ENTRY)
    .select_from(initiative)
    .join(initiative_move, initiative_move.c.id == _LAST_MOVE)
    .where(
        # Joined, SQLite would read every entry there is.
        initiative.c.programme.in_(
            select(programme.c.id).where(programme.c.closes >= bindparam("day"))
        ),
        initiative.c.status == Status.RETURNED.value,
        initiative_move.c.at > bindparam("moved_after", type_=Moment()),
        initiative_move.c.at <= bindparam("moved_by", type_=Moment()),
        initiative_move.c.id > bindparam("after"),
        ~select(notice.c.id).where(notice.c.key == _RETURNED_KEY).exists(),
    )
    .order_by(initiative_move.c.id)
    .limit(bindparam("most"))
)
_WRITING = (
    select(*DRAFT)
    .join(person, person.c.id == draft.c.person)
    .where(
        draft.c.closed_at.is_(None),
        draft.c.programme == bindparam("programme"),
        draft.c.id > bindparam("after"),
        draft.c.id == newest_open(person.c.id),
        person.c.reachable,
        person.c.channel.is_not(None),
    )
    .order_by(draft.c.id)
    .limit(bindparam("most"))
)


class Reminders:
    """What the reminding jobs ask."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def silent(
        self, step: Step, day: date, after: int, limit: int, *, in_campaign: bool | None = None
    ) -> list[Draft]:
        """Drafts whose silence has come to this step and was not reminded of it, by id.

        Only what a reminder can bring forward: the draft that its person would go on with, they
        can be written to, and the programme still takes entries on ``day``. ``in_campaign`` wants
        only those over whose unit a campaign runs on that day, or only the others.
        """
        values = {
            "step": str(step.days),
            "touched_after": step.after,
            "touched_by": step.until,
            "day": day,
            "after": after,
            "most": limit,
        }
        rows = self._cursor.all(_SILENT[in_campaign], values)
        return [draft_of(row) for row in rows]

    def returned(
        self, step: Step, day: date, after: int, limit: int
    ) -> list[tuple[int, datetime, Initiative]]:
        """Entries whose return has come to this step and was not reminded of it.

        By the id of the move that returned them, with it and its moment; none of a programme
        that is over on ``day``.
        """
        values = {
            "step": str(step.days),
            "moved_after": step.after,
            "moved_by": step.until,
            "day": day,
            "after": after,
            "most": limit,
        }
        rows = self._cursor.all(_RETURNED, values)
        return [(row[0], row[1], entry_of(row[2:])) for row in rows]

    def writing(self, programme: int, after: int, limit: int) -> list[Draft]:
        """What each person who can be written to would go on with, by id."""
        values = {"programme": programme, "after": after, "most": limit}
        return [draft_of(row) for row in self._cursor.all(_WRITING, values)]
