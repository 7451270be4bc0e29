"""Groups that were wished for: made once, bound, told; given up aloud."""

import pytest

from bot.channel import Misconfigured, NotAccepted, SendError, TryLater, Unreachable, Unsure
from bot.group_wishes import FIRST_RETRY, LEASE, MOST_ATTEMPTS
from bot.groups import NoGroup
from domain.group_wish import Wanted, WishState
from domain.person import Role
from storage.engine import Database
from tests.support.logs import logged
from tests.support.workshop import ACCOUNT, NAME, workshop


async def test_makes_binds_greets_and_tells(database: Database) -> None:
    async with workshop(database) as w:
        wish = await w.wish()
        await w.work()
        assert w.channel.groups == {"group:0": NAME}
        assert await w.state(wish) == (WishState.MADE, "")
        assert await w.bound("group:0") == w.union.unit.id
        (hello,) = w.channel.texts("group:0")
        assert hello.startswith(f"Nhóm này đã gắn với {NAME}. Bot báo tiến độ lúc 8h30 thứ Hai")
        (told,) = w.told()
        assert told.splitlines() == [
            f"Đã lập nhóm «{NAME}», mời 2 người.",
            "Anh/chị gửi đường dẫn này cho người chưa vào nhóm: link/group:0",
        ]
        await w.work(3600)
        assert len(w.channel.groups) == 1
        assert len(w.channel.delivered) == 2


