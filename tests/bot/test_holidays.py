"""The days off that come with the bot are those of the law and the moon; faults name their line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.commands.checking import check
from bot.holidays import load_days_off, read_days_off
from bot.packaged import operator_texts, packaged
from bot.toml_file import read_toml
from domain.calendar import Holiday, next_allowed, usual
from domain.errors import FaultyContent
from storage.migrate import migrate
from tests.support.lunar import lunar_months

WORDS = operator_texts()
DAY = timedelta(days=1)
YEARS = range(2026, 2031)
SECOND = {2026: 1, 2027: 3, 2028: 1, 2029: 3, 2030: 3}
"""The day of September beside Quốc khánh that makes the longer rest; announced year by year."""


def public(year: int) -> list[date]:
    """Public holidays but Tết, of which the law's five days lie within the week that is off."""
    ancestors = lunar_months(year)[3] + 9 * DAY
    fixed = ((1, 1), (4, 30), (5, 1), (9, SECOND[year]), (9, 2))
    return sorted([ancestors, *(date(year, month, day) for month, day in fixed)])


def given_back(days: list[date]) -> Iterator[date]:
    """Labour Code 2019, article 111.3: the next working day for each on a weekend."""
    taken = set(days)
    for day in days:
        if day.weekday() >= 5:
            instead = day
            while instead in taken or instead.weekday() >= 5:
                instead += DAY
            taken.add(instead)
            yield instead


@pytest.mark.parametrize(
    ("year", "first"),
    [
        # Where Hà Nội and Beijing part.
        (1985, "1985-01-21"),
        (2007, "2007-02-17"),
        (2030, "2030-02-02"),
        (2025, "2025-01-29"),
        (2026, "2026-02-17"),
        (2027, "2027-02-06"),
        (2028, "2028-01-26"),
        (2029, "2029-02-13"),
        # After a leap month.
        (2033, "2033-01-31"),
        (2034, "2034-02-19"),
    ],
)
def test_knows_the_first_day_of_the_lunar_year(year: int, first: str) -> None:
    assert lunar_months(year)[1] == date.fromisoformat(first)


@pytest.mark.parametrize("year", YEARS)
def test_rests_on_public_holidays_and_around_tet(year: int) -> None:
    months = lunar_months(year)
    # From 26 tháng Chạp to mùng 6.
    around_tet = {months[12] + 25 * DAY + n * DAY for n in range(10)}
    assert max(around_tet) == months[1] + 5 * DAY, "tháng Chạp has 29 days in all of them"
    days = public(year)
    expected = around_tet | set(days) | set(given_back(days))
    off = load_days_off(None, WORDS)
    found = {day for each in off.holidays for day in each.days() if day.year == year}
    assert found == expected


def test_rests_for_all_five_days_of_tet_that_the_law_gives() -> None:
    off = load_days_off(None, WORDS)
    for year in YEARS:
        first = lunar_months(year)[1]
        for before in (1, 2):
            days = [first + n * DAY for n in range(-before, 5 - before)]
            assert all(off.name(day) for day in (*days, *given_back(days)))


def test_knows_no_other_years() -> None:
    off = load_days_off(None, WORDS)
    assert {day.year for each in off.holidays for day in each.days()} == set(YEARS)
    assert off.last == date(2030, 9, 3)


def test_leaves_out_what_is_not_law_yet() -> None:
    assert load_days_off(None, WORDS).name(date(2026, 11, 24)) == ""
    taken_in = packaged("holidays.toml").replace(b"# [[h", b"[[h").replace(b"# name", b"name")
    taken_in = taken_in.replace(b"# from", b"from")
    off = read_days_off(read_toml("holidays.toml", taken_in), WORDS)
    assert off.name(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"


def test_says_nothing_all_through_tet() -> None:
    hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    night, lunch = (time(20), time(8)), (time(11, 30), time(13, 30))
    calendar = usual(night, lunch, hanoi, days_off=load_days_off(None, WORDS))
    asked = datetime(2027, 2, 1, 21, tzinfo=hanoi)
    assert next_allowed(asked, calendar) == datetime(2027, 2, 12, 8, tzinfo=hanoi)


def test_takes_the_unions_own_file_instead(tmp_path: Path) -> None:
    own = tmp_path / "ngay-nghi.toml"
    own.write_text('[[holiday]]\nname = "Hội làng"\nfrom = 2027-03-05\n', "utf-8")
    [found] = load_days_off(own, WORDS).holidays
    assert found == Holiday("Hội làng", date(2027, 3, 5), date(2027, 3, 5))
    own.write_text("", "utf-8")
    assert load_days_off(own, WORDS).last is None


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyContent) as caught:
        read_days_off(read_toml("nghi.toml", text.encode()), WORDS)
    return list(caught.value.faults)


