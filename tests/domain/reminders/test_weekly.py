"""On which days a week's slot is still of use, and which week it tells of."""

from datetime import date, timedelta

import pytest

from domain.reminders.weekly import Week, before, slot_on, summed

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("weekday", "twice", "ago"),
    [
        (0, False, (0, 1, 2, None, None, None, None)),
        (0, True, (0, 1, 2, 0, 1, 2, None)),
        (4, False, (None, None, None, None, 0, 1, 2)),
        # The second slot of Friday is Monday.
        (4, True, (0, 1, 2, None, 0, 1, 2)),
        # That of Sunday is Wednesday, and Tuesday still makes up for Sunday.
        (6, True, (1, 2, 0, 1, 2, None, 0)),
    ],
)
def test_makes_up_for_a_slot_for_two_days(
    weekday: int, twice: bool, ago: tuple[int | None, ...]
) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    slots = [slot_on(day, weekday, twice=twice) for day in days]
    found = [slot and (day - slot).days for day, slot in zip(days, slots, strict=True)]
    assert tuple(found) == ago


@pytest.mark.parametrize(
    ("slot", "first", "last"),
    [
        (MONDAY, date(2026, 11, 16), date(2026, 11, 22)),
        (date(2027, 1, 4), date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_tells_of_the_seven_days_before(slot: date, first: date, last: date) -> None:
    assert before(slot) == (first, last)


def test_sums_up_the_weeks_of_several_units() -> None:
    assert summed([Week(2, 1), Week(3, -1), Week()]) == Week(5, 0)
    assert summed([]) == Week()
