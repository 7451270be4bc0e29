"""From an amount for each thing to a total for a year."""

import pytest

from domain.vietnamese import MoneyRead, rate_units, read_counts, read_money, total_of_rate
from domain.vietnamese import usual_count as usual


@pytest.mark.parametrize(
    ("text", "units", "counts"),
    [
        ("gan 14tr/tram/nam, 3 tram", ["trạm"], {"trạm": 3}),
        ("14 triệu/trạm/năm, ba trạm", ["trạm"], {"trạm": 3}),
        ("14tr/trạm/năm, 3", ["trạm"], {"trạm": 3}),
        ("3", ["trạm"], {"trạm": 3}),
        ("ba", ["trạm"], {"trạm": 3}),
        ("12 tháng", ["tháng"], {"tháng": 12}),
        ("cả 25 trạm bơm", ["trạm"], {"trạm": 25}),
        ("số trạm: 3", ["trạm"], {"trạm": 3}),
        ("3 cái trạm", ["trạm"], {"trạm": 3}),
        ("1.250 học sinh", ["học sinh"], {"học sinh": 1250}),
        ("hai mươi lăm hoc sinh", ["học sinh"], {"học sinh": 25}),
        ("ba trạm, 12 tháng", ["trạm", "tháng"], {"trạm": 3, "tháng": 12}),
        ("3 ụ pháo", ["ụ pháo"], {"ụ pháo": 3}),
        ("khoảng 3 trạm", ["trạm"], {"trạm": 3}),
        ("14tr/1 trạm/năm", ["trạm"], {}),
        ("14 triệu mỗi trạm", ["trạm"], {}),
        ("3-4 trạm", ["trạm"], {}),
        ("3 đến 4 trạm", ["trạm"], {}),
        ("3 trạm, 5 trạm", ["trạm"], {}),
        ("vài trạm", ["trạm"], {}),
        ("1,5 trạm", ["trạm"], {}),
        ("0 trạm", ["trạm"], {}),
        ("14 triệu", ["trạm"], {}),
        ("5 người", ["trạm"], {}),
        ("3, 12", ["trạm", "tháng"], {}),
        ("3 4", ["trạm"], {}),
        ("năm 2023", ["trạm"], {}),
        ("30%", ["trạm"], {}),
        ("trạm số 3", ["trạm"], {"trạm": 3}),
        ("", ["trạm"], {}),
    ],
)
def test_counts_what_a_rate_still_needs(
    text: str, units: list[str], counts: dict[str, int]
) -> None:
    assert read_counts(text, units) == counts


@pytest.mark.parametrize(
    ("rate", "units"),
    [
        ("trạm/năm", ("trạm",)),
        ("năm/trạm", ("trạm",)),
        ("năm", ()),
        ("năm học", ()),
        ("tháng", ("tháng",)),
        ("học sinh/quý", ("học sinh", "quý")),
        (None, ()),
    ],
)
def test_names_the_units_to_count(rate: str | None, units: tuple[str, ...]) -> None:
    assert rate_units(rate) == units


def test_knows_what_the_calendar_fixes() -> None:
    assert [usual(unit) for unit in ("tháng", "quý", "tuần", "năm", "ngày", "trạm")] == [
        12, 4, 52, 1, None, None,
    ]  # fmt: skip


def test_multiplies_only_when_every_count_is_known() -> None:
    read = read_money("gần 14 triệu đồng/trạm/năm")
    assert total_of_rate(read, {"trạm": 3}) == 42_000_000
    assert total_of_rate(read, {}) is None
    assert (
        total_of_rate(read_money("500k/học sinh/tháng"), {"học sinh": 2, "tháng": 12}) == 12_000_000
    )
    assert total_of_rate(read_money("14 triệu"), {}) == 14_000_000
    assert total_of_rate(MoneyRead(None, "bare"), {"trạm": 3}) is None
