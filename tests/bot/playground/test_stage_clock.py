"""The playground's clock: forward only, through what falls due, one move at a time."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec import convert

from bot.demo import sample
from bot.packaged import operator_texts
from bot.playground.moving import Minutes, Where, destination
from bot.playground.side import Cannot
from bot.playground.stage import Stage
from domain.house import House
from domain.programme import Phase, Programme
from tests.bot.playground.staged import Page

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PROGRAMME = Programme(
    id=1,
    key="a",
    name="A",
    prefix="A",
    opens=date(2026, 1, 1),
    closes=date(2026, 12, 31),
    applied_from=date(2026, 1, 1),
    applied_to=date(2026, 12, 31),
    phases=(Phase(1, "I", date(2026, 1, 1), date(2026, 11, 30)),),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return sample(tmp_path, operator_texts()).house()


@pytest.mark.parametrize(
    ("where", "now", "to"),
    [
        ("hour", "2026-11-23T10:00", "2026-11-23T11:00"),
        ("day", "2026-11-23T10:00", "2026-11-24T10:00"),
        ("monday", "2026-11-23T10:00", "2026-11-30T08:30"),
        ("monday", "2026-11-23T08:00", "2026-11-23T08:30"),
        ("monday", "2026-11-23T08:30", "2026-11-30T08:30"),
        ("deadline", "2026-11-23T10:00", "2026-12-01T00:00"),
        ("deadline", "2026-12-01T00:00", "2027-01-01T00:00"),
    ],
)
def test_knows_where_the_clock_shall_go(house: House, where: str, now: str, to: str) -> None:
    place = convert({"to": where}, Where)
    assert destination(place, house, PROGRAMME, moment(now)) == moment(to)


@pytest.mark.parametrize(("minutes", "code"), [(0, "too_far"), (-5, "too_far"), (86401, "too_far")])
def test_goes_neither_back_nor_too_far(house: House, minutes: int, code: str) -> None:
    with pytest.raises(Cannot) as caught:
        destination(Where(Minutes(minutes)), house, PROGRAMME, moment("2026-11-23T10:00"))
    assert caught.value.code == code


def test_knows_when_nothing_ends_any_more(house: House) -> None:
    with pytest.raises(Cannot) as caught:
        destination(Where("deadline"), house, PROGRAMME, moment("2027-01-01T00:00"))
    assert caught.value.code == "no_deadline"


async def test_moves_an_hour_and_posts_what_is_due(page: Page) -> None:
    begun = datetime.fromisoformat((await page.get("state"))["now"])
    told = await page.move(to="hour")
    by = datetime.fromisoformat(told["now"]) - begun
    assert timedelta(hours=1) <= by < timedelta(hours=1, minutes=1)
    for chat in ("telegram/group", "zalo/group"):
        post = await page.heard(chat, "Còn 2 ngày là hết chương trình")
        assert post["at"][:16] == "2023-08-30T08:30"
    await page.heard("telegram/chair", "Còn 2 ngày là hết chương trình")
    await page.heard("telegram/officer", "LĐLĐ tỉnh Lạng Sơn, tuần qua")


async def test_moves_past_the_deadline_and_tells_how_far_it_is(page: Page) -> None:
    told = await page.move(to="deadline")
    assert told["now"][:10] == "2023-09-02"
    way = [data["now"] for _, kind, data in page.changes if kind == "clock" and data["moving"]]
    assert way == sorted(way)
    await page.heard("telegram/group", "Ngày mai, 1/9/2023, là ngày cuối")
    assert await page.fault("clock", to="deadline") == "Không còn hạn chót nào ở phía trước."


async def test_moves_once_at_a_time(page: Page) -> None:
    page.mark = page.number
    await page.post("clock", to={"minutes": 3 * 24 * 60})
    fault = await page.fault("clock", to="hour")
    assert fault == "Đồng hồ đang chạy; đợi chạy xong đã nhé."
    assert (await page.get("state"))["moving"] is True
    await page.change("clock", moving=False)
    await page.move(to="hour")


async def test_answers_whoever_writes_while_it_moves(page: Page, stage: Stage) -> None:
    await page.post("clock", to={"minutes": 24 * 60})
    await page.say("telegram", "officer", "tiến độ")
    await page.heard("telegram/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    await page.change("clock", moving=False)
    assert stage.now() >= moment("2023-08-31T08:00")
