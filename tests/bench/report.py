"""What was measured, as a table of plain lines."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from statistics import median

from tests.bench.contest import EVERY, PEOPLE, ROUNDS, SECONDS, STROLL, STROLLERS, Contestant
from tests.bench.crowd import Seen
from tests.bench.startup import Startup

WIDTH = 26


def machine() -> str:
    """Where this was measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("aiogram", "sqlalchemy", "aiohttp"))
    return (
        f"{date.today()}, {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def contest(bots: Sequence[Contestant]) -> str:
    """Rates, ratios, cost and waits."""
    lines = [
        f"The whole path, {PEOPLE} people at once, eight answers each: update polled over HTTP,",
        "answer committed (SQLite, synchronous=FULL; (b) keeps nothing), reply sent over HTTP.",
        f"{ROUNDS} rounds of {SECONDS:g} s, taken in turn; min, median, max.",
        "",
        f"{'':{WIDTH}}{'answers/s':>20}{'CPU ms/answer':>15}{'wait p50':>10}{'p99 ms':>8}"
        f"{'wrong':>7}{'MB':>6}",
    ]
    lines += [_row(bot) for bot in bots]
    ours, others = bots[0], bots[1:]
    lines.append("")
    for other, aim in zip(others, ("aim: at least 5", "aim: at least 1"), strict=True):
        ratios = [
            mine.rate / theirs.rate
            for mine, theirs in zip(ours.rounds, other.rounds, strict=True)
            if theirs.rate
        ]
        lines.append(f"{'ours / ' + other.name:{WIDTH + 6}}{spread(ratios, '.2f')}   ({aim})")
    lines += [
        "",
        f"A calm day, {STROLLERS} people, each answering every {EVERY:g} s, for {STROLL:g} s.",
        "",
        f"{'':{WIDTH}}{'answers':>8}{'wait p50':>10}{'p99':>8}{'longest ms':>12}{'wrong':>7}",
    ]
    for bot in bots:
        waits = bot.calm.waits
        lines.append(
            f"{bot.name:{WIDTH}}{len(waits):>8}{_ms(waits, 0.5):>10}{_ms(waits, 0.99):>8}"
            f"{_ms(waits, 1.0):>12}{bot.calm.wrong:>7}"
        )
    lines.append(f"{'':{WIDTH}}(aim: p99 under 50 ms)")
    return "\n".join(lines)


def startup(found: Startup) -> str:
    """How it starts."""
    return (
        f"sangkien run: polls after {spread(found.seconds, '.2f')} s (aim: 2), holds "
        f"{whole(found.fresh)} MB then and {whole(found.megabytes)} MB after "
        f"{found.answers} answers (aim: under 120)"
    )


def spread(values: Sequence[float], how: str) -> str:
    """Least, median, most."""
    if not values:
        return "-"
    return " - ".join(format(value, how) for value in (min(values), median(values), max(values)))


def whole(value: float | None) -> str:
    """Without decimals; a dash for what is not known."""
    return "-" if value is None else f"{value:.0f}"


def _row(bot: Contestant) -> str:
    rates = [seen.rate for seen in bot.rounds]
    waits = [wait for seen in bot.rounds for wait in seen.waits]
    wrong = sum(seen.wrong for seen in bot.rounds)
    return (
        f"{bot.name:{WIDTH}}{spread(rates, '.0f'):>20}{_cost(bot.rounds):>15}"
        f"{_ms(waits, 0.5):>10}{_ms(waits, 0.99):>8}{wrong:>7}{whole(bot.megabytes):>6}"
    )


def _cost(rounds: Iterable[Seen]) -> str:
    costs = [
        seen.cpu / len(seen.waits) * 1000 for seen in rounds if seen.cpu is not None and seen.waits
    ]
    return f"{median(costs):.2f}" if costs else "-"


def _ms(waits: Sequence[float], share: float) -> str:
    """The wait that this share of all does not exceed, in milliseconds."""
    if not waits:
        return "-"
    ordered = sorted(waits)
    return f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.1f}"
