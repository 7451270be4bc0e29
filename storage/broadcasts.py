"""Broadcasts: one row each, with its text; whom it went to stands in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from domain.address import MessageRef
from domain.broadcast import Audience, Broadcast, Outcomes, State, To, Watch, outcome
from domain.parcel import ParcelState
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import broadcast, notice, parcel
from storage.types import Moment, dump, loader

_MADE = ("sender", "unit", "to", "said", "made_by", "made_at")
_CHANGED = ("agreed_at", "after", "after_group", "expanded_at", "stopped_at", "watched")
_BROADCAST = (broadcast.c.id, *(broadcast.c[name] for name in (*_MADE, *_CHANGED)))
_ADD = insert_row(broadcast, (*_MADE, *_CHANGED), returning="id")
_SAVE = update_row(broadcast, _CHANGED)
_GET = select(*_BROADCAST).where(broadcast.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_GOING = (
    select(*_BROADCAST)
    .where(broadcast.c.expanded_at.is_(None), broadcast.c.agreed_at.is_not(None))
    .order_by(broadcast.c.agreed_at, broadcast.c.id)
)
_WATCHED = (
    select(*_BROADCAST)
    .where(broadcast.c.watched.is_not(None), broadcast.c.id > bindparam("after"))
    .order_by(broadcast.c.id)
)
_OF_LATE = (
    select(*_BROADCAST)
    .where(
        broadcast.c.agreed_at >= bindparam("since", type_=Moment()),
        broadcast.c.stopped_at.is_(None),
    )
    .order_by(broadcast.c.agreed_at.desc(), broadcast.c.id.desc())
)
_OUTCOMES = (
    select(notice.c.state, notice.c.reason, parcel.c.state, func.count())
    .select_from(notice)
    .outerjoin(parcel, parcel.c.id == notice.c.parcel)
    .where(notice.c.broadcast == bindparam("broadcast"))
    .group_by(notice.c.state, notice.c.reason, parcel.c.state)
)
_EDIT = select(parcel.c.state, parcel.c.message).where(parcel.c.id == bindparam("parcel"))
_WITHDRAW = (
    update(broadcast)
    .where(
        broadcast.c.made_by == bindparam("person"),
        broadcast.c.agreed_at.is_(None),
        broadcast.c.stopped_at.is_(None),
    )
    .values(stopped_at=bindparam("at", type_=Moment()))
)
_latest = broadcast.alias("latest")
_FORGET = delete(broadcast).where(
    broadcast.c.agreed_at.is_(None),
    broadcast.c.made_at < bindparam("before"),
    # The number of the latest would be given anew, and its old button would send something else.
    broadcast.c.id < select(func.max(_latest.c.id)).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class _To:
    """Whom it is for, as JSON."""

    to: tuple[To, ...]
    state: State


_read_to = loader(_To)
_read_watch = loader(Watch)


class Broadcasts:
    """A few rows a month."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, broadcast: Broadcast) -> Broadcast:
        """Keep what was shown to be agreed to; its id is given here."""
        audience = broadcast.audience
        to = _To(tuple(sorted(audience.to)), audience.state)
        values = {
            "sender": broadcast.sender,
            "unit": audience.unit,
            "to": dump(to),
            "said": broadcast.said,
            "made_by": broadcast.made_by,
            "made_at": broadcast.made_at,
        }
        row = self._cursor.one(_ADD, values | _changed(broadcast))
        assert row is not None
        return replace(broadcast, id=row[0])

    def save(self, broadcast: Broadcast) -> None:
        """Keep how far it is."""
        self._cursor.run(_SAVE, _changed(broadcast) | {"key_id": broadcast.id})

    def get(self, id: int) -> Broadcast | None:
        """The broadcast."""
        row = self._cursor.one(_GET, {"id": id})
        return _broadcast(row) if row else None

    def hold(self, id: int) -> Broadcast | None:
        """The same, and nobody else changes it until the commit."""
        row = self._cursor.one(_LOCK if self._cursor.locks_rows else _GET, {"id": id})
        return _broadcast(row) if row else None

    def going(self) -> list[Broadcast]:
        """Those that were agreed to and do not stand in the ledger for everybody yet."""
        return [_broadcast(row) for row in self._cursor.all(_GOING)]

    def watched(self, after: int = 0) -> list[Broadcast]:
        """Those whose progress is shown somewhere, by id."""
        return [_broadcast(row) for row in self._cursor.all(_WATCHED, {"after": after})]

    def of_late(self, since: datetime) -> list[Broadcast]:
        """What was agreed to since then and not stopped, the latest first."""
        return [_broadcast(row) for row in self._cursor.all(_OF_LATE, {"since": since})]

    def outcomes(self, broadcast: Broadcast) -> Outcomes:
        """What became of its copies so far."""
        stopped, counts = broadcast.stopped_at is not None, dict.fromkeys(Outcomes.__slots__, 0)
        for state, reason, sent, count in self._cursor.all(_OUTCOMES, {"broadcast": broadcast.id}):
            counts[outcome(state, reason, sent, stopped=stopped)] += count
        return Outcomes(**counts)

    def edited(self, parcel: int) -> tuple[ParcelState, MessageRef | None] | None:
        """What became of an edit of the message that shows its progress."""
        row = self._cursor.one(_EDIT, {"parcel": parcel})
        return (ParcelState(row[0]), row[1]) if row else None

    def withdraw(self, person: int, at: datetime) -> None:
        """What somebody was shown and did not agree to does not hold any more."""
        self._cursor.run(_WITHDRAW, {"person": person, "at": at})

    def forget(self, before: datetime) -> int:
        """Forget what nobody agreed to; how many."""
        return self._cursor.run(_FORGET, {"before": before})


def _changed(broadcast: Broadcast) -> dict[str, Any]:
    return {
        "agreed_at": broadcast.agreed_at,
        "after": broadcast.after,
        "after_group": broadcast.after_group,
        "expanded_at": broadcast.expanded_at,
        "stopped_at": broadcast.stopped_at,
        "watched": dump(broadcast.watched) if broadcast.watched else None,
    }


def _broadcast(row: Sequence[Any]) -> Broadcast:
    id, sender, unit, to, said, made_by, made_at, *changed = row
    agreed_at, after, after_group, expanded_at, stopped_at, watched = changed
    whom = _read_to(to)
    return Broadcast(
        id=id,
        sender=sender,
        audience=Audience(unit, frozenset(whom.to), whom.state, made_by),
        said=said,
        made_by=made_by,
        made_at=made_at,
        agreed_at=agreed_at,
        after=after,
        after_group=after_group,
        expanded_at=expanded_at,
        stopped_at=stopped_at,
        watched=_read_watch(watched) if watched else None,
    )
