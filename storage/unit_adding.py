"""Adding thousands of units at once: level by level, and the rest in whole statements."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Date, cast, insert, literal_column, null, select, union_all

from domain.units import Unit
from storage.cursor import Cursor
from storage.statements import insert_row
from storage.tables import unit, unit_closure, unit_place
from storage.unit_rows import SAVED, unit_values

_ADD = insert_row(unit, ("parent", *SAVED))
_ADD_NUMBERED = insert_row(unit, ("id", "parent", *SAVED))
_IDS = select(unit.c.code_folded, unit.c.id)
_ELSEWHERE = unit_closure.alias("elsewhere")
_PATHLESS = ~(select(_ELSEWHERE.c.descendant).where(_ELSEWHERE.c.descendant == unit.c.id).exists())
# A level at a time: those above have their paths already.
_ADD_PATHS = insert(unit_closure).from_select(
    ["descendant", "ancestor", "depth"],
    union_all(
        select(unit.c.id, unit_closure.c.ancestor, unit_closure.c.depth + literal_column("1"))
        .join(unit_closure, unit_closure.c.descendant == unit.c.parent)
        .where(_PATHLESS),
        select(unit.c.id, unit.c.id, literal_column("0")).where(_PATHLESS),
    ),
)
_PLACED = unit_place.alias("placed")
_ADD_PLACES = insert(unit_place).from_select(
    ["unit", "valid_from", "valid_to", "parent"],
    select(unit.c.id, unit.c.valid_from, cast(null(), Date), unit.c.parent).where(
        ~select(_PLACED.c.unit).where(_PLACED.c.unit == unit.c.id).exists()
    ),
)


def add_many(cursor: Cursor, units: Sequence[Unit]) -> list[Unit]:
    """Add them; see ``Units.add_many``. Raises ValueError when some stand in a ring."""
    ids: dict[int, int] = {}
    waiting = dict(enumerate(units))
    done: dict[int, Unit] = {}
    while waiting:
        open_parents = {one.id for one in waiting.values() if one.id}
        level = {
            place: replace(one, parent=ids.get(one.parent, one.parent) if one.parent else None)
            for place, one in waiting.items()
            if one.parent not in open_parents
        }
        if not level or any(one.parent is not None and one.parent < 0 for one in level.values()):
            raise ValueError("units whose parent is nowhere, or that stand in a ring")
        given = _add_level(cursor, list(level.values()))
        for (place, one), id in zip(level.items(), given, strict=True):
            if one.id:
                ids[one.id] = id
            done[place] = replace(one, id=id)
            del waiting[place]
    cursor.run(_ADD_PLACES)
    return [done[place] for place in range(len(units))]


def _add_level(cursor: Cursor, units: Sequence[Unit]) -> list[int]:
    """Add units whose parents are there; their ids."""
    rows = [unit_values(one) | {"id": one.id, "parent": one.parent} for one in units]
    cursor.many(_ADD, (row for row in rows if row["id"] <= 0))
    cursor.many(_ADD_NUMBERED, (row for row in rows if row["id"] > 0))
    cursor.run(_ADD_PATHS)
    known: dict[str, int] = dict(cursor.all(_IDS))
    return [known[row["code_folded"]] for row in rows]
