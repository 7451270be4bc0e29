"""Texts, numbers, days, units, files and money, by table."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from domain.errors import Rejected
from domain.fields import KINDS, Spec, Words
from tests.domain.content import FACTS, texts

NAMES = {
    "that khe": [("TK", "Trường Thất Khê"), ("TKTT", "UBND Thất Khê")],
    "ctn27": [("CTN27", "Cấp nước")],
}
KNOWING = replace(FACTS, find_units=lambda text: NAMES.get(text, []))
NFD = unicodedata.normalize("NFD", "Lắp cảm biến")


@pytest.mark.parametrize(
    ("kind", "spec", "said", "value", "shown"),
    [
        ("long_text", Spec(5, 100), Words("  Lắp\ncảm biến "), "Lắp\ncảm biến", "Lắp\ncảm biến"),
        ("long_text", Spec(5, 100), Words(NFD), "Lắp cảm biến", "Lắp cảm biến"),
        ("long_text", Spec(), Words("biến tần", "cảm biến"), "cảm biến\nbiến tần", None),
        ("text", Spec(), Words("45/QĐ\n CTN"), "45/QĐ CTN", "45/QĐ CTN"),
        ("number", Spec(1, 1_000_000), Words("1.250 người"), 1250, "1.250"),
        ("number", Spec(), Words("0"), 0, "0"),
        ("day", Spec(window=True), Words("15/9/2021"), "2021-09-15", "15/9/2021"),
        ("day", Spec(window=True), Words("9/2021"), "2021-09", "tháng 9/2021"),
        ("unit", Spec(), Words("ctn27"), {"code": "CTN27", "name": "Cấp nước"}, "Cấp nước"),
        ("files", Spec(), Words("", files=(3, 4)), [3, 4], "2 ảnh/tệp"),
        ("money", Spec(), Words("gần 14 triệu"), {"vnd": 14_000_000, "flags": ["approx"]}, None),
        ("money", Spec(), Words("không"), {"vnd": 0, "flags": ["no_money"]}, None),
    ],
)
def test_reads_and_shows(kind: str, spec: Spec, said: Words, value: Any, shown: str | None) -> None:
    field = KINDS[kind](spec)
    assert field.read(said, KNOWING) == value
    if shown is not None:
        assert field.show(value, texts()) == shown
    assert field.choices(KNOWING) == ()


@pytest.mark.parametrize(
    ("kind", "spec", "said", "code"),
    [
        ("long_text", Spec(5, 10), "abc", "text_short"),
        ("long_text", Spec(5, 10), "a" * 11, "text_long"),
        ("long_text", Spec(5, 10), "🙂…", "text_empty"),
        ("text", Spec(), "", "text_empty"),
        ("number", Spec(1, 100), "nhiều", "number"),
        ("number", Spec(1, 100), "0", "number_small"),
        ("number", Spec(1, 100), "101", "number_big"),
        ("day", Spec(), "hôm nào", "day"),
        ("day", Spec(), "30/2/2023", "day_impossible"),
        ("day", Spec(), "15/12/2023", "day_future"),
        ("day", Spec(window=True), "31/8/2021", "day_window"),
        ("unit", Spec(), "sao hỏa", "unit_unknown"),
        ("unit", Spec(), "that khe", "unit_many"),
        ("files", Spec(), "đây ạ", "files"),
        ("money", Spec(), "14", "money_bare"),
        ("money", Spec(), "10-15 triệu", "money_range"),
        ("money", Spec(), "2 triệu/tháng", "money_count"),
        ("money", Spec(), "900000 tỷ", "money_over_cap"),
    ],
)
def test_says_what_is_wrong(kind: str, spec: Spec, said: str, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        KINDS[kind](spec).read(Words(said), KNOWING)
    assert caught.value.code.startswith(code)


@pytest.mark.parametrize(
    ("before", "said", "vnd"),
    [
        ("14 triệu/trạm/năm", "3", 42_000_000),
        ("14 triệu/trạm/năm", "3 trạm", 42_000_000),
        ("2 triệu/tháng", "12 tháng", 24_000_000),
        ("2 triệu/tháng", "1", 2_000_000),
        ("14", "triệu", 14_000_000),
        ("14", "20 triệu", 20_000_000),
        ("900000 tỷ", "900000 tỷ", 900_000_000_000_000),
        ("900000 tỷ", "9 tỷ", 9_000_000_000),
        ("2 triệu/tháng", "30 triệu một năm", 30_000_000),
    ],
)
def test_completes_an_amount_with_what_is_said_next(before: str, said: str, vnd: int) -> None:
    assert KINDS["money"](Spec()).read(Words(said, before), FACTS)["vnd"] == vnd


@pytest.mark.parametrize("said", ["không nhớ", "không"])
def test_asks_again_for_the_count_that_is_missing(said: str) -> None:
    with pytest.raises(Rejected) as caught:
        KINDS["money"](Spec()).read(Words(said, "2 triệu/tháng"), FACTS)
    assert caught.value.code == "money_count"
    assert caught.value.options == (("12 tháng", "12 tháng"),)
    assert caught.value.bare and caught.value.keeps


@pytest.mark.parametrize(
    ("count", "code", "options"),
    [
        ("2 trạm", "money_over_cap", (("1.800 tỷ đồng", "1.800 tỷ đồng"),)),
        # 64 bits hold no such sum, and no message could repeat it.
        ("999.999.999 trạm", "money_malformed", ()),
    ],
)
def test_asks_about_a_total_that_is_hardly_true(
    count: str, code: str, options: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(Rejected) as caught:
        KINDS["money"](Spec()).read(Words(count, "900 tỷ/trạm/năm"), FACTS)
    assert (caught.value.code, caught.value.options) == (code, options)


def test_takes_such_a_total_when_it_is_said_again() -> None:
    said = Words("1.800 tỷ", "900 tỷ/trạm/năm\n1.800 tỷ")
    assert KINDS["money"](Spec()).read(said, FACTS)["vnd"] == 1_800 * 10**9


def test_says_an_amount_with_its_doubt_and_its_year() -> None:
    field = KINDS["money"](Spec())
    told = {"vnd": 42_000_000, "flags": ["approx"], "rate": "trạm/năm", "counts": {"trạm": 3}}
    assert field.show(told, texts()) == "gần 42 triệu đồng/năm"
    assert field.show({"vnd": 1_500_000_000, "flags": ["min"]}, texts()) == "trên 1,5 tỷ đồng"
    assert field.show({"vnd": 0, "flags": ["no_money"]}, texts()) == "không tính bằng tiền"
