"""The delivery ledger of a subtree: its notices with what became of them, the newest first.

``domain.ledger`` says what an outcome is; here the database is told the same, so that it can look
for outcomes and count them. Notices of no unit stand under the root, whose ledger is everything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from domain.action import MOST_NUMBER
from domain.ledger import ENDS, WAYS, Carrier, Count, Line, Outcome
from domain.notice import Kind, NoticeState
from domain.parcel import ParcelState
from storage.cursor import Cursor
from storage.notices import NOTICE, notice_of
from storage.tables import notice, parcel, unit, unit_closure
from storage.types import Moment

WIDE = 100
"""Units: from here on the ledger is walked from its newest notice, as ``storage.desks`` walks."""

_ONLY = tuple(f"only_{number}" for number in range(len(Outcome)))


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose ledger, of which time, and what of it: no kind is all kinds, and so with outcomes."""

    unit: int
    since: datetime
    until: datetime
    kind: Kind | None = None
    outcomes: Sequence[Outcome] = ()


def _says(word: str) -> ColumnElement[str]:
    return literal_column(f"'{word}'", Text)


def _ended(
    why: ColumnElement[str], ends: Mapping[str, Outcome], otherwise: Outcome
) -> ColumnElement[str]:
    whens = [(why == _says(code), _says(end)) for code, end in ends.items()]
    return case(*whens, else_=_says(otherwise))


def _outcome() -> ColumnElement[str]:
    """``domain.ledger.Line.outcome``, word for word."""
    state, why, fault = parcel.c.state, notice.c.reason, parcel.c.fault
    waiting = case((notice.c.held == _says(""), _says(Outcome.DUE)), else_=_says(Outcome.HELD))
    return case(
        (notice.c.state == _says(NoticeState.SKIPPED), _says(Outcome.SKIPPED)),
        (notice.c.state == _says(NoticeState.DROPPED), _ended(why, ENDS, Outcome.DROPPED)),
        (state == _says(ParcelState.SENT), _ended(why, WAYS, Outcome.SENT)),
        (state == _says(ParcelState.DUE), waiting),
        (state == _says(ParcelState.SENDING), _says(Outcome.DUE)),
        (state == _says(ParcelState.UNSURE), _says(Outcome.UNSURE)),
        (state == _says(ParcelState.DROPPED), _ended(fault, ENDS, Outcome.DROPPED)),
        (state.is_(None), _says(Outcome.FAILED)),
        else_=_ended(fault, ENDS, Outcome.FAILED),
    )


