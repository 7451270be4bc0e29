"""Shares, what is missing, the pace and what is said of them, by figures that were published."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from domain.initiative import Tally
from domain.message import Button
from domain.programme import Counted, Phase, Programme, QuotaKind
from domain.progress import Below, Progress, Standing, days_left, ranked, ranks
from domain.projection import Projection
from domain.ranking import Rank
from domain.units import Unit
from domain.wording import progress as wording
from tests.dialogues import world
from tests.domain.content import texts

NOW = datetime(2023, 7, 10, 8, 0)
TODAY = NOW.date()
CLOSES = date(2023, 9, 1)
FIRST = Phase(1, "Giai đoạn 1", date(2022, 1, 8), date(2022, 5, 31))
SECOND = Phase(2, "Giai đoạn 2", date(2022, 6, 1), CLOSES)


def unit(number: int, name: str = "", parent: int | None = None) -> Unit:
    return Unit(number, f"U{number}", name or f"Đơn vị {number}", "cdcs", parent, world.FOUNDED)


def standing(number: int, valid: int, target: int | None, submitted: int = 0) -> Standing:
    return Standing(unit(number), Tally(submitted=submitted or valid, valid=valid), target)


def of(one: Standing, *, today: date = TODAY, week: int = 0, **more: Any) -> Progress:
    children = more.pop("children", [])
    empty = [child.unit.name for child in children if not child.tally.submitted]
    below = Below(len(children), len(empty), tuple(empty[:5]))
    values = {
        "children": ranked(children),
        "rank": None,
        "days_left": days_left(CLOSES, today),
        "week": Tally(valid=week),
        "below": below,
    }
    return Progress(one, **(values | more))


def said(one: Progress) -> list[str]:
    return wording.show(one, NOW, texts()).text.split("\n")


def labels(one: Progress, *, numbered: bool = True) -> list[list[str]]:
    rows = wording.show(one, NOW, texts(), numbered=numbered).buttons
    return [[button.label for button in row] for row in rows]


@pytest.mark.parametrize(
    ("valid", "target", "line"),
    [
        (6308, 4100, "đạt 153,9% (vượt 53,9%)"),
        (570, 265, "đạt 215,1% (vượt 115,1%)"),
        (5289, 4100, "đạt 129,0% (vượt 29,0%)"),
        (2111, 2000, "đạt 105,6% (vượt 5,6%)"),
        (237, 223, "đạt 106,3% (vượt 6,3%)"),
        (588, 10_000, "đạt 5,9%"),
        (8871, 6265, "đạt 141,6% (vượt 41,6%)"),
        (265, 265, "đạt 100,0%"),
        (1, 4, "đạt 25,0%"),
        (0, 265, "đạt 0,0%"),
    ],
)
def test_says_reached_and_exceeded_as_the_reports_do(valid: int, target: int, line: str) -> None:
    assert f"Hợp lệ/chỉ tiêu giao: {line}" in said(of(standing(1, valid, target)))


def test_names_the_other_pair_where_the_programme_counts_what_was_submitted() -> None:
    tally = Tally(submitted=201_129, valid=150_000)
    one = Standing(unit(1), tally, 130_000, QuotaKind.REGISTERED, Counted.SUBMITTED)
    assert "Đã nộp/chỉ tiêu đăng ký: đạt 154,7% (vượt 54,7%)" in said(of(one))
    less = replace(one, target=300_000)
    assert any(line.startswith("Còn thiếu 98.871 sáng kiến") for line in said(of(less)))


def test_says_a_dash_and_no_rank_without_a_quota() -> None:
    read = said(of(standing(1, 5, None), rank=Rank(None, 1, 1, 2)))
    assert "Chỉ tiêu: —" in read
    assert "Xếp hạng: 1/2 theo số lượng" in read
    assert not any("đạt" in line for line in read)


def test_says_what_is_missing_and_the_pace() -> None:
    one = Standing(unit(1), Tally(submitted=30, valid=20), 126, QuotaKind.REGISTERED)
    read = said(of(one, week=14))
    assert "Chỉ tiêu đăng ký: 126" in read
    assert "Hợp lệ/chỉ tiêu đăng ký: đạt 15,9%" in read
    assert "Đã nộp/chỉ tiêu đăng ký: đạt 23,8%" in read
    assert "Còn thiếu 106 hợp lệ, còn 54 ngày (cần 2/ngày, 7 ngày qua 2/ngày)" in read
    assert "7 ngày qua: +14 hợp lệ, +0 đã nộp" in read


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


def test_says_the_outlook_as_a_range() -> None:
    one = of(standing(1, 300, 500), week=12, projection=Projection(380, 460, 8))
    line = "7 ngày qua: +12 hợp lệ, +0 đã nộp; theo nhịp 8 tuần qua, dự kiến 380–460 khi kết thúc"
    assert line in said(one)


def test_says_since_when_a_quota_holds_that_was_revised() -> None:
    one = replace(standing(1, 5, 10), revised=date(2023, 6, 1))
    assert "Chỉ tiêu giao: 10 (điều chỉnh 1/6/2023)" in said(of(one))


@pytest.mark.parametrize(
    ("handed", "line"),
    [
        (4050, "Chỉ tiêu giao: 4.100; giao xuống 4.050, còn 50 chưa giao"),
        (4200, "Chỉ tiêu giao: 4.100; giao xuống 4.200, nhiều hơn 100"),
        (4100, "Chỉ tiêu giao: 4.100"),
        (None, "Chỉ tiêu giao: 4.100"),
    ],
)
def test_says_when_the_childrens_quotas_do_not_add_up(handed: int | None, line: str) -> None:
    below = Below(units=3, handed_down=handed)
    assert line in said(of(standing(1, 5, 4100), below=below))


def test_says_which_phase_and_offers_the_others() -> None:
    one = of(standing(1, 5, 10), phase=SECOND, phases=(FIRST, SECOND))
    assert said(one)[1] == "Tính đến 8h00, thứ Hai 10/7/2023 (Giai đoạn 2)"
    assert labels(one)[0] == ["Giai đoạn 1", "Cả chương trình"]
    whole = replace(one, phase=None)
    assert said(whole)[1].endswith("(cả chương trình)")
    assert labels(whole)[0] == ["Giai đoạn 1", "Giai đoạn 2"]


def test_says_a_past_day_and_goes_on_with_it() -> None:
    one = of(standing(1, 5, 10), past=date(2023, 6, 30), children=[standing(2, 5, 10)])
    assert said(one)[1] == "Tính đến hết ngày 30/6/2023"
    [row] = wording.show(one, NOW, texts(), numbered=True).buttons
    assert all(button.action and "20230630" in button.action.id for button in row)


def test_numbers_no_choice_in_a_group() -> None:
    one = of(standing(1, 5, 10), children=[standing(2, 5, 10)])
    private = wording.show(one, NOW, texts(), numbered=True)
    group = wording.show(one, NOW, texts())
    assert private.actions()
    assert not group.actions()
    shown: list[Button] = [button for row in group.buttons for button in row]
    assert sum(bool(button.typed.strip()) for button in shown) == 1
    assert labels(one, numbered=False)[-1][-1] == "Chi tiết (gửi riêng)"


@pytest.mark.parametrize(
    ("valid", "rank", "line"),
    [
        (5, Rank(1, 2, 1, 2), "Xếp hạng: 1/2 theo tỷ lệ, 1/2 theo số lượng"),
        (5, Rank(1, 1, 2, 2), "Xếp hạng: 2/2 theo số lượng"),
        (0, Rank(2, 2, 2, 2), ""),
        (5, None, ""),
    ],
)
def test_says_only_ranks_that_mean_something(valid: int, rank: Rank | None, line: str) -> None:
    read = said(of(standing(1, valid, 10), rank=rank))
    assert [each for each in read if each.startswith("Xếp hạng")] == [line] * bool(line)


def test_says_the_rank_in_the_cluster() -> None:
    one = of(standing(1, 5, 10), cluster=("Cụm số 2", Rank(2, 5, 1, 6)))
    assert "Xếp hạng trong Cụm số 2: 2/5 theo tỷ lệ, 1/6 theo số lượng" in said(one)


def test_names_the_best_units_and_those_with_nothing_on_one_screen() -> None:
    started = [standing(n, n, 20) for n in range(1, 13)] + [standing(13, 3, None)]
    empty = [standing(n, 0, 5) for n in range(20, 27)]
    read = said(
        of(
            standing(0, 81, 100, 90),
            children=[*started, *empty],
            week=5,
            rank=Rank(1, 2, 1, 2),
            cluster=("Cụm 1", Rank(1, 2, 1, 2)),
        )
    )
    start = next(n for n, line in enumerate(read) if "đơn vị trực thuộc" in line)
    assert read[start].endswith("trong 20 đơn vị trực thuộc (Hợp lệ/chỉ tiêu giao):")
    assert read[start + 1] == "1. Đơn vị 12: 12/20, đạt 60,0%"
    assert read[-1] == "Chưa có sáng kiến nào: Đơn vị 20, Đơn vị 21, Đơn vị 22 và 4 đơn vị khác"
    assert len(read) < 15


def test_stays_under_fifteen_lines_with_all_that_can_be_said() -> None:
    children = [standing(n, n, 20) for n in range(1, 9)] + [standing(20, 0, 5)]
    tally = Tally(submitted=90, valid=81, waiting=9, benefit=10**9)
    one = of(
        Standing(unit(0, parent=5), tally, 100, revised=date(2023, 6, 1)),
        children=children,
        week=5,
        rank=Rank(1, 2, 1, 2),
        cluster=("Cụm 1", Rank(1, 2, 1, 2)),
        projection=Projection(90, 120, 8),
        phase=SECOND,
        phases=(FIRST, SECOND),
    )
    assert len(said(one)) < 15


def test_says_what_units_that_ended_still_count_for() -> None:
    below = Below(units=1, ended=(("CĐCS Cũ", 12),))
    assert said(of(standing(1, 12, 20), below=below))[-1] == (
        "Tính cả đơn vị đã kết thúc: CĐCS Cũ 12"
    )


def test_says_a_child_without_a_quota_by_its_count() -> None:
    read = said(of(standing(0, 3, 10), children=[standing(1, 3, None)]))
    assert any("Đơn vị 1: 3, chỉ tiêu —" in line for line in read)


def test_says_only_who_has_nothing_when_nobody_began() -> None:
    read = said(of(standing(0, 0, 10), children=[standing(1, 0, 5)]))
    assert not any("trực thuộc" in line for line in read)
    assert read[-1] == "Chưa có sáng kiến nào: Đơn vị 1"


def test_says_the_benefit_in_money_when_there_is_one() -> None:
    one = Standing(unit(1), Tally(submitted=1, valid=1, benefit=42_000_000), None)
    assert "Làm lợi: 42 triệu đồng/năm" in said(of(one))


def test_shares_a_rank_between_ties_and_leaves_out_who_has_no_quota() -> None:
    units = [standing(1, 5, 10), standing(2, 10, 20), standing(3, 1, 10), standing(4, 99, None)]
    assert ranks(units) == {1: 1, 2: 1, 3: 3}
    assert [one.unit.id for one in ranked(units)] == [2, 1, 3, 4]


def test_finds_the_phase_of_a_day() -> None:
    first = Phase(1, "1", date(2022, 1, 8), date(2022, 12, 31))
    days = (date(2022, 1, 8), date(2023, 9, 1), date(2021, 9, 1), date(2023, 9, 1))
    programme = Programme(1, "1tr", "1 triệu sáng kiến", "LS", *days, phases=(first,))
    assert programme.phase_on(date(2022, 12, 31)) == first
    assert programme.phase_on(date(2023, 1, 1)) is None


def test_says_that_a_unit_is_no_more() -> None:
    one = standing(1, 5, 10)
    ended = replace(one, unit=replace(one.unit, valid_to=date(2023, 6, 30)))
    assert said(of(ended))[2] == "Đơn vị đã kết thúc hoạt động ngày 30/6/2023"
    assert not any("kết thúc hoạt động" in line for line in said(of(ended, past=date(2023, 6, 1))))
