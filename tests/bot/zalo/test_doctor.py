"""What ``doctor`` and ``check`` say of a bot of Zalo."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands.asking import doctor
from bot.commands.asking_zalo import spent_by
from bot.commands.checking import check
from bot.installation import read_installation
from bot.packaged import operator_texts
from bot.playground.zalo.world import Bot, Target
from bot.playground.zalo_server import ZaloServer
from domain.address import Address
from domain.conversation import Conversation
from domain.group import Group
from domain.plan import Used
from storage.engine import Session, open_database
from storage.migrate import migrate
from tests.support.union import NOW, found_union

TOKEN = "1000:simulated"


@pytest.fixture
async def server() -> AsyncIterator[ZaloServer]:
    async with ZaloServer(now=lambda: datetime.now(UTC)).serve() as running:
        running.world.add_bot(TOKEN, "Bot Sáng Kiến", can_join_groups=True)
        yield running


class Asked:
    """Runs a command as the command line does, beside the loop that the server lives on."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    async def __call__(self, command: str, settings: str) -> tuple[bool, str]:
        """Whether all is well, and everything that was said."""
        path, words = self._folder / "config.toml", operator_texts()
        path.write_text(f"[zalo]\n{settings}")
        now = datetime.now(UTC)
        if command == "check":
            well = await asyncio.to_thread(check, path, words, {}, now)
        else:
            well = await asyncio.to_thread(doctor, read_installation(path, words, {}), now)
        shown = self._capsys.readouterr()
        return well, shown.out + shown.err


@pytest.fixture
def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    return Asked(tmp_path, capsys)


def settings(server: ZaloServer, more: str = 'name = "Bot Sáng Kiến"\n') -> str:
    return f'token = "{TOKEN}"\napi_url = "{server.url}"\n{more}'


def bot(server: ZaloServer) -> Bot:
    return server.world.bots[TOKEN]


async def test_says_that_all_is_well_and_how_full_it_is(
    tmp_path: Path, asked: Asked, server: ZaloServer
) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'sangkien.sqlite3'}"
    migrate(url)
    database = open_database(url)
    with database.session() as session:
        session.begin()
        for number in range(41):
            address = Address("zalo", "1000", f"{number:020x}")
            session.store.conversations.save(Conversation(address))
        month = datetime.now(UTC).date().replace(day=1)
        session.store.month_counts.add("zalo", "1000", month, 12)
        session.commit()
    database.close()
    well, said = await asked("doctor", settings(server))
    assert said.splitlines() == [
        "Bot Zalo 1000: token tốt, gói BASIC",
        "Bot Zalo 1000: không có webhook, bot tự hỏi",
        "Bot Zalo 1000: 41/50 người, 0/3 nhóm, 12/3000 tin gửi tháng này (bot tự đếm)",
        "Bot Zalo 1000: còn chỗ cho 9 người. Hết chỗ thì Zalo không phục vụ người mới: lập thêm "
        "bot, ghi thêm một bảng [[zalo]].",
    ]
    assert well
    assert (await asked("doctor", settings(server, "people = 41\n")))[0] is False


@pytest.mark.parametrize("command", ["doctor", "check"])
async def test_says_that_the_token_is_wrong(asked: Asked, server: ZaloServer, command: str) -> None:
    server.revoke(bot(server))
    well, said = await asked(command, settings(server))
    assert (well, "Zalo không nhận token; mở Zalo Bot Creator" in said) == (False, True)
    assert TOKEN not in said


async def test_says_that_nobody_answers(asked: Asked) -> None:
    well, said = await asked("doctor", f'token = "{TOKEN}"\napi_url = "http://127.0.0.1:1"\n')
    assert (well, "không có trả lời; xem mạng và [zalo] api_url" in said) == (False, True)


async def test_checks_the_token(asked: Asked, server: ZaloServer) -> None:
    well, said = await asked("check", settings(server))
    assert "Bot Zalo Bot Sáng Kiến: được" in said, said
    assert not well, "the database was never migrated"


async def test_says_that_a_webhook_is_in_the_way(asked: Asked, server: ZaloServer) -> None:
    bot(server).target = Target("https://other.example/zalo", "secret", 0)
    well, said = await asked("doctor", settings(server))
    assert (well, "đang đặt webhook https://other.example/zalo" in said) == (False, True)
    hook = '[zalo.webhook]\npublic_url = "https://bot.example/"\nsecret = "a-secret-of-16-signs"\n'
    well, said = await asked("doctor", settings(server, hook))
    assert (well, "chưa được đặt (Zalo đang ghi: https://other.example/zalo)" in said) == (
        False,
        True,
    )
    bot(server).target = Target("https://bot.example/zalo/1000", "secret", 0)
    well, said = await asked("doctor", settings(server, hook))
    assert (well, "webhook https://bot.example/zalo/1000\n" in said) == (True, True)


@pytest.mark.parametrize(
    ("joins", "said"), [(False, "chưa cho bot này vào nhóm"), (True, "chưa ghi name")]
)
async def test_says_what_keeps_it_out_of_groups(
    asked: Asked, server: ZaloServer, joins: bool, said: str
) -> None:
    bot(server).can_join_groups = joins
    assert said in (await asked("doctor", settings(server, "")))[1]


def test_counts_people_and_groups_of_one_bot(session: Session) -> None:
    store, union = session.store, found_union(session.store)
    for chat in ("a", "b", "group:c"):
        store.conversations.save(Conversation(Address("zalo", "1000", chat)))
    store.conversations.save(Conversation(Address("zalo", "2000", "d")))
    for chat in ("group:c", "group:e"):
        address = Address("zalo", "1000", chat)
        store.groups.bind(Group(address, union.unit.id, "Tổ 1", union.chair.id, NOW))
    store.month_counts.add("zalo", "1000", NOW.date().replace(day=1), 7)
    assert spent_by("1000", NOW, store) == Used(people=2, groups=2, messages=7)
