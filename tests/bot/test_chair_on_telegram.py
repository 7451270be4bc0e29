"""A chair on the simulated Telegram: a picture to print, a group by a link, and losing it."""

from pathlib import Path

from bot.playground.telegram.world import Chat, Message
from bot.playground.telegram_server import TelegramServer
from domain.address import Account, Address
from domain.person import Consent, Role
from storage.engine import open_database
from storage.migrate import migrate
from tests.bot.test_run import PATIENCE, TOKEN, running, server
from tests.support.union import NOW, a_unit

__all__ = ["server"]


async def test_invites_binds_a_group_by_a_link_and_hears_when_it_is_lost(
    tmp_path: Path, server: TelegramServer
) -> None:
    bot = server.world.add_bot(TOKEN, "sangkien_bot", "Sáng kiến")
    chair = server.world.add_person("Trần Thị B")
    bot.started.add(chair.id)
    _keep(tmp_path, bot.id, chair.id)
    private = server.world.private(bot, chair)
    group = server.groups.create("Cấp nước", chair)

    async def heard(chat: Chat, words: str) -> Message:
        def found() -> list[Message]:
            return [m for m in chat.log if m.from_bot and words in m.text]

        await server.until(lambda: bool(found()), PATIENCE)
        return found()[-1]

    settings = f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'
    async with running(tmp_path, settings):
        server.people.say(chair, private, "/moi")
        poster = (await heard(private, "Mã QR vào CĐCS Cấp nước")).media
        assert poster is not None and poster.picture and poster.width == 1000
        await heard(private, "Mở https://t.me/sangkien_bot?start=CTN27, nhắn: CTN27")

        server.people.say(chair, private, "gan nhom")
        offered = await heard(private, "Bấm nút rồi chọn nhóm của CĐCS Cấp nước")
        [[button]] = offered.body["reply_markup"]["inline_keyboard"]
        server.people.open_link(chair, button["url"], group)
        await heard(group, "Nhóm này đã gắn với CĐCS Cấp nước.")

        server.groups.kick(group, bot, chair)
        await heard(private, "Bot không còn đăng được trong nhóm «Cấp nước»")


def _keep(folder: Path, bot: int, chair: int) -> None:
    """A unit and its chair."""
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
        session.commit()
    database.close()
