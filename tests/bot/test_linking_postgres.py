"""Linking where turns run side by side: a code is good once, and nobody waits in a ring."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.respond import respond
from bot.turns import Turns
from domain.house import House
from domain.message import Incoming, Sender
from domain.person import Person
from storage.engine import open_database
from tests.dialogues import world
from tests.dialogues.script import Member, Setting

NOW = datetime(2023, 7, 10, 1, tzinfo=UTC)
PAIRS = 8


@dataclass
class Talk:
    """People who write at the same time, each in their own chat."""

    turns: Turns
    house: House
    numbers: "count[int]" = field(default_factory=count)

    async def say(self, who: str, text: str) -> str:
        """What somebody reads in answer."""
        chat = world.chat(who)
        said = Incoming(
            key=f"test:{next(self.numbers)}",
            at=NOW,
            origin=chat,
            private=True,
            sender=Sender(world.account(who)),
            text=text,
        )
        parcels = await self.turns.run(
            lambda store: respond(store, self.house, said, NOW), chat=str(chat)
        )
        return "\n".join(parcel.say.text for parcel in parcels if parcel.to == chat)

    async def code_of(self, who: str) -> str:
        """A fresh code of theirs."""
        return (await self.say(who, "noi tai khoan")).rpartition("\n")[2]

    async def person(self, who: str) -> Person | None:
        """Whose account it is."""
        return await self.turns.run(lambda store: store.people.by_account(world.account(who)))


@asynccontextmanager
async def talk(url: str, **people: Member) -> AsyncIterator[Talk]:
    """A small world on four threads."""
    database = open_database(url)
    setting = Setting(
        about="", now=NOW, people={name.replace("_", ":"): m for name, m in people.items()}
    )
    async with Turns(database, threads=4, jitter=lambda: 0.0) as turns:
        await turns.run(lambda store: world.found(store, setting))
        yield Talk(turns, world.house(world.forms()))
    database.close()


def member(name: str = "Nguyễn Văn Vũ") -> Member:
    return Member(name, "CTN27")


@pytest.mark.parametrize("round", range(4))
async def test_lets_one_of_many_who_say_a_code_have_it(postgres_url: str, round: int) -> None:
    async with talk(postgres_url, vu=member()) as people:
        code = await people.code_of("vu")
        others = [f"zalo:{round}.{number}" for number in range(6)]
        heard = await asyncio.gather(*(people.say(who, code) for who in others))
        assert sum("Đã nối tài khoản này" in text for text in heard) == 1
        assert sum("đã dùng hoặc hết hạn" in text for text in heard) == 5
        found = [await people.person(who) for who in others]
        assert sum(person is not None for person in found) == 1


async def test_unites_two_who_both_say_each_other_s_code(postgres_url: str) -> None:
    pairs = {f"vu{n}": member() for n in range(PAIRS)} | {
        f"zalo_vu{n}": member() for n in range(PAIRS)
    }
    async with talk(postgres_url, **pairs) as people:
        sayings = []
        for number in range(PAIRS):
            here, there = f"vu{number}", f"zalo:vu{number}"
            mine, yours = await people.code_of(here), await people.code_of(there)
            assert "nối làm một" in await people.say(there, mine)
            assert "nối làm một" in await people.say(here, yours)
            sayings += [people.say(here, "có"), people.say(there, "có")]
        heard = await asyncio.gather(*sayings)
        for number in range(PAIRS):
            first, second = heard[2 * number : 2 * number + 2]
            assert ("làm một:" in first) != ("làm một:" in second), (first, second)
            one = await people.person(f"vu{number}")
            assert one is not None
            assert one == await people.person(f"zalo:vu{number}")


async def test_hears_who_writes_on_while_they_are_united(postgres_url: str) -> None:
    async with talk(postgres_url, vu=member(), zalo_vu=member()) as people:
        code = await people.code_of("vu")
        await people.say("zalo:vu", "nop")
        await people.say("zalo:vu", "Lắp cảm biến, bơm tự giữ áp lực")
        await people.say("zalo:vu", "noi tai khoan")
        theirs = await people.code_of("zalo:vu")
        assert "nối làm một" in await people.say("vu", theirs)
        said = [
            people.say("vu", "có"),
            *(people.say("zalo:vu", "cua toi") for _ in range(3)),
            *(people.say("vu", "cua toi") for _ in range(3)),
            people.say("zalo:vu", code),
        ]
        heard = await asyncio.gather(*said)
        assert "làm một:" in heard[0]
        assert all("trục trặc" not in text for text in heard)
        assert "«Lắp cảm biến, bơm tự giữ áp lực»" in await people.say("vu", "cua toi")
        assert await people.person("vu") == await people.person("zalo:vu")
