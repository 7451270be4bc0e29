"""What happens to a bound group: thrown out, taken back, upgraded, renamed; its schedule stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.address import Address
from domain.group import Group
from domain.message import Event
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PEOPLE = {
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
}
GROUP = "nhóm"
DAILY = Schedule(EVERY_DAY, time(17))


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A group that is posted to every day at five."""
    stage = Stage(database_url, BUTTONS, Setting(about="groups", now=NOON, people=PEOPLE))
    said(stage, "gan nhom CTN27")
    said(stage, "lich nhom hằng ngày 17h")
    yield stage
    stage.close()


def said(stage: Stage, text: str) -> str:
    heard = stage.act(Step(who="chair", group=GROUP, say=text))
    return "\n".join(parcel.say.text for parcel in heard.parcels)


def happens(stage: Stage, event: Event) -> dict[str, str]:
    """What each chat is told because of it."""
    incoming = replace(stage.blank(Step(who="vu", group=GROUP)), event=event)
    return {parcel.to.chat: parcel.say.text for parcel in stage.turn(incoming)}


def group(stage: Stage, address: Address) -> Group | None:
    with stage.store() as store:
        return store.groups.at(address)


def schedule(stage: Stage, address: Address) -> Schedule | None:
    """What the group at an address chose for its progress."""
    with stage.store() as store:
        known = store.groups.ever_at(address)
        assert known is not None
        chosen = store.group_schedules.of(known[0]).get(Kind.PROGRESS)
        return chosen.schedule if chosen else None


def test_comes_back_to_its_schedule_when_the_bot_is_taken_back(stage: Stage) -> None:
    told = happens(stage, Event("removed"))
    assert list(told) == ["chair"]
    assert "Bot không còn đăng được trong nhóm «nhóm»" in told["chair"]
    assert happens(stage, Event("removed")) == {}
    assert group(stage, world.chat(GROUP)) is None
    assert "Chủ tịch nhắn /gannhom" in happens(stage, Event("added"))[GROUP]
    assert "Bot báo tiến độ lúc 17h00 hằng ngày" in said(stage, "gan nhom")


def test_keeps_its_schedule_when_it_is_upgraded_and_renamed(stage: Stage) -> None:
    moved = world.chat("nhóm lớn")
    assert happens(stage, Event("moved", to=moved)) == {}
    assert group(stage, world.chat(GROUP)) is None
    assert group(stage, moved) is not None
    assert schedule(stage, moved) == DAILY


def test_is_called_by_its_new_name(stage: Stage) -> None:
    assert happens(stage, Event("renamed", name="Cấp nước")) == {}
    kept = group(stage, world.chat(GROUP))
    assert kept is not None
    assert kept.name == "Cấp nước"
    assert schedule(stage, kept.address) == DAILY
    assert "Nhóm Cấp nước" in said(stage, "lich nhom")
