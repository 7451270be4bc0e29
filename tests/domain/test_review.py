"""Who finds what on their desk, what a decision makes of it, and when it can be undone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import Rejected
from domain.initiative import Desk, Initiative, Move, Status
from domain.person import Grant, Person, Role
from domain.review import Pile, confirmed, piles, resubmission, stands_open, undone
from tests.domain.test_initiative import ENTRY

PATHS = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 4)}
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
FIRST, LOOKED = (Status.SUBMITTED,), (Status.SUBMITTED, Status.CONFIRMED)
AUTHOR, CHAIR, OTHER = 1, 2, 3


def path(unit: int) -> Sequence[int]:
    return PATHS[unit]


def holding(*grants: tuple[Role, int]) -> Person:
    return Person(CHAIR, "A", 3, grants=tuple(Grant(role, unit) for role, unit in grants))


@pytest.mark.parametrize(
    ("grants", "found"),
    [
        ([], []),
        ([(Role.HELPER, 3)], []),
        ([(Role.CHAIR, 3)], [Pile(3, Desk.CHAIR, FIRST), Pile(3, Desk.OFFICER, FIRST)]),
        ([(Role.OFFICER, 2)], [Pile(2, Desk.OFFICER, LOOKED)]),
        ([(Role.ADMIN, 1), (Role.OFFICER, 2)], [Pile(1, Desk.OFFICER, LOOKED)]),
        (
            [(Role.OFFICER, 2), (Role.CHAIR, 3)],
            [Pile(2, Desk.OFFICER, LOOKED), Pile(3, Desk.CHAIR, FIRST)],
        ),
        (
            [(Role.OFFICER, 4), (Role.CHAIR, 2), (Role.CHAIR, 3)],
            [
                Pile(4, Desk.OFFICER, LOOKED),
                Pile(2, Desk.CHAIR, FIRST),
                Pile(2, Desk.OFFICER, FIRST),
            ],
        ),
    ],
)
def test_lays_out_what_waits_for_whom(grants: list[tuple[Role, int]], found: list[Pile]) -> None:
    assert list(piles(holding(*grants), path)) == found


@pytest.mark.parametrize(
    ("status", "chair", "officer"),
    [
        (Status.SUBMITTED, True, True),
        (Status.CONFIRMED, False, True),
        (Status.RETURNED, False, False),
        (Status.VALID, False, False),
        (Status.WITHDRAWN, False, False),
    ],
)
def test_lets_decide_on_what_waits(status: Status, chair: bool, officer: bool) -> None:
    entry = replace(ENTRY, status=status)
    assert stands_open(entry, validates=False) is chair
    assert stands_open(entry, validates=True) is officer


@pytest.mark.parametrize(
    ("steps", "validates", "becomes"),
    [
        (1, False, Status.VALID),
        (2, False, Status.CONFIRMED),
        (1, True, Status.VALID),
        (2, True, Status.VALID),
    ],
)
def test_confirms_by_one_or_two_steps(steps: int, validates: bool, becomes: Status) -> None:
    assert confirmed(steps, validates=validates) is becomes


def moves(*made: tuple[Status, int]) -> list[Move]:
    return [Move(status, by, AT + timedelta(hours=n)) for n, (status, by) in enumerate(made)]


def entry(status: Status) -> Initiative:
    return replace(ENTRY, status=status, duplicate_of=9 if status is Status.DUPLICATE else None)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (Status.SUBMITTED, Status.VALID),
        (Status.SUBMITTED, Status.RETURNED),
        (Status.CONFIRMED, Status.VALID),
        (Status.CONFIRMED, Status.DUPLICATE),
        (Status.CONFIRMED, Status.INVALID),
    ],
)
def test_restores_the_status_before(before: Status, now: Status) -> None:
    made = moves((Status.SUBMITTED, AUTHOR), (before, OTHER), (now, CHAIR))
    restored = undone(entry(now), made, CHAIR, made[-1].at + timedelta(hours=23))
    assert (restored.status, restored.duplicate_of) == (before, None)
    assert restored.version == ENTRY.version + 1


@pytest.mark.parametrize(
    ("made", "hours", "code"),
    [
        (moves((Status.SUBMITTED, AUTHOR), (Status.VALID, CHAIR)), 25, "undo_late"),
        (moves((Status.SUBMITTED, AUTHOR), (Status.VALID, OTHER)), 1, "undo_changed"),
        (moves((Status.SUBMITTED, CHAIR)), 1, "undo_changed"),
        (moves((Status.SUBMITTED, AUTHOR), (Status.RETURNED, CHAIR)), 1, "undo_changed"),
        (moves((Status.RETURNED, OTHER), (Status.SUBMITTED, CHAIR)), 1, "undo_changed"),
    ],
)
def test_undoes_nothing_that_went_on_or_is_long_past(
    made: list[Move], hours: int, code: str
) -> None:
    with pytest.raises(Rejected) as caught:
        undone(entry(Status.VALID), made, CHAIR, made[-1].at + timedelta(hours=hours))
    assert caught.value.code == code


def test_knows_a_resubmission_and_what_changed() -> None:
    back = Move(Status.RETURNED, CHAIR, AT, "thiếu ảnh")
    again = Move(Status.SUBMITTED, AUTHOR, AT, "Lợi ích: a → b")
    assert resubmission([back, again]) == ("thiếu ảnh", "Lợi ích: a → b")
    assert resubmission([again]) is None
    assert resubmission([again, back]) is None
    assert resubmission([back, replace(again, by=CHAIR)]) is None
