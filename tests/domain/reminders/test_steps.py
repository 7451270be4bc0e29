"""Which step is due, for silences of any length."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.reminders.steps import step_due, steps

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAYS = (1, 3, 7)


@pytest.mark.parametrize(
    ("silent", "due", "earlier"),
    [
        (timedelta(0), None, ()),
        (timedelta(hours=-1), None, ()),
        (timedelta(hours=23, minutes=59), None, ()),
        (timedelta(days=1), 1, ()),
        (timedelta(days=2, hours=23), 1, ()),
        (timedelta(days=3), 3, (1,)),
        (timedelta(days=6, hours=23), 3, (1,)),
        (timedelta(days=7), 7, (1, 3)),
        (timedelta(days=400), 7, (1, 3)),
    ],
)
def test_finds_the_last_step_that_has_come(
    silent: timedelta, due: int | None, earlier: tuple[int, ...]
) -> None:
    step = step_due(NOW - silent, NOW, DAYS)
    assert (step.days if step else None) == due
    assert (step.earlier if step else ()) == earlier


@pytest.mark.parametrize("days", [(), (0,), (-1, 0)])
def test_reminds_of_nothing_without_steps(days: tuple[int, ...]) -> None:
    assert steps(NOW, days) == ()
    assert step_due(NOW - timedelta(days=9), NOW, days) is None


def test_takes_steps_in_any_order_and_twice() -> None:
    assert steps(NOW, (7, 1, 3, 3)) == steps(NOW, DAYS)
