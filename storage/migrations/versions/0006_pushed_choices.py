"""Choices of messages that came unasked, beside what was asked in a chat."""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, Text

from storage.types import Json, Moment

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; what was pushed before counts as asked."""
    op.create_table(
        "pushed_choices",
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("chat", Text, nullable=False),
        Column("thread", Text, nullable=False),
        Column("offers", Json, nullable=False),
        Column("at", Moment, nullable=False),
        PrimaryKeyConstraint("channel", "bot", "chat", "thread"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("pushed_choices")
