"""Light and dark, what a wide window holds, and long chats."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.playground.board import PAGE
from bot.playground.stage import Stage
from tests.browser.window import Window

BOTH = pytest.mark.parametrize("at", ["telegram", "zalo"])

BRIGHTNESS = "each => getComputedStyle(each).backgroundColor.match(/\\d+/g).map(Number)"


async def dark(window: Window) -> bool:
    colour = await window.page.locator("body").evaluate(BRIGHTNESS)
    return sum(colour[:3]) < 3 * 128


@BOTH
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_follows_the_machine_s_colours_and_a_person_s_wish(
    window: Window, at: str, scheme: Any
) -> None:
    await window.page.emulate_media(color_scheme=scheme)
    await window.look(at)
    await window.say(f"{at}/officer", "tiến độ")
    await window.heard(f"{at}/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    await window.say(f"{at}/group", "chào cả nhà")
    assert await dark(window) is (scheme == "dark")
    await window.accessible()
    await window.tool("theme")
    assert await dark(window) is (scheme == "light")
    await window.accessible()
    await window.page.reload()
    await window.ready()
    assert await dark(window) is (scheme == "light")


async def test_shows_all_chats_at_once_on_a_wide_window(window: Window) -> None:
    for column in await window.page.locator(".column").all():
        await expect(column).to_be_in_viewport(ratio=0.99)


@BOTH
async def test_offers_what_to_write_first(window: Window, at: str) -> None:
    await window.look(at)
    hint = window.column(f"{at}/officer").locator(".hint")
    await hint.get_by_role("button").click()
    await expect(window.box(f"{at}/officer")).to_have_value("tiến độ")
    await window.box(f"{at}/officer").press("Enter")
    await expect(hint).to_have_count(0)
    await window.heard(f"{at}/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")


async def test_stays_at_the_end_when_a_picture_comes_late(window: Window) -> None:
    await window.say("telegram/officer", "tiến độ")
    last = await window.heard("telegram/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    await expect(last.locator("img")).to_have_js_property("complete", True)
    await expect(last.locator(".keyboard .row").last).to_be_in_viewport()


async def test_asks_for_a_link_that_somebody_got_elsewhere(window: Window) -> None:
    await window.menu("telegram/member2", "Mở đường dẫn…")
    await expect(window.panel.get_by_role("textbox")).to_be_focused()
    await window.accessible()
    await window.page.keyboard.type("https://t.me/sangkien_thu_bot?start=CTN27")
    await window.page.keyboard.press("Enter")
    await window.heard("telegram/member2", "Chào anh/chị")


async def test_fetches_older_messages_until_there_are_none(window: Window, stage: Stage) -> None:
    side, chat, count = stage.sides["telegram"], "telegram/group", 2 * PAGE
    said = [f"tin {number}" for number in range(count)]
    for text in said:
        side.say("member1", "group", text, None, mention=False)
    await window.page.reload()
    await window.ready()
    older = window.column(chat).get_by_role("button", name="Xem tin cũ hơn")
    await expect(window.messages(chat)).to_have_count(PAGE)
    await older.click()
    await expect(window.messages(chat)).to_have_count(count)
    assert await window.texts(chat) == said
    await older.click()
    await expect(older).to_have_count(0)
    assert await window.texts(chat) == said
