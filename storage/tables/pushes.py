"""What is said unasked: the delivery ledger, how people want to be written to, and its causes."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from domain import calls
from storage.tables.metadata import metadata
from storage.types import Id, Json, Moment

_WHY = ", ".join(f"'{reason}'" for reason in calls.UNREACHED)
_UNREACHED = text(f"state = 'dropped' AND reason IN ({_WHY})")
UNREACHED = text(f"notice.state = 'dropped' AND notice.reason IN ({_WHY})")
"""Stands in a query like this, or SQLite leaves the partial index unused."""

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("person", BigInteger),
    Column("group", BigInteger),
    Column("unit", BigInteger),
    Column("about", Json, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("expires", Moment),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("parcel", BigInteger, index=True),
    Column("broadcast", BigInteger),
    Index("ix_notice_unit", "unit", "due_at"),
    Index(
        "ix_notice_unreached",
        "person",
        "due_at",
        sqlite_where=_UNREACHED,
        postgresql_where=_UNREACHED,
    ),
    Index(
        "ix_notice_broadcast",
        "broadcast",
        sqlite_where=text("broadcast IS NOT NULL"),
        postgresql_where=text("broadcast IS NOT NULL"),
    ),
)

peace = Table(
    "peace",
    metadata,
    Column("person", BigInteger, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("hours", Json, nullable=False),
    Column("muted_until", Moment),
    Column("muted", Json, nullable=False),
    Column("parcel", BigInteger),
    Column("pushed", BigInteger),
    Column("pushed_on", Date),
)

month_count = Table(
    "month_count",
    metadata,
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("messages", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False, server_default="0"),
    Column("approved", BigInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("channel", "bot", "month"),
    sqlite_with_rowid=False,
)

phone_call = Table(
    "phone_call",
    metadata,
    Column("person", BigInteger, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("upto", BigInteger, nullable=False),
    Column("called_by", BigInteger, nullable=False),
    Column("called_at", Moment, nullable=False),
)

group_schedule = Table(
    "group_schedule",
    metadata,
    Column("group", BigInteger, ForeignKey("bound_group.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("weekdays", Text, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    PrimaryKeyConstraint("group", "kind"),
    sqlite_with_rowid=False,
)

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sender", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("to", Json, nullable=False),
    Column("said", Text, nullable=False),
    Column("made_by", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("after", BigInteger, nullable=False),
    Column("after_group", BigInteger, nullable=False),
    Column("expanded_at", Moment),
    Column("stopped_at", Moment),
    Column("watched", Json),
    Index(
        "ix_broadcast_going",
        "agreed_at",
        sqlite_where=text("expanded_at IS NULL"),
        postgresql_where=text("expanded_at IS NULL"),
    ),
    Index(
        "ix_broadcast_watched",
        "agreed_at",
        sqlite_where=text("watched IS NOT NULL"),
        postgresql_where=text("watched IS NOT NULL"),
    ),
)

recognised_line = Table(
    "recognised_line",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("author_name", Text, nullable=False),
    Column("author", BigInteger, index=True),
    Column("others", Json, nullable=False),
    Column("title", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("initiative", BigInteger),
    Column("added_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_recognised_line_unit", "unit", "settled_at"),
)
