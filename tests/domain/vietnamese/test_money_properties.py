"""What holds for any text about money."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.vietnamese import find_money, format_count, format_money, money_in_words, read_money

PIECES = st.sampled_from(
    [
        *("14", "1", "5", "500", "2,345", "1.200", "0", "2023", "12.500.00", "000", "10/2023"),
        *("triệu", "tr", "tỷ", "ty", "k", "nghìn", "đ", "đồng", "rưỡi", "nửa", "trăm", "mươi"),
        *("mười", "năm", "một", "hai", "ba", "tư", "lăm", "linh", "không", "vài", "chục", "mấy"),
        *("/", "-", "x", "=", "+", ",", ".", "%", "$", "~", ">", "(", "trạm", "mỗi", "đến", "từ"),
        *("gần", "hơn", "củ", "đô", "công", "O", "l", "🙂", "tháng", "học sinh", "m2", "còn"),
    ]
)
TALK = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=25).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
ANYTHING = st.text(max_size=200) | TALK


@settings(max_examples=600)
@given(ANYTHING)
def test_gives_exactly_one_of_a_value_and_a_reason(text: str) -> None:
    read = read_money(text)
    assert (read.vnd is None) != (read.ask is None)
    assert read.vnd is None or 0 <= read.vnd <= 10**17
    assert (read.vnd == 0) == ("no_money" in read.flags)
    assert all(offer > 0 for offer in read.suggestions)
    found = find_money(text)
    assert found is None or (found.vnd is None) != (found.ask is None)


@settings(max_examples=300)
@given(TALK)
def test_reads_composed_and_decomposed_letters_alike(text: str) -> None:
    one = read_money(unicodedata.normalize("NFC", text))
    other = read_money(unicodedata.normalize("NFD", text))
    assert (one.vnd, one.ask, one.rate) == (other.vnd, other.ask, other.rate)


@settings(max_examples=300)
@given(st.integers(1, 10**15 - 1))
def test_reads_back_what_it_writes(vnd: int) -> None:
    assert read_money(format_money(vnd)).vnd == vnd
    assert read_money(f"{format_count(vnd)} đồng").vnd == vnd
    assert read_money(f"{vnd} đ").vnd == vnd


@settings(max_examples=300)
@given(st.integers(1, 10**6))
def test_reads_back_whole_thousands_in_words(thousands: int) -> None:
    assert read_money(money_in_words(thousands * 1000)).vnd == thousands * 1000


@settings(max_examples=200)
@given(st.integers(1, 999), st.sampled_from(["triệu", "tr", "tỷ", "trieu"]))
def test_reads_the_same_however_scales_and_blanks_are_typed(count: int, scale: str) -> None:
    spaced = read_money(f"{count} {scale}").vnd
    assert spaced is not None
    assert read_money(f"{count}{scale}").vnd == spaced
    assert read_money(f"  {count}\u00a0{scale.upper()} đồng.").vnd == spaced


@pytest.mark.parametrize(
    "piece",
    [
        *("1", "1.", "14tr ", "năm ", "hai mươi ", "1.000.", "1 000 ", "/trạm", "x 2 ", "không "),
        *("loi nhuan ", "mỗi năm ", "- ", "1-", "🙂", "a\u0301", "từ 1/9/2023 ", "cong ty 2 "),
        *("khong co loi nhuan ", "trăm ", "ba trạm "),
    ],
)
def test_takes_no_longer_than_the_text_is_long(piece: str) -> None:
    short, long = piece * (2_500 // len(piece)), piece * (10_000 // len(piece))
    took = []
    for text in (short, long):
        begun = perf_counter()
        read_money(text)
        find_money(text)
        took.append(perf_counter() - begun)
    assert took[1] < 20 * took[0] + 0.5
