"""What officers write to many, and campaigns whose last days leave nobody out."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Text, false

from storage.types import Id, Json, Moment

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and the column of campaigns."""
    op.create_table(
        "broadcast",
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
    op.add_column("campaign", Column("urgent", Boolean, nullable=False, server_default=false()))


def downgrade() -> None:
    """Drop both."""
    op.drop_column("campaign", "urgent")
    op.drop_table("broadcast")
