"""How moments and JSON are written down: both can be read by a person looking at the tables."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

T = TypeVar("T")

Id = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere: SQLite numbers rows by itself only under the very name INTEGER."""

Json = Text
"""JSON as text, so that both databases and a person can read it."""


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC, aware both ways: ``timestamptz``, or sortable text on SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's real type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Refuse naive times; write UTC."""
        return _to_text if dialect.name == "sqlite" else _to_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Read back aware UTC."""
        return _from_text if dialect.name == "sqlite" else _to_utc


def dump(value: object) -> str:
    """Write a value as JSON; dataclasses, tuples, enums and aware times included."""
    return _encode(value).decode()


def loader(kind: type[T]) -> Callable[[str], T]:
    """A function that reads what ``dump`` wrote, back as ``kind``."""
    return msgspec.json.Decoder(kind).decode


_encode = msgspec.json.Encoder().encode


def _to_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    moment = _to_utc(value)
    return None if moment is None else moment.isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
