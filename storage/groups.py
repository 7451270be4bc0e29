"""Group chats that are bound to units."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from domain.address import Address
from domain.group import Group
from storage.cursor import Cursor
from storage.rows import address_values
from storage.statements import ADDRESS, at_address, upsert
from storage.tables import bound_group, group_schedule, unit_closure

_SAVED = ("unit", "name", "bound_by", "bound_at", "active", "zone", "muted_until")
_GROUP = tuple(bound_group.c[name] for name in (*ADDRESS, *_SAVED))
_BIND = upsert(bound_group, (*ADDRESS, *_SAVED, "unbound_at"), ADDRESS)
_AT = select(*_GROUP).where(at_address(bound_group), bound_group.c.active)
_OF_UNIT = (
    select(*_GROUP)
    .where(bound_group.c.unit == bindparam("unit"), bound_group.c.active)
    .order_by(bound_group.c.id)
)
_NUMBERED = (
    select(bound_group.c.id, *_GROUP)
    .where(bound_group.c.active, bound_group.c.id > bindparam("after"))
    .order_by(bound_group.c.id)
    .limit(bindparam("most"))
)
_EVER_AT = select(bound_group.c.id, *_GROUP).where(at_address(bound_group))
_GET = select(*_GROUP).where(bound_group.c.id == bindparam("id"))
_OF_SUBTREE = (
    select(bound_group.c.id, *_GROUP)
    .join(unit_closure, unit_closure.c.descendant == bound_group.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"), bound_group.c.id > bindparam("after"))
    .order_by(bound_group.c.id)
    .limit(bindparam("most"))
)
_UNBIND = (
    update(bound_group)
    .where(at_address(bound_group, "old_"), bound_group.c.active)
    .values(active=False, unbound_at=bindparam("at"))
)
_RENAME = (
    update(bound_group).where(at_address(bound_group, "old_")).values(name=bindparam("new_name"))
)
_DROP_SCHEDULES = delete(group_schedule).where(
    group_schedule.c.group.in_(select(bound_group.c.id).where(at_address(bound_group)))
)
_DROP = delete(bound_group).where(at_address(bound_group))
_MOVED = (
    update(bound_group)
    .where(at_address(bound_group, "old_"))
    .values({name: bindparam(f"new_{name}") for name in ADDRESS})
)


class Groups:
    """One row a group chat; it stays when the group is unbound, so that it can come back."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def bind(self, group: Group) -> None:
        """Bind it, or change how it is bound."""
        values = {name: getattr(group, name) for name in _SAVED}
        self._cursor.run(_BIND, address_values(group.address) | values | {"unbound_at": None})

    def at(self, address: Address) -> Group | None:
        """The bound group at an address."""
        row = self._cursor.one(_AT, address_values(address))
        return _group(row) if row else None

    def of_unit(self, unit: int) -> list[Group]:
        """The groups bound to this very unit, the one bound first ahead."""
        return [_group(row) for row in self._cursor.all(_OF_UNIT, {"unit": unit})]

    def all(self, limit: int = 200, after: int = 0) -> list[tuple[int, Group]]:
        """Bound groups with their numbers, a page at a time: ``after`` is the last number."""
        rows = self._cursor.all(_NUMBERED, {"after": after, "most": limit})
        return [(row[0], _group(row[1:])) for row in rows]

    def ever_at(self, address: Address) -> tuple[int, Group] | None:
        """The group of an address and its number, also when it is no longer bound."""
        row = self._cursor.one(_EVER_AT, address_values(address))
        return (row[0], _group(row[1:])) if row else None

    def get(self, number: int) -> Group | None:
        """The group of a number, also when it is no longer bound."""
        row = self._cursor.one(_GET, {"id": number})
        return _group(row) if row else None

    def of_subtree(self, unit: int, after: int = 0, limit: int = 200) -> list[tuple[int, Group]]:
        """Groups of a unit and below it with their numbers, those no longer bound too."""
        values = {"unit": unit, "after": after, "most": limit}
        return [(row[0], _group(row[1:])) for row in self._cursor.all(_OF_SUBTREE, values)]

    def unbind(self, address: Address, at: datetime) -> bool:
        """Nothing is posted there any more; False when it was not bound."""
        return self._cursor.run(_UNBIND, address_values(address, "old_") | {"at": at}) > 0

    def rename(self, address: Address, name: str) -> None:
        """The group has a new title."""
        self._cursor.run(_RENAME, address_values(address, "old_") | {"new_name": name})

    def moved(self, old: Address, new: Address) -> bool:
        """The group lives elsewhere now; False when nothing was bound at the old address."""
        if old == new or self.at(old) is None:
            return False
        self._cursor.run(_DROP_SCHEDULES, address_values(new))
        self._cursor.run(_DROP, address_values(new))
        values = address_values(old, "old_") | address_values(new, "new_")
        return self._cursor.run(_MOVED, values) > 0


def _group(row: Sequence[Any]) -> Group:
    return Group(Address(*row[: len(ADDRESS)]), *row[len(ADDRESS) :])
