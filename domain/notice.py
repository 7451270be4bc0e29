"""Notices: every single thing the bot says unasked, as it stands in the delivery ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a notice is about; people mute by kind."""

    DRAFT = "draft"
    """Somebody's own draft that lies idle."""
    RETURNED = "returned"
    """An entry that was returned and waits for its author."""
    QUEUE = "queue"
    """Entries that wait for their chair."""
    DESK = "desk"
    """Entries that wait for an officer."""
    VOUCH = "vouch"
    """People who wait for their chair to say that they belong there."""
    PACE = "pace"
    """A unit below the pace that its quota needs, or with nothing at all."""
    DEADLINE = "deadline"
    """The end of a phase, a campaign or the programme is near."""
    RECOGNISED = "recognised"
    """An initiative that was recognised and is not entered yet."""
    YEAR = "year"
    """The year in which recognition may be asked for is nearly over."""
    WEEKLY = "weekly"
    """What happened in a week, for chairs and officers."""
    SUMMARY = "summary"
    """A phase or campaign is over: its result."""
    CAMPAIGN = "campaign"
    """A peak campaign (đợt cao điểm) begins, is over or is called off."""
    BROADCAST = "broadcast"
    """What an officer wrote to many."""
    LOST = "lost"
    """Somebody whom nothing reaches any more, told to their chair."""
    PROGRESS = "progress"
    """The scheduled post of a group."""
    BOARD = "board"
    """A group's daily board during a campaign."""
    MILESTONE = "milestone"
    """The first entry, or a quarter, half, three quarters or all of a quota."""
    NEWS = "news"
    """What somebody else just did that concerns the reader: said soon, never counted as a push."""
    ALARM = "alarm"
    """What goes wrong with the bot itself."""


AT_ONCE = frozenset({Kind.NEWS, Kind.ALARM})
"""Said as soon as the night allows; the rest is gathered into one push a day."""

NOT_MUTED = frozenset({Kind.NEWS, Kind.ALARM, Kind.LOST})
"""What cannot be muted: it answers a deed, or somebody asked to be told."""


class NoticeState(StrEnum):
    """Where a notice is; what became of its parcel stands with the parcel."""

    POSTED = "posted"
    """A parcel carries it, alone or with others."""
    SKIPPED = "skipped"
    """Too late to be of use when it was found."""
    DROPPED = "dropped"
    """Pointless, unwanted or undeliverable before it was said."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One reason to write to a person or a group, under a key made of business words.

    The key is taken for ever: a second run, another process, a restart find it taken.
    """

    key: str
    kind: Kind
    due_at: datetime
    """When it was due, UTC, whenever it was found."""
    person: int | None = None
    group: int | None = None
    """The group's own number: its address may change."""
    unit: int | None = None
    """Whose ledger it stands in."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """What it is said of: ids and days, never words."""
    expires: datetime | None = None
    """From then on it is of no use."""
    state: NoticeState = NoticeState.POSTED
    reason: str = ""
    """Why it was skipped or dropped."""
    held: str = ""
    """Why it waited last: night, lunch, weekend, holiday, hours, talking, one_a_day, muted,
    allowance."""
    parcel: int | None = None
    broadcast: int | None = None
    """What an officer wrote, of which this is one copy."""
    id: int = 0
    """0 until stored."""
