"""What the daily board of a campaign says."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.programme import Counted
from scheduler.boards import post
from tests.scheduler.conftest import Office
from tests.scheduler.groups import (
    DAY,
    MINUTE,
    bind,
    chat,
    hand_in,
    heard,
    local,
    run_campaign,
    set_quota,
)
from tests.support.union import a_unit

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def slot(day: date = MONDAY) -> datetime:
    """Half past four in Việt Nam, when boards come."""
    return local(day, 16, 30)


@pytest.fixture(autouse=True)
def campaign(office: Office) -> None:
    """From Monday to Friday, for all."""
    run_campaign(office, MONDAY, FRIDAY)


def posted_at(office: Office, at: datetime) -> list[str]:
    """The board that the one group gets."""
    office.run(post, at)
    [lines] = heard(office, at)
    return list(lines)


def test_tells_a_unit_its_day_all_days_and_its_place(office: Office) -> None:
    unit, other = office.union.unit.id, office.union.other.id
    bind(office)
    set_quota(office, unit, 8)
    set_quota(office, other, 8)
    hand_in(office, unit, MONDAY - 3 * DAY, 1, valid=1)
    hand_in(office, unit, MONDAY, 2)
    hand_in(office, unit, MONDAY + DAY, 1, valid=3)
    hand_in(office, unit, MONDAY + 2 * DAY, 0, valid=-1)
    hand_in(office, other, MONDAY, 5, valid=5)
    assert posted_at(office, slot(MONDAY + DAY)) == [
        "Năm ngày vàng, còn 3 ngày (đến hết 27/11/2026) – Công ty cấp nước",
        "Hôm nay: +3 hợp lệ, +1 đã nộp. Hôm qua: +2 đã nộp",
        "Cả đợt: +2 hợp lệ, +3 đã nộp",
        "Cả chương trình đến nay: 3/8 hợp lệ, đạt 37,5%, còn thiếu 5; đã nộp 4",
        "Xếp hạng: 2/2 theo tỷ lệ, 2/2 theo số lượng",
    ]


def test_tells_who_brought_most_today_and_shares_places(office: Office) -> None:
    root, unit, other = (
        each.id for each in (office.union.root, office.union.unit, office.union.other)
    )
    third = office.do(lambda s: s.units.add(a_unit("BV", root, "Bệnh viện huyện"))).id
    bind(office, unit=root)
    hand_in(office, unit, MONDAY - DAY, 40)
    hand_in(office, third, MONDAY, 9)
    hand_in(office, unit, MONDAY + DAY, 3)
    hand_in(office, other, MONDAY + DAY, 3)
    assert posted_at(office, slot(MONDAY + DAY)) == [
        "Năm ngày vàng, còn 3 ngày (đến hết 27/11/2026) – LĐLĐ tỉnh",
        "Hôm nay: +6 đã nộp. Hôm qua: +9 đã nộp",
        "Cả đợt: +15 đã nộp",
        "Cả chương trình đến nay: 0 hợp lệ; đã nộp 55",
        "3/3 đơn vị trực thuộc có sáng kiến trong đợt. Nộp nhiều nhất hôm nay:",
        "1. Công ty cấp nước: +3, cả đợt 3",
        "1. Trường tiểu học xã X: +3, cả đợt 3",
    ]


def test_tells_who_brought_most_of_all_on_a_day_without_any(office: Office) -> None:
    bind(office, unit=office.union.root.id)
    hand_in(office, office.union.unit.id, MONDAY - DAY, 40)
    hand_in(office, office.union.other.id, MONDAY, 2)
    assert posted_at(office, slot(MONDAY + DAY))[-2:] == [
        "1/2 đơn vị trực thuộc có sáng kiến trong đợt. Nộp nhiều nhất cả đợt:",
        "1. Trường tiểu học xã X: 2",
    ]


def test_says_little_on_a_first_day_with_nothing(office: Office) -> None:
    bind(office)
    assert posted_at(office, slot()) == [
        "Năm ngày vàng, còn 4 ngày (đến hết 27/11/2026) – Công ty cấp nước",
        "Hôm nay: chưa có gì mới. Hôm qua: chưa có gì mới",
        "Cả chương trình đến nay: 0 hợp lệ",
    ]
    bind(office, chat(2), unit=office.union.root.id)
    assert posted_at(office, slot() + MINUTE)[-1] == (
        "0/2 đơn vị trực thuộc có sáng kiến trong đợt"
    )


def test_goes_by_the_quota_of_the_phase_and_names_it(office: Office) -> None:
    programme, unit = office.union.programme, office.union.unit.id
    bind(office)
    set_quota(office, unit, 4, programme.phases[1].id)
    hand_in(office, unit, date(2026, 3, 1), 30, valid=30)
    hand_in(office, unit, MONDAY, 5, valid=5)
    assert posted_at(office, slot(FRIDAY))[0] == (
        "Năm ngày vàng, hôm nay là ngày cuối – Công ty cấp nước"
    )
    changed = replace(programme, counts=Counted.SUBMITTED, phases=(programme.phases[1],))
    office.do(lambda store: store.programmes.save(changed))
    bind(office, chat(2))
    assert posted_at(office, slot(FRIDAY) + MINUTE)[2:] == [
        "Cả đợt: +5 hợp lệ, +5 đã nộp",
        "Giai đoạn 2 đến nay: 5/4 đã nộp, đạt 125,0% (vượt 25,0%)",
        "Xếp hạng: 1/2 theo số lượng",
    ]
