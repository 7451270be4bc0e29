"""What changes when a group or a person is gone, of which their chair hears, or a group moved."""

from datetime import time

from bot.leaving import mark_gone, mark_moved
from domain.address import Address
from domain.group import Chosen, Group
from domain.ledger import Outcome
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.schedule import EVERY_DAY, Schedule
from storage.engine import Session
from storage.ledger import Asked
from storage.pushing import post
from tests.dialogues import world
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, NOW, found_union

GROUP = Address("telegram", "bot", "-1001", "7")
MOVED = Address("telegram", "bot", "-1002")
HOUSE = world.house({})
TEXTS, USUAL = HOUSE.texts, HOUSE.settings.calendar


def test_tells_the_chair_once_that_a_group_is_gone_and_keeps_its_schedule(session: Session) -> None:
    store = session.store
    union = found_union(store)
    store.groups.bind(Group(GROUP, union.unit.id, "Cấp nước", union.chair.id, NOW))
    daily = Chosen(Schedule(EVERY_DAY, time(17)), NOW)
    store.group_schedules.choose(1, Kind.PROGRESS, daily)
    for _ in range(2):
        mark_gone(store, GROUP, NOW, texts=TEXTS)
    [told] = store.parcels.unsent()
    assert told.to == CHAIR_CHAT
    assert "«Cấp nước» của Công ty cấp nước" in told.say.text
    [notice] = store.notices.of_parcel(told.id)
    assert (notice.kind, notice.person) == (Kind.NEWS, union.chair.id)
    assert store.groups.at(GROUP) is None
    kept = store.groups.ever_at(GROUP)
    assert kept is not None
    assert not kept[1].active
    assert store.group_schedules.of(kept[0]) == {Kind.PROGRESS: daily}


def test_tells_a_chair_once_that_a_member_is_gone(session: Session) -> None:
    store = session.store
    union = found_union(store)
    for _ in range(2):
        mark_gone(store, MEMBER_CHAT, NOW, texts=TEXTS, usual=USUAL)
    [told] = store.parcels.unsent()
    assert told.to == CHAIR_CHAT
    [notice] = store.notices.of_parcel(told.id)
    assert (notice.kind, notice.person) == (Kind.LOST, union.chair.id)
    member = store.people.get(union.member.id)
    assert member is not None and not member.reachable


def test_follows_a_group_that_was_upgraded_with_all_that_waits(session: Session) -> None:
    store = session.store
    union = found_union(store)
    store.groups.bind(Group(GROUP, union.unit.id, "Cấp nước", union.chair.id, NOW))
    daily = Chosen(Schedule(EVERY_DAY, time(17)), NOW)
    store.group_schedules.choose(1, Kind.PROGRESS, daily)
    waiting = Notice("progress:1", Kind.PROGRESS, NOW, group=1, unit=union.unit.id)
    post(store, waiting, GROUP, Outgoing("Tiến độ"), NOW)
    mark_moved(store, GROUP, MOVED, NOW)
    assert store.groups.at(GROUP) is None
    assert store.groups.ever_at(MOVED) == (
        1,
        Group(MOVED, union.unit.id, "Cấp nước", union.chair.id, NOW),
    )
    assert store.group_schedules.of(1) == {Kind.PROGRESS: daily}
    [parcel] = store.parcels.unsent()
    assert parcel.to == MOVED
    [line] = store.ledger.page(Asked(union.unit.id, NOW, NOW))
    assert (line.outcome, line.notice.group) == (Outcome.DUE, 1)


def test_tells_nobody_when_the_only_chair_is_gone(session: Session) -> None:
    store = session.store
    union = found_union(store)
    mark_gone(store, CHAIR_CHAT, NOW, texts=TEXTS, usual=USUAL)
    assert store.parcels.unsent() == []
    chair = store.people.get(union.chair.id)
    assert chair is not None and not chair.reachable
