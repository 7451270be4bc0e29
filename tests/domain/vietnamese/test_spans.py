"""From when to when, as officers type it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.vietnamese.spans import read_span

TODAY = date(2026, 3, 10)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("15/3 đến 30/4", "2026-03-15", "2026-04-30"),
        ("15/3 – 30/4", "2026-03-15", "2026-04-30"),
        ("15/3-30/4/2026", "2026-03-15", "2026-04-30"),
        ("15/03/2026 - 30/04/2026", "2026-03-15", "2026-04-30"),
        ("15-3-2026 đến 30-4-2026", "2026-03-15", "2026-04-30"),
        ("tu ngay 15/3 toi het ngay 30/4", "2026-03-15", "2026-04-30"),
        ("từ 15 đến 30/4", "2026-04-15", "2026-04-30"),
        ("28-3/4", "2026-03-28", "2026-04-03"),
        ("từ 27/4 trong 40 ngày", "2026-04-27", "2026-06-05"),
        ("bốn mươi ngày từ 27/4", "2026-04-27", "2026-06-05"),
        ("từ ngày 27 tháng 4, trong vòng 40 ngày", "2026-04-27", "2026-06-05"),
        ("kể từ 1/5, 2 tháng", "2026-05-01", "2026-06-30"),
        ("từ hôm nay trong một tuần", "2026-03-10", "2026-03-16"),
        ("tuần tới", "2026-03-16", "2026-03-22"),
        ("tuần này", "2026-03-10", "2026-03-15"),
        ("tháng sau", "2026-04-01", "2026-04-30"),
        ("thang nay", "2026-03-10", "2026-03-31"),
        ("tháng tư", "2026-04-01", "2026-04-30"),
        ("từ tháng 3 đến tháng 5", "2026-03-01", "2026-05-31"),
        ("đầu tháng 5 đến cuối tháng 5", "2026-05-01", "2026-05-31"),
        ("từ nay đến cuối tháng", "2026-03-10", "2026-03-31"),
        ("từ mai đến hết tháng 4", "2026-03-11", "2026-04-30"),
        ("từ thứ hai tuần sau đến 30/4", "2026-03-16", "2026-04-30"),
        ("15/12 đến 15/1", "2026-12-15", "2027-01-15"),
        ("từ 5/3 đến 30/4", "2026-03-05", "2026-04-30"),
        ("mùng 1/5 đến 31/5", "2026-05-01", "2026-05-31"),
        ("10/3 đến 10/3", "2026-03-10", "2026-03-10"),
    ],
)
def test_reads(said: str, first: str, last: str) -> None:
    read = read_span(said, TODAY)
    assert read.days == (date.fromisoformat(first), date.fromisoformat(last)), read


@pytest.mark.parametrize(
    ("said", "ask", "offered"),
    [
        ("đến hết 30/4", "start", "2026-03-10 2026-04-30"),
        ("40 ngày", "start", "2026-03-10 2026-04-18"),
        ("2 tuần tới", "start", "2026-03-10 2026-03-23"),
        ("20/3", "end", "2026-03-20 2026-03-20"),
        ("từ ngày mai", "end", "2026-03-11 2026-03-11"),
        ("30/2 đến 3/3", "impossible", ""),
        ("32 đến 30/4", "impossible", ""),
        ("29/2 đến 1/3", "impossible", ""),
        ("1/2/2026 đến 28/2/2026", "past", ""),
        ("30/4/2026 đến 15/3/2026", "order", ""),
        ("từ mùng 3 Tết", "lunar", ""),
        ("từ giữa tháng 5 đến 30/6", "vague", ""),
        ("gì cơ", "vague", ""),
        ("", "vague", ""),
    ],
)
def test_asks_back(said: str, ask: str, offered: str) -> None:
    read = read_span(said, TODAY)
    assert read.days is None and read.ask == ask
    assert [" ".join(map(str, days)) for days in read.suggestions] == ([offered] if offered else [])


@given(st.text(alphabet="0123456789/-. tuđếnhaigỳ", max_size=30))
def test_gives_days_in_order_or_asks(said: str) -> None:
    read = read_span(said, TODAY)
    if read.days is None:
        assert read.ask
    else:
        assert read.days[0] <= read.days[1] and read.days[1] >= TODAY


@given(st.dates(TODAY, date(2030, 12, 31)), st.integers(0, 300))
def test_reads_what_is_written_out(first: date, more: int) -> None:
    last = date.fromordinal(first.toordinal() + more)
    said = f"{first.day}/{first.month}/{first.year} đến {last.day}/{last.month}/{last.year}"
    assert read_span(said, TODAY).days == (first, last)
