"""A conversation on the simulated Zalo through the whole bot, as a transcript.

A transcript holds what people do (``> vu: CTN27``, in a group ``> vu @ Tổ 1: …``) and every call
that the bot makes then, byte for byte (``sendMessage vu`` and the text, each line after ``| ``).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.playground.zalo.world import Bot, Group, Person
from bot.playground.zalo_server import ZaloServer
from bot.time_and_chance import Clock
from bot.zalo.channel import Publish, ZaloChannel
from bot.zalo.webhook import Webhook
from domain.address import Account, Address
from domain.person import Consent, Role
from domain.plan import Plan
from tests.dialogues import world
from tests.dialogues.script import Setting
from tests.support.conversation import sample

NAME = "Bot Sáng Kiến"
STARTS = datetime.fromisoformat("2023-07-10T08:00:00+07:00")
PAUSE = timedelta(seconds=5)
"""Between two lines: people type, and a chat is written to once a second."""

QUIET = frozenset({"getUpdates", "getWebhookInfo"})


@dataclass(slots=True)
class Talk:
    """Both ends, and who is called what in the transcript."""

    app: App
    channel: ZaloChannel
    server: ZaloServer
    bot: Bot
    people: dict[str, Person]
    groups: dict[str, Group]

    async def play(self, transcript: str) -> str:
        """Do again what people do in it; the transcript as it is now."""
        lines: list[str] = []
        for line in transcript.splitlines():
            if line.startswith("#"):
                lines += [line, ""]
            elif line.startswith("> "):
                lines += [line, *await self._do(line.removeprefix("> ")), ""]
        return "\n".join(lines)

    async def _do(self, line: str) -> list[str]:
        where, _, said = line.partition(": ")
        who, _, group = where.partition(" @ ")
        seen = len(self.server.calls)
        self.app.clock.forward(PAUSE)
        person = self.people.get(who) or self._new(who)
        to = self.groups[group] if group else self.bot
        chat = to.id if isinstance(to, Group) else person.id
        self._act(person, to, said)
        for _ in range(len(self.bot.waiting)):
            await self.channel.polling(self.app.receive).once()
        await self.app.settled()
        calls = [call for call in self.server.calls[seen:] if call[0] not in QUIET]
        # Chats are written to side by side: only within one is there an order.
        calls.sort(key=lambda call: (call[1]["chat_id"] != chat, self._named(call[1]["chat_id"])))
        return [line for method, given in calls for line in self._shown(method, dict(given))]

    def _act(self, person: Person, to: Bot | Group, said: str) -> None:
        people, mentions = self.server.people, self.bot if f"@{NAME}" in said else None
        match said.partition(" ")[0]:
            case "<photo>":
                people.send_photo(person, to, b"jpg", said.partition(" ")[2], mentions=mentions)
            case "<sticker>":
                people.send_sticker(person, to)
            case "<voice>":
                people.send_voice(person, self.bot)
            case "<file>":
                people.send_something_else(person, self.bot)
            case "<answer>":
                post = [m for m in self.server.world.log if m.chat == to.id and m.from_bot][-1]
                people.say(person, to, said.partition(" ")[2], reply_to=post)
            case _:
                people.say(person, to, said.replace(" / ", "\n"), mentions=mentions)

    def _new(self, who: str) -> Person:
        person = self.people[who] = self.server.world.add_person(who.title())
        return person

    def _named(self, id: str) -> str:
        known: list[tuple[str, Person | Group]] = [*self.people.items(), *self.groups.items()]
        return next(name for name, each in known if each.id == id)

    def _shown(self, method: str, given: dict[str, str]) -> list[str]:
        chat = self._named(given.pop("chat_id"))
        words = given.pop("text", "") or given.pop("caption", "")
        more = f" {given}" if given else ""
        return [f"{method} {chat}{more}", *(f"| {line}".rstrip() for line in words.split("\n"))]


async def talk(
    folder: Path,
    server: ZaloServer,
    clock: Clock,
    url: str,
    publish: Publish | None = None,
    webhook: Webhook | None = None,
) -> Talk:
    """A union with a chair and an officer who have joined on Zalo, and a group. To be closed."""
    bot = server.world.add_bot("1000:simulated", NAME, can_join_groups=True)
    channel = ZaloChannel(
        bot.token,
        now=clock,
        name=NAME,
        base_url=server.url,
        poll_timeout=0,
        publish=publish,
        webhook=webhook,
    )
    plan = {(channel.name, channel.bot): Plan(f"Zalo {NAME}", 50, 3, 3000)}
    house = replace(world.house(world.forms()), plans=plan)
    app = App(house, sample(folder), clock, [channel], url=url)
    await app.start(background=False)
    people = {who: server.world.add_person(name) for who, (name, _, _) in STAFF.items()}
    group = server.world.add_group("Tổ 1", *people.values())
    group.bots.add(bot.id)
    with app.database.session() as session:
        session.begin()
        store = session.store
        setting = Setting(about="", now=STARTS, quotas={"LS": 4100, "CTN27": 4, "TD": 265})
        world.found(store, setting)
        for who, (name, code, role) in STAFF.items():
            unit, id = store.units.by_code(code), people[who].id
            assert unit is not None
            address = Address("zalo", channel.bot, id)
            person = store.people.add(name, unit.id, Consent("1", STARTS), address, STARTS)
            store.people.link(Account("zalo", channel.bot, id), person.id, STARTS)
            store.people.grant(person.id, role, unit.id, None, STARTS)
            bot.served.add(id)
        session.commit()
    return Talk(app, channel, server, bot, people, {"Tổ 1": group})


STAFF = {
    "chair": ("Trần Thị B", "CTN27", Role.CHAIR),
    "officer": ("Hoàng Văn E", "LS", Role.OFFICER),
}
