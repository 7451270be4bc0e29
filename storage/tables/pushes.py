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
)

from storage.tables.metadata import metadata
from storage.types import Id, Json, Moment

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
    Index("ix_notice_unit", "unit", "due_at"),
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
    PrimaryKeyConstraint("channel", "bot", "month"),
    sqlite_with_rowid=False,
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
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("said", Text, nullable=False),
    Column("to", Json, nullable=False),
    Column("made_by", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("after", BigInteger, nullable=False),
    Column("found", BigInteger, nullable=False),
    Column("expanded_at", Moment),
    Column("stopped_at", Moment),
    Column("told", Json),
)

recognised_line = Table(
    "recognised_line",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("author_name", Text, nullable=False),
    Column("author", BigInteger),
    Column("title", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("initiative", BigInteger),
    Column("added_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_recognised_line_unit", "unit", "settled_at"),
)
