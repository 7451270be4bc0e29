"""The people and the groups of a soak, with what the tests know of them by themselves."""

from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.playground.telegram.world import Chat, Person
from domain.hours import Hours, HoursKind
from domain.schedule import Schedule

HOME = ZoneInfo("Asia/Ho_Chi_Minh")

MORNING, NIGHT = time(8), time(20)
"""Nothing comes outside of these, unless somebody wants it so."""

USUAL = ((MORNING, time(11, 30)), (time(13, 30), NIGHT))
EVENING = ((time(18, 30), time(20, 30)),)

Windows = tuple[tuple[time, time], ...]


@dataclass(slots=True)
class Silence:
    """A draft that nobody touched; ``ended`` None: to the end."""

    draft: int
    began: datetime
    ended: datetime | None = None


@dataclass(slots=True, eq=False)
class Soul:
    """Somebody."""

    account: Person
    number: int
    """As the bot has it."""
    unit: int
    chair: bool = False
    officer: bool = False
    hours: Hours = field(default_factory=Hours)
    asked: list[tuple[datetime, Windows]] = field(default_factory=list)
    """Since when they wanted to be written to in which hours; the usual ones before."""
    mutes: list[tuple[datetime, datetime]] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    blocked_at: datetime | None = None
    """Since when the network takes nothing for them; also when they came back later."""

    @property
    def zone(self) -> ZoneInfo:
        """Where they live."""
        return ZoneInfo(self.hours.zone) if self.hours.zone else HOME

    def windows_at(self, moment: datetime) -> Windows:
        """When they may be written to, as of then."""
        windows = windows_of(self.hours)
        for since, wanted in self.asked:
            if since <= moment:
                windows = wanted
        return windows

    def writes(self) -> bool:
        """Whether a draft of theirs is open."""
        return bool(self.silences) and self.silences[-1].ended is None

    def muted_at(self, moment: datetime) -> bool:
        """Whether they wanted no push then."""
        return any(since < moment < until for since, until in self.mutes)


@dataclass(slots=True, eq=False)
class Meeting:
    """A group chat."""

    chat: Chat
    owner: Person
    number: int
    """As the bot has it."""
    unit: int
    schedule: Schedule
    zone_name: str = ""
    muted_until: datetime | None = None
    closed_at: datetime | None = None
    """Since when the network takes nothing there."""
    chats: set[int] = field(default_factory=set)
    """All ids that it ever had."""

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock its hours are told by."""
        return ZoneInfo(self.zone_name) if self.zone_name else HOME

    def muted_at(self, moment: datetime) -> bool:
        """Whether its people wanted no routine posts then."""
        return self.muted_until is not None and moment < self.muted_until


def windows_of(hours: Hours) -> Windows:
    """The windows of a day."""
    match hours.kind:
        case HoursKind.EVENING:
            return EVENING
        case HoursKind.OWN if hours.begin is not None and hours.end is not None:
            return ((hours.begin, hours.end),)
        case _:
            return USUAL
