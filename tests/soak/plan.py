"""How large a soak is, and which days it goes through."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.broadcast import To
from domain.campaign import Campaign
from domain.programme import Phase, Programme

ZONE = timedelta(hours=7)
"""Việt Nam is ahead of UTC by so much, all the year."""

FIRST = date(2026, 11, 2)
"""A Monday."""

DAY = timedelta(days=1)

TAIL = 1.5
"""Days after the programme in which nothing breaks down: its results are told."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A soak; the same seed does the same, as far as the machine's own timing allows."""

    seed: int
    days: int
    groups: int
    people: int
    kills: int
    talks: float
    """Which share of all people says something on a day."""
    writing: float
    """Which share of the members has a draft lying about when it begins."""
    tick: timedelta
    """Between two ticks by day: they stand for the bot's own, a minute apart."""
    told: frozenset[To]
    """Whom an officer writes to halfway."""
    careless: bool = False
    """Whether the bot forgets what it must not: the checks have to find it."""

    @property
    def closes(self) -> date:
        """The programme's last day."""
        return FIRST + (self.days - 1) * DAY

    @property
    def campaign_days(self) -> tuple[date, date]:
        """The first and the last day of the campaign inside."""
        return FIRST + self.days // 4 * DAY, FIRST + (self.days * 3 // 4) * DAY

    @property
    def halfway(self) -> date:
        """The last day of the first phase."""
        return FIRST + (self.days // 2 - 1) * DAY

    @property
    def begins(self) -> datetime:
        """When the bot is first started."""
        return local(FIRST, time(0, 5))

    @property
    def calm_from(self) -> datetime:
        """From then on nothing breaks down."""
        return local(self.closes + DAY, time())

    @property
    def ends(self) -> datetime:
        """When the ledger is checked."""
        return self.calm_from + TAIL * DAY


SHORT = Plan(
    seed=20261129,
    days=7,
    groups=50,
    people=1_000,
    kills=10,
    talks=0.05,
    writing=0.15,
    tick=timedelta(minutes=30),
    told=frozenset({To.CHAIRS, To.GROUPS}),
)
"""What every test run goes through."""

LONG = Plan(
    seed=20261129,
    days=28,
    groups=500,
    people=20_000,
    kills=150,
    talks=0.012,
    writing=0.05,
    tick=timedelta(minutes=30),
    told=frozenset({To.EVERYBODY, To.GROUPS}),
)
"""What ``make soak`` goes through."""


def local(day: date, wall: time) -> datetime:
    """That hour in Việt Nam, as UTC."""
    return datetime.combine(day, wall, UTC) - ZONE


def day_of(moment: datetime) -> date:
    """Its day in Việt Nam."""
    return (moment + ZONE).date()


def programme_of(plan: Plan) -> Programme:
    """In two phases, not stored yet."""
    middle = plan.halfway
    phases = (
        Phase(0, "Giai đoạn 1", FIRST, middle),
        Phase(0, "Giai đoạn 2", middle + DAY, plan.closes),
    )
    return Programme(
        0,
        "ngam",
        "Triệu sáng kiến (dữ liệu mô phỏng)",
        "LD",
        FIRST,
        plan.closes,
        date(2025, 1, 1),
        plan.closes,
        phases,
        needs_recognition=False,
    )


def campaign_of(plan: Plan, programme: int, root: int) -> Campaign:
    """For everybody; its last two days are no days off."""
    first, last = plan.campaign_days
    return Campaign(0, programme, root, "Cao điểm", first, last, urgent=True)
