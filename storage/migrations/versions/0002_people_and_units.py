"""Units, people and their roles, programmes, quotas and the counts."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
)

from storage.types import Id, Json, Moment

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "unit",
        Column("id", Id, primary_key=True),
        Column("code", Text, nullable=False),
        Column("code_folded", Text, nullable=False, unique=True),
        Column("name", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("parent", BigInteger, ForeignKey("unit.id"), index=True),
        Column("valid_from", Date, nullable=False),
        Column("valid_to", Date),
        Column("replaced_by", BigInteger, ForeignKey("unit.id")),
        Column("aliases", Json, nullable=False),
        Column("form", Text, nullable=False),
        Column("presets", Json, nullable=False),
    )
    op.create_table(
        "unit_closure",
        Column("descendant", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("ancestor", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("depth", Integer, nullable=False),
        PrimaryKeyConstraint("descendant", "ancestor"),
        Index("ix_unit_closure_ancestor", "ancestor", "descendant"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "programme",
        Column("id", Id, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("name", Text, nullable=False),
        Column("prefix", Text, nullable=False),
        Column("opens", Date, nullable=False),
        Column("closes", Date, nullable=False),
        Column("applied_from", Date, nullable=False),
        Column("applied_to", Date, nullable=False),
        Column("review_steps", Integer, nullable=False),
        Column("needs_recognition", Boolean, nullable=False),
    )
    op.create_table(
        "phase",
        Column("id", Id, primary_key=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("starts", Date, nullable=False),
        Column("ends", Date, nullable=False),
    )
    op.create_table(
        "quota",
        Column("id", Id, primary_key=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("phase", BigInteger, nullable=False),
        Column("kind", Text, nullable=False),
        Column("target", BigInteger, nullable=False),
        Column("effective_from", Date, nullable=False),
        Column("reason", Text, nullable=False),
        Column("set_by", BigInteger),
        Column("set_at", Moment),
        Index("ix_quota_unit", "programme", "unit", "kind", "phase", "effective_from"),
    )
    op.create_table(
        "tally",
        Column("programme", BigInteger, nullable=False),
        Column("unit", BigInteger, nullable=False),
        Column("phase", BigInteger, nullable=False),
        Column("submitted", BigInteger, nullable=False),
        Column("valid", BigInteger, nullable=False),
        Column("waiting", BigInteger, nullable=False),
        Column("invalid", BigInteger, nullable=False),
        Column("benefit", BigInteger, nullable=False),
        PrimaryKeyConstraint("programme", "unit", "phase"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally_day",
        Column("programme", BigInteger, nullable=False),
        Column("unit", BigInteger, nullable=False),
        Column("day", Date, nullable=False),
        Column("submitted", BigInteger, nullable=False),
        Column("valid", BigInteger, nullable=False),
        Column("waiting", BigInteger, nullable=False),
        Column("invalid", BigInteger, nullable=False),
        Column("benefit", BigInteger, nullable=False),
        PrimaryKeyConstraint("programme", "unit", "day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
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
        Column("reminders", Boolean, nullable=False),
        Column("added_at", Moment, nullable=False),
    )
    op.create_table(
        "account",
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("user", Text, nullable=False),
        Column("person", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
        Column("linked_at", Moment, nullable=False),
        PrimaryKeyConstraint("channel", "bot", "user"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "consent",
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
    op.create_table(
        "role_grant",
        Column("person", BigInteger, ForeignKey("person.id"), nullable=False),
        Column("role", Text, nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("granted_by", BigInteger),
        Column("at", Moment, nullable=False),
        PrimaryKeyConstraint("person", "role", "unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "code",
        Column("digest", Text, primary_key=True),
        Column("role", Text, nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("expires", Moment, nullable=False),
        Column("issued_by", BigInteger),
        Column("issued_at", Moment, nullable=False),
        Column("used_by", BigInteger),
        Column("used_at", Moment),
    )
    op.create_table(
        "code_try",
        Column("id", Id, primary_key=True),
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("chat", Text, nullable=False),
        Column("thread", Text, nullable=False),
        Column("at", Moment, nullable=False),
    )
    op.create_index("ix_code_try_address", "code_try", ["channel", "bot", "chat", "thread", "at"])
    op.create_index("ix_person_address", "person", ["channel", "bot", "chat", "thread"])
    op.create_index("ix_role_grant_unit_role", "role_grant", ["unit", "role"])


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for name in (
        "code_try",
        "code",
        "role_grant",
        "consent",
        "account",
        "person",
        "tally_day",
        "tally",
        "quota",
        "phase",
        "programme",
        "unit_closure",
        "unit",
    ):
        op.drop_table(name)
