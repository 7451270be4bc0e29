"""Whom nothing reached and who was phoned, and how many messages a network bills."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, text

from storage.types import Moment

revision = "0015"
down_revision: str | None = "0014"
branch_labels = None
depends_on = None

UNREACHED = text(
    "state = 'dropped' AND reason IN"
    " ('blocked', 'no_chat', 'unreachable', 'window', 'template_refused')"
)


def upgrade() -> None:
    """Create the table, the index and the columns."""
    op.create_table(
        "phone_call",
        Column(
            "person", BigInteger, ForeignKey("person.id"), primary_key=True, autoincrement=False
        ),
        Column("upto", BigInteger, nullable=False),
        Column("called_by", BigInteger, nullable=False),
        Column("called_at", Moment, nullable=False),
    )
    op.create_index(
        "ix_notice_unreached",
        "notice",
        ["person", "due_at"],
        sqlite_where=UNREACHED,
        postgresql_where=UNREACHED,
    )
    for name in ("paid", "approved"):
        column = Column(name, BigInteger, nullable=False, server_default="0")
        op.add_column("month_count", column)


def downgrade() -> None:
    """Drop them."""
    for name in ("approved", "paid"):
        op.drop_column("month_count", name)
    op.drop_index("ix_notice_unreached", "notice")
    op.drop_table("phone_call")
