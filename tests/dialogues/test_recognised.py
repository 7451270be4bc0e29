"""What was recognised and not entered: long lists, people of one name, and forged buttons."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from domain.action import MOST_NUMBER, Action
from domain.initiative import Initiative
from domain.parcel import Parcel
from domain.recognised_lines import RecognisedLine
from storage import settling
from tests.dialogues.script import Member, Recognised, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PEOPLE = {
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "helper": Member("Hà Văn C", "CTN27", "helper"),
    "other": Member("Vi Thị H", "TK", "chair"),
    "lan": Member("Lò Thị C", "TK"),
    "officer": Member("Hoàng Văn E", "LS", "officer"),
}
VU = 1
CTN27, TK = 2, 4
PUMP = "Lắp cảm biến áp lực cho bơm tự giữ áp"
LINES = (
    Recognised(PUMP, "Nguyễn Văn Vũ", "CTN27"),
    *(Recognised(f"Dán nhãn màu van số {n}", "Lê Thị D", "CTN27") for n in range(1, 10)),
    Recognised("Dạy học sinh đọc bằng trò chơi", "Lò Thị C", "TK"),
)
"""Numbered from 1."""

AT_CTN27, AT_TK = 1, 11
SECRETS = ("cảm biến", "Văn Vũ", "Dán nhãn", "Lê Thị D")
VERBS = ("enter_line", "not_entered", "not_entered_of", "not_entered_own")


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    setting = Setting(about="recognised", now=NOON, people=PEOPLE, recognised=list(LINES))
    stage = Stage(database_url, BUTTONS, setting)
    yield stage
    stage.close()


def tapped(stage: Stage, who: str, action: Action) -> list[Parcel]:
    return stage.turn(replace(stage.blank(Step(who=who)), action=action))


def forge(stage: Stage, who: str, action: Action) -> str:
    return _text(tapped(stage, who, action))


def says(stage: Stage, who: str, text: str) -> str:
    return _text(stage.turn(replace(stage.blank(Step(who=who)), text=text)))


def labels(parcels: list[Parcel]) -> list[str]:
    return [button.label for p in parcels for row in p.say.buttons for button in row]


def line(stage: Stage, id: int) -> RecognisedLine:
    with stage.store() as store:
        found = store.recognised_lines.get(id)
    assert found is not None
    return found


def entry(stage: Stage, id: int = 1) -> Initiative:
    with stage.store() as store:
        found = store.initiatives.get(id)
    assert found is not None
    return found


def hand_in(stage: Stage, who: str) -> None:
    for text in ("Lắp cảm biến ở ống ra của bơm", "Bớt vỡ ống, đỡ phải trực đêm"):
        stage.act(Step(who=who, say=text))
    stage.act(Step(who=who, tap="Nộp"))


def _text(parcels: list[Parcel]) -> str:
    said = [parcel.say.text for parcel in parcels]
    return "\n".join([*said, *labels(parcels)])


def test_shows_a_long_list_page_by_page(stage: Stage) -> None:
    first = stage.turn(replace(stage.blank(Step(who="chair")), text="chua nhap"))
    assert labels(first)[0] == f"Nguyễn Văn Vũ: {PUMP}"
    assert (len(labels(first)), labels(first)[-1]) == (9, "Xem tiếp")
    more = first[0].say.buttons[-1][0].action
    assert more is not None
    rest = tapped(stage, "chair", more)
    assert labels(rest) == ["Lê Thị D: Dán nhãn màu van số 8", "Lê Thị D: Dán nhãn màu van số 9"]


def test_lists_units_where_several_have_something(stage: Stage) -> None:
    units = stage.turn(replace(stage.blank(Step(who="officer")), text="chua nhap"))
    assert labels(units) == [
        "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn (10)",
        "CĐCS Trường THCS Thất Khê (1)",
    ]
    action = units[0].say.buttons[1][0].action
    assert action is not None
    assert labels(tapped(stage, "officer", action)) == ["Lò Thị C: Dạy học sinh đọc bằng trò chơi"]
    assert "có 1 sáng kiến" in says(stage, "officer", "chua nhap TK")


def test_asks_which_of_that_name_and_enters_for_them(stage: Stage) -> None:
    with stage.store() as store:
        store.people.add("Lê Thị D", CTN27, None, None, NOON)
        store.people.add("Le Thi D", CTN27, None, None, NOON)
    [asked] = tapped(stage, "chair", Action("enter_line", "2"))
    assert "Đúng người này không?" in asked.say.text
    one = asked.say.buttons[1][0].action
    assert one is not None
    assert "quyết định 45/QĐ-CTN" in forge(stage, "chair", one)
    hand_in(stage, "chair")
    assert (entry(stage).author, entry(stage).recognised) == (8, True)
    assert line(stage, 2).initiative == 1


def test_enters_nothing_twice_that_was_entered_while_it_was_asked_whose_it_is(
    stage: Stage,
) -> None:
    with stage.store() as store:
        store.people.add("Lê Thị D", CTN27, None, None, NOON)
        store.people.add("Lê Thị D", CTN27, None, None, NOON)
    [asked] = tapped(stage, "chair", Action("enter_line", "2"))
    settled = line(stage, 2)
    with stage.store() as store:
        settling.settle(store, settled, 1, NOON)
    one = asked.say.buttons[0][0].action
    assert one is not None
    assert "đã nhập rồi" in forge(stage, "chair", one)
    assert stage.draft("chair") is None


def test_enters_for_a_member_who_hears_of_it(stage: Stage) -> None:
    assert "Nộp hộ Nguyễn Văn Vũ" in forge(stage, "helper", Action("enter_line", "1"))
    hand_in(stage, "helper")
    assert (entry(stage).author, entry(stage).recognised) == (VU, True)
    assert "đã nhập rồi, mã LS-2023-000001" in forge(stage, "vu", Action("enter_line", "1"))


def test_records_one_decision_for_all_that_it_recognises(stage: Stage) -> None:
    forge(stage, "vu", Action("enter_line", "1"))
    hand_in(stage, "vu")
    forge(stage, "chair", Action("enter_line", "2"))
    hand_in(stage, "chair")
    assert entry(stage, 1).recognition == entry(stage, 2).recognition == 1


def test_knows_whose_it_is_once_they_joined(stage: Stage) -> None:
    stage.act(Step(who="new", say="ctn27"))
    stage.act(Step(who="new", say="1 le thi d"))
    stage.act(Step(who="new", say="huy"))
    stage.act(Step(who="new", tap="Bỏ"))
    mine = stage.act(Step(who="new", say="chua nhap")).parcels
    assert "Anh/chị có 9 sáng kiến" in mine[0].say.text
    stage.act(Step(who="new", tap="Xem tiếp"))
    stage.act(Step(who="new", tap="Dán nhãn màu van số 9"))
    hand_in(stage, "new")
    assert (entry(stage).title, entry(stage).recognised) == ("Dán nhãn màu van số 9", True)


def test_settles_the_line_of_an_entry_that_was_begun_without_it(stage: Stage) -> None:
    for text in ("nop", PUMP, "Bớt vỡ ống, đỡ trực đêm"):
        stage.act(Step(who="vu", say=text))
    stage.act(Step(who="vu", tap="Nộp"))
    assert (entry(stage).title, entry(stage).recognised) == (PUMP, True)
    assert line(stage, 1).initiative == 1


def test_keeps_to_the_draft_that_is_open(stage: Stage) -> None:
    says(stage, "vu", "nop")
    before = stage.draft("vu")
    told = forge(stage, "vu", Action("enter_line", "1"))
    assert "Câu 1/2" not in told
    assert stage.draft("vu") == before


@pytest.mark.parametrize("who", ["other", "lan", "stranger"])
def test_shows_and_begins_nothing_elsewhere(stage: Stage, who: str) -> None:
    ids = (AT_CTN27, CTN27, 2)
    for verb, id, version in product(VERBS, ids, (0, 1, CTN27, MOST_NUMBER)):
        told = forge(stage, who, Action(verb, str(id), version))
        assert not any(secret in told for secret in SECRETS), (verb, id)
    said = says(stage, who, "/chuanhap CTN27")
    assert not any(secret in said for secret in SECRETS)
    assert stage.draft(who) is None
    assert line(stage, AT_CTN27).settled_at is None


def test_writes_down_who_was_refused(stage: Stage) -> None:
    forged = [
        ("lan", Action("enter_line", str(AT_CTN27)), CTN27),
        ("vu", Action("enter_line", str(AT_TK)), TK),
        ("vu", Action("enter_line", "2"), CTN27),
        ("vu", Action("not_entered", str(CTN27)), CTN27),
        ("other", Action("not_entered_of", str(CTN27)), CTN27),
    ]
    for who, action, unit in forged:
        assert "Nộp hộ là việc của" in forge(stage, who, action)
        with stage.store() as store:
            [noted, *_] = store.audit.list()
        assert (noted.deed, noted.unit) == ("refused", unit), (who, action)


def test_takes_no_picked_author_of_a_line_elsewhere(stage: Stage) -> None:
    forge(stage, "other", Action("enter_line", str(AT_TK)))
    stage.act(Step(who="other", say="huy"))
    stage.act(Step(who="other", tap="Bỏ"))
    told = forge(stage, "other", Action("behalf_author", str(VU)))
    assert not any(secret in told for secret in SECRETS)
    assert stage.draft("other") is None


def test_answers_any_id_and_version(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    ids = ("9" * 25, str(2**63), "0", "-1", "x", "", "1.2", "\x00", "1", "2", "11")
    with stage.connected(), caplog.at_level(logging.ERROR):
        for verb, id, version in product(VERBS, ids, (0, 1, MOST_NUMBER, 10 * MOST_NUMBER)):
            for who in ("vu", "chair", "officer", "stranger"):
                assert tapped(stage, who, Action(verb, id, version)), (verb, id, version)
    assert not caplog.records
