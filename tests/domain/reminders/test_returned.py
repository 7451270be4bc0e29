"""Which return an entry still waits on, by its status and its moves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.initiative import Initiative, Move, Status
from domain.reminders.returned import waits_at

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""In Việt Nam, after that Monday."""

SENT = Move(Status.SUBMITTED, 1, MONDAY - timedelta(days=1))
BACK = Move(Status.RETURNED, 2, MONDAY, "Thêm ảnh")
AGAIN = Move(Status.RETURNED, 2, MONDAY + timedelta(days=4), "Thêm quyết định")


def entry(status: Status) -> Initiative:
    opened = date(2026, 11, 1)
    moment = datetime.combine(opened, MONDAY.timetz())
    answers: dict[str, object] = {}
    who = (3, 3, "khac", 1, "Lắp cảm biến")
    return Initiative(1, "LS-1", 1, None, 2, *who, answers, None, False, status, moment)


@pytest.mark.parametrize(
    ("moves", "days_later", "step", "waits_on"),
    [
        ((SENT, BACK), 1, 2, None),
        ((SENT, BACK), 2, 2, BACK),
        ((SENT, BACK), 4, 2, BACK),
        ((SENT, BACK), 5, 2, None),
        ((SENT, BACK), 5, 5, BACK),
        ((SENT, BACK), 10, 5, None),
        ((SENT, BACK), 10, 10, BACK),
        ((SENT, BACK), 300, 10, BACK),
        ((SENT, BACK, SENT, AGAIN), 5, 5, None),
        ((SENT, BACK, SENT, AGAIN), 6, 2, AGAIN),
        ((), 2, 2, None),
    ],
)
def test_waits_on_its_last_return_at_one_step_a_time(
    moves: tuple[Move, ...], days_later: int, step: int, waits_on: Move | None
) -> None:
    end_of_day = MIDNIGHT + timedelta(days=days_later)
    assert waits_at(entry(Status.RETURNED), moves, step, end_of_day) == waits_on


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.RETURNED])
def test_waits_for_nobody_in_another_status(status: Status) -> None:
    end_of_day = MIDNIGHT + timedelta(days=2)
    assert waits_at(entry(status), (SENT, BACK), 2, end_of_day) is None
