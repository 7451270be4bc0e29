"""Two processes on one PostgreSQL: who is handed the same update, or finds the same parcel.

Both are handed every batch of updates at the same moment, as a network does that gave up waiting
for the first of them.
"""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

from domain.message import Outgoing
from domain.parcel import Lane, Parcel, Resend
from tests.crash.crowd import STEPS
from tests.crash.kept import check_all
from tests.crash.scene import DEAD_FOR, Scene, scene
from tests.crash.victim import Point
from tests.support.clock import START

PEOPLE = 30
POSTS = 60


async def test_answers_once_what_both_were_handed(postgres_url: str, tmp_path: Path) -> None:
    async with scene(postgres_url, tmp_path, PEOPLE) as here:
        one, other = await here.start(polls=False), await here.start(polls=False)
        for _ in range(STEPS):
            here.crowd.step()
            raws = here.handed_out()
            await asyncio.gather(one.take(raws), other.take(list(reversed(raws))))
            await here.answered()
        await here.settled()
        assert check_all(here).repeats == 0


async def test_sends_once_what_both_find(postgres_url: str, tmp_path: Path) -> None:
    async with scene(postgres_url, tmp_path, POSTS) as here:
        here.crowd.step()
        here.handed_out()
        await here.start(polls=False)
        await here.start(polls=False)
        posts = [post(here, number, resend) for resend in Resend for number in range(POSTS)]
        with here.store() as store:
            store.parcels.add_all(posts)
        await here.settled()
        read = Counter(sent.text for sent in here.server.accepted)
        assert read == Counter({each.say.text: 1 for each in posts})


async def test_sends_what_the_other_left_behind_once_its_lease_is_over(
    postgres_url: str, tmp_path: Path
) -> None:
    async with scene(postgres_url, tmp_path, PEOPLE) as here:
        one, other = await here.start(polls=False), await here.start(polls=False)
        for _ in range(STEPS - 1):
            here.crowd.step()
            await other.take(here.handed_out())
            await here.answered()
        await here.settled()
        await one.stop_at(Point.COMMITTED)
        here.crowd.step()
        raws = here.handed_out()
        dying = asyncio.ensure_future(one.take(raws))
        await one.reached(Point.COMMITTED)
        await here.kill(one)
        dying.cancel()
        await other.take(raws)
        await other.settle()
        held = {each.key for each in here.left}
        with here.store() as store:
            assert held == {each.key for each in store.parcels.unsent()}
        await other.forward(DEAD_FOR)
        await here.settled()
        assert held
        assert check_all(here).repeats == 0


def post(here: Scene, number: int, resend: Resend) -> Parcel:
    """A push to one of the crowd."""
    return Parcel(
        key=f"push:{number}:{resend}",
        to=here.address(here.crowd.members[number].person),
        say=Outgoing(f"Nhắc anh/chị lần {number}, {resend}"),
        not_before=START - timedelta(seconds=1),
        lane=Lane.PUSH,
        resend=resend,
    )
