"""Keys alone do the whole story, and "/" lists what can be said."""

from playwright.async_api import Locator, expect

from tests.browser.test_story import GAIN, IDEA
from tests.browser.window import Window

FARTHEST = 80
"""Steps of Tab after which a place counts as out of reach."""


async def tab_to(window: Window, place: Locator, key: str = "Tab") -> None:
    """Go there by the keyboard, and see where one is."""
    for _ in range(FARTHEST):
        if await place.evaluate("each => each === document.activeElement"):
            assert await place.evaluate("each => getComputedStyle(each).outlineStyle") != "none"
            return
        await window.page.keyboard.press(key)
    raise AssertionError(f"out of reach: {place}")


async def type_in(window: Window, chat: str, text: str, key: str = "Tab") -> None:
    await tab_to(window, window.box(chat), key)
    window.read()
    await window.page.keyboard.type(text)
    await window.page.keyboard.press("Enter")


async def press(window: Window, chat: str, label: str) -> None:
    """From where one writes, back to a button above."""
    keys = window.column(chat).locator(".keyboard").get_by_role("button", name=label, exact=True)
    await tab_to(window, keys.last, "Shift+Tab")
    window.read()
    await window.page.keyboard.press("Enter")


async def test_plays_the_story_by_keys_alone(window: Window) -> None:
    member, chair, keyboard = "telegram/member1", "telegram/chair", window.page.keyboard
    await keyboard.press("Tab")
    await expect(window.page.locator(".skip")).to_be_focused()
    await keyboard.press("Enter")
    await type_in(window, chair, "moi")
    invitation = await window.heard(chair, "Mời cả nhà gửi sáng kiến")
    await tab_to(window, invitation.get_by_role("link"), "Shift+Tab")
    await keyboard.press("Enter")
    await tab_to(window, window.panel.get_by_role("button", name="Nguyễn Văn Vũ"))
    await keyboard.press("Enter")
    await expect(window.panel).to_be_hidden()
    await window.heard(member, "Chào anh/chị")
    await tab_to(window, window.box(member))
    await press(window, member, "Đồng ý")
    await window.heard(member, "Họ tên của anh/chị là gì?")
    await type_in(window, member, "Nguyễn Văn Vũ")
    await window.heard(member, "Chào Nguyễn Văn Vũ")
    await type_in(window, member, IDEA)
    await window.heard(member, "Câu 2/2")
    await type_in(window, member, GAIN)
    await window.heard(member, "Anh/chị xem lại")
    await press(window, member, "Nộp, cam đoan đúng")
    await window.heard(member, "Đã nộp, mã LS-2023-")
    await tab_to(window, window.box(chair), "Shift+Tab")
    await press(window, chair, "Xác nhận sáng kiến")
    await window.heard(chair, IDEA)
    await tab_to(window, window.box(chair))
    await press(window, chair, "Xác nhận")
    await window.heard(chair, "Đã xác nhận LS-2023-")


async def test_lists_commands_at_a_slash(window: Window) -> None:
    chat = "telegram/member2"
    options = window.offered(chat)
    await window.box(chat).press_sequentially("/")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    assert await options.count() > 3
    await window.accessible()
    await window.box(chat).press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    marked = await options.nth(1).get_attribute("id")
    await expect(window.box(chat)).to_have_attribute("aria-activedescendant", marked or "")
    await window.box(chat).press("Escape")
    await expect(options.first).to_be_hidden()
    await window.box(chat).press_sequentially("t")
    assert all(each.startswith("/t") for each in await options.locator("b").all_inner_texts())
    await window.box(chat).press("Tab")
    assert (await window.box(chat).input_value()).startswith("/t")
    await expect(window.box(chat)).to_be_focused()


async def test_sends_the_command_that_is_entered(window: Window) -> None:
    await window.box("telegram/group").press_sequentially("/pro")
    await window.box("telegram/group").press("Enter")
    await window.heard("telegram/group", "Chỉ tiêu giao: 12")


async def test_moves_in_a_menu_by_arrows_and_leaves_it_by_escape(window: Window) -> None:
    dots = window.dots(window.column("telegram/member1").locator("> header"))
    await tab_to(window, dots)
    await window.page.keyboard.press("Enter")
    items = window.page.get_by_role("menuitem")
    await expect(items.first).to_be_focused()
    await window.accessible()
    await window.page.keyboard.press("ArrowUp")
    await expect(items.last).to_be_focused()
    await window.page.keyboard.press("Escape")
    await expect(items).to_have_count(0)
    await expect(dots).to_be_focused()
