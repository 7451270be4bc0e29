"""When groups are posted to, and how people say so."""

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
    ("text", "read"),
    [
        ("thứ hai 8h30", (False, False, True, 0, 8, 30)),
        ("Thứ 6, 17 giờ", (False, False, True, 4, 17, 0)),
        ("t2 8:30", (False, False, True, 0, 8, 30)),
        ("thu tu hang tuan 8 gio ruoi sang", (False, False, True, 2, 8, 30)),
        ("chủ nhật 20h", (False, False, True, 6, 20, 0)),
        ("hằng ngày 17h", (False, True, False, None, 17, 0)),
        ("mỗi ngày lúc 5h chiều", (False, True, False, None, 17, 0)),
        ("hàng ngày", (False, True, False, None, None, 0)),
        ("7h15", (False, False, False, None, 7, 15)),
        ("thứ năm", (False, False, True, 3, None, 0)),
        ("thôi đăng", (True, False, False, None, None, 0)),
        ("dung dang", (True, False, False, None, None, 0)),
        ("xin chào", None),
        ("25h", None),
        ("8h75", None),
        ("hằng ngày thứ hai", None),
        ("", None),
    ],
)
def test_reads_when_to_post(text: str, read: tuple[object, ...] | None) -> None:
    assert read_schedule(text) == (ScheduleRead(*read) if read else None)  # type: ignore[arg-type]  # the table's columns


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
        ScheduleRead(weekly=True, weekday=0, hour=8, minute=30),
        ScheduleRead(daily=True, hour=17),
        ScheduleRead(never=True),
    ]


def test_keeps_what_was_not_said() -> None:
    later = SUNDAY + timedelta(hours=1)
    changed = rescheduled(DAILY, ScheduleRead(weekly=True, weekday=4), later)
    assert (changed.post_every, changed.post_weekday) == (Every.WEEK, 4)
    assert (changed.post_hour, changed.post_minute, changed.bound_at) == (17, 0, later)
    again = rescheduled(NEVER, ScheduleRead(hour=9), later)
    assert (again.post_every, again.post_weekday, again.post_hour) == (Every.WEEK, 0, 9)
