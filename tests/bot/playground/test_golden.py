"""What was played becomes a golden dialogue that holds where those are held."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.likeness import Likeness, counterparts
from bot.playground.stage import Stage
from tests.bot.playground.staged import Page
from tests.dialogues import world
from tests.dialogues.script import Script, read
from tests.dialogues.stage import BUTTONS, WORDS
from tests.dialogues.stage import Stage as Dialogue
from tests.dialogues.test_dialogues import play
from tests.support.databases import SqliteFiles

READING = timedelta(seconds=2)
"""Whoever writes in the very second of a question has not read it yet."""


class Playing:
    """Somebody plays on one network, with a moment to read what is said."""

    def __init__(self, page: Page, stage: Stage, network: str) -> None:
        self.page, self.stage, self.network = page, stage, network

    async def say(self, who: str, text: str, sees: str, chat: str = "") -> None:
        self.stage.clock.forward(READING)
        verb = "mention" if chat else "say"
        await self.page.do(self.network, who, verb, chat, text=text)
        await self.page.heard(f"{self.network}/{chat or who}", sees)

    async def choose(self, who: str, label: str, number: str, sees: str) -> None:
        """Press a button, or say its number where there are none."""
        self.stage.clock.forward(READING)
        shown = [each for each in self.page.in_chat(f"{self.network}/{who}") if each["buttons"]]
        if shown:
            await self.page.press(shown[-1], label)
        else:
            await self.page.say(self.network, who, number)
        await self.page.heard(f"{self.network}/{who}", sees)

    async def photo(self, who: str, sees: str) -> None:
        self.stage.clock.forward(READING)
        await self.page.send(
            "photo", self.network, who, "anh.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"
        )
        await self.page.heard(f"{self.network}/{who}", sees)

    async def golden(self, folder: Path) -> Script:
        """What was played, read as a file of tests/dialogues is."""
        address = f"{self.page.url}golden?network={self.network}"
        async with self.page.session.get(address) as response:
            assert response.status == 200
            text = await response.text()
        path = folder / f"{self.network}.toml"
        path.write_text(text, "utf-8")
        return read(path)


def hold(script: Script, files: SqliteFiles, caplog: pytest.LogCaptureFixture) -> None:
    """As tests/dialogues holds it, with buttons and without."""
    for limits in (BUTTONS, WORDS):
        dialogue = Dialogue(files.new_url(), limits, script.setting)
        with caplog.at_level(logging.ERROR):
            play(dialogue, script)
        dialogue.close()
    assert not caplog.records


async def tell_the_story(play: Playing) -> None:
    """From joining to the chair's confirmation, with a photo; and progress, a day later."""
    await play.say("chair", "mời", "Mời cả nhà")
    await play.say("member1", "CTN27", "Đồng ý: nhắn 1")
    await play.say("member1", "1 nguyễn văn vũ", "Câu 1/2")
    await play.say("member1", "Tự động duy trì áp lực: lắp cảm biến, trước vặn tay", "Câu 2/2")
    await play.photo("member1", "Đã nhận")
    await play.say("member1", "gần 14 triệu đồng/trạm/năm, 3 trạm", "Anh/chị xem lại")
    await play.choose("member1", "Nộp, cam đoan đúng", "1", "Đã nộp, mã")
    await play.page.heard(f"{play.network}/chair", "chờ anh/chị xác nhận")
    await play.choose("chair", "Xác nhận sáng kiến", "1", "còn 1 chờ")
    await play.choose("chair", "Xác nhận", "1", "Đã xác nhận")
    await play.page.heard(f"{play.network}/member1", "đã được xác nhận")
    await play.choose("member1", "Điền tiếp", "1", "Tên sáng kiến là gì?")
    await play.say("member1", "Duy trì áp lực", "Có ai cùng làm")
    await play.say("member1", "không", "Dùng lần đầu từ ngày nào?")
    await play.page.move(to="day")
    await play.say("member1", "3/2022", "giữ bí mật")
    await play.choose("member1", "Không có", "1", "Cải tiến máy nào")
    await play.say("chair", "/progress", "Tiến độ – CĐCS", "group")
    await play.say("officer", "tiến độ", "Tiến độ – LĐLĐ tỉnh")
    await play.say("officer", "td HUYENA", "Tiến độ – LĐLĐ huyện A")


