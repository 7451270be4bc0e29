"""What is played for the guides' pictures, from the invitation to the province, on both looks."""

from bot.playground.stage import Stage
from tests.browser.camera import Camera
from tests.browser.pump import pump
from tests.browser.window import Window

CONSENT, ASKED, CHECK = "Đồng ý: nhắn 1", "Câu 1/2", "Anh/chị xem lại"

REMINDER = "là hết chương trình"

IDEA = "Lắp cảm biến, biến tần để bơm tự giữ áp lực. Trước phải vặn van bằng tay, hay vỡ ống"

TYPED = "lap cam bien, bom tu giu ap luc. truoc van tay hay vo ong"
"""As on a phone without Vietnamese letters."""

GAIN = "giảm tiền điện gần 14 triệu đồng/trạm/năm"


class Take:
    """One stage, one window on it, and the camera that watches."""

    def __init__(self, stage: Stage, window: Window, camera: Camera) -> None:
        self.stage, self.window, self.camera = stage, window, camera

    async def at(self, hour: int) -> None:
        """Let the clock go to this hour: what tells the time then always tells the same."""
        now = self.stage.now()
        to = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        assert to > now
        await self.stage.app.forward(to - now)

    async def says(self, chat: str, text: str, heard: str) -> None:
        await self.window.say(chat, text)
        await self.window.heard(chat, heard)

    async def presses(self, chat: str, label: str, heard: str) -> None:
        await self.window.press(chat, label)
        await self.window.heard(chat, heard)

    async def sends_photo(self, chat: str, heard: str) -> None:
        await self.window.send(chat, "Gửi ảnh", "tram-bom.png", pump(), "image/png")
        await self.window.heard(chat, heard)


async def page(take: Take) -> None:
    """The page itself, at the first step of its tour."""
    window = take.window
    await window.page.set_viewport_size({"width": 1740, "height": 780})
    await window.tool("tour")
    await take.says("telegram/chair", "moi", "Mời cả nhà gửi sáng kiến")
    await window.page.get_by_role("heading", level=1).click()  # away from where one writes
    await take.camera.page("chay-thu", 780)


async def member_with_buttons(take: Take) -> None:
    """A member on Telegram, from the invitation's link to the receipt."""
    member, chair = "telegram/member1", "telegram/chair"
    shoot, window = take.camera.chat, take.window
    await take.says(chair, "moi", "Mời cả nhà gửi sáng kiến")
    await shoot("moi", chair, "moi")
    invitation = await window.heard(chair, "Mời cả nhà gửi sáng kiến")
    await invitation.get_by_role("link").click()
    await window.panel.get_by_role("button", name="Nguyễn Văn Vũ").click()
    await window.heard(member, CONSENT)
    await shoot("dong-y-telegram", member, CONSENT)
    await take.says(member, "1 Nguyễn Văn Vũ", ASKED)
    await take.says(member, IDEA, "Câu 2/2")
    await take.sends_photo(member, "Đã nhận")
    await shoot("ke", member, ASKED)
    await take.says(member, GAIN, "Mấy trạm")
    await take.says(member, "3", CHECK)
    await shoot("nop-telegram", member, CHECK)
    await take.presses(member, "Nộp, cam đoan đúng", "Đã nộp, mã")
    await shoot("da-nop", member, "Đã nộp, mã")


async def chair_with_buttons(take: Take) -> None:
    """A chair on Telegram confirms one entry and returns another; its author adds what is asked."""
    chair, other = "telegram/chair", "telegram/member2"
    shoot = take.camera.chat
    await take.presses(chair, "Xác nhận sáng kiến", "Cách làm:")
    await shoot("duyet-telegram", chair, "Có sáng kiến mới")
    await take.presses(chair, "Xác nhận", "Đã xác nhận")
    await shoot("da-xac-nhan", chair, "Đã xác nhận")
    await take.says(other, "ctn27", CONSENT)
    await take.says(other, "1 Đoàn viên B", ASKED)
    await take.says(other, "sua lai gia de dung cu", "Câu 2/2")
    await take.says(other, "gon hon", CHECK)
    await take.presses(other, "Nộp, cam đoan đúng", "Đã nộp, mã")
    await take.says(chair, "duyet", "Đoàn viên B")
    await take.presses(chair, "Trả lại", "Cần bổ sung gì")
    await shoot("tra-lai", chair, "Cần bổ sung gì")
    await take.presses(chair, "Nói rõ lợi ích", "Đã trả lại")
    await take.window.heard(other, "cần bổ sung")
    await shoot("bo-sung", other, "cần bổ sung")


async def officer_with_buttons(take: Take) -> None:
    """An officer on Telegram; its group is reminded, and asks."""
    officer, group = "telegram/officer", "telegram/group"
    shoot = take.camera.chat
    await take.at(9)
    await take.window.heard(group, REMINDER)
    await shoot("nhac-han", group, REMINDER)
    await take.says(group, "/progress", "Tiến độ – CĐCS")
    await shoot("nhom-telegram", group, "/progress")
    await take.says(officer, "tiến độ", "Tiến độ – LĐLĐ")
    await shoot("tien-do", officer, "tiến độ")
    await take.says(officer, "chi tieu CTN27 15", "giai đoạn nào")
    await take.presses(officer, "Cả chương trình", "Vì sao")
    await take.says(officer, "QĐ 12/QĐ-LĐLĐ (mô phỏng)", "Ghi như vậy nhé?")
    await shoot("chi-tieu", officer, "chi tieu CTN27 15")
    await take.presses(officer, "Ghi", "Đã ghi")
    await take.says(officer, "xuat", "cần giấy nào")
    await shoot("xuat", officer, "cần giấy nào")


async def in_words(take: Take) -> None:
    """On Zalo, where everything is typed."""
    member, chair = "zalo/member1", "zalo/chair"
    officer, group = "zalo/officer", "zalo/group"
    shoot = take.camera.chat
    await take.says(chair, "moi", "Mời cả nhà gửi sáng kiến")
    await shoot("moi-zalo", chair, "moi", keep=False)
    await take.says(member, "ctn27", CONSENT)
    await shoot("dong-y-zalo", member, "ctn27")
    await take.says(member, "1 nguyen van vu", ASKED)
    await take.says(member, TYPED, "Câu 2/2")
    await take.sends_photo(member, "Đã nhận")
    await shoot("ke-zalo", member, ASKED, keep=False)
    await take.says(member, "gan 42 trieu 1 nam", CHECK)
    await shoot("nop-zalo", member, CHECK)
    await take.says(member, "1", "Đã nộp, mã")
    await shoot("da-nop-zalo", member, "Đã nộp, mã", keep=False)
    await take.window.heard(chair, "Có sáng kiến mới")
    await take.says(chair, "duyet", "Cách làm:")
    await shoot("duyet-zalo", chair, "Có sáng kiến mới")
    await take.at(9)
    await take.says(group, "@Sáng Kiến Bot /progress", "Tiến độ – CĐCS")
    await shoot("nhom-zalo", group, "/progress")
    await take.says(officer, "tiến độ", "Tiến độ – LĐLĐ")
    await shoot("tien-do-zalo", officer, "tiến độ", keep=False)
    await take.says(officer, "chi tieu CTN27 15", "giai đoạn nào")
    await take.says(officer, "1", "Vì sao")
    await take.says(officer, "QĐ 12/QĐ-LĐLĐ (mô phỏng)", "Ghi như vậy nhé?")
    await shoot("chi-tieu-zalo", officer, "chi tieu CTN27 15", keep=False)
