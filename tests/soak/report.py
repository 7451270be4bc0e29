"""What a soak found, in figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.soak.kept import check_kept, tally
from tests.soak.ledger import Ledger, read
from tests.soak.once import check_once, repeats
from tests.soak.peaceful import check_peace
from tests.soak.soak import HOUR, Soak

SHOWN = 40
"""Complaints that are shown of each kind."""

ENDS = ("sent", "merged", "held", "dropped", "skipped", "failed", "unsure")
"""How a notice may end, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that was looked at in the end."""

    ledger: Ledger
    twice: Sequence[str]
    lost: Sequence[str]
    unwanted: Sequence[str]
    """What came at an hour that was not chosen."""
    ends: Counter[str]
    again: int
    """Answers and news that were said again, as they may be."""

    @property
    def complaints(self) -> list[str]:
        """All that is not as it should be."""
        return [*self.twice, *self.lost, *self.unwanted]


def look(soak: Soak) -> Found:
    """Read the ledger and hold it against what the network took."""
    ledger = read(soak)
    return Found(
        ledger,
        [*check_once(ledger)],
        [*check_kept(ledger)],
        [*check_peace(ledger)],
        tally(ledger),
        repeats(ledger),
    )


def faults(found: Found) -> str:
    """The seed and what is wrong, to be told when a run fails."""
    plan = found.ledger.soak.world.plan
    shown = [
        line
        for complaints in (found.twice, found.lost, found.unwanted)
        for line in (*complaints[:SHOWN], *_more(complaints))
    ]
    return "\n".join((f"seed {plan.seed}, {len(found.complaints)} complaints:", *shown))


def table(found: Found) -> str:
    """All figures, as Markdown."""
    soak, plan = found.ledger.soak, found.ledger.soak.world.plan
    heard, network = soak.world.network.heard, soak.world.network
    groups = sum(each.chat in found.ledger.meetings for each in heard)
    rows = (
        ("days, groups, people", f"{plan.days:,}, {plan.groups:,}, {plan.people:,}"),
        ("deeds of people and groups", f"{soak.deeds.done.total():,}"),
        ("messages taken by the network", f"{len(heard):,} ({groups:,} in groups)"),
        ("killed", _each(soak.killed)),
        ("hours in which nothing ran", f"{_away(soak):.0f}"),
        ("faults of the network", _each(network.met)),
        ("refused: 400, 403", f"{_refused(found, 400)}, {_refused(found, 403)}"),
        ("reasons to write, each on record", f"{found.ends.total():,}"),
        *((f"… {end}", f"{found.ends[end]:,}") for end in ENDS),
        ("parcels caught between mark and record by a kill", f"{len(soak.sending):,}"),
        ("answers and news said again", f"{found.again:,}"),
        ("**posts and reminders said twice**", f"**{len(found.twice)}**"),
        ("**lost**", f"**{len(found.lost)}**"),
        ("**said at a forbidden hour**", f"**{len(found.unwanted)}**"),
        ("minutes", f"{soak.seconds / 60:.1f}"),
        ("… of the processor, the bot's own", f"{soak.processor / 60:.1f}"),
        ("most memory of the bot", f"{soak.memory / 1024:.0f} MB"),
    )
    return "\n".join(("| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)))


def _each(counted: Counter[str]) -> str:
    parts = ", ".join(f"{name} {count:,}" for name, count in sorted(counted.items()))
    return f"{counted.total():,} ({parts})"


def _away(soak: Soak) -> float:
    """Hours."""
    return sum((until - since) / HOUR for since, until in soak.away)


def _refused(found: Found, code: int) -> int:
    refused = found.ledger.soak.world.network.refused
    return sum(codes.count(code) for codes in refused.values())


def _more(complaints: Sequence[str]) -> Sequence[str]:
    left = len(complaints) - SHOWN
    return (f"… and {left} more",) if left > 0 else ()
