"""People of both networks talk with the real bot, over HTTP all the way."""

import pytest

from bot.playground.stage import Stage
from bot.playground.telegram.pictures import plain
from tests.bot.playground.staged import Page, Said

BOTH = pytest.mark.parametrize("at", ["telegram", "zalo"])


async def joined(page: Page, at: str, who: str, name: str) -> Said:
    await page.say(at, who, "ctn27")
    await page.heard(f"{at}/{who}", "nhắn 1 và họ tên")
    await page.say(at, who, f"1 {name}")
    return await page.heard(f"{at}/{who}", f"Chào {name}")


def labels(message: Said) -> list[str]:
    return [button["label"] for row in message["buttons"] for button in row]


async def test_lets_a_member_join_on_telegram_by_a_button(page: Page) -> None:
    await page.say("telegram", "member1", "ctn27")
    consent = await page.heard("telegram/member1", "Chào anh/chị")
    assert consent["from"] == {"who": "bot", "name": "Sáng Kiến Bot"}
    assert labels(consent) == ["Đồng ý", "Không"]
    await page.press(consent, "Đồng ý")
    await page.heard("telegram/member1", "Họ tên của anh/chị là gì?")
    await page.say("telegram", "member1", "Nguyễn Văn Vũ")
    await page.heard("telegram/member1", "Chào Nguyễn Văn Vũ")


async def test_lets_a_member_join_on_zalo_by_a_number(page: Page) -> None:
    welcome = await joined(page, "zalo", "member2", "Đoàn Viên B")
    assert welcome["buttons"] == []
    await page.say("zalo", "member2", "Lắp cảm biến giữ áp lực nước, trước phải vặn van bằng tay")
    await page.heard("zalo/member2", "Câu 2/2")
    # Whoever writes in the very second of a question has not read it yet.
    await page.move(to={"minutes": 1})
    await page.say("zalo", "member2", "tiết kiệm 14 triệu đồng một năm")
    preview = await page.heard("zalo/member2", "1 Nộp")
    assert preview["buttons"] == []
    await page.say("zalo", "member2", "1")
    await page.heard("zalo/member2", "Đã nộp, mã LS-2023-")
    await page.heard("telegram/chair", "Có sáng kiến mới chờ anh/chị xác nhận")


@BOTH
async def test_hands_over_a_photo_and_shows_it(page: Page, at: str) -> None:
    await joined(page, at, "member1", "Nguyễn Văn Vũ")
    picture = plain(40, 30)
    id = await page.send("photo", at, "member1", "van.png", picture, "image/png")
    await page.heard(f"{at}/member1", "Đã nhận")
    shown = page.messages[id or ""]
    async with page.session.get(page.url + shown["photo"]) as response:
        assert response.content_type == "image/png"
        assert await response.read() == picture


async def test_edits_what_was_said_on_telegram(page: Page) -> None:
    await joined(page, "telegram", "member1", "Nguyễn Văn Vũ")
    id = await page.say("telegram", "member1", "Lắp cảm biến giữ áp lực nước, trước vặn van tay")
    await page.heard("telegram/member1", "Câu 2/2")
    await page.do("telegram", "member1", "edit", message=id, text="Lắp biến tần giữ áp lực nước")
    await page.heard("telegram/member1", "Câu 2/2")
    edited = page.messages[id or ""]
    assert (edited["text"], edited["edited"]) == ("Lắp biến tần giữ áp lực nước", True)


@BOTH
async def test_tells_the_chair_of_a_member_who_blocked_the_bot(page: Page, at: str) -> None:
    await joined(page, at, "member1", "Nguyễn Văn Vũ")
    await page.do(at, "member1", "block")
    assert (await page.change("chat", id=f"{at}/member1"))["blocked"] is True
    fault = await page.fault(
        "do", network=at, who="member1", chat=f"{at}/member1", verb="say", text="alô"
    )
    assert fault == "Người này đang chặn bot; bỏ chặn rồi mới nhắn được."
    if at == "zalo":
        # Zalo tells nobody: the bot finds out when it writes to them.
        await page.move(to={"minutes": 2 * 24 * 60})
    else:
        await page.move(to="hour")
    await page.heard("telegram/chair", "Bot không nhắn được cho Nguyễn Văn Vũ nữa")
    await page.do(at, "member1", "unblock")
    await page.say(at, "member1", "tiến độ")
    await page.heard(f"{at}/member1", "Cấp thoát nước")


async def test_answers_in_a_group_of_zalo_only_when_it_is_mentioned(page: Page) -> None:
    await page.say("zalo", "member1", "/progress", "group")
    await page.do("zalo", "chair", "mention", "group", text="/progress")
    answer = await page.heard("zalo/group", "Chỉ tiêu giao")
    said = [each["text"] for each in page.in_chat("zalo/group")]
    assert said[:2] == ["/progress", "@Sáng Kiến Bot /progress"]
    assert [each["from"]["who"] for each in page.in_chat("zalo/group")][2:] == ["bot"]
    # The name picked from the list is a mention too, and so is an answer to the bot.
    await page.say("zalo", "member1", "@Sáng Kiến Bot td tràng định", "group")
    await page.heard("zalo/group", "Tràng Định")
    await page.say("zalo", "member1", "/progress", "group", reply_to=answer["id"])
    await page.heard("zalo/group", "Chỉ tiêu giao")


