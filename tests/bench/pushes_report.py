"""What was measured of pushing reminders, as tables of plain lines."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from statistics import median

from tests.bench.flood import A_SECOND
from tests.bench.pushes import (
    FAST_SECONDS,
    MANY,
    PATIENCE,
    ROUNDS,
    SECONDS,
    Contestant,
    Pushed,
)
from tests.bench.reminding import AT_ONCE, PEOPLE
from tests.bench.report import spread, whole

WIDTH = 26


def pushes(found: Sequence[Contestant]) -> str:
    """At the network's limit, without one, and from a long queue."""
    names = ("procrastinate", "python-telegram-bot", "aiolimiter")
    lines = [
        f"Reminders to {PEOPLE:,} private chats, all due at one moment, sent over HTTP. Ours:",
        "found by its job and kept in SQLite (synchronous=FULL), put together at its gate, each",
        "outcome recorded; (p) tasks in PostgreSQL (fsync on); (j) jobs in memory, nothing kept.",
        ", ".join(f"{name} {version(name)}" for name in names),
        "",
        f"The network takes {A_SECOND} messages in any second and answers 429 to more; everybody",
        f"keeps to that in their own way. {ROUNDS} rounds of {SECONDS:g} s, taken in turn; min,",
        "median, max. CPU is the share of one core, and so with the database outside the process.",
        "",
        f"{'':{WIDTH}}{'messages/s':>20}{'of limit':>10}{'CPU':>7}{'+ db':>7}{'429s':>6}"
        f"{'first after s':>18}{'MB':>6}",
    ]
    lines += [_paced(each) for each in found]
    lines += [
        f"{'':{WIDTH}}(aim for ours: limited by the network, CPU under 10 %)",
        "",
        f"No limit, and none kept to. {ROUNDS} rounds, in turn, until all are sent or for "
        f"{FAST_SECONDS:g} s;",
        f"(j) is one job that makes {AT_ONCE} calls at a time.",
        "",
        f"{'':{WIDTH}}{'messages/s':>24}{'CPU ms/message':>16}{'+ db':>7}{'MB':>6}",
    ]
    lines += [_fast(each) for each in found]
    ours, others = found[0], found[1:]
    lines.append("")
    lines += [_ratio(ours, other) for other in others]
    lines += [
        "",
        f"{MANY:,} reminders queued and due at one moment, under the network's limit; idle is",
        "just before that moment.",
        "",
        f"{'':{WIDTH}}{'queued in s':>12}{'MB idle':>9}{'MB sending':>12}{'first after s':>15}"
        f"{'messages/s':>12}",
    ]
    lines += [_many(each) for each in found]
    return "\n".join(lines)


def _paced(each: Contestant) -> str:
    rounds = each.paced
    share = median(seen.rate for seen in rounds) / A_SECOND
    return (
        f"{each.pusher.name:{WIDTH}}{spread(_all(rounds, lambda seen: seen.rate), '.1f'):>20}"
        f"{share:>10.0%}{_share(rounds, lambda seen: seen.cpu):>7}"
        f"{_share(rounds, lambda seen: seen.whole_cpu):>7}"
        f"{sum(seen.refused for seen in rounds):>6}"
        f"{spread(_all([*rounds, *each.fast], lambda seen: seen.late), '.1f'):>18}"
        f"{_most(rounds):>6}"
    )


def _fast(each: Contestant) -> str:
    rounds = each.fast
    return (
        f"{each.pusher.name:{WIDTH}}{spread(_all(rounds, lambda seen: seen.rate), '.0f'):>24}"
        f"{_cost(rounds, lambda seen: seen.cpu):>16}"
        f"{_cost(rounds, lambda seen: seen.whole_cpu):>7}{_most(rounds):>6}"
    )


def _ratio(ours: Contestant, other: Contestant) -> str:
    ratios = [
        mine.rate / theirs.rate
        for mine, theirs in zip(ours.fast, other.fast, strict=True)
        if theirs.rate
    ]
    return f"{'ours / ' + other.pusher.name:{WIDTH + 7}}{spread(ratios, '.1f')}"


def _many(each: Contestant) -> str:
    seen = each.many
    late = f"over {PATIENCE:g}" if seen.late is None else f"{seen.late:.1f}"
    return (
        f"{each.pusher.name:{WIDTH}}{seen.queueing:>12.1f}{whole(seen.idle):>9}"
        f"{whole(seen.most):>12}{late:>15}{seen.rate:>12.1f}"
    )


def _all(rounds: Sequence[Pushed], what: Callable[[Pushed], float | None]) -> Sequence[float]:
    return [value for seen in rounds if (value := what(seen)) is not None]


def _share(rounds: Sequence[Pushed], cpu: Callable[[Pushed], float | None]) -> str:
    """Of one core."""
    shares = [used / seen.seconds for seen in rounds if (used := cpu(seen)) and seen.seconds]
    return f"{median(shares):.1%}" if shares else "-"


def _cost(rounds: Sequence[Pushed], cpu: Callable[[Pushed], float | None]) -> str:
    """Milliseconds a message."""
    costs = [used / seen.sent * 1000 for seen in rounds if (used := cpu(seen)) and seen.sent]
    return f"{median(costs):.2f}" if costs else "-"


def _most(rounds: Sequence[Pushed]) -> str:
    held = _all(rounds, lambda seen: seen.most)
    return whole(max(held) if held else None)
