"""When and how the bot is killed, drawn before anything begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from tests.soak.network import Moment
from tests.soak.plan import DAY, FIRST, Plan, local

HOURS = (0.5, 3, 6.5, 6.6, 8, 8.1, 8.2, 8.5, 8.6, 9, 10, 11, 13.5, 13.6, 14, 15, 16.5, 16.6, 18.5)
"""Local hours from which on it happens: most of them when much is due."""

MOST_CALLS, MOST_COMMITS = 40, 300
"""How many more there are to be before it happens, at most."""

LONGEST_LIFE = 0.6
"""Real seconds until it is killed whatever it does."""


class OwnMoment(StrEnum):
    """What the network knows nothing of."""

    WRITTEN = "before a commit"
    COMMITTED = "after a commit"
    ANY = "any instant"


@dataclass(frozen=True, slots=True)
class Kill:
    """One of them: from ``at`` on, at the ``nth`` such moment."""

    at: datetime
    moment: Moment | OwnMoment
    nth: int
    seconds: float
    """Real ones, for any instant."""
    away: timedelta
    """How long nobody starts it again."""


def drawn(plan: Plan, chance: Random) -> list[Kill]:
    """All kills, the first one first."""
    kills = [_kill(plan, chance) for _ in range(plan.kills)]
    return sorted(kills, key=lambda kill: kill.at)


def _kill(plan: Plan, chance: Random) -> Kill:
    midnight = local(FIRST + chance.randrange(plan.days) * DAY, datetime.min.time())
    moment = chance.choice((*Moment, *OwnMoment))
    most = MOST_CALLS if isinstance(moment, Moment) else MOST_COMMITS
    return Kill(
        at=midnight + timedelta(hours=chance.choice(HOURS)),
        moment=moment,
        nth=chance.randint(1, most),
        seconds=chance.uniform(0, LONGEST_LIFE),
        away=_away(chance),
    )


def _away(chance: Random) -> timedelta:
    """Mostly it is started again at once; at times a machine stands still for hours."""
    drawn = chance.random()
    if drawn < 0.7:
        return timedelta(seconds=chance.uniform(1, 180))
    if drawn < 0.9:
        return timedelta(minutes=chance.uniform(5, 90))
    return timedelta(hours=chance.uniform(2, 5))
