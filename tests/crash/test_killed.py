"""Killed at any point, under load: answers exactly once, every reply, and what comes twice counted.

Each time everybody does the next step at the same moment, and the bot is killed in the midst of it.
"""

from pathlib import Path

import pytest

from tests.crash.crowd import STEPS
from tests.crash.kept import check_all
from tests.crash.scene import scene
from tests.crash.victim import Point

PEOPLE = 40


@pytest.mark.parametrize("point", Point)
async def test_says_nothing_twice_when_killed_before_it_said_anything(
    point: Point, sqlite_url: str, tmp_path: Path
) -> None:
    async with scene(sqlite_url, tmp_path, PEOPLE) as here:
        await here.start()
        for _ in range(STEPS):
            await here.bot.settle()
            await here.bot.stop_at(point)
            here.crowd.step()
            await here.bot.reached(point)
            await here.restart()
            await here.answered()
        await here.bot.settle()
        said = check_all(here)
        assert here.kills == STEPS
        assert said.repeats == 0


async def test_says_twice_only_what_was_sent_and_not_recorded(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with scene(sqlite_url, tmp_path, PEOPLE) as here:
        await here.start()
        for nth in (1, 7, 20, 33, 40, 13):
            await here.bot.settle()
            here.shoot_at_accepted(nth)
            here.crowd.step()
            await here.bot.gone()
            await here.restart()
            await here.answered()
        await here.bot.settle()
        said = check_all(here)
        assert here.kills == STEPS
        assert said.again <= here.killed_with
        assert said.repeats >= STEPS
