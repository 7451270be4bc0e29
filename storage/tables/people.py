"""People, their accounts, what they agreed to, and the roles they hold."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    true,
)

from storage.tables.metadata import metadata
from storage.types import Id, Json, Moment

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), index=True),
    Column("consent_version", Text),
    Column("consent_at", Moment),
    Column("channel", Text),
    Column("bot", Text),
    Column("chat", Text),
    Column("thread", Text),
    Column("reachable", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("vouched", Boolean, nullable=False, server_default=true()),
)

Index("ix_person_address", person.c.channel, person.c.bot, person.c.chat, person.c.thread)

account = Table(
    "account",
    metadata,
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("person", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("linked_at", Moment, nullable=False),
    Column("lost_at", Moment),
    PrimaryKeyConstraint("channel", "bot", "user"),
    sqlite_with_rowid=False,
)

consent = Table(
    "consent",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", BigInteger, index=True),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answer", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("person", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("granted_by", BigInteger),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("person", "role", "unit"),
    sqlite_with_rowid=False,
)

Index("ix_role_grant_unit_role", role_grant.c.unit, role_grant.c.role)

code = Table(
    "code",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("expires", Moment, nullable=False),
    Column("issued_by", BigInteger),
    Column("issued_at", Moment, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", Moment),
)

code_try = Table(
    "code_try",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

Index(
    "ix_code_try_address",
    code_try.c.channel,
    code_try.c.bot,
    code_try.c.chat,
    code_try.c.thread,
    code_try.c.at,
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("digest", Text, unique=True),
    Column("issued_at", Moment),
    Column("expires", Moment),
    Column("claimed_by", BigInteger),
    Column("claimed_at", Moment),
    Index("ix_invitation_unit", "unit", "role"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("about", Json, nullable=False),
    Column("expires", Moment, nullable=False, index=True),
    Column("issued_by", BigInteger),
    Column("issued_at", Moment, nullable=False),
    Column("used_at", Moment),
)

alarm_recipient = Table(
    "alarm_recipient",
    metadata,
    Column("person", BigInteger, ForeignKey("person.id"), primary_key=True),
    Column("since", Moment, nullable=False),
)
