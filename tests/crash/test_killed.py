"""Killed at any point, under load: answers exactly once, every reply, and what comes twice counted.

Each time everybody does the next step at the same moment, and the bot is killed in the midst of it.
"""

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.crash.crowd import STEPS
from tests.crash.kept import check_all
from tests.crash.killing import PATIENCE
from tests.crash.scene import scene
from tests.crash.victim import ANSWERING, Point

PEOPLE = 40

KILLS = 12
LONGEST_LIFE = 0.15
"""Seconds after which it is killed at the latest; all of it takes about half a second."""


@pytest.mark.parametrize("point", ANSWERING)
async def test_says_nothing_twice_when_killed_before_it_said_anything(
    point: Point, sqlite_url: str, tmp_path: Path
) -> None:
    async with scene(sqlite_url, tmp_path, PEOPLE) as here:
        await here.start()
        for _ in range(STEPS):
            await here.settled()
            await here.bot.stop_at(point)
            here.crowd.step()
            await here.bot.reached(point)
            assert not any(map(here.crowd.answered, here.crowd.members))
            await here.restart()
            await here.answered()
        await here.settled()
        said = check_all(here)
        assert here.kills == STEPS
        assert said.repeats == 0


async def test_says_twice_only_what_was_sent_and_not_recorded(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with scene(sqlite_url, tmp_path, PEOPLE) as here:
        await here.start()
        for nth in (1, 7, 20, 33, 40, 13):
            await here.settled()
            here.shoot_at_accepted(nth)
            here.crowd.step()
            await here.bot.gone()
            await here.restart()
            await here.answered()
        await here.settled()
        said = check_all(here)
        assert here.kills == STEPS
        assert said.again <= {parcel.key for parcel in here.left}
        assert said.repeats >= STEPS


async def test_loses_nothing_when_killed_at_any_moment(sqlite_url: str, tmp_path: Path) -> None:
    moments = Random(20261123)
    async with scene(sqlite_url, tmp_path, PEOPLE) as here:
        loop = asyncio.get_running_loop()
        here.crowd.go_on()
        for _ in range(KILLS):
            await here.start()
            # Time decides here, not an event: any moment at all has to do.
            loop.call_later(moments.uniform(0, LONGEST_LIFE), here.bot.shoot)
            await here.bot.gone()
            await here.kill()
        await here.start()
        await here.server.until(here.crowd.finished, PATIENCE)
        await here.settled()
        assert check_all(here).again <= {parcel.key for parcel in here.left}
