"""One person, several accounts: since when nothing reaches one of them, and who entered what."""

from alembic import op
from sqlalchemy import Column

from storage.types import Moment

revision = "0014"
down_revision: str | None = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now a person had one account, and ``person.reachable`` told of it."""
    op.add_column("account", Column("lost_at", Moment))
    # All that one person entered is looked for when two turn out to be one.
    op.create_index("ix_initiative_enterer", "initiative", ["enterer"])


def downgrade() -> None:
    """Take both away."""
    op.drop_index("ix_initiative_enterer", "initiative")
    op.drop_column("account", "lost_at")
