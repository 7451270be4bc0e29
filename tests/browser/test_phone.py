"""A window of a phone's size holds one chat at a time and tells of the others."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.playground.script import Deed
from bot.playground.stage import Stage
from tests.browser.window import Window


@pytest.fixture
def context() -> dict[str, Any]:
    size = {"width": 390, "height": 844}
    return {"viewport": size, "has_touch": True, "is_mobile": True}


def tab(window: Window, chat: str) -> Locator:
    return window.page.locator(f'#tabs [data-chat="{chat}"]')


@pytest.mark.parametrize("at", ["telegram", "zalo"])
async def test_shows_one_chat_at_a_time(window: Window, at: str) -> None:
    await window.look(at)
    await tab(window, f"{at}/member1").tap()
    await expect(window.page.locator(".column:visible")).to_have_count(1)
    await expect(tab(window, f"{at}/member1")).to_have_attribute("aria-current", "true")
    await window.say(f"{at}/member1", "ctn27")
    await window.heard(f"{at}/member1", "Chào anh/chị")
    box = await window.box(f"{at}/member1").bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert box["y"] + box["height"] < 844
    assert await window.page.evaluate("document.documentElement.scrollWidth") == 390
    await window.accessible()


async def test_marks_what_was_not_read(window: Window, stage: Stage) -> None:
    elsewhere = "telegram/chair"
    stage.do(Deed("telegram", "chair", elsewhere, "say", text="moi"))
    await expect(tab(window, elsewhere).locator(".unread")).to_contain_text("3 tin chưa đọc")
    await window.accessible()
    await tab(window, elsewhere).tap()
    await expect(tab(window, elsewhere).locator(".unread")).to_have_count(0)
    last = await window.heard(elsewhere, "Mời cả nhà gửi sáng kiến")
    await expect(last).to_be_in_viewport()


async def test_marks_what_was_not_read_in_the_other_app(window: Window, stage: Stage) -> None:
    stage.do(Deed("zalo", "chair", "zalo/chair", "say", text="moi"))
    looks = window.page.locator(".looks")
    await expect(looks.locator(".unread")).to_contain_text("3 tin chưa đọc")
    await window.look("zalo")
    await expect(looks.locator(".unread")).to_have_count(0)
    await expect(tab(window, "zalo/chair").locator(".unread")).to_contain_text("3 tin chưa đọc")


async def test_leaves_the_chat_in_sight_beside_the_tour(window: Window) -> None:
    await window.tool("tour")
    await expect(window.panel).to_contain_text("Bước 1")
    panel = await window.panel.bounding_box()
    assert panel is not None
    assert panel["y"] > 844 * 0.25
    await window.accessible()
    await window.shut()
