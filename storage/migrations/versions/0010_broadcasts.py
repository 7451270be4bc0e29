"""What officers write to many, and campaigns whose last days leave nobody out."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Text, false, text

from storage.types import Id, Json, Moment

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None

PARTIAL = (
    ("ix_broadcast_going", "broadcast", "agreed_at", "expanded_at IS NULL"),
    ("ix_broadcast_watched", "broadcast", "agreed_at", "watched IS NOT NULL"),
    ("ix_notice_broadcast", "notice", "broadcast", "broadcast IS NOT NULL"),
)


def upgrade() -> None:
    """Create the table, and the columns of campaigns and notices."""
    op.create_table(
        "broadcast",
        Column("id", Id, primary_key=True),
        Column("sender", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("to", Json, nullable=False),
        Column("said", Text, nullable=False),
        Column("made_by", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
        Column("made_at", Moment, nullable=False),
        Column("agreed_at", Moment),
        Column("after", BigInteger, nullable=False),
        Column("after_group", BigInteger, nullable=False),
        Column("expanded_at", Moment),
        Column("stopped_at", Moment),
        Column("watched", Json),
    )
    op.add_column("campaign", Column("urgent", Boolean, nullable=False, server_default=false()))
    op.add_column("notice", Column("broadcast", BigInteger))
    for name, table, column, where in PARTIAL:
        op.create_index(
            name, table, [column], sqlite_where=text(where), postgresql_where=text(where)
        )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_notice_broadcast", "notice")
    op.drop_column("notice", "broadcast")
    op.drop_column("campaign", "urgent")
    op.drop_table("broadcast")
