"""Changing what counts as hợp lệ: every kept count moves in the same transaction as the rule.

What nobody has recognised yet moves between "waiting" and "valid", for its unit and all above, by
two statements whatever the number of entries; a million take a few seconds, and are rare.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy import BigInteger, bindparam, cast, func, literal_column, select, text

from domain.initiative import Status
from domain.programme import Programme
from storage.cursor import Cursor
from storage.statements import update_row, upsert
from storage.tables import COUNTS, initiative, programme, tally, tally_day, unit_closure

_LOCK = text(
    "LOCK TABLE initiative, initiative_move, unit_closure, tally, tally_day"
    " IN SHARE ROW EXCLUSIVE MODE"
)
"""Nobody counts while we do; in the order of ``storage.recount``."""

_PROGRAMME = bindparam("programme", type_=BigInteger())
_SIGN = bindparam("sign", type_=BigInteger())
_UNRECOGNISED = (
    initiative.c.programme == _PROGRAMME,
    initiative.c.status == bindparam("status"),
    initiative.c.recognised.is_(False),
)
_PHASE = func.coalesce(initiative.c.phase, literal_column("0"))
_COUNT = select(func.count()).select_from(initiative).where(*_UNRECOGNISED)
_OWN = (
    select(
        initiative.c.unit,
        _PHASE.label("phase"),
        func.count().label("count"),
        func.sum(func.coalesce(initiative.c.benefit, literal_column("0"))).label("benefit"),
    )
    .where(*_UNRECOGNISED)
    .group_by(initiative.c.unit, _PHASE)
    .subquery("own")
)
_NUMBER = cast(func.sum(_OWN.c["count"]), BigInteger) * _SIGN
_BENEFIT = cast(func.sum(_OWN.c.benefit), BigInteger) * _SIGN
_NONE = cast(literal_column("0"), BigInteger)
_MOVED = (_NONE, _NUMBER, -_NUMBER, _NONE, _BENEFIT)
"""In the order of COUNTS: submitted, valid, waiting, invalid, benefit."""

_ABOVE = (
    select(_PROGRAMME, unit_closure.c.ancestor, _OWN.c.phase, *_MOVED)
    .join(_OWN, _OWN.c.unit == unit_closure.c.descendant)
    .group_by(unit_closure.c.ancestor, _OWN.c.phase)
    .order_by(unit_closure.c.ancestor, _OWN.c.phase)
)
_ABOVE_ON_DAY = (
    select(
        _PROGRAMME,
        unit_closure.c.ancestor,
        bindparam("day", type_=tally_day.c.day.type),
        _OWN.c.phase,
        *_MOVED,
    )
    .join(_OWN, _OWN.c.unit == unit_closure.c.descendant)
    .group_by(unit_closure.c.ancestor, _OWN.c.phase)
    .order_by(unit_closure.c.ancestor, _OWN.c.phase)
)
_BY_PHASE, _BY_DAY = ("programme", "unit", "phase"), ("programme", "unit", "day", "phase")
_MOVE = upsert(tally, (*_BY_PHASE, *COUNTS), _BY_PHASE, add=COUNTS, rows=_ABOVE)
_MOVE_ON_DAY = upsert(tally_day, (*_BY_DAY, *COUNTS), _BY_DAY, add=COUNTS, rows=_ABOVE_ON_DAY)
_SET = update_row(programme, ("needs_recognition",))


class Rules:
    """The one rule that kept counts depend on."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def unrecognised(self, programme: int) -> int:
        """How many entries were found valid and are not recognised by their workplace."""
        values = {"programme": programme, "status": Status.VALID.value}
        row = self._cursor.one(_COUNT, values)
        return row[0] if row else 0

    def set_needs_recognition(self, programme: Programme, needs: bool, day: date) -> Programme:
        """Change the rule, and on that local day every count that it changes."""
        if programme.needs_recognition is needs:
            return programme
        if self._cursor.locks_rows:
            self._cursor.run(_LOCK)
        self._cursor.run(_SET, {"needs_recognition": needs, "key_id": programme.id})
        values = {
            "programme": programme.id,
            "status": Status.VALID.value,
            "sign": -1 if needs else 1,
            "day": day,
        }
        self._cursor.run(_MOVE, values)
        self._cursor.run(_MOVE_ON_DAY, values)
        return replace(programme, needs_recognition=needs)
