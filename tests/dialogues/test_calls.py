"""Whom to phone where a network closed its window, and who shares a unit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.action import Action
from domain.notice import Kind, Notice
from domain.parcel import Parcel
from domain.window import Window
from scheduler.context import Context
from storage.store import Store
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, WORDS, Stage
from tests.support.pushes import deliver

MORNING = datetime(2023, 7, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = timedelta(days=1)
PEOPLE = {
    "officer": Member("Hoàng Văn E", "LS", "officer"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "second": Member("Vi Thị H", "CTN27", "chair"),
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "hoa": Member("Lê Thị C", "CTN27"),
}
LS, CTN27, TK = 1, 2, 4
OFFICER, VU = 1, 4
ACCOUNT = (world.CHANNEL, world.BOT)


@pytest.fixture(params=[BUTTONS, WORDS], ids=["buttons", "words"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """Everybody wrote ten days ago, on a network that then lets nobody be written to."""
    stage = Stage(database_url, request.param, Setting(about="calls", now=MORNING, people=PEOPLE))
    window = Window("OA X", 2 * DAY, 7 * DAY)
    stage.house = replace(stage.house, windows={ACCOUNT: window})
    for who in PEOPLE:
        says(stage, who, "giup")
    stage.now += 10 * DAY
    yield stage
    stage.close()


def says(stage: Stage, who: str, text: str) -> list[str]:
    return [parcel.say.text for parcel in stage.act(Step(who=who, say=text)).parcels]


def taps(stage: Stage, who: str, label: str) -> list[str]:
    return [parcel.say.text for parcel in stage.act(Step(who=who, tap=label)).parcels]


def push(stage: Stage, who: str, kind: Kind = Kind.BROADCAST, key: str = "") -> list[Parcel]:
    """Something is to reach somebody; what the network gets."""

    def notify(store: Store) -> None:
        person = store.people.by_account(world.account(who))
        assert person is not None
        about = {"unit": CTN27}
        notice = Notice(key or f"{kind}:{who}", kind, stage.now, person.id, about=about)
        Context(store, stage.house, stage.now).notify(notice)

    with stage.store() as store:
        notify(store)
    with stage.store() as store:
        return deliver(store, stage.house, stage.now)


def newcomer(stage: Stage) -> None:
    """Somebody for whom chairs have to vouch."""
    with stage.store() as store:
        someone = store.people.add("Lò Thị C", CTN27, None, None, stage.now)
        store.people.save(replace(someone, vouched=False))


def test_tells_whom_the_window_keeps_out_and_since_when(stage: Stage) -> None:
    newcomer(stage)
    assert push(stage, "chair", Kind.VOUCH) == []
    [said] = says(stage, "officer", "gọi điện")
    assert said == (
        "LĐLĐ tỉnh Lạng Sơn: 1 người không nhận được tin bot gửi, việc gấp ở trên.\n"
        "• Trần Thị B (CTN27): đoàn viên mới. "
        "Lâu chưa nhắn bot, Zalo không cho gửi; nhắn lần cuối 10/7/2023."
    )
    says(stage, "chair", "giup")
    assert says(stage, "officer", "goi dien") == ["LĐLĐ tỉnh Lạng Sơn: không có ai cần gọi điện."]


def test_asks_which_of_two_chairs_is_meant(stage: Stage) -> None:
    newcomer(stage)
    for who in ("chair", "second", "vu"):
        push(stage, who, Kind.VOUCH)
    assert says(stage, "officer", "da goi CTN27") == ["Anh/chị chọn người nào?"]
    card, passed_on = taps(stage, "officer", "Vi Thị H (CTN27)")
    assert card.startswith("Vi Thị H (CTN27)\n")
    assert passed_on.startswith("Gửi anh/chị Vi Thị H (CTN27): ")
    assert taps(stage, "officer", "Đã gọi")[0].startswith("Đã ghi: đã gọi Vi Thị H (CTN27).")
    assert says(stage, "officer", "chuyển CTN27")[1].startswith("Gửi anh/chị Trần Thị B (CTN27): ")


def test_ticks_off_at_once_who_is_named(stage: Stage) -> None:
    newcomer(stage)
    for who in ("chair", "second"):
        push(stage, who, Kind.VOUCH)
    said = says(stage, "officer", "đã gọi vi thị h")
    assert said[0].startswith("Đã ghi: đã gọi Vi Thị H (CTN27).")
    with stage.store() as store:
        [line] = [each for each in store.audit.list() if each.deed == "called"]
        assert (line.subject, line.unit) == ("person:3", CTN27)
    [left] = says(stage, "officer", "goi dien")
    assert "Trần Thị B" in left and "Vi Thị H" not in left


def test_shows_the_most_urgent_and_tells_how_many_there_are(stage: Stage) -> None:
    with stage.store() as store:
        for number in range(12):
            person = store.people.add(f"Người {number}", CTN27, None, None, stage.now)
            notice = Notice(f"n{number}", Kind.DRAFT, stage.now, person.id)
            Context(store, stage.house, stage.now).notify(notice)
    heard = stage.act(Step(who="chair", say="goi dien"))
    [parcel] = heard.parcels
    assert parcel.say.text.startswith(
        "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn: 12 người không nhận được tin bot gửi, "
        "đây là 10 người gấp nhất."
    )
    assert "Người 0 (CTN27): bản viết dở. Chưa nhắn bot lần nào." in parcel.say.text
    assert len(parcel.say.actions()) == 11
    assert len(stage.messages([parcel], heard.at)) == 1


def test_says_so_when_somebody_is_no_longer_to_be_phoned(stage: Stage) -> None:
    newcomer(stage)
    push(stage, "chair", Kind.VOUCH)
    says(stage, "officer", "goi dien")
    says(stage, "chair", "giup")
    assert taps(stage, "officer", "Trần Thị B (CTN27)") == [
        "Người này không còn trong danh sách cần gọi."
    ]


@pytest.mark.parametrize("verb", ["call", "called"])
@pytest.mark.parametrize(("person", "unit"), [(VU, TK), (VU, LS), (OFFICER, CTN27), (99, CTN27)])
def test_serves_nobody_who_is_not_on_the_list_of_a_button(
    stage: Stage, verb: str, person: int, unit: int
) -> None:
    newcomer(stage)
    push(stage, "vu", Kind.VOUCH)
    push(stage, "officer", Kind.VOUCH)
    blank = replace(stage.blank(Step(who="chair")), action=Action(verb, str(person), unit))
    [said] = [parcel.say.text for parcel in stage.turn(blank)]
    assert said in (
        "Việc này dành cho người có quyền ở đơn vị đó.",
        "Người này không còn trong danh sách cần gọi.",
    )


def test_tells_what_is_billed_this_month(stage: Stage) -> None:
    with stage.store() as store:
        store.month_counts.add(*ACCOUNT, date(2023, 7, 1), 0, 7, 2)
    assert says(stage, "officer", "suc chua") == [
        "Các bot đang dùng (bot tự đếm):\nOA X: 7 tin trả tiền tháng này, trong đó 2 tin mẫu"
    ]
