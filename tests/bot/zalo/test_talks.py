"""Whole conversations on the simulated Zalo, byte for byte what is sent."""

from pathlib import Path

import msgspec
import pytest

from bot.app import App
from bot.bots import Zalo
from bot.channels import open_channels
from bot.config import read_config
from bot.packaged import operator_texts, packaged
from bot.playground.zalo_server import ZaloServer
from bot.time_and_chance import Clock
from bot.toml_file import read_toml
from bot.zalo.channel import ZaloChannel
from tests.bot.zalo.conftest import Line
from tests.bot.zalo.talk import STARTS, talk
from tests.dialogues import world
from tests.support.conversation import sample
from tests.support.logs import logged

TALKS = Path(__file__).parent / "talks"


BEGUN = (
    "> vu: CTN27",
    "> vu: 1 Nguyễn Văn Vũ",
    "> vu: Lắp cảm biến và biến tần cho bơm tăng áp",
    "> vu: <photo>",
)

WRITTEN = {path.stem: path.read_text("utf-8") for path in sorted(TALKS.glob("*.txt"))}


@pytest.mark.parametrize("name", WRITTEN)
async def test_goes_as_written(name: str, tmp_path: Path, sqlite_url: str) -> None:
    clock, written = Clock(STARTS), WRITTEN[name]
    async with ZaloServer(now=clock).serve() as server:
        held = await talk(tmp_path, server, clock, sqlite_url)
        async with held.app:
            assert await held.play(written) == written
        assert all(
            set(said) == {"chat_id", "text"} for name, said in server.calls if "send" in name
        )


async def test_fetches_photos_before_their_links_expire(tmp_path: Path, sqlite_url: str) -> None:
    clock = Clock(STARTS)
    async with ZaloServer(now=clock).serve() as server:
        held = await talk(tmp_path, server, clock, sqlite_url)
        async with held.app:
            await held.play("\n".join(BEGUN))
            server.faults.links_expired = True
            said = await held.play("> vu: <photo>")
            kept = [path for path in (tmp_path / "data" / "files").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [b"jpg"]
    assert "Ảnh hoặc tệp anh/chị gửi chưa tải về được. Anh/chị gửi lại giúp nhé." in said


async def test_serves_each_person_by_the_bot_that_they_wrote_to(
    tmp_path: Path, sqlite_url: str
) -> None:
    clock = Clock(STARTS)
    async with ZaloServer(now=clock).serve() as server:
        bots = [server.world.add_bot(f"{n}000:simulated", f"Bot {n}") for n in (1, 2)]
        people = [server.world.add_person(name) for name in ("Vũ", "Lan")]
        channels = [
            ZaloChannel(bot.token, now=clock, base_url=server.url, poll_timeout=0) for bot in bots
        ]
        house = world.house(world.forms())
        async with App(house, sample(tmp_path), clock, channels, url=sqlite_url) as app:
            await app.start(background=False)
            for person, bot, channel in zip(people, bots, channels, strict=True):
                server.people.say(person, bot, "xin chào")
                await channel.polling(app.receive).once()
            await app.settled()
        sent = [(each.bot, each.chat) for each in server.world.accepted]
    assert sorted(sent) == [("1000", people[0].id), ("2000", people[1].id)]


async def test_keeps_no_other_network_waiting_for_zalo(line: Line) -> None:
    accounts = [
        Zalo(token=line.bot.token, name="Bot X", api_url=url)
        for url in (line.server.url, "http://127.0.0.1:1")
    ]
    defaults = read_toml("defaults.toml", packaged("defaults.toml"))
    config = read_config(read_toml("config.toml", b""), defaults, operator_texts())
    config = msgspec.structs.replace(config, zalo=accounts)
    with logged() as logs:
        opened = await open_channels(config, lambda: STARTS)
    assert [each.called for each in opened] == ["Zalo Bot X"] * 2
    assert [line["event"] for line in logs] == ["zalo_does_not_tell_who_we_are"]
    for each in opened:
        await each.channel.close()
