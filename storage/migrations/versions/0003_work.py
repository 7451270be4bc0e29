"""Drafts, entries and their evidence, groups, and the record of deeds."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
    text,
)

from storage.types import Id, Json, Moment

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "draft",
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
        Index(
            "ix_draft_open",
            "person",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    op.create_table(
        "initiative",
        Column("id", Id, primary_key=True),
        Column("code", Text, nullable=False, unique=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
        Column("phase", BigInteger),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("author", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
        Column("enterer", BigInteger, nullable=False),
        Column("form", Text, nullable=False),
        Column("form_version", Integer, nullable=False),
        Column("title", Text, nullable=False),
        Column("answers", Json, nullable=False),
        Column("benefit", BigInteger),
        Column("recognised", Boolean, nullable=False),
        Column("status", Text, nullable=False),
        Column("submitted_at", Moment, nullable=False),
        Column("version", Integer, nullable=False),
        Index("ix_initiative_waiting", "unit", "status", "submitted_at", "id"),
        Index("ix_initiative_status", "programme", "status", "submitted_at", "id"),
    )
    op.create_table(
        "initiative_move",
        Column("id", Id, primary_key=True),
        Column("initiative", BigInteger, ForeignKey("initiative.id"), nullable=False, index=True),
        Column("status", Text, nullable=False),
        Column("by", BigInteger, nullable=False),
        Column("at", Moment, nullable=False),
        Column("reason", Text, nullable=False),
    )
    op.create_table(
        "initiative_number",
        Column("programme", BigInteger, nullable=False),
        Column("year", Integer, nullable=False),
        Column("last", BigInteger, nullable=False),
        PrimaryKeyConstraint("programme", "year"),
    )
    op.create_table(
        "evidence",
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
    )
    op.create_table(
        "bound_group",
        Column("id", Id, primary_key=True),
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("chat", Text, nullable=False),
        Column("thread", Text, nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("bound_by", BigInteger, nullable=False),
        Column("bound_at", Moment, nullable=False),
        Column("post_weekday", Integer, nullable=False),
        Column("post_hour", Integer, nullable=False),
        Column("post_minute", Integer, nullable=False),
        Column("active", Boolean, nullable=False),
        Column("unbound_at", Moment),
        Index("uq_bound_group_address", "channel", "bot", "chat", "thread", unique=True),
    )
    op.create_table(
        "audit",
        Column("id", Id, primary_key=True),
        Column("by", BigInteger, index=True),
        Column("deed", Text, nullable=False),
        Column("subject", Text, nullable=False, index=True),
        Column("at", Moment, nullable=False),
        Column("detail", Json, nullable=False),
    )
    op.create_table(
        "skipped_slot",
        Column("job", Text, nullable=False),
        Column("slot", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", Moment, nullable=False, index=True),
        PrimaryKeyConstraint("job", "slot"),
    )
    op.create_index(
        "ix_evidence_waiting",
        "evidence",
        ["id"],
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    )


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for name in (
        "skipped_slot",
        "audit",
        "bound_group",
        "evidence",
        "initiative_number",
        "initiative_move",
        "initiative",
        "draft",
    ):
        op.drop_table(name)