async def test_tells_how_many_could_not_be_invited(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        w.channel.stranger = "vu"
        wish = await w.wish("chair", "vu", "lan")
        await w.work()
        assert "mời 2 người.\n1 người chưa mời được" in w.told()[0]
        (kept,) = await w.box.turns.run(
            lambda store: store.group_wishes.of_group(*ACCOUNT, "group:0")
        )
        assert (kept.id, kept.members) == (wish.id, ("chair", "lan"))


async def test_invites_more_into_a_group_that_is_there(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        await w.wish()
        await w.work()
        wish = await w.wish("lan", wanted=Wanted.MEMBERS, chat="group:0")
        await w.work()
        assert await w.state(wish) == (WishState.MADE, "")
        assert w.channel.members["group:0"] == ["chair", "vu", "lan"]
        assert w.told()[1].startswith(f"Đã mời 1 người vào nhóm «{NAME}».")
        assert len(w.channel.texts("group:0")) == 1


@pytest.mark.parametrize("fault", [TryLater(), TryLater(5), Unsure()])
async def test_tries_again_what_was_not_begun(sqlite: Database, fault: SendError) -> None:
    async with workshop(sqlite) as w:
        w.channel.fails = [fault, fault]
        wish = await w.wish()
        await w.work()
        assert await w.state(wish) == (WishState.WISHED, "busy")
        await w.work(60)
        await w.work(60)
        assert await w.state(wish) == (WishState.MADE, "")
        assert list(w.channel.groups) == ["group:0"]


async def test_finds_a_group_whose_making_nobody_heard_of(database: Database) -> None:
    async with workshop(database) as w:
        w.channel.groups["group:old"] = NAME
        w.channel.loses = [Unsure()]
        wish = await w.wish()
        await w.work()
        assert await w.state(wish) == (WishState.MAKING, "busy")
        assert w.told() == []
        await w.work(FIRST_RETRY * 2)
        assert await w.state(wish) == (WishState.MADE, "")
        assert list(w.channel.groups) == ["group:old", "group:1"]
        assert await w.bound("group:1") == w.union.unit.id
        assert await w.bound("group:old") is None
        assert "link/group:1" in w.told()[0]


async def test_makes_it_when_it_is_not_there_after_all(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        w.channel.fails = [None, Unsure()]
        wish = await w.wish()
        await w.work()
        assert await w.state(wish) == (WishState.MAKING, "busy")
        await w.work(FIRST_RETRY * 2)
        assert await w.state(wish) == (WishState.MADE, "")
        assert list(w.channel.groups) == ["group:0"]


async def test_invites_whom_the_lost_call_did_not(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        w.channel.loses = [Unsure()]
        await w.wish("chair", "vu", "lan")
        await w.work()
        w.channel.members["group:0"] = ["chair"]
        # It is listed, and then nobody can be invited for a while.
        w.channel.fails = [None, TryLater()]
        await w.work(FIRST_RETRY * 2)
        assert w.told() == []
        await w.work(FIRST_RETRY * 4)
        assert w.channel.members["group:0"] == ["chair", "vu", "lan"]
        assert "mời 3 người." in w.told()[0]


async def test_keeps_the_group_when_the_rest_cannot_be_invited(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        w.channel.loses = [Unsure()]
        wish = await w.wish()
        await w.work()
        w.channel.fails = [None, NoGroup("full")]
        await w.work(FIRST_RETRY * 2)
        assert await w.state(wish) == (WishState.MADE, "")
        assert await w.bound("group:0") == w.union.unit.id


async def test_takes_no_group_of_the_same_name_that_is_another_unit_s(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        chair, other, now = w.union.chair.id, w.union.other.id, w.box.clock()
        await w.box.turns.run(lambda store: store.people.grant(chair, Role.CHAIR, other, None, now))
        w.channel.loses = [Unsure(), Unsure()]
        first, second = await w.wish(), await w.wish("lan", unit=other)
        await w.work()
        # The second waits until it is known whose group there is.
        assert list(w.channel.groups) == ["group:0"]
        await w.work(FIRST_RETRY * 2)
        await w.work(FIRST_RETRY * 2)
        assert await w.state(first) == await w.state(second) == (WishState.MADE, "")
        assert await w.bound("group:0") == w.union.unit.id
        assert await w.bound("group:1") == other
        assert w.channel.members == {"group:0": ["chair", "vu"], "group:1": ["lan"]}


async def test_is_unsure_when_the_network_never_tells(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        w.channel.loses = [Unsure()]
        wish = await w.wish()
        await w.work()
        w.channel.fails = [Unsure()] * (MOST_ATTEMPTS - 1)
        for _ in range(MOST_ATTEMPTS):
            await w.work(1000)
        assert await w.state(wish) == (WishState.UNSURE, "busy")
        (told,) = w.told()
        assert "chưa rõ nhóm" in told
        now, asker = w.box.clock(), w.union.chair.id
        assert await w.box.turns.run(lambda store: store.group_wishes.reopen(wish.id, asker, now))
        await w.work()
        assert await w.state(wish) == (WishState.MADE, "")
        assert list(w.channel.groups) == ["group:0"]


@pytest.mark.parametrize(
    ("fault", "why", "said", "alarmed"),
    [
        (NoGroup("package"), "package", "mua gói OA Nâng cao", True),
        (NoGroup("expired"), "expired", "đã hết hạn", True),
        (NoGroup("quota"), "quota", "mỗi gói một nhóm", True),
        (NoGroup("members"), "members", "quan tâm OA hoặc nhắn cho bot trước", False),
        (NoGroup("full"), "full", "gói nhóm lớn hơn", False),
        (NoGroup("gone"), "gone", "không còn nữa", False),
        (Misconfigured(), "misconfigured", "chưa cho bot quyền", True),
        (Unreachable(), "expired", "đã hết hạn", True),
        (NotAccepted("x"), "refused", "Zalo không nhận", True),
    ],
)
async def test_says_what_has_to_be_done(
    sqlite: Database, fault: SendError, why: str, said: str, alarmed: bool
) -> None:
    async with workshop(sqlite) as w:
        w.channel.fails = [None, fault]
        wish = await w.wish()
        with logged() as lines:
            await w.work()
        assert await w.state(wish) == (WishState.FAILED, why)
        (told,) = w.told()
        assert said in told
        assert any(line["event"] == "groups_refused" for line in lines) is alarmed
        await w.work(3600)
        assert w.channel.groups == {}


async def test_gives_up_a_network_that_is_too_busy(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        w.channel.fails = [TryLater()] * MOST_ATTEMPTS
        wish = await w.wish()
        for _ in range(MOST_ATTEMPTS):
            await w.work(1000)
        assert await w.state(wish) == (WishState.FAILED, "busy")
        assert "Zalo đang bận" in w.told()[0]


async def test_makes_nothing_for_whoever_may_no_more(sqlite: Database) -> None:
    async with workshop(sqlite) as w:
        wish = await w.wish()
        chair, unit = w.union.chair.id, w.union.unit.id
        await w.box.turns.run(lambda store: store.people.revoke(chair, Role.CHAIR, unit))
        await w.work()
        assert await w.state(wish) == (WishState.FAILED, "right")
        assert w.channel.groups == {}
        assert w.told() == []


async def test_leaves_to_another_process_what_that_is_at(database: Database) -> None:
    async with workshop(database) as w:
        wish, now = await w.wish(), w.box.clock()
        claimed = await w.box.turns.run(
            lambda store: store.group_wishes.claim(*ACCOUNT, "other", now + LEASE, now)
        )
        assert claimed == wish
        await w.work(LEASE.total_seconds() - 1)
        assert w.channel.groups == {}
        await w.work(1)
        assert await w.state(wish) == (WishState.MADE, "")
