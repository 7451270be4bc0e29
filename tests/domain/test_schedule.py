"""When groups are posted to, and what changes it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.address import Address
from domain.group import Every, Group
from domain.schedule import last_post, next_post, rescheduled
from domain.vietnamese.schedules import ScheduleRead, read_schedule
from tests.dialogues import world

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=HANOI).astimezone(UTC)
WEEKLY = Group(Address("t", "b", "-1"), 1, "Nhóm", 1, SUNDAY)
DAILY = rescheduled(WEEKLY, ScheduleRead(daily=True, hour=17), SUNDAY)
NEVER = rescheduled(WEEKLY, ScheduleRead(never=True), SUNDAY)


@pytest.mark.parametrize(
    ("group", "last", "following"),
    [
        (WEEKLY, "2026-11-16T08:30", "2026-11-23T08:30"),
        (DAILY, "2026-11-21T17:00", "2026-11-22T17:00"),
        (NEVER, None, None),
    ],
)
def test_knows_the_post_before_and_the_next(
    group: Group, last: str | None, following: str | None
) -> None:
    def local(moment: datetime | None) -> str | None:
        return f"{moment.astimezone(HANOI):%Y-%m-%dT%H:%M}" if moment else None

    assert local(last_post(group, SUNDAY, HANOI)) == last
    assert local(next_post(group, SUNDAY, HANOI)) == following


def test_posts_daily_at_the_moment_itself() -> None:
    at = datetime(2026, 11, 22, 17, 0, tzinfo=HANOI)
    assert last_post(DAILY, at, HANOI) == at
    assert next_post(DAILY, at, HANOI) == at + timedelta(days=1)


def test_reads_the_usual_schedules_as_the_buttons_say_them() -> None:
    texts = world.house({}).texts
    read = [read_schedule(texts(f"group.usual_{name}")) for name in ("weekly", "daily", "never")]
    assert read == [
        ScheduleRead(weekly=True, weekdays=frozenset({0}), hour=8, minute=30),
        ScheduleRead(daily=True, hour=17),
        ScheduleRead(never=True),
    ]


def test_keeps_what_was_not_said() -> None:
    later = SUNDAY + timedelta(hours=1)
    changed = rescheduled(DAILY, ScheduleRead(weekly=True, weekdays=frozenset({4, 6})), later)
    assert (changed.post_every, changed.post_weekday) == (Every.WEEK, 4)
    assert (changed.post_hour, changed.post_minute, changed.bound_at) == (17, 0, later)
    again = rescheduled(NEVER, ScheduleRead(hour=9), later)
    assert (again.post_every, again.post_weekday, again.post_hour) == (Every.WEEK, 0, 9)
