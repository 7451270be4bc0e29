"""Shares, ranks, what is missing and the pace, by figures that were published."""

from datetime import date, datetime

import pytest

from domain.initiative import Tally
from domain.programme import Phase, Programme, QuotaKind
from domain.progress import Progress, Standing, progress, rank_of, ranked, ranks
from domain.units import Unit
from domain.wording import progress as wording
from tests.dialogues import world
from tests.domain.content import texts

NOW = datetime(2023, 7, 10, 8, 0)
TODAY = NOW.date()
CLOSES = date(2023, 9, 1)


def unit(number: int, name: str = "") -> Unit:
    return Unit(number, f"U{number}", name or f"Đơn vị {number}", "cdcs", None, world.FOUNDED)


def standing(number: int, valid: int, target: int | None, submitted: int = 0) -> Standing:
    return Standing(unit(number), Tally(submitted=submitted or valid, valid=valid), target)


def of(one: Standing, today: date = TODAY, week: int = 0, **others: list[Standing]) -> Progress:
    return progress(
        one,
        children=others.get("children", []),
        siblings=others.get("siblings", [one]),
        week=Tally(valid=week),
        closes=CLOSES,
        today=today,
    )


def said(one: Progress) -> list[str]:
    return wording.show(one, NOW, texts()).text.split("\n")


@pytest.mark.parametrize(
    ("valid", "target", "line"),
    [
        (6308, 4100, "đạt 153,9% (vượt 53,9%)"),
        (570, 265, "đạt 215,1% (vượt 115,1%)"),
        (265, 265, "đạt 100,0%"),
        (1, 4, "đạt 25,0%"),
        (0, 265, "đạt 0,0%"),
    ],
)
def test_says_reached_and_exceeded_as_the_reports_do(valid: int, target: int, line: str) -> None:
    assert f"Hợp lệ/chỉ tiêu: {line}" in said(of(standing(1, valid, target)))


def test_says_a_dash_and_no_rank_without_a_quota() -> None:
    one, other = standing(1, 5, None), standing(2, 3, 10)
    read = said(of(one, siblings=[one, other]))
    assert "Chỉ tiêu: —" in read
    assert "Xếp hạng: 1/2 theo số lượng" in read
    assert not any("đạt" in line for line in read)


def test_says_what_is_missing_and_the_pace() -> None:
    one = Standing(unit(1), Tally(submitted=30, valid=20), 126, QuotaKind.REGISTERED)
    read = said(of(one, week=14))
    assert "Chỉ tiêu đăng ký: 126" in read
    assert "Đã nộp/chỉ tiêu: đạt 23,8%" in read
    assert "Còn thiếu 106 hợp lệ, còn 54 ngày (cần 2/ngày, 7 ngày qua 2/ngày)" in read


def test_says_no_pace_that_rounds_to_none() -> None:
    assert "Còn thiếu 4 hợp lệ, còn 54 ngày" in said(of(standing(1, 1, 5)))


def test_says_what_was_missing_once_it_is_closed() -> None:
    closed = of(standing(1, 20, 126), today=date(2023, 9, 2))
    assert closed.days_left == 0
    assert closed.needed_a_day is None
    assert any(line.endswith("thiếu 106") for line in said(closed))


def test_counts_the_last_day_and_needs_no_pace_once_reached() -> None:
    assert of(standing(1, 1, 2), today=CLOSES).days_left == 1
    assert of(standing(1, 2, 2)).needed_a_day is None
    assert of(standing(1, 1, 2), week=-3).now_a_day == 0


def test_shares_a_rank_between_ties_and_leaves_out_who_has_no_quota() -> None:
    units = [standing(1, 5, 10), standing(2, 10, 20), standing(3, 1, 10), standing(4, 99, None)]
    assert ranks(units) == {1: 1, 2: 1, 3: 3}
    rank = rank_of(units[2], units)
    assert (rank.by_share, rank.ranked, rank.by_count, rank.all) == (3, 3, 4, 4)
    assert rank_of(units[3], units).by_share is None
    assert [one.unit.id for one in ranked(units)] == [2, 1, 3, 4]
    assert rank_of(standing(9, 7, None), units).by_count == len(units)


def test_ranks_nobody_among_themselves_alone() -> None:
    assert of(standing(1, 5, 10)).rank is None


@pytest.mark.parametrize(
    ("one", "other", "line"),
    [
        (standing(1, 5, 10), standing(2, 3, 10), "Xếp hạng: 1/2 theo tỷ lệ, 1/2 theo số lượng"),
        (standing(1, 5, 10), standing(2, 8, None), "Xếp hạng: 2/2 theo số lượng"),
        (standing(1, 0, 10), standing(2, 3, 10), ""),
        (standing(1, 0, None), standing(2, 0, None), ""),
    ],
)
def test_says_only_ranks_that_mean_something(one: Standing, other: Standing, line: str) -> None:
    read = said(of(one, siblings=[one, other]))
    assert [each for each in read if each.startswith("Xếp hạng")] == [line] * bool(line)


def test_names_the_best_units_and_those_with_nothing() -> None:
    started = [standing(n, n, 20) for n in range(1, 13)] + [standing(13, 3, None)]
    empty = [standing(n, 0, 5) for n in range(20, 27)]
    read = said(of(standing(0, 81, 100), children=[*started, *empty]))
    start = read.index("Đơn vị trực thuộc (hợp lệ/chỉ tiêu):")
    assert read[start + 1] == "1. Đơn vị 12: 12/20, đạt 60,0%"
    assert "… và 3 đơn vị khác" in read
    assert read[-1].startswith("Chưa có sáng kiến nào: ")
    assert read[-1].endswith("và 2 đơn vị khác")


def test_says_a_child_without_a_quota_by_its_count() -> None:
    read = said(of(standing(0, 3, 10), children=[standing(1, 3, None)]))
    assert any("Đơn vị 1: 3, chỉ tiêu —" in line for line in read)


def test_says_only_who_has_nothing_when_nobody_began() -> None:
    read = said(of(standing(0, 0, 10), children=[standing(1, 0, 5)]))
    assert "Đơn vị trực thuộc (hợp lệ/chỉ tiêu):" not in read
    assert read[-1] == "Chưa có sáng kiến nào: Đơn vị 1"


def test_says_the_benefit_in_money_when_there_is_one() -> None:
    one = Standing(unit(1), Tally(submitted=1, valid=1, benefit=42_000_000), None)
    assert "Làm lợi: 42 triệu đồng/năm" in said(of(one))


def test_finds_the_phase_of_a_day() -> None:
    first = Phase(1, "1", date(2022, 1, 8), date(2022, 12, 31))
    days = (date(2022, 1, 8), date(2023, 9, 1), date(2021, 9, 1), date(2023, 9, 1))
    programme = Programme(1, "1tr", "1 triệu sáng kiến", "LS", *days, phases=(first,))
    assert programme.phase_on(date(2022, 12, 31)) == first
    assert programme.phase_on(date(2023, 1, 1)) is None
