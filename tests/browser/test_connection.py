"""A dropped connection and a reload: nothing is lost, nothing stands there twice."""

from playwright.async_api import expect

from bot.playground.script import Deed
from bot.playground.stage import Stage
from tests.browser.window import PATIENCE, Window
from tests.browser.wire import Wire

OFFLINE = "Failed to load resource: net::"

CHAT = "telegram/officer"


def told(stage: Stage, chat: str) -> list[str]:
    return [entry.shown().text for entry in stage.board.entries(chat)]


async def test_catches_up_when_the_connection_is_back(
    window: Window, stage: Stage, wire: Wire
) -> None:
    window.forgive(OFFLINE)
    await window.say(CHAT, "tiến độ")
    await window.heard(CHAT, "Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    wire.cut()
    for text in ("giúp", "du lieu"):
        stage.do(Deed("telegram", "officer", CHAT, "say", text=text))
    await stage.board.until(lambda: len(told(stage, CHAT)) >= 6, PATIENCE / 1000)
    await expect(window.line).to_contain_text("Mất kết nối")
    await window.accessible()
    wire.mend()
    await expect(window.line).to_be_hidden()
    await expect(window.messages(CHAT)).to_have_count(len(told(stage, CHAT)))
    assert await window.texts(CHAT) == told(stage, CHAT)


async def test_gives_back_what_could_not_be_sent(window: Window, stage: Stage, wire: Wire) -> None:
    window.forgive(OFFLINE)
    wire.cut()
    await window.say(CHAT, "tiến độ")
    await expect(window.box(CHAT)).to_have_value("tiến độ")
    wire.mend()
    await expect(window.line).to_be_hidden()
    await window.box(CHAT).press("Enter")
    await window.heard(CHAT, "Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    assert told(stage, CHAT).count("tiến độ") == 1


async def test_shows_the_same_after_a_reload(window: Window) -> None:
    await window.look("zalo")
    chats = ("zalo/chair", "zalo/member2")
    await window.say(chats[0], "moi")
    await window.heard(chats[0], "Nhắn riêng cho bot này: CTN27")
    await window.say(chats[1], "ctn27")
    await window.heard(chats[1], "Chào anh/chị")
    before = [await window.texts(chat) for chat in chats]
    await window.page.reload()
    await window.ready()
    await expect(window.page.locator("body")).to_have_attribute("data-look", "zalo")
    assert [await window.texts(chat) for chat in chats] == before
