"""What an entry counts for, told of any status and recognition at once."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, case, literal_column, or_

from domain.initiative import Initiative, Status, Tally, tally

_SAMPLE = Initiative(
    id=0,
    code="",
    programme=0,
    phase=None,
    unit=0,
    author=0,
    enterer=0,
    form="",
    form_version=0,
    title="",
    answers={},
    benefit=None,
    recognised=False,
    status=Status.SUBMITTED,
    submitted_at=datetime(2000, 1, 1, tzinfo=UTC),
)
"""What the rule does not look at."""


def weights(needs_recognition: bool) -> dict[tuple[str, bool], Tally]:
    """What one entry counts for, by status and recognition; its benefit counts once or not."""
    return {
        (status.value, recognised): tally(
            replace(_SAMPLE, status=status, recognised=recognised, benefit=1), needs_recognition
        )
        for status in Status
        for recognised in (False, True)
    }


def weight(
    name: str, entry: FromClause, status: str, *, needs_recognition: bool
) -> ColumnElement[Any]:
    """The same in a query: 1 or 0 for the count of that name, by a column that holds the status."""
    rule = weights(needs_recognition)
    counting = {key for key, one in rule.items() if getattr(one, name)}
    # Most statuses count whether recognised or not: millions of rows are asked less this way.
    either = [s for s in Status if {(s.value, True), (s.value, False)} <= counting]
    listed: list[ColumnElement[Any]] = [literal_column(f"'{s.value}'") for s in either]
    parts: list[ColumnElement[bool]] = [entry.c[status].in_(listed)]
    parts += [
        (entry.c[status] == literal_column(f"'{value}'")) & entry.c.recognised.is_(recognised)
        for value, recognised in sorted(counting)
        if value not in either
    ]
    return case((or_(*parts[not either :]), literal_column("1")), else_=literal_column("0"))
