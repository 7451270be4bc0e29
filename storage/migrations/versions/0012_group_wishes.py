"""Groups that the bot is to make."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, text

from storage.types import Id, Json, Moment

revision = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None

UNDER_WAY = text("state IN ('wished', 'making')")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "group_wish",
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
    )
    op.create_index(
        "ix_group_wish_under_way",
        "group_wish",
        ["channel", "bot", "unit", "wanted"],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_index("ix_group_wish_unit", "group_wish", ["unit", "channel", "bot", "wanted"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("group_wish")
