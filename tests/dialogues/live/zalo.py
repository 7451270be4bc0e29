"""The Zalo Bot Platform: no buttons, no files, and groups where only mentions are heard."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from bot.bots import Webhook
from bot.bots import Zalo as Settings
from bot.channel import Rendered
from bot.channels import Opened, Publish, open_channels
from bot.config import Config
from bot.playground.zalo.world import Bot, Group, Person
from bot.playground.zalo_server import ZaloServer
from bot.time_and_chance import Clock
from domain.address import Account, Address
from storage.store import Store
from tests.dialogues.live.attached import photo, told
from tests.dialogues.live.network import Call

NAME = "Bot Sáng Kiến"
ORIGIN = ("zalo", "1000")
SENDS = "send"
"""What the methods that say something begin with."""


@asynccontextmanager
async def zalo(
    clock: Clock, publish: Publish | None = None, webhook: Webhook | None = None
) -> AsyncIterator["Zalo"]:
    """A server with one bot, whose pictures are to be found there unless told otherwise."""
    async with ZaloServer(now=clock).serve() as server:
        yield Zalo(server, clock, publish, webhook)


class Zalo:
    """The simulated Bot Platform."""

    carries = frozenset({"plans", "words"})

    def __init__(
        self, server: ZaloServer, clock: Clock, publish: Publish | None, webhook: Webhook | None
    ) -> None:
        self.server = server
        self._clock = clock
        self._elsewhere = publish
        self._webhook = webhook
        self.bot = server.world.add_bot(f"{ORIGIN[1]}:simulated", NAME, can_join_groups=True)
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self._pictures: dict[str, str] = {}
        """What is behind the addresses of our pictures."""
        self._calls = self._log = 0

    async def open(self, config: Config, database_url: str) -> Opened:
        url, webhook = self.server.url, self._webhook
        account = Settings(self.bot.token, name=NAME, api_url=url, webhook=webhook)
        ours = msgspec.structs.replace(config, zalo=[account])
        [opened] = await open_channels(ours, self._clock, publish=self._publish)
        return opened

    def begin(self, store: Store, members: Sequence[str]) -> None:
        """Nothing that would be missed."""

    def account(self, who: str) -> Account:
        person = self._person(who)
        self.bot.served.add(person.id)
        return Account(*ORIGIN, person.id)

    def chat(self, name: str) -> Address:
        if group := self.groups.get(name):
            return Address(*ORIGIN, f"group:{group.id}")
        return Address(*ORIGIN, self._person(name).id)

    def gather(self, group: str, members: Sequence[str]) -> None:
        if group not in self.groups:
            people = [self._person(who) for who in members]
            self.groups[group] = self.server.world.add_group(group, *people)
            self.server.people.invite(self.bot, self.groups[group])

    def say(self, who: str, group: str, text: str) -> str:
        to = self.groups[group] if group else self.bot
        words = f"@{NAME} {text}" if group else text
        self.server.people.say(self._person(who), to, words, mentions=self.bot if group else None)
        return words

    def show(self, who: str, caption: str) -> str:
        self.server.people.send_photo(self._person(who), self.bot, photo(), caption)
        return f"<photo> {caption}".rstrip()

    def send(self, who: str, kind: str) -> str:
        person, people = self._person(who), self.server.people
        match kind:
            case "sticker":
                people.send_sticker(person, self.bot)
            case "voice":
                people.send_voice(person, self.bot)
            case _:
                people.send_something_else(person, self.bot)
        return f"<{kind}>"

    def updates(self) -> list[bytes]:
        waiting = list(self.bot.waiting)
        self.bot.waiting.clear()
        return waiting

    def calls(self) -> list[Call]:
        calls = self.server.calls[self._calls :]
        self._calls += len(calls)
        return [self._told(name, dict(said)) for name, said in calls if name.startswith(SENDS)]

    def read(self) -> dict[Address, list[str]]:
        log = self.server.world.log[self._log :]
        self._log += len(log)
        read: dict[Address, list[str]] = {}
        for message in log:
            if isinstance(message.by, Bot):
                chat = self.chat(self._named(message.chat))
                read.setdefault(chat, []).append(message.text)
        return read

    def _told(self, method: str, said: dict[str, Any]) -> Call:
        chat = self._named(said.pop("chat_id"))
        words = said.pop("text", "") or said.pop("caption", "")
        if "photo" in said:
            said["photo"] = self._pictures[said["photo"]]
        more = "".join(f" {name}={value}" for name, value in said.items())
        return Call(chat, f"{method} {chat}{more}", words)

    def _person(self, who: str) -> Person:
        if who not in self.people:
            shown = "" if who.islower() else who
            self.people[who] = self.server.world.add_person(shown)
        return self.people[who]

    def _named(self, id: str) -> str:
        known: list[tuple[str, Person | Group]] = [*self.people.items(), *self.groups.items()]
        return next(name for name, each in known if each.id == id)

    def _publish(self, drawn: Rendered) -> str:
        """Put a picture where it is to be found, and know its address again."""
        url = self._elsewhere(drawn) if self._elsewhere else self._lend(drawn)
        self._pictures[url] = told(drawn.name, drawn.content)
        return url

    def _lend(self, drawn: Rendered) -> str:
        name = hashlib.sha256(drawn.content).hexdigest()[:20]
        self.server.people.photos[name] = drawn.content
        return f"{self.server.url}/photo/{name}"
