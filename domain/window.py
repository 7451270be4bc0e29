"""How long after somebody's last word a network lets us write to them, and at what price.

Zalo's Official Account (OA) answers freely for two days, for money until the seventh, and later
only with messages that were approved beforehand (mẫu ZBS).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """How a window stands."""

    OPEN = "open"
    """Free words, free of charge."""
    PAID = "paid"
    """Free words, each message billed."""
    CLOSED = "closed"
    """No free words until they write again."""


class Fill(StrEnum):
    """What a field of an approved message is filled with."""

    NAME = "name"
    """Of the person."""
    UNIT = "unit"
    """Its code and name."""
    MATTER = "matter"
    """What it is about, in one line."""
    DAY = "day"


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """Mẫu ZBS: an approved message and what goes into its fields, by their names."""

    id: str
    fields: Mapping[str, Fill]
    most: Mapping[Fill, int]
    """Characters of each filling that the network takes."""


@dataclass(frozen=True, slots=True)
class Window:
    """Of one bot account: ``free`` and ``closes`` count from somebody's last word."""

    called: str
    """How whoever looks after the bots knows the account."""
    free: timedelta
    closes: timedelta
    paid: bool = True
    """Whether what is billed may be sent at all."""
    template: TemplateSpec | None = None
    """Sent, and billed, in place of free words once it is closed."""


def stage(last: datetime | None, at: datetime, window: Window) -> Stage:
    """How the window of somebody stands who wrote last at ``last``; None is never.

    >>> window = Window("OA X", timedelta(hours=48), timedelta(days=7))
    >>> noon = datetime(2026, 11, 23, 12)
    >>> [stage(noon, noon + timedelta(days=days), window).value for days in (1, 2, 7)]
    ['open', 'paid', 'closed']
    """
    if last is None or at - last >= window.closes:
        return Stage.CLOSED
    if at - last < window.free:
        return Stage.OPEN
    return Stage.PAID if window.paid else Stage.CLOSED
