"""Decisions out of workbooks that officers send, and files that are sent to be read."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Text, text

from storage.types import Id, Json, Moment

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None

GOING = text("ended_at IS NULL")


def upgrade() -> None:
    """Create the table; every file so far is evidence."""
    op.create_table(
        "review_plan",
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
    )
    op.create_index(
        "ix_review_plan_going",
        "review_plan",
        ["agreed_at"],
        sqlite_where=GOING,
        postgresql_where=GOING,
    )
    op.add_column("evidence", Column("purpose", Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Drop both; what was sent to be read is no evidence."""
    op.execute("DELETE FROM evidence WHERE purpose <> ''")
    op.drop_column("evidence", "purpose")
    op.drop_index("ix_review_plan_going", "review_plan")
    op.drop_table("review_plan")
