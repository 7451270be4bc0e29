"""What is changed when a group is gone: its schedule is kept, and its chair hears of it."""

from datetime import time

from bot.leaving import mark_gone
from domain.address import Address
from domain.group import Chosen, Group
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule
from storage.engine import Session
from tests.dialogues import world
from tests.support.union import CHAIR_CHAT, NOW, found_union

GROUP = Address("telegram", "bot", "-1001", "7")
TEXTS = world.house({}).texts


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


def test_tells_nobody_when_a_private_chat_is_gone(session: Session) -> None:
    store = session.store
    union = found_union(store)
    mark_gone(store, CHAIR_CHAT, NOW, texts=TEXTS)
    assert store.parcels.unsent() == []
    chair = store.people.get(union.chair.id)
    assert chair is not None and not chair.reachable
