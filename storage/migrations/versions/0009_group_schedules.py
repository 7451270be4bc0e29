"""When each kind of post comes in a group."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

from storage.types import Moment

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "group_schedule",
        Column("group", BigInteger, ForeignKey("bound_group.id"), nullable=False),
        Column("kind", Text, nullable=False),
        Column("weekdays", Text, nullable=False),
        Column("hour", Integer, nullable=False),
        Column("minute", Integer, nullable=False),
        Column("since", Moment, nullable=False),
        PrimaryKeyConstraint("group", "kind"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("group_schedule")
