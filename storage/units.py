"""Units as a tree of any depth: each one's ancestors are kept in a closure table."""

import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, select, union_all

from domain.units import Unit
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import unit, unit_closure
from storage.types import dump, loader

_SAVED = (
    "code",
    "code_folded",
    "name",
    "kind",
    "valid_from",
    "valid_to",
    "replaced_by",
    "aliases",
    "form",
    "presets",
    "cluster",
    "members",
)
_UNIT = tuple(
    unit.c[name]
    for name in (
        "id",
        "code",
        "name",
        "kind",
        "parent",
        "valid_from",
        "valid_to",
        "replaced_by",
        "aliases",
        "form",
        "presets",
        "cluster",
        "members",
    )
)
_ADD = insert_row(unit, ("parent", *_SAVED), returning="id")
_ADD_NUMBERED = insert_row(unit, ("id", "parent", *_SAVED), returning="id")
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
_SAVE = update_row(unit, _SAVED)
_GET = select(*_UNIT).where(unit.c.id == bindparam("id"))
_BY_CODE = select(*_UNIT).where(unit.c.code_folded == bindparam("code"))
_ROOT = select(*_UNIT).where(unit.c.parent.is_(None)).order_by(unit.c.id).limit(literal_column("1"))
_CHILDREN = select(*_UNIT).where(unit.c.parent == bindparam("id")).order_by(unit.c.id)
_PATH = (
    select(unit_closure.c.ancestor)
    .where(unit_closure.c.descendant == bindparam("id"))
    .order_by(unit_closure.c.depth.desc())
)
_SUBTREE = (
    select(*_UNIT)
    .join(unit_closure, unit_closure.c.descendant == unit.c.id)
    .where(unit_closure.c.ancestor == bindparam("id"))
    .order_by(unit_closure.c.depth, unit.c.id)
)
_NAMES = select(unit.c.id, unit.c.code, unit.c.name, unit.c.aliases).order_by(unit.c.id)
_COUNT = select(func.count()).select_from(unit)

_read_aliases = loader(tuple[str, ...])
_read_presets = loader(dict[str, str])


@dataclass(frozen=True, slots=True)
class UnitName:
    """What people may call a unit: for searching without loading whole units."""

    id: int
    code: str
    name: str
    aliases: tuple[str, ...] = ()


class Units:
    """The tree."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, unit: Unit) -> Unit:
        """Add below its parent; an id of 0 is given here."""
        values = _values(unit) | {"parent": unit.parent}
        if unit.id:
            row = self._cursor.one(_ADD_NUMBERED, values | {"id": unit.id})
        else:
            row = self._cursor.one(_ADD, values)
        assert row is not None
        added = replace(unit, id=row[0])
        self._cursor.run(_ADD_PATH, {"unit": added.id, "parent": unit.parent})
        return added

    def save(self, unit: Unit) -> None:
        """Keep everything but its place in the tree."""
        self._cursor.run(_SAVE, _values(unit) | {"key_id": unit.id})

    def get(self, id: int) -> Unit | None:
        """The unit."""
        row = self._cursor.one(_GET, {"id": id})
        return _unit(row) if row else None

    def by_code(self, code: str) -> Unit | None:
        """The unit of a code as people type it: ``ctn 27`` finds CTN27."""
        row = self._cursor.one(_BY_CODE, {"code": fold_code(code)})
        return _unit(row) if row else None

    def root(self) -> Unit | None:
        """The unit above all others."""
        row = self._cursor.one(_ROOT)
        return _unit(row) if row else None

    def children(self, id: int) -> list[Unit]:
        """The units right below, by id."""
        return [_unit(row) for row in self._cursor.all(_CHILDREN, {"id": id})]

    def path(self, id: int) -> tuple[int, ...]:
        """From the root down to the unit itself; empty when there is no such unit."""
        return tuple(row[0] for row in self._cursor.all(_PATH, {"id": id}))

    def subtree(self, id: int) -> list[Unit]:
        """The unit and all below it, upper ones first."""
        return [_unit(row) for row in self._cursor.all(_SUBTREE, {"id": id})]

    def names(self) -> tuple[UnitName, ...]:
        """What every unit may be called."""
        return tuple(
            UnitName(id, code, name, _read_aliases(aliases))
            for id, code, name, aliases in self._cursor.all(_NAMES)
        )

    def count(self) -> int:
        """How many units there are."""
        row = self._cursor.one(_COUNT)
        return row[0] if row else 0


def fold_code(code: str) -> str:
    """A code without case, accents, spaces and punctuation.

    >>> fold_code(" Ctn-27 ")
    'ctn27'
    """
    spread = unicodedata.normalize("NFKD", code.casefold().replace("\u0111", "d"))
    return "".join(letter for letter in spread if letter.isalnum())


def _values(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "code_folded": fold_code(unit.code),
        "name": unit.name,
        "kind": unit.kind,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "replaced_by": unit.replaced_by,
        "aliases": dump(unit.aliases),
        "form": unit.form,
        "presets": dump(unit.presets),
        "cluster": unit.cluster,
        "members": unit.members,
    }


def _unit(row: tuple[Any, ...]) -> Unit:
    (id, code, name, kind, parent, valid_from, valid_to, replaced_by, *rest) = row
    aliases, form, presets, cluster, members = rest
    return Unit(
        id=id,
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        replaced_by=replaced_by,
        aliases=_read_aliases(aliases),
        form=form,
        presets=_read_presets(presets),
        cluster=cluster,
        members=members,
    )
