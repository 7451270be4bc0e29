"""What became of parcels, and which message each became: looked at by people, never touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from domain.address import Address, MessageRef
from domain.parcel import Parcel
from storage.cursor import Cursor
from storage.parcel_rows import PARCEL, parcel_of
from storage.rows import address_values
from storage.statements import at_address
from storage.tables import UNSENT, parcel

_TRACE = (*PARCEL, parcel.c.message, parcel.c.fault)
_OF_MESSAGE = (
    select(*_TRACE)
    .where(at_address(parcel), parcel.c.message == bindparam("ref"))
    .order_by(parcel.c.id.desc())
)
_GET = select(*_TRACE).where(parcel.c.id == bindparam("id"))
_WAITING = select(*_TRACE).where(UNSENT).order_by(parcel.c.id.desc()).limit(bindparam("most"))


@dataclass(frozen=True, slots=True)
class Trace:
    """A parcel, the last message that it became, and what went wrong."""

    parcel: Parcel
    message: MessageRef | None
    fault: str


class Traces:
    """Only reads."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of_message(self, to: Address, ref: MessageRef) -> list[Trace]:
        """What a message said and, where it was changed, has said since: the latest first."""
        values = address_values(to) | {"ref": ref}
        return [_trace(row) for row in self._cursor.all(_OF_MESSAGE, values)]

    def get(self, id: int) -> Trace | None:
        """Of one parcel."""
        row = self._cursor.one(_GET, {"id": id})
        return _trace(row) if row else None

    def waiting(self, limit: int) -> list[Trace]:
        """What is not sent yet, the newest first."""
        return [_trace(row) for row in self._cursor.all(_WAITING, {"most": limit})]


def _trace(row: Sequence[Any]) -> Trace:
    *said, message, fault = row
    return Trace(parcel_of(said), MessageRef(message) if message else None, fault)
