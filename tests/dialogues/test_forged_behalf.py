"""Entering for others: buttons that we never showed, and units that are no more."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.action import Action
from domain.parcel import Parcel
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PEOPLE = {
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "other": Member("Nguyễn Văn Vũ", "TK"),
    "officer": Member("Hoàng Văn E", "LS", "officer"),
}
OTHER, CTN27, TK = 3, 2, 4


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    stage = Stage(database_url, BUTTONS, Setting(about="forged", now=NOON, people=PEOPLE))
    yield stage
    stage.close()


def forge(stage: Stage, who: str, action: Action) -> str:
    return _said(stage.turn(replace(stage.blank(Step(who=who)), action=action)))


def says(stage: Stage, who: str, text: str) -> str:
    return _said(stage.turn(replace(stage.blank(Step(who=who)), text=text)))


def _said(parcels: list[Parcel]) -> str:
    return "\n".join(parcel.say.text for parcel in parcels)


def people(stage: Stage) -> int:
    with stage.store() as store:
        root = store.units.root()
        assert root is not None
        return len(store.people.of_unit(root.id))


@pytest.mark.parametrize("id", [str(OTHER), "9" * 40, "99", "x", "-1", "²"])
def test_takes_nobody_of_another_unit_and_nothing_odd_for_an_author(
    stage: Stage, id: str, caplog: pytest.LogCaptureFixture
) -> None:
    says(stage, "chair", "nop ho")
    assert "Đúng người này không?" in says(stage, "chair", "Nguyễn Văn Vũ")
    before = people(stage)
    with caplog.at_level(logging.ERROR):
        assert "Nút này cũ rồi" in forge(stage, "chair", Action("behalf_author", id))
    assert not caplog.records
    assert people(stage) == before
    # The question stands as it was.
    assert "Nộp hộ Nguyễn Văn Vũ" in forge(stage, "chair", Action("behalf_author", "1"))


@pytest.mark.parametrize("who", ["chair", "vu"])
def test_opens_no_other_unit_and_writes_it_down(stage: Stage, who: str) -> None:
    assert "Nộp hộ là việc của" in forge(stage, who, Action("behalf_unit", str(TK)))
    with stage.store() as store:
        line = store.audit.list()[0]
    assert (line.deed, line.subject, line.unit) == ("refused", "enter_for", TK)


def test_enters_for_nobody_of_a_unit_that_is_no_more(stage: Stage) -> None:
    today = NOON.date()
    with stage.store() as store:
        store.tree.close(TK, today - timedelta(days=1), today=today)
    says(stage, "officer", "nop ho")
    assert "không còn hoạt động" in says(stage, "officer", "TK")
    assert "không còn hoạt động" in forge(stage, "officer", Action("behalf_unit", str(TK)))


def test_enters_for_the_unit_that_another_was_merged_into(stage: Stage) -> None:
    today = NOON.date()
    with stage.store() as store:
        store.tree.merge(TK, CTN27, today - timedelta(days=1), today=today)
    says(stage, "officer", "nop ho")
    assert "Cấp thoát nước" in says(stage, "officer", "TK")
