"""What came from a network, the chats, and what is on its way back."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, PrimaryKeyConstraint, Text, text

from storage.types import Id, Json, Moment

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "inbox",
        Column("key", Text, primary_key=True),
        Column("handled_at", Moment, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dead_letter",
        Column("key", Text, primary_key=True),
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("fault", Text, nullable=False),
        Column("at", Moment, nullable=False, index=True),
    )
    op.create_table(
        "raw_update",
        Column("id", Id, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("at", Moment, nullable=False),
    )
    op.create_table(
        "conversation",
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
    op.create_table(
        "parcel",
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
    op.create_index(
        "ix_parcel_unsent",
        "parcel",
        [text("lane DESC"), "not_before", "id"],
        sqlite_where=text("state IN ('due', 'sending')"),
        postgresql_where=text("state IN ('due', 'sending')"),
    )


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for name in (
        "parcel",
        "conversation",
        "raw_update",
        "dead_letter",
        "inbox",
    ):
        op.drop_table(name)
