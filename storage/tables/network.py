"""What came from a network, the chats it came from, and what is on its way back."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from storage.tables.metadata import metadata
from storage.types import Id, Json, Moment

UNSENT = text("state IN ('due', 'sending')")
"""Must stand in a query word for word, or SQLite leaves the partial index unused."""

inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("handled_at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("key", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("fault", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

raw_update = Table(
    "raw_update",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

conversation = Table(
    "conversation",
    metadata,
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("person", BigInteger, index=True),
    Column("spoken_at", Moment),
    Column("state", Json, nullable=False),
    PrimaryKeyConstraint("channel", "bot", "chat", "thread"),
    sqlite_with_rowid=False,
)

pushed_choices = Table(
    "pushed_choices",
    metadata,
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("offers", Json, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("channel", "bot", "chat", "thread"),
    sqlite_with_rowid=False,
)

parcel = Table(
    "parcel",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("say", Json),
    Column("lane", Text, nullable=False),
    Column("resend", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("expires", Moment),
    Column("attempts", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("lease_until", Moment),
    Column("tried_at", Moment),
    Column("sent_at", Moment),
    Column("message", Text),
    Column("fault", Text, nullable=False),
)

Index(
    "ix_parcel_unsent",
    parcel.c.lane.desc(),
    parcel.c.not_before,
    parcel.c.id,
    sqlite_where=UNSENT,
    postgresql_where=UNSENT,
)

oa_token = Table(
    "oa_token",
    metadata,
    Column("oa", Text, primary_key=True),
    Column("access", Text, nullable=False),
    Column("access_until", Moment, nullable=False),
    Column("refresh", Text, nullable=False),
    Column("refresh_until", Moment, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("refused_at", Moment),
    Column("owner", Text, nullable=False),
    Column("lease_until", Moment),
)

oa_consent = Table(
    "oa_consent",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("oa", Text, nullable=False),
    Column("until", Moment, nullable=False),
)
