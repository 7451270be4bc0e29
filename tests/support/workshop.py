"""A network that makes groups, and the worker that makes those which were wished for there."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from bot.channel import SendError
from bot.group_wishes import GroupWishes
from bot.groups import Made, MakesGroups
from domain.address import Address
from domain.group_wish import GroupRules, GroupWish, Wanted, WishState
from storage.engine import Database
from storage.store import Store
from tests.dialogues import world
from tests.support.channels import FakeChannel
from tests.support.outbox import Outbox, outbox
from tests.support.union import Union, found_union

ACCOUNT = ("fake", "1")
RULES = GroupRules(name_most=100, members_most=99, within=timedelta(days=7))
ASKER = Address(*ACCOUNT, "chair")
NAME = "Công ty cấp nước"


class Maker(FakeChannel):
    """A channel of a network that makes groups; fails when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[str, str] = {}
        """The name of each chat."""
        self.members: dict[str, list[str]] = {}
        self.fails: list[SendError | None] = []
        """Raised by the next calls, one each."""
        self.loses: list[SendError] = []
        """Raised by the next groups made, after they are there."""
        self.stranger = ""
        """Who cannot be invited."""

    async def groups_named(self, name: str) -> Mapping[str, str]:
        """Those of this name."""
        self._fail()
        return {chat: f"link/{chat}" for chat, each in self.groups.items() if each == name}

    async def create_group(self, name: str, members: Sequence[str]) -> Made:
        """Make one more."""
        self._fail()
        chat = f"group:{len(self.groups)}"
        self.groups[chat] = name
        self.members[chat] = [each for each in members if each != self.stranger]
        if self.loses:
            raise self.loses.pop(0)
        return Made(chat, f"link/{chat}", tuple(self.members[chat]))

    async def invite_to_group(self, chat: str, members: Sequence[str]) -> tuple[str, ...]:
        """Let them in."""
        self._fail()
        let_in = [each for each in members if each != self.stranger]
        self.members[chat] = list(dict.fromkeys((*self.members[chat], *let_in)))
        return tuple(let_in)

    def _fail(self) -> None:
        if self.fails and (fault := self.fails.pop(0)):
            raise fault


class Workshop:
    """The worker, its outbox, a unit with a chair, and the network."""

    def __init__(self, box: Outbox, channel: Maker, union: Union) -> None:
        self.box, self.channel, self.union = box, channel, union
        self.wishes = self.worker("one")

    def worker(self, owner: str) -> GroupWishes:
        """One more, as another process has it."""
        house = replace(world.house(world.forms()), makes_groups={ACCOUNT: RULES})
        return GroupWishes(
            self.box.turns,
            self.box.delivery,
            self.box.channels,
            house,
            self.box.clock,
            lambda: 0.5,
            owner,
        )

    async def wish(
        self, *members: str, unit: int = 0, wanted: Wanted = Wanted.GROUP, chat: str = ""
    ) -> GroupWish:
        """As a turn does when the chair says yes."""
        wish = GroupWish(
            0,
            unit or self.union.unit.id,
            *ACCOUNT,
            wanted,
            self.union.chair.id,
            NAME,
            members or ("chair", "vu"),
            self.box.clock(),
            chat,
        )
        found = await self.box.turns.run(lambda store: store.group_wishes.add(wish))
        assert found is not None
        return found

    async def work(self, seconds: float = 0) -> None:
        """Let so much time pass, and make and tell what is due then."""
        self.box.clock.move(seconds)
        await self.wishes.drain()
        await self.box.delivery.drain()

    async def state(self, wish: GroupWish) -> tuple[WishState, str]:
        """Where a wish is, and why."""
        found = await self.box.turns.run(lambda store: store.group_wishes.get(wish.id))
        assert found is not None
        return found.state, found.reason

    async def bound(self, chat: str) -> int | None:
        """The unit that a group is bound to."""
        at = Address(*ACCOUNT, chat)
        group = await self.box.turns.run(lambda store: store.groups.at(at))
        return group.unit if group else None

    def told(self) -> list[str]:
        """What the chair read."""
        return self.channel.texts(ASKER.chat)


@asynccontextmanager
async def workshop(database: Database) -> AsyncIterator[Workshop]:
    """A chair who writes to this bot."""
    channel = Maker()
    assert isinstance(channel, MakesGroups)

    def found(store: Store) -> Union:
        union = found_union(store)
        chair = replace(union.chair, address=ASKER)
        store.people.save(chair)
        return replace(union, chair=chair)

    async with outbox(database, channel) as box:
        made = Workshop(box, channel, await box.turns.run(found))
        yield made
        await made.wishes.close()
