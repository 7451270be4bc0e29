"""When each kind of post comes in a group, whose clock it goes by, and when it wants none."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text, text

from storage.types import Moment

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None

MOVED = ("post_weekday", "post_hour", "post_minute", "post_every")

KEEP = text(
    'INSERT INTO group_schedule ("group", kind, weekdays, hour, minute, since) '
    "SELECT id, 'progress', CASE post_every WHEN 'never' THEN '' WHEN 'day' THEN '0123456' "
    "ELSE CAST(post_weekday AS TEXT) END, post_hour, post_minute, bound_at FROM bound_group"
)
"""Every group, also one with the usual hour: what is usual may be changed where the bot runs."""

GIVE_BACK = text(
    "UPDATE bound_group SET post_hour = chosen.hour, post_minute = chosen.minute, "
    "post_weekday = CASE chosen.weekdays WHEN '' THEN 0 "
    "ELSE CAST(SUBSTR(chosen.weekdays, 1, 1) AS INTEGER) END, "
    "post_every = CASE chosen.weekdays WHEN '' THEN 'never' WHEN '0123456' THEN 'day' "
    "ELSE 'week' END FROM group_schedule AS chosen "
    "WHERE chosen.\"group\" = bound_group.id AND chosen.kind = 'progress'"
)
"""Of several days a week the first."""


def upgrade() -> None:
    """Create the table; groups keep the hour of their progress post."""
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
    op.execute(KEEP)
    for name in MOVED:
        op.drop_column("bound_group", name)
    op.add_column("bound_group", Column("zone", Text, nullable=False, server_default=""))
    op.add_column("bound_group", Column("muted_until", Moment))


def downgrade() -> None:
    """Drop it; the progress post keeps its hour."""
    for name, usual in (("post_weekday", "0"), ("post_hour", "8"), ("post_minute", "30")):
        op.add_column("bound_group", Column(name, Integer, nullable=False, server_default=usual))
    op.add_column("bound_group", Column("post_every", Text, nullable=False, server_default="week"))
    op.execute(GIVE_BACK)
    for name in ("zone", "muted_until"):
        op.drop_column("bound_group", name)
    op.drop_table("group_schedule")
