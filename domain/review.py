"""Reviewing: who finds what on their desk, what a decision makes of it, and undoing that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import Rejected
from domain.initiative import Desk, Initiative, Move, Status, confirmed_status
from domain.person import ALLOWED, Deed, Person

UNDO_WITHIN = timedelta(days=1)
"""Later than this the author may have acted on what they heard."""

UNDO = "undo"
DECISIONS = ("confirm", "return", "invalid", "duplicate", UNDO)
"""Deeds as the audit log knows them, done to SUBJECT and an entry's number."""

OVER = frozenset({Status.INVALID, Status.DUPLICATE, Status.WITHDRAWN})
"""Nothing is a duplicate of what fell out itself."""

SUBJECT = "initiative:"

COUNTED_MOST = 100
"""Nobody minds whether 100 wait or 5,000, and counting 5,000 takes its time."""


@dataclass(frozen=True, slots=True)
class Pile:
    """Part of what waits for somebody: a unit with all below it, on one desk, in these statuses."""

    unit: int
    desk: Desk
    statuses: tuple[Status, ...]


def piles(person: Person, path: Callable[[int], Sequence[int]]) -> tuple[Pile, ...]:
    """What waits for this person; ``path`` leads from the root down to a unit.

    An officer has the officer's desk: second looks, chairs' own entries, what chairs left lying.
    A chair has the chair's, and may still decide what lies with the officer for being late.
    """
    second = _top([g.unit for g in person.grants if Deed.VALIDATE in ALLOWED[g.role]], path)
    first = _top(
        [
            g.unit
            for g in person.grants
            if Deed.REVIEW in ALLOWED[g.role] and Deed.VALIDATE not in ALLOWED[g.role]
        ],
        path,
    )
    looked = (Status.SUBMITTED, Status.CONFIRMED)
    return (
        *(Pile(unit, Desk.OFFICER, looked) for unit in second),
        *(Pile(unit, Desk.CHAIR, (Status.SUBMITTED,)) for unit in first),
        *(
            Pile(unit, Desk.OFFICER, (Status.SUBMITTED,))
            for unit in first
            if not set(path(unit)) & set(second)
        ),
    )


def stands_open(entry: Initiative, *, validates: bool) -> bool:
    """Whether somebody who reviews its unit may decide on it now; CONFIRMED wants a second look."""
    return entry.status is Status.SUBMITTED or (validates and entry.status is Status.CONFIRMED)


def confirmed(review_steps: int, *, validates: bool) -> Status:
    """What a confirmation makes of an entry: whoever gives the second look needs no first."""
    return Status.VALID if validates else confirmed_status(review_steps)


def undone(entry: Initiative, moves: Sequence[Move], by: int, now: datetime) -> Initiative:
    """The entry as it was before its last move, if ``by`` made that within a day.

    Raises Rejected: "undo_changed" when somebody has moved it since, "undo_late" after a day.
    """
    decided = len(moves) > 1 and moves[-1].status not in (Status.SUBMITTED, Status.WITHDRAWN)
    if not decided or moves[-1].by != by or moves[-1].status is not entry.status:
        raise Rejected("undo_changed")
    if now - moves[-1].at > UNDO_WITHIN:
        raise Rejected("undo_late")
    before = moves[-2].status
    return replace(entry, status=before, version=entry.version + 1, duplicate_of=None)


def resubmission(moves: Sequence[Move]) -> tuple[str, str] | None:
    """Why an entry was returned, and what its author changed before handing it in again."""
    if len(moves) < 2 or moves[-1].status is not Status.SUBMITTED:
        return None
    back = moves[-2]
    if back.status is not Status.RETURNED or back.by == moves[-1].by:
        return None  # undone by whoever returned it
    return back.reason, moves[-1].reason


def _top(units: Sequence[int], path: Callable[[int], Sequence[int]]) -> list[int]:
    """The units that lie below no other of them."""
    wanted = set(units)
    return [unit for unit in sorted(wanted) if not wanted & set(path(unit)[:-1])]
