"""Peace: how somebody wants to be written to, and whether a push may be said to them now."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from domain.calendar import Calendar, next_allowed, why_not
from domain.hours import Hours
from domain.message import Outgoing
from domain.notice import NOT_MUTED, Kind

SILENCE = timedelta(minutes=10)
"""Nobody is interrupted: who wrote this recently is in the middle of something."""

MUTED = timedelta(days=7)
"""«Tắt nhắc 7 ngày»."""

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Muted until they say otherwise."""


@dataclass(frozen=True, slots=True)
class Peace:
    """What one person wants, and what they got today."""

    hours: Hours = field(default_factory=Hours)
    muted_until: datetime | None = None
    muted: frozenset[Kind] = frozenset()
    """Kinds they never want."""
    parcel: int | None = None
    """The push that gathers what is to be said next."""
    pushed: int | None = None
    """The push that was said last."""
    pushed_on: date | None = None
    """Its local day."""

    def wants(self, kind: Kind) -> bool:
        """Whether they want this kind at all."""
        return kind in NOT_MUTED or (kind not in self.muted and self.muted_until != FOREVER)


def together(one: Peace, other: Peace) -> Peace:
    """What somebody wants who was taken for two: left in peace wherever either was.

    What ``one`` said of hours holds, unless they never said any.
    """
    muted = [each.muted_until for each in (one, other) if each.muted_until is not None]
    last = max(one, other, key=lambda each: each.pushed_on or date.min)
    return Peace(
        hours=one.hours if one.hours != Hours() else other.hours,
        muted_until=max(muted, default=None),
        muted=one.muted | other.muted,
        parcel=one.parcel,
        pushed=last.pushed,
        pushed_on=last.pushed_on,
    )


@dataclass(frozen=True, slots=True)
class Go:
    """Say it now; ``say`` is what, where that was put together just now."""

    say: Outgoing | None = None
    paid: bool = False
    """Whether the network bills it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now: look again at ``until`` (UTC). ``why`` stands in the ledger."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Never: ``why`` stands in the ledger."""

    why: str


Verdict = Go | Hold | Drop
"""What is decided of a push in the moment before it is said."""


def hold_push(
    peace: Peace, calendar: Calendar, spoken_at: datetime | None, parcel: int, now: datetime
) -> Hold | None:
    """Whether the day's push must wait; ``calendar`` is the person's own. None: say it now.

    Night and days off come first, then a mute, one a day, and whoever is in the middle of
    something: so the longest wait is found at once.
    """
    if why := why_not(now, calendar):
        return Hold(next_allowed(now, calendar), why)
    if peace.muted_until is not None and now < peace.muted_until:
        return Hold(next_allowed(peace.muted_until, calendar), "muted")
    today = now.astimezone(calendar.zone).date()
    # What is only tried again had its day already.
    if peace.pushed != parcel and peace.pushed_on is not None and peace.pushed_on >= today:
        return Hold(_tomorrow(peace.pushed_on, calendar), "one_a_day")
    return hold_while_talking(spoken_at, calendar, now)


def hold_while_talking(
    spoken_at: datetime | None, calendar: Calendar, now: datetime
) -> Hold | None:
    """Ten minutes of silence first.

    >>> from zoneinfo import ZoneInfo
    >>> always = Calendar(((time(0), time(0)),), ZoneInfo("UTC"), weekends=True)
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> hold_while_talking(nine, always, nine + timedelta(minutes=4)).until.isoformat()
    '2026-11-23T09:10:00+00:00'
    """
    if spoken_at is None or now - spoken_at >= SILENCE:
        return None
    return Hold(next_allowed(spoken_at + SILENCE, calendar), "talking")


def _tomorrow(day: date, calendar: Calendar) -> datetime:
    morning = datetime.combine(day + timedelta(days=1), time(), calendar.zone)
    return next_allowed(morning.astimezone(UTC), calendar)
