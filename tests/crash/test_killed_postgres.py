"""The same guarantees on PostgreSQL, where turns run side by side and processes share the outbox."""

from pathlib import Path

import pytest

from tests.crash.crowd import STEPS
from tests.crash.kept import check_all
from tests.crash.scene import AHEAD, scene
from tests.crash.victim import Point

PEOPLE = 30


@pytest.mark.parametrize("point", Point)
async def test_says_nothing_twice_when_killed_before_it_said_anything(
    point: Point, postgres_url: str, tmp_path: Path
) -> None:
    async with scene(postgres_url, tmp_path, PEOPLE) as here:
        await here.start()
        for _ in range(STEPS):
            await here.bot.settle()
            await here.bot.stop_at(point)
            here.crowd.step()
            await here.bot.reached(point)
            await here.restart()
            await here.answered()
        await here.bot.settle()
        assert check_all(here).repeats == 0
