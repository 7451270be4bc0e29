"""Counts by day know their phase, and a unit that ended keeps its place in the tree."""

from alembic import op
from sqlalchemy import BigInteger, Column, Date, PrimaryKeyConstraint, text

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None

COUNTS = ("submitted", "valid", "waiting", "invalid", "benefit")
LEFT = text("valid_to IS NOT NULL")


def upgrade() -> None:
    """Days known so far are of no phase: a recount finds and mends them where there are phases."""
    _rebuild(("programme", "unit", "day", "phase"), "programme, unit, day, 0")
    op.execute(
        "UPDATE unit_place SET valid_to = NULL WHERE NOT EXISTS (SELECT 1 FROM unit_place AS later"
        " WHERE later.unit = unit_place.unit AND later.valid_from > unit_place.valid_from)"
    )
    op.execute(
        "INSERT INTO unit_place (unit, valid_from, parent) SELECT id, valid_from, parent FROM unit"
        " WHERE NOT EXISTS (SELECT 1 FROM unit_place WHERE unit_place.unit = unit.id)"
    )
    op.create_index(
        "ix_unit_place_left",
        "unit_place",
        ["valid_to"],
        sqlite_where=LEFT,
        postgresql_where=LEFT,
    )


def downgrade() -> None:
    """Put the phases of a day together again."""
    op.drop_index("ix_unit_place_left", "unit_place")
    _rebuild(("programme", "unit", "day"), "programme, unit, day")


def _rebuild(key: tuple[str, ...], selected: str) -> None:
    """Give the table another key: its rows wait elsewhere meanwhile."""
    sums = ", ".join(f"CAST(SUM({name}) AS BIGINT)" for name in COUNTS)
    op.execute("CREATE TABLE tally_day_before AS SELECT * FROM tally_day")
    op.drop_table("tally_day")
    op.create_table(
        "tally_day",
        *(Column(name, Date if name == "day" else BigInteger, nullable=False) for name in key),
        *(Column(name, BigInteger, nullable=False) for name in COUNTS),
        PrimaryKeyConstraint(*key),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO tally_day ({', '.join((*key, *COUNTS))})"
        f" SELECT {selected}, {sums} FROM tally_day_before GROUP BY programme, unit, day"
    )
    op.drop_table("tally_day_before")
