"""Binds a group chat to a unit; a group that was bound before keeps how it was posted to."""

from dataclasses import replace
from datetime import datetime

from domain.address import Address
from domain.group import Group, schedule_of
from domain.house import Settings
from domain.notice import Kind
from domain.schedule import Schedule
from storage.store import Store


def bind(
    store: Store,
    address: Address,
    unit: int,
    name: str,
    by: int,
    noted: int,
    settings: Settings,
    now: datetime,
) -> Schedule:
    """Bind it in the name of ``by``, as done by ``noted``; when its progress is posted."""
    group = Group(address=address, unit=unit, name=name, bound_by=by, bound_at=now)
    known = store.groups.ever_at(address)
    if known is not None:
        group = replace(
            known[1],
            unit=unit,
            name=name or known[1].name,
            bound_by=by,
            bound_at=now,
            active=True,
            muted_until=None,
        )
    store.groups.bind(group)
    store.audit.note(noted, "bind", f"group:{address}", now, {}, unit)
    chosen = store.group_schedules.of(known[0]) if known else {}
    return schedule_of(Kind.PROGRESS, chosen.get(Kind.PROGRESS), settings)