def _everything(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(notice.outerjoin(parcel, parcel.c.id == notice.c.parcel))


def _walked(statement: Select[Any]) -> Select[Any]:
    inside = (
        select(literal_column("1"))
        .where(
            unit_closure.c.descendant == notice.c.unit,
            unit_closure.c.ancestor == bindparam("unit"),
        )
        .correlate(notice)
        .exists()
    )
    return _everything(statement).where(inside)


def _gathered(statement: Select[Any]) -> Select[Any]:
    found = unit_closure.join(notice, notice.c.unit == unit_closure.c.descendant)
    joined = found.outerjoin(parcel, parcel.c.id == notice.c.parcel)
    return statement.select_from(joined).where(unit_closure.c.ancestor == bindparam("unit"))


_SCOPES: tuple[Callable[[Select[Any]], Select[Any]], ...] = (_everything, _walked, _gathered)
_OUTCOME = _outcome()
_BETWEEN = (
    notice.c.due_at >= bindparam("since", type_=Moment()),
    notice.c.due_at <= bindparam("at", type_=Moment()),
)
_LINE = (
    *NOTICE,
    parcel.c.state,
    parcel.c.not_before,
    parcel.c.fault,
    parcel.c.sent_at,
    parcel.c.attempts,
)


def _page(scope: Callable[[Select[Any]], Select[Any]], *, of_some: bool) -> Select[Any]:
    earlier = or_(
        notice.c.due_at < bindparam("at", type_=Moment()), notice.c.id < bindparam("before")
    )
    statement = scope(select(*_LINE)).where(*_BETWEEN, earlier)
    if of_some:
        of_kind = or_(
            bindparam("kind", type_=Text) == _says(""), notice.c.kind == bindparam("kind")
        )
        of_outcome = _OUTCOME.in_([bindparam(name) for name in _ONLY])
        statement = statement.where(of_kind, of_outcome)
    newest = (notice.c.due_at.desc(), notice.c.id.desc())
    return statement.order_by(*newest).limit(bindparam("most"))


def _sums(scope: Callable[[Select[Any]], Select[Any]]) -> Select[Any]:
    found = scope(select(notice.c.kind, _OUTCOME.label("outcome"), func.count()))
    return found.where(*_BETWEEN).group_by(notice.c.kind, literal_column("outcome"))


_PAGES = {scope: _page(scope, of_some=False) for scope in _SCOPES}
_PAGES_OF_SOME = {scope: _page(scope, of_some=True) for scope in _SCOPES}
_SUMS = {scope: _sums(scope) for scope in _SCOPES}
_IS_ROOT = select(unit.c.id).where(unit.c.id == bindparam("unit"), unit.c.parent.is_(None))
_SOME = (
    select(unit_closure.c.descendant)
    .where(unit_closure.c.ancestor == bindparam("unit"))
    .limit(bindparam("most"))
    .subquery("some")
)
_WIDTH = select(func.count()).select_from(_SOME)
_LINE_OF = _everything(select(*_LINE)).where(notice.c.id == bindparam("id"))


class Ledger:
    """Only reads: ``storage.notices`` writes what is read here."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def page(self, asked: Asked, after: Line | None = None, limit: int = 200) -> list[Line]:
        """The newest lines, or those that follow another."""
        values: dict[str, Any] = {
            "unit": asked.unit,
            "since": asked.since,
            "at": after.notice.due_at if after else asked.until,
            "before": after.notice.id if after else MOST_NUMBER,
            "most": limit,
        }
        pages = _PAGES
        if asked.kind or asked.outcomes:
            pages, values = _PAGES_OF_SOME, values | _some(asked)
        return [_line(row) for row in self._cursor.all(pages[self._scope(asked.unit)], values)]

    def get(self, notice: int) -> Line | None:
        """The line of one notice."""
        row = self._cursor.one(_LINE_OF, {"id": notice})
        return _line(row) if row else None

    def counts(self, asked: Asked) -> list[Count]:
        """How many there are of each kind and outcome, whatever was asked for of them."""
        values = {"unit": asked.unit, "since": asked.since, "at": asked.until}
        rows = self._cursor.all(_SUMS[self._scope(asked.unit)], values)
        return [Count(Kind(kind), Outcome(outcome), count) for kind, outcome, count in rows]

    def _scope(self, unit: int) -> Callable[[Select[Any]], Select[Any]]:
        if self._cursor.one(_IS_ROOT, {"unit": unit}):
            return _everything
        width = self._cursor.one(_WIDTH, {"unit": unit, "most": WIDE})
        return _walked if width and width[0] == WIDE else _gathered


def _some(asked: Asked) -> dict[str, Any]:
    only = [outcome.value for outcome in asked.outcomes or Outcome]
    # The binds left over repeat the first.
    padded = (only + only[:1] * len(_ONLY))[: len(_ONLY)]
    kind = asked.kind.value if asked.kind else ""
    return {"kind": kind} | dict(zip(_ONLY, padded, strict=True))


def _line(row: Sequence[Any]) -> Line:
    *said, state, not_before, fault, sent_at, attempts = row
    if state is None:
        return Line(notice_of(said))
    return Line(notice_of(said), Carrier(ParcelState(state), not_before, fault, sent_at, attempts))
