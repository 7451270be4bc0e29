"""Progress comes with its picture, asked for or posted, on a simulated Telegram."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.app import App
from bot.demo.sample import sample, start_of, utc
from bot.demo.seed import seed
from bot.documents import drawing
from bot.packaged import operator_texts
from bot.playground.telegram.world import BotAccount, Chat, Message, Person
from bot.playground.telegram_server import TelegramServer
from bot.telegram.channel import TelegramChannel
from bot.time_and_chance import Clock
from domain.address import Address
from domain.group import Chosen, Group
from domain.notice import Kind
from domain.schedule import Schedule
from storage.store import Store

THURSDAY = 3


@dataclass
class Town:
    """The demonstration's Lạng Sơn, reached over a simulated Telegram."""

    server: TelegramServer
    app: App
    channel: TelegramChannel
    bot: BotAccount
    person: Person

    @property
    def private(self) -> Chat:
        return self.server.world.private(self.bot, self.person)

    def group(self) -> Chat:
        return self.server.groups.create("Cán bộ", self.person, [self.bot])

    async def bind(self, chat: Chat, code: str) -> None:
        at = Address("telegram", self.channel.bot, str(chat.id))

        def bind(store: Store) -> None:
            unit = store.units.by_code(code)
            assert unit is not None
            # The demonstration begins on a Wednesday, two days before the programme closes.
            now = self.app.clock()
            store.groups.bind(Group(at, unit.id, chat.title, 1, now))
            known = store.groups.ever_at(at)
            assert known is not None
            thursdays = Schedule(frozenset({THURSDAY}), time(8, 30))
            store.group_schedules.choose(known[0], Kind.PROGRESS, Chosen(thursdays, now))

        await self.app.turns.run(bind)

    async def ask(self, chat: Chat, words: str) -> list[Message]:
        """Say something; what the bot answers there."""
        before = len(chat.log)
        self.server.people.say(self.person, self.bot if chat is self.private else chat, words)
        await self.handle()
        return said(chat, before)

    async def handle(self) -> None:
        """Take in what people did, and answer it."""
        await self.channel.polling(self.app.receive).once()
        await self.app.settled()


def said(chat: Chat, since: int = 0) -> list[Message]:
    return [message for message in chat.log[since:] if message.from_bot]


def picture(message: Message) -> Image.Image | None:
    """The picture that came with it."""
    return Image.open(BytesIO(message.media.data)) if message.media else None


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    installation = sample(tmp_path, operator_texts())
    start = start_of(installation)
    seed(installation, start)
    clock = Clock(utc(start))
    async with TelegramServer(now=clock).serve() as server:
        bot = server.world.add_bot("42:simulated", "SangKienBot", "Sáng kiến")
        person = server.world.add_person("Vũ")
        server.people.start(person, bot)
        bot.updates.clear()
        channel = TelegramChannel(
            bot.token, username=bot.username, now=clock, base_url=server.url, poll_timeout=0
        )
        async with App(installation.house(), installation, clock, [channel]) as app:
            await app.start(background=False)
            yield Town(server, app, channel, bot, person)


async def test_sends_the_picture_with_the_text_in_private_and_in_a_group(town: Town) -> None:
    group = town.group()
    await town.bind(group, "LANGSON")
    for chat, words in ((town.private, "/progress LANGSON"), (group, "/progress")):
        answers = await town.ask(chat, words)
        assert "Tiến độ – LĐLĐ tỉnh Lạng Sơn" in "".join(answer.text for answer in answers)
        shown = picture(answers[0])
        assert shown is not None
        assert (shown.format, shown.mode) == ("PNG", "P")


async def test_sends_words_alone_of_a_unit_with_nothing_below_it(town: Town) -> None:
    (answer,) = await town.ask(town.private, "/progress CTN27")
    assert answer.text.startswith("Tiến độ – CĐCS Công ty Cổ phần Cấp thoát nước")
    assert answer.media is None


async def test_posts_the_picture_with_the_weekly_post(town: Town) -> None:
    group = town.group()
    await town.bind(group, "LANGSON")
    await town.app.forward(timedelta(days=1, hours=2))
    posts = said(group)
    assert "".join(post.text for post in posts).count("Tiến độ – LĐLĐ tỉnh Lạng Sơn") == 1
    assert [post.media is not None for post in posts].count(True) == 1


async def test_sends_words_alone_when_it_cannot_draw(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*given: object) -> None:
        raise OSError("no font")

    monkeypatch.setitem(drawing.KINDS, "progress_chart", fail)
    (answer,) = await town.ask(town.private, "/progress LANGSON")
    assert answer.text.startswith("Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    assert answer.media is None
    assert "not_drawn" in [record.getMessage() for record in caplog.records]


async def test_goes_on_from_the_buttons_under_the_picture(town: Town) -> None:
    (answer,) = await town.ask(town.private, "/progress LANGSON")
    assert picture(answer) is not None
    before = len(town.private.log)
    label = next(label for row in answer.buttons for label in row if "trực thuộc" in label)
    town.server.people.tap(town.person, answer, label)
    await town.handle()
    (listed,) = said(town.private, before)
    assert listed.text.startswith("Đơn vị trực thuộc – LĐLĐ tỉnh Lạng Sơn")
