"""What appraising bodies recognised, and whether it was entered."""

from alembic import op
from sqlalchemy import BigInteger, Column, Date, ForeignKey, Text

from storage.types import Id, Json, Moment

revision = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "recognised_line",
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
    )
    op.create_index("ix_recognised_line_unit", "recognised_line", ["unit", "settled_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("recognised_line")
