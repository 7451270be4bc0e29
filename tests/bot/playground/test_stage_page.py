"""What the page is told: all of it at once, each change once, and what is wrong with a network."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.playground.board import PAGE
from bot.playground.stage import Stage
from tests.bot.playground.staged import Page, page_at

TOO_LONG = "Tin dài quá 4.096 chữ; anh/chị chia làm nhiều tin nhé."


def chat(state: dict[str, Any], id: str) -> dict[str, Any]:
    chats = [chat for network in state["networks"] for chat in network["chats"]]
    (found,) = [each for each in chats if each["id"] == id]
    return found


async def test_tells_who_is_there_on_both_networks(page: Page) -> None:
    state = await page.get("state")
    assert [each["role"] for each in state["cast"]] == ["officer", "chair", "member", "member"]
    assert [network["name"] for network in state["networks"]] == ["telegram", "zalo"]
    for network in state["networks"]:
        ids = [each["id"].partition("/")[2] for each in network["chats"]]
        assert ids == ["officer", "chair", "member1", "member2", "group"]
    group = chat(state, "zalo/group")
    assert (group["kind"], group["who"], group["left"]) == ("group", None, ["officer"])
    assert all(network["can"]["group_reads_all"] is False for network in state["networks"])


async def test_offers_the_menus_of_telegram(page: Page, stage: Stage) -> None:
    await stage.telegram.until(lambda: stage.telegram.calls.get("setmycommands", 0) >= 2, 20)
    telegram, zalo = (await page.get("state"))["networks"]
    assert [each["name"] for each in telegram["commands"]][:2] == ["nop", "tiep"]
    assert [each["name"] for each in telegram["group_commands"]] == ["progress"]
    assert zalo["commands"] == []


async def test_loses_nothing_when_it_is_loaded_again(page: Page, stage: Stage) -> None:
    await page.say("telegram", "member1", "ctn27")
    await page.heard("telegram/member1", "Chào anh/chị")
    state = await page.get("state")
    told = chat(state, "telegram/member1")["messages"]
    assert told == page.in_chat("telegram/member1")
    await page.say("telegram", "member1", "0")
    after = page.mark
    said = await page.heard("telegram/member1", "")
    async with page_at(stage.url) as fresh:
        listening = asyncio.create_task(fresh.listen(10**6, {"Last-Event-ID": str(after)}))
        await fresh.until(lambda: fresh.messages.get(said["id"]))
        listening.cancel()
    assert [number for number, _, _ in page.changes] == list(range(1, page.number + 1))


async def test_goes_on_after_the_number_that_a_browser_knows(page: Page, stage: Stage) -> None:
    for text in ("một", "hai", "ba"):
        await page.say("zalo", "member1", text, "group")
    await page.until(lambda: page.number >= 3 or None)
    again = Page(page.session, stage.url)
    listening = asyncio.create_task(again.listen(0, {"Last-Event-ID": "1"}))
    await again.until(lambda: again.number >= 3 or None)
    listening.cancel()
    assert [data["text"] for _, _, data in again.changes] == ["hai", "ba"]


async def test_tells_older_messages_page_by_page(page: Page, stage: Stage) -> None:
    side, count = stage.sides["telegram"], 2 * PAGE + 10
    for number in range(count):
        side.say("member1", "group", f"tin {number}", None, mention=False)
    told = chat(await page.get("state?last=50"), "telegram/group")["messages"]
    assert [message["text"] for message in told] == [f"tin {n}" for n in range(count - 50, count)]
    seen = list(told)
    while told:
        before = seen[0]["number"]
        told = (await page.get(f"chat/telegram/group?before={before}"))["messages"]
        seen = told + seen
    assert [message["text"] for message in seen] == [f"tin {n}" for n in range(count)]


async def test_keeps_one_database_behind_both_looks(page: Page) -> None:
    for at, count in (("telegram", "10"), ("zalo", "10")):
        await page.say(at, "chair", "/progress")
        assert count in (await page.heard(f"{at}/chair", "Chỉ tiêu giao: 12"))["text"]
    await page.say("zalo", "chair", "mời")
    answer = await page.heard("zalo/chair", "CTN27")
    assert answer["chat"] == "zalo/chair"


async def test_loses_nothing_while_a_network_is_down(page: Page) -> None:
    for at in ("telegram", "zalo"):
        await page.post("switch", network=at, down=True)
        state = await page.get("state")
        assert state["switches"][at] == {"slow": False, "flood": False, "down": True}
        await page.say(at, "officer", "tiến độ")
        await page.post("switch", network=at)
        await page.heard(f"{at}/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")


async def test_answers_later_where_it_is_told_to_wait(page: Page) -> None:
    for at in ("telegram", "zalo"):
        await page.post("switch", network=at, flood=True)
        await page.say(at, "officer", "tiến độ")
    await page.move(to={"minutes": 1})
    assert not [each for each in page.messages.values() if each["from"]["who"] == "bot"]
    for at in ("telegram", "zalo"):
        await page.post("switch", network=at)
    await page.move(to={"minutes": 20})
    for at in ("telegram", "zalo"):
        page.mark = 0
        await page.heard(f"{at}/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")


async def test_makes_a_network_slow(page: Page, stage: Stage) -> None:
    delays: dict[str, Callable[[], float]] = {
        "telegram": lambda: stage.telegram.faults.delay,
        "zalo": lambda: stage.zalo.faults.delay,
    }
    for at, delay in delays.items():
        await page.post("switch", network=at, slow=True)
        assert delay() > 0
        await page.post("switch", network=at)
        assert delay() == 0


async def test_says_in_a_sentence_what_cannot_be_done(page: Page) -> None:
    about = {"network": "zalo", "who": "member1", "chat": "zalo/member1"}
    faults: dict[str, dict[str, Any]] = {
        "Tin chưa có chữ nào.": {"verb": "say", "text": " \n"},
        TOO_LONG: {"verb": "say", "text": "x" * 5000},
        "Không thấy tin đó nữa.": {"verb": "press", "message": "99", "place": [0, 0]},
        "Đường dẫn này không mở cuộc trò chuyện với bot.": {"verb": "link", "url": "https://x.vn"},
        "Chưa có tệp nào; anh/chị chọn một tệp nhé.": {"verb": "photo"},
        "Zalo không có siêu nhóm.": {"verb": "upgrade"},
        "Người này không có trong cuộc trò chuyện đó.": {"verb": "say", "chat": "zalo/chair"},
    }
    for sentence, deed in faults.items():
        assert await page.fault("do", **{**about, **deed}) == sentence
    unread = "Trang gửi lên điều máy chủ không hiểu; anh/chị tải lại trang nhé."
    wrongs: tuple[dict[str, str], ...] = (
        {"verb": "fly"},
        {"who": "nobody"},
        {"network": "x"},
        {"chat": "group"},
    )
    for wrong in wrongs:
        assert await page.fault("do", **{**about, "verb": "say", **wrong}) == unread
    assert await page.fault("switch", network="x") == unread
    assert await page.fault("clock", to="yesterday") == unread
