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
    Subquery,
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
    looked_at: int | None = None
    """Lines, the newest: the rest is left out where nobody may be kept waiting."""


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
    return statement.select_from(notice)


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
    return statement.select_from(found).where(unit_closure.c.ancestor == bindparam("unit"))


_Scope = Callable[[Select[Any]], Select[Any]]
_SCOPES: tuple[_Scope, ...] = (_everything, _walked, _gathered)
_OUTCOME = _outcome()
_LINE = (
    *NOTICE,
    parcel.c.state,
    parcel.c.not_before,
    parcel.c.fault,
    parcel.c.sent_at,
    parcel.c.attempts,
)


def _found(scope: _Scope, *, few: bool) -> Subquery:
    """Which lines, by an index; of a few only the newest are found before any of them is read."""
    earlier = or_(
        notice.c.due_at < bindparam("at", type_=Moment()), notice.c.id < bindparam("before")
    )
    between = (
        notice.c.due_at >= bindparam("since", type_=Moment()),
        notice.c.due_at <= bindparam("at", type_=Moment()),
    )
    found = scope(select(notice.c.id, notice.c.due_at)).where(*between, earlier)
    if few:
        newest = (notice.c.due_at.desc(), notice.c.id.desc())
        found = found.order_by(*newest).limit(bindparam("looked_at"))
    return found.subquery("found")


def _read(statement: Select[Any], found: Subquery) -> Select[Any]:
    lines = found.join(notice, notice.c.id == found.c.id)
    return statement.select_from(lines.outerjoin(parcel, parcel.c.id == notice.c.parcel))


def _page(scope: _Scope, *, few: bool) -> Select[Any]:
    of_kind = or_(bindparam("kind", type_=Text) == _says(""), notice.c.kind == bindparam("kind"))
    of_outcome = _OUTCOME.in_([bindparam(name) for name in _ONLY])
    found = _found(scope, few=few)
    wanted = _read(select(*_LINE), found).where(of_kind, of_outcome)
    newest = (found.c.due_at.desc(), found.c.id.desc())
    return wanted.order_by(*newest).limit(bindparam("most"))


def _sums(scope: _Scope, *, few: bool) -> Select[Any]:
    counted = select(notice.c.kind, _OUTCOME.label("outcome"), func.count())
    read = _read(counted, _found(scope, few=few))
    return read.group_by(notice.c.kind, literal_column("outcome"))


_PAGES = {(scope, few): _page(scope, few=few) for scope in _SCOPES for few in (False, True)}
_SUMS = {(scope, few): _sums(scope, few=few) for scope in _SCOPES for few in (False, True)}
_IS_ROOT = select(unit.c.id).where(unit.c.id == bindparam("unit"), unit.c.parent.is_(None))
_SOME = (
    select(unit_closure.c.descendant)
    .where(unit_closure.c.ancestor == bindparam("unit"))
    .limit(bindparam("most"))
    .subquery("some")
)
_WIDTH = select(func.count()).select_from(_SOME)
_LINE_OF = (
    select(*_LINE)
    .select_from(notice.outerjoin(parcel, parcel.c.id == notice.c.parcel))
    .where(notice.c.id == bindparam("id"))
)


class Ledger:
    """Only reads: ``storage.notices`` writes what is read here."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def page(self, asked: Asked, after: Line | None = None, limit: int = 200) -> list[Line]:
        """The newest lines, or those that follow another."""
        looked_at = asked.looked_at if asked.kind or asked.outcomes else limit
        page = _PAGES[self._scope(asked.unit), looked_at is not None]
        values = _span(asked, looked_at, after) | _some(asked) | {"most": limit}
        return [_line(row) for row in self._cursor.all(page, values)]

    def get(self, notice: int) -> Line | None:
        """The line of one notice."""
        row = self._cursor.one(_LINE_OF, {"id": notice})
        return _line(row) if row else None

    def counts(self, asked: Asked) -> list[Count]:
        """How many there are of each kind and outcome, whatever was asked for of them."""
        sums = _SUMS[self._scope(asked.unit), asked.looked_at is not None]
        rows = self._cursor.all(sums, _span(asked, asked.looked_at))
        return [Count(Kind(kind), Outcome(outcome), count) for kind, outcome, count in rows]

    def _scope(self, unit: int) -> _Scope:
        if self._cursor.one(_IS_ROOT, {"unit": unit}):
            return _everything
        width = self._cursor.one(_WIDTH, {"unit": unit, "most": WIDE})
        return _walked if width and width[0] == WIDE else _gathered


def _span(asked: Asked, looked_at: int | None, after: Line | None = None) -> dict[str, Any]:
    return {
        "unit": asked.unit,
        "since": asked.since,
        "at": after.notice.due_at if after else asked.until,
        "before": after.notice.id if after else MOST_NUMBER,
    } | ({} if looked_at is None else {"looked_at": looked_at})


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