async def test_answers_in_a_group_of_telegram(page: Page) -> None:
    await page.say("telegram", "member1", "/progress", "group")
    await page.heard("telegram/group", "Chỉ tiêu giao")
    assert page.in_chat("telegram/group")[0]["from"]["name"] == "Nguyễn Văn Vũ"


async def test_follows_a_group_of_telegram_that_was_upgraded(page: Page) -> None:
    await page.do("telegram", "chair", "upgrade", "group")
    await page.say("telegram", "chair", "/progress", "group")
    await page.heard("telegram/group", "Chỉ tiêu giao")
    assert "đã nâng nhóm" in page.in_chat("telegram/group")[0]["text"]
    about = {"network": "telegram", "chat": "telegram/group", "verb": "upgrade"}
    assert await page.fault("do", who="chair", **about) == "Nhóm đã là siêu nhóm rồi."
    assert await page.fault("do", who="member1", **about) == "Chỉ người lập nhóm nâng nhóm được."


@BOTH
async def test_lets_people_leave_the_group_and_come_back(page: Page, at: str) -> None:
    await page.do(at, "member1", "leave", "group")
    assert "member1" in (await page.change("chat", id=f"{at}/group"))["left"]
    about = {"network": at, "chat": f"{at}/group", "verb": "say", "text": "chào"}
    fault = await page.fault("do", who="member1", **about)
    assert fault == "Người này không ở trong nhóm; vào nhóm rồi mới nhắn được."
    await page.do(at, "member1", "join", "group")
    assert "member1" not in (await page.change("chat", id=f"{at}/group"))["left"]
    await page.say(at, "member1", "chào", "group")


async def test_keeps_one_person_for_both_networks(page: Page, stage: Stage) -> None:
    await page.say("telegram", "officer", "tiến độ")
    one = await page.heard("telegram/officer", "6.307")
    await page.say("zalo", "officer", "tiến độ")
    other = await page.heard("zalo/officer", "6.307")
    assert one["text"].splitlines()[0] == other["text"].splitlines()[0]


async def test_gives_an_officer_a_workbook_as_a_file_on_telegram(page: Page) -> None:
    await page.say("telegram", "officer", "xuat")
    asked = await page.heard("telegram/officer", "Anh/chị cần giấy nào")
    await page.press(asked, "Bảng tiến độ")
    sent = page.messages.values()
    paper = await page.until(lambda: next((each for each in sent if each["document"]), None))
    async with page.session.get(page.url + paper["document"]["url"]) as response:
        assert "attachment" in response.headers["Content-Disposition"]
        content = await response.read()
    assert content[:2] == b"PK"
    assert (len(content), paper["document"]["name"][-5:]) == (paper["document"]["size"], ".xlsx")


async def test_gives_an_officer_a_workbook_by_link_on_zalo(page: Page, stage: Stage) -> None:
    await page.say("zalo", "officer", "xuat")
    await page.heard("zalo/officer", "1. Bảng tiến độ")
    await page.move(to={"minutes": 1})
    await page.say("zalo", "officer", "1")
    home = stage.url.removesuffix(f"{stage.token}/")
    said = await page.heard("zalo/officer", f"{home}giay/")
    link = next(word for word in said["text"].split() if word.startswith(home))
    async with page.session.get(link) as response:
        assert response.status == 200
        assert "<form" in await response.text()


async def test_follows_an_invitation_of_telegram(page: Page) -> None:
    await page.say("telegram", "chair", "mời")
    shown = await page.heard("telegram/chair", "https://t.me/sangkien_thu_bot?start=")
    word = next(each for each in shown["text"].split() if each.startswith("https://t.me/"))
    await page.do("telegram", "member2", "link", url=word)
    await page.heard("telegram/member2", "nhắn 1 và họ tên")


@pytest.mark.parametrize(
    ("at", "verb", "answer"),
    [
        ("telegram", "sticker", "nhãn dán"),
        ("telegram", "voice", "gõ chữ"),
        ("zalo", "sticker", "nhãn dán"),
        ("zalo", "voice", "gõ chữ"),
    ],
)
async def test_sends_what_the_bot_cannot_read(page: Page, at: str, verb: str, answer: str) -> None:
    await joined(page, at, "member1", "Nguyễn Văn Vũ")
    id = await page.do(at, "member1", verb)
    await page.heard(f"{at}/member1", answer)
    assert page.messages[id or ""][verb] is True


@pytest.mark.parametrize(
    ("at", "answer"), [("telegram", "Đã nhận"), ("zalo", "Zalo không chuyển tin này cho bot")]
)
async def test_sends_a_file_that_only_telegram_hands_over(page: Page, at: str, answer: str) -> None:
    await joined(page, at, "member1", "Nguyễn Văn Vũ")
    content = b"%PDF-1.4 ..."
    id = await page.send("file", at, "member1", "../quyết định.pdf", content, "application/pdf")
    await page.heard(f"{at}/member1", answer)
    document = page.messages[id or ""]["document"]
    assert (document["name"], document["size"]) == ("quyết định.pdf", len(content))
    async with page.session.get(page.url + document["url"]) as response:
        assert response.content_type == "application/octet-stream"
        assert await response.read() == content
