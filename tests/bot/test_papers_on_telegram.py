"""A chair on the simulated Telegram asks for papers: the files arrive, and are what they say."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
from openpyxl import load_workbook

from bot.channel import Rendered
from bot.playground.telegram.world import Chat, Message
from bot.playground.telegram_server import TelegramServer
from domain.address import Account, Address
from domain.message import Document, Outgoing
from domain.person import Consent, Role
from storage.engine import Database, open_database
from storage.migrate import migrate
from tests.bot.test_run import PATIENCE, TOKEN, running, server
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import outbox, parcel
from tests.support.union import NOW, Union, a_programme, a_unit, an_entry

__all__ = ["server"]

TITLE = "Lap cam bien ap luc"


async def test_sends_a_table_a_list_and_a_form(tmp_path: Path, server: TelegramServer) -> None:
    bot = server.world.add_bot(TOKEN, "sangkien_bot", "Sáng kiến")
    chair = server.world.add_person("Trần Thị B")
    bot.started.add(chair.id)
    code = _keep(tmp_path, bot.id, chair.id)
    private = server.world.private(bot, chair)

    async def heard(chat: Chat, words: str) -> Message:
        def found() -> list[Message]:
            return [m for m in chat.log if m.from_bot and words in m.text]

        await server.until(lambda: bool(found()), PATIENCE)
        return found()[-1]

    settings = f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'
    async with running(tmp_path, settings):
        server.people.say(chair, private, "xuat")
        await heard(private, "Anh/chị cần giấy nào của CĐCS Cấp nước?")
        server.people.say(chair, private, "1")
        table = (await heard(private, "Bảng tiến độ của CĐCS Cấp nước.")).media
        assert table is not None
        sheet = load_workbook(BytesIO(table.data))["Tiến độ"]
        assert sheet["A2"].value == "TIẾN ĐỘ THỰC HIỆN CHỈ TIÊU SÁNG KIẾN"

        server.people.say(chair, private, "xuat")
        await heard(private, "Anh/chị cần giấy nào")
        server.people.say(chair, private, "danh sách sáng kiến")
        await heard(private, "Lấy những sáng kiến nào")
        server.people.say(chair, private, "tat ca")
        listed = await heard(private, "1 tên sáng kiến không có dấu (cột «Cần sửa»)")
        assert listed.media is not None
        assert load_workbook(BytesIO(listed.media.data))["Sáng kiến"]["C5"].value == TITLE

        server.people.say(chair, private, f"/don {code}")
        form = (await heard(private, f"Đơn yêu cầu công nhận sáng kiến {code}")).media
        assert form is not None
        said = [paragraph.text for paragraph in docx.Document(BytesIO(form.data)).paragraphs]
        assert "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN" in said


async def test_says_below_the_text_what_only_drawing_knew(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        box.drawn["list"] = Rendered("document", "a.xlsx", b"x", "1 tên không có dấu.")
        say = Outgoing("Danh sách.", document=Document("list", {}, START))
        await box.answer(parcel("list", say=say))
        await box.delivery.drain()
    assert channel.texts() == ["Danh sách.\n1 tên không có dấu."]


def _keep(folder: Path, bot: int, chair: int) -> str:
    """A unit, its chair, and one entry: its code."""
    url = f"sqlite:///{folder / 'data' / 'sangkien.sqlite3'}"
    migrate(url)
    database = open_database(url)
    address = Address("telegram", str(bot), str(chair))
    with database.session() as session:
        session.begin()
        store = session.store
        root = store.units.add(a_unit("LDLD", None, "LĐLĐ tỉnh"))
        unit = store.units.add(a_unit("CTN27", root.id, "CĐCS Cấp nước"))
        person = store.people.add("Trần Thị B", unit.id, Consent("1", NOW), address, NOW)
        store.people.link(Account("telegram", str(bot), str(chair)), person.id, NOW)
        store.people.grant(person.id, Role.CHAIR, unit.id, None, NOW)
        programme = store.programmes.add(a_programme())
        union = Union(root, unit, unit, person, person, programme)
        answers = {"giai_phap": {"value": "Lắp cảm biến", "text": "Lắp cảm biến"}}
        entry = an_entry(union, title=TITLE, answers=answers)
        kept = store.initiatives.add(entry, date(2026, 11, 22))
        session.commit()
    database.close()
    return kept.code
