"""The delivery ledger, how people want to be written to, and the month's messages."""

from datetime import UTC, datetime

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    PrimaryKeyConstraint,
    Text,
    bindparam,
    text,
    true,
)

from storage.types import Id, Json, Moment

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None

KEPT = {"progress:": "progress", "remind:draft:": "draft", "recognition:": "year"}
"""How the keys of what was pushed so far begin: what was said is not said again."""

SKIPPED = {
    "progress_post": "progress",
    "draft_reminder": "draft",
    "recognition_running_out": "year",
}
"""The jobs whose left out slots are known."""

FOREVER = bindparam("forever", datetime(9999, 1, 1, tzinfo=UTC), type_=Moment())


def upgrade() -> None:
    """Create the tables; what was pushed or left out so far stands in the ledger."""
    op.create_table(
        "notice",
        Column("id", Id, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False),
        Column("person", BigInteger),
        Column("group", BigInteger),
        Column("unit", BigInteger),
        Column("about", Json, nullable=False),
        Column("due_at", Moment, nullable=False, index=True),
        Column("expires", Moment),
        Column("state", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("held", Text, nullable=False),
        Column("parcel", BigInteger, index=True),
    )
    op.create_index("ix_notice_unit", "notice", ["unit", "due_at"])
    op.create_table(
        "peace",
        Column(
            "person", BigInteger, ForeignKey("person.id"), primary_key=True, autoincrement=False
        ),
        Column("hours", Json, nullable=False),
        Column("muted_until", Moment),
        Column("muted", Json, nullable=False),
        Column("parcel", BigInteger),
        Column("pushed", BigInteger),
        Column("pushed_on", Date),
    )
    op.create_table(
        "month_count",
        Column("channel", Text, nullable=False),
        Column("bot", Text, nullable=False),
        Column("month", Date, nullable=False),
        Column("messages", BigInteger, nullable=False),
        PrimaryKeyConstraint("channel", "bot", "month"),
        sqlite_with_rowid=False,
    )
    for begins, kind in KEPT.items():
        op.execute(
            text(
                "INSERT INTO notice (key, kind, about, due_at, state, reason, held, parcel) "
                "SELECT key, :kind, '{}', due_at, 'posted', '', '', id FROM parcel "
                "WHERE key LIKE :begins"
            ).bindparams(kind=kind, begins=f"{begins}%")
        )
    for job, kind in SKIPPED.items():
        op.execute(
            text(
                "INSERT INTO notice (key, kind, about, due_at, state, reason, held) "
                "SELECT slot, :kind, '{}', at, 'skipped', reason, '' FROM skipped_slot "
                "WHERE job = :job AND slot NOT IN (SELECT key FROM notice)"
            ).bindparams(kind=kind, job=job)
        )
    op.execute(
        text(
            "INSERT INTO peace (person, hours, muted_until, muted) "
            "SELECT id, '{}', :forever, '[]' FROM person WHERE NOT reminders"
        ).bindparams(FOREVER)
    )
    op.drop_column("person", "reminders")
    op.drop_table("skipped_slot")


def downgrade() -> None:
    """Drop them; who wanted no pushes for ever wants no reminders."""
    op.add_column("person", Column("reminders", Boolean, nullable=False, server_default=true()))
    op.execute(
        text(
            "UPDATE person SET reminders = FALSE WHERE id IN "
            "(SELECT person FROM peace WHERE muted_until >= :forever)"
        ).bindparams(FOREVER)
    )
    op.create_table(
        "skipped_slot",
        Column("job", Text, nullable=False),
        Column("slot", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", Moment, nullable=False, index=True),
        PrimaryKeyConstraint("job", "slot"),
    )
    for name in ("month_count", "peace", "notice"):
        op.drop_table(name)
