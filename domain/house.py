"""What stays the same from turn to turn: forms, sentences, and how this union wants things done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.address import Address
from domain.calendar import EVENING, Calendar, DaysOff, usual
from domain.form import Form
from domain.group_wish import GroupRules
from domain.plan import Plan
from domain.texts import Texts
from domain.window import Window


@dataclass(frozen=True, slots=True)
class Settings:
    """The union's own choices, from ``config.toml``."""

    union: str
    """The controller named in the consent message: LĐLĐ tỉnh …"""
    contact: str
    """Whom to call about one's data: name and phone."""
    keep_until: date
    """Until when personal data are kept."""
    zone: ZoneInfo
    guide: str = ""
    """Where people read how everything is done; "" where that is nowhere."""
    consent_version: str = "1"
    default_form: str = "khac"
    quiet_from: time = time(20, 0)
    quiet_to: time = time(8, 0)
    """Pushes wait from ``quiet_from`` until ``quiet_to``, local time."""
    lunch_from: time = time(11, 30)
    lunch_to: time = time(13, 30)
    evening_from: time = EVENING[0]
    evening_to: time = EVENING[1]
    weekends: bool = False
    """Whether pushes are said on Saturdays and Sundays too."""
    days_off: DaysOff = field(default_factory=DaysOff)
    post_weekday: int = 0
    """Monday is 0."""
    post_at: time = time(8, 30)
    draft_reminder_days: tuple[int, ...] = (1, 3, 7)
    queue_days: int = 2
    """How many days entries wait for their chair before and between reminders."""

    @property
    def calendar(self) -> Calendar:
        """When whoever did not choose hours of their own is left in peace."""
        return usual(
            (self.quiet_from, self.quiet_to),
            (self.lunch_from, self.lunch_to),
            self.zone,
            weekends=self.weekends,
            days_off=self.days_off,
            evening=(self.evening_from, self.evening_to),
        )


@dataclass(frozen=True, slots=True)
class House:
    """Given to every turn; built once at start."""

    settings: Settings
    texts: Texts
    forms: Mapping[str, Form]
    fresh_code: Callable[[], str]
    """Draws a one-time code: chance is given, never taken."""
    private_links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By channel and bot: the link that opens a private chat, with ``{payload}`` in it."""
    group_links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By channel and bot: the link that lets a group be chosen, with ``{payload}`` in it."""
    paper_links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By channel and bot, of those that carry no files: where papers are fetched, with ``{token}``
    in it; "" where they cannot be."""
    file_types: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """By channel and bot, of those that carry only some types of files: which, as ``docx``."""
    allowances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By channel and bot, of those whose network allows only so many messages a month: how many."""
    plans: Mapping[tuple[str, str], Plan] = field(default_factory=dict)
    """By channel and bot, of those whose network allows only so many people and groups."""
    windows: Mapping[tuple[str, str], Window] = field(default_factory=dict)
    """By channel and bot, of those that may write to a person only for so long after their word."""
    consent_links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By channel and bot, of those whose administrator has to consent: where, with ``{state}`` for
    the word that shows whom we sent."""
    makes_groups: Mapping[tuple[str, str], GroupRules] = field(default_factory=dict)
    """By channel and bot, of those that make groups themselves: what their network asks."""
    is_group: Callable[[Address], bool] = lambda to: False
    """Whether an address is a group: only its channel knows."""
    papers: Mapping[str, bytes] = field(default_factory=dict)
    """The union's own templates of papers, by name; the others are ours."""

    def local(self, moment: datetime) -> datetime:
        """A moment in the union's own time."""
        return moment.astimezone(self.settings.zone)

    def link(self, channel: str, bot: str, payload: str = "") -> str:
        """The link to a private chat with this bot; "" where there is none that carries it."""
        link = self.private_links.get((channel, bot), "")
        return "" if payload and "{payload}" not in link else link.format(payload=payload)

    def way_in(self, channel: str, bot: str, payload: str) -> str:
        """The link to a private chat with this bot, with the payload where it carries one."""
        return self.link(channel, bot, payload) or self.link(channel, bot)

    def group_link(self, channel: str, bot: str, payload: str = "") -> str:
        """The link that adds this bot to a group; "" where the network has none."""
        return self.group_links.get((channel, bot), "").format(payload=payload)
