"""Tokens of Official Accounts, and the consents that are under way."""

from alembic import op
from sqlalchemy import Column, Text

from storage.types import Moment

revision = "0013"
down_revision: str | None = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "oa_token",
        Column("oa", Text, primary_key=True),
        Column("access", Text, nullable=False),
        Column("access_until", Moment, nullable=False),
        Column("refresh", Text, nullable=False),
        Column("refresh_until", Moment, nullable=False),
        Column("stored_at", Moment, nullable=False),
        Column("refused_at", Moment),
        Column("owner", Text, nullable=False),
        Column("lease_until", Moment),
    )
    op.create_table(
        "oa_consent",
        Column("digest", Text, primary_key=True),
        Column("oa", Text, nullable=False),
        Column("until", Moment, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("oa_consent")
    op.drop_table("oa_token")
