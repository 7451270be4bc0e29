"""A token that is refused while the bot works: its keeper hears of it through another bot."""

import asyncio
from pathlib import Path

from bot.playground.telegram_server import TelegramServer
from domain.address import Address
from domain.person import Consent, Role
from storage.engine import open_database
from storage.migrate import migrate
from tests.bot.test_run import PATIENCE, TOKEN, running, server
from tests.support.union import NOW, a_unit

__all__ = ["server"]

OTHER = "7000000002:simulated"


async def test_tells_through_another_bot_that_a_token_is_refused(
    tmp_path: Path, server: TelegramServer
) -> None:
    lost = server.world.add_bot(TOKEN, "sangkien_bot", "Sáng kiến")
    other = server.world.add_bot(OTHER, "sangkien2_bot", "Sáng kiến 2")
    keeper, member = server.world.add_person("Hà"), server.world.add_person("Vũ")
    other.started.add(keeper.id)
    server.people.start(member, lost)
    greeted = server.world.private(lost, member)
    _keep(tmp_path, Address("telegram", str(other.id), str(keeper.id)))
    settings = "".join(
        f'[[telegram]]\ntoken = "{token}"\napi_url = "{server.url}"\n' for token in (TOKEN, OTHER)
    )
    chat = server.world.private(other, keeper)

    def told() -> bool:
        return any("không nhận token của bot 7000000001" in m.text for m in chat.log)

    async with running(tmp_path, settings) as process:
        await server.until(lambda: any(m.from_bot for m in greeted.log), PATIENCE)
        del server.world.bots[TOKEN]
        server.people.start(member, lost)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert "Telegram không nhận token của bot 7000000001." in err.decode(), out.decode()
    assert told()


def _keep(folder: Path, address: Address) -> None:
    """Somebody in charge of it all, who asked to be told."""
    url = f"sqlite:///{folder / 'data' / 'sangkien.sqlite3'}"
    migrate(url)
    database = open_database(url)
    with database.session() as session:
        session.begin()
        store = session.store
        root = store.units.add(a_unit("LDLD", None, "LĐLĐ tỉnh"))
        person = store.people.add("Lê Thị Hà", root.id, Consent("1", NOW), address, NOW)
        store.people.grant(person.id, Role.OFFICER, root.id, None, NOW)
        store.alarms.add(person.id, NOW)
        session.commit()
    database.close()
