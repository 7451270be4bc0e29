"""Chairs and officers hear once what came of a phase or the programme."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.address import Address
from domain.initiative import Tally
from domain.notice import Kind, NoticeState
from domain.person import Person, Role
from domain.programme import Phase
from scheduler.context import Context
from scheduler.results import any_over, find
from tests.scheduler.conftest import Office
from tests.scheduler.groups import DAY, LONG_AGO, hand_in, local, set_quota
from tests.support.union import CHAIR_CHAT, a_unit

ENDS = date(2026, 6, 30)
"""A Tuesday, the last day of the first phase."""

DAWN, MORNING = local(ENDS + DAY, 6, 30), local(ENDS + DAY, 9, 0)
OFFICER_CHAT = Address("telegram", "bot", "3001")


@pytest.fixture
def spring(office: Office) -> Phase:
    """The phase that ends."""
    return office.union.programme.phases[0]


@pytest.fixture
def officer(office: Office) -> Person:
    """Who looks after all."""
    root = office.union.root.id
    person = office.do(lambda s: s.people.add("Cán bộ", root, None, OFFICER_CHAT, LONG_AGO))
    office.do(lambda s: s.people.grant(person.id, Role.OFFICER, root, None, LONG_AGO))
    return person


def said(office: Office, at: datetime) -> dict[Address, list[str]]:
    """What people hear now."""
    return {push.to: push.say.text.splitlines() for push in office.deliver(at)}


def test_tells_chairs_and_officers_once(office: Office, officer: Person, spring: Phase) -> None:
    unit = office.union.unit.id
    set_quota(office, unit, 8, spring.id)
    hand_in(office, unit, ENDS, 6, valid=3)
    office.run(find, DAWN - DAY)
    assert office.ledger() == []
    for days in range(6):
        for _ in range(2):
            office.run(find, DAWN + days * DAY)
    chair = office.union.chair.id
    key = f"summary:phase:{spring.id}:2026-06-30:person:"
    assert sorted(office.keys()) == sorted(f"{key}{id}" for id in (chair, officer.id))
    assert {each.kind for each in office.ledger()} == {Kind.SUMMARY}
    assert said(office, MORNING) == {
        CHAIR_CHAT: [
            "Kết quả Giai đoạn 1 (hết ngày 30/6/2026):",
            "Công ty cấp nước: 3/8 hợp lệ, đạt 37,5%, thiếu 5; đã nộp 6; hạng 1/2 theo số lượng.",
        ],
        OFFICER_CHAT: [
            "Kết quả Giai đoạn 1 (hết ngày 30/6/2026):",
            "LĐLĐ tỉnh: 3 hợp lệ; đã nộp 6.",
        ],
    }


def test_tells_what_counts_in_the_moment_it_is_said(office: Office, spring: Phase) -> None:
    unit = office.union.unit.id
    set_quota(office, unit, 8, spring.id)
    set_quota(office, unit, 90, spring.id, on=ENDS + DAY)
    hand_in(office, unit, ENDS, 6, valid=3)
    office.run(find, DAWN)
    # Reviewed since then; what is handed in now is of the next phase, and so is the new quota.
    programme = office.union.programme
    reviewed = Tally(valid=2, waiting=-2)
    office.do(lambda s: s.tallies.add(programme.id, spring.id, unit, ENDS + DAY, reviewed))
    hand_in(office, unit, ENDS + DAY, 40, valid=40)
    [push] = office.deliver(MORNING)
    assert push.say.text.splitlines()[1] == (
        "Công ty cấp nước: 5/8 hợp lệ, đạt 62,5%, thiếu 3; đã nộp 6; hạng 1/2 theo số lượng."
    )
    assert push.say.buttons[0][0].label == "Xem tiến độ"


def test_leaves_alone_who_had_nothing_to_do_with_it(office: Office, officer: Person) -> None:
    office.run(find, DAWN)
    assert office.ledger() == []


def test_tells_a_chair_of_several_units_a_line_each(office: Office, spring: Phase) -> None:
    chair, other = office.union.chair.id, office.union.other.id
    below = office.do(lambda s: s.units.add(a_unit("TO", office.union.unit.id))).id
    third = office.do(lambda s: s.units.add(a_unit("BV", office.union.root.id))).id
    for unit in (other, below, third):
        office.do(lambda s, unit=unit: s.people.grant(chair, Role.CHAIR, unit, None, LONG_AGO))  # type: ignore[misc]  # bound now
    hand_in(office, below, ENDS, 2)
    hand_in(office, other, ENDS, 1, valid=1)
    office.run(find, DAWN)
    assert said(office, MORNING)[CHAIR_CHAT] == [
        "Kết quả Giai đoạn 1 (hết ngày 30/6/2026):",
        "Công ty cấp nước: 0 hợp lệ; đã nộp 2.",
        "Trường tiểu học xã X: 1 hợp lệ; hạng 1/3 theo số lượng.",
    ]


def test_says_the_end_of_the_programme_and_of_its_last_phase_as_one(office: Office) -> None:
    closes = office.union.programme.closes
    hand_in(office, office.union.unit.id, closes, 1, valid=1)
    office.run(find, local(closes + DAY, 6, 30))
    [push] = office.deliver(local(closes + DAY, 9))
    assert push.say.text.startswith("Kết quả chương trình Một triệu sáng kiến (hết ngày 31/12")


def test_says_nothing_of_an_end_that_is_put_off_and_then_its_result(
    office: Office, spring: Phase
) -> None:
    hand_in(office, office.union.unit.id, ENDS, 1)
    office.run(find, DAWN)
    later = replace(spring, ends=ENDS + 14 * DAY)
    phases = (later, replace(office.union.programme.phases[1], starts=ENDS + 15 * DAY))
    office.do(lambda store: store.programmes.save(replace(office.union.programme, phases=phases)))
    assert office.deliver(MORNING) == []
    [dropped] = office.ledger()
    assert (dropped.state, dropped.reason) == (NoticeState.DROPPED, "pointless")
    office.run(find, DAWN + 14 * DAY)
    [push] = office.deliver(MORNING + 14 * DAY)
    assert push.say.text.startswith("Kết quả Giai đoạn 1 (hết ngày 14/7/2026):")


def test_looks_only_in_the_days_after_an_end(office: Office) -> None:
    def looks(day: date) -> bool:
        at = local(day, 6, 30)
        return office.look(lambda store: any_over(Context(store, office.house, at), at))

    days = [ENDS, ENDS + DAY, ENDS + 3 * DAY, ENDS + 4 * DAY]
    assert [looks(day) for day in days] == [False, True, True, False]
