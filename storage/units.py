"""Units as a tree of any depth: each one's ancestors are kept in a closure table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import (
    BigInteger,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    union_all,
    update,
)

from domain.tree import renamed
from domain.units import Place, Unit
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import unit, unit_closure, unit_place
from storage.unit_adding import add_many
from storage.unit_rows import SAVED, UNIT, fold_code, read_aliases, unit_of, unit_values

__all__ = ["UnitName", "Units", "fold_code"]

_ADD = insert_row(unit, ("parent", *SAVED), returning="id")
_ADD_NUMBERED = insert_row(unit, ("id", "parent", *SAVED), returning="id")
_ADD_PLACE = insert_row(unit_place, ("unit", "valid_from", "parent"))
_ADD_PATH = insert(unit_closure).from_select(
    ["descendant", "ancestor", "depth"],
    union_all(
        select(
            bindparam("unit", type_=unit.c.id.type),
            unit_closure.c.ancestor,
            unit_closure.c.depth + literal_column("1"),
        ).where(unit_closure.c.descendant == bindparam("parent")),
        select(
            bindparam("unit", type_=unit.c.id.type),
            bindparam("unit", type_=unit.c.id.type),
            literal_column("0"),
        ),
    ),
)
_SAVE = update_row(unit, SAVED)
_BEGAN = (
    update(unit_place)
    .where(
        unit_place.c.unit == bindparam("key_unit"),
        unit_place.c.valid_from == bindparam("key_from"),
    )
    .values(valid_from=bindparam("valid_from"))
)
_GET = select(*UNIT).where(unit.c.id == bindparam("id"))
_BY_CODE = select(*UNIT).where(unit.c.code_folded == bindparam("code"))
_ROOT = select(*UNIT).where(unit.c.parent.is_(None)).order_by(unit.c.id).limit(literal_column("1"))
_CHILDREN = select(*UNIT).where(unit.c.parent == bindparam("id")).order_by(unit.c.id)
_OPEN_CHILDREN = (
    select(*UNIT)
    .where(
        unit.c.parent == bindparam("id"),
        unit.c.valid_from <= bindparam("on"),
        unit.c.valid_to.is_(None) | (unit.c.valid_to >= bindparam("on")),
    )
    .order_by(unit.c.id)
)
_PATH = (
    select(unit_closure.c.ancestor)
    .where(unit_closure.c.descendant == bindparam("id"))
    .order_by(unit_closure.c.depth.desc())
)
_SUBTREE = (
    select(*UNIT)
    .join(unit_closure, unit_closure.c.descendant == unit.c.id)
    .where(unit_closure.c.ancestor == bindparam("id"))
    .order_by(unit_closure.c.depth, unit.c.id)
)
_ALL = select(*UNIT).order_by(unit.c.id)
_PLACES = (
    select(unit_place.c.unit, unit_place.c.parent, unit_place.c.valid_from, unit_place.c.valid_to)
    .where(unit_place.c.unit == bindparam("unit"))
    .order_by(unit_place.c.valid_from)
)
_NAMES = select(
    unit.c.id,
    unit.c.code,
    unit.c.name,
    unit.c.aliases,
    unit.c.valid_from,
    unit.c.valid_to,
    unit.c.replaced_by,
).order_by(unit.c.id)
_COUNT = select(func.count()).select_from(unit)

_HOLD = text("LOCK TABLE unit_place IN ROW EXCLUSIVE MODE")
"""Whoever adds below a unit waits until it has been moved, and the other way round."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """What people may call a unit: for searching without loading whole units."""

    id: int
    code: str
    name: str
    aliases: tuple[str, ...] = ()


_OVER, _ABOVE, _TOLD = unit_closure.alias(), unit_closure.alias(), unit.alias()
_TOLD_ABOVE = (
    select(_TOLD.c.id)
    .join(_OVER, _OVER.c.ancestor == _TOLD.c.id)
    .join(_ABOVE, _ABOVE.c.descendant == _TOLD.c.id)
    .where(
        _OVER.c.descendant == unit.c.id,
        _TOLD.c.id != unit.c.id,
        _TOLD.c.members.is_not(None),
        _ABOVE.c.ancestor == bindparam("id"),
    )
)
_MEMBERS = (
    select(cast(func.sum(unit.c.members), BigInteger))
    .join(unit_closure, unit_closure.c.descendant == unit.c.id)
    .where(
        unit_closure.c.ancestor == bindparam("id"),
        unit.c.members.is_not(None),
        unit.c.valid_to.is_(None),
        # Who counted all their groups is not counted again by group.
        ~exists(_TOLD_ABOVE),
    )
)


class Units:
    """The tree of today, and where each unit ever stood."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, unit: Unit) -> Unit:
        """Add below its parent, where it has stood since it began; an id of 0 is given here."""
        if self._cursor.locks_rows:
            self._cursor.run(_HOLD)
        values = unit_values(unit) | {"parent": unit.parent}
        if unit.id:
            row = self._cursor.one(_ADD_NUMBERED, values | {"id": unit.id})
        else:
            row = self._cursor.one(_ADD, values)
        assert row is not None
        added = replace(unit, id=row[0])
        self._cursor.run(_ADD_PATH, {"unit": added.id, "parent": unit.parent})
        place = {"unit": added.id, "valid_from": unit.valid_from, "parent": unit.parent}
        self._cursor.run(_ADD_PLACE, place)
        return added

    def add_many(self, units: Sequence[Unit]) -> list[Unit]:
        """Add many at once, in the order given; ids of 0 and below are given here.

        A new unit that is parent of others in the list has a negative id of the caller's choice,
        by which they name it; they may come before it.
        """
        if self._cursor.locks_rows:
            self._cursor.run(_HOLD)
        return add_many(self._cursor, units)

    def save(self, unit: Unit) -> None:
        """Keep everything but its place in the tree; former names and codes become aliases."""
        before = self.get(unit.id)
        if before is None:
            return
        self._cursor.run(_SAVE, unit_values(renamed(before, unit)) | {"key_id": unit.id})
        if before.valid_from != unit.valid_from:
            self._begin(unit)

    def _begin(self, unit: Unit) -> None:
        """Its first place begins with the unit, unless it has stood elsewhere by then."""
        first, *later = self.places(unit.id)
        if not later or unit.valid_from < later[0].valid_from:
            keys = {"key_unit": unit.id, "key_from": first.valid_from}
            self._cursor.run(_BEGAN, keys | {"valid_from": unit.valid_from})

    def get(self, id: int) -> Unit | None:
        """The unit."""
        row = self._cursor.one(_GET, {"id": id})
        return unit_of(row) if row else None

    def present(self, id: int, on: date) -> Unit | None:
        """The unit, or the one it was merged into by that day; None when it just ended.

        One that only begins later is present already: people join before the drive starts.
        """
        seen: set[int] = set()
        unit = self.get(id)
        while unit is not None and unit.valid_to is not None and unit.valid_to < on:
            seen.add(unit.id)
            if unit.replaced_by is None or unit.replaced_by in seen:
                return None
            unit = self.get(unit.replaced_by)
        return unit

    def by_code(self, code: str) -> Unit | None:
        """The unit of a code as people type it: ``ctn 27`` finds CTN27."""
        row = self._cursor.one(_BY_CODE, {"code": fold_code(code)})
        return unit_of(row) if row else None

    def root(self) -> Unit | None:
        """The unit above all others."""
        row = self._cursor.one(_ROOT)
        return unit_of(row) if row else None

    def children(self, id: int) -> list[Unit]:
        """The units right below, by id, those that ended too."""
        return [unit_of(row) for row in self._cursor.all(_CHILDREN, {"id": id})]

    def open_children(self, id: int, on: date) -> list[Unit]:
        """The units right below today that exist on that day, by id."""
        return [unit_of(row) for row in self._cursor.all(_OPEN_CHILDREN, {"id": id, "on": on})]

    def path(self, id: int) -> tuple[int, ...]:
        """From the root down to the unit itself; empty when there is no such unit."""
        return tuple(row[0] for row in self._cursor.all(_PATH, {"id": id}))

    def subtree(self, id: int) -> list[Unit]:
        """The unit and all below it, upper ones first."""
        return [unit_of(row) for row in self._cursor.all(_SUBTREE, {"id": id})]

    def all(self) -> list[Unit]:
        """Every unit there is or was, by id."""
        return [unit_of(row) for row in self._cursor.all(_ALL)]

    def places(self, id: int) -> list[Place]:
        """Where the unit stood, oldest first; the last place is the one of today."""
        return [Place(*row) for row in self._cursor.all(_PLACES, {"unit": id})]

    def names(self, on: date | None = None) -> tuple[UnitName, ...]:
        """What every unit may be called; with a day, only of those that have not ended by then.

        The names of one that was merged lead to the one it was merged into.
        """
        rows = self._cursor.all(_NAMES)
        ended: dict[int, int | None] = {}
        if on is not None:
            ended = {row[0]: row[6] for row in rows if row[5] is not None and row[5] < on}
        found = []
        for id, code, name, aliases, *_ in rows:
            here = _now(id, ended)
            if here is not None:
                others = read_aliases(aliases) if aliases != "[]" else ()
                found.append(UnitName(here, code, name, others))
        return tuple(found)

    def members(self, unit: Unit) -> int | None:
        """Số đoàn viên: what the unit told, else those open below it; None where none told."""
        if unit.members is not None:
            return unit.members
        row = self._cursor.one(_MEMBERS, {"id": unit.id})
        return row[0] if row else None

    def count(self) -> int:
        """How many units there are."""
        row = self._cursor.one(_COUNT)
        return row[0] if row else 0


def _now(id: int, ended: dict[int, int | None]) -> int | None:
    """Where the names of a unit lead to."""
    here: int | None = id
    for _ in range(len(ended) + 1):
        if here not in ended:
            return here
        here = ended[here]
    return None
