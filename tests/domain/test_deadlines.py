"""Which end is announced on which day, and which one has just passed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.campaign import Campaign
from domain.deadlines import Ended, deadlines, ended, over
from domain.programme import Phase, Programme

OPENS, CLOSES = date(2026, 9, 1), date(2027, 5, 31)
AUTUMN = Phase(4, "Giai đoạn 1", OPENS, date(2026, 12, 31))
SPRING = Phase(5, "Giai đoạn 2", date(2027, 1, 1), CLOSES)
YEAR = Programme(1, "p", "Chương trình", "LS", OPENS, CLOSES, OPENS, CLOSES, (AUTUMN, SPRING))


def campaign(id: int, unit: int, ends: date, days: int = 21) -> Campaign:
    return Campaign(id, 1, unit, f"Đợt {id}", ends - timedelta(days=days - 1), ends)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (31, None),
        (30, 30),
        (27, 30),
        (26, None),
        (15, None),
        (14, 14),
        (11, 14),
        (10, None),
        (8, None),
        (7, 7),
        (6, 7),
        (4, 7),
        (3, 3),
        (2, 3),
        (1, 1),
        (0, 1),
        (-1, None),
    ],
)
def test_announces_an_end_in_steps_and_a_missed_step_soon_after(
    days: int, step: int | None
) -> None:
    found = deadlines(YEAR, [], AUTUMN.ends - timedelta(days=days))
    assert [(each.what, each.days, each.step) for each in found] == (
        [("phase", days, step)] if step is not None else []
    )


def test_says_each_step_once_whatever_days_we_were_away() -> None:
    days = [AUTUMN.ends - timedelta(days=left) for left in (9, 6, 5, 2, 1, 0)]
    keys = [each.key(12) for day in days for each in deadlines(YEAR, [], day)]
    assert keys == [f"deadline:phase:4:2026-12-31:{step}:12" for step in (7, 7, 3, 1, 1)]


def test_says_each_step_anew_when_the_end_is_put_off() -> None:
    later = replace(AUTUMN, ends=AUTUMN.ends + timedelta(days=31))
    found = [
        deadlines(replace(YEAR, phases=(phase,)), [], phase.ends - timedelta(days=7))
        for phase in (AUTUMN, later)
    ]
    assert [each.key(12) for near in found for each in near] == [
        "deadline:phase:4:2026-12-31:7:12",
        "deadline:phase:4:2027-01-31:7:12",
    ]


@pytest.mark.parametrize(("days", "first"), [(5, 3), (8, 3), (9, 7), (28, 14), (31, 14), (32, 30)])
def test_announces_no_end_of_what_is_only_beginning(days: int, first: int) -> None:
    short = campaign(1, 9, date(2026, 11, 30), days)
    before, begins = short.starts - timedelta(days=1), short.starts
    assert [deadlines(YEAR, [short], day) for day in (before, begins)] == [(), ()]
    ahead = (deadlines(YEAR, [short], begins + timedelta(days=n)) for n in range(1, days))
    [soonest, *_] = [each.step for found in ahead for each in found]
    assert soonest == first


def test_takes_ends_of_one_day_as_one() -> None:
    last = [campaign(1, 9, CLOSES), campaign(2, 9, AUTUMN.ends), campaign(3, 8, AUTUMN.ends)]
    assert [each.what for each in deadlines(YEAR, last, CLOSES - timedelta(days=7))] == [
        "programme"
    ]
    assert [each.what for each in deadlines(YEAR, last, AUTUMN.ends)] == ["phase"]
    assert [each.what for each in ended(YEAR, last, AUTUMN.ends + timedelta(days=1))] == ["phase"]


def test_keeps_what_ends_on_one_day_in_different_units() -> None:
    day = date(2026, 11, 30)
    ends = [campaign(1, 9, day), campaign(2, 8, day), campaign(3, 8, day)]
    found = deadlines(YEAR, ends, day)
    assert [(each.id, each.unit) for each in found] == [(1, 9), (2, 8)]
    assert [each.id for each in over(found, (1, 8))] == [2]
    assert [each.id for each in over(found, (1, 7))] == []
    assert [each.id for each in over(found, (1, 9, 8))] == [1]


@pytest.mark.parametrize(("days", "told"), [(0, 0), (1, 1), (3, 1), (4, 0)])
def test_tells_what_ended_for_three_days(days: int, told: int) -> None:
    found = ended(YEAR, [], AUTUMN.ends + timedelta(days=days))
    assert found == (Ended("phase", 4, "Giai đoạn 1", AUTUMN.ends),) * told


def test_leaves_campaigns_of_other_programmes_alone() -> None:
    other = Campaign(1, 2, 9, "Đợt", date(2026, 11, 1), date(2026, 11, 30))
    assert deadlines(YEAR, [other], date(2026, 11, 30)) == ()
