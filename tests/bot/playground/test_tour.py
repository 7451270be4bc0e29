"""The guided tour: on both networks, done by the page, done by hand, and what it says meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

from bot.playground.itinerary import itinerary
from bot.playground.stage import Stage
from bot.playground.telegram.pictures import plain
from tests.bot.playground.staged import Page

BOTH = pytest.mark.parametrize("network", ["telegram", "zalo"])
STEPS = len(itinerary().step)
READING = timedelta(seconds=2)


@pytest.fixture(autouse=True)
def without_pauses(stage: Stage) -> None:
    stage.tour.pause = 0.0


class Walker:
    """Goes on the tour, on one network."""

    def __init__(self, page: Page, stage: Stage, network: str) -> None:
        self.page, self.stage, self.network = page, stage, network

    @property
    def tour(self) -> Any:
        return self.stage.tour.told()[self.network]

    async def reaches(self, step: int) -> None:
        await self.page.until(lambda: True if self.tour["at"] == step else None)

    async def helped(self, step: int) -> None:
        """Let the page do a step, to the end."""
        told = await self.page.post("tour", network=self.network, step=step, do=True)
        assert told[self.network]["at"] == step
        await self.page.until(lambda: None if self.tour["doing"] else True)
        assert self.tour["fault"] == ""
        await self.reaches(step + 1)

    async def says(self, who: str, text: str, chat: str = "", verb: str = "say") -> None:
        self.stage.clock.forward(READING)
        await self.page.do(self.network, who, verb, chat, text=text)

    async def picks(self, who: str, label: str, number: str) -> None:
        """Press the latest such button, or say what stands for it."""
        self.stage.clock.forward(READING)
        shown = [m for m in self.page.in_chat(f"{self.network}/{who}") if m["buttons"]]
        if shown:
            await self.page.press(shown[-1], label)
        else:
            await self.page.say(self.network, who, number)

    async def reads(self, who: str, words: str) -> dict[str, Any]:
        return await self.page.heard(f"{self.network}/{who}", words)


@BOTH
async def test_is_done_by_the_page_from_the_invitation_to_the_whole_province(
    network: str, stage: Stage, page: Page
) -> None:
    walker = Walker(page, stage, network)
    for step in range(STEPS):
        await walker.helped(step)
    read = [each["text"] for each in page.in_chat(f"{network}/officer")]
    (province,) = [text for text in read if "Đã nộp: 6.308 · Hợp lệ: 6.308" in text]
    assert "đạt 153,9% (vượt 53,9%)" in province
    assert walker.tour["at"] == STEPS
    other = next(name for name in stage.sides if name != network)
    assert stage.tour.told()[other]["at"] == 0
    assert (await page.get("tour"))[network] == walker.tour


@BOTH
async def test_moves_on_by_itself_when_everything_is_done_by_hand(
    network: str, stage: Stage, page: Page
) -> None:
    walker = Walker(page, stage, network)
    await walker.says("chair", "mời")
    await walker.reaches(1)
    if network == "telegram":
        invitation = page.in_chat("telegram/chair")[-1]["text"]
        url = invitation.partition("Mở ")[2].partition(",")[0]
        await page.do(network, "member1", "link", "chair", url=url)
    else:
        await walker.says("member1", "ctn27")
    await walker.reaches(2)
    await walker.says("member1", "1 nguyen van vu")
    await walker.reads("member1", "Câu 1/2")
    await walker.reaches(3)
    await tell_by_hand(walker)
    await walker.reaches(4)
    await walker.picks("member1", "Nộp, cam đoan đúng", "1")
    await walker.reaches(5)
    await fill_in_by_hand(walker)
    await walker.reaches(6)
    await confirm_by_hand(walker)
    await walker.reaches(7)
    await walker.says("member2", "/progress", "group", "mention")
    await walker.reaches(8)
    await walker.says("officer", "td")
    await walker.reaches(9)
    await page.move(to="day")
    await walker.reaches(STEPS)


async def tell_by_hand(walker: Walker) -> None:
    await walker.says("member1", "lap cam bien, bom tu giu ap luc, truoc van tay")
    await walker.reads("member1", "Câu 2/2")
    await walker.page.send("photo", walker.network, "member1", "a.png", plain(), "image/png")
    await walker.reads("member1", "Đã nhận")
    await walker.says("member1", "gần 14tr/trạm/năm, 3 trạm")


async def fill_in_by_hand(walker: Walker) -> None:
    await walker.picks("member1", "Điền tiếp", "điền tiếp")
    for asked, answer in (
        ("Tên sáng kiến", "Tự động giữ áp lực"),
        ("Có ai cùng làm", "không"),
        ("ngày nào?", "15/3/2022"),
        ("bí mật", "1"),
        ("Cải tiến máy nào", "Bơm tăng áp"),
        ("Trước đây làm thế nào", "Vặn van bằng tay, nước lúc mạnh lúc yếu"),
        ("Khác cách cũ", "Bơm tự tăng giảm theo áp lực nước"),
        ("Chạy thử", "Chạy 30 ngày, điện từ 310 xuống 214 số một ngày"),
        ("Làm hết bao nhiêu tiền", "26 triệu"),
        ("An toàn hơn", "bỏ qua"),
        ("Nơi khác", "bỏ qua"),
        ("bản vẽ", "bỏ qua"),
        ("rộng tới đâu", "2"),
        ("những chỗ nào", "Trạm bơm số 1 và số 3"),
        ("cấp nào", "2"),
        ("Số quyết định", "45/QĐ-CTN"),
        ("ký ngày nào", "20/12/2022"),
    ):
        await walker.reads("member1", asked)
        await walker.says("member1", answer)
    await walker.reads("member1", "Anh/chị xem lại")
    await walker.picks("member1", "Lưu vào sáng kiến", "1")


async def confirm_by_hand(walker: Walker) -> None:
    await walker.says("chair", "duyệt")
    await walker.reads("chair", "còn 1 chờ")
    await walker.picks("chair", "Xác nhận", "1")


async def test_tells_every_step_with_what_to_do_by_hand(page: Page) -> None:
    told = (await page.get("state"))["tour"]
    assert told == await page.get("tour")
    for walk in told.values():
        assert walk["at"] == 0
        assert len(walk["steps"]) == STEPS
        assert all(step["text"] and step["hand"] for step in walk["steps"])
        assert walk["end"]
    assert told["telegram"]["steps"][1]["hand"] != told["zalo"]["steps"][1]["hand"]


async def test_says_that_the_bot_answered_otherwise(stage: Stage, page: Page) -> None:
    stage.tour.patience = 0.3
    walker = Walker(page, stage, "zalo")
    await page.post("tour", network="zalo", step=2, do=True)
    await page.until(lambda: None if walker.tour["doing"] else True)
    assert "tự làm, hoặc bấm «Bỏ qua»" in walker.tour["fault"]
    assert walker.tour["at"] == 2
    await page.post("tour", network="zalo", step=3)
    assert walker.tour["fault"] == ""


async def test_says_that_there_is_nothing_to_press(stage: Stage, page: Page) -> None:
    walker = Walker(page, stage, "telegram")
    await page.post("tour", network="telegram", step=4, do=True)
    await page.until(lambda: None if walker.tour["doing"] else True)
    assert walker.tour["fault"] == "Không thấy nút đó nữa."


async def test_does_one_step_at_a_time(stage: Stage, page: Page) -> None:
    await page.post("tour", network="telegram", step=0, do=True)
    fault = await page.fault("tour", network="telegram", step=1)
    assert fault == "Đang làm giúp; đợi xong đã nhé."
    await page.post("tour", network="zalo", step=1)


@pytest.mark.parametrize("wish", [{"step": 99}, {"step": -1}, {"network": "sms"}, {"stop": 1}])
async def test_refuses_a_step_that_there_is_not(page: Page, wish: dict[str, Any]) -> None:
    fault = await page.fault("tour", **{"network": "zalo", "step": 0, **wish})
    assert "tải lại trang" in fault
