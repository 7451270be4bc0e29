"""The forms of a text, names, and short answers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.vietnamese import (
    canonical,
    expand_abbreviations,
    fold,
    given_name,
    looks_like_name,
    name_key,
    nfc,
    same,
    sounds_like_talk,
    title_case_name,
    without_title,
    yes_no,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Tiến  độ", "tien do"),
        ("ĐẠI HỘI", "dai hoi"),
        ("HD-TLÐ", "hd-tld"),
        ("nộp\u200b sáng\u00a0kiến", "nop sang kien"),
        ("", ""),
        ("Ưu ƯỚC", "uu uoc"),
    ],
)
def test_folds_for_search(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "hoà"), ("Thúy", "Thuý"), ("khỏe", "khoẻ"), ("Ủy ban", "Uỷ ban"), ("LÐLÐ", "LĐLĐ"),
        ("kỹ thuật", "kĩ thuật"), ("tỷ lệ", "tỉ lệ"), ("lý do", "lí do"), ("Trần  Văn", "trần văn"),
        ("quý", "quý"), ("hòan thành", "hoàn thành"),
    ],
)  # fmt: skip
def test_holds_two_spellings_for_one(one: str, other: str) -> None:
    assert same(one, other)
    assert same(unicodedata.normalize("NFD", one), other)


@pytest.mark.parametrize(
    ("one", "other"), [("ma", "mà"), ("My", "Mi"), ("Hoa", "Hòa"), ("đo", "do"), ("quỳ", "quì")]
)
def test_holds_two_words_apart(one: str, other: str) -> None:
    assert not same(one, other)


@given(st.text(max_size=80))
def test_folds_and_compares_any_text_once_and_for_all(text: str) -> None:
    assert canonical(text) == canonical(nfc(text))
    assert fold(fold(text)) == fold(text)


def test_writes_out_the_abbreviations_of_unit_names() -> None:
    assert expand_abbreviations("ctcp ctn ls") == "cong ty co phan cap thoat nuoc ls"
    assert expand_abbreviations("cdcs ttyt trang dinh").startswith("cong doan co so trung tam y te")


@pytest.mark.parametrize(
    "text",
    [
        *("dạ", "vâng", "ừ", "uh", "OK", "oke", "ok em", "có", "Đồng ý", "dong y", "dc", "được"),
        *("đúng rồi", "dạ vâng ạ", "nhất trí", "có ạ", "Dạ có", "xác nhận", "y", "dạ đúng ạ"),
    ],
)
def test_hears_a_yes(text: str) -> None:
    assert yes_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        *("không", "ko", "k", "hok", "khong a", "thôi", "không đồng ý", "ko dong y", "dạ không ạ"),
        *("chưa", "không có", "không cần", "hông"),
    ],
)
def test_hears_a_no(text: str) -> None:
    assert yes_no(text) is False


@pytest.mark.parametrize(
    "text", ["", "🙂", "14 triệu", "có hay không", "có lắp cảm biến", "để em hỏi", "a ơi"]
)
def test_hears_neither(text: str) -> None:
    assert yes_no(text) is None


@pytest.mark.parametrize(
    "name",
    ["Nông Thị A", "nguyen van vu", "Bế Thị Hòa", "H'Hen Niê", "Giàng A Páo", "Ly Ly", "Lò Văn Y"],
)
def test_takes_a_name_for_a_name(name: str) -> None:
    assert looks_like_name(name)
    assert looks_like_name(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize("text", ["để tôi xem đã", "cho em hoi", "xin chào", "co ai giup khong"])
def test_hears_talk_where_a_name_is_wanted(text: str) -> None:
    assert sounds_like_talk(text)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Văn Tới", "nguyen thi em", "Lại Thị Đa", "Hồ Văn Cơ", "Đỗ Văn Khổng"],
)
def test_hears_no_talk_in_a_name(name: str) -> None:
    assert not sounds_like_talk(name)


@pytest.mark.parametrize("text", ["Vũ", "tổ 3", "", "a@b c", "/start now", "x " * 40, "14 triệu"])
def test_takes_nothing_else_for_a_name(text: str) -> None:
    assert not looks_like_name(text)


def test_writes_names() -> None:
    assert title_case_name("NGUYỄN  văn vŨ") == "Nguyễn Văn Vũ"
    assert title_case_name("đặng thị ánh") == "Đặng Thị Ánh"
    assert (given_name("Nguyễn Văn Vũ"), given_name("")) == ("Vũ", "")
    assert without_title("Chị Bế Thị Hòa") == "Bế Thị Hòa"


def test_sorts_by_given_name_then_family_name() -> None:
    ordered = [
        *("Trần A", "Trần Ă", "Trần Â", "Ma Ba", "Ma Bà", "An D", "An Đ", "Bế Văn U", "Lê Thị Ư"),
        "X 3",
    ]
    turned = ordered[::-1]
    assert sorted(turned, key=name_key) == ordered
