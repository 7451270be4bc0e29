"""The whole story on both looks: a member joins and submits, the chair confirms, the group sees."""

from playwright.async_api import expect

from bot.playground.telegram.pictures import plain
from tests.browser.window import Window

IDEA = "Lắp cảm biến giữ áp lực nước, trước phải vặn van bằng tay"
GAIN = "tiết kiệm 14 triệu đồng một năm"
PICTURE = plain(320, 240)


async def test_plays_the_whole_story_on_telegram(window: Window) -> None:
    member, chair, group = "telegram/member1", "telegram/chair", "telegram/group"
    await window.accessible()
    await window.say(chair, "moi")
    invitation = await window.heard(chair, "Mời cả nhà gửi sáng kiến")
    await invitation.get_by_role("link").click()
    await window.accessible()
    await window.panel.get_by_role("button", name="Nguyễn Văn Vũ").click()
    await window.heard(member, "Chào anh/chị")
    await window.press(member, "Đồng ý")
    await window.heard(member, "Họ tên của anh/chị là gì?")
    await window.say(member, "Nguyễn Văn Vũ")
    await window.heard(member, "Chào Nguyễn Văn Vũ")
    await window.say(member, IDEA)
    await window.heard(member, "Câu 2/2")
    await window.send(member, "Gửi ảnh", "van.png", PICTURE, "image/png")
    await window.heard(member, "Đã nhận")
    await expect(window.column(member).locator(".own img")).to_be_visible()
    await window.say(member, GAIN)
    await window.heard(member, "Anh/chị xem lại")
    await window.accessible()
    await window.press(member, "Nộp, cam đoan đúng")
    await window.heard(member, "Đã nộp, mã LS-2023-")
    await window.heard(chair, "Có sáng kiến mới chờ anh/chị xác nhận")
    await window.press(chair, "Xác nhận sáng kiến")
    await window.heard(chair, IDEA)
    await window.press(chair, "Xác nhận")
    await window.heard(chair, "Đã xác nhận LS-2023-")
    await window.heard(member, "đã được xác nhận")
    await window.move("hour")
    await window.say(group, "/progress")
    await window.heard(group, "Đã nộp: 11")
    await window.accessible()


async def test_plays_the_whole_story_on_zalo(window: Window) -> None:
    member, chair, group = "zalo/member1", "zalo/chair", "zalo/group"
    await window.look("zalo")
    await window.accessible()
    await window.say(chair, "moi")
    await window.heard(chair, "Nhắn riêng cho bot này: CTN27")
    await window.say(member, "CTN27")
    await window.heard(member, "Chào anh/chị")
    await window.say(member, "1 Nguyễn Văn Vũ")
    await window.heard(member, "Chào Nguyễn Văn Vũ")
    await window.say(member, IDEA)
    await window.heard(member, "Câu 2/2")
    await window.send(member, "Gửi ảnh", "van.png", PICTURE, "image/png")
    await window.heard(member, "Đã nhận")
    await expect(window.column(member).locator(".own img")).to_be_visible()
    await window.say(member, GAIN)
    await window.heard(member, "1 Nộp, cam đoan đúng")
    await window.accessible()
    await window.say(member, "1")
    await window.heard(member, "Đã nộp, mã LS-2023-")
    await window.heard(chair, "Có sáng kiến mới chờ anh/chị xác nhận")
    await window.say(chair, "1")
    await window.heard(chair, IDEA)
    await window.say(chair, "1")
    await window.heard(chair, "Đã xác nhận LS-2023-")
    await window.heard(member, "đã được xác nhận")
    await window.move("hour")
    await window.box(group).press_sequentially("@sá")
    await expect(window.offered(group)).to_have_text("@Sáng Kiến Bot")
    await window.accessible()
    await window.box(group).press("Enter")
    await window.box(group).press_sequentially("/progress")
    await window.box(group).press("Enter")
    await window.heard(group, "Đã nộp: 11")
    assert (await window.texts(group))[-2] == "@Sáng Kiến Bot /progress"
    await window.accessible()


async def test_shows_the_deadline_s_push_when_the_clock_gets_there(window: Window) -> None:
    await window.move("day")
    await window.heard("telegram/group", "hết chương trình")
    await window.heard("telegram/chair", "hết chương trình")


async def test_joins_by_the_code_in_the_picture(window: Window) -> None:
    await window.say("telegram/chair", "moi")
    picture = await window.heard("telegram/chair", "Mã QR vào")
    await picture.get_by_role("button", name="Việc khác").click()
    await window.page.get_by_role("menuitem", name="Quét mã QR này").click()
    await window.panel.get_by_role("button", name="Đoàn viên B").click()
    await window.heard("telegram/member2", "Chào anh/chị")
