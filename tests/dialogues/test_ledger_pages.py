"""Turning the pages of the delivery ledger: each line once, and never one of somebody else's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.action import Action
from domain.ledger import Count, Outcome
from domain.ledger_view import View
from domain.notice import Kind, Notice, NoticeState
from domain.person import Role
from domain.wording.ledger import FIRST, LOOKED_AT, PAGE, Ledger
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, WORDS, Stage
from tests.support.union import a_unit

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PEOPLE = {
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "hoa": Member("Lê Thị C", "TK"),
    "other": Member("Vi Thị H", "TK", "chair"),
}
VU, CHAIR, HOA = 1, 2, 3
CTN27, TK = 2, 4
COUNT = FIRST + PAGE + 3


@pytest.fixture(params=[BUTTONS, WORDS], ids=["buttons", "words"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """What never reached somebody, all due at the same moment, one after the other in two units."""
    stage = Stage(database_url, request.param, Setting(about="pages", now=NOON, people=PEOPLE))
    due = NOON - timedelta(hours=3)
    with stage.store() as store:
        for number in range(COUNT):
            for person, unit in ((VU, CTN27), (HOA, TK)):
                notice = Notice(f"draft:{number}:{unit}", Kind.DRAFT, due, person, unit=unit)
                why = f"lý do {number}."
                store.notices.add(replace(notice, state=NoticeState.DROPPED, reason=why))
            blocked = Notice(f"year:{number}", Kind.YEAR, due, VU, unit=CTN27)
            store.notices.add(replace(blocked, state=NoticeState.SKIPPED, reason=f"số {number}."))
    yield stage
    stage.close()


def says(stage: Stage, who: str, text: str) -> str:
    return "\n".join(p.say.text for p in stage.act(Step(who=who, say=text)).parcels)


def taps(stage: Stage, who: str, label: str) -> tuple[str, list[str]]:
    heard = stage.act(Step(who=who, tap=label))
    [parcel] = heard.parcels
    return parcel.say.text, [b.label for row in parcel.say.buttons for b in row]


def lines(text: str) -> list[str]:
    return [line.rpartition(", ")[2] for line in text.splitlines() if line.startswith("•")]


def test_shows_each_problem_once_the_newest_first(stage: Stage) -> None:
    text = says(stage, "chair", "nhat ky")
    assert f"Trục trặc {COUNT}: {COUNT} bỏ vì quá muộn.\nCòn lại: {COUNT} thôi gửi." in text
    found, more = lines(text), ["Xem tiếp"]
    assert len(found) == FIRST
    while "Xem tiếp" in more:
        text, more = taps(stage, "chair", "Xem tiếp")
        assert len(lines(text)) <= PAGE
        found += lines(text)
    assert found == [f"số {number}." for number in reversed(range(COUNT))]
    assert more == ["Tổng hợp"]


def test_shows_all_of_one_kind_page_by_page(stage: Stage) -> None:
    says(stage, "chair", "nhat ky")
    taps(stage, "chair", "Theo loại tin")
    text, more = taps(stage, "chair", f"bản viết dở: {COUNT}")
    found = lines(text)
    while "Xem tiếp" in more:
        text, more = taps(stage, "chair", "Xem tiếp")
        found += lines(text)
    assert found == [f"lý do {number}." for number in reversed(range(COUNT))]


def test_shows_no_more_to_who_lost_the_right(stage: Stage) -> None:
    says(stage, "chair", "nhat ky")
    with stage.store() as store:
        store.people.revoke(CHAIR, Role.CHAIR, CTN27)
    text, more = taps(stage, "chair", "Xem tiếp")
    assert (text, more) == ("Việc này dành cho người có quyền ở đơn vị đó.", [])


@pytest.mark.parametrize("after", [1, 2, 30])
def test_goes_on_from_a_line_of_another_unit_without_showing_it(stage: Stage, after: int) -> None:
    action = Action("ledger", f"{TK}.all", after)
    [parcel] = stage.turn(replace(stage.blank(Step(who="other")), action=action))
    assert "Nguyễn Văn Vũ" not in parcel.say.text


def test_calls_a_button_stale_whose_line_is_forgotten(stage: Stage) -> None:
    for action in (Action("ledger", f"{TK}.all", 9999), Action("ledger", f"{TK}.boo")):
        [parcel] = stage.turn(replace(stage.blank(Step(who="other")), action=action))
        assert "Nút này cũ rồi" in parcel.say.text


def test_says_so_when_only_the_newest_are_counted() -> None:
    house, unit = world.house({}), a_unit("LS", None, "LĐLĐ tỉnh")
    shown = Ledger(unit, View(unit.id), house.texts, house.local)
    counts = [Count(Kind.BROADCAST, Outcome.SENT, LOOKED_AT)]
    said = shown.summary(counts, [], more=False).text
    assert said.startswith("5.000 tin mới nhất bot gửi tới LĐLĐ tỉnh.\nKhông có tin nào trục trặc.")
