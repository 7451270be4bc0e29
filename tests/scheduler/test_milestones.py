"""What a group is thanked for: the first entry, and each quarter of the quota."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.group import Group
from domain.notice import Kind, NoticeState
from domain.programme import Counted, QuotaKind
from domain.schedule import EVERY_DAY, Schedule
from scheduler.milestones import find
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.scheduler.groups import (
    DAY,
    GROUP,
    LONG_AGO,
    MINUTE,
    NEVER,
    bind,
    chat,
    choose,
    hand_in,
    heard,
    local,
    set_quota,
)

MONDAY = date(2026, 11, 23)
MORNING = local(MONDAY, 9, 0)
FIRST = (
    "Công ty cấp nước đã có sáng kiến đầu tiên. "
    "Cảm ơn anh chị em, mong đơn vị mình có thêm nhiều sáng kiến nữa!"
)
QUARTER = "Công ty cấp nước đã đi được một phần tư chặng đường: "
HALF = "Công ty cấp nước đã qua nửa chặng đường: "


@pytest.fixture
def unit(office: Office) -> int:
    """With a quota of ten and a group; its number."""
    bind(office)
    set_quota(office, office.union.unit.id, 10)
    return office.union.unit.id


def said(office: Office, at: datetime) -> list[str]:
    """What the groups hear now, after the job was run twice."""
    for _ in range(2):
        office.run(find, at)
    return [line for lines in heard(office, at) for line in lines]


def left_out(office: Office) -> dict[str, str]:
    """By the step, why it was not said."""
    return {
        each.about["step"]: each.reason
        for each in office.ledger()
        if each.state is not NoticeState.POSTED
    }


def test_thanks_for_the_first_entry_once(office: Office, unit: int) -> None:
    assert said(office, MORNING) == []
    hand_in(office, unit, MONDAY, 1)
    assert said(office, MORNING) == [FIRST]
    hand_in(office, unit, MONDAY, -1)
    assert said(office, MORNING + DAY) == []
    hand_in(office, unit, MONDAY + DAY, 2)
    assert said(office, MORNING + DAY) == []
    [notice] = office.ledger()
    assert (notice.kind, notice.unit, notice.key) == (
        Kind.MILESTONE,
        unit,
        f"milestone:1:{unit}:first:1",
    )


def test_says_each_quarter_with_the_figures(office: Office, unit: int) -> None:
    heard_of = []
    for day, valid in enumerate((1, 2, 3, 5, 7, 9, 10, 12)):
        before = (0, 1, 2, 3, 5, 7, 9, 10)[day]
        hand_in(office, unit, MONDAY, valid - before, valid - before)
        heard_of += said(office, MORNING + day * MINUTE)
    assert heard_of == [
        FIRST,
        QUARTER + "đạt 30,0% chỉ tiêu giao – 3/10 hợp lệ. Cảm ơn anh chị em!",
        HALF + "đạt 50,0% chỉ tiêu giao – 5/10 hợp lệ. Cảm ơn anh chị em!",
        "Công ty cấp nước chỉ còn chặng cuối: đạt 90,0% chỉ tiêu giao – 9/10 hợp lệ. "
        "Cảm ơn anh chị em!",
        "Công ty cấp nước đã hoàn thành chỉ tiêu giao: đạt 100,0% – 10/10 hợp lệ. "
        "Cảm ơn tất cả anh chị em!",
    ]


def test_says_one_of_several_reached_at_once(office: Office, unit: int) -> None:
    hand_in(office, unit, MONDAY, 6, valid=6)
    assert said(office, MORNING) == [
        HALF + "đạt 60,0% chỉ tiêu giao – 6/10 hợp lệ. Cảm ơn anh chị em!"
    ]
    assert left_out(office) == {"first": "overtaken", "25": "overtaken"}
    # Nobody has to do anything about them.
    assert {each.state for each in office.ledger()} == {NoticeState.POSTED, NoticeState.DROPPED}


def test_says_nothing_again_when_the_count_fell_and_rose(office: Office, unit: int) -> None:
    hand_in(office, unit, MONDAY, 6, valid=6)
    assert len(said(office, MORNING)) == 1
    for change in (-4, 4, -6, 1, 5):
        hand_in(office, unit, MONDAY, change, valid=change)
        assert said(office, MORNING + MINUTE) == []
    hand_in(office, unit, MONDAY, 2, valid=2)
    assert said(office, MORNING + 2 * MINUTE)[0].startswith("Công ty cấp nước chỉ còn chặng cuối")


def test_says_only_the_first_entry_where_there_is_no_quota(office: Office) -> None:
    bind(office)
    hand_in(office, office.union.unit.id, MONDAY, 30, valid=30)
    assert said(office, MORNING) == [FIRST]
    hand_in(office, office.union.unit.id, MONDAY, 30, valid=30)
    assert said(office, MORNING + DAY) == []


def test_goes_by_a_quota_that_changes(office: Office, unit: int) -> None:
    hand_in(office, unit, MONDAY, 4, valid=4)
    assert said(office, MORNING)[0].startswith(QUARTER)
    set_quota(office, unit, 40, on=MONDAY)
    assert said(office, MORNING + MINUTE) == []
    set_quota(office, unit, 8, on=MONDAY)
    assert said(office, MORNING + 2 * MINUTE) == [
        HALF + "đạt 50,0% chỉ tiêu giao – 4/8 hợp lệ. Cảm ơn anh chị em!"
    ]


def test_goes_by_what_the_programme_goes_by(office: Office) -> None:
    programme, unit = office.union.programme, office.union.unit.id
    changed = replace(programme, counts=Counted.SUBMITTED, against=QuotaKind.REGISTERED)
    office.do(lambda store: store.programmes.save(changed))
    bind(office)
    set_quota(office, unit, 4, kind=QuotaKind.ASSIGNED)
    set_quota(office, unit, 2, kind=QuotaKind.REGISTERED)
    hand_in(office, unit, MONDAY, 1)
    assert said(office, MORNING) == [
        HALF + "đạt 50,0% chỉ tiêu đăng ký – 1/2 đã nộp. Cảm ơn anh chị em!"
    ]


def test_counts_each_phase_by_its_own_quota(office: Office) -> None:
    unit, (spring, autumn) = office.union.unit.id, office.union.programme.phases
    bind(office)
    for phase in (spring, autumn):
        set_quota(office, unit, 4, phase.id)
    hand_in(office, unit, spring.ends, 2, valid=2)
    assert said(office, local(spring.ends)) == [
        HALF + "đạt 50,0% chỉ tiêu giao Giai đoạn 1 – 2/4 hợp lệ. Cảm ơn anh chị em!"
    ]
    assert said(office, local(autumn.starts)) == []
    hand_in(office, unit, autumn.starts, 3, valid=3)
    assert said(office, local(autumn.starts)) == [
        "Công ty cấp nước chỉ còn chặng cuối: đạt 75,0% chỉ tiêu giao Giai đoạn 2 – 3/4 hợp lệ. "
        "Cảm ơn anh chị em!"
    ]


def test_never_says_what_was_reached_before_the_group_was_bound(office: Office) -> None:
    unit = office.union.unit.id
    set_quota(office, unit, 10)
    hand_in(office, unit, MONDAY - DAY, 6, valid=6)
    bind(office, bound_at=MORNING)
    assert said(office, MORNING + MINUTE) == []
    assert left_out(office) == dict.fromkeys(("first", "25", "50"), "before_bound")
    hand_in(office, unit, MONDAY, 2, valid=2)
    assert said(office, MORNING + 2 * MINUTE) == [
        "Công ty cấp nước chỉ còn chặng cuối: đạt 80,0% chỉ tiêu giao – 8/10 hợp lệ. "
        "Cảm ơn anh chị em!"
    ]


def test_never_says_what_was_reached_while_the_group_wanted_none(office: Office, unit: int) -> None:
    choose(office, 1, Kind.MILESTONE, NEVER, LONG_AGO)
    hand_in(office, unit, MONDAY - 7 * DAY, 6, valid=6)
    assert said(office, MORNING) == []
    assert office.ledger() == []
    wanted = Schedule(EVERY_DAY, NEVER.at)
    choose(office, 1, Kind.MILESTONE, wanted, MORNING)
    assert said(office, MORNING + MINUTE) == []
    hand_in(office, unit, MONDAY, 2, valid=2)
    assert len(said(office, MORNING + 2 * MINUTE)) == 1


def test_starts_afresh_with_another_unit(office: Office, unit: int) -> None:
    hand_in(office, unit, MONDAY, 3, valid=3)
    assert said(office, MORNING)[0].startswith(QUARTER)
    other = office.union.other.id
    bind(office, unit=other, bound_at=MORNING + MINUTE)
    assert said(office, MORNING + 2 * MINUTE) == []
    hand_in(office, other, MONDAY, 1)
    assert said(office, MORNING + 3 * MINUTE)[0].startswith("Trường tiểu học xã X đã có sáng kiến")


def test_tells_the_group_of_a_merged_unit_how_far_the_other_is(office: Office, unit: int) -> None:
    other = office.union.other.id
    set_quota(office, other, 4)
    hand_in(office, other, MONDAY, 2, valid=2)
    hand_in(office, unit, MONDAY, 1)
    assert said(office, MORNING) == [FIRST]
    office.do(lambda store: store.tree.merge(unit, other, MONDAY + DAY))
    assert said(office, MORNING + DAY) == [
        "Trường tiểu học xã X đã qua nửa chặng đường: đạt 50,0% chỉ tiêu giao – 2/4 hợp lệ. "
        "Cảm ơn anh chị em!"
    ]


def test_tells_each_group_of_a_unit(office: Office, unit: int) -> None:
    bind(office, chat(2))
    hand_in(office, unit, MONDAY, 1)
    assert said(office, MORNING) == [FIRST, FIRST]


def test_counts_the_units_below(office: Office) -> None:
    root, unit = office.union.root.id, office.union.unit.id
    bind(office, unit=root)
    set_quota(office, root, 4)
    hand_in(office, unit, MONDAY, 1, valid=1)
    [line] = said(office, MORNING)
    assert line.startswith("LĐLĐ tỉnh đã đi được một phần tư chặng đường: đạt 25,0%")
    last = MONDAY + DAY
    office.do(lambda store: store.tree.merge(unit, office.union.other.id, last))
    assert said(office, MORNING + 2 * DAY) == []


@pytest.mark.parametrize(
    ("hour", "day", "comes"),
    [(7, 0, False), (12, 0, False), (21, 0, False), (9, -1, False), (9, 0, True), (17, 0, True)],
)
def test_waits_until_people_are_at_work(
    office: Office, unit: int, hour: int, day: int, comes: bool
) -> None:
    hand_in(office, unit, MONDAY - DAY, 1)
    assert said(office, local(MONDAY + day * DAY, hour)) == ([FIRST] if comes else [])
    assert len(office.ledger()) == comes


def test_says_nothing_in_a_group_that_is_silent_unbound_or_wants_none(
    office: Office, unit: int
) -> None:
    bind(office, GROUP, muted_until=MORNING + MINUTE)
    bind(office, chat(2), NEVER, Kind.MILESTONE)
    bind(office, chat(3))
    office.do(lambda store: store.groups.unbind(chat(3), MORNING - MINUTE))
    hand_in(office, unit, MONDAY, 1)
    assert said(office, MORNING) == []
    assert [(each.group, each.reason) for each in office.ledger()] == [(1, "muted")]


def test_says_nothing_of_a_unit_that_is_no_more_or_after_the_programme(
    office: Office, unit: int
) -> None:
    hand_in(office, unit, MONDAY, 1)
    office.do(lambda store: store.tree.close(unit, MONDAY))
    assert said(office, MORNING + DAY) == []
    office.do(lambda store: store.tree.reopen(unit, MONDAY))
    ended = replace(office.union.programme, closes=MONDAY - 2 * DAY)
    office.do(lambda store: store.programmes.save(ended))
    assert said(office, MORNING) == []
    office.do(lambda store: store.programmes.save(replace(ended, closes=MONDAY)))
    assert said(office, MORNING) == [FIRST]


def test_posts_in_every_group_a_few_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(60):
            unit = office.union.unit.id if number % 2 else office.union.other.id
            store.groups.bind(Group(chat(number), unit, "", 1, LONG_AGO))

    office.do(fill)
    for each in (office.union.unit, office.union.other):
        hand_in(office, each.id, MONDAY, 1)
    assert office.run(find, MORNING) == 3
    assert len({push.to for push in office.deliver(MORNING)}) == 60
    assert office.run(find, MORNING + MINUTE) == 1
