"""Notices: the delivery ledger. What is taken up here is said once, or is on record as not said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, literal_column, select, update

from domain.address import Address
from domain.notice import Kind, Notice, NoticeState
from domain.parcel import ParcelState
from storage.cursor import Cursor
from storage.rows import address_values
from storage.statements import at_address, insert_if_new
from storage.tables import UNSENT, notice, parcel
from storage.types import Moment, dump, loader

_COLUMNS = (
    "key",
    "kind",
    "due_at",
    "person",
    "group",
    "unit",
    "about",
    "expires",
    "state",
    "reason",
    "held",
    "parcel",
    "broadcast",
)
NOTICE = (*(notice.c[name] for name in _COLUMNS), notice.c.id)
_ADD = insert_if_new(notice, _COLUMNS, returning="id")
_BY_KEY = select(*NOTICE).where(notice.c.key == bindparam("key"))
_OF_PARCEL = (
    select(*NOTICE)
    .where(notice.c.parcel == bindparam("parcel"), notice.c.state == NoticeState.POSTED.value)
    .order_by(notice.c.due_at, notice.c.id)
)
_SINCE = (
    select(*NOTICE)
    .where(notice.c.due_at >= bindparam("since"), notice.c.id > bindparam("after"))
    .order_by(notice.c.id)
    .limit(bindparam("most"))
)
_OF_SLOT = (
    select(notice.c.id)
    .where(
        notice.c.unit == bindparam("unit"),
        notice.c.due_at == bindparam("due_at", type_=Moment()),
        notice.c.group == bindparam("group"),
        notice.c.kind == bindparam("kind"),
    )
    .limit(literal_column("1"))
)
_CARRY = (
    update(notice)
    .where(notice.c.id == bindparam("key_id"))
    .values(parcel=bindparam("carrier"), held=bindparam("why"))
)
_HELD = (
    update(notice)
    .where(notice.c.parcel == bindparam("carrier"), notice.c.state == NoticeState.POSTED.value)
    .values(held=bindparam("why"))
)
_SETTLE = (
    update(notice)
    .where(notice.c.id == bindparam("key_id"))
    .values(state=bindparam("new_state"), reason=bindparam("why"))
)
_SETTLE_CARRIED = (
    update(notice)
    .where(notice.c.parcel == bindparam("carrier"), notice.c.state == NoticeState.POSTED.value)
    .values(state=bindparam("new_state"), reason=bindparam("why"))
)
_DROP_TO = (
    update(notice)
    .where(
        notice.c.state == NoticeState.POSTED.value,
        notice.c.parcel.in_(
            select(parcel.c.id)
            .where(UNSENT, parcel.c.state == ParcelState.DUE.value, at_address(parcel, "old_"))
            .scalar_subquery()
        ),
    )
    .values(state=NoticeState.DROPPED.value, reason=bindparam("why"))
)
_FORGET = delete(notice).where(notice.c.due_at < bindparam("before"))

_read_about = loader(dict[str, Any])


class Notices:
    """One row a notice; its key stays taken."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, notice: Notice) -> Notice | None:
        """Enter it in the ledger; None when its key is taken."""
        row = self._cursor.one(_ADD, _values(notice))
        return replace(notice, id=row[0]) if row else None

    def get_by_key(self, key: str) -> Notice | None:
        """The notice of a key."""
        row = self._cursor.one(_BY_KEY, {"key": key})
        return notice_of(row) if row else None

    def of_parcel(self, parcel: int) -> list[Notice]:
        """What a parcel is to say, the longest due first."""
        return [notice_of(row) for row in self._cursor.all(_OF_PARCEL, {"parcel": parcel})]

    def since(self, since: datetime, after: int = 0, limit: int = 200) -> list[Notice]:
        """What was due since then, as it was found: a page at a time."""
        values = {"since": since, "after": after, "most": limit}
        return [notice_of(row) for row in self._cursor.all(_SINCE, values)]

    def any_of_slot(self, kind: Kind, group: int, unit: int, due_at: datetime) -> bool:
        """Whether a group of this unit had anything of a kind that was due at that very moment."""
        values = {"kind": kind.value, "group": group, "unit": unit, "due_at": due_at}
        return self._cursor.one(_OF_SLOT, values) is not None

    def carry(self, id: int, parcel: int, held: str = "") -> None:
        """A parcel will say it; ``held`` is why that one waits already."""
        self._cursor.run(_CARRY, {"key_id": id, "carrier": parcel, "why": held})

    def hold(self, parcel: int, why: str) -> None:
        """What the parcel is to say waits; why stands in the ledger, also once it was said."""
        self._cursor.run(_HELD, {"carrier": parcel, "why": why})

    def settle(self, id: int, state: NoticeState, why: str) -> None:
        """It will not be said."""
        self._cursor.run(_SETTLE, {"key_id": id, "new_state": state.value, "why": why})

    def drop_carried(self, parcel: int, why: str) -> None:
        """Nothing that the parcel carries will be said."""
        values = {"carrier": parcel, "new_state": NoticeState.DROPPED.value, "why": why}
        self._cursor.run(_SETTLE_CARRIED, values)

    def drop_to(self, address: Address, why: str) -> None:
        """Nothing that waits for an address will be said; before its parcels are dropped."""
        self._cursor.run(_DROP_TO, address_values(address, "old_") | {"why": why})

    def forget(self, before: datetime) -> int:
        """Forget what was due before then; how many."""
        return self._cursor.run(_FORGET, {"before": before})


def _values(notice: Notice) -> dict[str, Any]:
    return {
        "key": notice.key,
        "kind": notice.kind.value,
        "due_at": notice.due_at,
        "person": notice.person,
        "group": notice.group,
        "unit": notice.unit,
        "about": dump(notice.about),
        "expires": notice.expires,
        "state": notice.state.value,
        "reason": notice.reason,
        "held": notice.held,
        "parcel": notice.parcel,
        "broadcast": notice.broadcast,
    }


def notice_of(row: Sequence[Any]) -> Notice:
    """The notice in a row of ``NOTICE``."""
    key, kind, due_at, person, group, unit, about, expires, state, reason, held, *rest = row
    parcel, broadcast, id = rest
    return Notice(
        key,
        Kind(kind),
        due_at,
        person=person,
        group=group,
        unit=unit,
        about=_read_about(about),
        expires=expires,
        state=NoticeState(state),
        reason=reason,
        held=held,
        parcel=parcel,
        broadcast=broadcast,
        id=id,
    )
