"""A group post goes out at most once; one that may have arrived is unsure, and counted."""

from collections import Counter
from pathlib import Path

from bot.playground.telegram.world import Chat
from domain.message import Outgoing
from domain.parcel import Lane, Parcel, ParcelState, Resend
from storage.store import Store
from tests.crash.scene import Scene, scene
from tests.crash.victim import Point
from tests.support.clock import START

GROUPS = 12


def groups(here: Scene) -> list[Chat]:
    """Groups with the bot in them."""
    create = here.server.groups.create
    made = [create(f"Tổ {n}", here.chair, [here.crowd.bot]) for n in range(GROUPS)]
    here.handed_out()
    return made


def post_to(here: Scene, chats: list[Chat]) -> list[Parcel]:
    """A post for each, as a job adds them."""
    posts = [
        Parcel(
            key=f"progress:1:{chat.id}:20261123T0100",
            to=here.address(chat),
            say=Outgoing(f"Tiến độ của {chat.title}"),
            not_before=START,
            lane=Lane.PUSH,
            resend=Resend.NEVER,
        )
        for chat in chats
    ]
    with here.store() as store:
        return store.parcels.add_all(posts)


def read(here: Scene) -> Counter[str]:
    """How often each post was read, by where."""
    return Counter(str(sent.chat) for sent in here.server.accepted)


def state(store: Store, post: Parcel) -> ParcelState:
    """Where a post is."""
    found = store.parcels.get(post.id)
    assert found is not None
    return found.state


async def test_is_unsure_of_a_post_that_arrived_and_was_not_recorded(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with scene(sqlite_url, tmp_path, 0) as here:
        chats = groups(here)
        await here.start()
        here.shoot_at_accepted(5)
        posts = post_to(here, chats)
        await here.bot.gone()
        await here.restart()
        await here.settled()
        sending = {p.to.chat for p in here.left if p.state is ParcelState.SENDING}
        arrived = read(here)
        assert max(arrived.values()) == 1
        assert sending & set(arrived)
        with here.store() as store:
            counts = store.parcels.counts()
            states = {p.to.chat: state(store, p) for p in posts}
        assert counts[ParcelState.UNSURE] == len(sending)
        assert counts[ParcelState.SENT] == GROUPS - len(sending)
        assert {chat for chat, state in states.items() if state is ParcelState.UNSURE} == sending
        assert set(arrived) >= set(states) - sending


async def test_is_unsure_of_a_post_that_never_left(sqlite_url: str, tmp_path: Path) -> None:
    async with scene(sqlite_url, tmp_path, 0) as here:
        chats = groups(here)
        await here.start()
        await here.bot.stop_at(Point.POSTING)
        post_to(here, chats)
        await here.bot.reached(Point.POSTING)
        await here.restart()
        await here.settled()
        sending = [p for p in here.left if p.state is ParcelState.SENDING]
        with here.store() as store:
            counts = store.parcels.counts()
        assert sending
        assert counts[ParcelState.UNSURE] == len(sending)
        assert counts[ParcelState.SENT] == len(read(here)) == GROUPS - len(sending)
        assert set(read(here).values()) == {1}


async def test_posts_what_was_not_begun_when_it_was_killed(sqlite_url: str, tmp_path: Path) -> None:
    async with scene(sqlite_url, tmp_path, 0) as here:
        chats = groups(here)
        await here.start()
        await here.kill()
        post_to(here, chats)
        await here.start()
        await here.settled()
        assert read(here) == Counter({str(chat.id): 1 for chat in chats})
