"""How people say what a group is to get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.vietnamese.group_posts import PostsRead, read_posts
from domain.vietnamese.schedules import WORKING_DAYS, ScheduleRead
from domain.vietnamese.text import fold

NEVER = ScheduleRead(never=True)


def at(hour: int, *days: int, minute: int = 0) -> ScheduleRead:
    return ScheduleRead(False, False, bool(days), frozenset(days), hour, minute)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("thứ hai 8h30", [PostsRead((), at(8, 0, minute=30))]),
        ("bảng ngày 17h", [PostsRead(("board",), at(17))]),
        ("bảng 17 giờ", [PostsRead(("board",), at(17))]),
        ("bảng ngày từ 8h", [PostsRead(("board",), at(8))]),
        ("đăng bảng hằng ngày 16h", [PostsRead(("board",), at(16))]),
        ("tiến độ thứ hai và thứ năm 8h", [PostsRead(("progress",), at(8, 0, 3))]),
        ("báo tiến độ ngày làm việc 8h", [PostsRead(("progress",), at(8, *WORKING_DAYS))]),
        ("nhắc hạn 9h", [PostsRead(("deadline",), at(9))]),
        ("đếm ngược 9h", [PostsRead(("deadline",), at(9))]),
        ("tiến độ 8h, bảng 17h", [PostsRead(("progress",), at(8)), PostsRead(("board",), at(17))]),
        ("thôi đăng", [PostsRead((), NEVER)]),
        ("không đăng gì nữa", [PostsRead((), NEVER)]),
        ("thôi bảng ngày", [PostsRead(("board",), NEVER)]),
        ("bảng ngày thôi đăng", [PostsRead(("board",), NEVER)]),
        ("tắt tiến độ và bảng ngày", [PostsRead(("progress", "board"), NEVER)]),
        ("mốc tắt", [PostsRead(("milestone",), NEVER)]),
        ("bật mốc", [PostsRead(("milestone",), on=True)]),
        ("có tổng kết", [PostsRead(("summary",), on=True)]),
        ("đăng lại", [PostsRead(on=True)]),
        ("tắt 7 ngày", [PostsRead(mute_days=7)]),
        ("tắt đăng 7 ngày", [PostsRead(mute_days=7)]),
        ("tam dung hai tuan", [PostsRead(mute_days=14)]),
        ("giờ Nhật", [PostsRead(zone="Asia/Tokyo")]),
        ("8h30 giờ Nhật", [PostsRead((), at(8, minute=30), zone="Asia/Tokyo")]),
        ("bảng ngày 17h giờ Nhật", [PostsRead(("board",), at(17), zone="Asia/Tokyo")]),
    ],
)
def test_reads_an_order(text: str, orders: list[PostsRead]) -> None:
    assert list(read_posts(text)) == orders


@pytest.mark.parametrize(
    "text",
    [
        "",
        "khi nào",
        "tiến độ thế nào",
        "bảng",
        "giờ Mỹ",
        "giờ Nhật 25h",
        "tắt 100 ngày",
        # Of one kind there is no silence, and an hour behind two kinds may be the last one's.
        "tắt mốc 7 ngày",
        "tiến độ và bảng ngày 17h",
        "tiến độ 8h bảng 17h giờ Nhật",
        "bảng ngày mồng 1",
    ],
)
def test_reads_nothing_that_is_not_clear(text: str) -> None:
    assert read_posts(text) == ()


@pytest.mark.parametrize(
    "text", ["bảng ngày 17h", "thôi mốc", "tắt 7 ngày", "giờ Hàn", "nhắc hạn thứ hai 9h"]
)
def test_reads_the_same_without_diacritics(text: str) -> None:
    assert read_posts(fold(text)) == read_posts(text) != ()


@given(st.text(max_size=60))
def test_reads_anything(text: str) -> None:
    for order in read_posts(text):
        assert order != PostsRead()
