"""Behind the curtain: the inside of a turn, the outbox, the golden dialogue, the tour."""

import tomllib

import pytest
from playwright.async_api import expect

from tests.browser.window import Window

BOTH = pytest.mark.parametrize("at", ["telegram", "zalo"])

LONG = 120_000.0
"""Milliseconds for a step of the tour that moves the clock."""


@BOTH
async def test_shows_the_inside_of_a_turn(window: Window, at: str) -> None:
    chat = f"{at}/member1"
    await window.look(at)
    await window.say(chat, "ctn27")
    answer = await window.heard(chat, "Chào anh/chị")
    await window.choose(window.dots(answer), "Xem bên trong")
    await expect(window.panel).to_contain_text("handlers.start")
    await expect(window.panel).to_contain_text("đã gửi")
    for fold in await window.panel.locator("summary").all():
        await fold.click()
    await window.accessible()
    await window.page.keyboard.press("Escape")
    await expect(window.panel).to_be_hidden()
    await expect(window.dots(answer)).to_be_focused()


@BOTH
async def test_shows_what_waits_and_what_became_of_the_rest(window: Window, at: str) -> None:
    await window.look(at)
    await window.move("day")
    await window.tool("outbox")
    await expect(window.panel).to_contain_text("Nhật ký nhắc việc")
    await expect(window.panel.get_by_role("row").nth(1)).to_be_visible()
    await window.accessible()
    await window.shut()


@BOTH
async def test_copies_what_was_played_as_a_golden_dialogue(window: Window, at: str) -> None:
    await window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await window.look(at)
    await window.say(f"{at}/member1", "ctn27")
    await window.heard(f"{at}/member1", "Chào anh/chị")
    await window.tool("golden")
    await window.panel.get_by_role("button", name="Chép").click()
    await window.accessible()
    copied = await window.page.evaluate("navigator.clipboard.readText()")
    assert tomllib.loads(copied)["step"][0]["say"] == "ctn27"


@BOTH
async def test_walks_through_the_tour(window: Window, at: str) -> None:
    await window.look(at)
    await window.tool("tour")
    title = window.panel.locator("h3")
    for step in range(1, 100):
        await expect(window.panel).to_contain_text(f"Bước {step} trên")
        if step == 1:
            await window.accessible()
        here = await title.inner_text()
        await window.panel.get_by_role("button", name="Làm giúp tôi").click()
        await expect(title).not_to_have_text(here, timeout=LONG)
        if await window.panel.get_by_text("Xong cả rồi").count():
            break
    await window.accessible()
    await window.heard(f"{at}/officer", "153,9%")
