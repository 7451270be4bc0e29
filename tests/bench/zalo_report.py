"""What was measured of webhooks, as tables of plain lines."""

from collections.abc import Callable, Sequence
from statistics import median

from tests.bench.posting import POOL, Posted
from tests.bench.report import spread, whole
from tests.bench.zalo import AT_ONCE, BURSTS, PROMISED, ROUNDS, SECONDS, Contestant

WIDTH = 32


def webhooks(bots: Sequence[Contestant]) -> str:
    """Rates, waits for the 200, and what shares come in time."""
    lines = [
        "Webhooks: event verified and decoded, answer committed (SQLite synchronous=FULL,",
        "PostgreSQL fsync on), then HTTP 200, then the reply over HTTP. (a) is aiogram's webhook",
        "server with its memory storage: 200 once handled and replied, nothing kept; (f) verifies,",
        f"keeps the body with a commit of its own, says nothing. {ROUNDS} rounds, taken in turn.",
        "Waits: from an event's being sent to its 200. All but answers/s are medians of rounds.",
        "",
        f"{AT_ONCE * POOL} people who answer as soon as they are asked, at most {AT_ONCE} events",
        f"on the wire, {SECONDS:g} s.",
        "",
        f"{'':{WIDTH}}{'answers/s':>22}{'on wire':>9}{'p50 ms':>8}{'p99 ms':>8}"
        f"{'replies/s':>11}{'CPU ms/answer':>15}{'wrong':>7}{'MB':>6}",
    ]
    lines += [_sustained(bot) for bot in bots]
    lines += [
        "",
        f"{AT_ONCE} events at one moment, {BURSTS} times a round, the bot idle before each.",
        "",
        f"{'':{WIDTH}}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'longest':>9}"
        f"{f'in {PROMISED:g} s':>9}{'wrong':>7}",
    ]
    lines += [_burst(bot) for bot in bots]
    lines += [
        f"{'':{WIDTH}}(aim for ours: all in {PROMISED:g} s, p99 under 200 ms)",
        "",
    ]
    ours, others = bots[0], bots[-2:]
    for other in others:
        ratios = [
            mine.rate / theirs.rate
            for mine, theirs in zip(ours.rounds, other.rounds, strict=True)
            if theirs.rate
        ]
        lines.append(f"{f'{ours.name} / {other.name}':{2 * WIDTH}}{spread(ratios, '.2f')}")
    return "\n".join(lines)


def _sustained(bot: Contestant) -> str:
    rounds = bot.rounds
    costs = [
        seen.cpu / len(seen.waits) * 1000 for seen in rounds if seen.cpu is not None and seen.waits
    ]
    return (
        f"{bot.name:{WIDTH}}{spread([seen.rate for seen in rounds], '.0f'):>22}"
        f"{_middle(rounds, lambda seen: seen.in_flight):>9.0f}"
        f"{_waited(rounds, 0.5):>8.0f}{_waited(rounds, 0.99):>8.0f}"
        f"{_middle(rounds, lambda seen: seen.replies / seen.seconds):>11.0f}"
        f"{f'{median(costs):.2f}' if costs else '-':>15}"
        f"{sum(seen.wrong for seen in rounds):>7}{whole(bot.megabytes):>6}"
    )


def _burst(bot: Contestant) -> str:
    rounds = bot.bursts
    return (
        f"{bot.name:{WIDTH}}"
        + "".join(f"{_waited(rounds, share):>8.0f}" for share in (0.5, 0.95, 0.99))
        + f"{_waited(rounds, 1.0):>9.0f}{_middle(rounds, _share_in_time):>9.2%}"
        f"{sum(seen.wrong for seen in rounds):>7}"
    )


def _waited(rounds: Sequence[Posted], share: float) -> float:
    """The wait that this share of a round does not exceed, in milliseconds."""

    def of(seen: Posted) -> float:
        ordered = sorted(seen.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    return _middle(rounds, of)


def _middle(rounds: Sequence[Posted], what: Callable[[Posted], float]) -> float:
    """The median of the rounds."""
    return median(what(seen) for seen in rounds if seen.waits)


def _share_in_time(seen: Posted) -> float:
    return sum(wait <= PROMISED for wait in seen.waits) / len(seen.waits)