def test_finds_every_fault_with_its_line() -> None:
    text = """[[holiday]]
name = ""
from = "mai"
[[holiday]]
name = "Tết"
from = 2027-02-11
to = 2027-02-02
[[holiday]]
name = "Tết"
from = 2027-02-02
to = 2028-02-02
[[holiday]]
name = "Giỗ Tổ"
date = 2027-04-16
[holidays]
"""
    found = faults(text)
    assert [fault.rpartition(": ")[0] for fault in found] == [
        "nghi.toml:2: [holiday 1] name",
        "nghi.toml:3: [holiday 1] from",
        "nghi.toml:7: [holiday 2] to",
        "nghi.toml:11: [holiday 3] to",
        "nghi.toml:12: [holiday 4] from",
        "nghi.toml:14: [holiday 4] date",
        "nghi.toml:15: holidays",
    ]
    assert "phải là ngày, như 2027-02-02" in found[1]
    assert "xem lại năm" in found[3]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[holiday]\n", "nghi.toml:1: "),
        ("[holiday]\nname = 1\n", "nghi.toml:1: holiday: mỗi kỳ nghỉ phải là một bảng [[holiday]]"),
        ("holiday = [3]\n", "nghi.toml:1: [holiday 1]: mỗi kỳ nghỉ phải là một bảng [[holiday]]"),
    ],
)
def test_tells_of_a_file_of_another_shape(text: str, fault: str) -> None:
    [found] = faults(text)
    assert found.startswith(fault)


def test_tells_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FaultyContent) as caught:
        load_days_off(tmp_path / "none.toml", WORDS)
    assert "none.toml" in caught.value.faults[0]


@pytest.mark.parametrize(
    ("holidays", "now", "said"),
    [
        ("", "2030-06-03T16:00Z", "Lịch nghỉ đến 3/9/2030: được"),
        # The fourth of June in Hà Nội already.
        ("", "2030-06-03T17:00Z", "Lưu ý: lịch nghỉ chỉ ghi đến 3/9/2030"),
        (
            "[[holiday]]\nname = 'Hội'\nfrom = 2027-03-05",
            "2027-01-01T00:00Z",
            "chỉ ghi đến 5/3/2027",
        ),
    ],
)
def test_asks_the_operator_for_more_days_off_in_time(
    holidays: str, now: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nghi.toml").write_text(holidays, "utf-8")
    own = '[content]\nholidays = "nghi.toml"\n' if holidays else ""
    config = tmp_path / "config.toml"
    config.write_text(own, "utf-8")
    migrate(f"sqlite:///{tmp_path / 'data' / 'sangkien.sqlite3'}")
    assert check(config, WORDS, {}, datetime.fromisoformat(now))
    assert said in capsys.readouterr().out


def test_shows_faults_beside_those_of_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nghi.toml").write_text("[[holiday]]\nname = 'Hội'\n", "utf-8")
    (tmp_path / "loi.toml").write_text("[form]\nsved = 'x'\n", "utf-8")
    config = tmp_path / "config.toml"
    config.write_text("[content]\nholidays = 'nghi.toml'\ntexts = 'loi.toml'\n", "utf-8")
    assert not check(config, WORDS, {}, datetime(2026, 11, 23, tzinfo=UTC))
    err = capsys.readouterr().err
    assert "loi.toml:2: form.sved: " in err
    assert "nghi.toml:1: [holiday 1] from: thiếu mục này" in err
