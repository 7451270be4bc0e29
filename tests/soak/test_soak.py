"""A week of a campaign in less than a minute; ``make soak`` goes through four of a province."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from tests.soak.kills import Kill
from tests.soak.network import Moment
from tests.soak.plan import FIRST, SHORT, Plan, local
from tests.soak.report import Found, faults, look
from tests.soak.soak import soaking

FEWEST_KILLS = 6

CARELESS = replace(SHORT, days=2, groups=30, people=80, kills=0, careless=True)
"""A bot that sends without marking what it sends."""

WHILE_POSTING = Kill(
    at=local(FIRST, time(16, 20)),
    moment=Moment.ACCEPTED,
    nth=5,
    seconds=0.0,
    away=timedelta(minutes=1),
)
"""In the midst of the boards of the first day."""


async def soaked(plan: Plan, folder: Path, url: str, *kills: Kill) -> Found:
    """Go through all of it, and look; ``kills`` come in place of those by chance."""
    async with soaking(plan, folder, url, lambda line: None) as soak:
        soak.kills = [*kills] or soak.kills
        await soak.run()
        return look(soak)


async def test_loses_nothing_and_posts_nothing_twice_in_a_week_of_kills(
    sqlite_url: str, tmp_path: Path
) -> None:
    found = await soaked(SHORT, tmp_path, sqlite_url)
    assert not found.complaints, faults(found)
    soak = found.ledger.soak
    assert soak.killed.total() >= FEWEST_KILLS
    assert soak.world.network.met.total() > 20
    assert found.ends["sent"] > 1_000
    assert found.ends["unsure"]
    assert timedelta(days=SHORT.days) < found.ledger.now - SHORT.begins


async def test_names_what_a_careless_bot_says_twice(sqlite_url: str, tmp_path: Path) -> None:
    found = await soaked(CARELESS, tmp_path, sqlite_url, WHILE_POSTING)
    assert any(complaint.startswith("said 2 times: ") for complaint in found.twice), faults(found)
    assert any(complaint.startswith("posted again in group ") for complaint in found.twice)
