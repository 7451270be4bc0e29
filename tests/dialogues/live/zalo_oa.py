"""The Zalo Official Account: some files, groups where all is heard, and windows to write in."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import msgspec

from bot.bots import ZaloOA as Settings
from bot.channels import Opened, open_channels
from bot.config import Config
from bot.playground.zalo_oa.world import Group, Message, Person
from bot.playground.zalo_oa_server import ZaloOAServer
from bot.time_and_chance import Clock
from domain.address import Account, Address
from domain.conversation import Conversation
from domain.oa_token import Pair
from storage.store import Store
from tests.dialogues.live.attached import photo, told
from tests.dialogues.live.network import Call

NAME = "Sáng kiến Lạng Sơn"
ORIGIN = ("zalo_oa", "3000")
SECRET, HOOK_SECRET = "app-secret", "oa-secret"
JOINED_BEFORE = timedelta(hours=1)
SENDS = "/v3.0/oa/"
"""What the paths begin with that say or make something; what is uploaded is told with it."""


@asynccontextmanager
async def zalo_oa(clock: Clock) -> AsyncIterator["ZaloOA"]:
    """A server with one Official Account that chooses in words."""
    async with ZaloOAServer(now=clock).serve() as server:
        yield ZaloOA(server, clock)


class ZaloOA:
    """The simulated API of Official Accounts."""

    carries = frozenset({"files", "links", "windows", "words"})

    def __init__(self, server: ZaloOAServer, clock: Clock) -> None:
        server.faults.echoes = False
        self.server = server
        self._clock = clock
        self.oa = server.world.add_oa(
            secret_key=SECRET, webhook_secret=HOOK_SECRET, name=NAME, package="Premium"
        )
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self._calls = self._log = 0

    async def open(self, config: Config, database_url: str) -> Opened:
        url = self.server.url
        account = Settings(
            self.oa.id, self.oa.app_id, SECRET, HOOK_SECRET, NAME, api_url=url, oauth_url=url
        )
        ours = msgspec.structs.replace(config, zalo_oa=[account])
        [opened] = await open_channels(ours, self._clock, database_url=database_url)
        return opened

    def begin(self, store: Store, members: Sequence[str]) -> None:
        """An administrator has consented, and members have written a while ago."""
        for who in members:
            spoken_at = self._clock() - JOINED_BEFORE
            store.conversations.save(Conversation(self.chat(who), spoken_at=spoken_at))
        issued = self.server.issue(self.oa)
        pair = Pair(issued.access, issued.access_until, issued.refresh, issued.refresh_until)
        store.oa_tokens.keep(self.oa.id, pair, self._clock())

    def account(self, who: str) -> Account:
        return Account(*ORIGIN, self.oa.user_id(self._person(who)))

    def chat(self, name: str) -> Address:
        if group := self.groups.get(name):
            return Address(*ORIGIN, f"group:{group.id}")
        return Address(*ORIGIN, self.oa.user_id(self._person(name)))

    def gather(self, group: str, members: Sequence[str]) -> None:
        if group not in self.groups:
            people = [self._person(who) for who in members]
            self.groups[group] = self.server.world.add_group(self.oa, group, *people)

    def say(self, who: str, group: str, text: str) -> str:
        self.server.people.say(self._person(who), self.groups[group] if group else self.oa, text)
        return text

    def show(self, who: str, caption: str) -> str:
        self.server.people.send_photo(self._person(who), self.oa, photo(), caption)
        return f"<photo> {caption}".rstrip()

    def send(self, who: str, kind: str) -> str:
        person, people = self._person(who), self.server.people
        match kind:
            case "sticker":
                people.send_sticker(person, self.oa)
            case "voice":
                people.send_voice(person, self.oa)
            case _:
                people.send_file(person, self.oa, "giay.pdf", b"%PDF")
        return f"<{kind}>"

    def updates(self) -> list[bytes]:
        waiting = [body for _, body in self.oa.waiting]
        self.oa.waiting.clear()
        return waiting

    def calls(self) -> list[Call]:
        calls = self.server.calls[self._calls :]
        self._calls += len(calls)
        return [self._told(path, said) for path, said in calls if path.startswith(SENDS)]

    def read(self) -> dict[Address, list[str]]:
        log = self.server.world.log[self._log :]
        self._log += len(log)
        read: dict[Address, list[str]] = {}
        for message in log:
            if message.from_oa:
                chat = self.chat(self._named(message))
                read.setdefault(chat, []).append(message.text)
        return read

    def _told(self, path: str, said: dict[str, Any]) -> Call:
        whom = said.get("recipient", said)
        id = whom.get("user_id") or whom.get("group_id", "")
        chat = next(name for name in self._known() if self.chat(name).chat.endswith(id))
        message = dict(said.get("message", {}))
        words = message.pop("text", "")
        more = [f" {name}={self._attached(value)}" for name, value in message.items()]
        return Call(chat, f"POST {path} {chat}{''.join(more)}", words)

    def _attached(self, given: dict[str, Any]) -> str:
        """An attachment, with what was uploaded in place of its number."""
        text = msgspec.json.encode(given).decode()
        for id, asset in self.server.world.assets.items():
            text = text.replace(id, told(asset.name, asset.content))
        return text

    def _person(self, who: str) -> Person:
        """Somebody who follows the OA from the day on which they are first heard of."""
        if who not in self.people:
            self.people[who] = self.server.world.add_person("" if who.islower() else who)
            self.server.people.follow(self.people[who], self.oa)
            self.oa.waiting.clear()
        return self.people[who]

    def _known(self) -> list[str]:
        return [*self.people, *self.groups]

    def _named(self, message: Message) -> str:
        known: list[tuple[str, Person | Group]] = [*self.people.items(), *self.groups.items()]
        return next(name for name, each in known if each is message.chat)
