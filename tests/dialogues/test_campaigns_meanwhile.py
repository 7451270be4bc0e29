"""What became of a campaign, its days or the officer's role between two answers about it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.action import Action
from domain.campaign import Campaign
from domain.person import Role
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY, DAY = NOON.date(), timedelta(days=1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """Two officers of the same union."""
    people = {
        "officer": Member("Hoàng Văn E", "LS", "officer"),
        "second": Member("Lê Thị Hà", "LS", "officer"),
    }
    stage = Stage(database_url, BUTTONS, Setting(about="meanwhile", now=NOON, people=people))
    yield stage
    stage.close()


def do(stage: Stage, *texts: str, who: str = "officer", wait: str = "") -> str:
    """Say one after the other, or tap what is so called; what is read at last."""
    read = ""
    for text in texts:
        labelled = text.startswith("[")
        step = Step(who=who, tap=text.strip("[]")) if labelled else Step(who=who, say=text)
        step.wait = wait
        read = "\n".join(parcel.say.text for parcel in stage.act(step).parcels)
    return read


def forge(stage: Stage, verb: str, id: str = "") -> str:
    """A tap that carries this; what is read."""
    incoming = replace(stage.blank(Step(who="officer")), action=Action(verb, id))
    return "\n".join(parcel.say.text for parcel in stage.turn(incoming))


def add(stage: Stage, first: int, last: int, name: str = "Hè sáng tạo") -> Campaign:
    """A campaign of all from one day after today to another."""
    days = TODAY + first * DAY, TODAY + last * DAY
    with stage.store() as store:
        root = store.units.by_code("LS")
        assert root is not None
        return store.campaigns.add(Campaign(0, 1, root.id, name, *days), None, stage.now)


def stored(stage: Stage) -> list[tuple[str, date, date]]:
    with stage.store() as store:
        found = store.campaigns.of_programme(1)
    return [(each.name, each.starts, each.ends) for each in found]


def test_asks_for_other_days_when_the_first_went_by(stage: Stage) -> None:
    do(stage, "cao diem", "[Thêm đợt]", "Hè sáng tạo", "từ hôm nay trong 5 ngày", "bo qua")
    assert "Ngày bắt đầu đã qua." in do(stage, "[Ghi]", wait="1 day")
    assert stored(stage) == []
    read = do(stage, "[11/7/2023–14/7/2023]", "[Ghi]")
    assert "Đã ghi đợt «Hè sáng tạo»." in read
    assert stored(stage) == [("Hè sáng tạo", TODAY + DAY, TODAY + 4 * DAY)]


def test_takes_no_days_that_went_by_since_they_were_offered(stage: Stage) -> None:
    do(stage, "cao diem", "[Thêm đợt]", "Hè sáng tạo", "đến 15/7")
    assert "Ngày bắt đầu đã qua." in do(stage, "[10/7/2023–15/7/2023]", wait="1 day")
    assert "Những ngày này đã qua." in forge(stage, "campaign_days", "2023-07-01.2023-07-02")
    assert "Nút này cũ rồi" in forge(stage, "campaign_days", "2023-07-20.2023-07-12")
    assert "Nút này cũ rồi" in forge(stage, "campaign_days", "2023-07-20.2024-07-12")
    assert forge(stage, "campaign_save") and stored(stage) == []


def test_keeps_the_first_day_of_one_that_began_meanwhile(stage: Stage) -> None:
    add(stage, 1, 10)
    do(stage, "cao diem", "[Hè sáng tạo]", "[Đổi ngày]", "13/7 đến 25/7")
    read = do(stage, "[Ghi]", wait="1 day")
    assert "Đợt đã bắt đầu nên giữ ngày đầu 11/7/2023. Chạy đến hết ngày nào?" in read
    do(stage, "25/7", "[Ghi]")
    assert stored(stage) == [("Hè sáng tạo", TODAY + DAY, date(2023, 7, 25))]


def test_moves_no_first_day_by_a_button_never_offered(stage: Stage) -> None:
    add(stage, -2, 10)
    do(stage, "cao diem", "[Hè sáng tạo]", "[Đổi ngày]")
    assert "giữ ngày đầu 8/7/2023" in forge(stage, "campaign_days", "2023-07-12.2023-07-20")
    assert forge(stage, "campaign_save") and stored(stage)[0][1] == TODAY - 2 * DAY


def test_keeps_what_another_officer_changed_meanwhile(stage: Stage) -> None:
    add(stage, 1, 10)
    do(stage, "cao diem", "[Hè sáng tạo]", "[Đổi tên]", "Hè sáng kiến")
    do(stage, "cao diem", "[Hè sáng tạo]", "[Đổi ngày]", "12/7 đến 16/7", "[Ghi]", who="second")
    assert "• 12/7/2023–16/7/2023" in do(stage, "[Ghi]")
    assert stored(stage) == [("Hè sáng kiến", TODAY + 2 * DAY, TODAY + 6 * DAY)]


def test_says_that_it_is_gone_when_another_officer_called_it_off(stage: Stage) -> None:
    add(stage, 1, 10)
    do(stage, "cao diem", "[Hè sáng tạo]", "[Đổi tên]")
    do(stage, "cao diem", "[Hè sáng tạo]", "[Hủy đợt]", "[Hủy đợt này]", who="second")
    assert "Đợt này không còn nữa." in do(stage, "Hè sáng kiến")
    assert stored(stage) == []


def test_ends_no_campaign_before_it_begins(stage: Stage) -> None:
    campaign = add(stage, 1, 10)
    assert "hết vào cuối ngày" not in forge(stage, "campaign_end_sure", str(campaign.id))
    assert stored(stage) == [(campaign.name, campaign.starts, campaign.ends)]


def test_writes_nothing_for_whoever_is_no_officer_any_more(stage: Stage) -> None:
    do(stage, "cao diem", "[Thêm đợt]", "Hè sáng tạo", "tuần tới", "bo qua")
    with stage.store() as store:
        person, root = store.people.by_account(world.account("officer")), store.units.root()
        assert person is not None and root is not None
        store.people.revoke(person.id, Role.OFFICER, root.id)
    assert "do cán bộ phụ trách của đơn vị đặt" in do(stage, "[Ghi]")
    assert stored(stage) == []


def test_makes_none_for_a_unit_that_is_no_more(stage: Stage) -> None:
    with stage.store() as store:
        ended = store.units.by_code("CL")
        assert ended is not None
        store.tree.close(ended.id, TODAY - DAY)
    assert "không còn hoạt động" in forge(stage, "campaign_new", str(ended.id))


def test_says_how_many_are_not_listed(stage: Stage) -> None:
    for number in range(9):
        add(stage, number, number, f"Ngày thứ {number}")
    assert "Còn 1 đợt nữa" in do(stage, "cao diem")
