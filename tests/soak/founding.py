"""A union in the middle of its year: everybody in their place before the bot is first started."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from domain.programme import Quota, QuotaKind
from domain.units import Unit
from storage.engine import open_database
from storage.store import Store
from tests.soak import joining
from tests.soak.moved_clock import MovedClock
from tests.soak.network import Network
from tests.soak.plan import DAY, FIRST, Plan, campaign_of, programme_of
from tests.soak.world import World

TOKEN = "42:simulated"

CONFIG = """
[[telegram]]
token = "{token}"
api_url = "{api_url}"

[database]
url = "{url}"
"""

DISTRICT = 50
"""Units below one district."""

TURN = 500
"""People who join in one transaction."""


def found(plan: Plan, network: Network, clock: MovedClock, folder: Path, url: str) -> World:
    """Everybody and everything; ``url`` is an empty database with its tables."""
    bot = network.world.add_bot(TOKEN, "SangKienBot", "Sáng kiến")
    config = folder / "config.toml"
    config.write_text(CONFIG.format(token=TOKEN, api_url=network.url, url=url), "utf-8")
    database, chance = open_database(url), Random(plan.seed)
    with database.session() as session:
        session.begin()
        root, leaves = _units(session.store, plan.groups)
        programme = session.store.programmes.add(programme_of(plan))
        for unit in leaves:
            quota = Quota(programme.id, None, unit.id, QuotaKind.ASSIGNED, 40, FIRST - 30 * DAY)
            session.store.quotas.set(quota)
        begun = campaign_of(plan, programme.id, root.id)
        campaign = session.store.campaigns.add(begun, None, clock())
        session.commit()
    world = World(
        plan,
        clock,
        folder / "clock",
        network,
        bot,
        database,
        config,
        chance,
        programme,
        campaign,
        root,
    )
    _join(world, leaves)
    bot.updates.clear()
    return world


def _units(store: Store, count: int) -> tuple[Unit, list[Unit]]:
    """A province, its districts, and the units with a group each."""
    root = store.units.add(_unit("LD", "LĐLĐ tỉnh (dữ liệu mô phỏng)", "ldld_tinh", None))
    leaves: list[Unit] = []
    for number in range(count):
        if number % DISTRICT == 0:
            name = f"LĐLĐ huyện {number // DISTRICT + 1}"
            above = store.units.add(_unit(f"H{number}", name, "ldld_huyen", root.id))
        leaves.append(store.units.add(_unit(f"D{number}", f"CĐCS {number}", "cdcs", above.id)))
    return root, leaves


def _unit(code: str, name: str, kind: str, parent: int | None) -> Unit:
    return Unit(0, code, name, kind, parent, FIRST - 1000 * DAY)


def _join(world: World, leaves: Sequence[Unit]) -> None:
    """An officer, a chair and a group a unit, and the members, many in one transaction."""
    with world.store() as store:
        world.souls.append(joining.officer(world, store, world.root))
        for unit in leaves:
            chair = joining.chair(world, store, unit)
            world.souls.append(chair)
            world.meetings.append(joining.meeting(world, store, unit, chair))
    left = world.plan.people - len(world.souls)
    while left > 0:
        with world.store() as store:
            for _ in range(min(left, TURN)):
                unit = world.chance.choice(leaves)
                world.souls.append(joining.member(world, store, unit))
                left -= 1