@pytest.mark.parametrize("network", ["telegram", "zalo"])
async def test_holds_where_golden_dialogues_are_held(
    network: str,
    stage: Stage,
    page: Page,
    tmp_path: Path,
    sqlite_files: SqliteFiles,
    caplog: pytest.LogCaptureFixture,
) -> None:
    playing = Playing(page, stage, network)
    await tell_the_story(playing)
    script = await playing.golden(tmp_path)
    assert [step.wait for step in script.step if step.wait] == ["1 day"]
    hold(script, sqlite_files, caplog)


async def test_tells_what_else_people_do(
    stage: Stage,
    page: Page,
    tmp_path: Path,
    sqlite_files: SqliteFiles,
    caplog: pytest.LogCaptureFixture,
) -> None:
    playing = Playing(page, stage, "telegram")
    await playing.say("officer", "td CDVC", "Tiến độ – Công đoàn Viên chức tỉnh")
    await playing.say("chair", "td", "Tiến độ – CĐCS")
    progress = page.in_chat("telegram/chair")[-1]
    await playing.say("chair", "gắn nhóm", "rồi chọn nhóm")
    code = page.in_chat("telegram/chair")[-1]["text"].partition("/gannhom ")[2][:11]
    await page.press(progress, "Theo tuần")
    await page.heard("telegram/chair", "tuần")
    await playing.say("chair", f"/gannhom {code}", "Nhóm này đã gắn với", "group")
    await playing.say("member1", "CTN27", "Đồng ý: nhắn 1")
    await playing.choose("member1", "Đồng ý", "", "Họ tên")
    await playing.say("member1", "Nguyễn Văn Vũ", "Câu 1/2")
    stage.clock.forward(READING)
    await page.do("telegram", "member1", "sticker")
    await page.heard("telegram/member1", "")
    await playing.say("member1", "Lắp cảm biến giữ áp lực nước, trước vặn tay", "Câu 2/2")
    written = page.in_chat("telegram/member1")[-2]
    stage.clock.forward(READING)
    await page.do("telegram", "member1", "edit", message=written["id"], text="Lắp biến tần cho bơm")
    await page.heard("telegram/member1", "Câu 2/2")
    stage.clock.forward(READING)
    await page.say("telegram", "member1", "Tiết kiệm điện")
    await page.say("telegram", "member1", "14 triệu đồng một năm")
    await page.heard("telegram/member1", "«nộp» để nộp")
    await page.do("telegram", "member1", "block")
    await page.say("telegram", "chair", "td")
    await page.heard("telegram/chair", "Tiến độ – CĐCS")

    script = await playing.golden(tmp_path)
    text = (tmp_path / "telegram.toml").read_text("utf-8")
    assert "# - «td cdvc», of a unit that has no counterpart" in text
    assert "# - what happened to a chat (blocked)" in text
    assert code not in text
    assert "/gannhom CODE2-AAAAA" in text
    hold(script, sqlite_files, caplog)


async def test_tells_what_was_played_since_it_was_told_to_begin(
    stage: Stage,
    page: Page,
    tmp_path: Path,
    sqlite_files: SqliteFiles,
    caplog: pytest.LogCaptureFixture,
) -> None:
    playing = Playing(page, stage, "zalo")
    await playing.say("member1", "CTN27", "Đồng ý: nhắn 1")
    await playing.say("member1", "1 Nguyễn Văn Vũ", "Câu 1/2")
    await page.move(to={"minutes": 60})
    await page.post("golden/begin")
    assert (await playing.golden(tmp_path)).step == []
    await playing.say("member1", "td", "Tiến độ – CĐCS")
    script = await playing.golden(tmp_path)
    assert script.setting.people["member1"].unit == "CTN27"
    assert script.setting.now.hour == 9
    assert [(step.who, step.say) for step in script.step] == [("member1", "td")]
    hold(script, sqlite_files, caplog)


def test_knows_the_units_of_the_golden_dialogues() -> None:
    theirs = {code: name for code, name, _, _ in world.UNITS}
    assert {each.theirs: each.name for each in counterparts().values()}.items() <= theirs.items()


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (
            "Đã nộp, mã LS-2023-000001. Cảm ơn Vũ!\nĐể tính chỉ tiêu còn cần: ngày",
            "Để tính chỉ tiêu còn cần: ngày",
        ),
        ("Câu 2/2. Lợi gì: tiền, thời gian, an toàn?", "Lợi gì: tiền, thời gian, an toàn?"),
        ("LS-2023-000001 · còn 1 chờ\n«Lắp cảm biến»", "«Lắp cảm biến»"),
        ("12\n3/4", ""),
    ],
)
def test_finds_what_tells_an_answer_from_others(text: str, piece: str) -> None:
    assert Likeness([]).telling(text) == piece
