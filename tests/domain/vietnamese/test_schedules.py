"""How people say when something is to be posted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.vietnamese.schedules import WEEKEND, WORKING_DAYS, ScheduleRead, read_schedule
from domain.vietnamese.text import fold

NAMES = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@pytest.mark.parametrize(
    ("text", "days", "clock"),
    [
        ("thứ hai 8h30", "2", "8:30"),
        ("Thứ 6, 17 giờ", "6", "17:00"),
        ("t2 8:30", "2", "8:30"),
        ("thứ Ba 14:05", "3", "14:05"),
        ("thứ 2: 8h30", "2", "8:30"),
        ("thứ 2 hằng tuần 8h", "2", "8:00"),
        ("thu tu hang tuan 8 gio ruoi sang", "4", "8:30"),
        ("chủ nhật 20h", "8", "20:00"),
        ("chiều thứ hai 2h", "2", "14:00"),
        ("8 giờ tối thứ 2", "2", "20:00"),
        ("thứ năm", "5", ""),
        ("thứ hai và thứ năm 8h30", "25", "8:30"),
        ("thứ 2, 4, 6 lúc 8h", "246", "8:00"),
        ("thứ 2 4 6 7 giờ", "246", "7:00"),
        ("t2 t5 17h", "25", "17:00"),
        ("t2/t4/t6 8h", "246", "8:00"),
        ("8h30 thứ 2 và 5", "25", "8:30"),
        ("thứ hai, tư, sáu 8h", "246", "8:00"),
        ("thu hai, tu, sau 8h", "246", "8:00"),
        ("t7, cn 9 giờ", "78", "9:00"),
        ("@sangkien_bot thứ bảy và chủ nhật 9h", "78", "9:00"),
        ("T2-T6 8h", "23456", "8:00"),
        ("thứ 2-6 8h", "23456", "8:00"),
        ("thứ 2-4-6 8h", "246", "8:00"),
        ("từ thứ hai đến thứ sáu, 8h", "23456", "8:00"),
        ("từ thứ 2 tới thứ 6 8h", "23456", "8:00"),
        ("tu t2 toi t6 8h", "23456", "8:00"),
        ("thứ sáu đến thứ hai 8h", "2678", "8:00"),
        ("ngày làm việc 8h", "23456", "8:00"),
        ("các ngày thường 7h15", "23456", "7:15"),
        ("cuối tuần 9h", "78", "9:00"),
        ("7h15", "", "7:15"),
        # What follows a day is not always another one.
        ("thứ 2, 4h", "2", "4:00"),
        ("thứ 2, 4 giờ chiều", "2", "16:00"),
        ("thứ 2, 20h", "2", "20:00"),
        ("thứ hai từ 8h", "2", "8:00"),
        ("thu hai tu 8h", "2", "8:00"),
        ("thái 8h", "", "8:00"),
    ],
)
def test_reads_days_and_clock(text: str, days: str, clock: str) -> None:
    read = read_schedule(text)
    assert read is not None
    assert "".join(str(day + 2) for day in sorted(read.weekdays)) == days
    assert ("" if read.hour is None else f"{read.hour}:{read.minute:02}") == clock
    assert (read.never, read.daily, read.weekly) == (False, False, days != "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("hằng ngày 17h", ScheduleRead(daily=True, hour=17)),
        ("hang ngay 8:30", ScheduleRead(daily=True, hour=8, minute=30)),
        ("mỗi ngày lúc 5h chiều", ScheduleRead(daily=True, hour=17)),
        ("hàng ngày", ScheduleRead(daily=True)),
        ("hằng tuần", ScheduleRead(weekly=True)),
        ("thôi đăng", ScheduleRead(never=True)),
        ("dung dang", ScheduleRead(never=True)),
        ("cuối tuần", ScheduleRead(weekly=True, weekdays=WEEKEND)),
        ("ngày làm việc", ScheduleRead(weekly=True, weekdays=WORKING_DAYS)),
    ],
)
def test_reads_what_is_said_without_a_day(text: str, read: ScheduleRead) -> None:
    assert read_schedule(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xin chào",
        "25h",
        "8h75",
        "thứ hai 8h và 17h",
        "hằng ngày thứ hai",
        "hằng ngày trừ chủ nhật 8h",
        "ngày mồng 1 hằng tháng",
        "ngày 15 hằng tháng 8h",
        "thứ hai đầu tháng 8h",
        "T3/2023 8h",
        "thứ 9 8h",
        "thứ 2 2 tuần một lần 8h",
        "cách ngày 8h",
    ],
)
def test_reads_nothing_into_what_it_cannot_keep_to(text: str) -> None:
    assert read_schedule(text) is None


CLOCKS = st.tuples(st.integers(0, 23), st.integers(0, 59))
LINKS = st.sampled_from([", ", " và ", " ", " & "])


@given(
    st.sets(st.integers(0, 6), min_size=1),
    CLOCKS,
    LINKS,
    st.sampled_from([NAMES, SHORT]),
    st.booleans(),
    st.sampled_from([" {}h{:02}", " lúc {}:{:02}", ", {} giờ {:02}"]),
)
def test_reads_back_whatever_days_are_said(
    days: set[int], clock: tuple[int, int], link: str, names: tuple[str, ...], bare: bool, at: str
) -> None:
    said = link.join(names[day] for day in sorted(days)) + at.format(*clock)
    read = read_schedule(fold(said) if bare else said)
    expected = ScheduleRead(False, False, True, frozenset(days), *clock)
    assert read == expected
