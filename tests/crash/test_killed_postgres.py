"""The same on PostgreSQL, where turns run side by side and processes share one outbox."""

from pathlib import Path

import pytest

from tests.crash.crowd import STEPS
from tests.crash.kept import check_all
from tests.crash.scene import scene
from tests.crash.victim import ANSWERING, Point

PEOPLE = 30


@pytest.mark.parametrize("point", ANSWERING)
async def test_says_nothing_twice_when_killed_before_it_said_anything(
    point: Point, postgres_url: str, tmp_path: Path
) -> None:
    async with scene(postgres_url, tmp_path, PEOPLE) as here:
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
        assert check_all(here).repeats == 0
