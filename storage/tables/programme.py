"""Units as a tree, programmes with phases and quotas, and the counts kept for both."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    text,
)

from storage.tables.metadata import metadata
from storage.types import Id, Json, Moment

COUNTS = ("submitted", "valid", "waiting", "invalid", "benefit")
"""The fields of a Tally, in its order."""

LEFT = text("valid_to IS NOT NULL")
"""Places where a unit stands no longer: only units that moved have any."""

unit = Table(
    "unit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Text, nullable=False),
    Column("code_folded", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", BigInteger, ForeignKey("unit.id"), index=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("replaced_by", BigInteger, ForeignKey("unit.id")),
    Column("aliases", Json, nullable=False),
    Column("form", Text, nullable=False),
    Column("presets", Json, nullable=False),
    Column("cluster", Text, nullable=False, server_default="", index=True),
    Column("members", BigInteger),
)

unit_place = Table(
    "unit_place",
    metadata,
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("parent", BigInteger, ForeignKey("unit.id")),
    PrimaryKeyConstraint("unit", "valid_from"),
    Index("ix_unit_place_parent", "parent", "valid_from"),
    Index("ix_unit_place_left", "valid_to", sqlite_where=LEFT, postgresql_where=LEFT),
    sqlite_with_rowid=False,
)

unit_history = Table(
    "unit_history",
    metadata,
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("recognised", BigInteger, nullable=False),
    PrimaryKeyConstraint("unit", "year"),
    sqlite_with_rowid=False,
)

unit_closure = Table(
    "unit_closure",
    metadata,
    Column("descendant", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("ancestor", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("depth", Integer, nullable=False),
    PrimaryKeyConstraint("descendant", "ancestor"),
    Index("ix_unit_closure_ancestor", "ancestor", "descendant"),
    sqlite_with_rowid=False,
)

programme = Table(
    "programme",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
    Column("applied_from", Date, nullable=False),
    Column("applied_to", Date, nullable=False),
    Column("review_steps", Integer, nullable=False),
    Column("needs_recognition", Boolean, nullable=False),
    Column("counts", Text, nullable=False, server_default="valid"),
    Column("against", Text, nullable=False, server_default="assigned"),
)

phase = Table(
    "phase",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
)

quota = Table(
    "quota",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", BigInteger, ForeignKey("programme.id"), nullable=False),
    Column("unit", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("phase", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", BigInteger, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", BigInteger),
    Column("set_at", Moment),
    Index("ix_quota_unit", "programme", "unit", "kind", "phase", "effective_from"),
)

quota_plan = Table(
    "quota_plan",
    metadata,
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

campaign = Table(
    "campaign",
    metadata,
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
    Column("urgent", Boolean, nullable=False, server_default=false()),
)

snapshot = Table(
    "snapshot",
    metadata,
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

tally = Table(
    "tally",
    metadata,
    Column("programme", BigInteger, nullable=False),
    Column("unit", BigInteger, nullable=False),
    Column("phase", BigInteger, nullable=False),
    *(Column(name, BigInteger, nullable=False) for name in COUNTS),
    PrimaryKeyConstraint("programme", "unit", "phase"),
    sqlite_with_rowid=False,
)

tally_day = Table(
    "tally_day",
    metadata,
    Column("programme", BigInteger, nullable=False),
    Column("unit", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("phase", BigInteger, nullable=False),
    *(Column(name, BigInteger, nullable=False) for name in COUNTS),
    PrimaryKeyConstraint("programme", "unit", "day", "phase"),
    sqlite_with_rowid=False,
)
