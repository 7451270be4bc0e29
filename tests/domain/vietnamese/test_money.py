"""Reading money: the tables, and what is offered when asking."""

import pytest

from domain.vietnamese import MoneyRead, find_money, fold, nfc, read_money
from tests.domain.vietnamese.tables import rows

GIVEN = rows("money_cases.csv")
MORE = rows("more_money.csv")


def as_expected(row: dict[str, str]) -> None:
    read = read_money(row["text"])
    flags = [flag for flag in row["flags"].split(";") if flag]
    if row["expected_vnd"] == "ask":
        assert (read.vnd, read.ask) == (None, flags[0])
        return
    rates = [flag.removeprefix("rate:") for flag in flags if flag.startswith("rate:")]
    assert (read.vnd, read.ask) == (int(row["expected_vnd"]), None)
    assert set(read.flags) == {flag for flag in flags if not flag.startswith("rate:")}
    assert read.rate == (rates[0] if rates else None)


@pytest.mark.parametrize("row", GIVEN, ids=lambda row: row["text"])
def test_reads_the_given_cases(row: dict[str, str]) -> None:
    as_expected(row)


@pytest.mark.parametrize("row", MORE, ids=lambda row: f"{row['why']}: {row['text']}")
def test_reads_what_else_people_type(row: dict[str, str]) -> None:
    as_expected(row)


# Without its marks each of these is another amount that people really type so.
MARKS_MATTER = {"ba trạm mười bốn triệu", "mươi triệu", "lỗ 5 triệu"}


@pytest.mark.parametrize("row", GIVEN + MORE, ids=lambda row: row["text"])
def test_reads_no_other_amount_when_the_marks_are_left_out(row: dict[str, str]) -> None:
    if row["text"] in MARKS_MATTER:
        return
    full, plain = read_money(nfc(row["text"])), read_money(fold(row["text"]))
    assert plain.vnd in {full.vnd, None}


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("2,345 tỷ", (2_345_000_000, 2_345_000_000_000)),
        ("14tr x 12 tháng", (168_000_000,)),
        ("1.200", (1_200, 1_200_000, 1_200_000_000)),
        ("1.5", (1_500_000, 1_500_000_000)),
        ("14", (14_000, 14_000_000)),
        ("200 - 250tr/năm", (200_000_000, 225_000_000, 250_000_000)),
        ("96 kWh × 26 ngày × 12 tháng × 1.900đ ≈ 57 triệu/năm", (57_000_000,)),
        ("14tr + 500k", (14_500_000,)),
        ("2 củ", (2_000_000,)),
        ("14 triệu/năm, tổng 42 triệu", (14_000_000, 42_000_000)),
        ("-5tr", (5_000_000,)),
        ("vài chục triệu", ()),
        ("3 trạm", ()),
    ],
)
def test_offers_amounts_when_it_asks(text: str, offers: tuple[int, ...]) -> None:
    assert read_money(text).suggestions == offers


@pytest.mark.parametrize(
    ("prose", "vnd"),
    [
        ("giảm vỡ ống, đỡ gần 14tr/trạm/năm, 3 trạm", 14_000_000),
        ("moi thang do 500k tien dien", 500_000),
        ("Tiết kiệm 1.900đ mỗi kWh", 1_900),
        ("giam chi phi 12 trieu dong, an toan hon", 12_000_000),
    ],
)
def test_finds_the_one_amount_in_prose(prose: str, vnd: int) -> None:
    found = find_money(prose)
    assert found is not None
    assert found.vnd == vnd


@pytest.mark.parametrize(
    "prose",
    [
        "đỡ 3 công mỗi ngày",
        "giảm 30% thời gian",
        "hưởng ứng chương trình 1 triệu sáng kiến",
        "phục vụ 2 nghìn học sinh",
        "3 k biết làm sao",
        "công ty có 2 trạm, năm 2023 thay 14 van",
        "tiết kiệm 2 lít dầu mỗi ca",
        "không tốn đồng nào",
        "hàng trăm triệu",
        "2 ngàn cây",
        "",
    ],
)
def test_finds_no_amount_where_prose_names_none(prose: str) -> None:
    assert find_money(prose) is None


def test_asks_which_amount_when_prose_names_several() -> None:
    assert find_money("mua 2 triệu, bán 3 triệu") == MoneyRead(
        None, "many", (), None, (2_000_000, 3_000_000)
    )
