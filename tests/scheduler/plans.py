"""Draws what happens to a union in a few weeks: who wants what, does what, and what breaks down."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from hypothesis import strategies as st

from domain.calendar import DaysOff, Holiday
from domain.hours import Hours, HoursKind
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule

BEGAN = datetime(2026, 11, 1, 17, 0, tzinfo=UTC)
"""Monday 2 November 2026, 0:00 in Việt Nam."""

FIRST = date(2026, 11, 2)

DAY = 24 * 60
LASTS = 19 * DAY
"""Minutes."""

PEOPLE = 5
"""A member, their chair, an officer, a member elsewhere, and one whom nobody vouched for."""

ZONES = ("", "", "Asia/Tokyo", "Europe/Berlin", "America/New_York")


USUAL = Hours()


class Deed(StrEnum):
    """What somebody does, or what befalls them."""

    TALK = "talk"
    """Writes every few minutes for some hours."""
    EXPECT = "expect"
    """Is asked something that only their next words answer."""
    TOUCH = "touch"
    """Begins a draft, or goes on with it."""
    SUBMIT = "submit"
    GIVE_UP = "give_up"
    SETTLE = "settle"
    """Somebody decides on an entry of theirs."""
    RETURN = "return"
    """An entry of theirs is returned to them."""
    MUTE = "mute"
    UNMUTE = "unmute"
    BLOCK = "block"
    COME_BACK = "come_back"
    TO_EVENINGS = "to_evenings"
    """Wants to be written to after the shift from now on."""
    TRAVEL = "travel"
    """Lives by another clock from now on."""
    SHUN = "shun"
    """Wants to hear no more of drafts and of what waits on the desk."""
    VOUCHED = "vouched"


class Fault(StrEnum):
    """What becomes of an attempt to send."""

    DIED_BEFORE = "died_before"
    """The process dies when all is ready, before the network hears anything."""
    DIED_AFTER = "died_after"
    """It dies when the network has it, before anybody here knows."""
    LATER = "later"
    """The network wants to be left alone for a while."""
    REFUSED = "refused"
    """This very message is refused."""
    BLOCKED = "blocked"
    """The chat is closed to us."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be written to from the start."""

    hours: Hours = USUAL
    muted: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group: bound in some minute, perhaps muted and unbound in others, and its schedule."""

    bound: int
    unbound: int | None
    muted: int | None
    schedule: Schedule
    zone: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Who does what in which minute."""

    minute: int
    who: int
    deed: Deed


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it; minutes are counted from ``BEGAN``."""

    wishes: tuple[Wish, ...]
    groups: tuple[Meeting, ...]
    happenings: tuple[Happening, ...]
    closes: int
    """Days until the programme ends."""
    changes: int
    """Days until its second phase begins."""
    weekends: bool
    holiday: int
    """Days until one."""
    target: int
    downs: tuple[tuple[int, int], ...]
    """When nothing runs, and for how long."""
    restarts: frozenset[int]
    """Steps in which a bot starts anew."""
    stalls: frozenset[int]
    """Steps in which a bot sleeps with parcels in its hands, until they are its own no more."""
    faults: dict[int, Fault]
    """By the number of the attempt."""
    skew: int
    """Seconds that the second machine's clock is ahead."""
    every: int
    """Minutes of a step."""

    def days_off(self) -> DaysOff:
        """The one holiday."""
        day = FIRST + timedelta(days=self.holiday)
        return DaysOff((Holiday("Lễ", day, day),))

    def is_down(self, minute: int) -> bool:
        """Whether nothing runs then."""
        return any(began <= minute < began + lasted for began, lasted in self.downs)


MINUTES = st.integers(0, LASTS)
STEPS = st.integers(0, 400)
WALLS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))

OWN_HOURS = st.builds(Hours, st.just(HoursKind.OWN), WALLS, WALLS, st.sampled_from(ZONES))
HOURS = st.one_of(
    st.builds(Hours, zone=st.sampled_from(ZONES)),
    st.builds(Hours, st.just(HoursKind.EVENING), zone=st.sampled_from(ZONES)),
    OWN_HOURS,
)
UNWANTED = (
    Kind.DRAFT,
    Kind.DESK,
    Kind.VOUCH,
    Kind.QUEUE,
    Kind.PACE,
    Kind.WEEKLY,
    Kind.DEADLINE,
)
WISHES = st.builds(Wish, HOURS, st.frozensets(st.sampled_from(UNWANTED), max_size=1))
BY_DAY = st.builds(
    lambda day, minute: day * DAY + minute,
    st.integers(0, LASTS // DAY - 1),
    st.integers(7 * 60, 20 * 60),
)
"""When most things happen."""

OFTEN = (Deed.TOUCH, Deed.TOUCH, Deed.TOUCH, Deed.TALK, Deed.SUBMIT)

HAPPENINGS = st.lists(
    st.builds(
        Happening,
        BY_DAY | MINUTES,
        st.integers(0, PEOPLE - 1),
        st.sampled_from((*OFTEN, *Deed)),
    ),
    min_size=30,
    max_size=150,
)


WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """Bound and unbound at any time, often about the hour of its posts, some of these at night."""
    hour, minute = draw(st.sampled_from((6, 7, 8, 12, 16, 19, 23))), draw(st.sampled_from((0, 45)))
    about = st.builds(
        lambda day, later: max(0, day * DAY + hour * 60 + minute + later),
        st.integers(0, LASTS // DAY - 1),
        st.integers(-60, 110),
    )
    return Meeting(
        draw(about | MINUTES),
        draw(st.none() | about),
        draw(st.none() | about),
        Schedule(draw(st.just(EVERY_DAY) | WEEKDAYS), time(hour, minute)),
        draw(st.sampled_from(ZONES)),
    )


PLANS = st.builds(
    Plan,
    st.tuples(*[WISHES] * PEOPLE),
    st.lists(meetings(), max_size=4).map(tuple),
    HAPPENINGS.map(lambda found: tuple(sorted(found, key=lambda each: each.minute))),
    st.integers(5, 60),
    st.integers(2, 20),
    st.booleans(),
    st.integers(0, 40),
    st.integers(0, 6),
    st.lists(st.tuples(MINUTES, st.integers(1, 4 * DAY)), max_size=2).map(tuple),
    st.frozensets(STEPS, max_size=12),
    st.frozensets(STEPS, max_size=12),
    st.dictionaries(st.integers(0, 25), st.sampled_from(Fault), max_size=8),
    st.integers(0, 90),
    st.integers(20, 90),
)
"""What shrinks: fewer and earlier happenings, no faults, one process like the other."""
