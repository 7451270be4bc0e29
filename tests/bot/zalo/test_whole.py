"""The whole bot on the simulated Zalo: what the conversations of ``tests/dialogues`` leave out."""

from pathlib import Path

import msgspec

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
from tests.bot.zalo.staffed import GROUP, SETTING, staffed
from tests.dialogues import world
from tests.dialogues.live.attached import photo
from tests.dialogues.live.zalo import NAME
from tests.dialogues.script import Step
from tests.dialogues.stage import Heard
from tests.support.conversation import sample
from tests.support.logs import logged

STARTS = SETTING.now

OURS, TD = "Tiến độ – CĐCS Công ty", "Tiến độ – LĐLĐ huyện Tràng Định"

IN_GROUP = (
    ("/progress", ""),
    (f"@{NAME} /progress", OURS),
    (f"/progress @{NAME}", OURS),
    (f"chị ơi xem giúp @{NAME} td trang dinh", TD),
    (f"@{NAME}", f"Trong nhóm, anh/chị nhắn @{NAME} /progress"),
    (f"@{NAME} nop", "Sáng kiến viết ở chỗ riêng cho tiện."),
    ("@Bot Khác /progress", ""),
    (f"@{NAME} chào cả nhà", ""),
)


async def test_hears_in_a_group_what_is_said_to_it(tmp_path: Path, sqlite_url: str) -> None:
    async with staffed(tmp_path, sqlite_url) as stage:
        people, bot = stage.network.server.people, stage.network.bot
        chair, group = stage.network.people["chair"], stage.network.groups[GROUP]

        async def answer() -> str:
            heard = Heard("chair", stage.chat(GROUP))
            await stage.hear(heard, GROUP)
            return "\n".join(heard.texts.get(heard.at, ()))

        await stage.act(Step(who="chair", group=GROUP, say="gan nhom CTN27"))
        for text, begins in IN_GROUP:
            people.say(chair, group, text, mentions=bot if f"@{NAME}" in text else None)
            said = await answer()
            assert said.startswith(begins) if begins else not said, text
        post = [m for m in stage.network.server.world.log if m.from_bot][-1]
        people.say(chair, group, "tien do", reply_to=post)
        assert (await answer()).startswith(OURS)
        people.send_photo(chair, group, photo(), f"@{NAME} td", mentions=bot)
        assert (await answer()).startswith(OURS)


async def test_fetches_photos_before_their_links_expire(tmp_path: Path, sqlite_url: str) -> None:
    async with staffed(tmp_path, sqlite_url) as stage:
        for text in ("CTN27", "1 Nguyễn Văn Vũ", "Lắp cảm biến và biến tần cho bơm tăng áp"):
            await stage.act(Step(who="vu", say=text))
        await stage.act(Step(who="vu", photo=1))
        stage.network.server.faults.links_expired = True
        heard = await stage.act(Step(who="vu", photo=1))
        kept = [path for path in (tmp_path / "data" / "files").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [photo()]
    [lost] = [text for text in heard.texts[heard.at] if "chưa tải về được" in text]
    assert lost == "Ảnh hoặc tệp anh/chị gửi chưa tải về được. Anh/chị gửi lại giúp nhé."


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
