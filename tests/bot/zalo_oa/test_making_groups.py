"""The calls that make groups and fill them, met by the simulated Official Account."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.channel import Misconfigured, NotAccepted, SendError, TryLater, Unsure
from bot.groups import MakesGroups, NoGroup
from bot.playground.zalo_oa.world import Pack
from bot.zalo_oa.channel import ZaloOAChannel
from bot.zalo_oa.groups import Gmf
from tests.bot.zalo_oa.conftest import Line

NAME = "CĐCS Cấp nước"
CREATE, INVITE = "/v3.0/oa/group/creategroupwithoa", "/v3.0/oa/group/invite"


Open = Callable[..., ZaloOAChannel]


@pytest.fixture
async def opens(line: Line) -> AsyncIterator[Open]:
    """Opens our channel with a package; there are packs for three groups of fifty."""
    line.oa.packs["pack-1"] = Pack(50, 1)
    line.oa.packs["pack-2"] = Pack(50, 2)
    opened: list[ZaloOAChannel] = []

    def open_with(package: str, admin: str = "") -> ZaloOAChannel:
        opened.append(line.another(gmf=Gmf(package, admin)))
        return opened[-1]

    yield open_with
    for channel in opened:
        await channel.close()


@pytest.fixture
def maker(opens: Open) -> ZaloOAChannel:
    """One that takes the pack that is free."""
    return opens("gmf50")


def people(line: Line, count: int) -> list[str]:
    """So many followers, by what the OA calls them."""
    return [follower(line, f"Người {number}") for number in range(count)]


def follower(line: Line, name: str) -> str:
    person = line.server.world.add_person(name)
    line.server.people.follow(person, line.oa)
    return line.oa.user_id(person)


def stranger(line: Line) -> str:
    """Somebody who neither follows nor wrote."""
    return line.oa.user_id(line.server.world.add_person("Người lạ"))


def called(line: Line, path: str) -> list[dict[str, Any]]:
    """What was said to a path."""
    return [said for each, said in line.server.calls if each == path]


def inside(line: Line, chat: str) -> set[str]:
    """Who is in a group."""
    return set(line.server.world.groups[chat.removeprefix("group:")].members)


async def test_makes_a_group_with_a_free_pack(line: Line, maker: ZaloOAChannel) -> None:
    assert isinstance(maker, MakesGroups)
    members = people(line, 3)
    made = await maker.create_group(NAME, members)
    (said,) = called(line, CREATE)
    assert said == {"group_name": NAME, "asset_id": "pack-1", "member_user_ids": members}
    assert made.invited == tuple(members)
    assert inside(line, made.chat) == set(members)
    assert made.link == line.server.world.groups[made.chat.removeprefix("group:")].link
    again = await maker.create_group(NAME, members)
    assert called(line, CREATE)[1]["asset_id"] == "pack-2"
    assert again.chat != made.chat
    found = await maker.groups_named(" CĐCS  Cấp nước")
    assert dict(found) == {made.chat: made.link, again.chat: again.link}


async def test_uses_the_pack_that_is_named(line: Line, opens: Open) -> None:
    channel = opens("pack-2")
    await channel.create_group(NAME, people(line, 1))
    assert called(line, "/v3.0/oa/quota/group") == []
    assert called(line, CREATE)[0]["asset_id"] == "pack-2"


async def test_puts_an_administrator_into_each(
    line: Line, maker: ZaloOAChannel, opens: Open
) -> None:
    admin, (member,) = follower(line, "Quản trị OA"), people(line, 1)
    line.oa.admins.add(admin)
    line.server.faults.needs_admin = True
    with pytest.raises(NotAccepted):
        await maker.create_group(NAME, [member])
    made = await opens("gmf50", admin).create_group(NAME, [member])
    assert inside(line, made.chat) == {admin, member}
    assert made.invited == (member,)


async def test_leaves_out_whoever_cannot_be_invited(line: Line, maker: ZaloOAChannel) -> None:
    one, two, three = people(line, 3)
    made = await maker.create_group(NAME, [stranger(line), one, stranger(line), two, three])
    assert made.invited == (one, two, three)
    assert inside(line, made.chat) == {one, two, three}


async def test_lets_in_as_many_as_the_pack_takes(line: Line, opens: Open) -> None:
    line.oa.packs["small"] = Pack(4, 1)
    members = people(line, 6)
    made = await opens("small").create_group(NAME, members)
    assert made.invited == tuple(members[:3])


async def test_invites_whoever_is_not_in_it(line: Line, maker: ZaloOAChannel, opens: Open) -> None:
    members = people(line, 60)
    line.oa.packs["large"] = Pack(1000, 1)
    made = await opens("large").create_group(NAME, members)
    new = people(line, 2)
    unknown = stranger(line)
    invited = await maker.invite_to_group(made.chat, [*members, *new, unknown])
    assert invited == (*members, *new)
    assert inside(line, made.chat) == {*members, *new}
    assert called(line, INVITE)[0]["member_user_ids"] == [*new, unknown]
    line.server.calls.clear()
    assert await maker.invite_to_group(made.chat, new) == tuple(new)
    assert called(line, INVITE) == []


async def test_says_that_a_group_is_full(line: Line, maker: ZaloOAChannel, opens: Open) -> None:
    line.oa.packs["small"] = Pack(4, 1)
    made = await opens("small").create_group(NAME, people(line, 3))
    with pytest.raises(NoGroup, match="full"):
        await maker.invite_to_group(made.chat, people(line, 1))


async def test_says_why_there_is_no_group(line: Line, maker: ZaloOAChannel, opens: Open) -> None:
    (member,) = people(line, 1)
    made = await maker.create_group(NAME, [member])
    group = line.server.world.groups[made.chat.removeprefix("group:")]
    with pytest.raises(NoGroup, match="members"):
        await maker.create_group(NAME, [stranger(line)])
    with pytest.raises(NoGroup, match="quota"):
        await opens("pack-1").create_group(NAME, [member])
    with pytest.raises(NoGroup, match="quota"):
        await opens("gmf10").create_group(NAME, [member])
    group.expired = True
    with pytest.raises(NoGroup, match="expired"):
        await maker.invite_to_group(made.chat, [member])
    line.server.people.dissolve(group)
    with pytest.raises(NoGroup, match="gone"):
        await maker.invite_to_group(made.chat, [member])
    line.oa.package = ""
    for asked in (maker.create_group(NAME, [member]), maker.groups_named(NAME)):
        with pytest.raises(NoGroup, match="package"):
            await asked


@pytest.mark.parametrize(
    ("code", "fault"), [(-32, TryLater), (-209, Misconfigured), (-200, Unsure), (-1, NotAccepted)]
)
async def test_classes_the_rest_as_of_messages(
    line: Line, maker: ZaloOAChannel, code: int, fault: type[SendError]
) -> None:
    line.server.faults.refuse(CREATE, code=code)
    with pytest.raises(fault):
        await maker.create_group(NAME, people(line, 1))


async def test_is_unsure_of_a_group_whose_making_was_cut_short(
    line: Line, maker: ZaloOAChannel
) -> None:
    members = people(line, 2)
    line.server.faults.lose_answer(CREATE)
    with pytest.raises(Unsure):
        await maker.create_group(NAME, members)
    (chat,) = await maker.groups_named(NAME)
    assert inside(line, chat) == set(members)


async def test_is_unsure_when_the_rest_could_not_be_invited(
    line: Line, maker: ZaloOAChannel
) -> None:
    one, two = people(line, 2)
    line.server.faults.refuse(INVITE, code=-32)
    with pytest.raises(Unsure):
        await maker.create_group(NAME, [stranger(line), one, two])
    (chat,) = await maker.groups_named(NAME)
    assert await maker.invite_to_group(chat, [one, two]) == (one, two)


async def test_finds_a_name_on_a_later_page(line: Line, maker: ZaloOAChannel) -> None:
    for number in range(120):
        line.server.world.add_group(line.oa, f"Nhóm {number}")
    assert len(await maker.groups_named("Nhóm 119")) == 1
    assert len(called(line, "/v3.0/oa/group/getgroupsofoa")) == 3
