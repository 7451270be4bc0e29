"""Dated places and clusters of units, invitations, desks of review, recognition, and reports."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
    text,
    true,
)

from storage.types import Id, Json, Moment

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None

ON_A_DESK = text("desk <> ''")

INDEXES = (
    ("ix_unit_cluster", "unit", "cluster"),
    ("ix_initiative_recognition", "initiative", "recognition"),
    ("ix_audit_unit", "audit", "unit"),
)

TABLES = (
    "unit_place",
    "unit_history",
    "quota_plan",
    "campaign",
    "snapshot",
    "invitation",
    "ticket",
    "alarm_recipient",
    "recognition",
)


def upgrade() -> None:
    """Create them; every unit has stood in its place since it began."""
    for table, columns in _added().items():
        for column in columns:
            op.add_column(table, column)
    for index, table, name in INDEXES:
        op.create_index(index, table, [name])
    op.create_index(
        "ix_initiative_desk",
        "initiative",
        ["desk", "desk_since", "id"],
        sqlite_where=ON_A_DESK,
        postgresql_where=ON_A_DESK,
    )
    _units()
    _programmes()
    _people()
    _recognition()
    op.execute(
        "INSERT INTO unit_place (unit, valid_from, valid_to, parent)"
        " SELECT id, valid_from, valid_to, parent FROM unit"
    )
    op.execute(
        "UPDATE initiative SET desk = 'chair', desk_since = submitted_at WHERE status = 'submitted'"
    )


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_initiative_desk", "initiative")
    for index, table, _ in INDEXES:
        op.drop_index(index, table)
    for table, columns in _added().items():
        for column in columns:
            op.drop_column(table, column.name)


def _added() -> dict[str, tuple[Column[Any], ...]]:
    """New columns of known tables; made afresh, because a column belongs to one table."""
    return {
        "unit": (
            Column("cluster", Text, nullable=False, server_default=""),
            Column("members", BigInteger),
        ),
        "programme": (
            Column("counts", Text, nullable=False, server_default="valid"),
            Column("against", Text, nullable=False, server_default="assigned"),
        ),
        "person": (Column("vouched", Boolean, nullable=False, server_default=true()),),
        "initiative": (
            Column("desk", Text, nullable=False, server_default=""),
            Column("desk_since", Moment),
            Column("duplicate_of", BigInteger),
            Column("recognition", BigInteger),
        ),
        "bound_group": (Column("post_every", Text, nullable=False, server_default="week"),),
        "audit": (Column("unit", BigInteger),),
    }


def _units() -> None:
    op.create_table(
        "unit_place",
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("valid_from", Date, nullable=False),
        Column("valid_to", Date),
        Column("parent", BigInteger, ForeignKey("unit.id")),
        PrimaryKeyConstraint("unit", "valid_from"),
        Index("ix_unit_place_parent", "parent", "valid_from"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_history",
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("recognised", BigInteger, nullable=False),
        PrimaryKeyConstraint("unit", "year"),
        sqlite_with_rowid=False,
    )


def _programmes() -> None:
    op.create_table(
        "quota_plan",
        Column("id", Id, primary_key=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("phase", BigInteger, nullable=False),
        Column("total", BigInteger, nullable=False),
        Column("shares", Json, nullable=False),
        Column("made_by", BigInteger),
        Column("made_at", Moment, nullable=False),
        Column("applied_at", Moment),
    )
    op.create_table(
        "campaign",
        Column("id", Id, primary_key=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False, index=True),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("name", Text, nullable=False),
        Column("starts", Date, nullable=False),
        Column("ends", Date, nullable=False),
        Column("message", Text, nullable=False),
        Column("made_by", BigInteger),
        Column("made_at", Moment, nullable=False),
        Column("closed_at", Moment),
    )
    op.create_table(
        "snapshot",
        Column("id", Id, primary_key=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("phase", BigInteger, nullable=False),
        Column("name", Text, nullable=False),
        Column("as_of", Moment, nullable=False),
        Column("fixed_by", BigInteger),
        Column("fixed_at", Moment, nullable=False),
        Column("lines", Json, nullable=False),
        Index("ix_snapshot_unit", "programme", "unit", "as_of"),
    )


def _people() -> None:
    op.create_table(
        "invitation",
        Column("id", Id, primary_key=True),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("role", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("phone", Text, nullable=False),
        Column("added_at", Moment, nullable=False),
        Column("digest", Text, unique=True),
        Column("issued_at", Moment),
        Column("expires", Moment),
        Column("claimed_by", BigInteger),
        Column("claimed_at", Moment),
        Index("ix_invitation_unit", "unit", "role"),
    )
    op.create_table(
        "ticket",
        Column("digest", Text, primary_key=True),
        Column("purpose", Text, nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
        Column("about", Json, nullable=False),
        Column("expires", Moment, nullable=False, index=True),
        Column("issued_by", BigInteger),
        Column("issued_at", Moment, nullable=False),
        Column("used_at", Moment),
    )
    op.create_table(
        "alarm_recipient",
        Column("person", BigInteger, ForeignKey("person.id"), primary_key=True),
        Column("since", Moment, nullable=False),
    )


def _recognition() -> None:
    op.create_table(
        "recognition",
        Column("id", Id, primary_key=True),
        Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
        Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
        Column("level", Text, nullable=False),
        Column("number", Text, nullable=False),
        Column("day", Date, nullable=False),
        Column("evidence", BigInteger),
        Column("recorded_by", BigInteger),
        Column("recorded_at", Moment, nullable=False),
    )
