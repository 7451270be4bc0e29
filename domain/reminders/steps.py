"""Steps of a silence: so many days after it began somebody is reminded, each step once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ANY_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """The reminder ``days`` days into a silence, and the silences that it is due for now."""

    days: int
    after: datetime
    """Begun later than this: no later step has come yet."""
    until: datetime
    """Begun by then: this step has come."""
    earlier: tuple[int, ...] = ()
    """The steps before it: those not sent by now are left out for good."""


def steps(now: datetime, days: Iterable[int]) -> tuple[Step, ...]:
    """Every step with the silences it is due for: each silence has one step at most."""
    order = sorted({each for each in days if each > 0})
    begun = [now - timedelta(days=each) for each in order]
    afters = [*begun, ANY_TIME][1:]
    return tuple(
        Step(each, after, until, tuple(order[:place]))
        for place, (each, after, until) in enumerate(zip(order, afters, begun, strict=True))
    )


def step_due(since: datetime, now: datetime, days: Iterable[int]) -> Step | None:
    """The step that is due for a silence that began then.

    >>> monday = datetime(2026, 11, 23, tzinfo=UTC)
    >>> step = step_due(monday, monday + timedelta(days=4), (1, 3, 7))
    >>> step.days, step.earlier
    (3, (1,))
    """
    return next((step for step in steps(now, days) if step.after < since <= step.until), None)
