"""How people say when they want to be written to, and by which clock."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.vietnamese.hours import HoursRead, read_hours
from domain.vietnamese.text import fold


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("giờ hành chính", "usual"),
        ("như thường", "usual"),
        ("nhu thuong le", "usual"),
        ("bình thường thôi", "usual"),
        ("trong giờ làm việc", "usual"),
        ("mặc định", "usual"),
        ("buổi tối", "evening"),
        ("Tối", "evening"),
        ("toi", "evening"),
        ("nhắn buổi tối nhé", "evening"),
        ("tôi muốn nhận buổi tối", "evening"),
        ("nhan cho toi buoi toi", "evening"),
        ("ngoài giờ hành chính", "evening"),
        ("sau giờ làm", "evening"),
    ],
)
def test_reads_hours_that_have_a_name(text: str, kind: str) -> None:
    assert read_hours(text) == HoursRead(kind)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("7h-9h", "07:00-09:00"),
        ("7-9h", "07:00-09:00"),
        ("19:00 - 20:30", "19:00-20:30"),
        ("19h→21h", "19:00-21:00"),
        ("từ 19h đến 21h30", "19:00-21:30"),
        ("tu 19h den 21h30", "19:00-21:30"),
        ("7h toi 9h", "07:00-09:00"),
        ("7h tới 9h", "07:00-09:00"),
        ("7 giờ sáng đến 9 giờ", "07:00-09:00"),
        ("7 rưỡi sáng đến 8 giờ rưỡi", "07:30-08:30"),
        ("7 giờ tối đến 9 giờ", "19:00-21:00"),
        ("7h-9h tối", "19:00-21:00"),
        ("buổi tối từ 7h đến 9h", "19:00-21:00"),
        ("tối 7-9", "19:00-21:00"),
        ("8h-5h chiều", "08:00-17:00"),
        ("8h sáng - 5h", "08:00-17:00"),
        ("11h-1h trưa", "11:00-13:00"),
        ("1h-5h chiều", "13:00-17:00"),
        ("nhan cho toi luc 7h-9h", "07:00-09:00"),
        ("đúng 7h-9h", "07:00-09:00"),
        ("thứ 2-6 8h-17h", "08:00-17:00"),
        ("sau 7h trước 9h", "07:00-09:00"),
        # Those who work at night.
        ("22h-2h", "22:00-02:00"),
        ("10h đêm đến 2 giờ sáng", "22:00-02:00"),
        ("18h-24h", "18:00-00:00"),
        ("6h chiều - 12h đêm", "18:00-00:00"),
        ("0h-5h", "00:00-05:00"),
        # What is open at one end.
        ("sau 18h", "18:00-21:00"),
        ("sau 6h chiều", "18:00-21:00"),
        ("từ 18h trở đi", "18:00-21:00"),
        ("sau 20h30", "20:30-22:30"),
        ("sau 22h", "22:00-00:00"),
        ("trước 9h", "07:00-09:00"),
        ("trước 7h", "05:00-07:00"),
        ("trước 1h", "23:00-01:00"),
    ],
)
def test_reads_from_when_to_when(text: str, window: str) -> None:
    read = read_hours(text)
    assert read is not None
    assert (read.kind, f"{read.begin:%H:%M}-{read.end:%H:%M}", read.zone) == ("own", window, "")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("UTC+9", "Etc/GMT-9"),
        ("utc -5", "Etc/GMT+5"),
        ("GMT", "Etc/GMT"),
        ("múi giờ +9", "Etc/GMT-9"),
        ("mui gio 9", "Etc/GMT-9"),
        ("giờ +8", "Etc/GMT-8"),
        ("UTC+14", "Etc/GMT-14"),
        ("UTC–12", "Etc/GMT+12"),
        ("giờ Nhật", "Asia/Tokyo"),
        ("gio nhat ban", "Asia/Tokyo"),
        ("theo giờ bên Hàn", "Asia/Seoul"),
        ("giờ Hàn Quốc", "Asia/Seoul"),
        ("giờ Đài Loan", "Asia/Taipei"),
        ("giờ Đức", "Europe/Berlin"),
        ("giờ nước Anh", "Europe/London"),
        ("giờ Việt Nam", "Asia/Ho_Chi_Minh"),
    ],
)
def test_reads_by_which_clock(text: str, zone: str) -> None:
    assert read_hours(text) == HoursRead(zone=zone)
    assert ZoneInfo(zone).key == zone
    assert read_hours(f"buổi tối, {text}") == HoursRead("evening", zone=zone)
    own = HoursRead("own", time(19), time(21), zone)
    assert (read_hours(f"19h-21h {text}"), read_hours(f"{text}, 19h-21h")) == (own, own)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xin chào",
        "nhắn cho tôi",
        "lúc 19h",
        "25h-26h",
        "7h75-9h",
        "7h-7h",
        "19h sáng - 21h",
        "9 giờ kém 15 đến 10 giờ",
        "7-9-2026",
        # Two readings, or two windows.
        "8h-5h",
        "10h-2h sáng",
        "7h-9h và 19h-21h",
        "giờ hành chính và buổi tối",
        "không nhắn buổi tối",
        "đừng nhắn 7h-9h",
        # Clocks that no zone of whole hours shows, and countries with several.
        "UTC+5:30",
        "UTC+15",
        "UTC-13",
        "UTC+" + 5000 * "9",
        "giờ Mỹ",
        "giờ lao động",
        "giờ nhất định",
    ],
)
def test_reads_nothing_into_what_is_not_clear(text: str) -> None:
    assert read_hours(text) is None


WALLS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
SAYINGS = st.sampled_from(
    [
        "{0.hour}h{0.minute:02}-{1.hour}h{1.minute:02}",
        "từ {0.hour} giờ {0.minute} đến {1.hour} giờ {1.minute}",
        "{0:%H:%M} - {1:%H:%M}",
        "nhắn giúp em khoảng {0.hour}h{0.minute:02} tới {1.hour}h{1.minute:02} nhé",
    ]
)
OFFSETS = st.integers(-12, 14)


@given(WALLS, WALLS, SAYINGS, OFFSETS | st.none(), st.booleans())
def test_reads_back_whatever_hours_are_said(
    begin: time, end: time, saying: str, east: int | None, bare: bool
) -> None:
    assume(begin < end or (begin > end and begin.hour >= 12))
    said = saying.format(begin, end) + ("" if east is None else f" UTC{east:+d}")
    read = read_hours(fold(said) if bare else said)
    assert read is not None
    assert (read.kind, read.begin, read.end) == ("own", begin, end)
    zone = f"Etc/GMT{-east:+d}" if east else "Etc/GMT"
    assert read.zone == ("" if east is None else zone)


@given(st.text(max_size=40) | st.text("0123456789hgioUTC+-: toiđếnsau", max_size=30))
def test_never_stumbles_over_a_text(text: str) -> None:
    read = read_hours(text)
    assert read is None or read.kind or read.zone
