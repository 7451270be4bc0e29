"""What officers decided in workbooks, until it is carried out."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update

from domain.review_plan import Decided, ReviewPlan
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import review_plan
from storage.types import Moment, dump, loader

_COLUMNS = (
    "person",
    "name",
    "decided",
    "blank",
    "made_at",
    "agreed_at",
    "done",
    "left_out",
    "ended_at",
)
_PLAN = (review_plan.c.id, *(review_plan.c[name] for name in _COLUMNS))
_ADD = insert_row(review_plan, _COLUMNS, returning="id")
_SAVE = update_row(review_plan, ("agreed_at", "done", "left_out", "ended_at"))
_GET = select(*_PLAN).where(review_plan.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_GOING = (
    select(review_plan.c.id)
    .where(
        text("ended_at IS NULL"),
        review_plan.c.agreed_at >= bindparam("since", type_=Moment()),
    )
    .order_by(review_plan.c.id)
)
_FORGET = (
    update(review_plan)
    .where(
        review_plan.c.made_at < bindparam("before", type_=Moment()),
        review_plan.c.decided != bindparam("nothing"),
    )
    .values(decided=bindparam("nothing"), left_out=bindparam("nothing"), name=bindparam("nameless"))
)

_read_decided = loader(tuple[Decided, ...])
_read_codes = loader(tuple[str, ...])


class ReviewPlans:
    """Plans. None is removed, because their buttons stay clickable for ever."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, plan: ReviewPlan) -> int:
        """Keep what a workbook says; its number."""
        row = self._cursor.one(
            _ADD,
            _changing(plan)
            | {
                "person": plan.person,
                "name": plan.name,
                "decided": dump(plan.decided),
                "blank": plan.blank,
                "made_at": plan.made_at,
            },
        )
        assert row is not None
        number: int = row[0]
        return number

    def save(self, plan: ReviewPlan) -> None:
        """Keep that it was agreed to or dropped, and how far it is carried out."""
        self._cursor.run(_SAVE, _changing(plan) | {"key_id": plan.id})

    def get(self, id: int) -> ReviewPlan | None:
        """The plan; where others write at the same time it is locked until the commit."""
        row = self._cursor.one(_LOCK if self._cursor.locks_rows else _GET, {"id": id})
        return _plan(row) if row else None

    def going(self, since: datetime) -> list[int]:
        """Those agreed to since then that are not all carried out."""
        return [row[0] for row in self._cursor.all(_GOING, {"since": since})]

    def forget(self, before: datetime) -> None:
        """Forget what was decided in plans older than that: the entries themselves know."""
        values = {"before": before, "nothing": dump(()), "nameless": ""}
        self._cursor.run(_FORGET, values)


def _changing(plan: ReviewPlan) -> dict[str, Any]:
    return {
        "agreed_at": plan.agreed_at,
        "done": plan.done,
        "left_out": dump(plan.left),
        "ended_at": plan.ended_at,
    }


def _plan(row: tuple[Any, ...]) -> ReviewPlan:
    id, person, name, decided, blank, made_at, agreed_at, done, left, ended_at = row
    return ReviewPlan(
        id,
        person,
        name,
        _read_decided(decided),
        blank,
        made_at,
        agreed_at,
        done,
        _read_codes(left),
        ended_at,
    )
