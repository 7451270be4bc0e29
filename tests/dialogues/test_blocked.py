"""Somebody blocks the bot: their chair hears of it once, and all is well when they write again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.message import Event
from domain.parcel import Parcel
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 14, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PEOPLE = {
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
}


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    stage = Stage(database_url, BUTTONS, Setting(about="blocked", now=NOON, people=PEOPLE))
    yield stage
    stage.close()


def happens(stage: Stage, kind: str) -> list[Parcel]:
    return stage.turn(replace(stage.blank(Step(who="vu")), event=Event(kind)))


def pushed(stage: Stage) -> dict[str, str]:
    """What each chat is told unasked by now; any job lets it go."""
    heard = stage.act(Step(job="vouch"))
    return {parcel.to.chat: parcel.say.text for parcel in heard.parcels}


def is_reachable(stage: Stage) -> bool:
    with stage.store() as store:
        person = store.people.by_account(world.account("vu"))
        assert person is not None
        return person.reachable


def test_marks_them_and_tells_their_chair_once(stage: Stage) -> None:
    assert happens(stage, "blocked") == []
    assert happens(stage, "blocked") == []
    assert not is_reachable(stage)
    told = pushed(stage)
    assert list(told) == ["chair"]
    assert "Bot không nhắn được cho Nguyễn Văn Vũ nữa" in told["chair"]
    assert pushed(stage) == {}


@pytest.mark.parametrize("how", ["unblocked", "says"])
def test_tells_nobody_when_they_are_back_in_time(stage: Stage, how: str) -> None:
    happens(stage, "blocked")
    if how == "says":
        stage.act(Step(who="vu", say="giup"))
    else:
        happens(stage, how)
    assert is_reachable(stage)
    assert pushed(stage) == {}
