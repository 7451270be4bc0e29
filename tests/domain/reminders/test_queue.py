"""How long a chair's desk may lie, and when they were told so short ago that it is too soon."""

from datetime import date

import pytest

from domain.reminders.queue import every, just_before

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("usual", "in_campaign", "days"),
    [(2, False, 2), (2, True, 1), (1, True, 1), (30, False, 30), (30, True, 1)],
)
def test_is_daily_in_a_campaign(usual: int, in_campaign: bool, days: int) -> None:
    assert every(usual, in_campaign) == days


@pytest.mark.parametrize(("days", "before"), [(1, ()), (2, ("22",)), (4, ("22", "21", "20"))])
def test_keeps_as_many_days_between_as_an_entry_may_lie(days: int, before: tuple[str, ...]) -> None:
    keys = just_before(12, MONDAY, days)
    assert keys == tuple(f"queue:12:2026-11-{day}" for day in before)
