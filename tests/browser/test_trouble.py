"""What goes wrong among people and networks can be seen, and nothing is lost by it."""

import pytest
from playwright.async_api import expect

from tests.browser.window import Window

BOTH = pytest.mark.parametrize("at", ["telegram", "zalo"])

ANSWER = "Tiến độ – LĐLĐ tỉnh Lạng Sơn"


@BOTH
async def test_shows_who_blocked_the_bot(window: Window, at: str) -> None:
    chat = f"{at}/member1"
    await window.look(at)
    await window.menu(chat, "Chặn bot")
    await expect(window.column(chat)).to_contain_text("Người này đã chặn bot.")
    await expect(window.box(chat)).to_be_disabled()
    await window.accessible()
    await window.menu(chat, "Bỏ chặn bot")
    await expect(window.box(chat)).to_be_enabled()
    await window.say(chat, "ctn27")
    await window.heard(chat, "Chào anh/chị")


@BOTH
async def test_shows_who_left_the_group(window: Window, at: str) -> None:
    chat, name = f"{at}/group", "Nguyễn Văn Vũ"
    head = window.column(chat).locator("> header")
    speakers = window.column(chat).get_by_label("Ai nhắn")
    await window.look(at)
    await expect(head).to_contain_text(name)
    await window.menu(chat, f"Rời nhóm: {name}")
    await expect(head).not_to_contain_text(name)
    await expect(speakers.get_by_text(name)).to_have_count(0)
    await window.accessible()
    await window.menu(chat, f"Vào lại nhóm: {name}")
    await expect(head).to_contain_text(name)
    await speakers.select_option(name)
    await window.say(chat, "chào cả nhà")
    await expect(window.column(chat).locator(".own")).to_contain_text("chào cả nhà")


async def test_follows_a_group_that_was_upgraded(window: Window) -> None:
    window.forgive("status of 400")
    chat = "telegram/group"
    await window.menu(chat, "Nâng thành siêu nhóm")
    await expect(window.column(chat).locator(".service")).to_contain_text("đã nâng nhóm")
    await window.accessible()
    await window.menu(chat, "Nâng thành siêu nhóm")
    await expect(window.line).to_have_text("Nhóm đã là siêu nhóm rồi.")
    await window.accessible()
    await window.say(chat, "/progress")
    await window.heard(chat, "Chỉ tiêu giao: 12")


@BOTH
@pytest.mark.parametrize("fault", ["Mạng chậm", "Bị giới hạn (429)", "Mạng hỏng"])
async def test_answers_once_the_network_recovers(window: Window, at: str, fault: str) -> None:
    chat = f"{at}/officer"
    await window.look(at)
    await window.tool("switches")
    switch = window.panel.get_by_label(fault)
    await switch.check()
    await window.accessible()
    await window.say(chat, "tiến độ")
    await expect(window.column(chat).locator(".own")).to_have_count(1)
    if fault != "Mạng chậm":
        await expect(window.column(chat).locator(".bot")).to_have_count(0)
        await switch.uncheck()
        await window.move("hour")
    await window.heard(chat, ANSWER)
    await expect(window.column(chat).locator(".bot").filter(has_text=ANSWER)).to_have_count(1)
