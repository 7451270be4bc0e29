"""How people want to be written to, and which push they got last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.hours import Hours
from domain.notice import Kind
from domain.peace import Peace
from storage.cursor import Cursor
from storage.statements import insert_if_new, upsert
from storage.tables import peace
from storage.types import dump, loader

_WISHES = ("hours", "muted_until", "muted")
_ALL = (*_WISHES, "parcel", "pushed", "pushed_on")
_OF = select(*(peace.c[name] for name in _ALL)).where(peace.c.person == bindparam("person"))
_LOCK = _OF.with_for_update()
_BEGIN = insert_if_new(peace, ("person", *_ALL))
_SAVE = upsert(peace, ("person", *_WISHES), ("person",))
_SAVE_ALL = upsert(peace, ("person", *_ALL), ("person",))
_GATHER = (
    update(peace)
    .where(peace.c.person == bindparam("key_person"))
    .values(parcel=bindparam("carrier"))
)
_PUSHED = (
    update(peace)
    .where(peace.c.person == bindparam("key_person"))
    .values(pushed=bindparam("carrier"), pushed_on=bindparam("day"))
)

_read_hours = loader(Hours)
_read_kinds = loader(frozenset[Kind])


class PeaceOfPeople:
    """One row a person who was ever pushed to, or said how they want it."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of(self, person: int) -> Peace:
        """What they want, and what they got."""
        row = self._cursor.one(_OF, {"person": person})
        return _peace(row) if row else Peace()

    def hold(self, person: int) -> Peace:
        """The same, and nobody else changes it until the commit."""
        self._cursor.run(_BEGIN, _values(person, Peace()))
        row = self._cursor.one(_LOCK if self._cursor.locks_rows else _OF, {"person": person})
        assert row is not None
        return _peace(row)

    def save(self, person: int, wishes: Peace) -> None:
        """Keep what they want; what they got stays."""
        self._cursor.run(_SAVE, _values(person, wishes))

    def save_all(self, person: int, wishes: Peace) -> None:
        """Keep what they want and what they got."""
        self._cursor.run(_SAVE_ALL, _values(person, wishes))

    def gather(self, person: int, parcel: int) -> None:
        """This push gathers what is to be said to them next."""
        self._cursor.run(_GATHER, {"key_person": person, "carrier": parcel})

    def pushed(self, person: int, parcel: int, day: date) -> None:
        """It is said to them on this local day."""
        self._cursor.run(_PUSHED, {"key_person": person, "carrier": parcel, "day": day})


def _values(person: int, wishes: Peace) -> dict[str, Any]:
    return {
        "person": person,
        "hours": dump(wishes.hours),
        "muted_until": wishes.muted_until,
        "muted": dump(sorted(wishes.muted)),
        "parcel": wishes.parcel,
        "pushed": wishes.pushed,
        "pushed_on": wishes.pushed_on,
    }


def _peace(row: Sequence[Any]) -> Peace:
    hours, muted_until, muted, *got = row
    return replace(
        Peace(_read_hours(hours), muted_until, _read_kinds(muted)),
        **dict(zip(("parcel", "pushed", "pushed_on"), got, strict=True)),
    )
