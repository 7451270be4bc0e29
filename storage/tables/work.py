"""Drafts, submitted initiatives and their evidence, bound groups, and the record of deeds."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

from storage.tables.metadata import metadata
from storage.types import Id, Json, Moment

OPEN = text("closed_at IS NULL")

ON_A_DESK = text("desk <> ''")
"""Stands in a query word for word, or SQLite leaves the partial index unused."""

UNDER_WAY = text("state IN ('wished', 'making')")

draft = Table(
    "draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("author", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("unit", BigInteger, nullable=False),
    Column("programme", BigInteger, nullable=False),
    Column("form", Text, nullable=False),
    Column("initiative", BigInteger),
    Column("version", Integer, nullable=False),
    Column("touched_at", Moment),
    Column("closed_at", Moment),
    Column("state", Json, nullable=False),
    Index("ix_draft_open", "person", sqlite_where=OPEN, postgresql_where=OPEN),
)

initiative = Table(
    "initiative",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
    Column("phase", BigInteger),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("author", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("enterer", BigInteger, nullable=False, index=True),
    Column("form", Text, nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("answers", Json, nullable=False),
    Column("benefit", BigInteger),
    Column("recognised", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("desk", Text, nullable=False, server_default=""),
    Column("desk_since", Moment),
    Column("duplicate_of", BigInteger),
    Column("recognition", BigInteger, index=True),
    Index(
        "ix_initiative_desk",
        "desk",
        "desk_since",
        "id",
        sqlite_where=ON_A_DESK,
        postgresql_where=ON_A_DESK,
    ),
    Index("ix_initiative_waiting", "unit", "status", "submitted_at", "id"),
    Index("ix_initiative_status", "programme", "status", "submitted_at", "id"),
)

recognition = Table(
    "recognition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("evidence", BigInteger),
    Column("recorded_by", BigInteger),
    Column("recorded_at", Moment, nullable=False),
)

initiative_move = Table(
    "initiative_move",
    metadata,
    Column("id", Id, primary_key=True),
    Column("initiative", BigInteger, ForeignKey("initiative.id"), nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)

initiative_number = Table(
    "initiative_number",
    metadata,
    Column("programme", BigInteger, nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
    PrimaryKeyConstraint("programme", "year"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("ref", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("person", BigInteger, index=True),
    Column("draft", BigInteger, index=True),
    Column("initiative", BigInteger, index=True),
    Column("digest", Text, index=True),
    Column("size", BigInteger, nullable=False),
    Column("fault", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("expected_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("purpose", Text, nullable=False, server_default=""),
)

Index(
    "ix_evidence_waiting",
    evidence.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

bound_group = Table(
    "bound_group",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("bound_by", BigInteger, nullable=False),
    Column("bound_at", Moment, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("unbound_at", Moment),
    Column("zone", Text, nullable=False, server_default=""),
    Column("muted_until", Moment),
    Index("uq_bound_group_address", "channel", "bot", "chat", "thread", unique=True),
)

group_wish = Table(
    "group_wish",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("asker", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("members", Json, nullable=False),
    Column("chat", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("known", Json),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("wished_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("owner", Text, nullable=False),
    Column("lease_until", Moment),
    Column("settled_at", Moment),
    Index(
        "ix_group_wish_under_way",
        "channel",
        "bot",
        "unit",
        "wanted",
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    ),
    Index("ix_group_wish_unit", "unit", "channel", "bot", "wanted"),
)

review_plan = Table(
    "review_plan",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("decided", Json, nullable=False),
    Column("blank", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("done", BigInteger, nullable=False),
    Column("left_out", Json, nullable=False),
    Column("ended_at", Moment),
    Index(
        "ix_review_plan_going",
        "agreed_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("by", BigInteger, index=True),
    Column("deed", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("detail", Json, nullable=False),
    Column("unit", BigInteger, index=True),
)
