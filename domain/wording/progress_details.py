"""How it is said who waits, what lies idle and whom to call; never in a group."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.message import Outgoing
from domain.person import Person
from domain.texts import Texts

WAITING_MOST = 5
IDLE_MOST = 5
EMPTY_MOST = 10


class Waiting(Protocol):
    """An entry that waits, as it is read from storage."""

    @property
    def code(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def since(self) -> datetime: ...


def details(
    unit: str,
    waiting: Sequence[Waiting],
    idle: Sequence[tuple[str, int]],
    chairs: Mapping[str, Sequence[Person]],
    *,
    empty: int,
    now: datetime,
    idle_days: int,
    texts: Texts,
) -> Outgoing:
    """Three short lists; ``chairs`` are those of the first units with nothing, by name."""
    lines = [texts("progress.details_head", unit=unit)]
    if waiting:
        lines.append(texts("progress.details_waiting"))
    for one in waiting:
        days = (now - one.since).days
        lines.append(
            texts(
                "progress.detail_waiting", code=one.code, name=one.author, unit=one.unit, days=days
            )
        )
    if idle:
        named = [texts("progress.ended_one", unit=n, count=c) for n, c in idle[:IDLE_MOST]]
        total = sum(count for _, count in idle)
        lines.append(
            texts("progress.details_idle", days=idle_days, count=total, units=", ".join(named))
        )
    if chairs:
        lines.append(texts("progress.details_empty", count=empty))
    lines += [_empty(name, held, texts) for name, held in chairs.items()]
    if empty > len(chairs):
        lines.append(texts("progress.details_more", count=empty - len(chairs)))
    if len(lines) == 1:
        lines.append(texts("progress.details_none"))
    return Outgoing("\n".join(lines))


def _empty(unit: str, chairs: Sequence[Person], texts: Texts) -> str:
    if not chairs:
        return texts("progress.detail_no_chair", unit=unit)
    reached = [chair for chair in chairs if chair.reachable and chair.address]
    key = "progress.detail_chair" if reached else "progress.detail_chair_unreachable"
    return texts(key, unit=unit, name=(reached or chairs)[0].name)
