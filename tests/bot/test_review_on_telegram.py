"""An officer on the simulated Telegram takes the workbook, fills it in and sends it back."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.playground.telegram.world import BotAccount, Message, Person
from bot.playground.telegram_server import TelegramServer
from domain.address import Account, Address
from domain.initiative import Status, moved
from domain.person import Consent, Role
from storage import entering
from storage.engine import Database, open_database
from storage.migrate import migrate
from storage.store import Store
from tests.bot.test_run import PATIENCE, TOKEN, running, server
from tests.support.union import NOW, Union, an_entry, found_union

__all__ = ["server"]

HEADER = 4
"""The row of the headers, below the title."""


class Office:
    """What is kept, the officer's chat, and the author's."""

    def __init__(self, folder: Path, server: TelegramServer) -> None:
        self.server = server
        self.settings = f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'
        self.bot = server.world.add_bot(TOKEN, "sangkien_bot", "Sáng kiến")
        self.officer, self.author = self._person("Hoàng Văn E"), self._person("Nguyễn Văn A")
        url = f"sqlite:///{folder / 'data' / 'sangkien.sqlite3'}"
        migrate(url)
        self.database: Database = open_database(url)

    def keep(self, count: int) -> None:
        """A union whose officer has so many entries of one author on their desk."""
        with self.database.session() as session:
            session.begin()
            store, union = session.store, found_union(session.store)
            author = _known(store, union, self.bot, self.author)
            officer = _known(store, union, self.bot, self.officer)
            store.people.grant(officer, Role.OFFICER, union.root.id, None, NOW)
            for number in range(count):
                _confirmed(store, union, author, f"Sáng kiến số {number + 1}")
            session.commit()

    def say(self, words: str) -> None:
        """The officer writes."""
        self.server.people.say(self.officer, self.bot, words)

    async def heard(self, words: str, who: Person | None = None) -> Message:
        """The last message of the bot that holds these words, once there is one."""
        chat = self.server.world.private(self.bot, who or self.officer)

        def found() -> list[Message]:
            return [m for m in chat.log if m.from_bot and words in m.text]

        await self.server.until(lambda: bool(found()), PATIENCE)
        return found()[-1]

    async def workbook(self) -> bytes:
        """Ask for the workbook to decide in."""
        self.say("xuat")
        await self.heard("Anh/chị cần giấy nào")
        self.say("bang duyet nhieu sang kien")
        media = (await self.heard("gửi lại tệp cho bot")).media
        assert media is not None
        return media.data

    def statuses(self) -> list[Status]:
        """Of all entries, by their codes."""
        with self.database.reader() as session:
            session.begin()
            programme = session.store.programmes.all()[0]
            root = session.store.units.root()
            assert root is not None
            found = session.store.initiatives.of_unit(programme.id, root.id, limit=1000)
            drift = session.store.tallies.drift(programme.id, programme.needs_recognition)
            session.rollback()
        assert drift == 0
        return [entry.status for entry in found]

    def _person(self, name: str) -> Person:
        person = self.server.world.add_person(name)
        self.bot.started.add(person.id)
        return person


@pytest.fixture
def office(tmp_path: Path, server: TelegramServer) -> Office:
    return Office(tmp_path, server)


async def test_writes_down_what_the_officer_sent_back(tmp_path: Path, office: Office) -> None:
    office.keep(4)
    async with running(tmp_path, office.settings):
        filled = fill(await office.workbook(), ["hợp lệ", "trả lại", None, "hop le"])
        office.server.people.send_document(office.officer, office.bot, "Duyệt.xlsx", filled)
        await office.heard("Đã nhận bảng «Duyệt.xlsx», bot đang đọc.")
        asked = await office.heard("Ghi các quyết định này?")
        assert asked.text == (
            "Bảng «Duyệt.xlsx»: 2 hợp lệ, 1 trả lại; bỏ qua 1 dòng chưa ghi quyết định.\n"
            "Ghi các quyết định này?"
        )
        assert office.statuses() == [Status.CONFIRMED] * 4
        office.server.people.tap(office.officer, asked, "Ghi")
        await office.heard("Bảng «Duyệt.xlsx»: đã ghi 3 quyết định")
        await office.heard("cần bổ sung: thiếu ảnh", office.author)
        await office.heard("«Sáng kiến số 1»", office.author)
        done = [Status.VALID, Status.RETURNED, Status.CONFIRMED, Status.VALID]
        assert office.statuses() == done
        office.server.people.tap(office.officer, asked, "Ghi")
        await office.heard("Bảng này đã ghi rồi.")
        office.say("hoan tac")
        await office.heard("Đã hoàn tác")
        assert office.statuses().count(Status.CONFIRMED) == 2
    files = tmp_path / "data" / "files"
    assert not [path for path in files.rglob("*") if path.is_file()]


async def test_finishes_what_was_begun_when_the_bot_was_killed(
    tmp_path: Path, office: Office
) -> None:
    office.keep(260)
    async with running(tmp_path, office.settings):
        filled = fill(await office.workbook(), ["hợp lệ"] * 260)
        office.server.people.send_document(office.officer, office.bot, "a.xlsx", filled)
        asked = await office.heard("Ghi các quyết định này?")
        office.server.people.tap(office.officer, asked, "Ghi")
        await office.heard("Đã ghi 200 trên 260 quyết định.")
    # Killed, before the job's minute had come.
    async with running(tmp_path, office.settings):
        await office.heard("đã ghi 260 quyết định")
    assert office.statuses() == [Status.VALID] * 260


def fill(content: bytes, decisions: list[str | None]) -> bytes:
    """Write decisions down the column, as an officer does."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADER]}
    for row, decision in enumerate(decisions, HEADER + 1):
        sheet.cell(row, columns["Quyết định"], decision)
        if decision == "trả lại":
            sheet.cell(row, columns["Lý do"], "thiếu ảnh")
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _confirmed(store: Store, union: Union, author: int, title: str) -> None:
    """An entry that its chair confirmed: it waits for the second look."""
    by, day = {"author": author, "enterer": author, "answers": {}}, NOW.date()
    entry = an_entry(union, title=title, **by)
    entry, counts = entering.enter(store, entry, union.programme, day, NOW)
    _, more = entering.change(
        store, entry, moved(entry, Status.CONFIRMED), by=union.chair.id, at=NOW, day=day
    )
    entering.add_counts(store, [*counts, *more])


def _known(store: Store, union: Union, bot: BotAccount, person: Person) -> int:
    """Somebody of this network as a member of the union."""
    address = Address("telegram", str(bot.id), str(person.id))
    kept = store.people.add(person.first_name, union.unit.id, Consent("1", NOW), address, NOW)
    store.people.link(Account("telegram", str(bot.id), str(person.id)), kept.id, NOW)
    return kept.id
