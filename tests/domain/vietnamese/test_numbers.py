"""Writing and reading numbers, percentages and days."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.vietnamese import (
    format_count,
    format_date,
    format_days,
    format_decimal,
    format_iso,
    format_moment,
    format_money,
    format_percent,
    format_weekday,
    money_in_words,
    read_number,
    read_percent,
)
from domain.vietnamese.numerals import in_words, read_digits
from domain.vietnamese.text import spells


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (6308, 4100, "153,9%"), (570, 265, "215,1%"), (5289, 4100, "129,0%"), (0, 5, "0,0%"),
        (1, 800, "0,1%"), (1, 2000, "0,1%"), (-1, 2, "-50,0%"), (50, 1, "5.000,0%"),
    ],
)  # fmt: skip
def test_writes_percentages_with_one_decimal_half_up(part: int, whole: int, said: str) -> None:
    assert format_percent(part, whole) == said


@pytest.mark.parametrize(
    ("vnd", "said", "words"),
    [
        (0, "0 đồng", "không đồng"),
        (500, "500 đồng", "năm trăm đồng"),
        (14_000_000, "14 triệu đồng", "mười bốn triệu đồng"),
        (1_500_000_000, "1,5 tỷ đồng", "một tỷ năm trăm triệu đồng"),
        (30_000_000_000, "30 tỷ đồng", "ba mươi tỷ đồng"),
        (14_500_001, "14.500.001 đồng", "mười bốn triệu năm trăm nghìn không trăm linh một đồng"),
        (14_250_000, "14,25 triệu đồng", "mười bốn triệu hai trăm năm mươi nghìn đồng"),
        (21_000_000, "21 triệu đồng", "hai mươi mốt triệu đồng"),
        (14_000_500, "14.000.500 đồng", "mười bốn triệu không nghìn năm trăm đồng"),
        (3_500_000_000_000, "3.500 tỷ đồng", "ba nghìn năm trăm tỷ đồng"),
        (
            1_000_000_001_000,
            "1.000.000.001.000 đồng",
            "một nghìn tỷ không trăm linh một nghìn đồng",
        ),
        (-5_000_000, "-5 triệu đồng", "âm năm triệu đồng"),
        (15_015, "15.015 đồng", "mười lăm nghìn không trăm mười lăm đồng"),
    ],
)
def test_writes_money_exactly(vnd: int, said: str, words: str) -> None:
    assert (format_money(vnd), money_in_words(vnd)) == (said, words)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.250", 1250), ("1250 người", 1250), ("ba mươi", 30), ("khoảng 1.900 lượt", 1900),
        ("0", 0), ("một nghìn hai trăm hộ", 1200), ("2 nghìn", 2000), ("12 000", 12000),
        ("hai triệu", 2_000_000), ("mười lăm", 15), ("muoi lam", 15), ("1.250.000", 1_250_000),
        ("1,5", None), ("1,250", None), ("30-40", None), ("vài chục", None), ("chục", None),
        ("", None), ("3 hoặc 4", None), ("-3", None), ("30%", None), ("1.2.3", None),
        ("nửa", None), ("15/9/2023", None), ("ba bốn", None),
    ],
)  # fmt: skip
def test_reads_a_count_or_asks(text: str, number: int | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("60%", 60), ("12,5 phần trăm", Fraction(25, 2)), ("40", 40), ("60/40", None), ("x", None),
        ("-5%", None), ("1.2.3%", None),
    ],
)  # fmt: skip
def test_reads_a_percentage_or_asks(text: str, percent: Fraction | int | None) -> None:
    assert read_percent(text) == percent


def test_writes_days_and_moments() -> None:
    day = date(2023, 8, 31)
    assert format_date(day) == "31/8/2023"
    assert (format_iso("2023-09"), format_iso("2023-09-05")) == ("tháng 9/2023", "5/9/2023")
    assert format_moment(datetime(2022, 10, 3, 15, 4)) == "15h04, thứ Hai 3/10/2022"
    assert format_weekday(date(2023, 9, 3)) == "Chủ nhật"
    assert [format_days(days) for days in (0, 1, 12, -3)] == [
        "hôm nay", "ngày mai", "còn 12 ngày", "quá 3 ngày",
    ]  # fmt: skip


def test_writes_one_decimal_only_where_there_is_one() -> None:
    said = [format_decimal(number) for number in (Fraction(98, 12), 8, Fraction(-1, 2))]
    assert said == ["8,2", "8", "-0,5"]
    assert format_count(-1234) == "-1.234"


@settings(max_examples=300)
@given(st.integers(0, 999_999))
def test_reads_back_counts_in_digits_and_words(number: int) -> None:
    assert read_number(format_count(number)) == number
    if number < 1000 and number:
        assert read_number(in_words(number)) == number


def test_refuses_badly_grouped_digits() -> None:
    for digits in ("12.500.00", "000", "012.345", "1" * 19, "1,2345", "1.000,000"):
        assert read_digits(digits).kind == "malformed"


def test_lets_marks_be_left_out_but_never_added() -> None:
    assert spells("trieụ".replace("ụ", "u"), "triệu")
    assert spells("đồng", "đồng")
    assert spells("dông", "đồng")
    assert not spells("bồn", "bốn")
    assert not spells("động", "đồng")


@pytest.mark.parametrize("text", ["12a", "l4", "1O0 em"])
def test_reads_no_number_with_letters_among_its_digits(text: str) -> None:
    assert read_number(text) is None
